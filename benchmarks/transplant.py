"""How well a post is read by itself when its body stands in another's frame: the body of one invented page, put into
another, and asked for as ``probe FILE`` does.

python benchmarks/transplant.py [--pairs N] [--first S] [--sloppy] [--verbose] [--frames DIR] [--bodies DIR]

Title, author, date, hits and files must be those of the frame, the text that of the body. Each pair is drawn by its
seed; one that does not fit (title, files or a writer inside a body) is left out by rule, and counted. ``--sloppy`` also
changes the page in one to three ways that must change nothing (transplant_damage.py). DIR holds pages as ``fixtures``
does. Exit 1 when a page was read wrongly at a confidence of 0.8 or more.
"""

from __future__ import annotations

import argparse
import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from transplant_damage import damage
from transplant_tree import (
    NARROW,
    Node,
    Refused,
    Slot,
    Specimen,
    at,
    page_of,
    put,
    read_specimens,
    render,
    text_of,
)
from trial import same_text

from scraper.models import SURE, Article
from scraper.page.detect import Detection, detect
from scraper.page.document import parse
from scraper.page.layout import find_engines
from scraper.page.show import shown_article

STRANGERS = Path(__file__).parents[1] / "fixtures" / "strangers"
FIELDS = ("title", "author", "date", "hits", "files", "body")
_BOUND = re.compile(r"[가-힣]{2,4}\s?(?:기자|특파원|논설위원|편집장)")
_TRIES = 200
_WORST = 12


@dataclass(frozen=True, slots=True)
class Look:
    """What was made of one pair. ``told``: for each field right, left out or wrong."""

    seed: int
    frame: str
    body: str
    damages: tuple[str, ...]
    detection: Detection
    told: dict[str, str]
    differences: tuple[str, ...]

    @property
    def failed(self) -> tuple[str, ...]:
        return tuple(field for field in FIELDS if self.told[field] != "right")

    @property
    def is_sure_and_wrong(self) -> bool:
        found = self.detection
        is_wrong = "wrong" in self.told.values() or (found.article is None and found.kind != "unknown")
        return is_wrong and found.confidence >= SURE


def plant(frame: Specimen, body: Specimen) -> tuple[Node, Slot] | Refused:
    """The page of one post with the body of another, and where that stands; refused where the two do not fit."""
    why = _unfit_frame(frame) or _unfit_body(body) or _unfit_pair(frame, body)
    if why is not None:
        return Refused(f"{frame.name} with {body.name}", why)
    grown = body.body

    def with_body(node: Node) -> Node:
        slot = frame.slot
        return replace(node, children=(*node.children[: slot.first], *grown, *node.children[slot.end :]))

    tree = put(frame.tree, frame.slot.path, with_body)
    return tree, replace(frame.slot, end=frame.slot.first + len(grown))


def _unfit_frame(frame: Specimen) -> str | None:
    bare = put(frame.tree, frame.slot.path, lambda node: _without(node, frame.slot))
    rest = same_text(html.unescape(render((bare,)))) or ""
    own = same_text(html.unescape(render(frame.body))) or ""
    if (why := _unfit_body(frame)) is not None:
        return why
    if (told := same_text(frame.article["author"])) and told in own and told not in rest:
        return "the author stands in the body only"
    day = frame.article["posted"]
    if day is not None and _names_day(own, day) and not _names_day(rest, day):
        return "the date stands in the body only"
    return None


def _without(node: Node, slot: Slot) -> Node:
    return replace(node, children=(*node.children[: slot.first], *node.children[slot.end :]))


def _names_day(text: str, posted: str) -> bool:
    year, month, day = posted[:10].split("-")
    return re.search(rf"{year[2:]}\D{{0,2}}0?{int(month)}\D{{1,2}}0?{int(day)}(?!\d)", text) is not None


def _files(each: Specimen) -> list[str]:
    return [item["name"] or "" for item in each.article["attachments"] if item["kind"] == "file"]


def _unfit_body(body: Specimen) -> str | None:
    own = same_text(html.unescape(render(body.body))) or ""
    if (title := same_text(body.article["title"])) and title in own:
        return "the title stands in the body"
    if any((same_text(name) or "") in own for name in _files(body)):
        return "files stand in the body"
    return None


def _unfit_pair(frame: Specimen, body: Specimen) -> str | None:
    own = text_of(body.body)
    author = same_text(body.article["author"])
    if frame.article["author"] is None and ((author and author in own) or _BOUND.search(own)):
        return "a writer stands in the body, and none in the frame"
    if at(frame.tree, frame.slot.path).tag in NARROW and any(node.tag for node in body.body):
        return "the place of the body holds no elements"
    return None


def look(
    seed: int, frames: Sequence[Specimen], bodies: Sequence[Specimen], is_sloppy: bool, left_out: Counter[str]
) -> Look:
    """The pair of a seed, read as a page alone. What was drawn and left out is counted by its reason."""
    draw = Random(seed)
    for _ in range(_TRIES):
        frame, body = draw.choice(frames), draw.choice(bodies)
        if frame.name == body.name:
            continue
        made = plant(frame, body)
        if not isinstance(made, Refused):
            break
        left_out[made.why] += 1
    else:
        raise SystemExit("no pair of these pages fits")
    tree, slot = made
    damages: list[str] = []
    if is_sloppy:
        shown = [*_files(frame), frame.article["author"]]
        tree, damages = damage(tree, slot, draw, [text for each in shown if (text := same_text(each))])
    page = page_of(frame.url, tree, frame.seen_at)
    found = detect(parse(page), find_engines().values(), page.seen_at)
    compared = list(_compare(found.article, {**frame.article, "body_text": body.article["body_text"]}))
    told = {field: how for field, how, _ in compared}
    differences = tuple(f"{field} {how}: {said}" for field, how, said in compared if how != "right")
    return Look(seed, frame.name, body.name, tuple(damages), found, told, differences)


