"""gnuboard5 with its basic skin: nearly everything is 200, downloads want the session of the view and a nonce.

Variant "5.4" is the present markup, "5.3" the one before, "5.2" that of 2013–2017 (date before hits, file list above
the body, no nonce); "gallery" and "mobile" have no table. This module routes and keeps sessions; gnuboard5_list,
gnuboard5_cards and gnuboard5_view draw, gnuboard5_urls knows the addresses.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins import gnuboard5_feed, gnuboard5_list, gnuboard5_view
from scraper.fakeboard.skins.gnuboard5_urls import list_url, short_query, view_url
from scraper.fakeboard.skins.markup import text

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

NONCE_AGE = timedelta(hours=2)


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return list_url(board)


def route(site: FakeSite, visit: Visit) -> Route | None:
    """Lists and views share board.php."""
    asked = visit.asked()
    if visit.path.startswith("/data/file/"):
        return Route("attachment", lambda: _image(site, visit.path))
    if fed := gnuboard5_feed.feed_board(site, visit):
        return Route("feed", lambda: gnuboard5_feed.feed(site, fed, visit.origin))
    short = short_query(visit, {board.slug: board for board in site.boards if board.skin == "gnuboard5"})
    asked |= short or {}
    if short is None and visit.path not in ("/bbs/board.php", "/bbs/download.php", "/bbs/password.php"):
        return None
    board = site.board(asked.get("bo_table", ""))
    if board is None or board.skin != "gnuboard5":
        return Route("other", lambda: _alert(site, "존재하지 않는 게시판입니다.", visit.origin))
    if visit.path == "/bbs/download.php":
        return Route("attachment", lambda: _download(site, board, visit, asked))
    if visit.path == "/bbs/password.php":
        return Route("other", lambda: _html(_password(site)))
    if asked.get("wr_id"):
        return Route("article", lambda: _view(site, board, visit, asked))
    page = page_number(asked.get("page"))
    draw = gnuboard5_list.draw_list
    return Route("listing", lambda: _html(draw(site, board, visit.origin, page, asked.get("sca", ""))))


def _html(page: str) -> Answer:
    return Answer(200, page.encode())


def _redirect(location: str) -> Answer:
    return Answer(302, b"", headers=((b"Location", location.encode()),))


def _alert(site: FakeSite, message: str, to: str) -> Answer:
    """The engine's way to say no: a page with a script, status 200."""
    said = json.dumps(message).replace("/", "\\/")
    leave = f"document.location.replace({json.dumps(to)});" if to else "history.back();"
    return _html(
        f'<!doctype html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        f"<title>오류안내 페이지 | {text(site.name)}</title>\n</head>\n<body>\n"
        f"<script>\nalert({said});\n{leave}\n</script>\n"
        f'<noscript>\n<div id="validation_check">\n<h1>다음 항목에 오류가 있습니다.</h1>\n'
        f'<p class="cbg">{text(message)}</p>\n'
        f'<div class="btn_confirm"><a href="{text(to)}">돌아가기</a></div>\n</div>\n</noscript>\n</body>\n</html>\n'
    )


def _view(site: FakeSite, board: FakeBoard, visit: Visit, asked: dict[str, str]) -> Answer:
    post_id = to_id(asked["wr_id"])
    post = board.get(post_id)
    if post is None:
        parent = board.get(board.comment_parents.get(post_id))
        if parent is not None and any(comment.id == post_id for comment in parent.comments):
            return _redirect(f"{visit.origin}{view_url(board, parent)}#c_{post_id}")
        message = "글이 존재하지 않습니다.\n\n글이 삭제되었거나 이동된 경우입니다."
        return _alert(site, message, visit.origin + list_path(board))
    if board.members_only:
        return _alert(site, "글을 읽을 권한이 없습니다.", f"{visit.origin}/bbs/login.php")
    if post_id in board.closed:
        return _alert(site, "보유하신 포인트(0)가 없거나 모자라서 글읽기(-5)가 불가합니다.", "")
    if post.secret:
        return _redirect(f"{visit.origin}/bbs/password.php?w=s&bo_table={board.slug}&wr_id={post.id}")
    page = gnuboard5_view.draw_view(
        site, board, visit.origin, post, _new_nonce(site, board, visit, post), asked.get("page", "")
    )
    if f"{board.slug}/{post.id}" not in visit.session.seen:
        visit.session.seen.add(f"{board.slug}/{post.id}")
        post.hits += 1
    return _html(page)


def _new_nonce(site: FakeSite, board: FakeBoard, visit: Visit, post: FakePost) -> str:
    now = board.clock.now()
    nonce = f"{site.rng.randbytes(10).hex()}|{int(now.timestamp())}|{site.rng.randbytes(20).hex()}"
    visit.session.tokens[nonce] = (f"{board.slug}/{post.id}", now)
    return nonce


def _download(site: FakeSite, board: FakeBoard, visit: Visit, asked: dict[str, str]) -> Answer:
    post = board.get(to_id(asked.get("wr_id")))
    name = f"{board.slug}/{asked.get('wr_id')}"
    if post is None or post.secret or name not in visit.session.seen:
        return _alert(site, "잘못된 접근입니다.", visit.origin)
    opens, given = visit.session.tokens.get(asked.get("nonce", ""), ("", board.clock.now()))
    if board.variant != "5.2" and (opens != name or board.clock.now() - given > NONCE_AGE):
        return _alert(site, "토큰 유효시간이 지났거나 토큰값이 유효하지 않습니다.", visit.origin)
    item = post.file(to_id(asked.get("no")))
    if item is None:
        return _alert(site, "파일 정보가 존재하지 않습니다.", visit.origin)
    if item.lost:
        return _alert(site, "파일이 존재하지 않습니다.", visit.origin)
    item.downloads += 1
    named = f'attachment; filename="{quote(item.name, safe="")}"'.encode()
    headers = ((b"Content-Disposition", named), (b"Content-Transfer-Encoding", b"binary"), (b"Pragma", b"no-cache"))
    return Answer(200, item.content, b"file/unknown", headers)


def _image(site: FakeSite, path: str) -> Answer:
    for board in site.boards:
        for post in board.posts() if board.skin == "gnuboard5" else ():
            for item in post.files:
                folder = f"/data/file/{board.slug}/"
                if path == folder + item.stored and not item.lost:
                    return Answer(200, item.content, item.mime.encode())
                if item.look == "inline" and path == folder + gnuboard5_view.shown_image(item):
                    return Answer(200, item.content[:200], item.mime.encode())
    return Answer(404, b"<!doctype html><title>404 Not Found</title><h1>Not Found</h1>")


def _password(site: FakeSite) -> str:
    return (
        f'<!doctype html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        f"<title>비밀번호 입력 | {text(site.name)}</title>\n"
        '</head>\n<body>\n<div id="pw_confirm" class="mbskin">\n<h1>비밀번호 입력</h1>\n'
        "<p><strong>비밀글 기능으로 보호된 글입니다.</strong> 작성자와 관리자만 열람하실 수 있습니다.</p>\n"
        '<form name="fboardpassword" action="/bbs/password_check.php" method="post">\n<fieldset>\n'
        '<input type="password" name="wr_password" id="password_wr_password" required>\n'
        '<input type="submit" value="확인" class="btn_submit">\n</fieldset>\n</form>\n</div>\n</body>\n</html>\n'
    )
