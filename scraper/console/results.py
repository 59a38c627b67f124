"""How each command shows what it found: tables and pages for people. Scraped text is always made safe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scraper.console.diff import marked
from scraper.console.text import print_table, print_text, safe_text, say, say_marked, size
from scraper.korean.diff import version_changes
from scraper.models import SURE, Board, Run
from scraper.sync.said import many

Record = Mapping[str, Any]
_OWN_LAYOUT = (
    "if this page lists posts, 'sinmungo add URL --layout FILE' reads it by a layout of your own; "
    "docs/engines.md tells how to write one"
)


_OUTCOMES = (
    *(("new", "new"), ("revised", "revised"), ("unchanged", "unchanged"), ("secret", "secret or blocked")),
    *(("missing", "missing"), ("gone", "gone"), ("returned", "returned"), ("failed", "failed")),
)
_UNKNOWN = {"posts": "how many posts", "pages": "how many list pages", "files": "their files"}


def show_boards(boards: Sequence[Mapping[str, Any]]) -> None:
    """One line a board."""
    columns = ("board", "name", "engine", "posts", "total", "last run (UTC)", "url")
    rows = [
        (b["slug"], b["name"], b["engine"], b["posts"], b["declared_total"], when(b["last_run"]), b["url"])
        for b in boards
    ]
    print_table(columns, rows, right=("posts", "total"))


def show_runs(runs: Sequence[Run]) -> None:
    """What each run did, the newest first."""
    columns = (
        *("run", "board", "started (UTC)", "outcome", "code", "requests", "new", "revised", "unchanged", "secret"),
        *("missing", "gone", "failed", "files", "message"),
    )
    rows = [
        (
            *(
                run.id,
                run.board.slug,
                when(run.started_at.isoformat()),
                run.outcome,
                run.exit_code,
                run.counts.requests,
            ),
            *(run.counts.new, run.counts.revised, run.counts.unchanged, run.counts.secret, run.counts.missing),
            *(run.counts.gone, run.counts.failed, run.counts.files, run.message),
        )
        for run in runs
    ]
    print_table(columns, rows, right=("run", *columns[4:14]))


def show_failures(failures: Sequence[Record]) -> None:
    """What could not be had, and why."""
    columns = ("board", "post", "file", "outcome", "tries", "last try (UTC)", "next try (UTC)", "reason", "url")
    rows = [
        (
            f["board"],
            f["post_key"],
            f["attachment_key"],
            f["outcome"],
            f["tries"],
            when(f["last_at"]),
            when(f["next_at"]),
            f["reason"],
            f["url"],
        )
        for f in failures
    ]
    print_table(columns, rows, right=("tries",))


def show_summary(runs: Iterable[Run]) -> None:
    """One line a board: what a crawl or sync brought."""
    for run in runs:
        counts = run.counts
        told = [
            many(number, word, more)
            for number, word, more in (
                *((getattr(counts, name), words, words) for name, words in _OUTCOMES),
                (counts.files, "file", "files"),
                (counts.files_failed, "file failed", "files failed"),
            )
            if number
        ]
        told.append(f"{many(counts.requests, 'request')}, {size(counts.bytes)}")
        say(f"{run.board.slug}: {run.outcome}: {', '.join(told)}")
        if run.message:
            say(f"  {safe_text(run.message)}", "yellow")


def show_costs(costs: Mapping[str, Any]) -> None:
    """What a sync would cost; what nobody can know yet is named."""
    columns = (
        "board",
        "list pages",
        "articles due",
        "new, likely",
        "files",
        "requests",
        "minutes",
        "size",
        "not known",
    )
    rows = [
        (
            *(b["slug"], b["pages"], b["articles"], b["coming"], b["files"]),
            f"{b['requests']}{'+' if b['unknown'] else ''}",
            *(f"{b['seconds'] / 60:.1f}", size(b["bytes"]), ", ".join(_UNKNOWN[name] for name in b["unknown"])),
        )
        for b in costs["boards"]
    ]
    open_ended = costs["at_least"]
    width = len(columns) if open_ended else -1
    print_table(columns[:width], [row[:width] for row in rows], right=columns[1:8])
    minutes = f"{costs['minutes']} minutes" if costs["minutes"] >= 1 else "under a minute"
    megabytes = f"{costs['megabytes']} MB" if costs["megabytes"] else "under 0.1 MB"
    told = f"{many(costs['requests'], 'request')}, {minutes}, {megabytes}"
    if not open_ended:
        say(f"about {told}")
        return
    say(f"at least {told}: what is not known is left out")
    if costs["likely"] is not None:
        low, high = costs["likely"]
        span = f"about {low}" if low == high else f"{low} to {high}"
        say(f"{span} requests, if these boards are like the others in this archive")


def show_post(post: Record) -> None:
    """One post as it stands."""
    say(safe_text(post["title"]), "bold")
    posted = _posted(post)
    if posted and post["posted_capture_id"] is not None:
        posted += " (told by the board's feed)"
    facts = (
        *(("board", f"{post['board']}/{post['key']}"), ("number", post["number"]), ("category", post["category"])),
        *(("author", post["author"]), ("posted", posted), ("hits", post["hits"])),
        *(("state", f"{post['state']}, version {post['version']}"), ("url", post["url"])),
    )
    for name, value in facts:
        if value is not None:
            say(f"{name:9} {safe_text(value)}")
    for file in post["attachments"]:
        kind = "image" if file["kind"] == "inline" else "file"
        told = size(file["size"]) if file["size"] is not None else f"{file['state']}: {safe_text(file['reason'])}"
        say(f"{kind:9} {safe_text(file['name'])} ({told})")
    if post["body_text"]:
        say()
        print_text(post["body_text"])


def show_history(post: Record, versions: Sequence[Record]) -> None:
    """Every version of a post, with what changed from the one before: [-words that went-] and {+words that came+}."""
    say(safe_text(post["title"]), "bold")
    before: Record | None = None
    for version in versions:
        say(f"version {version['version']}  seen {when(version['seen_at'])}  by {version['cause']}", "cyan")
        if before is not None:
            _show_changes(before, version)
        before = version
    if not versions:
        say(f"no version: the article was never read ({post['state']})")


def _show_changes(before: Record, after: Record) -> None:
    for name, pieces in version_changes(before, after).items():
        is_spacing = all(piece.kind == "same" for piece in pieces)
        say(f"  {name}: {'only white space changed' if is_spacing else marked(pieces)}")
    if before["files"] != after["files"]:
        old, new = ({(f[0], f[2]): f[1] for f in version["files"]} for version in (before, after))
        for key in sorted(old.keys() - new.keys()):
            say(f"  file went: {safe_text(old[key])} ({key[1][:12]})")
        for key in sorted(new.keys() - old.keys()):
            say(f"  file came: {safe_text(new[key])} ({key[1][:12]})")


def show_hits(found: Sequence[Record]) -> None:
    """What a search found, the hits marked: in the post, and in the files of it that hold the words."""
    for post in found:
        state = "" if post["state"] == "live" else f"  ({post['state']})"
        head = safe_text(f"{post['board']}/{post['key']}  {post['posted_date'] or '':10}{state}")
        say_marked(f"{head}  ", post["title"], post["title_marks"], 70, "bold")
        if post["marks"] or not post["files"]:
            say_marked("  ", post["snippet"], post["marks"], 110)
        for file in post["files"]:
            say_marked(f"  {safe_text(file['name'], 40)}: ", file["snippet"], file["marks"], 110)


def show_probe(shown: Mapping[str, Any], reasons: Sequence[str]) -> None:
    """What a page is and what would be stored of it."""
    told = {"engine": shown["engine"], "confidence": f"{shown['confidence']:.2f}", "charset": shown["charset"]}
    say(_facts(shown["kind"], told), "bold")
    for reason in reasons:
        say(f"  {safe_text(reason)}")
    if shown["kind"] == "unknown":
        say(f"  {_OWN_LAYOUT}")
    elif shown["confidence"] < SURE:
        say(f"  not sure: under {SURE} nothing is stored without a question")
    listing, article = shown["listing"], shown["article"]
    if listing is not None:
        pages = f"{listing['page']} of {listing['last_page']}" if listing["last_page"] else listing["page"]
        number = listing["number_meaning"]
        told = {
            "total": listing["total"],
            "page": pages,
            "number is": {"none": "not printed", "id": "the post's own", "rank": "a rank"}.get(number, number),
            "next": None if listing["next_url"] is None else safe_text(listing["next_url"]),
        }
        say(_facts("", told))
        columns = ("key", "number", "title", "author", "posted", "hits", "notice", "secret")
        rows = [
            (
                r["key"],
                r["number"],
                safe_text(r["title"], 60),
                r["author"],
                r["posted"],
                r["hits"],
                _yes(r["notice"]),
                _yes(r["secret"]),
            )
            for r in listing["rows"]
        ]
        print_table(columns, rows, right=("number", "hits"))
    if article is not None:
        _show_article(article)


def _facts(word: str, told: Mapping[str, object]) -> str:
    """What is known, by name; what is not stays away."""
    return "  ".join(
        [*([word] if word else []), *(f"{name} {each}" for name, each in told.items() if each is not None)]
    )


def show_preview(board: Board, shown: Mapping[str, Any], reasons: Sequence[str]) -> None:
    """What ``add`` understood of a board, before it is stored: its rows, and one post where posts were looked at."""
    say(f"{board.slug}  {safe_text(board.name)}  engine {board.engine}  {board.url}", "bold")
    say(f"confidence {shown['confidence']:.2f}: {safe_text('; '.join(reasons))}")
    columns = ("key", "number", "title", "author", "posted", "hits")
    rows = shown["listing"]["rows"]
    print_table(
        columns, [[safe_text(row[name], 60) if row[name] is not None else "" for name in columns] for row in rows]
    )
    if shown["article"] is not None:
        _show_article(shown["article"])


def _show_article(article: Mapping[str, Any]) -> None:
    for name in ("title", "author", "posted", "hits"):
        if article[name] is not None:
            say(f"{name:7} {safe_text(article[name])}")
    for file in article["attachments"]:
        say(f"{file['kind']:7} {safe_text(file['name'])}  {safe_text(file['url'])}")
    if article["body_text"]:
        say()
        print_text(article["body_text"])


def _posted(post: Record) -> str | None:
    """As exact as the board said it: a day, or a stamp."""
    posted: str | None = post["posted_date"] if post["posted_precision"] == "day" else post["posted_at"]
    return posted or post["posted_raw"]


def _yes(value: object) -> str:
    return "yes" if value else ""


def when(text: str | None) -> str:
    """An archive time, to the minute, as it stands there (UTC)."""
    return text[:16].replace("T", " ") if text else ""
