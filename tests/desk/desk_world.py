"""A small archive as the desk meets it: posts with versions, files, hits, and a page that would run a script."""

from __future__ import annotations

import asyncio
import hashlib
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from scraper.archive import Archive, open_archive
from scraper.desk.serve.app import close_desk, make_desk
from scraper.desk.serve.listen import find_place, listen, url_of
from scraper.models import (
    KST,
    Ask,
    Attachment,
    Board,
    Exchange,
    Listing,
    MemoryBody,
    Post,
    Row,
    Stamp,
    StoredFile,
    Stretch,
)

OUTSIDE = "https://outside.example/"
T0 = datetime(2026, 11, 3, 2, 10, tzinfo=UTC)
NAME = "평택 보고서 (최종).hwp"
TITLE = "[기고] 평택 강가의 <b>하루</b>"
BODY = "평택지역사회보장협의체는 {} 회의를 열었다.\n\n<script>document.title='ran'</script> 강물은 흐른다."
FILE, OLD_FILE = b"HWP Document File" + bytes(range(256)) * 10_000, b"an older file"
"""The first one is kept in several parts."""


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PICTURE = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 40) * 30))
    + _chunk(b"IEND", b"")
)
"""A grey picture of 40 by 30."""


def page_of(away: str, outside: str = OUTSIDE) -> bytes:
    """An article page whose script, pictures, styles and hints would all ask ``away`` and ``outside`` for something."""
    return f"""<!DOCTYPE html><html><head><meta charset="euc-kr"><title>강가의 하루</title>
<link rel="preconnect" href="{outside}"><link rel="dns-prefetch" href="{outside}"><link rel="prefetch" href="{outside}">
<link rel="stylesheet" href="{away}a.css"><link rel="icon" href="{outside}icon.png"><img src="{outside}2.png">
<meta http-equiv="refresh" content="1;url={away}moved"><style>body {{ background: url({away}bg.png) }}</style>
<script src="{away}a.js"></script><script>
document.title = "ran"; parent.document.title = "ran"; new Image().src = "{away}beacon"; fetch("{away}fetched");
navigator.sendBeacon("{away}beacon");
document.addEventListener("DOMContentLoaded", () => {{ document.body.id = "ran"; }});
</script></head><body onload="new Image().src='{away}onload'"><h1>강가의 하루 똠</h1>
<p>원본의 글</p><img src="{away}1.png" onerror="document.title='ran'"><iframe src="{away}frame"></iframe>
<a href="{away}next">다음 글</a><form action="{away}form"><button>보내기</button></form></body></html>""".encode(
        "cp949"
    )


@dataclass
class Made:
    """The archive file and what stands in it, by post id."""

    path: Path
    edited: int
    redacted: int
    unread: int


def make_archive(path: Path, away: str = "http://away.example/") -> Made:
    """One board: a post with two versions and three files, a redacted one, one that nobody read, and one more."""
    with open_archive(path, write=True) as archive:
        return _Writer(archive, page_of(away)).fill(path)


