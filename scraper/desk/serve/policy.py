"""What a browser may do with what the desk sends: the headers of its answers. Pure.

Contract: no script runs anywhere. A page loads from the desk only; an original (what a board sent) loads
nothing and has no origin; a file is saved and never opened in place.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

PAGE = (
    "default-src 'none'; script-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ORIGINAL = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
FILE = "sandbox; default-src 'none'; frame-ancestors 'none'"

_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"x-dns-prefetch-control": b"off",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
}
_POLICY = b"content-security-policy"
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_BYTES = "application/octet-stream"


def guarded(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of any answer with ours; a policy that an answer brought itself stays."""
    given = [(name, value) for name, value in headers if name.lower() not in _ALWAYS]
    if all(name.lower() != _POLICY for name, _ in given):
        given += [(_POLICY, PAGE.encode("ascii")), (b"vary", b"Accept-Language")]
    return given + list(_ALWAYS.items())


def media_type(beginning: bytes) -> str:
    """The type under which a file is sent: that of a picture by its first bytes, else bytes and nothing more."""
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for mark, kind in _IMAGES if beginning.startswith(mark)), _BYTES)


def is_picture(name: str) -> bool:
    """Whether a file of this name may turn out to be a picture that a page can show."""
    return name.lower().endswith((".png", ".jpg", ".jpeg", ".jpe", ".gif", ".webp"))


def is_local_name(host: str) -> bool:
    """Whether a Host header names this machine. Any other name may be a stranger's page that points here."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
