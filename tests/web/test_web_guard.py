"""Which addresses are public; and that nothing else is ever connected to."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from faulty_server import FaultyServer, answer, send
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import AddressDenied, Interrupted, Unreachable
from scraper.models import Ask
from scraper.web import backend, guard
from scraper.web.backend import Backend, Errand
from scraper.web.border import Fault
from scraper.web.fetch import Web
from scraper.web.guard import Place, is_public, look_up, parse_address

MakeWeb = Callable[..., Web]

PRIVATE_4 = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.254 169.254.169.254
    172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.9 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255
    198.18.0.1 198.19.255.1 198.51.100.1 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
""".split()
PRIVATE_6 = """
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::808:808 100::1 2001::1
    2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:c0a8:101::1 3fff::1
    5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1 ff0e::1 2a00:1450::5efe:10.0.0.1 2a00:1450::200:5efe:7f00:1
""".split()
PUBLIC = """
    8.8.8.8 100.63.255.255 100.128.0.1 172.32.0.1 223.255.255.255 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808
""".split()


@pytest.mark.parametrize("text", [*PRIVATE_4, *PRIVATE_6])
def test_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", [*PUBLIC, "2002:808:808::1"])
def test_public(text: str) -> None:
    assert is_public(ip_address(text))


def test_zone_is_left_out() -> None:
    assert parse_address("fe80::1%eth0") == IPv6Address("fe80::1")


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_public_is_never_what_the_standard_library_calls_local(address: IPv4Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast


@given(st.sampled_from(PRIVATE_4).map(IPv4Address), st.integers(0, 2**64 - 1), st.integers(0, 2**16 - 1))
def test_a_private_address_inside_an_ipv6_one_is_not_public(inner: IPv4Address, low: int, subnet: int) -> None:
    value = int(inner)
    forms = [
        value,
        0xFFFF << 32 | value,
        0xFFFF << 48 | value,
        0x64FF9B << 96 | value,
        0x2002 << 112 | value << 80 | subnet << 64 | low,
        0x20010000 << 96 | value << 64 | low & 0xFFFFFFFF,
        0x20010000 << 96 | 0x08080808 << 64 | (value ^ 0xFFFFFFFF),
        0x2A001450 << 96 | subnet << 64 | 0x5EFE << 32 | value,
        0x2A001450 << 96 | subnet << 64 | 0x0200_5EFE << 32 | value,
    ]
    assert not any(is_public(IPv6Address(form)) for form in forms)


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_public_ipv6_is_global_unicast(address: IPv6Address) -> None:
    if is_public(address):
        assert address.is_global or address.sixtofour or address.ipv4_mapped


def places(*texts: str) -> Callable[[str, int], list[Place]]:
    def resolve(host: str, port: int) -> list[Place]:
        return [Place(socket.AF_INET6 if ":" in text else socket.AF_INET, (text, port)) for text in texts]

    return resolve


HOSTS = ["paper.example", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:7f00:1]"]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("kind", ["listing", "attachment"])
def test_a_name_that_leads_inside_is_refused(make_web: MakeWeb, host: str, kind: str) -> None:
    resolve = None if host != "paper.example" else places("127.0.0.1")
    with FaultyServer(send(answer(b"x"))) as server:
        port = server.host.partition(":")[2]
        with pytest.raises(AddressDenied):
            make_web(allow_private=frozenset(), resolve=resolve).fetch(Ask(f"http://{host}:{port}/a", kind))
    assert server.log == []


@pytest.mark.parametrize("host", HOSTS)
def test_a_redirect_inside_is_refused(make_web: MakeWeb, host: str) -> None:
    resolve = None if host != "paper.example" else places("127.0.0.1")
    with FaultyServer(send(answer(b"x"))) as inner:
        port = inner.host.partition(":")[2]
        place = f"Location: http://{host}:{port}/x".encode("ascii")
        with FaultyServer(send(answer(b"", "302 Found", place))) as outer:
            web = make_web(allow_private=frozenset({outer.host}), resolve=resolve)
            with pytest.raises(AddressDenied):
                web.fetch(Ask(outer.url("/a"), "article"))
    assert inner.log == []


def test_of_several_places_only_public_ones_are_tried(make_web: MakeWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def connect(self: Backend, place: Place, seconds: float) -> socket.socket:
        tried.append(place.text)
        raise ConnectionRefusedError

    monkeypatch.setattr(Backend, "_connect", connect)
    resolve = places("127.0.0.1", "8.8.8.8", "::1", "8.8.4.4")
    with pytest.raises(Unreachable):
        make_web(resolve=resolve, tries=1).fetch(Ask("http://paper.example/", "article"))
    assert tried == ["8.8.8.8", "8.8.4.4"]


def test_a_name_that_changes_between_requests(make_web: MakeWeb) -> None:
    """The check is on the address that is connected to, each time."""
    answers = iter([places("8.8.8.8"), places("127.0.0.1")])
    looked: list[str] = []

    def resolve(host: str, port: int) -> list[Place]:
        looked.append(host)
        return next(answers)(host, port)

    def refuse(self: Backend, place: Place, seconds: float) -> socket.socket:
        raise ConnectionResetError

    with pytest.MonkeyPatch.context() as patch, FaultyServer(send(answer(b"x"))) as server:
        patch.setattr(Backend, "_connect", refuse)
        with pytest.raises(AddressDenied):
            make_web(allow_private=frozenset(), resolve=resolve).fetch(Ask(server.url("/a"), "article"))
    assert len(looked) == 2
    assert server.log == []


def test_a_kept_connection_is_judged_again_for_each_request() -> None:
    def errand(private_ok: bool) -> Errand:
        return Errand("http://x/", time.monotonic() + 5, private_ok, 1.0, 1.0)

    network = Backend(threading.Event(), places("127.0.0.1"))
    with FaultyServer(send(answer(b"x"), keep_open=True)) as server:
        network.begin(errand(private_ok=True))
        stream = network.connect_tcp("x", int(server.host.partition(":")[2]))
        stream.write(b"GET /1 HTTP/1.1\r\n\r\n")
        stream.read(1000)
        network.begin(errand(private_ok=False))
        with pytest.raises(Fault) as raised:
            stream.write(b"GET /2 HTTP/1.1\r\n\r\n")
        stream.close()
    assert isinstance(raised.value.error, AddressDenied)
    assert server.targets == ["/1"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address of this machine")
def test_a_public_board_does_not_get_the_leave_of_a_private_one(
    make_web: MakeWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (guard, backend):
        monkeypatch.setattr(module, "is_public", lambda address: str(address) == "127.0.0.2")
    with FaultyServer(send(answer(b"mine"), keep_open=True)) as inner:
        away = send(answer(b"", "302 Found", f"Location: {inner.url('/x')}".encode("ascii")), keep_open=True)
        with FaultyServer(away, address="127.0.0.2") as public:
            web = make_web(allow_private=frozenset({inner.host}))
            for _ in range(2):
                with pytest.raises(AddressDenied):
                    web.fetch(Ask(public.url("/a"), "article"))
                assert "/x" not in inner.targets
            assert public.asked("/a") == 2
            assert inner.log == []
            assert web.fetch(Ask(inner.url("/mine"), "article")).status == 200
            with pytest.raises(AddressDenied):
                web.fetch(Ask(public.url("/b"), "article"))
    assert inner.targets == ["/robots.txt", "/mine"]


def test_a_slow_name_server_does_not_hold_us(make_web: MakeWeb) -> None:
    def slow(host: str, port: int) -> list[Place]:
        time.sleep(1)
        return []

    started = time.monotonic()
    with pytest.raises(Unreachable, match="name server did not answer"):
        make_web(resolve=slow, connect_timeout=0.2, tries=1).fetch(Ask("http://paper.example/", "article"))
    stop = threading.Event()
    stop.set()
    with pytest.raises(Interrupted):
        make_web(resolve=slow, stop=stop).fetch(Ask("http://paper.example/", "article"))
    assert time.monotonic() - started < 0.9


def test_look_up_raises_what_the_resolver_raises() -> None:
    def failing(host: str, port: int) -> list[Place]:
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    with pytest.raises(socket.gaierror, match="later"):
        look_up("x", 1, failing, iter([5.0]))
