"""A month that counts as wholly fetched holds every post that the board has in it, whatever broke off before.

But for replies: they stand under their thread, however late they came.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from sync_world import World, world

from scraper.archive.months import PAGES_SQL, POSTS_SQL, Month, months_of
from scraper.archive.open import open_archive
from scraper.fakeboard import Fault


def broken_after(pages: int) -> Callable[[str, str], Fault | None]:
    """A site whose list fails after so many pages."""
    seen: list[str] = []

    def fault(method: str, path: str) -> Fault | None:
        if not re.search(r"list\.php|board\.php\?bo_table=\w+(&page=\d+)?$", path):
            return None
        seen.append(path)
        return Fault("status:404") if len(seen) > pages else None

    return fault


def months(made: World, *, by_pages: bool = False) -> list[Month]:
    """``by_pages``: as if no walk had found its end, from the pages alone."""
    today = made.board.clock.korea().date()
    with open_archive(made.db, write=False) as archive:
        if not by_pages:
            return archive.find_months("opinion", today)
        with archive.snapshot() as find:
            counts, pages = (find(sql, {"board": "opinion"}) for sql in (POSTS_SQL, PAGES_SQL))
            return months_of(counts, [{**page, "is_last": 0} for page in pages], today)


def test_whole_months_are_whole(tmp_path: Path, full: bool) -> None:
    told = Counter[str]()
    for seed in range(8 if full else 2):
        skin = ("legacy", "gnuboard5")[seed % 2]  # the second lists older posts without the year
        told += lived(tmp_path / f"{seed}", skin, Random(seed), seed, 20 if full else 5)
    assert told["whole"]
    assert told["part"]
    assert told["never"]


def lived(folder: Path, skin: str, rng: Random, seed: int, nights: int) -> Counter[str]:
    """How the months were told after each night, whose walk may break off; at the end one goes through."""
    told = Counter[str]()
    folder.mkdir()
    with world(folder, skin, 60, seed=seed, page_size=6) as made:
        for _ in range(nights):
            made.site.faults = broken_after(rng.choice((1, 2, 4, 7, 99)))
            made.sync()
            truth = Counter(post.at.strftime("%Y-%m") for post in made.board.posts() if post.parent is None)
            for month in months(made, by_pages=True):
                told[month.fetched] += 1
                assert month.fetched != "whole" or month.posts >= truth[month.month], (month, truth[month.month])
            made.board.clock.advance(timedelta(days=rng.choice((1, 20, 70))))
            for _ in range(rng.choice((0, 3, 15))):
                made.board.post()
            made.board.delete(rng.choice(made.board.ids()))
        made.site.faults = None
        made.sync()
        undated = made.rows("SELECT key FROM posts WHERE posted_date IS NULL")
        closed = {"whole", "part"} if undated else {"whole"}
        assert {month.fetched for month in months(made)} <= closed, "a run that goes through closes every hole"
    return told
