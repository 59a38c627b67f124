"""The pages of boards that engines read, read without any engine: what is said surely is right, and most are whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fixture_cases import Case, find_cases

from scraper.models import SURE
from scraper.page.detect import detect
from scraper.page.document import parse
from scraper.page.show import shown

FEWEST_ROWS = 3
CASES = {case.name: case for case in find_cases() if case.folder.parent.name != "strangers"}
TRAPS = {
    "gnuboard5-gallery/list-mobile": "a writer is called 조회 7",
    "rhymix-sketchbook5/list-board-column": "only its style sheet hides the preview in a title",
}
"""Where a page alone cannot tell, and why."""


def told(name: str, part: str) -> dict[str, Any]:
    found: dict[str, Any] = (CASES[name].expected() or {}).get(part) or {}
    return found


LISTS = [name for name in CASES if len(told(name, "listing").get("rows", [])) >= FEWEST_ROWS]
POSTS = [name for name in CASES if told(name, "article")]


def read(case: Case) -> dict[str, Any]:
    page = case.page
    document = parse(page)
    return shown(document, detect(document, (), page.seen_at), page.url)


def wrong_in_rows(rows: list[dict[str, Any]], true: list[dict[str, Any]]) -> Iterator[str]:
    """Values of rows that are not those of the post; what is left out is not wrong."""
    known = {row["key"]: row for row in true} | {row["title"]: row for row in true}
    for row in rows:
        other = known.get(row["key"]) or known.get(row["title"])
        if other is None:
            yield f"no such row: {row['title']}"
            continue
        for field in ("title", "author", "hits", "number"):
            if row[field] is not None and row[field] != other[field]:
                yield f"{field} {row[field]!r}, not {other[field]!r}"
        if row["posted"] is not None and row["posted"][:10] != (other["posted"] or "")[:10]:
            yield f"date {row['posted']}, not {other['posted']}"


def lacking(article: dict[str, Any], true: dict[str, Any]) -> Iterator[str]:
    """The fields of a post that are not read as the engine reads them."""
    for field in ("title", "author", "hits", "body_text"):
        if "".join(str(article[field]).split()) != "".join(str(true[field]).split()):
            yield field
    if (article["posted"] or "")[:10] != (true["posted"] or "")[:10]:
        yield "date"
    names = [sorted(each["name"] for each in one["attachments"] if each["kind"] == "file") for one in (article, true)]
    if names[0] != names[1]:
        yield "files"


@pytest.mark.parametrize("name", [name for name in LISTS if name not in TRAPS])
def test_what_is_surely_read_of_a_list_is_right(name: str) -> None:
    found = read(CASES[name])
    if found["confidence"] >= SURE and CASES[name].page.status == 200:
        assert found["kind"] == "listing"
        assert list(wrong_in_rows(found["listing"]["rows"], told(name, "listing")["rows"])) == []


def test_most_posts_are_whole_and_none_is_surely_wrong() -> None:
    found = {name: read(CASES[name]) for name in POSTS}
    bad = {
        name: list(lacking(each["article"], told(name, "article"))) if each["article"] else [each["kind"]]
        for name, each in found.items()
    }
    assert [name for name in POSTS if bad[name] and found[name]["confidence"] >= SURE] == []
    assert sum(not each for each in bad.values()) * 6 >= len(POSTS) * 5
