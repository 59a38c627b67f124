"""Which addresses are of a page's own site, and where a page without an address says that it came from. Pure."""

from __future__ import annotations

import re
from collections import Counter

from scraper.page.document import Document
from scraper.urls import absolute, host_name, host_of

_SECOND = frozenset("ac co com edu es go gov hs kg mil ms ne net or org pe re sc".split())
"""What stands before a country's name: under it everybody has a name of his own."""
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_HEAD, _FEWEST = 2_000, 3
_OF_ITSELF = "link[rel=canonical][href], meta[property='og:url'][content]"


def site_of(url: str) -> str:
    """The name under which somebody has his hosts: ``paper.co.kr`` of ``http://news.paper.co.kr/1``."""
    name = host_name(url)
    labels = name.split(".")
    if name.startswith("[") or labels[-1].isdecimal():
        return name
    return ".".join(labels[-3 if len(labels) > 2 and labels[-2] in _SECOND else -2 :])


def is_same_site(url: str, other: str) -> bool:
    """Whether two addresses are of one site: with and without www, articles on a host of their own."""
    return host_of(url) == host_of(other) or site_of(url) == site_of(other) != ""


def sites_of(document: Document) -> frozenset[str]:
    """The site that a page came from, and those that it names as its own: a copy may stand anywhere."""
    return frozenset(map(site_of, filter(None, (document.url, *_said(document)))))


def own_address(document: Document) -> str | None:
    """Where a page says that it came from; else the root of the host that most of its whole links name; None if none.

    It takes several of them: links to share a page name a host each.
    """
    saved = _SAVED.search(document.text[:_HEAD])
    for told in (*([saved[1]] if saved else []), *_said(document)):
        if (url := absolute(told)) is not None:
            return url
    links = [node.attributes.get("href") or "" for node in document.tree.css("a[href]")]
    hosts = Counter(
        f"{url.partition('://')[0]}://{host_of(url)}/" for href in links if (url := _whole(href)) is not None
    )
    root, count = hosts.most_common(1)[0] if hosts else ("", 0)
    return root if count >= _FEWEST and count * 2 > hosts.total() else None


def _said(document: Document) -> list[str]:
    nodes = document.tree.css(_OF_ITSELF)
    told = ((node.attributes.get("href") or node.attributes.get("content") or "").strip() for node in nodes)
    return [url for url in told if url.startswith(("http://", "https://"))]


def _whole(href: str) -> str | None:
    href = href.strip()
    return absolute(href) if href.startswith(("http://", "https://")) else None
