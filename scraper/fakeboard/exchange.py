"""What passes between the server and the skins: a Visit comes in, an Answer goes out.

No sockets here. Header values of an Answer are bytes, because old boards put raw CP949 there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

VisitKind = Literal["robots", "listing", "article", "attachment", "feed", "other"]


@dataclass(slots=True)
class Session:
    """A visitor's memory on the server. ``tokens`` maps a nonce to what it opens and when it was given."""

    id: str
    seen: set[str] = field(default_factory=set)
    tokens: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Visit:
    """A request as the skins see it. ``target`` is the raw path with its query; header names are lower case."""

    method: str
    target: str
    headers: dict[str, str]
    form: str
    origin: str
    """Scheme, host and port, without a slash at the end."""
    session: Session

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    def asked(self, encoding: str = "utf-8") -> dict[str, str]:
        """Query and form fields; of a repeated name the last counts."""
        pairs = [urlsplit(self.target).query, self.form]
        return {
            name: value
            for text in pairs
            for name, value in parse_qsl(text, keep_blank_values=True, encoding=encoding, errors="replace")
        }

    @property
    def looks_like_robot(self) -> bool:
        agent = self.headers.get("user-agent", "").lower()
        return any(
            sign in agent for sign in ("bot", "spider", "crawler", "archiver", "wget", "curl", "php", "(+http", "@")
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body, before transfer coding."""

    status: int
    body: bytes
    content_type: bytes = b"text/html; charset=utf-8"
    headers: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """What a request is about, and how to answer it."""

    kind: VisitKind
    reply: Callable[[], Answer]
    target: str = ""
    """Path and query that were asked for."""


def page_number(text: str | None) -> int:
    """The page asked for; anything that is no positive number is page 1."""
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text) < 10**9 else 1


def to_id(text: str | None) -> int:
    """A post's or file's id out of a query; -1 when it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else -1
