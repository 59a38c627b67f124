"""The rules of a robots.txt for us, per RFC 9309, judged on the bytes of path and query.

Pure. Lines and groups are brought to plain ASCII here (a rule in Korean stands for its UTF-8 and its
CP949 form); protego then finds the longest match. Fetching and keeping is fetch's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from scraper.urls import target_of
from scraper.web.settings import RobotsCopy

TOKEN = "sinmungo"
FRESH = timedelta(hours=24)
PARSED = 1 << 20
"""Bytes that are parsed; the standard asks for at least 500 KiB."""

_HTML = re.compile(r"\s*(<!doctype\s+html|<html|<head|<body|<script|<meta|<title|<\?xml)", re.IGNORECASE)
_AGENT = re.compile(r"user[- ]?agent(?:\s*:\s*|\s+)(.*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[A-Za-z_\-]+")
_RULE = re.compile(r"(allow|dis?s?al+ow)(?:\s*:\s*|\s+)(.*)", re.IGNORECASE)
_CRAWL_DELAY = re.compile(r"crawl[- ]?delay\s*:\s*([0-9.]+)", re.IGNORECASE)
_HIGH_ESCAPE = re.compile(rb"%([89A-Fa-f][0-9A-Fa-f])")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Rules:
    """What one robots.txt lets us do."""

    parser: Protego
    fetched_at: datetime

    def allows(self, url: str) -> bool:
        """Whether we may ask for the path and query of ``url``."""
        return self.parser.can_fetch(f"http://host{_comparable(target_of(url))}", TOKEN)

    @property
    def crawl_delay(self) -> float | None:
        return self.parser.crawl_delay(TOKEN)


def is_fresh(copy: RobotsCopy, now: datetime) -> bool:
    """Whether a kept copy still serves: it settles the question, and is younger than a day."""
    settles = copy.status is not None and copy.status < 500 and copy.status != 429
    return settles and timedelta(0) <= now - copy.fetched_at < FRESH


def rules_of(copy: RobotsCopy) -> Rules:
    """The rules of a copy that settles the question; any status but 2xx means that there are none."""
    text = copy.text if copy.status is not None and 200 <= copy.status < 300 else ""
    return Rules(Protego.parse(_plain(text)), copy.fetched_at)


def text_of(body: bytes) -> str:
    """A robots.txt as text: line by line UTF-8, else CP949, else byte by byte."""
    body = body[:PARSED].removeprefix(b"\xef\xbb\xbf")
    return "\n".join(map(_line, body.replace(b"\0", b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")))


def _line(raw: bytes) -> str:
    for codec in ("utf-8", "cp949"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _plain(text: str) -> str:
    """The groups and rules in ASCII; an HTML page, whatever its status, has none."""
    if _HTML.match(text.lstrip("\ufeff")):
        return ""
    lines: list[str] = []
    for raw in _LINE_END.split(text.lstrip("\ufeff")):
        line = raw.partition("#")[0].strip()
        if agent := _AGENT.fullmatch(line):
            lines.append(f"User-agent: {_agent(agent[1])}")
        elif rule := _RULE.fullmatch(line):
            field = "Allow" if rule[1].lower() == "allow" else "Disallow"
            lines.extend(f"{field}: {form}" for form in _forms(rule[2]))
        elif delay := _CRAWL_DELAY.fullmatch(line):
            lines.append(f"Crawl-delay: {delay[1]}")
    return "\n".join(lines)


def _agent(value: str) -> str:
    """Our name only for a group that names exactly us: to protego ``sin`` would be us too."""
    if value[:2].strip() == "*":
        return "*"
    product = _PRODUCT.match(value)
    return TOKEN if product and product[0].lower() == TOKEN else "another"


def _forms(pattern: str) -> list[str]:
    """A rule's path in every encoding in which a site may write the same address."""
    forms: set[bytes] = set()
    for codec in ("utf-8", "cp949", "latin-1"):
        raw = _encoded(pattern, codec)
        if raw is None:
            continue
        raw = _unescaped(raw)
        forms.add(raw)
        text = _line(raw)
        forms.update(form for form in (_encoded(text, "utf-8"), _encoded(text, "cp949")) if form is not None)
    return sorted(map(_one_sign_a_byte, forms))


def _comparable(target: str) -> str:
    return _one_sign_a_byte(_unescaped(target.encode("utf-8")))


def _encoded(text: str, codec: str) -> bytes | None:
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return None


def _unescaped(raw: bytes) -> bytes:
    """Escapes of bytes over 0x7F resolved; those of ASCII stay, protego knows what they mean."""
    return _HIGH_ESCAPE.sub(lambda match: bytes.fromhex(match[1].decode("ascii")), raw)


def _one_sign_a_byte(raw: bytes) -> str:
    """Bytes over 0x7F as letters of their own: protego reads escapes as UTF-8 and would mix up all that is none."""
    return "".join(chr(byte) if byte < 0x80 else chr(0x400 + byte) for byte in raw)
