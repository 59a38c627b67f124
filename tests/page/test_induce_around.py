"""One post alone: words around its title and its text that are neither, and who signs it."""

from __future__ import annotations

import pytest
from page_documents import SEEN, document

from scraper.models import Article
from scraper.page.article import read_article
from scraper.page.induce.articles.article import Sample, induce_article
from scraper.page.parts import Identity, Layout

SAID = (
    "<p>들에 물이 들고 사람들은 논둑에 모인다. 올해는 모내기가 열흘이나 늦었다고들 한다.</p>"
    "<p>저수지의 물은 아직 절반이 남았다. 이장은 비가 더 와야 한다고 말했다.</p>"
)


def alone(body: str) -> Article:
    page = document(f"<html><body>{body}</body></html>")
    found = induce_article([Sample(page, None)], Identity(), SEEN)
    assert found is not None
    return read_article(page, Layout(name="induced", article=found.part), SEEN)


@pytest.mark.parametrize("name", ["ir_so", "blind", "sr-only"])
def test_a_heading_that_only_screen_readers_are_told_is_no_title(name: str) -> None:
    told = "<div class=ct><span><em>조회수</em><span>5,050</span></span></div>"
    read = alone(
        f"<h2 class={name}>들녘 나들이</h2>{told}<h2>둑길을 걸어 섬으로 가는 길</h2><div class=k7>{SAID}</div>"
    )
    assert (read.title, read.hits) == ("둑길을 걸어 섬으로 가는 길", 5050)
