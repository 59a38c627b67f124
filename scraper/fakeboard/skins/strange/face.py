"""What a strange board looks like: one frozen Face, drawn from a seed, every trait with its odds.

``draw`` takes the traits one by one and then takes back what cannot stand together (see ``_settle``).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from random import Random
from typing import Any

LINES = ("dl", "cards", "anchor", "line")
"""Records whose small facts stand in one line below or behind the title."""
TABLES = ("table", "rows", "spaced")
_POSTS = ("seed", "amount", "group", "notice_twice", "secrets", "replies", "comments", "remarks", "pictures")
_SEEN = ("list_author", "list_date", "list_hits", "view_author", "view_hits")
_PLACES = ("scheme", "parameter", "query", "page_parameter")
CALLS = ("href_call", "void_call", "hash_call", "cell_call", "data")


def _odds(text: str) -> Any:
    """A trait with its values and their weights: "table 10 rows 6"."""
    words = text.split()
    return field(metadata={"odds": tuple((words[n], int(words[n + 1])) for n in range(0, len(words), 2))})


@dataclass(frozen=True, slots=True)
class Face:
    """Everything that was drawn for one board. Printing it tells the whole board."""

    seed: int
    # the page
    charset: str = _odds("utf-8 12 cp949 8")
    declared: str = _odds("meta 8 header 4 both 6 nowhere 2")
    markup: str = _odds("tidy 8 loose 2")
    classes: str = _odds("meaningful 8 meaningless 4 shared 3 none 5")
    frame: str = _odds("tables 5 divs 6 bare 2")
    menu: str = _odds("yes 6 no 4")
    clock: str = _odds("yes 4 no 6")
    login: str = _odds("yes 2 no 8")
    popular: str = _odds("yes 4 no 6")
    # the list
    record: str = _odds("table 10 rows 6 spaced 6 ul 5 uls 3 dl 3 divs 5 cards 3 anchor 3 line 4")
    header: str = _odds("words 8 alts 3 images 2 english 2 none 4 labels 3 hidden 2")
    label_form: str = _odds("colon 4 plain 4 strong 3")
    glue: str = _odds("bar 5 dot 4 slash 3 box 3 spans 6")
    blanks: str = _odds("no 7 yes 3")
    colspan: str = _odds("no 8 yes 2")
    order: str = _odds("usual 7 shuffled 3")
    number: str = _odds("rank 10 id 3 none 5")
    list_author: str = _odds("yes 8 no 2")
    list_date: str = _odds("yes 11 no 1")
    list_hits: str = _odds("yes 8 no 2")
    extra: str = _odds(
        "none 8 file 4 tag 2 check 1 count 3 good 3 comments 2 status 2 department 3 category 3 modified 2"
    )
    lead: str = _odds("no 6 yes 4")
    notice: str = _odds("none 9 text 4 bracket 3 image 3 class 3")
    notice_twice: str = _odds("no 8 yes 3")
    notice_pages: str = _odds("every 6 first 4")
    secrets: str = _odds("no 8 yes 2")
    replies: str = _odds("no 6 yes 3")
    comments: str = _odds("none 10 inside 3 outside 3 paren 2")
    new: str = _odds("none 5 image 4 text 2")
    cut: str = _odds("none 6 plain 3 tooltip 3")
    date: str = _odds("dots 6 dashes 6 short 2 slashes 2 minute 3 second 2 today 3 monthday 2 words 1 wide 1")
    # addresses
    link: str = _odds("root 5 relative 3 query 5 absolute 2 href_call 3 void_call 2 hash_call 2 cell_call 2 data 2")
    call: str = _odds("location 5 get_form 2 post_form 3")
    arguments: str = _odds("one 5 bare 3 two 2")
    script: str = _odds("plain 5 alias 3 jquery 3")
    scheme: str = _odds("mode 5 scripts 5 actions 4 path 4 short 2")
    parameter: str = _odds("idx 5 no 4 num 2 seq 3 id 2 uid 2 nttId 2 bbs_no 2 b_idx 2 articleNo 2 wr 1 pid 1")
    query: str = _odds("none 4 page 5 menu 3 rank 1 search 2")
    # the pager
    amount: str = _odds("one 1 few 6 many 5")
    pager: str = _odds("links 9 script 3 hash 3 post 3 next 2 select 2")
    page_parameter: str = _odds("page 8 pageIndex 3 pn 2 zero 2 offset 2 path 3")
    group: str = _odds("5 4 10 6")
    ends: str = _odds("words 4 alts 3 images 2 signs 3")
    last_link: str = _odds("no 5 yes 5")
    numerals: str = _odds("text 6 brackets 3 images 1")
    total: str = _odds("none 6 today 2 sentence 2 pages 2 english 2 label 2 glued 2 fraction 2 rows 1 comma 2")
    # the article
    view: str = _odds("table 5 cells 3 dl 3 ul 3 heading 6 rows 3 order 2")
    view_labels: str = _odds("colon 4 plain 4 strong 3 none 2")
    view_order: str = _odds("title 8 author 2")
    view_author: str = _odds("yes 7 no 3")
    view_date: str = _odds("day 3 minute 3 second 2 words 1 no 3")
    view_hits: str = _odds("yes 5 no 5")
    body_in: str = _odds("div 5 td 4 article 1")
    body: str = _odds("p 5 br 4 div 2")
    pictures: str = _odds("none 5 some 5 only 2")
    files: str = _odds("none 4 direct 3 script 4 call 3")
    sized: str = _odds("no 6 yes 3")
    files_at: str = _odds("below 5 above 3")
    remarks: str = _odds("no 6 yes 4")
    neighbours: str = _odds("none 3 table 3 list 3")
    related: str = _odds("no 7 yes 3")
    copyright: str = _odds("no 5 yes 5")
    share: str = _odds("no 6 yes 4")
    list_under: str = _odds("no 7 yes 3")
    # traits that came later stand last: what a seed draws of the others stays as it was
    paired: str = _odds("no 12 yes 1")
    """Whether a post takes two rows of a table."""
    headline: str = _odds("shown 19 window 1")
    """Whether the view shows the title, or only the window does."""

    def rng(self, use: str) -> Random:
        """A fresh source of choices that is the same for every page of the board."""
        return Random(f"strange/{self.seed}/{use}")

    def traits(self) -> dict[str, str]:
        """Every trait but the seed by name."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "seed"}


