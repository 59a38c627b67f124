"""Addresses as raw strings: resolving, comparing and editing them without touching their escapes.

Pure, standard library only. A site's own percent-escapes stay byte for byte (``%C6%F2`` is no UTF-8);
only what may not stand in a request line is escaped. None stands for "leads to no http(s) address".
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from scraper.hosts import authority

_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.\-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_STEP = r"[\w~-][\w.~-]*"
_PLAIN = re.compile(
    rf"(?!$)(https?://(?:[a-z0-9-]+\.)+[a-z]+/|/)?((?:{_STEP}/)*(?:{_STEP})?)(\?[\w.=&%/+:,;@~-]*)?", re.ASCII
)
"""Most links, in the one spelling they can have: nothing to escape, no port, no step that is a dot."""
_PORTS = {"http": 80, "https": 443}
_BLANKS = "".join(map(chr, range(0x21)))
_INSIDE = str.maketrans("", "", "\t\r\n")
_KOREAN_LABELS = {"windows-949", "x-windows-949", "ms949", "x-euc-kr", "ks_c_5601-1987", "ks_c_5601-1989", "korean"}


def _all_but(marks: str) -> re.Pattern[str]:
    """What may not stand where these have a meaning of their own: they, and whatever is no visible ASCII."""
    return re.compile(f"[^{re.escape(''.join(chr(n) for n in range(0x21, 0x7F) if chr(n) not in marks))}]")


_PATH_ESCAPED = _all_but('"<>`{}')
_QUERY_ESCAPED = _all_but('"<>')
_VALUE_ESCAPED = _all_but('"<>#&')


class _Address(NamedTuple):
    scheme: str
    host: str
    """As in a Host header: lower case, IDNA, with the port unless it is the scheme's own."""
    path: str
    query: str | None

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.target}"

    @property
    def target(self) -> str:
        return (self.path or "/") + ("" if self.query is None else f"?{self.query}")


def join(base: str, href: str, charset: str | None = "utf-8") -> str | None:
    """The absolute address that ``href`` (as it stands in the page, entities resolved) means on ``base``.

    Non-ASCII characters are escaped in the page's charset, as a browser of its time would send them. The
    fragment goes. None for ``javascript:``, ``mailto:`` and whatever else is no http(s) address.
    """
    origin = _split(base, charset)
    if origin is None:
        return None
    plain = _PLAIN.fullmatch(href)
    return _placed(origin, href, *plain.groups()) if plain else _resolve(origin, href, charset)


def absolute(url: str, charset: str | None = "utf-8") -> str | None:
    """``url`` in the form that can be requested, without its fragment; None unless it is an http(s) address."""
    address = _split(url, charset)
    return None if address is None else str(address)


def location(raw: bytes, base: str) -> str | None:
    """Where a redirect leads: raw bytes over 0x7F are escaped one by one, whatever charset they are.

    None when it is empty or leads to no http(s) address.
    """
    text = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)
    if not text.strip(_BLANKS):
        return None
    return join(base, text)


def host_of(url: str) -> str:
    """``host`` or ``host:port``, lower case, the scheme's own port left out; empty if it is no http(s) address."""
    address = _split(url)
    return "" if address is None else address.host


def host_name(url: str) -> str:
    """The host without its port; an IPv6 address keeps its brackets."""
    return re.sub(r":\d+\Z", "", host_of(url))


def target_of(url: str) -> str:
    """Path and query as the request line has them."""
    address = _split(url)
    return "/" if address is None else address.target


def canonical(url: str, keep: Sequence[str] | None = None, drop: Collection[str] = ()) -> str:
    """The address by which two links to one thing are recognised as the same.

    With ``keep`` only these query parameters stay, in that order; those in ``drop`` go. Raises ValueError
    unless ``url`` is an http(s) address.
    """
    address = _split(url)
    if address is None:
        raise ValueError(f"{url!r} is not an http(s) address")
    return trimmed(str(address), keep, drop)


def trimmed(url: str, keep: Sequence[str] | None = None, drop: Collection[str] = ()) -> str:
    """``canonical`` of what ``join`` or ``absolute`` gave: in one spelling already but for its parameters."""
    head, mark, query = url.partition("?")
    if not mark:
        return url
    named = [(name, field) for name, field in _named(query) if field and name not in drop]
    if keep is None:
        fields = [field for _, field in named]
    else:
        fields = [field for kept in keep for name, field in named if name == kept]
    return f"{head}?{'&'.join(fields)}" if fields else head


def query_value(url: str, name: str) -> str | None:
    """The raw (still escaped) value of the first query parameter of that name."""
    for held, field in _named(_query(url)):
        if held == name:
            return field.partition("=")[2]
    return None


def with_query(url: str, name: str, value: str | int | None) -> str:
    """``url`` with that parameter set (in its place, else at the end), or removed if ``value`` is None.

    ``value`` is raw: its escapes stay, only what would end it is escaped. Nothing else is rewritten.
    """
    url = url.partition("#")[0]
    head, mark, query = url.partition("?")
    fields: list[str] = []
    new = None if value is None else f"{_escape(name, _VALUE_ESCAPED)}={_escape(str(value), _VALUE_ESCAPED)}"
    for field in _fields(query) if mark else []:
        if _name(field) != name:
            fields.append(field)
        elif new is not None:
            fields.append(new)
            new = None
    if new is not None:
        fields = [field for field in fields if field] if query == "" else fields
        fields.append(new)
    return f"{head}?{'&'.join(fields)}" if fields else head


