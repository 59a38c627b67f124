"""The report as a file: head, boards at a glance, then each board.

Contract: everything is from one snapshot. The file holds no script and asks nobody for anything: its own policy says so
to the browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from scraper import __version__
from scraper.archive.store import Archive
from scraper.archive.values import Record
from scraper.desk.report import charts, figures, words
from scraper.desk.report.board import board_part
from scraper.desk.report.markup import Child, Label, Markup, both, tag
from scraper.desk.report.style import STYLE
from scraper.desk.report.tables import figure, table
from scraper.models import KST

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_BALANCE = (
    *("board", "name", "held", "total", "gap", "unread", "blocked", "missing", "gone", "undated", "verdict"),
    "last_success_at",
)


def write_report(archive: Archive, path: Path, slug: str | None, now: datetime) -> int:
    """Write the report of one board, or of all; how many boards it tells of."""
    capture_id, capture_hash = archive.find_chain_head()
    with archive.snapshot() as find, path.open("w", encoding="utf-8", newline="\n") as file:
        boards = find(figures.BALANCE.sql, {"board": slug})
        facts = (
            (words.MADE, f"{now.astimezone(KST):%Y-%m-%d %H:%M} (KST)"),
            (words.ARCHIVE, archive.path.name),
            (words.LAST_CAPTURE, f"{capture_id:,} · {capture_hash[:16]}"),
            (Label("버전", "Version"), f"sinmungo {__version__}"),
        )
        file.writelines(_head(boards))
        file.write(_glance(boards, facts, slug))
        for number, balance in enumerate(boards, start=1):
            file.write("<section class=board>\n")
            file.writelines(f"{part}\n" for part in board_part(find, balance, now.astimezone(KST).date(), f"b{number}"))
            file.write("</section>\n")
        file.write("</main>\n</body>\n</html>\n")
    return len(boards)


def _head(boards: Sequence[Record]) -> Iterator[str]:
    names = ", ".join(board["name"] for board in boards[:3]) + (" …" if len(boards) > 3 else "")
    title = f"{words.REPORT.ko} {words.REPORT.en}: {names}"
    yield '<!doctype html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
    yield f"{tag('title', title)}\n<style>{STYLE}</style>\n</head>\n<body>\n{charts.PATTERNS}\n<main>\n"


def _glance(boards: Sequence[Record], facts: Sequence[tuple[Label, str]], slug: str | None) -> Markup:
    told: list[Child] = [tag("div", tag("dt", both(label)), tag("dd", value)) for label, value in facts]
    links = [tag("li", tag("a", board["name"], href=f"#b{number}")) for number, board in enumerate(boards, start=1)]
    overview = table(boards, _BALANCE)
    return tag(
        "header",
        tag("h1", words.REPORT),
        tag("dl", *told, class_="about"),
        tag("nav", tag("ul", *links), aria_label=f"{words.BOARDS.ko} {words.BOARDS.en}"),
        figure(figures.BALANCE, slug, overview),
        tag("p", words.REST, class_="note"),
    )
