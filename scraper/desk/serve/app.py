"""Making the Datasette that serves an archive, and running it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from scraper.archive import Archive
from scraper.desk.codebook import datasette_metadata
from scraper.desk.serve import plugin
from scraper.desk.serve.database import NAME, ArchiveDatabase
from scraper.desk.serve.listen import Listening
from scraper.desk.serve.queries import canned_queries

_HERE = Path(__file__).parent
_SETTINGS: dict[str, Any] = {
    "sql_time_limit_ms": 10_000,
    "facet_time_limit_ms": 1_000,
    "truncate_cells_html": 160,
    "default_page_size": 50,
    "allow_download": False,
    "template_debug": False,
    "trace_debug": False,
}


def make_desk(archive: Archive, *, is_local: bool = True) -> Datasette:
    """Datasette on ``archive``, which stays open as long as it is served. SQL of readers only where ``is_local``."""
    if not pm.is_registered(plugin):
        pm.register(plugin)
    pm.get_plugin("datasette.handle_exception").rich = None  # it would print every 404 with all local variables
    desk = Datasette(
        metadata=metadata(),
        settings={**_SETTINGS, "default_allow_sql": is_local},
        template_dir=str(_HERE / "templates"),
        static_mounts=[(plugin.STATIC, str(_HERE / "static"))],
    )
    desk.remove_database("_memory")
    desk.add_database(ArchiveDatabase(desk, archive, is_local=is_local), name=NAME)
    return desk


def metadata() -> dict[str, Any]:
    """Datasette's metadata for the archive: the codebook, and the canned queries."""
    found = datasette_metadata(NAME)
    found["databases"][NAME]["queries"] = canned_queries()
    return found


def close_desk(desk: Datasette) -> None:
    """Give back threads and connections."""
    desk.executor.shutdown()
    for database in desk.databases.values():
        database.close()


def run_desk(archive: Archive, listening: Listening, *, is_local: bool) -> None:
    """Answer on ``listening`` until a signal comes."""
    desk = make_desk(archive, is_local=is_local)
    try:
        config = uvicorn.Config(
            desk.app(), log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2
        )
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        close_desk(desk)
