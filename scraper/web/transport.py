"""An httpx transport for one host over an httpcore pool on our Backend, and the TLS contexts.

The request's extensions carry its Errand and raw target; the answer's carry the Wire. Foreign exceptions
pass through: fetch translates them.
"""

from __future__ import annotations

import functools
import re
import ssl
from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

import httpcore
import httpx

from scraper.web.backend import Backend, Errand, Stream, Wire
from scraper.web.settings import Tls

_HEAD_END = re.compile(rb"\n\r?\n")
_INTERIM = re.compile(rb"HTTP/[0-9.]+\s+1(?!01)[0-9]{2}\b")
_NO_BODY = {204, 304}
_CHUNKS_END = (b"\n\r\n", b"\n\n")
_LEGACY_SERVER_CONNECT = getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
_KEEP_ALIVE = 60.0


@functools.cache
def tls_context(level: Tls) -> ssl.SSLContext:
    """Certificates and names are always checked. ``compat`` takes the weaker keys and ciphers of old servers;
    ``legacy`` also those that cannot renegotiate safely."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    if level != "strict":
        context.set_ciphers("DEFAULT:@SECLEVEL=1")
    if level == "legacy":
        context.options |= _LEGACY_SERVER_CONNECT
    return context


class Transport(httpx.BaseTransport):
    """Sends what fetch asks for to one host, over one connection that is kept alive."""

    def __init__(self, backend: Backend, context: ssl.SSLContext) -> None:
        self._backend = backend
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=1, keepalive_expiry=_KEEP_ALIVE, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        errand: Errand = request.extensions["errand"]
        self._backend.begin(errand)
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.extensions["target"],
        )
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.stream,
                extensions={"timeout": {"pool": errand.connect_timeout}},
            )
        )
        wire = errand.wire
        wire.head_read = True
        wire.request[:] = _head(wire.request)
        passed = 0
        while _INTERIM.match(wire.response):  # 100 Continue and 103 Early Hints come before the answer
            interim = len(_head(wire.response))
            passed += interim
            del wire.response[:interim]
        wire.response[:] = _head(wire.response)
        stream = answer.extensions.get("network_stream")
        if not isinstance(stream, Stream) or not isinstance(answer.stream, Iterable):
            raise TypeError("httpcore answered with a stream that is not ours")
        length = _length(answer)
        end = None if length is None else passed + len(wire.response) + length
        body = _Body(answer.stream, wire, stream, end)
        return httpx.Response(answer.status, headers=answer.headers, stream=body, extensions={"wire": wire})

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The body as sent. When more came than the answer holds, the connection is not used again: the rest
    would be taken for the next answer."""

    def __init__(self, pieces: Iterable[bytes], wire: Wire, stream: Stream, end: int | None) -> None:
        self._pieces = pieces
        self._wire = wire
        self._stream = stream
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces
        whole = self._wire.received == self._end if self._end is not None else self._wire.last.endswith(_CHUNKS_END)
        if not whole:
            self._stream.spoil()

    def close(self) -> None:
        if isinstance(self._pieces, _Closing):
            self._pieces.close()


@runtime_checkable
class _Closing(Protocol):
    def close(self) -> None: ...


def _head(received: bytes | bytearray) -> bytes:
    """Everything up to and with the empty line."""
    end = _HEAD_END.search(received)
    return bytes(received[: end.end()] if end else received)


def _length(answer: httpcore.Response) -> int | None:
    """How many bytes the body has by its head; None when its end shows only in the body."""
    if answer.status in _NO_BODY:
        return 0
    headers = {name.lower(): value for name, value in answer.headers}
    length = headers.get(b"content-length", b"").partition(b",")[0].strip()
    return int(length) if length.isdigit() and b"transfer-encoding" not in headers else None
