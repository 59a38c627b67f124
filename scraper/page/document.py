"""A page as a tree, and the only place that turns a node into text.

``parse`` takes a Page to a Document; ``line`` gives the text of a node on one line, ``block`` keeps its
paragraphs. Pure. Raises Undecodable for what is no HTML page.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.errors import Undecodable
from scraper.korean.charset import Decoded, clean, decode
from scraper.models import Page
from scraper.page.depth import DEEPEST, DEEPEST_TREE, is_too_deep, is_tree_too_deep
from scraper.page.icons import draw_icons, undrawn

_NOT_TEXT = frozenset(
    ("script", "style", "noscript", "noframes", "template", "head", "title", "select", "textarea", "button")
)
_PARAGRAPH = frozenset(
    ("p", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "figure")
)
_BLOCK = _PARAGRAPH | frozenset(
    "address article aside body center caption dd details div dt fieldset figcaption footer form header hr html "
    "legend li main nav option section summary tbody textarea tfoot thead tr".split()
)
_CELL = frozenset(("td", "th"))
_PARTED = _BLOCK | _CELL
_EDGES = {**dict.fromkeys(_CELL, " "), **dict.fromkeys(_BLOCK, "\n"), **dict.fromkeys(_PARAGRAPH, "\n\n")}
"""What a text puts before and behind an element."""
_NO_ELEMENT = ("-", "!")
_KEPT = ("pre", "textarea")
_OPEN_ENDS = ("", " ", "\n")
_HEAD = 200
_HEAD_BYTES, _MOST_ZEROS = 1024, 8
"""A page may hold a stray zero byte; a file of another kind begins with many."""
_REMARK = 500
_HTML = re.compile(rb"(?i)^\s*(?:text/html|application/xhtml)")
_NOT_HTML = re.compile(rb"(?i)^\s*(?:image/|audio/|video/|application/(?!xhtml|xml|octet)|font/)")


@dataclass(frozen=True)
class Document:
    """A parsed page. ``url`` is where it came from; relative links are resolved against ``base``."""

    url: str
    text: str
    decoded: Decoded
    tree: LexborHTMLParser
    form: bytes | None = None
    """What was sent for it, urlencoded; None for a GET."""

    @property
    def root(self) -> LexborNode:
        node = self.tree.root
        assert node is not None  # lexbor builds html, head and body for any text
        return node

    @property
    def charset(self) -> str:
        return self.decoded.charset

    @cached_property
    def base(self) -> str:
        node = self.tree.css_first("base[href]")
        href = (node.attributes.get("href") if node else None) or ""
        return href if href.startswith(("http://", "https://")) else self.url

    @cached_property
    def scripts(self) -> str:
        """Every inline script of the page."""
        return "\n".join(node.text(deep=True) for node in self.tree.css("script"))

    @property
    def ended(self) -> bool:
        """Whether the page has come to its own end, when it has a beginning: a cut one has lost ``</html>``."""
        tail = self.text[-4000:].lower()
        return "</html" in tail or "</body" in tail or "<html" not in self.text[:4000].lower()


def parse(page: Page) -> Document:
    """Bytes to text to tree. Raises Undecodable when the answer is no HTML page or is nested absurdly deep."""
    content_type = page.header("Content-Type")
    if content_type and _NOT_HTML.match(content_type):
        kind = content_type.decode("latin-1").split(";")[0]
        raise Undecodable(f"{page.url}: not an HTML page but {kind}", page.url)
    if not page.body or page.body.isspace():
        raise Undecodable(f"{page.url}: the page is empty", page.url)
    decoded = decode(page.body, content_type)
    text = clean(decoded.text, None if decoded.charset.startswith("utf-16") else page.body)
    is_said = content_type is not None and _HTML.match(content_type) and len(text) < _REMARK  # "접근 불가합니다."
    is_binary = page.body[:_HEAD_BYTES].count(0) > _MOST_ZEROS and not decoded.charset.startswith("utf-16")
    if ("<" not in text and not is_said) or page.body[:5] == b"%PDF-" or is_binary:
        raise Undecodable(f"{page.url}: not an HTML page", page.url)
    if is_too_deep(text):
        raise Undecodable(f"{page.url}: elements nested over {DEEPEST} deep", page.url)
    tree = LexborHTMLParser(page.body if text is decoded.text and decoded.is_body else text)
    if tree.root is not None and is_tree_too_deep(tree.root):
        raise Undecodable(f"{page.url}: elements nested over {DEEPEST_TREE} deep", page.url)
    draw_icons(tree, text)
    return Document(page.url, text, decoded, tree, page.form)


def line(node: LexborNode, drop: Collection[int] = ()) -> str:
    """The text of a node on one line: ``<br>``, cells and blocks separate words, inline elements do not.

    ``drop`` holds the ``mem_id`` of nodes to leave out. White space is collapsed.
    """
    inner = node
    while (first := inner.first_child) is not None and first.next is None:  # one thing in another: most cells
        if first.is_text_node:
            return on_one_line(first.text_content or "")
        if says_nothing(first) or not first.is_element_node or (drop and first.mem_id in drop):
            return ""
        inner = first
    if first is None:
        return ""
    parts: list[str] = []
    _write_line(inner, parts, drop)
    return on_one_line("".join(parts))


def says_nothing(node: LexborNode) -> bool:
    """Whether what stands in an element is no text of the page: a script, a field to write into. What a ``<textarea>``
    only shows is text: old boards of public bodies put a post into one."""
    return node.tag in _NOT_TEXT and not (node.tag == "textarea" and "readonly" in node.attributes)


def on_one_line(text: str) -> str:
    """A text with its white space collapsed, signs of no width among it."""
    if text.isprintable() and "  " not in text:  # then a blank is all the white space it can hold
        return text.strip()
    if "\u200b" in text or "\ufeff" in text:
        text = text.replace("\u200b", " ").replace("\ufeff", " ")
    return " ".join(text.split())


def head(node: LexborNode) -> str:
    """The first 200 characters of its line, for whoever asks only how a long text begins."""
    parts: list[str] = []
    _write_line(node, parts, (), most=_HEAD)
    return on_one_line("".join(parts))[:_HEAD]


def _write_line(node: LexborNode, parts: list[str], drop: Collection[int], most: int = sys.maxsize) -> None:
    """Without recursion: an old page that never closes its tags is deeper than Python's stack.

    No more is written once there are ``most`` characters that are not blank.
    """
    first = node.first_child
    rest: list[LexborNode | str] = [first] if first is not None else []
    while rest and most > 0:
        child = rest.pop()
        if isinstance(child, str):
            parts.append(child)
            continue
        if (after := child.next) is not None:
            rest.append(after)
        tag = child.tag or ""
        if tag == "-text":
            text = child.text_content or ""
            parts.append(text)
            if most < sys.maxsize:
                most -= len("".join(text.split()))
        elif tag == "br":
            parts.append(" ")
        elif tag[:1] not in _NO_ELEMENT and not (tag in _NOT_TEXT and says_nothing(child)):
            if drop and child.mem_id in drop:
                continue
            if tag in _PARTED:
                parts.append(" ")
                rest.append(" ")
            if (first := child.first_child) is not None:
                rest.append(first)


def block(node: LexborNode, drop: Collection[int] = ()) -> str | None:
    """The text of a node with its paragraphs: a line break for ``<br>`` and blocks, an empty line between paragraphs.

    None when there is no text at all. ``<pre>`` keeps its lines, and so does what is written in a ``<textarea>``.
    """
    parts: list[str] = []
    _write_block(node, parts, drop, keep=node.tag == "pre")
    lines = [_line_of_block(part) for part in "".join(parts).split("\n")]
    kept = [part for at, part in enumerate(lines) if part or (at and lines[at - 1])]
    return "\n".join(kept).strip() or None


def _line_of_block(text: str) -> str:
    """Like ``on_one_line``, but what has no width stays inside."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(text.split()).strip(" \u200b\ufeff")


