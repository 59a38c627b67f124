"""Columns in any order, with strange ones among them and without those that a board can do without.

Every skin that has columns is drawn so, and both its list rows and the archive must equal the board.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sync_world import World, world

from scraper.archive import open_archive
from scraper.fakeboard.traits import TRAITS
from scraper.models import Listing, Stamp
from scraper.page.layout import layout_from
from scraper.sync.judge import judge_listing


@dataclass(frozen=True)
class Columns:
    """The columns that a skin can draw, by what they hold; ``spare`` may be left out: the view tells it, or nobody
    needs it."""

    title: str
    author: str
    date: str
    hits: str | None = None
    number: str | None = None
    strange: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def all(self) -> list[str]:
        own = (self.number, self.title, self.author, self.date, self.hits, *self.strange)
        return [name for name in own if name is not None]

    def shuffled(self, seed: str, *, drop: bool) -> tuple[str, ...]:
        rng = Random(seed)
        kept = [name for name in self.all if not (drop and name in self.spare and rng.random() < 0.6)]
        rng.shuffle(kept)
        return tuple(kept)


TABLES: dict[str, Columns] = {
    "legacy": Columns("subject", "name", "date", "hit", "no", ("vote", "file", "source"), ("no", "name", "vote")),
    "gnuboard5": Columns(
        "title", "name", "date", "hit", "num", ("good", "nogood", "file", "extra"),
        ("num", "name", "hit", "good", "file"),
    ),
    "gnuboard4": Columns(
        "subject", "name", "datetime", "hit", "num", ("good", "extra"), ("num", "name", "hit", "good")
    ),
    "zeroboard4": Columns(
        "subject", "name", "date", "hit", "no", ("vote", "weather"), ("no", "name", "hit", "vote")
    ),
    "rhymix": Columns(
        "title", "author", "time", "readNum", "no", ("voteNum", "lastUpdate", "lastPost", "extra"),
        ("no", "author", "readNum", "voteNum", "lastPost"),
    ),
    "xe": Columns(
        "title", "author", "time", "readNum", "no", ("voteNum", "lastUpdate", "extra"),
        ("no", "author", "readNum", "voteNum"),
    ),
    "kboard": Columns(
        "title", "user", "date", "view", "uid", ("vote", "extra"), ("uid", "user", "view", "vote")
    ),
    "egov": Columns("title", "author", "date", "hits", "no", ("file", "period", "state"), ("no", "author", "file")),
    "k2web": Columns("title", "author", "date", "hits", "no", ("file", "votes"), ("no", "author", "file")),
    "ybscript": Columns("title", "author", "date", "hits", "no", ("file", "call"), ("no", "author", "hits", "call")),
    "siiru": Columns("subject", "writer", "date", "hit", "num", ("file", "state"), ("num", "writer", "file")),
    "korcham": Columns("title", "author", "date", "hits", "no", ("file",), ("no", "author", "file")),
}  # fmt: skip

BYLINES: dict[str, list[tuple[str, ...]]] = {
    "ndsoft": [("author", "date"), ("section", "sub", "author", "date")],
    "sub_read": [("author", "date"), ("section", "author", "date")],
    "mediaon": [("date", "section", "author"), ("author", "date"), ("section", "date", "author")],
}
"""Names without any header: the person's is the last before the date, unless classes tell."""

BARE: list[tuple[str, ...]] = [
    ("no", "subject", "date", "hit", "name"),
    ("no", "subject", "hit", "date", "name"),
    ("no", "date", "subject", "name", "hit"),
    ("date", "no", "file", "subject", "name", "hit"),
    ("no", "subject", "name", "source", "date", "vote", "hit"),
    ("no", "file", "subject", "name", "vote", "date", "hit"),
    ("subject", "name", "file", "hit", "date"),
    ("source", "no", "subject", "date", "hit"),
    ("subject", "date", "hit"),
]
"""Orders that can be told by what the cells hold: the number left of the title, hits the last number behind the date,
the author the first words behind the title."""

CASES = [
    (skin, columns.shuffled(f"{skin}/{seed}", drop=drop), {})
    for skin, columns in TABLES.items()
    for drop in (False, True)
    for seed in (1, 2)
]
CASES += [("legacy", order, {"variant": "bare"}) for order in BARE]
CASES += [
    ("rhymix", TABLES["rhymix"].shuffled("sketchbook5", drop=drop), {"variant": "sketchbook5"})
    for drop in (False, True)
]


