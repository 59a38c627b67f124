"""Safe text, lines, tables and questions. Results go to stdout, all else to stderr.

Scraped text is never markup: local titles are full of [기고] and [사설].
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

_KEPT = frozenset("\u200d")
"""A joiner inside emoji is harmless."""


def _steers(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co")


def _kept(letter: str) -> bool:
    return letter.isspace() or letter in _KEPT or not _steers(letter)


def safe_text(text: object, width: int | None = None) -> str:
    """Text as it may stand on one line of a terminal: no control or direction characters; cut to ``width`` columns."""
    kept = "".join(filter(_kept, str(text)))
    shown = " ".join(kept.split())
    if width is None:
        return shown
    line = Text(shown)
    line.truncate(width, overflow="ellipsis")
    return line.plain


def stdout() -> Console:
    """Where results go."""
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)


def stderr() -> Console:
    """Where everything else goes."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def say(text: str = "", style: str | None = None) -> None:
    """A line of the result. ``text`` must be ours or safe."""
    stdout().print(Text(text, style=style or ""))


def say_marked(before: str, text: str, marks: Sequence[tuple[int, int]], width: int, style: str | None = None) -> None:
    """A line of the result: ``before``, which must be safe, and ``text``, made safe and cut to ``width`` columns.

    ``marks`` are the hits in ``text``, in order: shown in colour on a terminal, otherwise between « and ».
    """
    console = stdout()
    opening, closing = ("", "") if console.is_terminal else ("«", "»")
    line, at = Text(style=style or ""), 0
    for begin, end in marks:
        line.append(_flat(text[at:begin]))
        line.append(f"{opening}{_flat(text[begin:end])}{closing}", "bold yellow")
        at = end
    line.append(_flat(text[at:]))
    line.truncate(width, overflow="ellipsis")
    console.print(Text(before, style=style or "") + line)


def _flat(text: str) -> str:
    return "".join(" " if letter.isspace() else letter for letter in text if _kept(letter))


def warn(text: str) -> None:
    """A line beside the result."""
    stderr().print(Text(text))


def fail(text: str) -> None:
    """The one sentence that a command fails with."""
    console = stderr()
    console.print(Text.assemble(("sinmungo: ", "bold red"), safe_text(text)))


def print_json(value: Any) -> None:
    """One object on stdout, nothing else."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")


def print_text(text: str) -> None:
    """A text of several lines as it is (a layout, a body): every line made safe."""
    for line in text.splitlines():
        sys.stdout.write(
            "".join(c for c in line if c == "\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")) + "\n"
        )


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[str] = ()) -> None:
    """A table; on a terminal as wide as that, otherwise tab-separated with a header."""
    console = stdout()
    if not console.is_terminal:
        sys.stdout.write("\t".join(columns) + "\n")
        for row in rows:
            sys.stdout.write("\t".join(safe_text("" if cell is None else cell) for cell in row) + "\n")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    rights = set(right)
    for column in columns:
        table.add_column(column, justify="right" if column in rights else "left", overflow="ellipsis", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(safe_text("" if cell is None else cell)) for cell in row))
    Console(file=sys.stdout, highlight=False, markup=False, emoji=False).print(table)


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for other programs, on stdout; cells are made safe."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe_text(cell) for cell in row] for row in rows)


def ask(question: str) -> bool:
    """A yes-or-no question on a terminal; no answer is no."""
    warn(f"{question} [y/N] ")
    try:
        return input().strip().lower() in ("y", "yes", "예", "네", "ㅇ")
    except EOFError:
        return False


def is_interactive() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def size(count: int) -> str:
    """Bytes for people."""
    amount = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    return ""
