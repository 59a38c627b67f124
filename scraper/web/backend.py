"""The sockets below httpcore: the address checked and used, one deadline over everything, the head's bytes recorded.

One Backend a host, one exchange at a time: its Errand says what holds now. Raises Fault and Interrupted.
"""

from __future__ import annotations

import errno
import os
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpcore

from scraper.web.border import address_denied, broken, truncated, unreachable
from scraper.web.guard import Place, Resolve, is_public, look_up, parse_address
from scraper.web.pace import check

_SLICE = 0.5
"""Seconds after which a wait looks whether we are asked to stop."""
_HEAD_CAP = 1 << 20
_UNDER_WAY = {0, errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY, errno.EINTR}
_UNKNOWN_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME), socket.EAI_FAIL}

T = TypeVar("T")


@dataclass
class Wire:
    """What went over the line in one exchange."""

    request: bytearray = field(default_factory=bytearray)
    response: bytearray = field(default_factory=bytearray)
    """What was received until the head was read."""
    head_read: bool = False
    received: int = 0
    last: bytes = b""
    """The last four bytes received."""
    ended: bool = False
    """The server closed the connection."""
    address: str = ""
    tls: str | None = None


@dataclass
class Errand:
    """The terms of one exchange."""

    url: str
    deadline: float
    """On the backend's monotonic clock."""
    private_ok: bool
    connect_timeout: float
    read_timeout: float
    wire: Wire = field(default_factory=Wire)


