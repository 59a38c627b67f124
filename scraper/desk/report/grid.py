"""The months of a board as a grid of years: what was posted, what was not, and what nobody looked at.

Pure. Sign, frame and hatching tell the three apart, not colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from scraper.archive.months import Month
from scraper.desk.report import words
from scraper.desk.report.markup import Label, Markup, joined, tag

NEVER, NOTHING, MORE = "?", "0", "+"
EMPTY_YEARS = 3
"""So many years of one kind without a post are one line."""

Year = tuple[str, dict[int, Month]]


def month_grid(months: Sequence[Month], title: Label, *, is_whole: bool) -> Markup:
    """Newest year first. ``is_whole``: the list was once walked to its end, so nothing older is left out."""
    most = max(month.posts for month in months)
    years: list[Year] = [
        (year, {int(month.month[5:]): month for month in some})
        for year, some in groupby(months, key=lambda month: month.month[:4])
    ]
    head = tag("tr", tag("th", words.column("year"), scope="col"), *map(_month_head, range(1, 13)), _sum_head())
    rows = [_line(run, most) for run in _runs(years[::-1])]
    if not is_whole:
        rows.append(tag("tr", tag("td", f"{NEVER} ", words.OLDER_NEVER, colspan=14, class_="never wide")))
    table = tag("table", tag("caption", title), tag("thead", head), tag("tbody", *rows), class_="months")
    return joined(tag("div", table, class_="scroll"), _legend())


def _month_head(number: int) -> Markup:
    return tag("th", f"{number}", tag("span", "월", lang="ko"), scope="col", class_="n")


def _sum_head() -> Markup:
    return tag("th", words.YEAR_SUM, scope="col", class_="n")


def _runs(years: Sequence[Year]) -> Iterator[list[Year]]:
    """Years one by one, but long stretches of empty ones of one kind together."""
    for kind, some in groupby(years, key=lambda year: _kind(year[1])):
        run = list(some)
        if kind is not None and len(run) >= EMPTY_YEARS:
            yield run
        else:
            yield from ([year] for year in run)


def _kind(year: dict[int, Month]) -> str | None:
    """How all months of a year without posts were fetched; None for any other year."""
    kinds = {month.fetched for month in year.values()}
    return kinds.pop() if len(year) == 12 and len(kinds) == 1 and not any(m.posts for m in year.values()) else None


def _line(run: Sequence[Year], most: int) -> Markup:
    if len(run) > 1:
        kind = _kind(run[0][1])
        sign, label = (NOTHING, words.LEGEND_NOTHING) if kind == "whole" else (NEVER, words.LEGEND_NEVER)
        name = tag("th", f"{run[-1][0]}–{run[0][0]}", scope="row")
        wide = tag("td", f"{sign} ", label, colspan=13, class_=f"{'nothing' if kind == 'whole' else 'never'} wide")
        return tag("tr", name, wide)
    year, months = run[0]
    cells = [_cell(months.get(number), most) for number in range(1, 13)]
    total = sum(month.posts for month in months.values())
    return tag("tr", tag("th", year, scope="row"), *cells, tag("td", f"{total:,}", class_="n sum"))


def _cell(month: Month | None, most: int) -> Markup:
    if month is None:
        return tag("td", class_="outside")
    told = f"{month.month}: {words.FETCHED[month.fetched].ko} {words.FETCHED[month.fetched].en}"
    if month.posts:
        share = f"--share:{0.08 + 0.5 * month.posts / most:.2f}"
        more = MORE if month.fetched != "whole" else ""
        return tag("td", f"{month.posts:,}{more}", class_=f"n posts{' part' if more else ''}", style=share, title=told)
    if month.fetched == "whole":
        return tag("td", NOTHING, class_="n nothing", title=told)
    return tag("td", NEVER, class_="n never", title=told)


def _legend() -> Markup:
    keys = (
        ("posts", "7", words.LEGEND_POSTS),
        ("posts part", f"7{MORE}", words.LEGEND_PART),
        ("nothing", NOTHING, words.LEGEND_NOTHING),
        ("never", NEVER, words.LEGEND_NEVER),
    )
    entries = [
        tag("li", tag("span", sign, class_=f"key {kind}", style="--share:0.3"), " ", label)
        for kind, sign, label in keys
    ]
    return tag("ul", *entries, class_="legend")
