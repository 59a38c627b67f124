"""What reaches a terminal: nothing that steers it, nothing that is taken for markup."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.console import text
from scraper.console.progress import Lines
from scraper.models import Tick


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("[기고] 제목 [/기고]", "[기고] 제목 [/기고]"),
        ("[bold]굵게[/bold]", "[bold]굵게[/bold]"),
        ("앞\x1b[31m빨강\x1b[0m", "앞[31m빨강[0m"),
        ("두\n줄\t칸", "두 줄 칸"),
        ("뒤집\u202e힘", "뒤집힘"),
        ("너비\u200b없음\ufeff", "너비없음"),
        ("가족 👨\u200d👩", "가족 👨\u200d👩"),
        (None, "None"),
    ],
)
def test_safe_text(raw: object, shown: str) -> None:
    assert text.safe_text(raw) == shown


@given(st.text())
def test_safe_text_holds_nothing_that_steers(raw: str) -> None:
    shown = text.safe_text(raw)
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in shown)
    assert "\n" not in shown
    assert text.safe_text(shown) == shown


@given(st.text(alphabet="가나다라[]/bold ab\x1b\x07\n"), st.integers(min_value=1, max_value=40))
def test_a_cut_text_fits(raw: str, width: int) -> None:
    shown = text.safe_text(raw, width)
    assert sum(2 if unicodedata.east_asian_width(character) == "W" else 1 for character in shown) <= width


def test_titles_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    text.say(text.safe_text("[기고] [/사설] [red]제목"))
    text.print_table(("title",), [["[/기고] 제목\x1b]0;x\x07"]])
    text.fail("[/x] \x1b[2J")
    captured = capsys.readouterr()
    assert "[기고] [/사설] [red]제목\n" in captured.out
    assert "[/기고] 제목]0;x\n" in captured.out
    assert captured.err == "sinmungo: [/x] [2J\n"


def test_a_table_that_is_no_terminal_is_tab_separated(capsys: pytest.CaptureFixture[str]) -> None:
    text.print_table(("a", "b"), [(1, None), ("두\t칸", "x")], right=("a",))
    assert capsys.readouterr().out == "a\tb\n1\t\n두 칸\tx\n"


def test_body_text_keeps_its_lines_and_loses_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    text.print_text("첫 줄\n\n둘째\x1b[31m 줄\x9b")
    assert capsys.readouterr().out == "첫 줄\n\n둘째[31m 줄\n"


@pytest.mark.parametrize(("count", "shown"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (2_500_000_000, "2.5 GB")])
def test_size(count: int, shown: str) -> None:
    assert text.size(count) == shown


def test_plain_progress_says_each_phase_once_in_a_while(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    for page in (1, 2, 3):
        lines.tick(Tick("opinion", "listing", pages=page, pages_total=3))
    lines.tick(Tick("opinion", "articles", posts=1, posts_total=9, text="[기고]\x1b"))
    lines.tick(Tick("opinion", "done", pages=3, posts=9, files=2, bytes=1200))
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "opinion: 1 of 3 list pages read",
        "opinion: post 1/9, 0 files",
        "opinion: 3 list pages, 9 posts, 2 files, 1.2 kB",
    ]


def test_a_question_without_an_answer_is_no(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    assert text.ask("저장할까요?") is False
    monkeypatch.setattr("builtins.input", lambda: " 예 ")
    assert text.ask("저장할까요?") is True


def test_hits_stand_between_marks_where_there_are_no_colours(capsys: pytest.CaptureFixture[str]) -> None:
    text.say_marked("a/1  ", "[기고] 작은\x1b[2J \n도서관 [bold]", [(5, 7), (13, 16)], 70)
    assert capsys.readouterr().out == "a/1  [기고] «작은»[2J  «도서관» [bold]\n"
    text.say_marked("", "가나다라마바사", [(0, 2)], 8)
    assert capsys.readouterr().out == "«가나» …\n"


def test_hits_stand_in_colour_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    text.say_marked("", "작은 도서관", [(3, 6)], 70)
    assert capsys.readouterr().out == "작은 \x1b[1;33m도서관\x1b[0m\n"
