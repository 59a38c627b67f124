"""What happens to a board's pages in the course of the years: its template changes, or another page comes with 200.

A redesign is a function of a page's bytes; Korean words are exchanged in UTF-8 and in CP949 alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

Redesign = Callable[[bytes], bytes]


def _sub(pattern: str, new: str, page: bytes) -> bytes:
    return re.sub(pattern.encode(), new.encode(), page, flags=re.IGNORECASE | re.DOTALL)


def _words(pairs: dict[str, str], page: bytes) -> bytes:
    for codec in ("utf-8", "cp949"):
        for old, new in pairs.items():
            page = page.replace(old.encode(codec), new.encode(codec))
    return page


def _attribute(name: str, new: str, page: bytes) -> bytes:
    """Every value of an attribute; ``{}`` in ``new`` is the old one."""
    pattern = rf"\b{name}=([\"']?)([^\"'\s>]+)".encode()
    return re.sub(pattern, lambda m: name.encode() + b"=" + m[1] + new.encode().replace(b"{}", m[2]), page)


def _cells(change: Callable[[list[bytes]], list[bytes]], page: bytes) -> bytes:
    """The cells of every row of a table that has at least three."""

    def row(found: re.Match[bytes]) -> bytes:
        cells = re.findall(rb"<t[dh]\b.*?</t[dh]>", found[2], re.IGNORECASE | re.DOTALL)
        return found[1] + b"".join(change(cells)) + found[3] if len(cells) >= 3 else found[0]

    return re.sub(rb"(<tr\b[^>]*>)((?:(?!<tr\b).)*?)(</tr>)", row, page, flags=re.IGNORECASE | re.DOTALL)


def _both(*changes: Redesign) -> Redesign:
    def change(page: bytes) -> bytes:
        for each in changes:
            page = each(page)
        return page

    return change


def _shell(page: bytes) -> bytes:
    """A page that a script would fill."""
    return (
        b'<!doctype html><html><head><meta charset="utf-8"><title>board</title></head>'
        b'<body><div id="app"></div><script src="/static/app.js"></script></body></html>'
    )


def _body_of(change: Callable[[bytes], bytes], page: bytes) -> bytes:
    return re.sub(rb"(<body\b[^>]*>)(.*)(</body>)", lambda m: m[1] + change(m[2]) + m[3], page, flags=re.I | re.S)


def _first_half(inner: bytes) -> bytes:
    """The first half, without the row in which it would end."""
    half = inner[: len(inner) // 2]
    links: list[bytes] = re.findall(rb"href=[\"']?([^\"'\s>]+)", half)
    return half[: half.rfind(b"<", 0, half.find(links[-1]))] if links else half


_tag = partial(partial, _sub)
_LABELS = {
    "작성자": "담당", "글쓴이": "담당", "이름": "담당", "작성일": "시점", "등록일": "시점", "날짜": "시점",
    "조회수": "열람", "조회": "열람", "제목": "표제", "번호": "차례", "첨부파일": "붙임", "첨부": "붙임",
}  # fmt: skip
_ENGLISH = dict.fromkeys(("작성자", "글쓴이", "이름"), "Author") | {
    "작성일": "Date", "등록일": "Date", "날짜": "Date",
    "조회수": "Views", "조회": "Views", "제목": "Title", "번호": "No"
}  # fmt: skip
_KEY = r"(wr_id|document_srl|idx|no|uid|nttId|idxno|key|seq|number|id|num)"
_DAY = r"(20\d\d)([-.])(\d\d)\2(\d\d)"
_STAMP = r"(?:20)?\d\d[-./]\d\d[-./]\d\d(?:[T\s]*\d\d:\d\d(?::\d\d)?(?:\+\d\d:\d\d)?)?"

REDESIGNS: dict[str, Redesign] = {
    "every class has a new name": partial(_attribute, "class", "new-{}"),
    "every id has a new name": partial(_attribute, "id", "new-{}"),
    "classes and ids have new names": _both(
        partial(_attribute, "class", "n-{}"), partial(_attribute, "id", "n-{}")
    ),
    "no classes": _tag(r"\sclass=(\"[^\"]*\"|'[^']*'|[^\s>]+)", ""),
    "no ids": _tag(r"\sid=(\"[^\"]*\"|'[^']*'|[^\s>]+)", ""),
    "neither classes nor ids": _tag(r"\s(?:class|id)=(\"[^\"]*\"|'[^']*'|[^\s>]+)", ""),
    "tables become boxes": _tag(r"<(/?)(?:table|tbody|thead|tr|td|th)\b", r"<\1div"),
    "cells become items": _both(_tag(r"<(/?)t[dh]\b", r"<\1li"), _tag(r"<(/?)tr\b", r"<\1ul")),
    "boxes become tables": _both(_tag(r"<(/?)ul\b", r"<\1table"), _tag(r"<(/?)li\b", r"<\1tr")),
    "header cells are cells": _tag(r"<(/?)th\b", r"<\1td"),
    "no header": _tag(r"<thead.*?</thead>|<tr[^>]*>(?:\s*<th\b.*?</th>)+\s*</tr>", ""),
    "articles and sections become boxes": _tag(r"<(/?)(?:article|section|header|main)\b", r"<\1div"),
    "headings become paragraphs": _tag(r"<(/?)h[1-6]\b", r"<\1p"),
    "definition lists become paragraphs": _tag(r"<(/?)d[tdl]\b", r"<\1p"),
    "links lead nowhere": _tag(r"\bhref=(\"[^\"]*\"|'[^']*'|[^\s>]+)", 'href="#"'),
    "links are scripts": _tag(r"\bhref=(\"[^\"]*\"|'[^']*'|[^\s>]+)", 'href="javascript:open_post(this)"'),
    "the key has another name": _tag(rf"([?&;]){_KEY}=", r"\1post_no="),
    "addresses are short": _tag(rf"href=([\"'])[^\"']*?[?&;]{_KEY}=(\d+)[^\"']*\1", r"href=\1/p/\3\1"),
    "labels nobody knows": partial(_words, _LABELS),
    "labels in English": partial(_words, _ENGLISH),
    "columns the other way round": partial(_cells, lambda cells: cells[::-1]),
    "a column more in front": partial(_cells, lambda cells: [b"<td><input type=checkbox></td>", *cells]),
    "a column more behind": partial(_cells, lambda cells: [*cells, b"<td>ok</td>"]),
    "without the first column": partial(_cells, lambda cells: cells[1:]),
    "without the second column": partial(_cells, lambda cells: [*cells[:1], *cells[2:]]),
    "without the last column": partial(_cells, lambda cells: cells[:-1]),
    "first and second column change places": partial(_cells, lambda cells: [cells[1], cells[0], *cells[2:]]),
    "last two columns change places": partial(_cells, lambda cells: [*cells[:-2], cells[-1], cells[-2]]),
    "days begin with the day": _tag(_DAY, r"\4/\3/\1"),
    "days without a year": _tag(_DAY, r"\3-\4"),
    "days in words": _tag(_STAMP, "며칠 전"),
    "no days": _tag(_STAMP, ""),
    "no numbers in cells": _tag(r"(<t[dh][^>]*>)\s*[\d,]+\s*(</t[dh]>)", r"\1\2"),
    "titles only in the head": _tag(r"<h[1-6]\b.*?</h[1-6]>", ""),
    "a script fills it": _shell,
    "in a frame": lambda page: (
        b"<html><head><title>board</title></head><frameset rows='*,0'><frame src='/main.php'></frameset></html>"
    ),
    "everything in comments": partial(_body_of, lambda inner: b"<!--" + inner.replace(b"--", b"") + b"-->"),
    "everything in a template": partial(_body_of, lambda inner: b"<template>" + inner + b"</template>"),
    "an empty body": partial(_body_of, lambda inner: b"<div></div>"),
    "the first half of a list": partial(_body_of, _first_half),
}  # fmt: skip
LISTS_ONLY = frozenset({"the first half of a list"})


def _page(title: str, text: str, head: str = "") -> bytes:
    return (
        f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{text}</body></html>"
    ).encode()


def _alert(text: str, then: str = "history.back();") -> bytes:
    return _page("", "", f"<script>alert('{text}');{then}</script>")


SOFT_ERRORS: dict[str, bytes] = {
    "maintenance": _page("점검", "<h1>시스템 점검중입니다</h1><p>잠시 후 다시 찾아 주십시오.</p>"),
    "maintenance until": _page("안내", "<p>서버 점검 안내: 11월 27일 02:00 ~ 06:00 서비스가 중단됩니다.</p>"),
    "login": _page("로그인", '<form><input name="mb_id"><input type="password" name="mb_password"></form>'),
    "login wanted": _alert("로그인 후 이용하십시오.", "location.href='/bbs/login.php';"),
    "no right": _alert("목록을 볼 권한이 없습니다."),
    "members only": _page("안내", "<p>회원만 이용할 수 있습니다.</p>"),
    "ban": _page("차단", "<p>접근 불가합니다.</p><p>비정상적인 접근이 감지되어 접속이 차단되었습니다.</p>"),
    "captcha": _page("확인", "<p>자동등록방지</p><img src='/captcha.php'><input name='captcha_key'>"),
    "challenge": _page("Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>"),
    "traffic": _page("안내", "<h1>일일 트래픽 초과</h1><p>일일 허용 트래픽을 초과하였습니다.</p>"),
    "too many visitors": _page("대기", "<p>접속자가 많아 대기 중입니다. 잠시만 기다려 주세요.</p>"),
    "hosting has ended": _page("안내", "<p>호스팅 서비스 기간이 만료되었습니다.</p>"),
    "domain parked": _page("paper.example", "<h1>This domain is for sale</h1><a href='/buy'>Buy now</a>"),
    "database": _page("", "<b>Warning</b>: mysqli_connect(): Too many connections in <b>/lib/db.php</b> on line 9"),
    "php error": _page("", "<b>Fatal error</b>: Uncaught Error: Call to undefined function in /bbs/list.php:3"),
    "default page": _page("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>If you see this page…</p>"),
    "it works": b"<html><body><h1>It works!</h1></body></html>",
    "not found": _page("404", "<h1>페이지를 찾을 수 없습니다</h1><p>주소를 확인해 주십시오.</p>"),
    "no such board": _alert("존재하지 않는 게시판입니다.", "location.href='/';"),
    "wrong way": _alert("잘못된 접근입니다."),
    "moved by script": _page("", "", "<script>location.replace('/main/');</script>"),
    "moved by meta": _page("", "", "<meta http-equiv='refresh' content='0;url=/main/'>"),
    "closed": _page("안내", "<p>본 홈페이지는 운영이 종료되었습니다. 그동안 이용해 주셔서 감사합니다.</p>"),
    "front page": _page("솔내바람신문", "<ul><li><a href='/a/1'>마을버스 노선 바뀐다</a></li></ul><p>전체기사</p>"),
    "no posts": _page("오피니언", "<table><tr><td>게시물이 없습니다.</td></tr></table>"),
}  # fmt: skip
