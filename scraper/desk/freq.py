"""How often each noun stands in the articles of each year.

Contract: articles go by one at a time; what is held are the counts. The nouns are those of Kiwi (kiwipiepy): common and
proper ones (NNG, NNP), as it cuts compounds. BadConfig when it is not installed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from scraper.archive.released import Column
from scraper.errors import BadConfig

Nouns = Callable[[Iterable[str]], Iterator[list[str]]]
"""From texts to the nouns of each, in the same order; reads texts only as it goes."""

COLUMNS = (Column("year", "TEXT"), Column("noun", "TEXT"), Column("count", "INTEGER"), Column("posts", "INTEGER"))
_TAGS = ("NNG", "NNP")


class Article(NamedTuple):
    """What is counted of an article: the day (YYYY-MM-DD), and title and text in one."""

    posted_date: str | None
    text: str


class Line(NamedTuple):
    """One line of the table. ``year`` is empty for articles without a date; ``posts``: how many hold the noun."""

    year: str
    noun: str
    times: int
    posts: int


def kiwi_nouns() -> tuple[Nouns, str]:
    """The nouns of Kiwi, and its name with the version, which decides what is found."""
    try:
        import kiwipiepy
    except ImportError as error:
        raise BadConfig("freq needs kiwipiepy: pip install '.[ko]'") from error
    kiwi = kiwipiepy.Kiwi()

    def nouns(texts: Iterable[str]) -> Iterator[list[str]]:
        for tokens in kiwi.tokenize(iter(texts)):
            yield [token.form for token in tokens if token.tag in _TAGS]

    return nouns, f"kiwipiepy {kiwipiepy.__version__}"


def count_nouns(articles: Iterable[Article], nouns: Nouns, *, least: int = 1, top: int | None = None) -> list[Line]:
    """By year, the most frequent first; only nouns that a year has ``least`` times, and of these the first ``top``."""
    years: deque[str] = deque()
    counts: dict[str, dict[str, list[int]]] = {}

    def texts() -> Iterator[str]:
        for article in articles:
            years.append((article.posted_date or "")[:4])
            yield article.text

    for found in nouns(texts()):
        held = counts.setdefault(years.popleft(), {})
        for noun in found:
            held.setdefault(noun, [0, 0])[0] += 1
        for noun in set(found):
            held[noun][1] += 1
    return [line for year in sorted(counts) for line in _lines(year, counts[year], least, top)]


def _lines(year: str, counts: dict[str, list[int]], least: int, top: int | None) -> list[Line]:
    lines = [Line(year, noun, count, posts) for noun, (count, posts) in counts.items() if count >= least]
    return sorted(lines, key=lambda line: (-line.times, -line.posts, line.noun))[:top]
