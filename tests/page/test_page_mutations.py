"""Damaged pages: readers raise PageError or FieldError, nothing else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from fixture_cases import find_cases

from scraper.errors import FieldError, PageError
from scraper.models import Page
from scraper.page.article import read_article
from scraper.page.detect import detect
from scraper.page.document import parse
from scraper.page.layout import find_engines
from scraper.page.listing import distinct, read_listing
from scraper.page.show import shown
from scraper.page.wall import read_wall

_TAGS = re.compile(rb"<[^>]*>")
_WORDS = (
    *(b"<tr>", b"</table>", b"<td colspan=999999>", b"</td>", b"<form>", b"<a href='", b"<!--", b"<script>"),
    *(b"\x00", b"\xff\xfe", b"\xb0", b"&#xD800;", b"javascript:x(", b"?page=-1", b"[", b"{0}"),
    *(b"2021-99-99", b"99999999999999999999"),
)


def _delete_tag(body: bytes, rng: random.Random) -> bytes:
    tags = list(_TAGS.finditer(body))
    chosen = rng.choice(tags) if tags else None
    return body[: chosen.start()] + body[chosen.end() :] if chosen else body


def _repeat(body: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(body))
    end = min(len(body), start + rng.randrange(400))
    return body[:end] + body[start:end] * rng.randrange(1, 4) + body[end:]


def _insert(body: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(body))
    return body[:at] + rng.choice(_WORDS) + body[at:]


def _flip(body: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(body))
    return body[:at] + bytes([rng.randrange(256)]) + body[at + 1 :]


def _cut(body: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(body))
    return body[:start] + body[min(len(body), start + rng.randrange(600)) :]


def _digits(body: bytes, rng: random.Random) -> bytes:
    return re.sub(
        rb"\d+", lambda found: str(rng.choice((0, -1, 7, 10**25))).encode() if rng.random() < 0.2 else found[0], body
    )


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_delete_tag, _repeat, _insert, _flip, _cut, _digits)


def _read_everything(page: Page) -> None:
    try:
        document = parse(page)
        shown(document, detect(document, find_engines().values(), page.seen_at, page.status), page.url)
        read_wall(document, page.status)
    except (PageError, FieldError):
        return
    for layout in find_engines().values():
        for read in (lambda *given: distinct(read_listing(*given)), read_article):
            try:
                read(document, layout, page.seen_at)
            except (PageError, FieldError):
                continue


def test_damaged_pages_raise_only_what_is_foreseen(full: bool) -> None:
    rng = random.Random(20211129)
    cases = [case for case in find_cases() if case.page.body.strip()]
    for _ in range(40 if full else 2):
        for case in cases:
            page = case.page
            body = page.body
            for _ in range(rng.randrange(1, 6)):
                body = rng.choice(MUTATIONS)(body, rng) or b" "
            _read_everything(replace(page, body=body, status=rng.choice((200, 200, 404, 403))))


def test_a_cut_page_never_reads_other_values_than_the_whole(full: bool) -> None:
    """Rows before the cut are the rows of the whole page, but for the last one."""
    for case in find_cases():
        known = case.folder.parent.name in find_engines()
        if not known or "list" not in case.folder.name or "past" in case.folder.name or "empty" in case.folder.name:
            continue
        page, engine = case.page, find_engines()[case.folder.parent.name]
        whole = [row.key for row in read_listing(parse(page), engine, page.seen_at).rows]
        step = 97 if full else 997
        for end in range(step, len(page.body), step):
            try:
                part = read_listing(parse(replace(page, body=page.body[:end])), engine, page.seen_at)
            except PageError:
                continue
            keys = [row.key for row in part.rows]
            assert keys[:-1] == whole[: max(0, len(keys) - 1)]
