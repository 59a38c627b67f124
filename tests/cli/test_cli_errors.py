"""Bad input: one sentence that names what, where and the next step; the right exit code; nothing written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from cli_pages import serving
from cli_shell import Shell

from scraper.archive import open_archive
from scraper.fakeboard import FakeBoard, FakeClock, FakeServer, FakeSite, Fault, serve
from scraper.models import KST, Board

PAGES = {
    "/document": ("application/pdf", b"%PDF-1.4"),
    "/words": ("text/plain", "안녕하세요".encode()),
    "/nothing": ("text/html", b""),
    "/greeting": ("text/html", "<html><body><h1>인사말</h1><p>어서 오세요.</p></body></html>".encode()),
}


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    with serving(PAGES) as origin:
        yield origin


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/document", 4, "not an HTML page but application/pdf"),
        ("/words", 4, "not an HTML page"),
        ("/nothing", 4, "the page is empty"),
        ("/greeting", 4, "nothing on it looks like the list of a board"),
        ("/elsewhere", 5, "answered 404"),
    ],
)
def test_a_page_that_is_no_board(shell: Shell, pages: str, path: str, code: int, words: str) -> None:
    answer = shell.crawl(pages + path)
    assert answer.code == code
    assert words in answer.sentence()
    assert pages + path in answer.sentence()
    assert list(shell.folder.iterdir()) == []


def test_an_unknown_host(shell: Shell) -> None:
    answer = shell("crawl", "http://no-such-paper.invalid/bbs/board.php?bo_table=x")
    assert answer.code == 5
    assert "no-such-paper.invalid" in answer.sentence()
    assert "check the address" in answer.sentence()
    assert list(shell.folder.iterdir()) == []


def test_a_refused_connection(shell: Shell) -> None:
    answer = shell.crawl("http://127.0.0.1:9/board")
    assert answer.code == 5
    assert "refused" in answer.sentence()


def test_a_private_address_without_leave(shell: Shell) -> None:
    answer = shell("crawl", "http://127.0.0.1:9/board")
    assert answer.code == 8
    assert "--allow-private" in answer.sentence()


@pytest.mark.parametrize("words", [("--delay", "0"), ("--delay", "0.9"), ("--connections", "2")])
def test_haste_is_for_private_addresses_only(shell: Shell, words: tuple[str, ...]) -> None:
    answer = shell("crawl", "http://93.184.216.34/board", *words, "--allow-private")
    assert answer.code == 2
    assert "93.184.216.34" in answer.sentence()


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("maintenance", 4, "점검"),
        ("login", 4, "회원"),
        ("ban", 4, "접근 불가"),
        ("status:503", 5, "answered 503"),
        ("status:403", 5, "answered 403"),
        ("reset", 5, "could not be reached"),
        ("truncate", 5, "ended before its end"),
    ],
)
def test_a_wall_or_a_failing_site(shell: Shell, board: FakeBoard, kind: str, code: int, words: str) -> None:
    site = FakeSite([board], clock=board.clock)
    site.faults = lambda method, path: None if path == "/robots.txt" else Fault(kind)
    with serve(site) as server:
        answer = shell.crawl(server.url("opinion"))
    assert answer.code == code
    assert words in answer.sentence()
    assert list(shell.folder.iterdir()) == []


def test_robots_that_forbid(shell: Shell, board: FakeBoard) -> None:
    with serve(FakeSite([board], clock=board.clock, robots=(200, "User-agent: *\nDisallow: /bbs/\n"))) as server:
        answer = shell.crawl(server.url("opinion"))
        assert [request.kind for request in server.log] == ["robots"]
    assert answer.code == 8
    assert "robots.txt" in answer.sentence()


@pytest.mark.parametrize(("skin", "code"), [("legacy", 4), ("gnuboard5", 0), ("rhymix", 0)])
def test_an_empty_board(shell: Shell, skin: str, code: int) -> None:
    clock = FakeClock(datetime(2026, 11, 20, 3, 0, tzinfo=KST))
    empty = FakeBoard("opinion", skin, posts=0, seed=1, clock=clock)  # type: ignore[arg-type]
    with serve(FakeSite([empty], clock=clock)) as server:
        answer = shell.crawl(server.url("opinion"))
    assert answer.code == code
    if code:
        assert "the board is empty" in answer.sentence()


def test_reading_makes_no_archive(shell: Shell) -> None:
    for words in (("boards",), ("status",), ("show", "x"), ("sync",), ("verify",), ("runs",), ("search", "x")):
        answer = shell(*words)
        assert answer.code == 2, words
        assert "archive.db" in answer.sentence()
        assert "sinmungo crawl URL" in answer.sentence()
    assert list(shell.folder.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        *(("boards",), ("status",), ("runs",), ("audit",), ("audit", "--json"), ("failures",), ("search", "도서관")),
        *(("texts",), ("export", "--out", "a.csv"), ("serve", "--port", "0"), ("sync",), ("retry",)),
    ],
    ids=" ".join,
)
def test_an_archive_without_boards(shell: Shell, words: tuple[str, ...]) -> None:
    with open_archive(shell.folder / "archive.db", write=True):
        pass
    answer = shell(*words)
    assert (answer.code, answer.out) == (2, "")
    assert "archive.db holds no board yet" in answer.sentence()
    assert [path.name for path in shell.folder.iterdir() if not path.name.startswith("archive.db")] == []


@pytest.mark.parametrize(
    "words",
    [
        *(("search", "도서관"), ("export", "--out", "a.csv"), ("export", "--attachments", "--out", "files"), ("freq",)),
        *(("sync",), ("crawl", "--allow-private", "http://127.0.0.1:9/x")),
    ],
    ids=" ".join,
)
def test_days_that_run_backwards(shell: Shell, words: tuple[str, ...]) -> None:
    with open_archive(shell.folder / "archive.db", write=True) as archive:
        archive.save_board(
            Board(url="http://a.example/", host="a.example", slug="a", name="가", engine="legacy", layout={})
        )
    answer = shell(*words, "--since", "2026-11-02", "--until", "2026-11-01")
    assert (answer.code, answer.out) == (2, "")
    assert "--since 2026-11-02 is after --until 2026-11-01" in answer.sentence()


@pytest.mark.parametrize("words", [("boards",), ("sync",), ("crawl", "--allow-private", "http://127.0.0.1:9/x")])
def test_what_is_no_archive(shell: Shell, words: tuple[str, ...]) -> None:
    text, folder = shell.folder / "text.db", shell.folder / "folder.db"
    text.write_text("그냥 글\n" * 200, encoding="utf-8")
    folder.mkdir()
    for path in (text, folder):
        answer = shell(*words, "--db", path.name)
        assert answer.code == 7
        assert path.name in answer.sentence()
    assert text.read_text(encoding="utf-8") == "그냥 글\n" * 200


def test_an_archive_of_a_later_version(archived: Shell, tmp_path: Path) -> None:
    later = tmp_path / "later.db"
    with sqlite3.connect(archived.folder / "archive.db") as source, sqlite3.connect(later) as copy:
        source.backup(copy)
        copy.execute("PRAGMA user_version = 99")
    source.close()
    copy.close()
    for words in (("boards",), ("sync",)):
        answer = archived(*words, "--db", str(later))
        assert answer.code == 7
        assert "99" in answer.sentence()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission(shell: Shell, server: FakeServer) -> None:
    shell.folder.chmod(0o500)
    answer = shell.crawl(server.url("opinion"))
    shell.folder.chmod(0o700)
    assert answer.code == 7
    assert "archive.db" in answer.sentence()


def test_a_second_writer_is_told_who_holds_the_archive(archived: Shell) -> None:
    with open_archive(archived.folder / "archive.db", write=True):
        answer = archived("sync")
        assert archived("boards").code == 0
    assert answer.code == 75
    assert str(os.getpid()) in answer.sentence()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "nope"), "search WORDS"),
        (("history", "opinion/999999"), "opinion/999999"),
        (("layout", "nope"), "opinion"),
        (("sync", "nope"), "opinion"),
        (("sync", "--all", "opinion"), "--all"),
        (("sync", "--recheck", "3x"), "36h"),
        (("crawl", "ftp://paper.example/"), "http"),
        (("crawl", "이것은 주소가 아니다"), "http"),
        (("probe", "nowhere.html", "--url", "http://paper.example/"), "nowhere.html"),
        (("layout", "opinion", "--edit", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_words_that_mean_nothing(archived: Shell, words: tuple[str, ...], told: str) -> None:
    answer = archived(*words)
    assert answer.code == 2
    assert told in answer.sentence()


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("name =", "not valid TOML"),
        ('name = "x"\nfoo = 1', "foo: unknown key"),
        ('name = "x"\n[list]\nrows = "a["', "list.rows: 'a[' is not a CSS selector"),
        ('name = "x"\n[list]\nrows = 3', "list.rows"),
        ("about = 'x'", "name"),
    ],
)
def test_a_broken_layout_file(archived: Shell, toml: str, told: str) -> None:
    (archived.folder / "bad.toml").write_text(toml, encoding="utf-8")
    answer = archived("layout", "opinion", "--edit", "bad.toml")
    assert answer.code == 2
    assert "bad.toml" in answer.sentence()
    assert told in answer.sentence()


def test_an_unknown_command_and_a_missing_argument_are_usage_errors(shell: Shell) -> None:
    assert shell("frobnicate").code == 2
    assert shell("crawl").code == 2
    assert shell("sync", "--limit", "0").code == 2


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        (("AND", "OR"), "AND"),
        (("title:x",), "title:"),
        (("{title", "body_text}:x",), "{title body_text}:"),
        (("NEAR(a b)",), "NEAR("),
        (("a AND OR b",), "AND"),
        (("도서*",), "도서*"),
        (("^도서관",), "^도서관"),
        (("작은", "+", "도서관"), "+"),
    ],
)  # fmt: skip
def test_search_syntax_is_a_usage_error_that_names_the_piece(
    archived: Shell, words: tuple[str, ...], piece: str
) -> None:
    answer = archived("search", "--", *words)
    assert (answer.code, answer.out) == (2, "")
    said = answer.sentence()
    assert f"'{piece}' is search syntax" in said
    assert "into double quotes" in said and "--author" in said
    assert archived("search", "--", f'"{" ".join(words)}"').code == 0


def test_a_double_quote_that_is_not_closed_is_a_usage_error(archived: Shell) -> None:
    answer = archived("search", '"작은 도서관')
    assert answer.code == 2
    assert "opens a double quote and does not close it" in answer.sentence()


@pytest.mark.parametrize("words", ["가-나", "R&D", "코로나19:", "and", "C++", "(사)평택", "【사설】", '"도서관" 개관'])
def test_the_marks_of_headlines_are_words(archived: Shell, words: str) -> None:
    answer = archived("search", "--", words)
    assert answer.code == 0
    assert "sinmungo:" not in answer.err


@pytest.mark.parametrize("words", ["!!!", '"', "*", "("])
def test_a_query_of_signs_only_is_a_usage_error(archived: Shell, words: str) -> None:
    answer = archived("search", "--", words)
    assert answer.code == 2
    assert "holds no word to search for" in answer.sentence()