def _write_block(node: LexborNode, parts: list[str], drop: Collection[int], *, keep: bool) -> None:
    first = node.first_child
    rest: list[tuple[LexborNode | str, bool]] = [(first, keep)] if first is not None else []
    while rest:
        child, keep = rest.pop()
        if isinstance(child, str):
            _open(parts, child)
            continue
        if (after := child.next) is not None:
            rest.append((after, keep))
        tag = child.tag or ""
        if tag == "-text":
            parts.append(_words(child, keep=keep))
        elif tag == "br":
            parts.append("\n")
        elif tag[:1] not in _NO_ELEMENT and not (tag in _NOT_TEXT and says_nothing(child)):
            if drop and child.mem_id in drop:
                continue
            edge = _EDGES.get(tag, "")
            if edge:
                _open(parts, edge)
            first, keep = child.first_child, keep or tag in _KEPT
            if first is not None and (first.next is not None or not first.is_text_node):
                if edge:
                    rest.append((edge, keep))
                rest.append((first, keep))
                continue
            if first is not None:  # one text: most paragraphs
                parts.append(_words(first, keep=keep))
            if edge:
                _open(parts, edge)


def _words(node: LexborNode, *, keep: bool) -> str:
    """A text, with every stretch of white space as one blank, at its ends as well, unless they are to ``keep``."""
    text = node.text_content or ""
    words = text if keep else on_one_line(text)
    if words == text:
        return text
    if not words:
        return " " if text else ""
    return f"{'' if text[0] == words[0] else ' '}{words}{'' if text[-1] == words[-1] else ' '}"


