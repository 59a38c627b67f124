"""The place on which the desk is served: a listening socket, or one sentence why there is none."""

from __future__ import annotations

import errno
import ipaddress
import socket
from typing import NamedTuple

from scraper.errors import BadConfig

_WAITING = 64

Listening = socket.socket


class Place(NamedTuple):
    """An address of this machine to listen on."""

    family: socket.AddressFamily
    address: tuple[str, int]
    name: str

    @property
    def is_loopback(self) -> bool:
        """Whether only programs of this machine can reach it."""
        return ipaddress.ip_address(self.address[0].partition("%")[0]).is_loopback


def find_place(host: str, port: int) -> Place:
    """What ``host`` means here. Raises BadConfig for a name without an address."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise BadConfig(f"--host {host}: there is no address of that name") from error
    family, _, _, _, address = found[0]
    return Place(family, (str(address[0]), int(address[1])), host)


def listen(place: Place) -> socket.socket:
    """A socket that already accepts connections. Port 0 takes any free one. Raises BadConfig."""
    _, port = place.address
    listening = socket.socket(place.family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place.address)
        listening.listen(_WAITING)
    except OSError as error:
        listening.close()
        raise BadConfig(_why(error, place.name, port)) from error
    return listening


def url_of(place: Place, listening: socket.socket) -> str:
    """The address to type into a browser of this machine."""
    host, port = listening.getsockname()[:2]
    shown = place.name if not ipaddress.ip_address(host.partition("%")[0]).is_unspecified else "127.0.0.1"
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is in use: name another with --port, or take --port 0 for any free one"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"port {port} is kept for the system: name one from 1024 up with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"--host {host} is no address of this machine"
    return f"{host} port {port} cannot be listened on: {error.strerror}"
