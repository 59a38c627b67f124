"""TLS: always verified, whatever the level; what the evidence says of it. self_signed.pem is for these tests only."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scraper.errors import Unreachable
from scraper.models import Ask
from scraper.web import fetch
from scraper.web.fetch import Web
from scraper.web.transport import tls_context

MakeWeb = Callable[..., Web]
PEM = Path(__file__).with_name("self_signed.pem")


@contextlib.contextmanager
def tls_server(handshake: bool = True) -> Iterator[tuple[int, list[bytes]]]:
    """A server that speaks TLS (or only drips into the handshake), with the requests that it got."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    listener = socket.create_server(("127.0.0.1", 0))
    got: list[bytes] = []
    stopped = threading.Event()

    def serve() -> None:
        while True:
            sock, _ = listener.accept()
            with contextlib.suppress(OSError), sock:
                if stopped.is_set():
                    return
                if not handshake:
                    stopped.wait(2)
                    continue
                with context.wrap_socket(sock, server_side=True) as line:
                    while request := line.recv(65536):
                        got.append(request)
                        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    thread = threading.Thread(target=serve)
    thread.start()
    port = listener.getsockname()[1]
    try:
        yield port, got
    finally:
        stopped.set()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        thread.join()
        listener.close()


@pytest.mark.parametrize("level", ["strict", "compat", "legacy"])
def test_a_certificate_that_nobody_signed_is_refused(make_web: MakeWeb, level: str) -> None:
    with tls_server() as (port, got):
        web = make_web(tls={"127.0.0.1": level})
        with pytest.raises(Unreachable, match="its certificate was refused"):
            web.fetch(Ask(f"https://127.0.0.1:{port}/a", "article"))
    assert got == []


@pytest.mark.parametrize("level", ["strict", "compat", "legacy"])
def test_verification_is_never_off(level: str) -> None:
    context = tls_context(level)  # type: ignore[arg-type]
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert bool(context.options & 0x4) is (level == "legacy")


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.create_default_context(cafile=PEM)
    monkeypatch.setattr(fetch, "tls_context", lambda level: context)


@pytest.mark.usefixtures("trusting")
def test_protocol_and_cipher_are_evidence(make_web: MakeWeb) -> None:
    with tls_server() as (port, got), make_web() as web:
        for _ in range(2):
            found = web.fetch(Ask(f"https://127.0.0.1:{port}/a", "article"))
    assert found.tls is not None
    assert found.tls.startswith("TLSv1.3 TLS_")
    assert (found.address, found.body.read()) == ("127.0.0.1", b"ok")
    assert len(got) == 3


@pytest.mark.usefixtures("trusting")
def test_a_certificate_for_another_name_is_refused(make_web: MakeWeb) -> None:
    with tls_server() as (port, got), pytest.raises(Unreachable, match="certificate"):
        make_web(allow_private=frozenset({"localhost"})).fetch(Ask(f"https://localhost:{port}/a", "article"))
    assert got == []


def test_a_handshake_that_never_comes(make_web: MakeWeb) -> None:
    with tls_server(handshake=False) as (port, _):
        started = time.monotonic()
        with pytest.raises(Unreachable, match="not set up in time"):
            make_web(connect_timeout=0.3, tries=1).fetch(Ask(f"https://127.0.0.1:{port}/a", "article"))
        assert time.monotonic() - started < 1.5
