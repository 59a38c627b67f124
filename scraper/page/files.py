"""The files that an article offers and the images inside its body. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from scraper.korean.labels import Role, may_speak, role_of, split_label
from scraper.korean.names import (
    is_download_word,
    is_file_link_text,
    is_kind_sign,
    is_size,
    looks_like_file_name,
    name_from_link,
    name_from_url,
    says_download,
)
from scraper.models import Ask, Attachment
from scraper.page.calls import call_of, read_call, resolve
from scraper.page.document import Document, closest, head, ids, line, place_among, same, within
from scraper.page.links import open_link, opens_post, read_key
from scraper.page.parts import ImagesPart, Layout
from scraper.page.picks import Scope, led_by, pick
from scraper.urls import join

_LONGEST_FILES = 1000
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "src")
_NAMING = ("download", "title", "alt", "aria-label", "data-file-nm", "data-filename", "data-name")
_HANGUL = re.compile("[가-힣]")
_LINKS = "a[href], a[onclick]"
_LABELLED = "th, td, dt, dd, li, p, div, span, strong, b, em, h3, h4, h5, label"
_LONGEST_LABEL = 20
_MARGINS = ("nav", "aside", "footer")
_LOOKS = frozenset(("class", "id", "style", "title", "aria-label"))
_SIGNS = "i, em, b, strong, span, small"


def read_files(document: Document, layout: Layout, scope: Scope) -> list[Attachment]:
    """The attachments that a view offers, in its order."""
    part = layout.article.files
    nodes = scope.node.css(part.select) if part.select else []
    if part.label:
        nodes = labelled_links(scope)
    if part.anywhere and not nodes:
        nodes = links_anywhere(document, layout, scope)
    unique = {node.mem_id: node for node in nodes}.values()  # "a, b" may match twice
    nodes = [node for node in unique if not shows_nothing(node)]
    found: list[Attachment] = []
    used: dict[str, int] = {}
    for place, item in enumerate(nodes, 1):
        node = (item.css_first(part.link) or item) if part.link else item
        ask = open_link(document, layout, node, "attachment")
        if ask is None and part.call:
            ask = _called(document, layout, part.call, place)
        shown = line(item)
        picked = pick(Scope(item, document.url), part.name, "name") if part.name else None
        raw = picked.text if picked else shown
        if (shown or not part.select) and not is_file_link_text(shown or raw):
            continue
        name = name_from_link(_unslashed(_unsigned(picked.node if picked else item, raw)))
        if says_download(raw) or is_download_word(name) or is_kind_sign(name):
            name = (name_from_url(ask.url) if ask is not None else None) or told_name(node) or name
        if ask is not None:
            name = name or name_from_url(ask.url) or ask.url.rpartition("/")[2]
        elif not (picked and part.link) and not (
            looks_like_file_name(name) and (node.tag in ("a", "button") or call_of(node) is not None)
        ):
            continue  # what a link without an address or a button does may be told by a script elsewhere
        twin = next((at for at, each in enumerate(found) if ask is not None and each.ask == ask), None)
        if twin is not None and (not raw or is_download_word(raw)):
            continue  # an icon or a button beside the name that leads to the same file
        if found and ask is not None and is_download_word(name) and follows_name(node, found[-1].name_raw):
            found[-1] = replace(found[-1], ask=ask)  # the name opens a viewer, the button beside it loads the file
            continue
        if twin is not None and not found[twin].name_raw:
            found[twin] = replace(found[twin], name=name, name_raw=raw)
            continue
        key = read_key(part.key, ask.url if ask is not None else None, call_of(node), node) or name
        used[key] = used.get(key, 0) + 1
        if used[key] > 1 and part.key:  # the same file linked twice: by its icon and by its name
            first = next(at for at, other in enumerate(found) if other.key == key)
            if raw and not found[first].name_raw:
                found[first] = replace(found[first], name=name, name_raw=raw)
            continue
        if used[key] > 1:
            key = f"{key}#{used[key]}"
        found.append(Attachment(key, name, raw, ask))
    return found


def told_name(node: LexborNode) -> str | None:
    """The name of a file that a link has in an attribute or an argument of its call, where its words may be no more
    than 다운로드. Of several arguments rather the one that is spelt in Hangul: the other is what it is stored by."""
    call = call_of(node)
    told = [name_from_link(node.attributes.get(name) or "") for name in _NAMING]
    told += sorted(call.arguments if call is not None else (), key=lambda each: not _HANGUL.search(each))
    return next((name for name in told if looks_like_file_name(name) and "/" not in name), None)


def follows_name(link: LexborNode, name: str | None = None) -> bool:
    """Whether a link that says no more than 다운로드 stands right behind one that is called as a file is."""
    before = link.prev
    while before is not None and not before.is_element_node and not (before.text_content or "").strip():
        before = before.prev
    if before is None or before.tag != "a" or not is_download_word(line(link)) or told_name(link) is not None:
        return False
    return looks_like_file_name(name_from_link(line(before))) and name in (None, line(before))


def shows_nothing(link: LexborNode) -> bool:
    """Whether nobody can click a link: it has no words, holds no element, and no class or style gives it looks."""
    holds = link.first_child is not None and any(child.is_element_node for child in link.iter(include_text=False))
    return link.tag == "a" and not holds and not line(link) and not _LOOKS & link.attributes.keys()


def _unsigned(node: LexborNode, text: str) -> str:
    """The words of a file without its kind, size and label in elements beside them: <i>HWP</i>안내.hwp<em>71KB</em>."""
    signs = ids([each for each in node.css(_SIGNS) if _is_sign(line(each))])
    rest = line(node, signs) if signs and text == line(node) else ""
    return rest if looks_like_file_name(name_from_link(rest)) else text


def _is_sign(words: str) -> bool:
    bare = words.strip("[]():： ")
    action = bare.rpartition(" ")
    is_labelled_action = role_of(action[0]) == "files" and is_download_word(action[2])
    return is_kind_sign(words) or is_size(words) or role_of(bare) == "files" or is_labelled_action


def _unslashed(text: str) -> str:
    """A name without the backslashes that PHP boards put before quotes."""
    return re.sub(r"""\\(['"\\])""", r"\1", text)


def _called(document: Document, layout: Layout, call: str, place: int) -> Ask | None:
    """What the call asks for that a layout gives to links without an address."""

    def value(found: re.Match[str]) -> str:
        if found[1] == "place":
            return str(place)
        field = document.root.css_first(f"input[name={found[1]}]")
        return (field.attributes.get("value") or "") if field is not None else ""

    read = read_call(re.sub(r"\{(\w+)\}", value, call))
    return resolve(document, read, "attachment", layout.calls) if read is not None else None


def labelled_links(scope: Scope) -> list[LexborNode]:
    """The links in cells that begin with 첨부파일, or in the cell after such a label: in all items of a list there."""
    found: list[LexborNode] = []
    for place, cell in enumerate(scope.cells):
        if not is_labelled(head(cell), "files") and not (led_by(cell, "files") and len(line(cell)) < _LONGEST_FILES):
            continue
        links = cell.css(_LINKS)
        if not links and place + 1 < len(scope.cells):
            links = [link for item in _items(scope.cells[place + 1]) for link in item.css(_LINKS)]
        found.extend(links)
    return found


def _items(cell: LexborNode) -> list[LexborNode]:
    """A cell; of a list the items from it on."""
    beside = list(cell.parent.iter(include_text=False)) if cell.tag in ("li", "dd") and cell.parent is not None else []
    return list(takewhile(lambda each: each.tag == cell.tag, beside[place_among(beside, cell) :])) or [cell]


def links_anywhere(document: Document, layout: Layout, scope: Scope) -> list[LexborNode]:
    """The links behind the label 첨부파일 outside the body: in the labelled element or beside it, and in those built
    like it in the rows that follow, for each file may have a label of its own. Where no label leads to any, the links
    outside the body that are called as files are."""
    found: list[LexborNode] = []
    first: LexborNode | None = None
    for node in scope.node.css(_LABELLED) if may_speak(scope.node.text(deep=True), "files") else ():
        if first is not None and not _stands_like(node, first):
            continue
        label = _first_words(node)
        if len(label) > _LONGEST_LABEL or role_of(label) != "files":
            continue
        if scope.body is not None and within(node, scope.body):
            continue
        links = node.css(_LINKS) if line(node) != label else _links_behind(node, scope.body)
        links = [link for link in links if is_file_link_text(line(link)) and not opens_post(document, layout, link)]
        if links:
            first = node if first is None else first
            found += links
    return found or [link for link in scope.node.css(_LINKS) if _is_named(document, layout, scope, link)]


def _is_named(document: Document, layout: Layout, scope: Scope, link: LexborNode) -> bool:
    """Whether a link of the article, outside its body, is called as a file is."""
    if not looks_like_file_name(name_from_link(line(link))) or closest(link, _MARGINS) is not None:
        return False
    is_told = scope.body is not None and within(link, scope.body)
    return not is_told and not opens_post(document, layout, link)


def _stands_like(node: LexborNode, first: LexborNode) -> bool:
    """Whether an element is built as another and stands beside it, or in a row beside its own."""
    up, above = node.parent, first.parent
    is_beside = same(up, above) or (up is not None and above is not None and same(up.parent, above.parent))
    return node.tag == first.tag and is_beside


def _first_words(node: LexborNode) -> str:
    """The text of an element up to its first child that is more than bold or a span."""
    child = node.first_child
    while child is not None:
        text = " ".join((child.text_content or "").split()) if child.is_text_node else line(child)
        if text:
            return text
        child = child.next
    return ""


def _links_behind(label: LexborNode, body: LexborNode | None) -> list[LexborNode]:
    """The links in the elements behind a label, up to the first with words and no link: 등록된 파일이 없습니다."""
    links: list[LexborNode] = []
    after = label.next
    while after is not None:
        if after.is_element_node:
            if body is not None and within(body, after):
                break
            own = [after] if after.tag == "a" else after.css(_LINKS)
            if not own and line(after):
                break
            links += own
        after = after.next
    return links


def is_labelled(text: str, role: Role) -> bool:
    """Whether a text is that label, or begins with it."""
    if not text or len(text) > 200:
        return False
    glued = split_label(text)
    return role_of(text) == role or (glued is not None and glued[0] == role)


def read_images(document: Document, layout: Layout, scope: Scope, body: LexborNode | None) -> list[Attachment]:
    """The images of the body, and those beside it that belong to the article."""
    part = layout.article.images
    nodes = scope.node.css(part.select) if part.select else []
    if body is not None:
        nodes = [*nodes, *(node for node in body.css("img") if place_among(nodes, node) is None)]
    base = join(document.base, part.base, document.charset) if part.base else None
    found: dict[str, Attachment] = {}
    for node in nodes:
        src = next(
            (value for name in _LAZY if (value := (node.attributes.get(name) or "").strip()) and _is_real(value)), None
        )
        if src is None:
            continue
        if part.original:
            src = _original(document, part, node, re.sub(part.original[0], part.original[1], src))
        url = join(base if base and src.startswith("./") else document.base, src, document.charset)
        if url is None:
            continue
        key = "img:" + re.sub(r"^https?://[^/]+", "", url)
        name = name_from_url(url) or url.partition("?")[0].rpartition("/")[2] or "image"
        found.setdefault(key, Attachment(key, name, src, Ask(url, "attachment", referer=document.url), "inline"))
    return list(found.values())


def _original(document: Document, part: ImagesPart, node: LexborNode, src: str) -> str:
    """The address of an image with the ending that the link around it tells of the same file."""
    link = closest(node, ("a",))
    url = join(document.base, link.attributes.get("href") or "", document.charset) if link is not None else None
    told = read_key(part.told, url, None, link) if url is not None else None
    stem, own = src.rpartition(".")[0], (told or "").rpartition("/")[2].rpartition(".")
    return f"{stem}.{own[2]}" if own[0] and own[0] == unquote(stem.rpartition("/")[2]) else src


def _is_real(src: str) -> bool:
    return not src.lower().startswith(("data:", "about:", "javascript:", "blob:"))