class _Writer:
    def __init__(self, archive: Archive, page: bytes) -> None:
        self.archive, self.page = archive, page
        url = "http://news.example/list.php"
        self.board = archive.save_board(
            Board(
                url=url, host="news.example", slug="opinion", name="달빛신문 오피니언", engine="legacy", layout={"v": 1}
            )
        )
        self.run = archive.start_run(self.board.id, T0)
        self.at, self.hits = T0, 0

    def fill(self, path: Path) -> Made:
        self.listed(("1", "2", "3", "4"), 62)
        older = [self.file("1", NAME, OLD_FILE), self.file("2", "강.png", PICTURE, kind="inline")]
        self.read("1", TITLE, BODY.format("첫"), older)
        self.read("2", "[사설] 가막골 평택", "평택 가막골의 일이 적혀 있다.", [self.file("9", "가막골.txt", b"secret")])
        self.read("4", "[칼럼] 도서관에서", "작은 도서관이 문을 열었다.", [])
        self.listed(("1", "2", "3", "4"), 90)
        newer = [self.file("1", NAME, FILE), self.file("2", "강.png", PICTURE, kind="inline"), self.failed("3")]
        self.read("1", TITLE, BODY.format("둘째"), newer)
        for content, text in ((FILE, "평택항의 물동량을 적은 표"), (b"secret", "가막골의 물동량")):
            digest = hashlib.sha256(content).hexdigest()
            self.archive.save_text(
                digest, status="read", text=text, reason=None, reader="plain", reader_version=1, at=self.at
            )
        db = self.archive.db
        db.execute("UPDATE posts SET state = 'redacted' WHERE key = '2'")
        ids = dict(db.execute("SELECT key, id FROM posts").fetchall())
        return Made(path, ids["1"], ids["2"], ids["3"])

    def capture(self, content: bytes, kind: Any, url: str, **more: Any) -> int:
        self.at += timedelta(minutes=1)
        kept = MemoryBody(content, hashlib.sha256(content).hexdigest())
        exchange = Exchange(
            Ask(url, kind), url, 200, ((b"Content-Type", b"text/html; charset=euc-kr"),), b"GET / HTTP/1.1\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=euc-kr\r\n\r\n", kept, "192.0.2.7", None,
            self.at, self.at,
        )  # fmt: skip
        return self.archive.save_capture(self.run, exchange, **more)

    def listed(self, keys: tuple[str, ...], hits: int) -> None:
        self.at, self.hits = self.at + timedelta(days=1), hits + 1
        capture = self.capture(b"<table></table>", "listing", self.board.url)
        rows = tuple(
            Row(key, None, f"제목 {key}", False, "김가상", self.day(), hits, Ask(self.url(key), "article"))
            for key in keys
        )
        stretch = Stretch(self.run, 1, self.board.url, capture, 4, keys, None, None, self.at, True)
        self.archive.save_listing(self.board.id, capture, Listing(rows, total=4), stretch)

    def read(self, key: str, title: str, body: str, files: list[StoredFile]) -> None:
        capture = self.capture(self.page, "article", self.url(key), post_key=key)
        post = Post(
            key=key, number=None, category=None, title=title, title_cut=False, author="김가상", posted=self.day(),
            hits=self.hits, url=self.url(key), is_notice=False, is_secret=False, body_text=body, body_html="",
            fields_from_listing=(), files=tuple(files),
        )  # fmt: skip
        self.archive.save_post(
            self.board.id, post, capture_id=capture, listing_capture_id=None, seen_at=self.at, parser_version="1"
        )

    def file(self, key: str, name: str, content: bytes, kind: Any = "file") -> StoredFile:
        ask = Ask(f"http://news.example/down.php?f={key}", "attachment")
        capture = self.capture(content, "attachment", ask.url, post_key="1", attachment_key=key)
        digest = hashlib.sha256(content).hexdigest()
        attachment = Attachment(key, name, name, ask, kind)
        return StoredFile(attachment, "stored", name, name, capture, digest, len(content), "text/html")

    def failed(self, key: str) -> StoredFile:
        ask = Ask(f"http://news.example/down.php?f={key}", "attachment")
        name = "명단.xlsx"
        return StoredFile(Attachment(key, name, name, ask), "failed", name, name, reason="HTTP 403")

    def url(self, key: str) -> str:
        return f"http://news.example/view.php?no={key}"

    def day(self) -> Stamp:
        return Stamp(datetime(2021, 10, 24, tzinfo=KST), "day", "2021.10.24")


class Desk:
    """The desk on an archive, asked in this process."""

    def __init__(self, path: Path, *, is_local: bool = True) -> None:
        self.archive = open_archive(path, write=False)
        self.datasette = make_desk(self.archive, is_local=is_local)

    def get(self, path: str, language: str = "ko", **headers: str) -> httpx.Response:
        """The answer to a GET, redirects not followed."""
        asked = self.datasette.client.get(path, headers={"accept-language": language, **headers})
        answer: httpx.Response = asyncio.run(asked)
        return answer

    def close(self) -> None:
        close_desk(self.datasette)
        self.archive.close()


@contextmanager
def open_desk(path: Path, *, is_local: bool = True) -> Iterator[Desk]:
    desk = Desk(path, is_local=is_local)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The desk behind a real port of this machine; its address, with a slash at the end."""
    place = find_place("127.0.0.1", 0)
    with open_desk(path) as desk, listen(place) as listening:
        server = uvicorn.Server(uvicorn.Config(desk.datasette.app(), log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield url_of(place, listening)
        finally:
            server.should_exit = True
            thread.join(20)
