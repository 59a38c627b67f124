"""What elements of a view page are by their names: bodies, what is foreign to one, pictures. Pure."""

from __future__ import annotations

import re

from scraper.korean.names import name_from_url
from scraper.page.induce.articles.outline import Outline

_CUE = re.compile(
    r"(?:^|[^a-z])\w*(?:article.?(?:body|content|view|txt|text)|(?:view|bbs|board|bo_v|read|news|post|entry|editor|bd)\w*"
    r"(?:con(?:tents?)?|body|txt|text|memo|desc|cnt)|xe_content|contents?|memo)\w*(?:$|[^a-z])|(?:^|[^a-z])\w+_body(?:$|\s)"
)
_STRONG = re.compile(
    r"(?:^|[^a-z])(?:article.?body|article.?view.?content\w*|\w*view.?cont\w*|xe_content|bo_v_con|\w*view.?body)(?:$|[^a-z])"
)
_FOREIGN = re.compile(
    r"(?:^|[^a-z])(?<!\b__)(?:\w*(?:comment|reply|cmt)\w*|relat\w*|\w*bread_?crumbs?\w*|prev|next|\w*prev.?next\w*|pag(?:ing|ination|er)|copyright|foot(?:er)?|sns\w*"
    r"|\w*share\w*|recommend\w*|banner\w*|modal|popup|privacy|btn\w*|button\w*|\w*file_?(?:list|box|area|wrap)|\w*_block_file|attach(?:ed|ment)?s?(?:_?(?:list|box|area|wrap|file)s?)?|(?:\w*_)?tags?(?:_(?:list|box|area|wrap|links?|group|cloud))?(?![a-z_])|hash\w*|writer.?info|byline|\w*signature\w*|\w*_user|user_?(?:info|title)\w*)(?:$|[^a-z])"
)  # fmt: skip
_INNER = re.compile(r"body|cont|txt|text")
_PICTURE = re.compile(r"img|image|photo|caption|figure")
_ICON = re.compile(
    r"(?i)icon|ico_|btn|button|logo|blank|spacer|dot\.|line\.|bullet(?!in)|emoticon|level|kogl|opentype|sns|/img/com|nuri"
)
_FURTHER = 6
_PICTURED, _LINKED = 25.0, 8.0


def is_picture(page: Outline, at: int, heading: int) -> bool:
    """Whether an image may be part of a post under a heading: no icon, no button."""
    told = page.spots[at].node.attributes
    src = next((told[name] or "" for name in ("src", "data-src", "data-original") if name in told), "")
    return (
        not _ICON.search(re.sub(r"^(?:https?:)?//[^/]+", "", src))
        and not is_foreign(page, at, heading, _FURTHER)
        and not _is_small(told.get("width"))
        and not _is_beside_words(page, at)
    )


def _is_beside_words(page: Outline, at: int) -> bool:
    """Whether an image stands in a link that has words as well: what kind of file it leads to, whose name it is."""
    link = next((outer for outer in list(page.around(at))[:_FURTHER] if page.spots[outer].tag == "a"), None)
    return link is not None and any(page.own[link : page.ends[link]])


def is_linked(page: Outline, at: int) -> bool:
    """Whether an image leads to another page: most such are banners."""
    link = next((page.spots[outer].node for outer in page.around(at) if page.spots[outer].tag == "a"), None)
    href = (link.attributes.get("href") or "") if link is not None else ""
    return bool(href) and name_from_url(href) is None and not href.startswith(("#", "javascript:"))


def _is_small(width: str | None) -> bool:
    return width is not None and width.isdigit() and int(width) < 60


def is_foreign(page: Outline, spot: int, beside: int, height: int = 4) -> bool:
    """Whether an element, or one of the next ``height`` around it, is called by what is foreign to a body. What holds
    ``beside`` as well, the heading, is the post's own, whatever it is called."""
    return any(
        _FOREIGN.search(names := page.spots[at].names) is not None
        and not _CUE.search(names)
        and not _PICTURE.search(names)
        and not (_INNER.search(names) and _CUE.search(page.spots[page.spots[at].up].names))
        for at in list(page.around(spot))[:height]
        if not page.holds(at, beside)
    )


def is_declared(page: Outline, at: int) -> bool:
    """Whether a page says of an element that it is the text of an article, or as good as says it."""
    spot = page.spots[at]
    return spot.node.attributes.get("itemprop") == "articleBody" or _STRONG.search(spot.names) is not None


def picture_weight(page: Outline, at: int) -> float:
    """What an image is worth to a body: little where it leads to another page, much in what is declared the text."""
    if is_linked(page, at):
        return _LINKED
    return _PICTURED * (2 if any(is_declared(page, outer) for outer in list(page.around(at))[:_FURTHER]) else 1)


def liking(page: Outline, at: int) -> float:
    """By how much an element is the rather the body for what it is called."""
    spot = page.spots[at]
    if is_declared(page, at):
        return 1.12
    return 1.06 if _CUE.search(spot.names) else 0.9 if spot.tag in ("p", "span", "b", "strong", "font") else 1.0


def is_called(page: Outline, at: int) -> bool:
    """Whether an element's name says that it is a body."""
    return liking(page, at) > 1.0


def in_called_body(page: Outline, heading: int, at: int) -> bool:
    """Whether an element stands in one, beside the heading, that is called a body."""
    return any(is_called(page, outer) for outer in page.around(at) if not page.holds(outer, heading))
