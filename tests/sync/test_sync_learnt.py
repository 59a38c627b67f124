"""Where a new face names its authors, learnt from the authors that are held; and a repair that keeps what it knew."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sync_world import world
from test_sync_repair import repair

from scraper.fakeboard.exchange import Answer, Route
from scraper.models import KST, Page
from scraper.page.document import Document, parse
from scraper.page.parts import Pick
from scraper.sync.learnt import author_pick

AT = datetime(2026, 11, 20, 3, tzinfo=KST)


def shown(body: str) -> Document:
    page = f"<!doctype html><html><body>{body}</body></html>"
    return parse(Page("http://paper.example/1", 200, (), page.encode(), AT))


@pytest.mark.parametrize(
    ("markup", "select"),
    [
        ("<p><span>쓴 사람 : {}</span> <span>읽음 {n}</span></p>", "span"),
        ("<table><tr><th>쓴 사람</th><td>{}</td><td>{n}</td></tr></table>", 'th:lexbor-contains("쓴 사람") + td'),
        ("<dl><dt>쓴 사람 :</dt> <dd>{}</dd></dl>", 'dt:lexbor-contains("쓴 사람") + dd'),
    ],
)
def test_the_label_before_the_authors_is_learnt(markup: str, select: str) -> None:
    authors = ["최누리", "한가온 기자"]
    pages = [(shown(markup.format(author, n=n)), author) for n, author in enumerate(authors)]
    pick = author_pick(pages)
    assert pick is not None
    assert pick.select == select
    assert (pick.pattern is None) == ("+" in select)
    assert author_pick(pages[:1]) is None, "one author may stand anywhere"
    assert author_pick([pages[0], pages[0]]) is None
    assert author_pick([*pages, (shown("<p>쓴 사람을 아무도 모른다</p>"), "다솜")]) is None


def test_the_class_of_the_authors_is_learnt_where_nothing_else_tells_them() -> None:
    markup = '<div class="head"><h1>{n}째 글</h1><a href="#" class="who member_{n}">{}</a></div><p>{n}</p>'
    pages = [(shown(markup.format(author, n=n)), author) for n, author in enumerate(("최누리", "한가온"))]
    assert author_pick(pages) == Pick(select="a.who")
    within = [(shown(f'<p class="by"><b>{author}</b></p>'), author) for author in ("최누리", "한가온")]
    assert author_pick(within) == Pick(select="p.by")
    beside = [
        (shown(f'<b class="by">1. 다솜</b><b class="by">{author}</b>'), author) for author in ("최누리", "한가온")
    ]
    assert author_pick(beside) is None, "the first one would be taken"


def test_what_stands_before_an_author_by_chance_is_no_label() -> None:
    bare = [(shown(f"<p>{author}</p>"), author) for author in ("최누리", "한가온")]
    assert author_pick(bare) is None
    dated = [(shown(f"<p>2026.11.{n} {author}</p>"), author) for n, author in enumerate(("최누리", "한가온"), 10)]
    assert author_pick(dated) is None
    other = [(shown(f"<p>{word} {author}</p>"), author) for word, author in (("글", "최누리"), ("사진", "한가온"))]
    assert author_pick(other) is None


def test_a_template_with_other_names_is_repaired_without_loss(tmp_path: Path) -> None:
    """Every class and the word for authors are new; the pager is told by classes, and a page of posts came since."""
    with world(tmp_path, "siiru", posts=24, page_size=5, seed=3) as day:
        day.board.post(files=["보고서.hwp"])
        assert day.sync().exit_code == 0
        answer = day.site.answer

        def renamed(route: Route) -> Answer:
            given = answer(route)
            if route.kind not in ("listing", "article"):
                return given
            body = re.sub(rb"\bclass=([\"'])([^\"'>]+)", lambda m: b"class=" + m[1] + b"new-" + m[2], given.body)
            return replace(given, body=body.replace("작성자".encode(), "쓴 사람".encode()))

        day.site.answer = renamed  # type: ignore[method-assign]
        for _ in range(7):
            day.board.clock.advance(timedelta(days=1))
            day.board.post()
            assert day.sync().exit_code == 4
        found = repair(day)
        assert found.outcome == "repaired", found.refusal
        assert found.proposal is not None
        assert found.proposal.layout.kept == ()
        assert any(isinstance(each, Pick) and "쓴" in str(each) for each in found.proposal.layout.article.author)
        run = day.sync()
        assert (run.exit_code, run.counts.new, run.counts.revised) == (0, 7, 0), run.message
        day.check()
        assert not day.rows("SELECT 1 FROM post_versions WHERE version > 1")
