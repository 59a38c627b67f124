"""Commands about posts: search, show, history."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scraper.commands.asked import days_of, expect_words, reading
from scraper.console.options import ARCHIVE, Db, Json, PostName, Since, Until, Verbose
from scraper.errors import BadConfig

if TYPE_CHECKING:
    from scraper.archive.store import Archive


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...")],
    boards: Annotated[
        list[str] | None, typer.Option("--board", help="Only this board (short name or address); may be repeated.")
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", min=1900, max=2999, help="Only posts of this year (KST).")
    ] = None,
    since: Since = None,
    until: Until = None,
    author: Annotated[str | None, typer.Option("--author", help="Only this author, as the board writes it.")] = None,
    count: Annotated[int, typer.Option("--limit", min=1, help="How many at most.")] = 20,
    db: Db = ARCHIVE,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Find posts that hold every word, in their text or in a file that 'sinmungo texts' has read.

    A word is also found inside longer ones, with or without particles and blanks; what stands in double quotes is found
    as it stands. The best come first; when more than 3,000 posts hold the words, those that were added last.
    """
    from scraper.archive.search import Sought
    from scraper.console import results, text

    expect_words(" ".join(words))
    first, last = days_of(since, until, year)
    with reading(db) as archive:
        slugs = tuple(archive.find_board(board).slug for board in boards or ())
        found = archive.find_matching(" ".join(words), count + 1, Sought(slugs, first, last, author))
    has_more, found = len(found) > count, found[:count]
    if as_json:
        text.print_json({"posts": found, "more": has_more})
    elif found:
        results.show_hits(found)
        if has_more:
            text.warn(f"there are more than these {count}: --limit N shows so many")
    else:
        text.warn("nothing found")


def show(post: PostName, db: Db = ARCHIVE, as_json: Json = False, verbose: Verbose = False) -> None:
    """One post as it stands: fields, files, text."""
    from scraper.console import results, text

    with reading(db) as archive:
        found = post_of(archive, post)
    if as_json:
        text.print_json(found)
    else:
        results.show_post(found)


def history(post: PostName, db: Db = ARCHIVE, as_json: Json = False, verbose: Verbose = False) -> None:
    """Every version of a post, with what changed, word by word."""
    from scraper.console import results, text
    from scraper.korean.diff import told, version_changes

    with reading(db) as archive:
        found = post_of(archive, post)
        versions = archive.find_versions(found["id"])
    if as_json:
        shown = [{**version, "changes": {}} for version in versions]
        for before, after in pairwise(shown):
            after["changes"] = {name: told(pieces) for name, pieces in version_changes(before, after).items()}
        text.print_json({"post": f"{found['board']}/{found['key']}", "versions": shown})
    else:
        results.show_history(found, versions)


def post_of(archive: Archive, name: str) -> dict[str, Any]:
    """The post called BOARD/KEY, or KEY when only one board has it. Raises BadConfig."""
    board, slash, key = name.rpartition("/")
    boards = [archive.find_board(board)] if slash else archive.find_boards()
    found = [post for each in boards if (post := archive.find_post(each.id, key))]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadConfig(f"{name} stands on several boards: {', '.join(post['board'] + '/' + name for post in found)}")
    raise BadConfig(f"no post {name} in the archive; 'sinmungo search WORDS' finds posts, each with its BOARD/KEY")
