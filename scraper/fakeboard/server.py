"""Carries a FakeSite over HTTP/1.1 on 127.0.0.1, with a log of requests and the faults that tests ask for.

serve(site) runs it in a thread for the length of a with block.
"""

from __future__ import annotations

import gzip
import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from scraper.fakeboard.exchange import Answer, Visit, VisitKind
from scraper.fakeboard.site import BAN, LOGIN, MAINTENANCE, FakeSite, Fault

COOKIE = "PHPSESSID"
_PAGES = {"maintenance": MAINTENANCE, "login": LOGIN, "ban": BAN}


@dataclass(frozen=True, slots=True)
class Request:
    """One request as served. ``at`` is the fake clock (UTC), ``monotonic`` the machine's, in seconds."""

    method: str
    path: str
    status: int
    at: datetime
    headers: dict[str, str]
    kind: VisitKind
    monotonic: float


class FakeServer(ThreadingHTTPServer):
    """The server of one site. ``hold()`` keeps requests waiting until ``release()``."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, site: FakeSite, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.site = site
        self._log: list[Request] = []
        self._guard = threading.Lock()
        self._open = threading.Event()
        self._open.set()
        self._connections: set[socket.socket] = set()

    @property
    def origin(self) -> str:
        """http://127.0.0.1:PORT"""
        return f"http://127.0.0.1:{self.server_port}"

    def url(self, slug: str) -> str:
        """The board's list; KeyError for an unknown board."""
        board = self.site.board(slug)
        if board is None:
            raise KeyError(slug)
        return self.origin + self.site.path(board)

    @property
    def log(self) -> list[Request]:
        """What was asked so far: a copy."""
        with self._guard:
            return list(self._log)

    def clear_log(self) -> None:
        with self._guard:
            self._log.clear()

    def hold(self) -> None:
        """Let requests wait from now on."""
        self._open.clear()

    def release(self) -> None:
        """Answer again."""
        self._open.set()

    def wait(self) -> None:
        self._open.wait()

    def note(self, request: Request) -> None:
        with self._guard:
            self._log.append(request)

    def track(self, connection: socket.socket, is_open: bool) -> None:
        with self._guard:
            (self._connections.add if is_open else self._connections.discard)(connection)

    def hang_up(self) -> None:
        """Shut every open connection."""
        self.release()
        with self._guard:
            left = list(self._connections)
        for connection in left:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is printed by the base class."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    server: FakeServer

    def setup(self) -> None:
        super().setup()
        self.server.track(self.connection, True)

    def finish(self) -> None:
        self.server.track(self.connection, False)
        super().finish()

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_HEAD(self) -> None:
        self._send(Answer(405, b"", headers=((b"Allow", b"GET, POST"),)), None)
        self._note("other", 405)

    def _serve(self) -> None:
        self.server.wait()
        site = self.server.site
        length = int(self.headers.get("Content-Length") or 0)
        form = self.rfile.read(length).decode("latin-1")
        headers = {name.lower(): value for name, value in self.headers.items()}
        session = site.session(_session_id(headers.get("cookie", "")))
        origin = f"http://{headers.get('host') or self.server.origin.removeprefix('http://')}"
        visit = Visit(self.command, self.path, headers, form, origin, session)
        route = site.route(visit)
        fault = site.faults(self.command, self.path) if site.faults else None
        answer = _faulty(fault) or site.answer(route)
        self._note(route.kind, 0 if fault and fault.kind == "reset" else answer.status)
        self._send(answer, fault, session.id if session.is_new and route.kind != "robots" else None)

    def _note(self, kind: VisitKind, status: int) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        now = self.server.site.clock.now()
        self.server.note(Request(self.command, self.path, status, now, headers, kind, time.monotonic()))

    def _send(self, answer: Answer, fault: Fault | None, new_session: str | None = None) -> None:
        body = answer.body
        now = format_datetime(self.server.site.clock.now(), usegmt=True).encode()
        lines = [
            f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}".encode(),
            b"Date: " + now,
            b"Server: Apache",
            b"Content-Type: " + answer.content_type,
        ]
        if answer.content_type.startswith(b"text/html"):
            lines += [b"Expires: 0", b"Last-Modified: " + now, b"Cache-Control: no-store, no-cache"]
            if new_session:
                lines.append(f"Set-Cookie: {COOKIE}={new_session}; path=/".encode())
            if body and self.server.site.gzip and "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body, 1, mtime=0)
                lines += [b"Content-Encoding: gzip", b"Vary: Accept-Encoding"]
        lines += [name + b": " + value for name, value in answer.headers]
        lines.append(f"Content-Length: {len(body)}".encode())
        self._write(b"\r\n".join(lines) + b"\r\n\r\n", body, fault)

    def _write(self, head: bytes, body: bytes, fault: Fault | None) -> None:
        match fault.kind if fault else "":
            case "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                os.close(self.connection.detach())
            case "truncate":
                self.wfile.write(head + body[: len(body) // 2])
                self.close_connection = True
            case "slow" if fault:
                self.wfile.write(head)
                step = max(1, len(body) // 20)
                for start in range(0, len(body), step):
                    time.sleep(fault.seconds / 20)
                    self.wfile.write(body[start : start + step])
            case _:
                self.wfile.write(head + body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _session_id(cookies: str) -> str | None:
    try:
        morsel = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel else None


def _faulty(fault: Fault | None) -> Answer | None:
    if fault is None:
        return None
    if fault.kind in _PAGES:
        return Answer(200, _PAGES[fault.kind].encode())
    if fault.kind.startswith("status:"):
        status, *headers = fault.kind.removeprefix("status:").split(";")
        pairs = (header.partition("=") for header in headers)
        body = f"<!doctype html><title>{status}</title><h1>{HTTPStatus(int(status)).phrase}</h1>"
        return Answer(int(status), body.encode(), headers=tuple((k.title().encode(), v.encode()) for k, _, v in pairs))
    return None


@contextmanager
def serve(site: FakeSite, port: int = 0) -> Iterator[FakeServer]:
    """Serve the site until the block ends; ``port`` 0 takes a free one."""
    server = FakeServer(site, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.hang_up()
        server.server_close()
        thread.join()
