"""Which pages are walked to see how deep they are nested: exactly those that go deeper than pages do."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.page.depth import DEEPEST_TREE, ORDINARY, is_deeper, is_out_of_the_ordinary, is_tree_too_deep
from scraper.page.document import ancestors

TAGS = st.sampled_from("div span b table tr td p ul li a font i svg template br".split())
RUNS = st.lists(st.tuples(TAGS, st.booleans(), st.integers(1, 60)), min_size=1, max_size=8)


def root_of(html: str) -> LexborNode:
    root = LexborHTMLParser(html).root
    assert root is not None
    return root


@given(RUNS)
@settings(max_examples=150, deadline=None)
def test_a_page_is_out_of_the_ordinary_by_the_elements_around_its_deepest(runs: list[tuple[str, bool, int]]) -> None:
    root = root_of("".join(f"<{'/' if closing else ''}{tag}>" * times for tag, closing, times in runs))
    deepest = max(len(list(ancestors(node))) for node in root.css("*"))
    assert is_out_of_the_ordinary(root) == (deepest >= ORDINARY)


def test_no_page_too_deep_passes_as_ordinary() -> None:
    """Between one that is ordinary and one that is too deep lie those that are walked."""
    for levels in range(ORDINARY - 4, ORDINARY + 4):
        assert is_out_of_the_ordinary(root_of("<div>" * levels)) == (levels + 1 >= ORDINARY)
    for levels in (DEEPEST_TREE - 2, DEEPEST_TREE - 1, DEEPEST_TREE, DEEPEST_TREE + 1):
        root = root_of("<p>x</p>" + "<div>" * levels)
        assert is_tree_too_deep(root) == is_deeper(root, DEEPEST_TREE) == (levels + 1 > DEEPEST_TREE)
