"""From a link to an identity: the key of a post, and the Ask that opens it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from scraper.korean.charset import quote_in
from scraper.models import Ask, Kind, Row
from scraper.page.calls import Call, call_of, clicked, resolve, way_of
from scraper.page.document import Document
from scraper.page.parts import Identity, Layout
from scraper.page.site import is_same_site, site_of
from scraper.page.steps import PARAMS
from scraper.urls import canonical, join, query_value, target_of, trimmed, with_query

PASSING = frozenset(
    (
        "page",
        "PHPSESSID",
        "JSESSIONID",
        "jsessionid",
        "sid",
        "nonce",
        "cpage",
        "pageIndex",
        "nPage",
        "pn",
        "listStyle",
        "list_style",
    )
)
"""Query parameters that say how somebody came to a post, not which post it is."""


_ACTS = re.compile(r"(?i)down|file|att|mode|act|cmd|method|proc")
_CARRIERS = ("data-href", "data-url", "data-link")
_LOADS = re.compile(r"(?i)down|file|att")


def open_link(document: Document, layout: Layout, node: LexborNode, kind: Kind) -> Ask | None:
    """What a click on ``node`` asks for: its address, or its call resolved."""
    href = (node.attributes.get("href") or "").strip()
    if "&amp;" in href:  # escaped twice by the board: a parser undoes it once
        href = href.replace("&amp;", "&")
    if href and href[0] != "#" and href[:11].lower() != "javascript:":
        url = join(document.base, href, document.charset)
        if url is not None and kind == "listing" and href.startswith("?"):
            url = on_this_board(layout.identity, document.url, url)
        return None if url is None else Ask(url, kind, referer=document.url)
    call = call_of(node)
    ask = clicked(document, node, kind) if call is None else resolve(document, call, kind, layout.calls, node)
    if ask is None and (url := way_of(document, node) or _carried(document, node)):
        return Ask(url, kind, referer=document.url)
    return ask


def _carried(document: Document, node: LexborNode) -> str | None:
    """The address that a link without one of its own carries for a script (``data-href="/down?f=1"``)."""
    if node.tag != "a":
        return None
    told = next((node.attributes[name] or "" for name in _CARRIERS if name in node.attributes), "")
    return join(document.base, told, document.charset) if told.startswith(("/", "?", "http://", "https://")) else None


def read_key(sources: Sequence[str], url: str | None, call: Call | None, node: LexborNode | None) -> str | None:
    """The first identity that the sources (see ``Identity.key``) give."""
    for how, what in map(_parted, sources):
        value: str | None = None
        if how == "query" and url:
            value = query_value(url, what)
            value = unquote(value) if value else None
        elif how == "path" and url:
            found = re.search(what, url.partition("?")[0])
            value = unquote(found[1]) if found else None
        elif how == "call" and call and int(what) < len(call.arguments):
            value = call.arguments[int(what)]
        elif how == "argument" and call:
            value = next((found[1] for each in call.arguments if (found := re.search(what, each))), None)
        elif how == "attr" and node is not None:
            value = node.attributes.get(what)
        if value:
            return value
    return None


@lru_cache(maxsize=256)
def _parted(source: str) -> tuple[str, str]:
    how, _, what = source.partition(":")
    return how, what


@lru_cache(maxsize=256)
def _asks_calls(sources: tuple[str, ...]) -> bool:
    """Whether a key may stand in a call beside the address."""
    return any(_parted(source)[0] in ("call", "argument") for source in sources)


def opens_post(document: Document, layout: Layout, node: LexborNode) -> bool:
    """Whether a link on the page of a post leads to another page of that kind: as in a list below it.

    Such an address is that of the page but for the identity; what it says more is no action. A form that tells an
    identity is sent to the page's own address.
    """
    ask = open_link(document, layout, node, "article")
    if ask is None:
        return False
    if ask.form:
        is_own = ask.url.partition("?")[0] == document.url.partition("?")[0]
        told = told_by(ask)
        return (
            is_own
            and bool(read_key(layout.identity.key, told, None, None))
            and not any(map(_LOADS.search, _fields(told)))
        )
    there, here = (_without_identity(layout.identity, url) for url in (ask.url, document.url))
    known = {field.partition("=")[0] for field in _fields(document.url)}
    more = [field for field in _fields(ask.url) if field.partition("=")[0] not in known]
    return there is not None and there == here and not any(_ACTS.search(field) for field in more)


def _fields(url: str) -> list[str]:
    return [field for field in url.partition("#")[0].partition("?")[2].split("&") if field]


def _without_identity(identity: Identity, url: str) -> tuple[str, str] | None:
    """Site and path without the key of the post; None when the address tells none."""
    key = read_key(identity.key, url, None, None)
    return None if key is None else (site_of(url), target_of(url).partition("?")[0].replace(key, "", 1))


def read_row_link(document: Document, layout: Layout, nodes: Sequence[LexborNode]) -> tuple[str, Ask | None] | None:
    """The key and the Ask of the first of ``nodes`` (links, or elements with a click) that opens a post."""
    identity = layout.identity
    by_call = _asks_calls(identity.key)
    for node in nodes:
        ask = open_link(document, layout, node, "article")
        call = call_of(node) if ask is None or by_call else None
        key = read_key(identity.key, told_by(ask) if ask else None, call, node)
        if key is None and ask is not None and is_same_site(ask.url, document.url):
            key = address_key(identity, ask.url)
        if key is None or (ask is not None and identity.same and _leads_elsewhere(identity, document.url, ask.url)):
            continue
        if ask is None and identity.url:
            url = join(document.base, identity.url.format(key=quote_in(key, document.charset)), document.charset)
            ask = Ask(url, "article", referer=document.url) if url else None
        if ask is not None:
            url = article_url(identity, ask.url) if ";" in ask.url else _trimmed(identity, ask.url)
            ask = ask if url == ask.url else replace(ask, url=url)
        return key, ask
    return None


def is_addressed(identity: Identity, url: str, rows: Sequence[Row]) -> bool:
    """Whether an address tells a post as the rows of a list do: by the source that gives most of their keys, and on the
    same path."""
    asks = [(row.ask.url, row.key) for row in rows if row.ask is not None and row.ask.form is None]
    for source in identity.key:
        told = [there for there, key in asks if read_key((source,), there, None, None) == key]
        if len(told) * 2 > len(asks):
            is_there = not source.startswith("query:") or told[0].partition("?")[0] == url.partition("?")[0]
            return is_there and read_key((source,), url, None, None) is not None
    return False


def address_key(identity: Identity, url: str) -> str | None:
    """The path of an address that opens a post and tells no key: it stands for the key until the view is read."""
    if identity.address is None or not re.fullmatch(identity.address[0], url):
        return None
    return "/" + unquote(url.partition("://")[2].partition("/")[2].partition("?")[0])


def is_address(key: str) -> bool:
    """Whether a key is only an address, which another address of the same post does not share."""
    return key.startswith("/")


def lasting_url(identity: Identity, url: str, key: str) -> str:
    """The address of a post by its key, where the one in the list may change; else ``url`` itself."""
    found = re.fullmatch(identity.address[0], url) if identity.address else None
    if found is None or identity.address is None or is_address(key):
        return url
    return found.expand(identity.address[1]).replace("{key}", key)


def told_by(ask: Ask) -> str:
    """The address with the fields that are sent to it."""
    if not ask.form:
        return ask.url
    return f"{ask.url}{'&' if '?' in ask.url else '?'}{ask.form.decode('ascii')}"


def _leads_elsewhere(identity: Identity, page: str, url: str) -> bool:
    for name in identity.same:
        here, there = query_value(page, name), query_value(url, name)
        if here is not None and there is not None and here != there:
            return True
    return False


def article_url(identity: Identity, url: str) -> str:
    """An article's address without what says only how one came to it (page, session)."""
    return _trimmed(identity, canonical(without_session(url)))


