"""Reading the texts of the files that the archive holds, so that they can be searched.

Contract: each file is one transaction; a run that is stopped goes on where it was. A file that a reader of the present
version has tried is not tried again.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from scraper.archive.store import Archive
from scraper.desk.apart import Apart
from scraper.errors import ArchiveDamaged
from scraper.filetext.read import oversized
from scraper.filetext.values import MAX_BYTES, FileText

Record = dict[str, Any]


def read_texts(
    archive: Archive,
    board_id: int | None,
    stop: threading.Event,
    shown: Callable[[list[Record]], Iterable[Record]] = iter,
) -> Counter[str]:
    """Read the files of a board (None: of all) that are due; returns how many ended in which status.

    ``shown`` passes the files on, for whoever wants to see them go by. When ``stop`` is set, the file in hand is the
    last one. A file whose stored bytes are damaged is left out and raises ArchiveDamaged at the end.
    """
    done: Counter[str] = Counter()
    damage: ArchiveDamaged | None = None
    with Apart() as apart:
        archive.remove_redacted_texts()
        for file in shown(archive.find_unread_files(board_id, apart.versions())):
            if stop.is_set():
                break
            try:
                found = _read(archive, apart, file)
            except ArchiveDamaged as error:
                damage = damage or error
                continue
            archive.save_text(
                file["blob_sha256"],
                status=found.status,
                text=found.text,
                reason=found.reason,
                reader=found.reader,
                reader_version=found.version,
                at=datetime.now(UTC),
            )
            done[found.status] += 1
    if damage is not None:
        raise damage
    return done


def _read(archive: Archive, apart: Apart, file: Record) -> FileText:
    parts = archive.read_blob(file["blob_sha256"])
    if file["size"] > MAX_BYTES:
        return oversized(next(parts), file["name"], file["mime"])
    return apart.read(b"".join(parts), file["name"], file["mime"])
