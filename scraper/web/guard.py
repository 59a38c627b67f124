"""Which addresses may be asked, judged on what a name resolves to; and the resolving, under a time limit.

``is_public`` is pure. Every form that carries an IPv4 address inside an IPv6 one is judged by what it carries.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

IPAddress = IPv4Address | IPv6Address

_NOT_PUBLIC_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",  # carrier-grade NAT
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # Teredo, ORCHID, benchmarks
            "2001:db8::/32",
            "3fff::/20",
        ),
    )
)
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_ISATAP = (0x00005EFE, 0x02005EFE)


def is_public(address: IPAddress) -> bool:
    """Whether an address belongs to the public internet, so that a crawler may connect to it."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    value = int(address)
    if address in _MAPPED or address in _NAT64:
        return is_public(IPv4Address(value & 0xFFFFFFFF))
    if address in _SIX_TO_FOUR and not is_public(IPv4Address(value >> 80 & 0xFFFFFFFF)):
        return False
    if value >> 32 & 0xFFFFFFFF in _ISATAP and not is_public(IPv4Address(value & 0xFFFFFFFF)):
        return False
    return address in _GLOBAL_UNICAST and not any(address in network for network in _NOT_PUBLIC_6)


def parse_address(text: str) -> IPAddress:
    """An address as getaddrinfo gives it; a zone (``%eth0``) is left out."""
    return ip_address(text.partition("%")[0])


@dataclass(frozen=True, slots=True)
class Place:
    """One address that a name resolves to."""

    family: int
    sockaddr: tuple[str | int | bytes, ...]

    @property
    def text(self) -> str:
        return str(self.sockaddr[0])

    @property
    def public(self) -> bool:
        return is_public(parse_address(self.text))


Resolve = Callable[[str, int], list[Place]]
"""Name and port to places; raises OSError."""


def resolve(host: str, port: int) -> list[Place]:
    """What the system's resolver says. Blocks for as long as it likes; raises OSError (socket.gaierror)."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label over 63 bytes
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from error
    families = (socket.AF_INET, socket.AF_INET6)
    return [Place(family, tuple(sockaddr)) for family, _, _, _, sockaddr in found if family in families]


def look_up(host: str, port: int, resolve: Resolve, waits: Iterator[float]) -> list[Place]:
    """``resolve`` in a thread of its own. Each of ``waits`` is a stretch of seconds to wait for it.

    Raises what ``resolve`` raises, and TimeoutError when the waits are used up (the thread is left behind).
    """
    answers: queue.SimpleQueue[list[Place] | OSError] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(resolve(host, port))
        except OSError as error:
            answers.put(error)

    threading.Thread(target=work, name=f"resolve {host}", daemon=True).start()
    for seconds in waits:
        try:
            answer = answers.get(timeout=seconds)
        except queue.Empty:
            continue
        if isinstance(answer, OSError):
            raise answer
        return answer
    raise TimeoutError("the name server did not answer in time")