def _trimmed(identity: Identity, url: str) -> str:
    if identity.keep is not None:
        return trimmed(url, identity.keep)
    return trimmed(url, drop=_passing(identity.drop))


@lru_cache(maxsize=64)
def _passing(drop: tuple[str, ...]) -> frozenset[str]:
    return PASSING.union(drop)


def without_session(url: str) -> str:
    """The address without the session that Java servers write into its path."""
    return re.sub(r"(?i);jsessionid=[^?;/]*", "", url) if ";" in url else url


def on_this_board(identity: Identity, page: str, url: str) -> str:
    """A pager link completed with what names the board: ``?page=2`` alone is meant for a script that keeps the rest."""
    for name in identity.board_keep or ():
        value = query_value(page, name)
        if value is not None and query_value(url, name) is None:
            url = with_query(url, name, value)
    return url


def own_names(url: str, layout: Layout) -> tuple[str, ...]:
    """The parameters of a list's address that may name its board: no page, no post, nothing passing."""
    keys = {source.partition(":")[2] for source in layout.identity.key if source.startswith("query:")}
    others = {*PASSING, *PARAMS, *keys, layout.pages.param}
    names = dict.fromkeys(field.partition("=")[0] for field in _fields(url))
    return tuple(name for name in names if name not in others)


def board_url(layout: Layout, url: str) -> str:
    """The address of a board's first page, from that of any of its pages or articles."""
    identity, pages = layout.identity, layout.pages
    if identity.board_swap:
        url = re.sub(*identity.board_swap, url)
    url = without_session(url)
    if identity.board_list:
        url = re.sub(identity.board_list[0], identity.board_list[1], url)
    if identity.board_path and (found := re.search(identity.board_path, url)):
        return found[1]
    keys = {source.partition(":")[2] for source in identity.key if source.startswith("query:")}
    drop = PASSING | keys | set(identity.drop) | ({pages.param} if pages.param else set())
    if any(query_value(url, key) for key in keys):
        drop |= set(identity.board_drop)
    return canonical(url, identity.board_keep, drop if identity.board_keep is None else ())
