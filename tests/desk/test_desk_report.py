"""The report says what its SQL says, tells never fetched from nothing posted, and nothing in it is live."""

from __future__ import annotations

import re
import sqlite3
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from sync_world import ALL, START, World, world

from scraper.archive.months import Month
from scraper.archive.open import open_archive
from scraper.desk.report import charts, figures, words
from scraper.desk.report.changes import MOST_LETTERS, MOST_WORDS, difference
from scraper.desk.report.grid import month_grid
from scraper.desk.report.markup import Markup, joined, tag
from scraper.desk.report.page import write_report
from scraper.fakeboard import play_night

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "</title></style></textarea><svg onload=alert(3)>",
    "</td></table><iframe src=//evil.example></iframe>",
    "&lt;script&gt; &#60;b&#62; 'onmouseover=alert(4)' javascript:alert(5)",
)
WORD = "한번뿐인낱말"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A board with hostile posts that was synced for three nights."""
    with world(tmp_path_factory.mktemp("report"), "legacy", 40, title_bytes=400) as made:
        for payload in PAYLOADS:
            files = [f"{payload[:9]}.hwp"]
            post_id = made.board.post(title=payload, author=payload[:30], body=f"{payload} 본문", files=files)
            made.board.raise_hits(post_id, 9_000)
        hidden = made.board.post(title=f"{WORD} 제목", author=f"{WORD} 씀", body=f"{WORD} 본문")
        made.sync()
        made.board.edit(made.board.ids()[1], title=f"{PAYLOADS[1]} 고침", body=f"{PAYLOADS[0]} 고침")
        made.board.edit(hidden, body=f"{WORD} 고친 본문")
        made.board.delete(made.board.ids()[2])
        for night in (1, 2):
            play_night(made.board, night)
            made.sync(ALL)
        yield made


def written(db: Path, slug: str | None = None) -> str:
    out = db.with_name("report.html")
    with open_archive(db, write=False) as archive:
        write_report(archive, out, slug, START.replace(year=2027))
    return out.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(lived: World) -> str:
    return written(lived.db)


@pytest.fixture(scope="module")
def page(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text)


def figure(page: LexborHTMLParser, about: figures.Figure) -> LexborNode:
    (found,) = [each for each in page.css("section.figure") if about.title.ko in (each.css_first("h3").text() or "")]
    return found


def cells(node: LexborNode) -> list[list[str]]:
    return [[cell.text() for cell in row.css("td:not(.beside)")] for row in node.css("tbody tr")]


def shown(value: object) -> object:
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else value


def asked(lived: World, about: figures.Figure) -> list[sqlite3.Row]:
    connection = sqlite3.connect(f"file:{lived.db}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(about.sql, {"board": "opinion"}).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("about", "columns"),
    [
        (figures.AUTHORS, ("author", "posts", "first", "last", "hits")),
        (figures.MOST_READ, ("key", "title", "author", "posted_date", "hits")),
        (figures.FILES, ("type", "kind", "stored", "failed", "gone")),
        (figures.BALANCE, ("board", "name", "held", "total", "gap", "unread", "blocked", "missing", "gone")),
        (figures.RUNS, ("id",)),
        (figures.DISAPPEARED, ("key", "title", "author", "posted_date")),
    ],
    ids=lambda value: getattr(value, "key", None),
)
def test_a_figure_shows_what_its_sql_gives(
    lived: World, page: LexborHTMLParser, about: figures.Figure, columns: tuple[str, ...]
) -> None:
    node = figure(page, about)
    assert [code.text() for code in node.css("pre code")] == [f"{about.sql};"]
    rows = asked(lived, about)
    assert len(rows) > 1 or about in (figures.BALANCE,)
    expected = [
        [
            "–" if row[name] is None else f"{row[name]:,}" if isinstance(row[name], int) else row[name]
            for name in columns
        ]
        for row in rows
    ]
    assert [row[: len(columns)] for row in cells(node)] == expected


def test_the_months_are_those_of_the_view(lived: World, page: LexborHTMLParser) -> None:
    counts = {row["month"]: row["posts"] for row in asked(lived, figures.POSTS)}
    grid = figure(page, figures.PAGES)
    assert [code.text() for code in grid.css("pre code")] == [f"{figures.PAGES.sql};", f"{figures.POSTS.sql};"]
    for row in grid.css("table.months tbody tr"):
        year, shown = row.css_first("th").text(), [cell.text().rstrip("+") for cell in row.css("td")]
        expected = [counts.get(f"{year}-{month:02}", 0) for month in range(1, 13)]
        assert [int(cell) if cell.isdigit() else 0 for cell in shown] == [*expected, sum(expected)]
    listed = cells(figure(page, figures.POSTS))
    assert {month: int(posts) for month, posts, *_ in listed if posts != "0"} == counts
    assert [row[0] for row in listed] == sorted((row[0] for row in listed), reverse=True)


def test_a_month_after_the_last_run_was_never_fetched(page: LexborHTMLParser) -> None:
    (last,) = [row for row in figure(page, figures.PAGES).css("table.months tbody tr") if "2027" in row.text()]
    assert [cell.text() for cell in last.css("td")] == [*("?" * 11), "", "0"]


def test_edits_and_disappearances_are_told(page: LexborHTMLParser, lived: World) -> None:
    edited = figure(page, figures.EDITS)
    assert len(edited.css("article")) == len(asked(lived, figures.EDITS)) > 2
    assert "고침" in " ".join(node.text() for node in edited.css("ins"))
    assert edited.css("del")
    gone = figure(page, figures.DISAPPEARED)
    assert any(payload in gone.text() for payload in PAYLOADS)


def test_nothing_that_was_scraped_is_live(text: str, page: LexborHTMLParser) -> None:
    for payload in PAYLOADS:
        assert payload in page.body.text(), "shown as it was written"  # type: ignore[union-attr]
    assert (
        page.css("script, iframe, img, link, object, embed, form, base, textarea, input, audio, video, foreignObject")
        == []
    )
    allowed = {*"class style lang id title href scope colspan role xmlns d x y x1 x2 y1 y2 cx cy r".split()}
    allowed |= {*"width height fill points viewBox preserveAspectRatio patternUnits text-anchor".split()}
    allowed |= {*"aria-hidden aria-label aria-labelledby charset content http-equiv name".split()}
    names = {name for node in page.css("*") for name in node.attributes}
    assert {name.lower() for name in names} <= {name.lower() for name in allowed}
    assert all(node.attributes["href"].startswith("#b") for node in page.css("[href]"))  # type: ignore[union-attr]
    styles = {node.attributes["style"] for node in page.css("[style]")}
    assert all(re.fullmatch(r"--share:0\.\d+", style or "") for style in styles)


def test_the_file_asks_nobody_for_anything(text: str, page: LexborHTMLParser) -> None:
    style = page.css_first("style").text()  # type: ignore[union-attr]
    assert "@import" not in style
    assert "url(" not in style
    assert set(re.findall(r"=\"url\(([^)]*)\)", text)) == {"#never"}
    policy = page.css_first("meta[http-equiv]").attributes["content"]  # type: ignore[union-attr]
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style
    assert "Malgun Gothic" in style


class _Balance(HTMLParser):
    """Fails on an element that is not closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for key, value in attrs if key == "id"]
        if name != "meta":
            self.open.append(name)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name


