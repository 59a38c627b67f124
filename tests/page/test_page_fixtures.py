"""Every fixture folder reads as its expected file says. ``pytest --update-fixtures`` writes the files and fails."""

from __future__ import annotations

from collections import Counter

import pytest
from fixture_cases import Case, find_cases, found_in

from scraper.page.layout import find_engines

CASES = find_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_fixture_reads_as_expected(case: Case, request: pytest.FixtureRequest) -> None:
    found = found_in(case)
    if request.config.getoption("--update-fixtures"):
        case.write(found)
        pytest.fail("expected file written: check it against the page, then run without --update-fixtures")
    assert found == case.expected()


def test_every_engine_has_at_least_five_fixtures() -> None:
    counts = Counter(case.folder.parent.name for case in CASES)
    assert {name: counts[name] for name in find_engines() if counts[name] < 5} == {}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_fixture_is_small_and_complete(case: Case) -> None:
    assert {path.name for path in case.folder.iterdir()} in (
        {"page.html", "page.json", "expected.json"},
        {"page.html", "page.json", "expected-error.json"},
    )
    assert (case.folder / "page.html").stat().st_size < 15_000
