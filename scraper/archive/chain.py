"""The hash chain over captures: each entry covers its own columns and the hash of the one before.

Contract: pure. Ids run 1, 2, 3 … without a gap; ``outcome`` is not covered (it is set later). An edit, a deletion, an
insertion or another order anywhere shows at the first entry that no longer fits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scraper.archive.values import canonical

_UNCOVERED = frozenset({"entry_hash", "outcome"})


def genesis(archive_id: str) -> str:
    """What the first capture of an archive names as the entry before it."""
    return hashlib.sha256(f"sinmungo captures {archive_id}".encode()).hexdigest()


def entry_hash(capture: Mapping[str, Any]) -> str:
    """Over every covered column that is not NULL; ``prev_hash`` is one of them."""
    covered = {name: value for name, value in capture.items() if value is not None and name not in _UNCOVERED}
    return hashlib.sha256(canonical(covered)).hexdigest()


def breaks(captures: Iterable[Mapping[str, Any]], start: str) -> Iterator[tuple[int, str]]:
    """(capture id, problem) wherever the chain does not hold; one edit is one break."""
    expected, before = start, 0
    for capture in captures:
        number = capture["id"]
        yield from ((lost, "missing from the chain") for lost in range(before + 1, number))
        if entry_hash(capture) != capture["entry_hash"]:
            yield number, "its columns do not match its entry hash"
        if number == before + 1 and capture["prev_hash"] != expected:
            yield number, "does not follow the entry before it"
        expected, before = capture["entry_hash"], number
