"""A raw-socket server on loopback that answers by script: whatever bytes, at whatever pace, cut wherever.

A script is a function of the Line (one accepted connection) and the request's head; it returns True to keep
the connection for another request. Every request is logged with the times at which it came and was answered.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Script = Callable[["Line", "Request"], bool | None]

NO_ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


@dataclass
class Request:
    head: bytes
    body: bytes
    came_at: float
    answered_at: float = 0.0
    connection: int = 0

    @property
    def target(self) -> str:
        return self.head.split(b" ", 2)[1].decode("ascii")

    @property
    def method(self) -> str:
        return self.head.split(b" ", 1)[0].decode("ascii")

    def header(self, name: str) -> str | None:
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return None


@dataclass
class Line:
    sock: socket.socket
    number: int
    sent_at: float = 0.0
    """Just before the last piece: the other side may have had it at once."""

    def send(self, *pieces: bytes, gap: float = 0.0) -> None:
        """Send pieces, waiting ``gap`` seconds between them; a client that hung up is no matter."""
        with contextlib.suppress(OSError):
            for piece in pieces:
                self.sent_at = time.monotonic()
                self.sock.sendall(piece)
                if gap:
                    time.sleep(gap)

    def reset(self) -> None:
        """Hang up with RST."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


@dataclass
class FaultyServer:
    """``script`` answers everything but robots.txt, which ``robots`` answers."""

    script: Script
    robots: Script | None = None
    log: list[Request] = field(default_factory=list)
    address: str = "127.0.0.1"

    def __post_init__(self) -> None:
        self._listener = socket.create_server((self.address, 0))
        self.host = f"{self.address}:{self._listener.getsockname()[1]}"
        self._stopped = threading.Event()
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def url(self, target: str = "/") -> str:
        return f"http://{self.host}{target}"

    @property
    def targets(self) -> list[str]:
        return [request.target for request in self.log]

    def asked(self, target: str) -> int:
        return self.targets.count(target)

    def __enter__(self) -> FaultyServer:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        with contextlib.suppress(OSError), socket.create_connection(self._listener.getsockname(), timeout=1):
            pass
        self._threads[0].join()
        self._listener.close()
        for sock in self._open:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            sock, _ = self._listener.accept()
            if self._stopped.is_set():
                sock.close()
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open.append(sock)
            thread = threading.Thread(target=self._serve, args=(Line(sock, len(self._open)),))
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: Line) -> None:
        with line.sock, contextlib.suppress(OSError):
            received = b""
            while True:
                while b"\r\n\r\n" not in received:
                    more = line.sock.recv(65536)
                    if not more:
                        return
                    received += more
                head, _, received = received.partition(b"\r\n\r\n")
                request = Request(head, b"", time.monotonic(), connection=line.number)
                length = int(request.header("Content-Length") or 0)
                while len(received) < length:
                    received += line.sock.recv(65536)
                request.body, received = received[:length], received[length:]
                self.log.append(request)
                is_robots = request.target == "/robots.txt"
                script = (self.robots or send(NO_ROBOTS, keep_open=True)) if is_robots else self.script
                again = script(line, request)
                request.answered_at = line.sent_at
                if not again:
                    return


def answer(
    body: bytes = b"", status: str = "200 OK", *headers: bytes, length: int | None = None, framed: bool = True
) -> bytes:
    """An answer, with a Content-Length unless ``framed`` is false."""
    lines = [b"HTTP/1.1 " + status.encode("ascii"), *headers]
    if framed:
        lines.append(b"Content-Length: %d" % (len(body) if length is None else length))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def chunked(body: bytes, *headers: bytes, step: int = 7) -> bytes:
    pieces = [body[at : at + step] for at in range(0, len(body), step)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    return b"\r\n".join([b"HTTP/1.1 200 OK", b"Transfer-Encoding: chunked", *headers]) + b"\r\n\r\n" + chunks


def gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def send(*pieces: bytes, keep_open: bool = False, gap: float = 0.0) -> Script:
    """Always these bytes."""

    def script(line: Line, request: Request) -> bool:
        line.send(*pieces, gap=gap)
        return keep_open

    return script


def in_turn(*scripts: Script) -> Script:
    """One script after the other, the last one for good."""
    left = list(scripts)

    def script(line: Line, request: Request) -> bool | None:
        return (left.pop(0) if len(left) > 1 else left[0])(line, request)

    return script


def by_target(**scripts: Script) -> Script:
    """By the last step of the path."""

    def script(line: Line, request: Request) -> bool | None:
        name = request.target.partition("?")[0].rpartition("/")[2] or "root"
        return scripts[name](line, request)

    return script
