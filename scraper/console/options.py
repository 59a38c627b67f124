"""The options and arguments that commands share, each in one place. Commands declare those they take."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

ARCHIVE = Path("archive.db")
Db = Annotated[Path, typer.Option("--db", envvar="SINMUNGO_DB", help="The archive, one SQLite file.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing when all is well.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show the traceback of a bug.")]
Delay = Annotated[
    float | None,
    typer.Option(
        "--delay", help="Seconds between two requests to a host (2 unless set; under 1 only on private addresses)."
    ),
]
Connections = Annotated[
    int,
    typer.Option(
        "--connections",
        help="At most so many requests at once to a host; one is made at a time (over 1 only on private addresses).",
    ),
]
Contact = Annotated[
    str | None,
    typer.Option("--contact", envvar="SINMUNGO_CONTACT", help="Your address, told to the sites in the User-Agent."),
]
Private = Annotated[bool, typer.Option("--allow-private", help="The board stands on a loopback or private address.")]
Recheck = Annotated[
    str | None,
    typer.Option(
        "--recheck",
        metavar="AGE|all",
        help="Read articles and files again that were last read longer ago: 36h, 7d, 4w or all.",
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Read at most so many articles.")]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], help="Only articles posted on this day or later (KST)."),
]
Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], help="Only articles posted on this day or earlier (KST)."),
]
Confirm = Annotated[
    bool,
    typer.Option("--confirm", help="Accept that suspiciously many posts vanished, or read differently, at once."),
]
HoldShare = Annotated[
    float,
    typer.Option(
        "--hold-share",
        metavar="PERCENT",
        min=0,
        max=100,
        help="Hold back when more of a board's posts than this vanish at once (and at least 5).",
    ),
]
BoardName = Annotated[
    str | None, typer.Argument(metavar="[BOARD]", help="A board's short name or address.", show_default=False)
]
PostName = Annotated[
    str, typer.Argument(metavar="POST", help="BOARD/KEY, or the key alone when no other board has it.")
]
MaxRequests = Annotated[
    int | None, typer.Option("--max-requests", min=1, help="Budget of each host; later runs go on from there.")
]
MaxMinutes = Annotated[
    float | None, typer.Option("--max-minutes", min=0.01, help="Budget of each host; later runs go on from there.")
]
PingUrl = Annotated[
    str | None,
    typer.Option(
        "--ping-url",
        envvar="SINMUNGO_PING_URL",
        help="Ask for URL/start now, and for URL (or URL/CODE) at the end: for a service that watches cron jobs.",
    ),
]
MaxAge = Annotated[
    str | None,
    typer.Option("--max-age", metavar="AGE", help="End with 3 when a board was not brought up to date for 36h, 2d …"),
]
SilenceFails = Annotated[
    bool, typer.Option("--silence-fails", help="End with 3 when a board is improbably silent for its own rhythm.")
]
Simulate = Annotated[
    bool, typer.Option("--simulate", help="Tell what it would cost, from what is known; ask and write nothing.")
]