def odds() -> dict[str, tuple[str, ...]]:
    """Every trait with the values that it may take."""
    return {
        each.name: tuple(value for value, _ in each.metadata["odds"])
        for each in fields(Face)
        if "odds" in each.metadata
    }


def draw(seed: int) -> Face:
    """The face of that seed."""
    rng = Random(f"strange/{seed}")
    drawn = {}
    for each in fields(Face):
        if "odds" in each.metadata:
            values, weights = zip(*each.metadata["odds"], strict=True)
            drawn[each.name] = rng.choices(values, weights)[0]
    return _settle(Face(seed=seed, **drawn))


def redraw(face: Face, seed: int) -> Face:
    """The board after a redesign: what its posts are, what a guest can see of them and where they lie stays, how all
    of it is drawn comes from ``seed``."""
    new = draw(seed)
    stays = {name: getattr(face, name) for name in (*_POSTS, *_SEEN, *_PLACES)}
    for name, plain in (("notice", ("none", "class")), ("files", ("none",)), ("view_date", ("no",))):
        if getattr(face, name) in plain or getattr(new, name) in plain:
            stays[name] = getattr(face, name)
    if "category" in (face.extra, new.extra) or "tag" in (face.extra, new.extra):
        stays["extra"] = face.extra
    drawn = _settle(replace(new, **stays))
    if any(getattr(drawn, name) != getattr(face, name) for name in _PLACES):
        stays |= {name: getattr(face, name) for name in ("link", "call", "arguments", "pager")}
        drawn = _settle(replace(new, **stays))
    return drawn


def _settle(face: Face) -> Face:
    """The face without contradictions, and without anything that nobody could read for certain."""
    face = _settle_list(_settle_pairs(face))
    face = _settle_addresses(face)
    if face.files == "none":
        face = replace(face, sized="no", extra="none" if face.extra in ("file", "count") else face.extra)
    if face.date == "monthday" and face.list_date == "yes" and face.view_date == "no":
        face = replace(face, view_date="day")
    if face.view not in ("table", "cells", "rows", "order") and face.body_in == "td":
        face = replace(face, body_in="div")
    unlabelled = face.view == "order" or (face.view == "heading" and face.view_labels == "none")
    if unlabelled and face.list_author == "no":
        face = replace(face, view_author="no")
    return face


def _settle_pairs(face: Face) -> Face:
    if face.paired == "yes" and (face.record not in TABLES or face.list_date == "no"):
        face = replace(face, paired="no")
    if face.paired == "yes":
        header = "none" if face.header in ("alts", "images") else face.header
        face = replace(face, header=header, colspan="no", extra="none" if face.extra == "check" else face.extra)
    return face


def _settle_list(face: Face) -> Face:
    if face.record in LINES and face.header in ("words", "alts", "images", "english"):
        face = replace(face, header="none")
    if face.record in ("ul", "uls", "divs") and face.header in ("alts", "images"):
        face = replace(face, header="words")
    if face.record not in LINES:
        face = replace(face, lead="no", glue="spans")
    if face.header in ("none", "images") and face.extra not in ("none", "file", "tag", "check"):
        face = replace(face, extra="none")  # a bare number or word that nothing names
    if face.record in LINES and face.extra == "check":
        face = replace(face, extra="none")
    if face.list_author == "no" and face.list_date == "no":
        face = replace(face, list_author="yes")
    if face.list_author == "no" and face.extra == "department":
        face = replace(face, extra="none")  # it would be taken for the author, and rightly
    if face.notice == "class" and face.classes == "none":
        face = replace(face, notice="text")
    if face.notice == "text" and (face.number == "none" or face.record in LINES):
        face = replace(face, notice="bracket")
    if face.notice == "none":
        face = replace(face, notice_twice="no")
    return face


def _settle_addresses(face: Face) -> Face:
    if face.link == "query" and face.scheme != "mode":
        face = replace(face, link="relative")
    if face.link == "cell_call" and face.record not in (*TABLES, "divs"):
        face = replace(face, link="hash_call")
    if face.link not in CALLS:
        face = replace(face, call="location", arguments="one")
    elif face.call != "location" and face.scheme in ("path", "short"):
        face = replace(face, scheme="scripts")
    if face.link == "data":
        face = replace(face, arguments="one")
    if face.page_parameter == "path" and (face.scheme not in ("path", "short") or face.pager == "post"):
        face = replace(face, page_parameter="page")
    if face.query == "rank" and face.link in CALLS:
        face = replace(face, query="page")
    return face
