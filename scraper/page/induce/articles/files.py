"""Which links of a view page lead to its attachments. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from scraper.korean.labels import role_of, split_label
from scraper.korean.lines import is_end
from scraper.korean.names import (
    is_download_word,
    is_file_link_text,
    looks_like_file_name,
    name_from_link,
    name_from_url,
    says_download,
)
from scraper.page.document import line
from scraper.page.files import follows_name, shows_nothing, told_name
from scraper.page.induce.articles.outline import Outline, Piece

_CLICKED = "a[href], a[onclick], button, [data-file-nm]"
_LOADING = re.compile(
    r"(?i)down_?load|file_?down|down_?file|down\.(?:php|asp|aspx|jsp|do|html?)|fn_?\w*down|get_?file|atch_?file|/attach|attach_?(?:file|id)"
    r"|(?:mode|act|type|cmd|method|pgmode)=\w*down|[('\"]down['\"]"
)
_NO_FILE = re.compile(
    r"(?i)pre_?view|viewer|/view/|zip_?(?:all|down)|(?:all|batch|whole)_?(?:file_?)?down|down_?(?:load)?_?(?:all|zip)|action=zip|type=zip|facebook|twitter|share"
)
_BOX = re.compile(r"(?:^|\s)(?:attach(?:ed|ment)?s?|\w*_?files?)(?:_?(?:list|box|area|wrap|zone))?(?:$|\s)")
_CALLED = re.compile(r"([A-Za-z_$][\w$.]*)\s*\(")
_HIGHEST = 5
_SIZED = re.compile(
    r"(?i)(\.[a-z][a-z0-9]{1,4})\s*[\[(]?\s*(?:(?:파일\s*)?(?:크기|용량|size)\s*[:：]?\s*)?[0-9.,]+\s*[kmg]?i?b(?:ytes?)?\b"
    r"|(\.[a-z][a-z0-9]{1,4})\s+(?:다운로드|내려\s*받기|파일\s*받기|미리\s*보기|바로\s*보기)"
)
_LONGEST = 120
"""Characters of a line that names a file."""


@dataclass(frozen=True, slots=True)
class Found:
    """The links of one page that download, and the elements that are labelled 첨부파일."""

    links: tuple[LexborNode, ...]
    boxes: tuple[LexborNode, ...]

    @property
    def count(self) -> int:
        """How many files they lead to: a name and a button beside it may lead to one."""
        links = enumerate(self.links)
        return len({_act(link) or str(place) for place, link in links if not follows_name(link)})


def find_links(page: Outline, heading: int, body: LexborNode | None, foreign: Collection[int] = ()) -> Found:
    """The download links of an article, without zip-all and previews; inside its body those in what is ``foreign`` to
    it."""
    last = _last(page, heading, body)
    inside = page.places.get(body.mem_id) if body is not None else None
    boxes = [box for box in (*_boxes(page, heading, inside), *_named_boxes(page, heading)) if box <= last]
    links: list[LexborNode] = []
    for at, node in sorted(
        {page.places.get(node.mem_id, 0): node for node in page.document.root.css(_CLICKED)}.items()
    ):
        boxed = any(page.holds(box, at) for box in boxes)
        if (at <= heading and not boxed) or page.spots[at].is_aside:
            continue
        is_inside = inside is not None and page.holds(inside, at) and not any(page.holds(each, at) for each in foreign)
        if (at > last or is_inside) and not boxed:
            continue
        if shows_nothing(node):
            continue
        act = _act(node)
        text = line(node)
        if _NO_FILE.search(act) or (text and not is_file_link_text(text)):
            continue
        named = looks_like_file_name(name_from_link(text)) or told_name(node) is not None
        loading = _LOADING.search(act) is not None or name_from_url(node.attributes.get("href") or "") is not None
        is_name = looks_like_file_name(name_from_link(text))
        if (
            (loading and (boxed or named or is_download_word(text) or says_download(text) or _LOADING.search(act)))
            or (boxed and (named or is_download_word(text)))
            or is_name
        ):
            links.append(node)
    return Found(tuple(without_icons(links)), tuple(page.spots[box].node for box in boxes))


def without_icons(links: Sequence[LexborNode]) -> list[LexborNode]:
    """The links without those that have no words where another that has some leads to the same file."""
    worded = {_act(link) for link in links if line(link)}
    return [link for link in links if line(link) or _act(link) not in worded]


def _act(node: LexborNode) -> str:
    return " ".join(node.attributes.get(name) or "" for name in ("href", "onclick")).strip()


def names_files(piece: Piece) -> bool:
    """Whether a line begins with a link that is called as a file is."""
    return piece.linked > 0 and len(piece.text) < _LONGEST and looks_like_file_name(name_from_link(piece.text))


def tells_file(text: str) -> bool:
    """Whether a line is the name of a file with its size or buttons behind it: 계획서.hwp (112.5 KB) 다운로드."""
    named = _SIZED.search(text) if len(text) < _LONGEST else None
    return named is not None and looks_like_file_name(text[: named.end(named.lastindex or 0)])


def lists_files(page: Outline, piece: Piece) -> bool:
    """Whether a line is no more than links that download, with the sizes of the files."""
    if piece.linked * 2 <= len(piece.text) or not looks_like_file_name(name_from_link(piece.text)):
        return False
    links = [node for node in page.spots[piece.spot].node.css("a[href]") if line(node)]
    return bool(links) and all(
        looks_like_file_name(name_from_link(line(link)))
        and (_LOADING.search(_act(link)) or name_from_url(link.attributes.get("href") or "") is not None)
        for link in links
    )


def _last(page: Outline, heading: int, body: LexborNode | None) -> int:
    """The place of the first line that ends the article behind its body: 이전글, 댓글, a list."""
    start = page.places.get(body.mem_id, heading) if body is not None else heading
    for piece in page.pieces:
        if piece.spot >= page.ends[start] and (is_end(piece.text) or page.spots[piece.spot].is_aside):
            return piece.first
    return len(page.spots)


def _boxes(page: Outline, heading: int, body: int | None) -> Iterator[int]:
    """The elements that hold what is labelled 첨부파일: the smallest ones with something to click, without the text."""
    first = _first_row(page, heading)
    for piece in page.pieces:
        if piece.spot < first or len(piece.text) > 200 or page.spots[piece.spot].is_aside:
            continue
        told = split_label(piece.text)
        if not (len(piece.text) < 30 and role_of(piece.text) == "files") and not (
            told is not None and told[0] == "files"
        ):
            continue
        inner = piece.first
        for at in list(page.around(piece.first))[:_HIGHEST]:
            if page.holds(at, heading) or page.spots[at].tag == "body" or (body is not None and page.holds(at, body)):
                behind = page.ends[inner]
                is_text = body is not None and page.holds(behind, body)
                if behind < page.ends[at] and not is_text and page.spots[behind].node.css_first(_CLICKED) is not None:
                    yield behind  # the label heads it
                break
            inner = at
            if page.spots[at].node.css_first(_CLICKED) is not None:
                yield at
                break


def _first_row(page: Outline, heading: int) -> int:
    """The first row of the table whose rows tell a post, where the title stands in one of them; else the title."""
    row = next((at for at in page.around(heading) if page.spots[at].tag == "tr"), None)
    return heading if row is None else page.spots[row].up


def _named_boxes(page: Outline, heading: int) -> Iterator[int]:
    """The elements that are called by the attachments they hold."""
    for spot in page.spots[heading + 1 :]:
        if _BOX.search(spot.names) is not None and not spot.is_aside and spot.node.css_first(_CLICKED) is not None:
            yield spot.at


def acts_of(link: LexborNode) -> Iterator[str]:
    """What of an address or a call says that it downloads."""
    for name in ("href", "onclick"):
        act = link.attributes.get(name) or ""
        called = _CALLED.search(act) if name == "onclick" or act.lower().startswith("javascript:") else None
        if called is not None and called[1] not in ("window.open", "location.href", "return", "void"):
            yield f"[{name}*='{called[1]}']"
        told = _LOADING.search(act)
        if told is not None and "'" not in told[0] and '"' not in told[0]:
            around = re.search(rf"[\w./]*{re.escape(told[0])}[\w.]*", act)
            if around is not None and not re.search(r"\d{3}", around[0]):
                yield f"[{name}*='{around[0]}']"
            yield f"[{name}*='{told[0]}']"