def test_every_skin_with_columns_is_shuffled() -> None:
    with_columns = {skin for skin, traits in TRAITS.items() if traits.columns} | {"gnuboard5"}
    assert with_columns == TABLES.keys() | BYLINES.keys()
    for skin, columns in TABLES.items():
        assert set(TRAITS[skin].columns) <= set(columns.all), skin
        drawn = [order for name, order, options in CASES if name == skin and not options]
        assert any(set(columns.strange) <= set(order) for order in drawn), f"{skin}: no order with strange columns"
        assert any(set(columns.spare) - set(order) for order in drawn), f"{skin}: no order without spare columns"
        assert any(list(order) != sorted(order, key=columns.all.index) for order in drawn), f"{skin}: never shuffled"


def name_of(case: Any) -> str:
    return "-".join([case[0], *case[2].values(), *case[1]])


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_columns_in_any_order_change_no_value(
    case: tuple[str, tuple[str, ...], dict[str, Any]], tmp_path: Path
) -> None:
    skin, order, options = case
    with world(tmp_path, skin, posts=18, page_size=7, columns=order, **options) as day:
        tell_all(day, TABLES[skin], order)
        hits = {str(post.id): post.hits for post in day.board.posts()}
        run = day.sync()
        assert (run.outcome, run.exit_code) == ("ok", 0), (run.message, day.told.said)
        day.check()
        wrong = [text for listing in listings(day) for text in differences(day, listing, TABLES[skin], order, hits)]
        assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("skin", "order"), [(skin, order) for skin, orders in BYLINES.items() for order in orders], ids=str
)
def test_the_parts_of_a_byline_in_another_order_change_no_value(
    skin: str, order: tuple[str, ...], tmp_path: Path
) -> None:
    columns = Columns("title", "author", "date")
    with world(tmp_path, skin, posts=18, page_size=7, columns=order) as day:
        assert day.sync().exit_code == 0, day.told.said
        day.check()
        wrong = [text for each in listings(day) for text in differences(day, each, columns, ("title", *order), {})]
        assert not wrong, "\n".join(wrong)


def tell_all(day: World, columns: Columns, order: Sequence[str]) -> None:
    """A secret post is known by its row only, a notice often by what stands in place of its number."""
    for post in day.board.posts():
        post.secret = post.secret and {columns.author, columns.date, columns.hits} <= set(order)
        post.notice = post.notice and columns.number in order


def listings(day: World) -> list[Listing]:
    """The list pages as they were kept, read again."""
    with open_archive(day.db, write=False) as archive:
        board = archive.find_boards()[0]
        layout = layout_from(board.layout, "test")
        ids = day.rows("SELECT id FROM captures WHERE kind = 'listing' AND status = 200")
        return [judge_listing(archive.find_page(row["id"]), layout)[0] for row in ids]


def differences(
    day: World, listing: Listing, columns: Columns, order: Sequence[str], hits: dict[str, int]
) -> list[str]:
    """What the rows of one page say that the board does not. A field without its column is nowhere."""
    assert listing.rows or listing.is_empty
    found: list[str] = []
    for row in listing.rows:
        post = day.board.find(int(row.key))
        right = {
            "title": post.secret or is_start(row.title, post.title),
            "author": is_start(row.author, post.author) if columns.author in order else row.author is None,
            "date": is_day(row.posted, post.at.strftime("%Y-%m-%d")) if columns.date in order else row.posted is None,
            "hits": is_near(row.hits, hits[row.key]) if columns.hits in order else row.hits is None,
            "number": (row.number is not None or row.is_notice or post.parent is not None)
            if columns.number in order
            else row.number is None,
        }
        found += [f"{row.key}: {name}: {row}" for name, is_right in right.items() if not is_right]
    return found


def is_near(hits: int | None, before: int) -> bool:
    """Whether hits are what they were, but for a look at the post before the board was added."""
    return hits is not None and 0 <= hits - before <= 2


def is_start(text: str | None, whole: str) -> bool:
    """Whether it is the text, which a list may cut short."""
    plain = " ".join((text or "").split()).rstrip("….\ufffd")
    return bool(plain) and " ".join(whole.split()).startswith(plain)


def is_day(stamp: Stamp | None, day: str) -> bool:
    """Whether it is that day, which a list may print without its year."""
    if stamp is None:
        return False
    return stamp.date == day if stamp.at else re.findall(r"\d+", stamp.raw)[:2] == day.split("-")[1:]
