"""What the desk adds to Datasette, as a plugin: pages, links to them, the front, the look, headers of every answer.

Contract: a Datasette without an ArchiveDatabase is left as it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from datasette.app import Datasette
from datasette.utils.asgi import Request
from markupsafe import Markup
from pluggy import HookimplMarker

from scraper.archive.snippets import marks
from scraper.archive.views import VIEWS
from scraper.archive.window import OPEN_TABLES
from scraper.desk.serve.database import NAME, archive_of
from scraper.desk.serve.pages import ROUTES
from scraper.desk.serve.policy import guarded, is_local_name
from scraper.desk.serve.queries import BOARDS, NEWEST, QUERIES
from scraper.desk.serve.words import language_of, words_in

hookimpl = HookimplMarker("datasette")

STATIC = "-/desk"

_STRANGER = "This desk answers to the names of its own machine only: open it at http://127.0.0.1 with its port.\n"


@hookimpl
def register_routes() -> list[Any]:
    """The article, its files, its originals."""
    return list(ROUTES)


@hookimpl
def permission_allowed(datasette: Datasette, action: str, resource: Any) -> bool | None:
    """What the window keeps closed has no page either."""
    if action != "view-table" or archive_of(datasette) is None or resource[0] != NAME:
        return None
    return None if resource[1] in VIEWS or resource[1] in OPEN_TABLES else False


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """What our templates need."""
    env.filters["parted_by_hits"] = parted_by_hits


def parted_by_hits(text: object, words: str) -> list[tuple[bool, str]]:
    """``text`` in pieces, and whether each is a hit of the search for ``words``."""
    whole, end = str(text), 0
    pieces = []
    for begin, after in marks(whole, words):
        pieces += [(False, whole[end:begin]), (True, whole[begin:after])]
        end = after
    return [piece for piece in [*pieces, (False, whole[end:])] if piece[1]]


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    """Our look, after Datasette's own."""
    return [f"/{STATIC}/desk.css"] if archive_of(datasette) else []


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None, view_name: str) -> Any:
    """Words for every page; the front shows the boards and the newest articles, too."""

    async def front() -> dict[str, Any]:
        database = archive_of(datasette)
        if database is None:
            return {}
        language = language_of(request.headers.get("accept-language", "") if request else "")
        said = {"t": words_in(language), "language": language}
        if view_name != "index":
            return said
        return {
            **said,
            "boards": (await database.execute(BOARDS)).rows,
            "newest": (await database.execute(NEWEST)).rows,
            "queries": [(name, query["title"]) for name, query in QUERIES.items() if name != "search"],
        }

    return front


@hookimpl
def render_cell(row: Any, value: Any, column: str, database: str, datasette: Datasette) -> Markup | None:
    """Titles lead to the article page, names of files to the file."""
    held = dict(row)
    if database != NAME or archive_of(datasette) is None or value is None or held.get("post_id") is None:
        return None
    if column in ("title", "post_id"):
        return _link(f"/-/article/{held['post_id']}", value)
    if column == "name" and held.get("blob_sha256") is not None:
        return _link(f"/-/article/{held['post_id']}/file/{held['blob_sha256']}?name={quote(str(value))}", value)
    return None


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """Every answer gets our headers; a stranger's name for this machine gets none."""

    def wrap(app: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        async def guard(scope: dict[str, Any], receive: Any, send: Any) -> None:
            database = archive_of(datasette)
            if scope["type"] != "http" or database is None:
                await app(scope, receive, send)
                return

            async def send_guarded(message: dict[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": guarded(map(tuple, message.get("headers", [])))}
                await send(message)

            host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
            if database.is_local and not is_local_name(host):
                head = {"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]}
                await send_guarded(head)
                await send({"type": "http.response.body", "body": _STRANGER.encode("ascii")})
                return
            await app(scope, receive, send_guarded)

        return guard

    return wrap


def _link(address: str, text: object) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)
