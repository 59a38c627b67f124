"""Pages that stand in the way: deleted, secret, members only, maintenance, ban - often served as 200. Pure.

A layout's own signs come first; the generic ones are asked only about pages that cannot be read otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.page.document import Document, line
from scraper.page.parts import Layout, WallKind

_ALERT = re.compile(r"""\balert\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\)""")
_LEAVES = re.compile(r"history\.(?:back|go)|location(?:\.href|\.replace)?\s*[=(]|window\.close|self\.close")
_ESCAPES = {"n": " ", "r": " ", "t": " "}
_SHORT = 600
_PHRASES: tuple[tuple[WallKind, re.Pattern[str]], ...] = (
    (
        "wrong_board",
        re.compile(r"존재하지\s*않는\s*게시판|없는\s*게시판|생성되지\s*않은\s*게시판|게시판이?\s*(?:이\s*)?존재하지"),
    ),
    ("secret", re.compile(r"비밀\s*글|비공개\s*(?:글|게시)|secret", re.IGNORECASE)),
    (
        "gone",
        re.compile(
            r"삭제\s*(?:된|되었|하였)|(?:글|게시물|게시글|자료|기사|대상|문서|페이지)\S{0,2}\s*(?:이미\s*)?(?:존재하지\s*않|없습니다|찾을\s*수\s*없)"
            r"|존재하지\s*않(?:는|습니다)|없는\s*(?:글|게시물|게시글|기사)|not\s+found",
            re.IGNORECASE,
        ),
    ),
    ("points", re.compile(r"포인트")),
    ("captcha", re.compile(r"자동\s*(?:등록|입력)\s*방지|captcha|로봇이\s*아닙니다", re.IGNORECASE)),
    (
        "maintenance",
        re.compile(r"점검\s*중|시스템\s*점검|서비스\s*점검|서버\s*점검|공사\s*중|under\s+maintenance", re.IGNORECASE),
    ),
    (
        "ban",
        re.compile(
            r"차단|접근\s*불가|접근이\s*(?:금지|제한|거부)|비정상적인?\s*접(?:근|속)|access\s+denied|forbidden",
            re.IGNORECASE,
        ),
    ),
    ("login", re.compile(r"로그인|회원만|회원\s*전용|회원\s*가입\s*후|login", re.IGNORECASE)),
    ("permission", re.compile(r"권한")),
    (
        "refused",
        re.compile(r"잘못된\s*접근|올바른\s*방법|정상적인?\s*접근|토큰|파일이?\s*(?:정보가\s*)?(?:이\s*)?존재하지"),
    ),
)
_BROKEN = re.compile(r"(?i)^\s*(?:MySQL Connect Error|DB\s*(?:접속|연결)|Warning:|Fatal error|Too many connections)")


@dataclass(frozen=True, slots=True)
class Wall:
    """What stands in the way, and in which words."""

    kind: WallKind
    message: str


def read_wall_sign(document: Document, layout: Layout, status: int) -> Wall | None:
    """A wall by the layout's own signs; sure enough to be asked before anything else is read."""
    text: str | None = None
    for sign in layout.walls:
        if sign.status is not None and sign.status != status:
            continue
        if sign.url is not None and not re.search(sign.url, document.url):
            continue
        if sign.select is not None and document.root.css_first(sign.select) is None:
            continue
        if sign.text is not None:
            if text is None:
                text = f"{_title(document)} {line(document.root)} {read_alert(document) or ''}"
            if not re.search(sign.text, text):
                continue
        return Wall(sign.kind, _message(document) or sign.kind)
    return None


def read_wall(document: Document, status: int) -> Wall | None:
    """A wall by generic signs: an alert that sends the visitor away, a short page of well-known words, a login form."""
    alert = read_alert(document)
    text = line(document.root)
    if alert is not None and (len(text) < _SHORT or _title(document).startswith("오류")):
        return Wall(classify(alert) or "refused", alert)
    if _BROKEN.match(text) and len(text) < _SHORT:
        return Wall("maintenance", text[:120])
    said = f"{_title(document)} {text}" if len(text) < _SHORT else f"{_title(document)} {_headline(document)}"
    kind = classify(said)
    if kind is not None and (len(text) < _SHORT or status >= 400):
        return Wall(kind, _message(document) or kind)
    if document.root.css_first("input[type=password]") is not None and (len(text) < _SHORT or status in (401, 403)):
        return Wall("login", _message(document) or "로그인")
    return None


def classify(message: str) -> WallKind | None:
    """The kind of wall that a message speaks of."""
    return next((kind for kind, pattern in _PHRASES if pattern.search(message)), None)


def read_alert(document: Document) -> str | None:
    """The message of a script that alerts and then leads away; None when there is no such script."""
    if "alert" not in document.text:
        return None
    for node in document.tree.css("script"):
        script = node.text(deep=True)
        found = _ALERT.search(script)
        if found and _LEAVES.search(script) and "function" not in script[: found.start()]:
            raw = found[1] if found[1] is not None else found[2]
            return _unescaped(raw)
    return None


def _unescaped(raw: str) -> str:
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), raw)
    text = re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).strip()


def _title(document: Document) -> str:
    node = document.tree.css_first("title")
    return re.sub(r"\s+", " ", node.text(deep=True)).strip() if node else ""


def _headline(document: Document) -> str:
    return " ".join(line(node) for node in document.root.css("h1, h2, .message, .error, #validation_check")[:6])[:300]


def _message(document: Document) -> str:
    alert = read_alert(document)
    if alert:
        return alert[:200]
    text = line(document.root)
    return (text if len(text) < 200 else _headline(document) or _title(document))[:200]