def _open(parts: list[str], edge: str) -> None:
    """Begin a new line or paragraph, unless the text already stands at one."""
    if not parts:
        return
    last = parts[-1]
    if edge == " " or last[-1:] not in _OPEN_ENDS:
        parts.append(edge)
        return
    if last.endswith(edge):
        return
    tail = "".join(parts[-3:]).replace(" ", "")
    missing = len(edge) - (len(tail) - len(tail.rstrip("\n")))
    if missing > 0:
        parts.append("\n" * missing)


def inner_html(node: LexborNode) -> str:
    """The markup inside a node, as the parser understood it."""
    return undrawn(node.inner_html or "").strip()


def ids(nodes: list[LexborNode]) -> frozenset[int]:
    """The ``mem_id`` of nodes, for ``drop``."""
    return frozenset(node.mem_id for node in nodes)


def ancestors(node: LexborNode, last: LexborNode | None = None) -> Iterator[LexborNode]:
    """The elements around a node, the nearest first; up to ``last`` if it is given."""
    end = last.mem_id if last is not None else None
    parent = node.parent
    while parent is not None and parent.is_element_node:
        yield parent
        if parent.mem_id == end:
            return
        parent = parent.parent


def same(one: LexborNode | None, other: LexborNode | None) -> bool:
    """Whether two are one element of the page. ``==`` compares their markup: by that twins are equal."""
    return one is not None and other is not None and one.mem_id == other.mem_id


def within(node: LexborNode, outer: LexborNode) -> bool:
    """Whether an element is ``outer`` or stands inside it."""
    return same(node, outer) or any(same(each, outer) for each in ancestors(node))


def place_among(nodes: Sequence[LexborNode], node: LexborNode | None) -> int | None:
    """The place of an element among others."""
    return next((place for place, each in enumerate(nodes) if same(each, node)), None)


def closest(node: LexborNode, tags: Collection[str]) -> LexborNode | None:
    """The nearest element around a node whose tag is one of ``tags``."""
    return next((outer for outer in ancestors(node) if outer.tag in tags), None)
