"""The archive as a database of Datasette's: through the window only, whatever Datasette would like to do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.sqlite import sqlite3
from datasette.views.base import DatasetteError

from scraper.archive import Archive
from scraper.archive.window import connect_window
from scraper.desk.serve.queries import SEARCHES, objection
from scraper.errors import SinmungoError

NAME = "archive"
"""What the database is called in addresses, whatever its file is called."""

Answer = TypeVar("Answer")


class ArchiveDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """``archive`` is what the article page reads from; ``is_local`` tells that only this machine reaches the desk."""

    def __init__(self, datasette: Datasette, archive: Archive, *, is_local: bool) -> None:
        super().__init__(datasette, str(archive.path), is_mutable=True)
        self.archive = archive
        self.is_local = is_local

    def connect(self, write: bool = False) -> Any:
        """Always a read-only connection; in WAL mode it sees what a run commits meanwhile."""
        connection = connect_window(self.archive.path)
        self._all_file_connections.append(connection)
        return connection

    async def execute(self, sql: str, params: Any = None, *args: Any, **options: Any) -> Any:
        """As Datasette does. A search for what is no word fails with a sentence, on its page and as JSON."""
        told = objection(str(params.get("words") or "")) if sql in SEARCHES and params else None
        if told is not None:
            raise sqlite3.OperationalError(told)
        return await super().execute(sql, params, *args, **options)

    async def table_names(self) -> list[str]:
        """None: the views are what is released."""
        return []

    async def read(self, read: Callable[[Archive], Answer]) -> Answer:
        """What ``read`` makes of the archive, in a thread of its own: the server goes on meanwhile.

        DatasetteError with the sentence of whatever is wrong with the archive.
        """
        try:
            answer: Answer = await self.execute_fn(lambda _: read(self.archive))
        except SinmungoError as error:
            raise DatasetteError(str(error), title="sinmungo", status=500) from error
        return answer


def archive_of(datasette: Datasette) -> ArchiveDatabase | None:
    """Ours; None for a Datasette that somebody else made in this process."""
    found = datasette.databases.get(NAME)
    return found if isinstance(found, ArchiveDatabase) else None
