"""Invented posts taken apart: where the body stands, and the frame around it. See transplant.py.

A page becomes a tree of values, so that what is done to it is a pure function; ``render`` gives it back as text.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode
from trial import same_text

from scraper.models import Page
from scraper.page.document import parse

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_RAW = frozenset("script style noscript iframe noembed noframes xmp plaintext template".split())
_UNREAD = frozenset("script style noscript noframes template head title select button".split())
_HOLDERS = frozenset("div td section article main dd li center form span font body fieldset blockquote".split())
"""Elements that may hold a body and are none of it; an element of the site's own (<app-text>) as well."""
_ROWS = frozenset("table tbody thead tr ul ol dl select".split())
"""What stands directly in one of these cannot stand elsewhere."""
NARROW = frozenset("p pre textarea a b h1 h2 h3 h4 h5 h6 strong em".split())
"""Elements that another body may not fit into."""
_CHARSET = re.compile(r"charset\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Node:
    """An element, a text (tag ``""``) or something that is written as it stands (tag ``"!"``)."""

    tag: str
    attributes: tuple[tuple[str, str | None], ...] = ()
    children: tuple[Node, ...] = ()
    text: str = ""

    def get(self, name: str) -> str:
        return next((value or "" for key, value in self.attributes if key == name), "")

    @property
    def is_blank(self) -> bool:
        return self.tag == "!" or (not self.tag and not self.text.strip())


Way = tuple[int, ...]
"""From the root to a node, by the places among the children."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a body stands: some of the children of the element at ``path``, from ``first`` up to ``end``."""

    path: Way
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Specimen:
    """One post: its page, where its body stands, and what it shows."""

    name: str
    url: str
    seen_at: datetime
    tree: Node
    slot: Slot
    article: dict[str, Any]

    @property
    def body(self) -> tuple[Node, ...]:
        return at(self.tree, self.slot.path).children[self.slot.first : self.slot.end]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a post cannot be taken apart, or two of them not be joined."""

    name: str
    why: str


def text_of(nodes: Sequence[Node]) -> str:
    """The words of nodes, without white space."""
    return same_text("".join(_words(nodes))) or ""


def _words(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if not node.tag:
            yield node.text
        elif (
            node.tag not in _UNREAD
            and node.tag != "!"
            and (node.tag != "textarea" or "readonly" in dict(node.attributes))
        ):
            yield from _words(node.children)


def at(tree: Node, path: Way) -> Node:
    """The node at a path."""
    for step in path:
        tree = tree.children[step]
    return tree


def put(tree: Node, path: Way, made: Callable[[Node], Node]) -> Node:
    """The tree with another node at a path."""
    if not path:
        return made(tree)
    children = list(tree.children)
    children[path[0]] = put(children[path[0]], path[1:], made)
    return replace(tree, children=tuple(children))


def walk(tree: Node, path: Way = ()) -> Iterator[tuple[Way, Node]]:
    """All nodes with their paths, in the order of the page."""
    yield path, tree
    for step, child in enumerate(tree.children):
        yield from walk(child, (*path, step))


def render(nodes: Sequence[Node], raw: bool = False) -> str:
    """Nodes as markup."""
    parts: list[str] = []
    for node in nodes:
        if node.tag == "!":
            parts.append(node.text)
        elif not node.tag:
            parts.append(node.text if raw else html.escape(node.text, quote=False).replace("\xa0", "&nbsp;"))
        else:
            told = "".join(f' {key}="{html.escape(value or "")}"' for key, value in node.attributes)
            parts.append(f"<{node.tag}{told}>")
            if node.tag not in _VOID:
                line = "\n" if node.tag in ("pre", "textarea", "listing") else ""
                parts.append(f"{line}{render(node.children, node.tag in _RAW)}</{node.tag}>")
    return "".join(parts)


def node_of(found: LexborNode) -> Node | None:
    tag = found.tag or ""
    if tag == "-text":
        return Node("", text=found.text_content or "")
    if tag == "template":
        return Node("!", text=found.html or "")
    if tag[:1] in ("-", "!"):
        return Node("!", text=found.html or "") if "comment" in tag else None
    children: list[Node] = []
    child = found.first_child
    while child is not None:
        made = node_of(child)
        if made is not None:
            children.append(made)
        child = child.next
    return Node(tag, tuple(found.attributes.items()), tuple(children))


def _in_utf8(tree: Node) -> Node:
    """The tree with no word of another charset."""
    kept = [_in_utf8(child) for child in tree.children if child.tag != "meta" or not _tells_charset(child)]
    if tree.tag == "head":
        kept.insert(0, Node("meta", (("charset", "utf-8"),)))
    return replace(tree, children=tuple(kept))


def _tells_charset(node: Node) -> bool:
    return bool(node.get("charset")) or _CHARSET.search(node.get("content")) is not None


def page_of(url: str, tree: Node, seen_at: datetime) -> Page:
    """A tree as a page that was served."""
    body = f"<!DOCTYPE html>{render((tree,))}".encode("utf-8", "replace")
    return Page(url, 200, ((b"Content-Type", b"text/html; charset=utf-8"),), body, seen_at)


def read_specimens(folder: Path) -> tuple[list[Specimen], list[Refused]]:
    """The posts of a folder of fixtures, and those that cannot be taken apart."""
    taken: list[Specimen] = []
    refused: list[Refused] = []
    for told in sorted(folder.rglob("expected.json")):
        expected = json.loads(told.read_text(encoding="utf-8"))
        if not isinstance(expected, dict) or expected.get("kind") != "article":
            continue
        found = _take_apart(told.parent, expected["article"])
        if isinstance(found, Specimen):
            taken.append(found)
        else:
            refused.append(Refused(told.parent.name, found))
    return taken, refused


def _take_apart(folder: Path, article: dict[str, Any]) -> Specimen | str:
    told = json.loads((folder / "page.json").read_text(encoding="utf-8"))
    headers = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in told["headers"])
    seen_at = datetime.fromisoformat(told["seen_at"])
    served = Page(told["url"], told["status"], headers, (folder / "page.html").read_bytes(), seen_at)
    text = parse(served).text
    root = LexborHTMLParser(text).root
    made = node_of(root) if root is not None else None
    assert made is not None
    tree = _in_utf8(made)
    slot = find_body(tree, article)
    if slot is None:
        return "no run of siblings holds the body and nothing else"
    if at(tree, slot.path).tag in _ROWS:
        return "the body is rows of a table or a list"
    return Specimen(folder.name, told["url"], seen_at, tree, slot, article)


def find_body(tree: Node, article: dict[str, Any]) -> Slot | None:
    """The smallest run of siblings that holds the body and nothing else."""
    body = next((path for path, node in walk(tree) if node.tag == "body"), ())
    slot = _by_markup(tree, body, article) or _by_text(tree, body, article["body_text"])
    if slot is None:
        return None
    while (inner := _only_holder(tree, slot)) is not None:
        slot = Slot(inner, 0, len(at(tree, inner).children))
    while at(tree, slot.path).tag in NARROW and (slot.first, slot.end) == (0, len(at(tree, slot.path).children)):
        slot = Slot(slot.path[:-1], slot.path[-1], slot.path[-1] + 1)
    return slot


def _only_holder(tree: Node, slot: Slot) -> Way | None:
    """The element that is all of a run, if it only holds the body."""
    run = at(tree, slot.path).children[slot.first : slot.end]
    shown = [step for step, node in enumerate(run, slot.first) if not node.is_blank]
    if len(shown) != 1:
        return None
    tag = at(tree, (*slot.path, shown[0])).tag
    return (*slot.path, shown[0]) if tag in _HOLDERS or "-" in tag else None


def _by_markup(tree: Node, body: Way, article: dict[str, Any]) -> Slot | None:
    """All children of the element whose markup is the body's, unless it holds the title or facts as well."""
    if not article["body_html"]:
        return None
    root = LexborHTMLParser(f"<body>{article['body_html']}").body
    wanted = node_of(root) if root is not None else None
    markup = same_text(render(wanted.children)) if wanted is not None else None
    found = None
    for path, node in walk(at(tree, body), body):
        if node.children and same_text(render(node.children)) == markup:
            found = Slot(path, 0, len(node.children))
    if found is None:
        return None
    words = text_of(at(tree, found.path).children)
    text = same_text(article["body_text"]) or ""
    facts = [same_text(article[name]) for name in ("title", "author")]
    return None if any(fact and fact in words and fact not in text for fact in facts) else found


def _by_text(tree: Node, body: Way, text: str | None) -> Slot | None:
    """The run whose words are the body's, with the pictures beside them."""
    wanted = same_text(text)
    if wanted is None:
        return None
    found = None
    for path, node in walk(at(tree, body), body):
        if wanted in text_of((node,)):
            found = path
    if found is None:
        return None
    words = [text_of((child,)) for child in at(tree, found).children]
    for first in range(len(words)):
        for end in range(first + 1, len(words) + 1):
            if words[first] and "".join(words[first:end]) == wanted:
                return _with_pictures(tree, Slot(found, first, end))
    return None


def _with_pictures(tree: Node, slot: Slot) -> Slot:
    children, first, end = at(tree, slot.path).children, slot.first, slot.end
    while first and _is_picture(children[first - 1]):
        first -= 1
    while end < len(children) and _is_picture(children[end]):
        end += 1
    return replace(slot, first=first, end=end)


def _is_picture(node: Node) -> bool:
    """Whether a node without words may be part of the text beside it."""
    return node.tag not in ("hr", "!", "script") and not text_of((node,))
