"""Heads of requests and answers: what we send, what we blank before anyone keeps it, what Retry-After means.

Pure. Header values are bytes as sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scraper.models import Ask
from scraper.urls import host_of
from scraper.web.settings import WebSettings

Headers = tuple[tuple[bytes, bytes], ...]

_VALUE = rb"[^;\r\n]*(?:\r?\n[ \t]+[^;\r\n]*)*"
_LINE = rb"[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*"
_SET_COOKIE_LINE = re.compile(rb"(?im)^(set-cookie2?[ \t]*:[ \t]*)(" + _LINE + rb")")
_SECRET_LINE = re.compile(rb"(?im)^((?:cookie2?|authorization|proxy-authorization)[ \t]*:[ \t]*)" + _LINE)
_COOKIE_VALUE = re.compile(rb"\A([^=;]*=)?" + _VALUE)
_REMOVED = b"[removed]"


def request_headers(ask: Ask, url: str, settings: WebSettings, cookie: bytes | None) -> list[tuple[bytes, bytes]]:
    """All headers of a request but Content-Length."""
    headers = [
        (b"Host", host_of(url).encode("ascii")),
        (b"User-Agent", settings.user_agent.encode("ascii")),
        (b"Accept", b"text/html,*/*;q=0.8"),
        (b"Accept-Language", b"ko-KR,ko;q=0.9,en;q=0.5"),
        (b"Accept-Encoding", b"gzip"),
    ]
    if referer := _referer(ask.referer, url):
        headers.append((b"Referer", referer))
    if cookie:
        headers.append((b"Cookie", cookie))
    return headers


def _referer(referer: str | None, url: str) -> bytes | None:
    """The whole page for its own host, only the site for others, nothing from https to http."""
    host = host_of(referer) if referer else ""
    if not referer or not host or (referer.lower().startswith("https:") and url.lower().startswith("http:")):
        return None
    page = referer.partition("#")[0]
    if host != host_of(url):
        page = f"{page.partition(':')[0]}://{host}/"
    return "".join(sign if "!" <= sign <= "~" else _percent(sign) for sign in page).encode("ascii")


def _percent(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "replace"))


def blanked_headers(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """An answer's headers with the values of its cookies taken out."""
    return tuple(
        (name, _blanked_cookie(value) if name.lower() in (b"set-cookie", b"set-cookie2") else value)
        for name, value in headers
    )


def blanked_head(head: bytes) -> bytes:
    """A head as sent or received, cookies and credentials taken out."""
    head = _SET_COOKIE_LINE.sub(lambda match: match[1] + _blanked_cookie(match[2]), head)
    return _SECRET_LINE.sub(lambda match: match[1] + _REMOVED, head)


def _blanked_cookie(value: bytes) -> bytes:
    return _COOKIE_VALUE.sub(lambda match: (match[1] or b"") + _REMOVED, value, count=1)


def header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    """The first header of that (lower-case) name."""
    return next((value for key, value in headers if key.lower() == name), None)


def retry_after(headers: Headers, now: datetime) -> float | None:
    """Seconds that the server asks us to wait, in either form; a date counts from the answer's own Date if
    it has one, else from ``now``. None when it names none that can be read; never negative."""
    raw = (header(headers, b"retry-after") or b"").strip()
    if re.fullmatch(rb"[0-9]+(?:\.[0-9]+)?", raw):
        return float(raw)
    until = _http_date(raw)
    if until is None:
        return None
    since = _http_date(header(headers, b"date") or b"") or now
    return max(0.0, (until - since).total_seconds())


def _http_date(raw: bytes) -> datetime | None:
    try:
        found = parsedate_to_datetime(raw.decode("ascii"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
