"""How an audit is shown: the balance sheet of each board, what is behind its figures, coverage by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scraper.console.text import print_table, safe_text, say
from scraper.sync.said import many

_SHEET = (
    *(("held", "read"), ("unread", "listed, not read yet"), ("blocked", "secret or refused")),
    *(("unparseable", "lines that open no post"), ("tail", "not reached yet"), ("accepted", "difference accepted")),
)
_NAMED = 20


def show_audit(boards: Sequence[Mapping[str, Any]]) -> None:
    """One part a board."""
    for board in boards:
        say(f"{board['slug']}  {safe_text(board['name'])}: {board['verdict']}", "bold")
        shown = "no total printed" if board["shown"] is None else f"{many(board['shown'], 'post')}, says the board"
        say(f"  {shown}")
        for name, words in _SHEET:
            if board[name]:
                say(f"  {board[name]:>8}  {words}")
        for number, words in (
            (board["notices"], "notices that the total leaves out"),
            (len(board["unlisted"]), "held, but no longer listed"),
        ):
            if number:
                say(f"  {-number:>8}  {words}")
        if board["difference"]:
            way = "counted by the board, not listed" if board["difference"] > 0 else "listed, not counted by the board"
            say(f"  {board['difference']:>8}  {way}", "yellow")
        for title, posts in (
            *(("no longer listed", board["unlisted"]), ("never read", board["never_read"])),
            ("refused", board["refused"]),
        ):
            _show_posts(title, posts)
        for line in board["lines"][:_NAMED]:
            say(f"  opens no post: {safe_text(line, 90)}")
        columns = ("year", "listed", "held", "unread", "blocked", "disappeared", "coverage")
        rows = [[year[name] if year[name] is not None else "no date" for name in columns] for year in board["years"]]
        print_table(columns, rows, right=columns[1:6])


def _show_posts(title: str, posts: Sequence[Mapping[str, Any]]) -> None:
    for post in posts[:_NAMED]:
        reason = post.get("reason")
        why = f": {safe_text(reason, 80)}" if reason else ""
        say(f"  {title}: {post['key']}  {safe_text(post['title'], 50)}{why}")
    if len(posts) > _NAMED:
        say(f"  {title}: {len(posts) - _NAMED:,} more; --json names them all")
