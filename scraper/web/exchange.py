"""One request and its whole answer, over an httpx client: what came becomes an Exchange, or a Fault.

Nothing is judged here but whether the answer is complete and within its caps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import httpx

from scraper.models import Ask, Exchange
from scraper.urls import target_of
from scraper.web.backend import Errand, Wire
from scraper.web.body import SpooledBody
from scraper.web.border import FOREIGN, broken, fault_of, too_large
from scraper.web.decode import Decoder
from scraper.web.head import Headers, blanked_head, blanked_headers, header, request_headers
from scraper.web.host import Host
from scraper.web.settings import WebSettings


@dataclass(frozen=True)
class Hop:
    """One address on the way of an Ask."""

    ask: Ask
    url: str
    """As it is requested."""
    shown: str
    """As the Exchange names it: the first hop is the Ask's own spelling."""
    method: str
    form: bytes | None
    private_ok: bool


def exchange(
    host: Host, hop: Hop, settings: WebSettings, clock: Callable[[], datetime], monotonic: Callable[[], float]
) -> Exchange:
    """Wait for the host's turn, send, receive all. Raises Fault, Interrupted, StorageFull."""
    is_file = hop.ask.kind == "attachment"
    cap = settings.file_cap if is_file else settings.page_cap
    with host.pace.request():
        started_at = clock()
        errand = Errand(
            url=hop.shown,
            deadline=monotonic() + (settings.file_deadline if is_file else settings.page_deadline),
            private_ok=hop.private_ok,
            connect_timeout=settings.connect_timeout,
            read_timeout=settings.read_timeout,
        )
        try:
            request = _request(hop, settings, host.cookies.header_for(hop.url), errand)
            response = host.client.send(request, stream=True, auth=None, follow_redirects=False)
            answer: httpx.Response = response.extensions["answer"]
            headers: Headers = tuple(answer.headers.raw)
            wire = _wire(errand, request, response, headers)
            try:
                body = _body(response, headers, errand, cap, settings)
            finally:
                response.close()
        except FOREIGN as error:
            raise fault_of(error, hop.shown, errand.wire) from error
        host.cookies.receive(hop.url, headers)
        return Exchange(
            ask=hop.ask,
            url=hop.shown,
            status=response.status_code,
            headers=blanked_headers(headers),
            request_head=blanked_head(bytes(wire.request)),
            response_head=blanked_head(bytes(wire.response)),
            body=body,
            address=wire.address,
            tls=wire.tls,
            started_at=started_at,
            finished_at=clock(),
        )


def _request(hop: Hop, settings: WebSettings, cookie: bytes | None, errand: Errand) -> httpx.Request:
    headers = request_headers(hop.ask, hop.url, settings, cookie)
    if hop.method == "POST":
        headers.append((b"Content-Type", b"application/x-www-form-urlencoded"))
    form = (hop.form or b"") if hop.method == "POST" else None
    extensions = {"errand": errand, "target": target_of(hop.url).encode("ascii")}
    return httpx.Request(hop.method, hop.url, headers=headers, content=form, extensions=extensions)


def _body(response: httpx.Response, headers: Headers, errand: Errand, cap: int, settings: WebSettings) -> SpooledBody:
    if response.status_code < 200:
        raise broken(errand.url, f"it stops at status {response.status_code}")
    length = header(headers, b"content-length")
    if length is not None and length.isdigit() and int(length) > cap:
        raise too_large(errand.url, f"it announces {int(length)} bytes, {cap} are taken")
    decoder = Decoder(header(headers, b"content-encoding") or b"", errand.url, cap, settings.ratio_cap)
    body = SpooledBody(settings.spool_limit)
    try:
        for piece in response.iter_raw():
            for plain in decoder.feed(piece):
                body.write(plain)
        framed = length is not None or header(headers, b"transfer-encoding") is not None
        decoder.finish(may_be_empty=framed or not 200 <= response.status_code < 204)
        body.close_writing()
    except BaseException:
        body.close()
        raise
    return body


def _wire(errand: Errand, request: httpx.Request, response: httpx.Response, headers: Headers) -> Wire:
    """What the line saw; for a transport without one, the same put together from the messages."""
    if isinstance(wire := response.extensions.get("wire"), Wire):
        return wire
    sent = [request.method.encode("ascii") + b" " + request.extensions["target"] + b" HTTP/1.1"]
    got = [f"HTTP/1.1 {response.status_code} {response.reason_phrase}".encode("latin-1", "replace")]
    sent += [name + b": " + value for name, value in request.headers.raw]
    got += [name + b": " + value for name, value in headers]
    end = b"\r\n\r\n"
    return Wire(request=bytearray(b"\r\n".join(sent) + end), response=bytearray(b"\r\n".join(got) + end))
