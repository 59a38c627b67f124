"""The border: every foreign exception of httpx, httpcore, h11, ssl and the system becomes one of ours here.

Inside the room a failure travels as a Fault: the error to raise in the end, and whether trying again makes sense.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import h11
import httpcore
import httpx

from scraper.errors import AddressDenied, FetchError, ProtocolBroken, TooLarge, Truncated, Unreachable

if TYPE_CHECKING:
    from scraper.web.backend import Wire

FOREIGN: tuple[type[Exception], ...] = (
    httpcore.ConnectionNotAvailable,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    h11.ProtocolError,
    ssl.SSLError,
    OSError,
    UnicodeError,
)
"""All that httpx and what lies below it may raise; httpx.InvalidURL is no HTTPError."""

_BROKEN = (
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpx.ProtocolError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    httpx.DecodingError,
    httpx.TooManyRedirects,
    h11.ProtocolError,
    UnicodeError,
)


class Fault(Exception):
    """A failed attempt. ``error`` is what the caller gets when the tries are used up."""

    def __init__(self, error: FetchError, again: bool = False, refused: bool = False) -> None:
        super().__init__(str(error))
        self.error = error
        self.again = again
        """Whether another try may succeed."""
        self.refused = refused
        """Nobody listens there: not worth much time."""


def unreachable(url: str, reason: str, again: bool = True, refused: bool = False) -> Fault:
    return Fault(Unreachable(f"{url} could not be reached: {reason}", url), again, refused)


def truncated(url: str, reason: str, again: bool = True) -> Fault:
    return Fault(Truncated(f"the answer of {url} ended before its end: {reason}", url), again)


def broken(url: str, reason: str) -> Fault:
    return Fault(ProtocolBroken(f"the answer of {url} cannot be read as HTTP: {reason}", url))


def too_large(url: str, reason: str) -> Fault:
    return Fault(TooLarge(f"the answer of {url} is too large: {reason}", url))


def address_denied(url: str, address: str) -> Fault:
    message = f"{url} leads to {address}, which is no public address: add the board with --allow-private if it is yours"
    return Fault(AddressDenied(message, url))


def fault_of(error: Exception, url: str, wire: Wire | None) -> Fault:
    """The Fault that a foreign exception stands for; ``wire`` tells how far the exchange had come."""
    reason = _sentence(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return unreachable(url, f"its certificate was refused ({error.verify_message})", again=False)
    if wire is not None and wire.ended and isinstance(error, _BROKEN):
        if wire.received == 0:
            return unreachable(url, "the server closed the connection without an answer")
        return truncated(url, "the server closed the connection")
    if isinstance(error, _BROKEN):
        return broken(url, reason)
    if wire is not None and wire.received:
        return truncated(url, reason)
    return unreachable(url, reason)


def _sentence(error: Exception) -> str:
    """The reason in a line: system errors by their text, the others by what they say."""
    text = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:200] + "…"
