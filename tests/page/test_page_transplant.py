"""A post whose body stands in another's frame, as ``probe FILE`` reads it. See benchmarks/transplant.py."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
OURS = ("transplant", "transplant_damage", "transplant_tree")


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield importlib.import_module("transplant")
    for name in OURS:
        sys.modules.pop(name, None)


@pytest.fixture
def specimens(bench: Any) -> list[Any]:
    taken, refused = bench.read_specimens(bench.STRANGERS)
    assert len(taken) > 90
    assert refused == []
    return list(taken)


def test_most_pairs_are_read_right_and_none_surely_wrong(bench: Any, specimens: list[Any], full: bool) -> None:
    for is_sloppy, share in ((False, 0.95), (True, 0.88)):
        seeds = range(10_000, 10_400 if full else 10_025)
        looks = [bench.look(seed, specimens, specimens, is_sloppy, Counter()) for seed in seeds]
        told = [(each.seed, each.frame, each.body, each.damages, each.differences) for each in looks if each.failed]
        assert [each.seed for each in looks if each.is_sure_and_wrong] == []
        assert len(told) <= len(looks) * (1 - share), told


def test_a_body_that_was_never_taken_out_reads_as_it_did(bench: Any, specimens: list[Any]) -> None:
    tree = importlib.import_module("transplant_tree")
    for each in specimens[::6]:
        page = tree.page_of(each.url, each.tree, each.seen_at)
        found = bench.detect(bench.parse(page), bench.find_engines().values(), each.seen_at)
        assert found.article is not None, each.name
        wrong = [field for field, how, _ in bench._compare(found.article, each.article) if how != "right"]
        assert wrong == [], each.name


def test_a_frame_keeps_its_facts_and_takes_another_text(bench: Any, specimens: list[Any]) -> None:
    by_name = {each.name: each for each in specimens}
    frame, body = by_name["article-app-meta-dots"], by_name["article-text-of-labels"]
    tree, slot = bench.plant(frame, body)
    words = bench.text_of((tree,))
    assert bench.text_of(body.body) in words
    assert bench.text_of(frame.body) not in words
    assert bench.text_of(bench.at(tree, slot.path).children[slot.first : slot.end]) == bench.text_of(body.body)


def test_a_pair_is_left_out_where_files_stand_in_the_body(bench: Any, specimens: list[Any]) -> None:
    by_name = {each.name: each for each in specimens}
    refused = bench.plant(by_name["article-files-inside-body"], by_name["article-app-meta-dots"])
    assert refused.why == "files stand in the body"


def test_no_damage_touches_the_body_or_loses_its_place(bench: Any, specimens: list[Any]) -> None:
    damages = importlib.import_module("transplant_damage").DAMAGES
    for seed, each in enumerate(specimens[::8]):
        for name, way in damages.items():
            tree, slot = way(each.tree, each.slot, Random(seed))
            kept = bench.at(tree, slot.path).children[slot.first : slot.end]
            assert bench.text_of(kept) == bench.text_of(each.body), (each.name, name)
            again, _ = way(each.tree, each.slot, Random(seed))
            assert tree == again, (each.name, name)
