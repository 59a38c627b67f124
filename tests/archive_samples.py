"""Small hand-made values for the tests of the archive. Names and addresses are invented."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scraper.archive import Archive, open_archive
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

T0 = datetime(2026, 11, 3, 2, 10, tzinfo=UTC)
LIST_URL = "http://news.example/list.php"
SKIN = "".join(f"<tr class='line{number}'><td>머리글 {number * 7919 % 1000}</td></tr>\n" for number in range(300))


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


def body(content: bytes) -> MemoryBody:
    return MemoryBody(content, hashlib.sha256(content).hexdigest())


def board(url: str = LIST_URL, slug: str = "opinion", **more: Any) -> Board:
    return Board(
        url=url, host="news.example", slug=slug, name="달빛신문 오피니언", engine="legacy", layout={"v": 1}, **more
    )


def exchange(
    content: bytes, kind: Any = "article", url: str = "http://news.example/view.php?no=1", **more: Any
) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=euc-kr\r\nX-Name: \xc7\xd1\r\n\r\n"
    values: dict[str, Any] = {
        "ask": Ask(url, kind),
        "url": url,
        "status": 200,
        "headers": ((b"Content-Type", b"text/html; charset=euc-kr"), (b"X-Name", b"\xc7\xd1")),
        "request_head": b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n",
        "response_head": head,
        "body": body(content),
        "address": "192.0.2.7",
        "tls": None,
        "started_at": T0,
        "finished_at": at(0.01),
    }
    return Exchange(**{**values, **more})


def day(text: str) -> Stamp:
    return Stamp(datetime.fromisoformat(text).replace(tzinfo=KST), "day", text.replace("-", "."))


def row(key: str, number: int | None = None, title: str | None = None, **more: Any) -> Row:
    values: dict[str, Any] = {
        "key": key,
        "number": number,
        "title": title or f"[기고] 제목 {key}",
        "title_cut": False,
        "author": "김가상",
        "posted": day("2021-10-24"),
        "hits": 62,
        "ask": Ask(f"http://news.example/view.php?no={key}", "article"),
    }
    return Row(**{**values, **more})


def stored(key: str, name: str, sha256: str, size: int = 3, capture_id: int | None = None, **more: Any) -> StoredFile:
    attachment = Attachment(key, name, name, Ask(f"http://news.example/down.php?f={key}", "attachment"))
    return StoredFile(attachment, "stored", name, name, capture_id, sha256, size, "text/plain", **more)


def failed(key: str, name: str, state: Any = "failed", nonce: str = "") -> StoredFile:
    attachment = Attachment(key, name, name, Ask(f"http://news.example/down.php?f={key}{nonce}", "attachment"))
    return StoredFile(attachment, state, name, name, reason="HTTP 403")


def post(key: str, **more: Any) -> Post:
    values: dict[str, Any] = {
        "key": key,
        "number": None,
        "category": None,
        "title": f"[기고] 제목 {key}",
        "title_cut": False,
        "author": "김가상",
        "posted": day("2021-10-24"),
        "hits": 63,
        "url": f"http://news.example/view.php?no={key}",
        "is_notice": False,
        "is_secret": False,
        "body_text": f"지역사회보장협의체가 {key}번 글을 실었다.",
        "body_html": "<p>지역사회보장협의체가 글을 실었다.</p>",
        "fields_from_listing": ("author",),
    }
    return Post(**{**values, **more})


class World:
    """An open archive with one board and one run, and short ways to save into it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive: Archive = open_archive(path, write=True)
        self.board = self.archive.save_board(board())
        self.run = self.archive.start_run(self.board.id, T0)
        self.minute = 0.0

    def capture(self, content: bytes | None = None, kind: Any = "article", **more: Any) -> int:
        self.minute += 1
        text = f"{SKIN}{kind} {self.minute}".encode() if content is None else content
        return self.archive.save_capture(self.run, exchange(text, kind, finished_at=at(self.minute)), **more)

    def list(
        self, *rows: Row, page: int = 1, total: int | None = None, seen_at: datetime | None = None, **more: Any
    ) -> Any:
        capture = self.capture(kind="listing")
        keys = tuple(item.key for item in rows if not item.is_notice)
        numbers = [item.number for item in rows if item.number is not None]
        first, last = (numbers[0], numbers[-1]) if numbers else (None, None)
        when = seen_at or at(self.minute)
        stretch = Stretch(self.run, page, LIST_URL, capture, total, keys, first, last, when, False)
        return self.archive.save_listing(self.board.id, capture, Listing(rows, total=total, **more), stretch)

    def read(self, item: Post, *, seen_at: datetime | None = None, cause: Any = "source") -> tuple[str, int]:
        capture = self.capture(post_key=item.key)
        return self.archive.save_post(
            self.board.id,
            item,
            capture_id=capture,
            listing_capture_id=None,
            seen_at=seen_at or at(self.minute),
            parser_version="1",
            cause=cause,
        )

    def file(self, content: bytes, key: str = "1", name: str = "a.txt") -> StoredFile:
        capture = self.capture(content, "attachment", post_key="1", attachment_key=key)
        return stored(key, name, hashlib.sha256(content).hexdigest(), len(content), capture)

    def table(self, name: str) -> list[dict[str, Any]]:
        return list(self.archive.db.query(f"SELECT * FROM {name}"))

    def close(self) -> None:
        self.archive.close()
