"""Commands for those who study what the archive holds: texts, cite, freq."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from scraper.commands.stopping import stopping
from scraper.console.options import ARCHIVE, BoardName, Db, Json, Quiet, Verbose
from scraper.errors import BadConfig, Interrupted, NoArchive

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def texts(
    board: BoardName = None,
    db: Db = ARCHIVE,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read the texts of stored files (HWP, HWPX, docx, PDF, plain text), so that search finds them."""
    from scraper.archive.open import open_archive
    from scraper.console import text
    from scraper.console.progress import counted
    from scraper.desk.texts import read_texts

    def shown(files: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
        return counted(files, len(files), "files", quiet=quiet)

    if not db.exists():
        raise NoArchive(f"there is no archive at {db}: 'sinmungo crawl URL' makes one, --db names another")
    with stopping() as stop, open_archive(db, write=True) as archive:
        board_id = archive.find_board(board).id if board else None
        done = read_texts(archive, board_id, stop, shown)
        held = archive.count_statuses(board_id)
    left = held.pop("", 0)
    if as_json:
        text.print_json({"done": done, "held": held, "left": left})
    elif not quiet:
        text.say(f"{_counted(done)} now; {_counted(held)} in all{f', {left} to be read' if left else ''}")
    if stop.is_set():
        raise Interrupted(signal.SIGINT)
    if held.get("no reader"):
        raise BadConfig(f"{held['no reader']} files (HWP or PDF) could not be read: pip install '.[text]'")


def _counted(statuses: dict[str, int]) -> str:
    """3 files (2 read, 1 encrypted)"""
    total = sum(statuses.values())
    told = ", ".join(f"{count} {status}" for status, count in statuses.items())
    return f"{total} file{'' if total == 1 else 's'}{f' ({told})' if told else ''}"
