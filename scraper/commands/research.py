"""Commands for those who study what the archive holds: texts, cite, freq."""

from __future__ import annotations

import signal
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.commands.asked import days_of, expect_boards, reading
from scraper.commands.posts import post_of
from scraper.commands.stopping import ending, stopping
from scraper.console.options import ARCHIVE, BoardName, Db, Json, Quiet, Since, Until, Verbose
from scraper.errors import BadConfig, Interrupted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from scraper.archive.store import Archive
    from scraper.desk.cite import Source

_CITATIONS = ("korean", "bibtex", "ris", "csl-json")


def texts(
    board: BoardName = None,
    db: Db = ARCHIVE,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read the texts of stored files (HWP, HWPX, docx, PDF, plain text), so that search finds them."""
    from scraper.archive.open import open_archive
    from scraper.console import text
    from scraper.console.progress import counted
    from scraper.desk.texts import read_texts
    from scraper.sync.said import many

    def shown(files: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
        return counted(files, len(files), "files", quiet=quiet)

    with stopping() as stop, open_archive(db, write=True, create=False) as archive:
        expect_boards(archive, db)
        board_id = archive.find_board(board).id if board else None
        done = read_texts(archive, board_id, stop, shown)
        held = archive.count_statuses(board_id)
    left = held.pop("", 0)
    if as_json:
        text.print_json({"done": done, "held": held, "left": left})
    elif not quiet:
        text.say(f"{_counted(done)} now; {_counted(held)} in all{f', {left} to be read' if left else ''}")
    if stop.is_set():
        raise Interrupted(signal.SIGINT)
    if held.get("no reader"):
        files = many(held["no reader"], "file (HWP or PDF)", "files (HWP or PDF)")
        raise BadConfig(f"{files} could not be read: pip install '.[text]'")


def cite(
    posts: Annotated[
        list[str], typer.Argument(metavar="POST", help="BOARD/KEY, or the key alone when no other board has it.")
    ],
    form: Annotated[
        str, typer.Option("--format", metavar="|".join(_CITATIONS), help="korean is one line a post.")
    ] = "korean",
    version: Annotated[int | None, typer.Option("--version", min=1, help="Not the latest but this one.")] = None,
    db: Db = ARCHIVE,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Cite posts, with the time and SHA-256 of what was kept of them."""
    from scraper.console import text
    from scraper.desk.cite import FORMATS, values

    if form not in _CITATIONS:
        raise BadConfig(f"--format {form}: there are {', '.join(_CITATIONS)}")
    with reading(db) as archive:
        sources = [_source(archive, name, version) for name in posts]
    if as_json:
        text.print_json({"citations": [values(source) for source in sources]})
    else:
        text.print_text(FORMATS[form](sources))


def _source(archive: Archive, name: str, version: int | None) -> Source:
    from scraper.desk.cite import Source

    post = post_of(archive, name)
    versions = archive.find_versions(post["id"])
    if post["state"] == "redacted" or not versions:
        raise BadConfig(f"{name} cannot be cited: it {'is redacted' if versions else 'was never read'}")
    chosen = next((each for each in versions if each["version"] == version), None) if version else versions[-1]
    if chosen is None:
        raise BadConfig(f"{name} has no version {version}: there are 1 to {versions[-1]['version']}")
    board, capture = archive.find_board(post["board"]), archive.find_capture(chosen["article_capture_id"])
    return Source(
        board=board.slug,
        key=post["key"],
        version=chosen["version"],
        title=chosen["title"],
        author=chosen["author"],
        paper=board.name,
        posted=date.fromisoformat(chosen["posted_date"]) if chosen["posted_date"] else None,
        url=chosen["url"] or capture.url,
        captured_at=capture.finished_at,
        sha256=capture.body_sha256,
    )


def freq(
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="The CSV file to write; stdout unless given.")
    ] = None,
    board: Annotated[str | None, typer.Option("--board", help="Only this board: its short name or address.")] = None,
    since: Since = None,
    until: Until = None,
    author: Annotated[str | None, typer.Option("--author", help="Only this author, as the board writes it.")] = None,
    top: Annotated[
        int | None, typer.Option("--top", min=1, help="Only the so many most frequent of each year.")
    ] = None,
    least: Annotated[int, typer.Option("--min", min=1, help="Only nouns that stand in a year so often.")] = 1,
    db: Db = ARCHIVE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Count the nouns of articles by year, as CSV: year, noun, count, posts."""
    from scraper.archive.released import Wanted
    from scraper.console import text
    from scraper.console.progress import counted
    from scraper.desk.freq import COLUMNS, Article, count_nouns, kiwi_nouns
    from scraper.desk.output import replacing
    from scraper.desk.tables import csv_writer

    first, last = days_of(since, until)
    with reading(db) as archive, ending("nothing was written"):
        slug = archive.find_board(board).slug if board else None
        wanted = Wanted(slug, first, last, author)
        with replacing(out, db) if out else nullcontext() as part:
            nouns, analyser = kiwi_nouns()
            with archive.released("articles", wanted) as found:
                names = [column.name for column in found.columns]
                day, title, body = map(names.index, ("posted_date", "title", "body_text"))
                rows = counted(found.rows, found.total, "articles", quiet=quiet)
                articles = (Article(row[day], f"{row[title]}\n{row[body] or ''}") for row in rows)
                lines = count_nouns(articles, nouns, least=least, top=top)
            if part is not None:
                csv_writer()(part, COLUMNS, lines)
    if out is None:
        text.print_csv([column.name for column in COLUMNS], lines)
    if not quiet:
        text.warn(f"articles counted: {found.total}; lines: {len(lines)}; nouns by {analyser}")


def _counted(statuses: dict[str, int]) -> str:
    """3 files (2 read, 1 encrypted)"""
    from scraper.sync.said import many

    total = sum(statuses.values())
    told = ", ".join(f"{count} {status}" for status, count in statuses.items())
    return f"{many(total, 'file')}{f' ({told})' if told else ''}"
