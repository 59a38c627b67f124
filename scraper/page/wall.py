"""Pages that stand in the way: deleted, secret, members only, maintenance, ban - often served as 200. Pure.

A layout's own signs come first; the generic ones are asked only about pages that cannot be read otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scraper.korean.lines import is_neighbour
from scraper.models import Article
from scraper.page.document import Document, ancestors, ids, line
from scraper.page.parts import Layout, WallKind
from scraper.page.scripts import moving
from scraper.urls import join, target_of

_ALERT = re.compile(r"""\balert\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\)""")
_LEAVES = re.compile(r"history\.(?:back|go)|location(?:\.href|\.replace|\.assign)?\s*[=(]|window\.close|self\.close")
_WAY_OUT = re.compile(r"""location(?:\.href|\.replace|\.assign)?\s*[=(]\s*(["'])(.*?)\1""")
_ESCAPES = {"n": " ", "r": " ", "t": " "}
_SHORT = 600
_SENTENCE = 200
_WHOLE: tuple[WallKind, ...] = ("maintenance", "ban")
"""What stands in the way of a whole site, not of one post, whose facts could be shown."""
_POST = r"(?:글|게시\s*물|게시\s*글|자료|기사|대상|문서|페이지)"
_SECRET = r"비밀\s*글|비공개\s*(?:글|게시|로)|secret\s+(?:post|article|document)"
_PHRASES: tuple[tuple[WallKind, str], ...] = (
    (
        "wrong_board",
        r"(?:존재하지\s*않는|없는|생성되지\s*않은)\s*게시판|게시판이?\s*(?:이\s*)?(?:존재하지\s*않|없습니다)",
    ),
    ("secret", r"(?:게시\s*물|게시\s*글|글)의?\s*(?:비밀번호|패스워드|암호)"),
    ("secret", _SECRET),
    ("points", r"포인트[^.]{0,20}(?:없|모자|부족|필요|차감)"),
    ("captcha", r"자동\s*(?:등록|입력)\s*방지|captcha|로봇이\s*아닙니다"),
    (
        "maintenance",
        r"(?:시스템|서비스|서버|사이트|홈페이지|누리집|긴급|정기|임시)\S{0,3}\s*(?:\S{1,4}\s+)?(?:점검|공사)|점검\s*중(?:입니다|이|으로)|공사\s*중입니다"
        r"|under\s+maintenance",
    ),
    (
        "ban",
        r"(?:접근|접속|IP|아이피)\S{0,3}\s*(?:불가|금지|제한|거부|차단)|차단(?:되었|된\s*(?:IP|아이피|주소|사용자|접)|하였)"
        r"|비정상적인?\s*접(?:근|속)|access\s+denied|403\s+forbidden|you\s+have\s+been\s+blocked",
    ),
    (
        "login",
        r"로그인\S{0,2}\s*(?:이\s*)?(?:필요|하셔야|하여야|해야|해\s*주|하신|하세요|하십시오|후에?\s*(?:이용|사용|가능|볼|열람))|로그인한\s*(?:회원|사용자)"
        r"|회원님?만|회원\s*전용|회원\s*가입\s*후|(?:please|must|need\s+to)\s+log\s*in",
    ),
    (
        "permission",
        r"(?:PC|모바일)\S{0,2}\s*전용\s*게시판|(?:PC|모바일)에서만\s*접근|권한\S{0,2}\s*(?:없|필요|부족|가진)|not\s+authori[sz]ed|permission\s+denied",
    ),
    ("refused", r"파일이?\s*(?:정보가\s*)?(?:이\s*)?존재하지|파일이\s*없습니다"),
    (
        "gone",
        rf"삭제\s*(?:된|되었거나\s*없는)\s*{_POST}|{_POST}\S{{0,2}}\s*(?:이미\s*|현재\s*)?(?:삭제\s*(?:되|하|처리)|존재하지\s*않|없습니다|찾을\s*수\s*없)"
        rf"|삭제\s*되었거나|삭제된\s*것\s*같|(?:존재하지\s*않는|없는)\s*{_POST}|존재하지\s*않습니다|삭제되었습니다|not\s+found",
    ),
    (
        "refused",
        r"잘못된\s*(?:접근|경로|요청)|올바른\s*(?:방법|접근|경로)|정상적인?\s*(?:접근|경로)|토큰|비정상적인?\s*(?:방법|경로)",
    ),
)
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PHRASES)
_EMPTY = re.compile(
    r"(?:등록|작성|검색|조회)\S{0,2}\s*(?:[댓답덧]?글|코멘트|게시물|게시글|자료|기사|내용|결과|데이터)\S{0,2}\s*(?:없|존재하지)"
    r"|^(?:게시물|게시글|글|자료|내용|데이터)\S{0,2}\s*없습니다"
)
_CHROME = "nav, header, footer, a, select, option, #gnb, #lnb, .gnb, .lnb"
_TALK = ", ".join(f"[{name}*='{word}' i]:not(body)" for name in ("id", "class") for word in ("comment", "reply"))
_DOORS: tuple[tuple[WallKind, re.Pattern[str]], ...] = (
    ("secret", re.compile(r"(?i)passw(?:or)?d|secret")),
    ("login", re.compile(r"(?i)log[-_]?[io]n|sign[-_]?in")),
)
"""Where an empty page leads at once that gives its post to none but those who know or are known."""
_PASSWORD = "input[type=password]"
_ASKS = re.compile(r"(?i)(?:비밀(?:번호)?|번호|패스워드|암호|password|확인|입력|ok)\S{0,12}")
"""A word of who asks for a password and for nothing else."""
_MORE = "textarea, select, input:is(:not([type]), [type=text], [type=email], [type=checkbox])"
_BLOCKS = "h1, h2, h3, h4, p, div, td, li, dd, dt, strong, b, center, font, label, pre, span, body"
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
        said = None
        if sign.script is not None and not re.search(sign.script, document.scripts):
            continue
        if sign.alert is not None:
            said = next((alert for alert in _alerts(document) if re.search(sign.alert, alert)), None)
            if said is None:
                continue
        if sign.text is not None:
            if text is None:
                text = f"{_title(document)} {line(document.root)} {read_alert(document) or ''}"
            if not re.search(sign.text, text):
                continue
        return Wall(sign.kind, said or _message(document) or sign.kind)
    return None


def read_wall(document: Document, status: int) -> Wall | None:
    """A wall by generic signs: an alert that sends the visitor away, a short page of well-known words, a login form.

    A long page is a wall only where its status or its heading says so.
    """
    alert = read_alert(document)
    text = line(document.root)
    is_short = len(text) < _SHORT
    if alert is not None and (is_short or _title(document).startswith("오류")):
        return Wall(classify(alert) or "refused", alert[:_SENTENCE])
    if not text and (way := moving(document, {})) is not None:
        path = target_of(way).partition("?")[0]
        led = next((kind for kind, door in _DOORS if door.search(path)), None)
        if led is not None:
            return Wall(led, f"leads to {path}")
    if _BROKEN.match(text) and is_short:
        return Wall("maintenance", text[:120])
    if is_short or status >= 400:
        for said in _sentences(document):
            kind = classify(said)
            if kind is not None and not _EMPTY.search(said):
                return Wall(kind, said)
    if (asking := _secret_form(document, is_short=is_short)) is not None:
        return Wall("secret", asking)
    if document.root.css_first("input[type=password]") is not None and (is_short or status in (401, 403)):
        title = _title(document)
        if status in (401, 403) or re.search(r"(?i)로그인|login|sign\s*in", f"{title} {_headline(document)}"):
            return Wall("login", _headline(document) or title or "로그인")
    return None


def _secret_form(document: Document, *, is_short: bool) -> str | None:
    """What a form says that stands in a post's place, whatever is shown round it: it calls the post secret and asks for
    nothing but the password; on a short page it may say no more than that."""
    talk = ids(document.root.css(_TALK)) if document.root.css_first(_PASSWORD) is not None else frozenset()
    for form in document.root.css(f"form:has({_PASSWORD})"):
        is_talk = any(outer.mem_id in talk for outer in (form, *ancestors(form)))
        said = " ".join(form.text(deep=True, separator=" ").split())  # buttons, too
        if is_talk or form.css_first(_MORE) is not None or len(said) > _SENTENCE:
            continue
        if re.search(_SECRET, said, re.IGNORECASE) or (is_short and said and all(map(_ASKS.fullmatch, said.split()))):
            return said
    return None


def is_none(wall: Wall, article: Article) -> bool:
    """Whether what was taken for a wall is a post that speaks of such things: it has a day and another fact, and a text
    longer than any wall's, or of what is said where no post is shown."""
    told = article.posted is not None and (article.author is not None or article.hits is not None)
    text = article.body_text or ""
    return told and (len(text) > _SENTENCE or (wall.kind in _WHOLE and len(text) > len(wall.message) / 2))


def classify(message: str) -> WallKind | None:
    """The kind of wall that a message speaks of."""
    return next((kind for kind, pattern in _KINDS if pattern.search(message)), None)


def _sentences(document: Document) -> Iterator[str]:
    """The short texts of a page, headings first, the shortest before those around it.

    Menus and links are left out, what is said of the posts beside this one ("다음글 글이 없습니다"), and comments: they
    may be secret in a post that is not.
    """
    chrome = ids(document.root.css(f"{_CHROME}, {_TALK}"))
    chrome |= ids([node for node in document.root.css("tr, li, p, dl") if is_neighbour(line(node))])
    seen = set()
    title = _title(document)
    for selector in ("h1, h2, h3, .message, .error, #validation_check", _BLOCKS):
        texts = [
            line(node, chrome)
            for node in document.root.css(selector)
            if not any(outer.mem_id in chrome for outer in (node, *ancestors(node)))
        ]
        for text in sorted(texts, key=len):
            if 0 < len(text) < _SENTENCE and text not in seen:
                seen.add(text)
                yield text
    if title:
        yield title


def read_alert(document: Document) -> str | None:
    """The message of a script that alerts and then leads away; None when there is no such script."""
    if "alert" not in document.text:
        return None
    for node in document.tree.css("script"):
        script = node.text(deep=True)
        found = _ALERT.search(script)
        if found and _LEAVES.search(script) and _depth(script[: found.start()]) == 0:
            raw = found[1] if found[1] is not None else found[2]
            return _unescaped(raw)
    return None


def _alerts(document: Document) -> list[str]:
    """What scripts alert that do little else."""
    scripts = (node.text(deep=True) for node in document.tree.css("script"))
    found = [
        match
        for script in scripts
        if len(script) < _SHORT
        for match in _ALERT.finditer(script)
        if script[match.start() - 1 : match.start()] not in ("'", '"')
    ]
    return [_unescaped(match[1] if match[1] is not None else match[2]) for match in found]


def _depth(script: str) -> int:
    """How many braces are open: an alert inside a function or a condition has not happened."""
    return script.count("{") - script.count("}")


def _unescaped(raw: str) -> str:
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), raw)
    text = re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).strip()


def read_way_out(document: Document) -> str | None:
    """Where the script of an alert leads to: an absolute address; None when it only goes back."""
    for node in document.tree.css("script"):
        script = node.text(deep=True)
        found = _WAY_OUT.search(script)
        if found and _ALERT.search(script):
            return join(document.base, _unescaped(found[2]), document.charset)
    return None


def _title(document: Document) -> str:
    node = document.tree.css_first("title")
    return re.sub(r"\s+", " ", node.text(deep=True)).strip() if node else ""


def _headline(document: Document) -> str:
    return " ".join(line(node) for node in document.root.css("h1, h2, .message, .error, #validation_check")[:6])[:300]


def _message(document: Document) -> str:
    alert = read_alert(document)
    if alert:
        return alert[:_SENTENCE]
    said = next((text for text in _sentences(document) if classify(text) is not None), None)
    return (said or _headline(document) or _title(document))[:_SENTENCE]
