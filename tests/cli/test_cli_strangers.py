"""Pages that are no boards: what a stranger is told of them, by probe and by add."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from cli_pages import framed, serving
from cli_shell import CLI, Shell

from scraper.fakeboard import FakeBoard, FakeClock, FakeSite, serve
from scraper.fakeboard.exchange import Answer, Route, Visit
from scraper.models import KST

PRIVATE = ("--allow-private", "--delay", "0")
BOXES = "".join(
    f"<h3>{name}</h3><ul>" + "".join(f'<li><a href="/v?tb={at}&no={at}{n}">{name} 소식 {n}</a></li>' for n in range(5))
    for at, name in enumerate(("뉴스", "오피니언", "공지", "문화"))
)
DAYS = "".join(
    "<tr>" + "".join(f'<td><a href="/c?day=2026-11-{week * 7 + day + 1:02d}">{week * 7 + day + 1}</a></td>'
    for day in range(7)) + "</tr>"
    for week in range(4)
)  # fmt: skip
PHOTOS = "".join(
    f'<li><a href="/p?no={300 - at}"><img src="/{at}.jpg" alt="사진"><span>솔내천의 사진 {at}</span></a></li>'
    for at in range(12)
)
GOODS = "".join(
    f'<li><a href="/g?no={900 + at}"><span>솔내 사과 {at}호</span></a><b>{at + 1},000원</b></li>' for at in range(12)
)
STORY = (
    "<h1>솔내천의 하루</h1><p>글 최누리 | 입력 2026.11.20 10:20 | 조회 31</p>"
    + "<div>"
    + "<p>솔내천에는 새벽마다 안개가 끼고, 어르신들은 걸음을 멈추고 물소리를 들었다.</p>" * 6
    + "</div>"
)
PAGES = {
    "/home": BOXES,
    "/calendar": f"<h1>2026년 11월</h1><table>{DAYS}</table>",
    "/photos": f"<ul>{PHOTOS}</ul>",
    "/shop": f"<ul>{GOODS}</ul>",
    "/story": STORY,
    "/empty": "<table><tr><th>번호</th><th>제목</th></tr><tr><td colspan=2>등록된 게시물이 없습니다.</td></tr></table>",
    "/missing": "<h1>404 Not Found</h1><p>요청하신 페이지를 찾을 수 없습니다.</p>",
}


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    with serving({path: ("text/html; charset=utf-8", framed(body).encode()) for path, body in PAGES.items()}) as origin:
        yield origin


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/home", "the address of a page that lists posts is wanted"),
        ("/calendar", "nothing was stored"),
        ("/photos", "the address of a page that lists posts is wanted"),
        ("/empty", "says '등록된 게시물이 없습니다.', so that it cannot be told how its posts are read"),
        ("/story", "shows one post, and nothing on it leads to its list"),
        ("/missing", "a page that says: 404 Not Found"),
    ],
)
def test_what_is_no_board_is_not_added_and_the_next_step_is_said(
    path: str, words: str, shell: Shell, pages: str
) -> None:
    answer = shell("add", pages + path, *PRIVATE)
    assert (answer.code, answer.out) == (4, "")
    assert words in answer.sentence()
    assert path in ("/missing", "/empty") or f"'sinmungo add {pages}{path} --layout FILE'" in answer.sentence()
    assert not (shell.folder / "archive.db").exists()


def test_a_page_that_is_not_understood_is_shown_with_what_can_be_done(shell: Shell, pages: str) -> None:
    answer = shell("probe", pages + "/shop", *PRIVATE)
    assert answer.code == 4
    assert "nothing that looks like a board's rows" in answer.out
    assert "'sinmungo add URL --layout FILE'" in answer.out
    assert "None" not in answer.out


def test_one_post_that_is_read_by_its_looks_is_called_unsure(shell: Shell, pages: str) -> None:
    answer = shell("probe", pages + "/story", *PRIVATE)
    assert answer.code == 0, answer.err
    assert "not sure: under 0.8" in answer.out
    assert "None" not in answer.out


BOARD = "/bbs/board.php?bo_table=opinion"
STARTS = {
    "/frames": f"<html><frameset cols='100%,*'><frame src='/menu'><frame src='{BOARD}'></frameset></html>",
    "/refresh": f"<html><head><meta http-equiv='Refresh' content='0; URL={BOARD}'></head><body></body></html>",
    "/inside": framed(f"{BOXES}<iframe src='/menu'></iframe><iframe src='{BOARD}' width='100%'></iframe>"),
    "/twice": "<html><frameset cols='*'><frame src='/refresh'></frameset></html>",
    "/menu": framed(BOXES),
}


class StartSite(FakeSite):
    """A board's site with those pages beside the board, and frames that hold frames without end.

    ``paths``: what was asked for.
    """

    def __init__(self, clock: FakeClock) -> None:
        super().__init__([FakeBoard("opinion", "gnuboard5", posts=12, seed=5, clock=clock)], clock=clock)
        self.paths: list[str] = []

    def route(self, visit: Visit) -> Route:
        self.paths.append(visit.path)
        page = STARTS.get(visit.path)
        if visit.path.startswith("/deep/"):
            frames = "".join(f"<frame src='{visit.path}{end}'>" for end in "ab")
            page = f"<html><frameset cols='*,*'>{frames}</frameset></html>"
        return super().route(visit) if page is None else Route("other", lambda: Answer(200, page.encode()))


@pytest.fixture(scope="module")
def start_site() -> StartSite:
    return StartSite(FakeClock(datetime(2026, 11, 20, 3, tzinfo=KST)))


@pytest.fixture(scope="module")
def starts(start_site: StartSite) -> Iterator[str]:
    """The origin of a board that several pages lead to."""
    with serve(start_site) as running:
        yield running.origin


def test_a_page_that_only_leads_to_a_board_is_said_to(shell: Shell, starts: str) -> None:
    told = shell("probe", starts + "/frames", *PRIVATE)
    assert told.code == 4
    assert f"the page leads to {starts}/menu, {starts}{BOARD}" in told.out.replace("\n", "")


@pytest.mark.parametrize("path", ["/frames", "/inside", "/twice"])
def test_a_page_that_only_leads_to_a_board_adds_that_board(path: str, shell: Shell, starts: str) -> None:
    added = shell("add", starts + path, "--yes", *PRIVATE)
    assert added.code == 0, added.err
    assert f"{path} leads to {starts}{BOARD}" in added.out
    boards = json.loads(shell("boards", "--json").out)["boards"]
    assert [board["url"] for board in boards] == [starts + BOARD]


def test_a_frame_may_not_lead_into_a_private_net(shell: Shell, starts: str) -> None:
    parked = f"<html><frameset cols='*'><frame src='{starts}{BOARD}'></frameset></html>"
    with serving({"/": ("text/html", parked.encode())}) as origin:
        told = shell("add", f"{origin}/", "--yes", *PRIVATE)
    assert told.code == 4
    assert "it leads to a page that could not be looked at" in told.err
    assert "no public address" in told.err


def test_frames_without_end_are_given_up(shell: Shell, starts: str, start_site: StartSite) -> None:
    told = shell("add", starts + "/deep/", "--yes", *PRIVATE)
    assert told.code == 4
    assert [path for path in start_site.paths if path.startswith("/deep/")] == [
        "/deep/", *(f"/deep/{end}" for end in ("a", "b", "aa", "ab", "ba", "bb", "aaa", "aab")),
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_probe_at_once(tmp_path: Path, number: signal.Signals, code: int) -> None:
    os.mkfifo(tmp_path / "page.html")
    words = (sys.executable, str(CLI), "probe", "page.html")
    child = subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    with (tmp_path / "page.html").open("wb"):  # waits for its reader
        child.send_signal(number)
        _, told = child.communicate(timeout=30)
    assert (child.returncode, told) == (code, "sinmungo: interrupted: nothing was stored\n")