class Backend(httpcore.NetworkBackend):
    """Connects only to addresses that the errand may use."""

    def __init__(
        self, stop: threading.Event, resolve: Resolve, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._stop = stop
        self._resolve = resolve
        self._monotonic = monotonic
        self._errand: Errand | None = None

    @property
    def errand(self) -> Errand:
        if self._errand is None:
            raise RuntimeError("a request was sent without its errand")
        return self._errand

    def begin(self, errand: Errand) -> None:
        """From now on these terms hold."""
        self._errand = errand

    def left(self) -> float:
        """Seconds until the deadline. Raises Fault when it has passed."""
        errand = self.errand
        left = errand.deadline - self._monotonic()
        if left > 0:
            return left
        reason = "it took longer than a request may take"
        if errand.wire.received:
            raise truncated(errand.url, reason, again=False)
        raise unreachable(errand.url, reason, again=False)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first place of the name that lets us, of those that are public (or allowed)."""
        errand = self.errand
        ends = self._monotonic() + errand.connect_timeout
        found = self._find(host, port, ends)
        places = [place for place in found if errand.private_ok or place.public]
        if not places:
            raise address_denied(errand.url, found[0].text)
        for remaining in range(len(places), 0, -1):
            place = places[-remaining]
            try:
                sock = self._connect(place, (ends - self._monotonic()) / remaining)
            except OSError as error:
                if remaining == 1:
                    refused = isinstance(error, ConnectionRefusedError)
                    reason = "the connection was refused" if refused else (error.strerror or str(error))
                    raise unreachable(errand.url, reason, refused=refused) from error
            else:
                return Stream(sock, self, place.text)
        raise AssertionError("the last place either connects or raises")

    def _find(self, host: str, port: int, ends: float) -> list[Place]:
        url = self.errand.url
        try:
            found = look_up(host, port, self._resolve, self._waits(ends))
        except socket.gaierror as error:
            again = error.errno not in _UNKNOWN_NAME
            raise unreachable(url, f"the name {host} is not known ({error.strerror})", again) from error
        except OSError as error:
            raise unreachable(url, str(error)) from error
        if not found:
            raise unreachable(url, f"the name {host} has no address", again=False)
        return found

    def _waits(self, ends: float) -> Iterator[float]:
        while (left := ends - self._monotonic()) > 0:
            check(self._stop)
            yield min(_SLICE, left, self.left())

    def _connect(self, place: Place, seconds: float) -> socket.socket:
        ends = self._monotonic() + seconds
        sock = socket.socket(place.family, socket.SOCK_STREAM)
        try:
            sock.setblocking(False)
            failure = sock.connect_ex(place.sockaddr)
            if failure not in _UNDER_WAY:
                raise OSError(failure, os.strerror(failure))
            with selectors.DefaultSelector() as selector:
                selector.register(sock, selectors.EVENT_WRITE)
                if not any(selector.select(wait) for wait in self._waits(ends)):
                    raise TimeoutError("the connection was not made in time")
            if failure := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                raise OSError(failure, os.strerror(failure))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            sock.close()
            raise
        return sock

    def in_slices(self, sock: socket.socket, action: Callable[[], T], seconds: float) -> T:
        """A blocking call on ``sock`` that notices the deadline and the wish to stop. Raises TimeoutError."""
        ends = self._monotonic() + seconds
        while True:
            check(self._stop)
            sock.settimeout(max(0.001, min(_SLICE, self.left(), ends - self._monotonic())))
            try:
                return action()
            except TimeoutError:
                if self._monotonic() >= ends:
                    raise


class Stream(httpcore.NetworkStream):
    """One connection; it records for whichever errand is under way."""

    def __init__(self, sock: socket.socket, backend: Backend, address: str) -> None:
        self._sock = sock
        self._backend = backend
        self._address = address
        self._spoiled = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        errand = self._backend.errand
        wire = errand.wire
        try:
            received = self._backend.in_slices(self._sock, lambda: self._sock.recv(max_bytes), errand.read_timeout)
        except TimeoutError as error:
            reason = f"nothing came for {errand.read_timeout:g} seconds"
            raise (truncated if wire.received else unreachable)(errand.url, reason) from error
        wire.ended = not received
        wire.received += len(received)
        wire.last = (wire.last + received)[-4:]
        if not wire.head_read:
            wire.response += received
            if len(wire.response) > _HEAD_CAP:
                raise broken(errand.url, "its head has no end")
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        errand = self._backend.errand
        wire = errand.wire
        if not wire.request:
            self._begin(errand)
        wire.request += buffer
        rest = memoryview(buffer)
        while rest:
            self._sock.settimeout(min(errand.read_timeout, self._backend.left()))
            try:
                rest = rest[self._sock.send(rest) :]
            except OSError as error:  # httpcore then reads what the server may have said before it hung up
                raise httpcore.WriteError(str(error)) from error

    def _begin(self, errand: Errand) -> None:
        """A kept-alive connection may have been opened on other terms: check again."""
        if not errand.private_ok and not is_public(parse_address(self._address)):
            raise address_denied(errand.url, self._address)
        errand.wire.address = self._address
        if isinstance(self._sock, ssl.SSLSocket):
            cipher = self._sock.cipher()
            errand.wire.tls = f"{self._sock.version()} {cipher[0] if cipher else ''}".strip()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        url, seconds = self._backend.errand.url, self._backend.errand.connect_timeout
        try:
            sock = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname, do_handshake_on_connect=False)
        except (OSError, ValueError) as error:
            self.close()
            raise unreachable(url, f"TLS failed ({error})", again=False) from error
        try:
            self._backend.in_slices(sock, sock.do_handshake, seconds)
        except ssl.SSLCertVerificationError as error:
            sock.close()
            raise unreachable(url, f"its certificate was refused ({error.verify_message})", again=False) from error
        except TimeoutError as error:
            sock.close()
            raise unreachable(url, "TLS was not set up in time") from error
        except ssl.SSLError as error:
            sock.close()
            reason = f"TLS failed ({error.reason or error.strerror or error})"
            raise unreachable(url, reason, again=isinstance(error, ssl.SSLEOFError)) from error
        except OSError as error:
            sock.close()
            raise unreachable(url, f"TLS failed ({error.strerror or error})") from error
        except BaseException:
            sock.close()
            raise
        return Stream(sock, self._backend, self._address)

    def spoil(self) -> None:
        """Bytes follow that belong to no answer: do not use this connection again."""
        self._spoiled = True

    def close(self) -> None:
        self._sock.close()

    def get_extra_info(self, info: str) -> Any:
        """``is_readable``: whether an idle connection is dead or dirty, so that httpcore drops it."""
        if info == "is_readable":
            return self._spoiled or self._readable()
        if info == "ssl_object" and isinstance(self._sock, ssl.SSLSocket):
            return self._sock
        return None

    def _readable(self) -> bool:
        if self._sock.fileno() < 0:
            return True
        with selectors.DefaultSelector() as selector:
            selector.register(self._sock, selectors.EVENT_READ)
            return bool(selector.select(0))