def _compare(article: Article | None, true: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each field: right, left out or wrong, and both values."""
    found = {
        "title": same_text(article.title) if article else None,
        "author": same_text(article.author) if article else None,
        "date": shown_article(article)["posted"] if article else None,
        "hits": article.hits if article else None,
        "body": same_text(article.body_text) if article else None,
    }
    wanted = {
        "title": same_text(true["title"]),
        "author": same_text(true["author"]),
        "date": true["posted"],
        "hits": true["hits"],
        "body": same_text(true["body_text"]),
    }
    for field, value in found.items():
        how = "right" if value == wanted[field] else "left out" if value is None else "wrong"
        yield field, how, _apart(wanted[field], value)
    held = (
        Counter(same_text(each.name) for each in article.attachments if each.kind == "file") if article else Counter()
    )
    names = Counter(same_text(each["name"]) for each in true["attachments"] if each["kind"] == "file")
    how = "right" if held == names else "wrong" if held - names else "left out"
    yield "files", how, f"wanted {sorted(map(str, names))}, found {sorted(map(str, held))}"


def _apart(wanted: Any, found: Any) -> str:
    """Two values; of long ones where they begin to differ, and where they end to."""
    if not (isinstance(wanted, str) and isinstance(found, str)) or len(wanted) + len(found) < 120:
        return f"wanted {wanted!r:.120}, found {found!r:.120}"
    if (start := found.find(wanted)) >= 0:
        return f"before the text {found[:start]!r:.90}, behind it {found[start + len(wanted) :]!r:.90}"
    if (start := wanted.find(found)) >= 0:
        return f"lost {wanted[:start]!r:.90} before, {wanted[start + len(found) :]!r:.90} behind"
    same = next((at for at, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b), 0)
    return f"after {same} characters wanted {wanted[same:]!r:.60}, found {found[same:]!r:.60}"


def report(looks: Sequence[Look], left_out: Counter[str]) -> Iterator[str]:
    """The lines of the report."""
    whole = sum(not each.failed for each in looks)
    yield f"{len(looks)} pairs, {whole} read wholly right ({whole / len(looks):.1%})"
    yield f"  {'':10}{'right':>8}{'left out':>10}{'wrong':>8}"
    for field in FIELDS:
        counts = Counter(each.told[field] for each in looks)
        yield f"  {field:10}{counts['right']:8}{counts['left out']:10}{counts['wrong']:8}"
    others = Counter(each.detection.kind for each in looks if each.detection.article is None)
    yield f"taken for another page: {dict(others) or 'none'}"
    yield f"wrong at >= {SURE}: {sum(each.is_sure_and_wrong for each in looks)} (must be 0)"
    yield f"drawn and left out: {dict(left_out) or 'none'}"
    for title, names in (
        ("frame", [(each.frame,) for each in looks]),
        ("body", [(each.body,) for each in looks]),
        ("damage", [each.damages for each in looks]),
    ):
        yield from _worst(title, looks, names)


def _worst(title: str, looks: Sequence[Look], names: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """What fails most of one kind: of how many pairs, and which fields."""
    seen = Counter(name for each in names for name in each)
    failed = Counter(name for look, each in zip(looks, names, strict=True) if look.failed for name in each)
    if failed:
        yield f"by {title}:"
    for name, count in failed.most_common(_WORST):
        fields = Counter(
            field for look, each in zip(looks, names, strict=True) if name in each for field in look.failed
        )
        told = ", ".join(f"{field} {n}" for field, n in fields.most_common())
        yield f"  {name:44} {count:3} of {seen[name]:3}  {told}"


def main() -> int:
    """Read the pairs and print the report."""
    parser = argparse.ArgumentParser(description="how well a post is read whose body stands in another's frame")
    parser.add_argument("--pairs", type=int, default=200, help="how many pairs")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--sloppy", action="store_true", help="change each page in ways that must change nothing")
    parser.add_argument("--verbose", action="store_true", help="what was read otherwise of each pair")
    parser.add_argument("--frames", type=Path, default=STRANGERS, help="a folder of pages to take frames from")
    parser.add_argument("--bodies", type=Path, default=STRANGERS, help="a folder of pages to take bodies from")
    asked = parser.parse_args()
    frames, refused = read_specimens(asked.frames)
    bodies, others = (frames, refused) if asked.bodies == asked.frames else read_specimens(asked.bodies)
    if not frames or not bodies:
        parser.error("no posts in these folders")
    left_out: Counter[str] = Counter()
    looks = [
        look(seed, frames, bodies, asked.sloppy, left_out) for seed in range(asked.first, asked.first + asked.pairs)
    ]
    for each in looks if asked.verbose else ():
        if each.failed or each.is_sure_and_wrong:
            found = each.detection
            print(f"{each.seed} {each.frame} + {each.body} {list(each.damages) or ''}: {found.kind} {found.confidence}")
            print("".join(f"    {said}\n" for said in each.differences), end="")
    print(f"seeds {asked.first} to {asked.first + asked.pairs - 1}; {len(frames)} frames, {len(bodies)} bodies")
    for out in {*refused, *others}:
        print(f"not taken apart: {out.name}: {out.why}")
    print("\n".join(report(looks, left_out)))
    return int(any(each.is_sure_and_wrong for each in looks))


if __name__ == "__main__":
    raise SystemExit(main())
