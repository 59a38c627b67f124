"""How well one page is read by itself: random boards that no engine knows, a list and two posts of each.

python benchmarks/alone.py [--seeds N] [--first S] [--verbose]

What ``probe FILE`` says of each page is compared with what the board shows. A field that is left out is not wrong.
Exit 1 when a page was read wrongly at a confidence of 0.8 or more.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from trial import START, make_site, same_text

from scraper.fakeboard import FakeSite
from scraper.fakeboard.exchange import Session as Visitor
from scraper.fakeboard.exchange import Visit
from scraper.fakeboard.skins.strange.address import list_target, view_target
from scraper.models import KST, SURE, Article, Listing, Page, Stamp
from scraper.page.detect import Detection, detect
from scraper.page.document import parse
from scraper.page.layout import find_engines

ORIGIN = "http://127.0.0.1"


@dataclass(frozen=True, slots=True)
class Look:
    """What was made of one page. wrong: the fields that the board shows otherwise; kind: the page is another kind."""

    seed: int
    kind: str
    detection: Detection
    wrong: tuple[str, ...] = field(default=())

    @property
    def is_sure(self) -> bool:
        return self.detection.confidence >= SURE


def look(seed: int) -> Iterator[Look]:
    """The list of a board and two of its posts, each read as a page alone."""
    site, board = make_site(seed)
    truth = {str(true["idx"]): true for true in board.truth()}
    found = _detect(site, "GET", list_target(board))
    wrong = ("kind",) if found.listing is None else tuple(_wrong_rows(found.listing, truth))
    yield Look(seed, "list", found, wrong)
    plain = [post for post in board.posts() if not post.secret]
    method = "POST" if board.face.call == "post_form" else "GET"
    for post in dict.fromkeys((plain[0].id, next((post for post in plain if post.files), plain[-1]).id)):
        found = _detect(site, method, view_target(board, str(post), 1, None))
        wrong = ("kind",) if found.article is None else tuple(_wrong_fields(found.article, truth[str(post)]))
        yield Look(seed, "post", found, wrong)


def _detect(site: FakeSite, method: str, target: str) -> Detection:
    answer = site.answer(site.route(Visit(method, target, {}, "", ORIGIN, Visitor("alone"))))
    page = Page(ORIGIN + target, 200, ((b"Content-Type", answer.content_type),), answer.body, START)
    return detect(parse(page), find_engines().values(), START)


def _wrong_fields(article: Article, true: dict[str, Any]) -> Iterator[str]:
    if same_text(article.title) != same_text(true["title"]):
        yield "title"
    if article.author is not None and same_text(article.author) != same_text(true["author"]):
        yield "author"
    if (day := _day(article.posted)) is not None and day != true["date"]:
        yield "date"
    if not _near(article.hits, true["hits"]):
        yield "hits"
    if same_text(article.body_text) != same_text(true["body"]):
        yield "body"
    names = [item["name"] for item in true["files"]] + true["files_refused"]
    held = [each.name for each in article.attachments if each.kind == "file"]
    if sorted(same_text(name) or "" for name in held) != sorted(same_text(name) or "" for name in names):
        yield "files"


def _wrong_rows(listing: Listing, truth: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The fields that a fifth of the rows tell otherwise than the board."""
    wrong: Counter[str] = Counter()
    for row in listing.rows:
        true = truth.get(row.key)
        if true is None:
            wrong["key"] += 1
            continue
        wrong["title"] += not row.title_cut and same_text(row.title) != same_text(true["title"])
        wrong["author"] += row.author is not None and same_text(row.author) != same_text(true["author"])
        wrong["number"] += row.number is not None and row.number != true["number"]
        wrong["date"] += (day := _day(row.posted)) is not None and day != true["date"]
        wrong["hits"] += not _near(row.hits, true["hits"])
    yield from (name for name, count in wrong.items() if count * 5 > len(listing.rows))


def _day(stamp: Stamp | None) -> str | None:
    at = stamp.at if stamp is not None else None
    return None if at is None else at.astimezone(KST).date().isoformat()


def _near(found: int | None, true: int | None) -> bool:
    return found is None or true is None or abs(found - true) <= 3


def report(looks: list[Look]) -> Iterator[str]:
    """The lines of the report."""
    for kind in ("list", "post"):
        some = [each for each in looks if each.kind == kind]
        right = sum(not each.wrong for each in some)
        wrong = Counter(name for each in some for name in each.wrong)
        yield f"{kind}s: {right} of {len(some)} right ({right / len(some):.1%}); wrong: {dict(wrong) or 'nothing'}"
        yield f"  {sum(each.is_sure and bool(each.wrong) for each in some)} wrong at >= {SURE} (must be 0)"


def main() -> int:
    """Look at the boards and print the report."""
    parser = argparse.ArgumentParser(description="how well one page is read by itself")
    parser.add_argument("--seeds", type=int, default=100, help="how many boards")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--verbose", action="store_true", help="a line for each page that was read wrongly")
    asked = parser.parse_args()
    looks = [each for seed in range(asked.first, asked.first + asked.seeds) for each in look(seed)]
    for each in looks if asked.verbose else ():
        if each.wrong:
            found = each.detection
            print(f"{each.seed} {each.kind}: {found.kind} {found.confidence}: {', '.join(each.wrong)}; {found.reasons}")
    print(f"seeds {asked.first} to {asked.first + asked.seeds - 1}")
    print("\n".join(report(looks)))
    return int(any(each.is_sure and each.wrong for each in looks))


if __name__ == "__main__":
    raise SystemExit(main())
