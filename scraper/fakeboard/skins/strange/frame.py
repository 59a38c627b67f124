"""What stands around the list and the article: head, menus, boxes of other links, and what follows a body."""

from __future__ import annotations

import re

from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import text
from scraper.fakeboard.skins.strange.board import StrangeBoard
from scraper.fakeboard.skins.strange.face import Face
from scraper.fakeboard.skins.strange.links import Place, link
from scraper.fakeboard.skins.strange.words import css

MENU = ("정치/행정", "사회", "경제", "문화", "교육", "오피니언", "사람들", "포토", "독자마당")
CHARSETS = {"utf-8": "utf-8", "cp949": "euc-kr"}


def frame(board: StrangeBoard, paper: str, title: str, inner: str, place: Place) -> str:
    """A whole page. ``inner`` is its content, ``paper`` the newspaper's name."""
    face = board.face
    meta = f'<meta charset="{CHARSETS[face.charset]}">\n' if face.declared in ("meta", "both") else ""
    if face.charset == "cp949" and meta:
        meta = '<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">\n'
    doctype = "" if face.frame == "tables" else "<!DOCTYPE html>\n"
    top = f"<h2>{text(paper)}</h2>\n{_clock(board)}{_login(face)}"
    side = _menu(face) + _popular(board, place)
    place_line = f"<p{css(face, 'path')}>홈 &gt; {text(board.name)}</p>\n"
    foot = (
        f"<p{css(face, 'foot')}>{text(paper)} | 등록번호 솔내 가00123 | 발행인 노가온 | Copyright {text(paper)}</p>\n"
    )
    match face.frame:
        case "tables":
            middle = (
                f'<table width="980" align="center"><tr><td>{top}</td></tr></table>\n'
                '<table width="980" align="center" cellpadding="0"><tr valign="top">\n'
                f'<td width="180">{side}</td>\n<td>{place_line}{inner}</td>\n</tr></table>\n'
                f'<table width="980" align="center"><tr><td>{foot}</td></tr></table>\n'
            )
        case "divs":
            middle = (
                f"<div{css(face, 'header')}>\n{top}</div>\n<div{css(face, 'wrap')}>\n<div{css(face, 'side')}>\n{side}"
                f"</div>\n<div{css(face, 'main')}>\n{place_line}{inner}</div>\n</div>\n<div{css(face, 'footer')}>{foot}"
                "</div>\n"
            )
        case _:
            middle = top + side + place_line + inner + foot
    page = (
        f'{doctype}<html lang="ko">\n<head>\n{meta}<title>{text(title)}</title>\n</head>\n<body>\n'
        f"{middle}</body>\n</html>\n"
    )
    return _loosen(page) if face.markup == "loose" else page


def _loosen(page: str) -> str:
    """Tags in capitals, and those left out that old pages leave out."""
    page = re.sub(r"</(?:td|tr|li|dd|dt)>", "", page)
    return re.sub(r"<(/?)(table|tr|td|th|b|ul|li|p|img|font|div|span)\b", lambda m: f"<{m[1]}{m[2].upper()}", page)


def _clock(board: StrangeBoard) -> str:
    now = board.clock.korea()
    if board.face.clock == "no":
        return ""
    return f"<p>최종편집 : {now.year}.{now.month}.{now.day} {'월화수목금토일'[now.weekday()]} {now:%H:%M}</p>\n"


def _login(face: Face) -> str:
    if face.login == "no":
        return ""
    return (
        '<form name="login" method="post" action="/member/login"><input type="text" name="userid">'
        '<input type="password" name="userpw"><input type="submit" value="로그인"></form>\n'
    )


def _menu(face: Face) -> str:
    if face.menu == "no":
        return ""
    if face.frame == "tables":
        rows = "".join(f'<tr><td><a href="/sub?menu={n}">{word}</a></td></tr>\n' for n, word in enumerate(MENU))
        return f'<table width="100%">\n{rows}</table>\n'
    return f"<ul>\n{''.join(f'<li><a href=/sub/{n}>{word}</a></li>' for n, word in enumerate(MENU))}</ul>\n"


def _popular(board: StrangeBoard, place: Place) -> str:
    if board.face.popular == "no":
        return ""
    best = sorted((post for post in board.posts() if not post.secret), key=lambda post: -post.hits)[:6]
    items = "".join(f"<li><a{link(board, post.id, place)}>{text(post.title[:18])}..</a></li>\n" for post in best)
    return f"<strong>많이 본 글</strong>\n<ol{css(board.face, 'best')}>\n{items}</ol>\n"


def after_body(board: StrangeBoard, post: FakePost, paper: str, place: Place) -> str:
    """Copyright, share buttons, comments, neighbours and related posts, as the face has them."""
    face = board.face
    parts = []
    if face.copyright == "yes":
        parts.append(f"<p{css(face, 'copyright')}>저작권자 ⓒ {text(paper)} 무단전재 및 재배포 금지</p>\n")
    if face.share == "yes":
        names = ("페이스북", "트위터", "카카오톡", "인쇄")
        parts.append(f"<div>{''.join(f'<a href=#share>{name}</a> ' for name in names)}</div>\n")
    if face.remarks == "yes":
        parts.append(_remarks(face, post))
    posts = [each for each in board.posts() if not each.secret]
    if face.related == "yes":
        near = "".join(f"<li><a{link(board, each.id, place)}>{text(each.title)}</a></li>\n" for each in posts[2:6])
        parts.append(f"<h5>관련 글</h5>\n<ul{css(face, 'related')}>\n{near}</ul>\n")
    parts.append(_neighbours(board, post, posts, place))
    parts.append(f'<div><a href="#">인쇄</a> <a href="#top"{css(face, "button")}>맨위로</a></div>\n')
    return "".join(parts)


def _remarks(face: Face, post: FakePost) -> str:
    items = "".join(
        f"<li><b>{text(each.author)}</b> <em>{each.at:%Y-%m-%d %H:%M}</em><p>{text(each.text)}</p></li>\n"
        for each in post.comments
    )
    form = '<form method="post" action="/comment"><textarea name="memo"></textarea></form>\n'
    return f"<div{css(face, 'remarks')}>\n<h5>댓글 {len(post.comments)}</h5>\n<ul>\n{items}</ul>\n{form}</div>\n"


def _neighbours(board: StrangeBoard, post: FakePost, posts: list[FakePost], place: Place) -> str:
    face = board.face
    if face.neighbours == "none" or post not in posts:
        return ""
    at = posts.index(post)
    near = [("이전글", posts[at + 1] if at + 1 < len(posts) else None), ("다음글", posts[at - 1] if at else None)]
    shown = [
        (word, f"<a{link(board, it.id, place)}>{text(it.title)}</a>" if it else "글이 없습니다.") for word, it in near
    ]
    if face.neighbours == "table":
        rows = "".join(f"<tr><th>{word}</th><td>{value}</td></tr>\n" for word, value in shown)
        return f'<table{css(face, "neighbours")} width="100%">\n{rows}</table>\n'
    items = "".join(f"<li><span>{word}</span> {value}</li>\n" for word, value in shown)
    return f"<ul{css(face, 'neighbours')}>\n{items}</ul>\n"
