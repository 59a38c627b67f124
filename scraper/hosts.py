"""The host and port of an address in their one spelling. Pure, standard library only."""

from __future__ import annotations

import re
import socket
from functools import lru_cache
from urllib.parse import unquote_to_bytes

_HOST = re.compile(r"[a-z0-9_.\-]+|\[[0-9a-f:.]+\]")
_NUMBER = r"(?:0x[0-9a-f]*|[0-9]+)"
_ENDS_IN_NUMBER = re.compile(rf"(?:.*\.)?{_NUMBER}\.?")
_IPV4 = re.compile(rf"{_NUMBER}(?:\.{_NUMBER}){{0,3}}\.?")


@lru_cache(maxsize=256)
def authority(text: str, default_port: int) -> str | None:
    """host[:port] in its one spelling; None with user names, bad ports and impossible hosts."""
    match = re.fullmatch(r"(\[[^\]@]*\]|[^:@\[\]]*)(?::([0-9]*))?", text)
    if match is None:
        return None
    host = _host(match[1])
    port = int(match[2]) if match[2] and len(match[2]) < 8 else (None if not match[2] else -1)
    if host is None or port == 0 or (port is not None and not 0 < port < 65536):
        return None
    return host if port in (None, default_port) else f"{host}:{port}"


def _host(raw: str) -> str | None:
    try:
        text = unquote_to_bytes(raw).decode("utf-8") if "%" in raw else raw
        text = text.lower() if text.isascii() else text.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    if not _HOST.fullmatch(text):
        return None
    if text.startswith("["):
        try:
            return f"[{socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, text[1:-1]))}]"
        except OSError:
            return None
    if _ENDS_IN_NUMBER.fullmatch(text):
        return _dotted(text)
    return text if text.strip(".") else None


def _dotted(host: str) -> str | None:
    """The IPv4 address that a numeric host means: 2130706433, 0x7f.1 and 0177.0.0.1 are all 127.0.0.1."""
    if not _IPV4.fullmatch(host):
        return None
    numbers = []
    for part in host.removesuffix(".").split("."):
        digits = part.removeprefix("0x")
        base = 16 if digits != part else (8 if len(part) > 1 and part[0] == "0" else 10)
        try:
            numbers.append(int(digits or "0", base))
        except ValueError:
            return None
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        return None
    value = numbers[-1] + sum(number << (24 - 8 * place) for place, number in enumerate(numbers[:-1]))
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))