def _fields(query: str | None) -> list[str]:
    return [] if query is None else query.split("&")


@lru_cache(maxsize=1024)
def _named(query: str | None) -> Sequence[tuple[str, str]]:
    """The parameters of a query, each with its name."""
    if query is not None and query.isascii() and "%" not in query and "+" not in query:
        return [(field.partition("=")[0], field) for field in query.split("&")]
    return [(_name(field), field) for field in _fields(query)]


def _query(url: str) -> str | None:
    _, mark, query = url.partition("#")[0].partition("?")
    return query if mark else None


def _name(field: str) -> str:
    name = field.partition("=")[0]
    if name.isascii() and "%" not in name:
        return name.replace("+", " ")
    raw = unquote_to_bytes(name.replace("+", " "))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp949", "replace")


@lru_cache(maxsize=1024)
def _split(url: str, charset: str | None = "utf-8") -> _Address | None:
    """The parts of an absolute address, each fit for a request line."""
    match = _PARTS.fullmatch(_clean(url))
    return _fit(charset, *match.groups()) if match else None


def _fit(charset: str | None, scheme: str | None, named: str | None, path: str, query: str | None) -> _Address | None:
    if scheme is None or named is None:
        return None
    scheme = scheme.lower()
    if scheme not in _PORTS:
        return None
    host = authority(named, _PORTS[scheme])
    if host is None:
        return None
    return _Address(scheme, host, _dotless(_path(path, charset)), _escaped_query(query, charset))


def _placed(base: _Address, href: str, start: str | None, path: str, query: str | None) -> str:
    """A plain link on ``base``; what ``_resolve`` gives after a closer look."""
    if start is None:
        folder = base.path.rpartition("/")[0]
        return f"{base.scheme}://{base.host}" + (f"{folder}/{href}" if path else f"{base.path}{query}")
    return f"{base.scheme}://{base.host}{href}" if start == "/" else href


def _resolve(base: _Address, href: str, charset: str | None) -> str | None:
    match = _PARTS.fullmatch(_clean(href))
    if match is None:
        return None
    scheme, named, raw_path, raw_query = match.groups()
    if named is not None or (scheme is not None and scheme.lower() != base.scheme):
        address = _fit(charset, base.scheme if scheme is None else scheme, named, raw_path, raw_query)
        return None if address is None else str(address)
    path, query = _path(raw_path, charset), _escaped_query(raw_query, charset)
    if not path:
        return str(_Address(base.scheme, base.host, base.path, base.query if raw_query is None else query))
    if not path.startswith("/"):
        path = (base.path or "/").rpartition("/")[0] + "/" + path
    return str(_Address(base.scheme, base.host, _dotless(path), query))


def _clean(text: str) -> str:
    """Without blanks around and line breaks inside; a backslash before the query is a slash, as in browsers."""
    text = text.strip(_BLANKS)
    if not text.isprintable():
        text = text.translate(_INSIDE)
    if "\\" not in text:
        return text
    end = min((at for at in (text.find("?"), text.find("#")) if at >= 0), default=len(text))
    return text[:end].replace("\\", "/") + text[end:]


def _path(path: str, charset: str | None) -> str:
    codec = _codec(charset)
    try:
        path.encode(codec)
    except UnicodeEncodeError:
        codec = "utf-8"
    return _escape(path, _PATH_ESCAPED, codec)


def _escaped_query(query: str | None, charset: str | None) -> str | None:
    return query and _escape(query, _QUERY_ESCAPED, _codec(charset))


def _escape(text: str, escaped: re.Pattern[str], codec: str = "utf-8") -> str:
    """The characters that ``escaped`` fits as %XX; a % that stands there stays."""

    def one(found: re.Match[str]) -> str:
        character = found[0]
        try:
            raw = character.encode(codec)
        except UnicodeEncodeError:  # what browsers write for a character that the page's charset lacks
            raw = f"&#{ord(character)};".encode("ascii")
            return "".join(f"%{byte:02X}" if byte in b"&#;" else chr(byte) for byte in raw)
        return "".join(f"%{byte:02X}" for byte in raw)

    return escaped.sub(one, text) if escaped.search(text) else text


@lru_cache(maxsize=64)
def _codec(charset: str | None) -> str:
    if charset is None:
        return "utf-8"
    label = charset.strip().lower()
    if label in _KOREAN_LABELS:
        return "cp949"
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return "utf-8"
    if name.startswith(("utf-16", "utf-32")):  # no charset for an address
        return "utf-8"
    return "cp949" if name == "euc_kr" else name


def _dotless(path: str) -> str:
    """The path without its ``.`` and ``..`` steps."""
    if not path:
        return "/"
    if path.startswith("/") and "/." not in path and "/%2" not in path:
        return path
    steps: list[str] = []
    parts = path.split("/")[1:]
    for place, part in enumerate(parts):
        plain = part.replace("%2e", ".").replace("%2E", ".")
        last = place == len(parts) - 1
        if plain == "..":
            del steps[-1:]
        elif plain != ".":
            steps.append(part)
            continue
        if last:
            steps.append("")
    return "/" + "/".join(steps)
