"""How well the judged queries of search_set are answered: recall and precision, each the mean over the queries.

search_set holds invented documents (id, title, text) and queries (kind, words, ids of the documents that a reader would
want): what the words mean counts, so 역사 does not want 지역사회.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from archive_samples import World, post

FOLDER = Path(__file__).parent / "search_set"


class Judged(NamedTuple):
    documents: list[list[str]]
    queries: list[tuple[str, str, frozenset[str]]]


class Quality(NamedTuple):
    """``precision`` is the mean over the queries with a hit; ``empty`` counts the others."""

    recall: float
    precision: float
    empty: int


def judged() -> Judged:
    documents = [line.split("\t") for line in _lines("documents.tsv")]
    queries = [(kind, words, frozenset(ids.split())) for kind, words, ids in map(_cells, _lines("queries.tsv"))]
    return Judged(documents, queries)


def measure(path: Path, judged: Judged) -> dict[str, Quality]:
    """For the command line and for a plain MATCH with each word in double quotes."""
    world = World(path)
    for key, title, text in judged.documents:
        world.read(post(key, title=title, body_text=text))
    sql = "SELECT p.key FROM posts_fts JOIN posts p ON p.id = posts_fts.rowid WHERE posts_fts MATCH ?"

    def plain(words: str) -> set[str]:
        query = " ".join(f'"{word}"' for word in words.split())
        return {key for (key,) in world.archive.db.execute(sql, [query])}

    def command(words: str) -> set[str]:
        return {found["key"] for found in world.archive.find_matching(words, len(judged.documents))}

    found = {"command": _quality(judged, command), "plain": _quality(judged, plain)}
    world.close()
    return found


def _quality(judged: Judged, find: Callable[[str], set[str]]) -> Quality:
    recalls, precisions = [], []
    for _, words, wanted in judged.queries:
        found = find(words)
        recalls.append(len(found & wanted) / len(wanted))
        if found:
            precisions.append(len(found & wanted) / len(found))
    empty = len(judged.queries) - len(precisions)
    return Quality(sum(recalls) / len(recalls), sum(precisions) / len(precisions), empty)


def _lines(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()


def _cells(line: str) -> list[str]:
    return line.split("\t")
