"""Nouns by year: what is counted, what is left out, and that articles are not held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from scraper.desk.freq import Article, Line, count_nouns

ARTICLES = [
    Article("2020-03-01", "물 물 예산"),
    Article("2021-01-01", "예산 조례"),
    Article("2020-12-31", "물 조례"),
    Article(None, "예산"),
]


def words(texts: Iterable[str]) -> Iterator[list[str]]:
    for text in texts:
        yield text.split()


def ahead(texts: Iterable[str]) -> Iterator[list[str]]:
    """Reads some texts ahead, as an analyser of several threads does."""
    yield from list(words(texts))


@pytest.mark.parametrize("nouns", [words, ahead])
def test_counts_and_posts_of_each_year(nouns: object) -> None:
    assert count_nouns(ARTICLES, nouns) == [  # type: ignore[arg-type]
        Line("", "예산", 1, 1),
        Line("2020", "물", 3, 2),
        Line("2020", "예산", 1, 1),
        Line("2020", "조례", 1, 1),
        Line("2021", "예산", 1, 1),
        Line("2021", "조례", 1, 1),
    ]


def test_only_the_frequent_ones() -> None:
    assert count_nouns(ARTICLES, words, least=2) == [Line("2020", "물", 3, 2)]
    assert [line.noun for line in count_nouns(ARTICLES, words, top=1)] == ["예산", "물", "예산"]
    assert count_nouns([], words) == []


def test_articles_go_by_one_at_a_time() -> None:
    alive: list[int] = []

    def articles() -> Iterator[Article]:
        for number in range(2_000):
            alive.append(number)
            yield Article("2020-01-01", "글")

    def one(texts: Iterable[str]) -> Iterator[list[str]]:
        for number, text in enumerate(texts):
            assert len(alive) == number + 1
            yield [text]

    assert count_nouns(articles(), one) == [Line("2020", "글", 2_000, 2_000)]