def test_the_html_is_well_formed(text: str) -> None:
    balance = _Balance()
    balance.feed(text)
    balance.close()
    assert balance.open == []
    assert len(set(balance.ids)) == len(balance.ids)
    assert text.startswith("<!doctype html>\n<html lang=")


def test_every_picture_is_told_in_words(page: LexborHTMLParser) -> None:
    pictures = page.css("svg[role=img]")
    assert len(pictures) > 1
    for picture in pictures:
        for ident in (picture.attributes["aria-labelledby"] or "").split():
            assert picture.css_first(f"#{ident}").text()


def test_a_redacted_post_is_nowhere(lived: World, text: str, tmp_path: Path) -> None:
    copy = tmp_path / "archive.db"
    with sqlite3.connect(lived.db) as source, sqlite3.connect(copy) as target:
        source.backup(target)
        target.execute("UPDATE posts SET state = 'redacted' WHERE title LIKE ?", [f"{WORD}%"])
    source.close()
    target.close()
    assert WORD in text
    assert WORD not in written(copy)


def test_one_board_alone(lived: World) -> None:
    told = LexborHTMLParser(written(lived.db, "opinion"))
    assert len(told.css("section.board")) == 1
    assert ":board = 'opinion'" in told.css_first("header").text()  # type: ignore[union-attr]


