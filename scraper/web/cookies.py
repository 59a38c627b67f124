"""The cookies of one host, for one run: what it sets goes back to it and to nobody else.

Values travel as the bytes they came as (latin-1 outside and in), so that a cookie in CP949 survives.
"""

from __future__ import annotations

import urllib.request
from email.message import Message
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import cast

from scraper.web.head import Headers


class Cookies:
    """One host's jar. Used by one thread at a time."""

    def __init__(self) -> None:
        self._jar = CookieJar(DefaultCookiePolicy())
        self._is_used = False

    def header_for(self, url: str) -> bytes | None:
        """The Cookie header of a request to ``url``."""
        if not self._is_used:
            return None
        request = urllib.request.Request(url)
        self._jar.add_cookie_header(request)
        value = request.get_header("Cookie")
        return value.encode("latin-1") if value else None

    def receive(self, url: str, headers: Headers) -> None:
        """Keep what an answer of ``url`` sets."""
        message = Message()
        for name, value in headers:
            if name.lower() in (b"set-cookie", b"set-cookie2"):
                message.add_header(name.decode("latin-1"), " ".join(value.decode("latin-1").split()))
        if message:
            self._is_used = True
            answer = cast("urllib.request._UrlopenRet", _Answer(message))
            self._jar.extract_cookies(answer, urllib.request.Request(url))


class _Answer:
    """As much of an answer as the jar looks at."""

    def __init__(self, message: Message) -> None:
        self._message = message

    def info(self) -> Message:
        return self._message
