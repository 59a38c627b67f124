"""Pages that stand in the way, and pages that only speak of such things."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from page_documents import document, layout

from scraper.models import Article, Stamp
from scraper.page.wall import Wall, classify, is_none, read_alert, read_wall, read_wall_sign


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("존재하지 않는 게시판입니다.", "wrong_board"),
        ("생성되지 않은 게시판입니다", "wrong_board"),
        ("글이 존재하지 않습니다.\n글이 삭제되었거나 이동된 경우입니다.", "gone"),
        ("삭제된 글입니다.", "gone"),
        ("선택하신 게시물이 존재하지 않습니다", "gone"),
        ("대상을 찾을 수 없습니다.", "gone"),
        ("해당 게시물이 삭제되었습니다.", "gone"),
        ("존재하지 않는 게시글입니다", "gone"),
        ("요청하신 페이지를 찾을 수 없습니다", "gone"),
        ("404 Not Found", "gone"),
        ("비밀글 기능으로 보호된 글입니다.", "secret"),
        ("비밀글입니다.", "secret"),
        ("비공개 게시물입니다", "secret"),
        ("로그인이 필요합니다.", "login"),
        ("로그인 후 이용하실 수 있습니다.", "login"),
        ("로그인 하세요", "login"),
        ("회원만 볼 수 있습니다", "login"),
        ("이 게시판은 성인인증 된 회원님만 글읽기가 가능합니다.", "login"),
        ("PC 전용 게시판입니다.", "permission"),
        ("열린마당 게시판은 모바일에서만 접근할 수 있습니다.", "permission"),
        ("목록을 볼 권한이 없습니다.", "permission"),
        ("글을 읽을 권한이 없습니다.", "permission"),
        ("요청한 기능을 실행할 수 있는 권한이 없습니다.", "permission"),
        ("사용권한이 없습니다", "permission"),
        ("다운로드 권한이 없습니다.", "permission"),
        ("보유하신 포인트(0)가 없거나 모자라서 글읽기(-1)가 불가합니다.", "points"),
        ("접근 불가합니다.", "ban"),
        ("귀하의 IP는 차단되었습니다.", "ban"),
        ("비정상적인 접근입니다", "ban"),
        ("Access Denied", "ban"),
        ("시스템 점검 중입니다", "maintenance"),
        ("서버 점검 안내", "maintenance"),
        ("홈페이지 공사 중입니다", "maintenance"),
        ("로봇이 아닙니다", "captcha"),
        ("자동등록방지 숫자를 입력하세요", "captcha"),
        ("잘못된 접근입니다.", "refused"),
        ("올바른 방법으로 이용해 주십시오.", "refused"),
        ("토큰 유효시간이 지났거나 토큰값이 유효하지 않습니다.", "refused"),
        ("파일이 존재하지 않습니다.", "refused"),
        ("파일 정보가 존재하지 않습니다.", "refused"),
    ],
)
def test_the_phrases_of_boards_are_known(message: str, kind: str) -> None:
    assert classify(message) == kind


@pytest.mark.parametrize(
    "message",
    [
        "다리 안전 점검 결과를 밝혀라",
        "삭제된 예산을 되살리자",
        "로그인",
        "회원가입",
        "포인트 안내",
        "비밀의 숲을 걷다",
        "권한과 책임",
        "모바일 전용 요금제를 내놓다",
        "게시판",
        "오늘의 접속자 12",
        "",
    ],
)
def test_words_of_menus_and_headlines_are_no_wall(message: str) -> None:
    assert classify(message) is None


def alert_page(message: str, leave: str = "history.back();") -> str:
    return f"<meta charset=utf-8><script>alert({message});{leave}</script>"


@pytest.mark.parametrize(
    "leave",
    [
        "history.back();",
        "history.go(-1);",
        "location.href='/';",
        "document.location.replace('/');",
        "location.replace('\\/login');",
        "window.close();",
    ],
)
@pytest.mark.parametrize("written", ["'삭제된 글입니다.'", json.dumps("삭제된 글입니다."), '"삭제된\\n글입니다."'])
def test_an_alert_that_leads_away_is_a_wall(written: str, leave: str) -> None:
    assert read_wall(document(alert_page(written, leave)), 200) == Wall("gone", "삭제된 글입니다.")


def test_an_alert_of_unknown_words_is_a_refusal() -> None:
    assert read_wall(document(alert_page("'안녕히 가십시오'")), 200) == Wall("refused", "안녕히 가십시오")


@pytest.mark.parametrize(
    "script",
    [
        "function del(){alert('삭제된 글입니다.');history.back();}",
        "if(!member){alert('로그인이 필요합니다');location.href='/login';}",
        "alert('새 글이 있습니다');",
        "$(function(){alert('삭제된 글입니다.');history.back();});",
    ],
)
def test_an_alert_that_has_not_happened_is_none(script: str) -> None:
    page = document(f"<p>글 목록</p><script>{script}</script>")
    assert (read_alert(page), read_wall(page, 200)) == (None, None)


ARTICLE = (
    "<p>삭제된 글과 로그인 기록, 시스템 점검과 비밀글을 두고 접근이 제한된 까닭을 묻는다. 권한이 없습니다.</p>" * 20
)


def test_a_long_page_that_mentions_walls_is_none() -> None:
    login = "<form><input type=password></form>"
    assert read_wall(document(f"<title>삭제된 글</title><h1>로그인이 필요합니다</h1>{ARTICLE}{login}"), 200) is None


def test_a_long_page_with_an_error_status_says_it_in_its_heading() -> None:
    assert read_wall(document(f"<h1>로그인이 필요합니다</h1>{ARTICLE}"), 403) == Wall("login", "로그인이 필요합니다")


def test_the_words_of_an_empty_list_are_no_wall() -> None:
    for words in (
        "등록된 게시물이 없습니다.",
        "게시물이 없습니다.",
        "검색된 자료가 없습니다",
        "조회된 내용이 없습니다.",
    ):
        assert read_wall(document(f"<table><tr><td>{words}</td></tr></table>"), 200) is None


def test_a_menu_is_no_wall() -> None:
    menu = "<nav>회원만</nav><header>로그인이 필요합니다</header><a>비밀글</a><p>새 소식</p>"
    assert read_wall(document(menu), 200) is None


def test_a_login_page_is_a_wall_but_a_page_with_a_small_login_form_is_none() -> None:
    form = "<form><input type=text><input type=password></form>"
    assert read_wall(document(f"<title>로그인</title>{form}"), 200) == Wall("login", "로그인")
    assert read_wall(document(f"<title>칼럼</title><p>글 목록</p>{form}"), 200) is None


def test_a_form_in_the_place_of_a_post_that_asks_for_its_password_is_a_wall_on_a_long_page_too() -> None:
    form = "<form><div>비밀글입니다.</div><input type=password></form>"
    rows = "<p>둑길을 다시 걷는 날</p>" * 60
    assert read_wall(document(form + rows), 200) == Wall("secret", "비밀글입니다.")
    said = form.replace("<form>", "<form><textarea></textarea>")
    for other in (f"<div class=comment_list>{form}</div>", said, form.replace("비밀글입니다", "글을 지웁니다")):
        assert read_wall(document(other + rows), 200) is None


def test_a_short_page_that_asks_for_a_password_alone_is_a_wall() -> None:
    form = "<form><label>비밀번호</label><input type=password><button>비밀번호 확인</button></form>"
    assert read_wall(document(form), 200) == Wall("secret", "비밀번호 비밀번호 확인")
    for other in (
        form + "<p>둑길을 다시 걷는 날</p>" * 60,
        form.replace("확인", "삭제"),
        form.replace("<label>", "<input>"),
        form.replace("비밀번호</label>", "입력확인" * 45 + " 가</label>"),  # words in words take no longer
    ):
        assert read_wall(document(other), 200) is None


def test_an_empty_page_that_leads_to_a_door_is_a_wall() -> None:
    def moved(to: str, words: str = "") -> Wall | None:
        return read_wall(document(f"<script>location.replace('{to}');</script>{words}"), 200)

    assert moved("./password.php?w=s&wr_id=3") == Wall("secret", "leads to /bbs/password.php")
    assert moved("/member/login.do?back=/bbs/3") == Wall("login", "leads to /member/login.do")
    assert moved("/bbs/view.php?no=3&back=/login") is None
    assert moved("/member/login.do", "<p>둑길을 다시 걷는 날</p>") is None


def test_the_shortest_sentence_is_the_message() -> None:
    html = "<div><h2>나루신문</h2><div><p>로그인이 필요합니다.</p><p>손님</p></div></div>"
    assert read_wall(document(html), 200) == Wall("login", "로그인이 필요합니다.")


def test_all_parts_of_a_sign_must_hold() -> None:
    plain = layout(walls=[{"kind": "secret", "select": "#pw", "text": "비밀", "status": 403, "url": "w=s"}])
    html, url = "<p id=pw>비밀글입니다.</p>", "http://board.example/pw?w=s"
    assert read_wall_sign(document(html, url), plain, 403) == Wall("secret", "비밀글입니다.")
    assert read_wall_sign(document(html, url), plain, 200) is None
    assert read_wall_sign(document(html), plain, 403) is None
    assert read_wall_sign(document("<p>비밀글입니다.</p>", url), plain, 403) is None
    assert read_wall_sign(document("<p id=pw>글</p>", url), plain, 403) is None


def test_what_shows_a_post_is_no_wall_whatever_its_words() -> None:
    day = Stamp(None, "day", "2026-11-02")
    wall = Wall("secret", "비밀글입니다.")
    post = Article(None, "점검 안내", False, "윤새별", day, 7, None, "서버 점검 중입니다. " * 20, None, ())
    assert is_none(wall, post)
    short = replace(post, body_text="서버 점검 중입니다. 내일 다시 엽니다.")
    assert not is_none(wall, short)
    assert is_none(Wall("maintenance", "서버 점검 중입니다."), short)
    assert not is_none(wall, replace(post, posted=None))
    assert not is_none(wall, replace(post, author=None, hits=None))