def months(*told: tuple[str, int, str]) -> list[Month]:
    return [Month(month, posts, fetched) for month, posts, fetched in told]  # type: ignore[arg-type]


def test_the_grid_tells_never_fetched_from_nothing_posted() -> None:
    given = months(("2025-10", 0, "never"), ("2025-11", 3, "part"), ("2025-12", 0, "part"), ("2026-01", 0, "whole"))
    grid = LexborHTMLParser(month_grid([*given, Month("2026-02", 12, "whole")], words.GRID, is_whole=True))
    rows = [[cell.text() for cell in row.css("td")] for row in grid.css("tbody tr")]
    assert rows == [["0", "12", *[""] * 10, "12"], [*[""] * 9, "?", "3+", "?", "3"]]
    signs = [item.text() for item in grid.css("ul.legend li")]
    assert [sign.split()[0] for sign in signs] == ["7", "7+", "0", "?"]
    assert "never" in (grid.css("tbody tr")[1].css("td")[9].attributes["class"] or "")
    assert "nothing" in (grid.css("tbody tr")[0].css("td")[0].attributes["class"] or "")


def test_long_silence_is_one_line_and_what_is_older_is_said() -> None:
    empty = [Month(f"{year}-{month:02}", 0, "whole") for year in range(1999, 2020) for month in range(1, 13)]
    grid = LexborHTMLParser(month_grid([*empty, Month("2020-01", 1, "whole")], words.GRID, is_whole=False))
    heads = [row.css_first("th").text() if row.css_first("th") else row.text() for row in grid.css("tbody tr")]
    assert heads[:2] == ["2020", "1999–2019"]
    assert words.OLDER_NEVER.ko in heads[2]


def test_markup_escapes_all_but_itself() -> None:
    assert tag("td", "<b>&\"'\x00\x1b", title='"><i>') == (
        '<td title="&quot;&gt;&lt;i&gt;">&lt;b&gt;&amp;&quot;&#x27;</td>'
    )
    assert joined(None, Markup("<br>"), ["가", 3]) == "<br>가3"


def test_texts_too_long_for_a_comparison_are_not_compared() -> None:
    assert difference("가 " * (MOST_WORDS + 1), "나") == words.TOO_LONG
    assert difference("가", "나" * (MOST_LETTERS + 1)) == words.TOO_LONG
    assert difference("줄이  나뉘다", "줄이 나뉘다") == words.NO_WORDS
    assert "".join(map(str, difference("줄이\n나뉘다", "줄이 나뉘다"))) == "줄이 <del>↵</del> 나뉘다"  # type: ignore[arg-type]
    assert "".join(map(str, difference("예산 3억", "예산 <5억>"))) == "예산 <del>3억</del> <ins>&lt;5억&gt;</ins>"  # type: ignore[arg-type]


def test_a_curve_of_one_moment_and_bars_of_one_month() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert "polyline" in charts.curve([(at, 0), (at, 0)], "x", "c")
    assert "rect" in charts.month_bars([Month("2026-03", 1, "whole")], words.GRID, "m")


def test_twenty_thousand_posts_need_little_memory(lived: World, tmp_path: Path, full: bool) -> None:
    many = tmp_path / "archive.db"
    with sqlite3.connect(lived.db) as source, sqlite3.connect(many) as target:
        source.backup(target)
        names = [
            row[1] for row in target.execute("PRAGMA table_info(posts)") if row[1] not in ("id", "key", "posted_date")
        ]
        target.execute(
            f"""WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?)
            INSERT INTO posts (id, key, posted_date, {", ".join(names)})
            SELECT 100000 + i, 'x' || i, date('2004-01-01', (i % 8000) || ' days'), {", ".join(names)}
            FROM n, (SELECT * FROM posts WHERE state = 'live' ORDER BY id LIMIT 1)""",
            [200_000 if full else 20_000],
        )
    source.close()
    target.close()
    tracemalloc.start()
    told = written(many)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000
    assert len(told) < 1_000_000
