"""The pages that Datasette does not have: an article, its files, and the page it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from scraper.archive import Archive
from scraper.desk.serve import article, policy
from scraper.desk.serve.database import ArchiveDatabase, archive_of
from scraper.errors import Undecodable
from scraper.korean.disposition import write_disposition
from scraper.page.still import still

_NO_POST = "글이 없습니다. · No such article."
_NO_FILE = "보관된 파일이 없습니다. · No such file is held."
_NO_ORIGINAL = "보관된 원본이 없습니다. · No page is held for this version."


async def article_page(datasette: Datasette, request: Request) -> Response:
    """/-/article/POST_ID"""
    database = _database(datasette)
    post_id = int(request.url_vars["post"])

    def read(archive: Archive) -> article.Shown:
        post, versions = _held(archive, post_id)
        return article.shown(post, versions, archive.find_hits(post_id))

    shown = await database.read(read)
    context = {"shown": shown, "post": shown.post}
    page = await datasette.render_template("sinmungo_article.html", context, request=request, view_name="article")
    return Response.html(page)


async def original_page(datasette: Datasette, request: Request) -> Response:
    """/-/article/POST_ID/original/VERSION: what the site sent, at rest; as a file with ?bytes=1."""
    database = _database(datasette)
    post_id, number = int(request.url_vars["post"]), int(request.url_vars["version"])

    def read(archive: Archive) -> Response | FileAnswer:
        _, versions = _held(archive, post_id)
        capture_id = next((each["article_capture_id"] for each in versions if each["version"] == number), None)
        if capture_id is None:
            raise NotFound(_NO_ORIGINAL)
        if request.args.get("bytes"):
            capture = archive.find_capture(capture_id)
            name = f"{post_id}-{number}.html"
            return FileAnswer(database, capture.body_sha256, capture.body_size, name)
        page = archive.find_page(capture_id)
        try:
            shown = still(page)
        except Undecodable as error:
            shown = f"<!DOCTYPE html><p>{error.__class__.__name__}</p>"
        return Response.html(shown, headers={"content-security-policy": policy.ORIGINAL})

    return await database.read(read)


async def file_page(datasette: Datasette, request: Request) -> FileAnswer:
    """/-/article/POST_ID/file/SHA256?name=: a file that the post has or had, to be saved under its name."""
    database = _database(datasette)
    post_id, sha256 = int(request.url_vars["post"]), request.url_vars["sha256"]

    def read(archive: Archive) -> str | None:
        post, versions = _held(archive, post_id)
        return article.find_name(post, versions, sha256, request.args.get("name"))

    name = await database.read(read)
    if name is None:
        raise NotFound(_NO_FILE)
    return FileAnswer(database, sha256, None, name)


ROUTES = (
    (r"^/-/article/(?P<post>\d{1,18})$", article_page),
    (r"^/-/article/(?P<post>\d{1,18})/original/(?P<version>\d{1,18})$", original_page),
    (r"^/-/article/(?P<post>\d{1,18})/file/(?P<sha256>[0-9a-f]{64})$", file_page),
)


@dataclass
class FileAnswer:
    """An answer that is a file: sent part by part, saved by the browser, never opened in place."""

    database: ArchiveDatabase
    sha256: str
    size: int | None
    name: str

    async def asgi_send(self, send: Any) -> None:
        """A part goes when the next one was read: a bad file is not sent, or the connection breaks before its end."""
        parts: Iterator[bytes] = self.database.archive.read_blob(self.sha256)
        part = await self.database.read(lambda _: next(parts, b""))
        following = await self.database.read(lambda _: next(parts, b""))
        headers = {
            "content-type": policy.media_type(part),
            "content-disposition": write_disposition(self.name),
            "content-security-policy": policy.FILE,
        }
        if self.size is not None:
            headers["content-length"] = str(self.size)
        raw = [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        while part:
            await send({"type": "http.response.body", "body": part, "more_body": True})
            part, following = following, await self.database.read(lambda _: next(parts, b""))
        await send({"type": "http.response.body", "body": b""})


def _database(datasette: Datasette) -> ArchiveDatabase:
    database = archive_of(datasette)
    if database is None:
        raise NotFound(_NO_POST)
    return database


def _held(archive: Archive, post_id: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A post and its versions. NotFound for one that is not there or must not be shown."""
    post = archive.find_post(None, post_id)
    if post is None or post["state"] == "redacted":
        raise NotFound(_NO_POST)
    return post, archive.find_versions(post_id)
