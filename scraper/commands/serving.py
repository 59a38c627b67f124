"""The command that shows the archive in a browser: serve."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from scraper.commands.asked import reading
from scraper.commands.stopping import signal_exit_code, stopping
from scraper.console.options import ARCHIVE, Db, Quiet, Verbose
from scraper.errors import BadConfig

PORT = 8001


def serve(
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="0 takes any that is free.")] = PORT,
    host: Annotated[str, typer.Option("--host", help="The address of this machine to listen on.")] = "127.0.0.1",
    allow_others: Annotated[
        bool,
        typer.Option("--allow-others", help="Let other machines read the whole archive; there is no password."),
    ] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser of this machine.")] = False,
    db: Db = ARCHIVE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Look at the archive in a browser: search, articles with their versions, tables, SQL. It reads only."""
    import threading
    import webbrowser

    from scraper.console import text
    from scraper.desk.serve.listen import find_place, listen, url_of

    if any(find_spec(name) is None for name in ("datasette", "uvicorn")):
        raise BadConfig("serve needs Datasette: pip install '.[serve]'")
    place = find_place(host, port)
    if not place.is_loopback and not allow_others:
        raise BadConfig(
            f"--host {host} would let every machine that reaches this one read the whole archive, without a password: "
            "add --allow-others if that is meant"
        )
    with reading(db) as archive, stopping(), listen(place) as listening:
        from scraper.desk.serve.app import run_desk

        url = url_of(place, listening)
        if not place.is_loopback:
            text.warn(f"{host}: every machine that reaches this one can now read all of {db}: there is no password")
        if not quiet:
            text.say(text.safe_text(f"{db} is served at {url} (Ctrl-C ends it)"))
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
        run_desk(archive, listening, is_local=place.is_loopback)
    raise typer.Exit(signal_exit_code())
