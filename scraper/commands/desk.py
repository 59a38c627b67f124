"""Commands for those who read the archive elsewhere: export."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scraper.commands.asked import day_of, days_of, reading
from scraper.console.options import ARCHIVE, Db, Json, Quiet, Since, Until, Verbose
from scraper.errors import BadConfig, DamageFound

if TYPE_CHECKING:
    from scraper.archive.released import Released
    from scraper.archive.store import Archive
    from scraper.desk.tables import Writer

_FORMATS = ("csv", "jsonl", "xlsx", "parquet")


def export(
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE|FOLDER", help="The file to write; its ending is the format."),
    ],
    view: Annotated[
        str | None,
        typer.Option("--view", help="Which view: docs/codebook.md tells what each holds.  [default: articles]"),
    ] = None,
    attachments: Annotated[
        bool, typer.Option("--attachments", help="The attached files themselves, into the new folder --out.")
    ] = False,
    images: Annotated[bool, typer.Option("--images", help="With --attachments: also the images inside texts.")] = False,
    form: Annotated[
        str | None, typer.Option("--format", metavar="|".join(_FORMATS), help="Unless the file's ending says it.")
    ] = None,
    board: Annotated[str | None, typer.Option("--board", help="Only this board: its short name or address.")] = None,
    since: Since = None,
    until: Until = None,
    author: Annotated[str | None, typer.Option("--author", help="Only this author, as the board writes it.")] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Articles as they were held at the end of this day (KST)."),
    ] = None,
    layout: Annotated[
        str | None, typer.Option("--layout", metavar="bigkinds", help="The columns of a BigKinds download.")
    ] = None,
    no_bom: Annotated[bool, typer.Option("--no-bom", help="CSV without the mark that Excel knows UTF-8 by.")] = False,
    excel_safe: Annotated[
        bool, typer.Option("--excel-safe", help="CSV with an apostrophe before what Excel would take for a formula.")
    ] = False,
    db: Db = ARCHIVE,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write a view as CSV, JSON lines, Excel or Parquet, or the attached files into a folder with manifest.csv."""
    from scraper.archive.released import Released, Wanted
    from scraper.commands.stopping import ending
    from scraper.console import text
    from scraper.console.progress import counted
    from scraper.desk import bigkinds
    from scraper.desk.output import replacing
    from scraper.sync.said import many

    files_only = {"--images": images}
    views_only = {"--view": view, "--format": form, "--layout": layout, "--as-of": as_of}
    for name, given in (views_only if attachments else files_only).items():
        if given:
            raise BadConfig(f"{name} has no meaning {'with' if attachments else 'without'} --attachments")
    view = "attachment_files" if attachments else view or "articles"
    if layout not in (None, "bigkinds"):
        raise BadConfig(f"--layout {layout}: there is only bigkinds")
    if layout and view != "articles":
        raise BadConfig(f"--layout bigkinds has no meaning for {view}: it is made of articles")
    first, last = days_of(since, until)
    write = _writer("csv" if attachments else _format_of(out, form), no_bom, excel_safe)
    with reading(db) as archive, ending("nothing was written"):
        slug = archive.find_board(board).slug if board else None
        wanted = Wanted(slug, first, last, author, day_of(as_of))
        with archive.released(view, wanted) as found:
            rows = counted(found.rows, found.total, out.name, quiet=quiet)
            if attachments:
                told = _write_files(out, db, archive, Released(found.columns, found.total, rows), images, write)
            else:
                with replacing(out, db) as part:
                    columns = bigkinds.COLUMNS if layout else found.columns
                    remarks = write(part, columns, bigkinds.in_bigkinds(found.columns, rows) if layout else rows)
                told = {"out": str(out), "view": view, "rows": found.total, "remarks": remarks}
    for remark in told["remarks"]:
        text.warn(text.safe_text(f"{out}: {remark}"))
    if as_json:
        text.print_json(told)
    elif not quiet:
        if attachments:
            held = f"{many(told['files'], 'file')}, {text.size(told['bytes'])}"
        else:
            held = f"{many(told['rows'], 'row')} of {view}"
        text.say(text.safe_text(f"{out}: {held}"))
    if attachments and told["remarks"]:
        damaged = many(len(told["remarks"]), "file is", "files are")
        raise DamageFound(f"{db}: {damaged} damaged and left out; run 'sinmungo verify --data'")


def _write_files(out: Path, db: Path, archive: Archive, found: Released, images: bool, write: Writer) -> dict[str, Any]:
    from scraper.desk.attachments import COLUMNS, MANIFEST, Written, write_files
    from scraper.desk.output import assembling

    written = Written()
    with assembling(out, db) as part:
        kinds = {"file", "inline"} if images else {"file"}
        write(part / MANIFEST, COLUMNS, write_files(part, archive, found, kinds, written))
    return {"out": str(out), "files": written.files, "bytes": written.bytes, "remarks": written.damaged}


def _format_of(out: Path, form: str | None) -> str:
    wanted = form or out.suffix.lower().removeprefix(".")
    if wanted not in _FORMATS:
        told = f"--format {form}" if form else f"{out}: its ending names no format"
        raise BadConfig(f"{told}: there are {', '.join(_FORMATS)}")
    return wanted


def _writer(form: str, no_bom: bool, excel_safe: bool) -> Writer:
    from scraper.desk import tables

    if form != "csv" and (no_bom or excel_safe):
        raise BadConfig(f"{'--no-bom' if no_bom else '--excel-safe'} has no meaning for {form}: it is for csv")
    others = {"jsonl": tables.write_jsonl, "xlsx": tables.write_xlsx, "parquet": tables.write_parquet}
    return others[form] if form in others else tables.csv_writer(bom=not no_bom, excel_safe=excel_safe)
