"""The places in repeated records that hold text, and what the words there can be. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import zip_longest
from statistics import median

from selectolax.lexbor import LexborNode

from scraper.korean.dates import read_date
from scraper.korean.labels import Role, squash_label
from scraper.korean.lines import MARK
from scraper.korean.names import is_size, looks_like_file_name, name_from_link
from scraper.korean.words import OFFICES, leading_label, role_of
from scraper.page.columns import is_whole
from scraper.page.document import ancestors, ids, line, same, within
from scraper.page.induce.lists.groups import Leaf, leaves_of
from scraper.page.induce.selectors import named_path, path_from_end, path_within

BADGE = re.compile(
    rf"(?i)(?:(?:{MARK})\s*){{1,3}}|(?:(?:일반|전체|주요|중요)\s*)?공지(?:사항)?|알림|비밀글|답변|답글|re|이미지|댓글|인기|추천|필독|▶|·|-"
)
_OTHER_COUNT = re.compile(r"(?i)vote|like|recomm|comment|repl|ripple|cmt|good")
COUNT = re.compile(r"[\[(]\s*\+?\d{1,5}\s*[\])]|\+\s?\d{1,5}")
_SPOKEN = re.compile(r"\+?\s*[\d,]*\s*(?:개|건)?")
_CATEGORY = re.compile(r"(?i)(?:^|[\s_-])(?:\w*cate(?:gory)?|ca_name|board_category)(?:$|[\s_-])")
_SPOKEN_ICON = re.compile(r"(?i)(?:^|[\s_-])(?:ico|icons?|blind|hide|hidden|sr[_-]only|sound_only)(?:$|[\s_-])")
_BY = re.compile(r"(?i)by\s+(?=\S)")
_PLACE = re.compile(r"[가-힣]{1,7}(?:특별시|광역시|동|읍|면|리|시|군|구|도|길|골|마을)")
_LONGEST_CATEGORY = 12
_LEAST_REPEATED = 4
_DATED = re.compile(r"\d{1,4}\s?[-./년:]\s?\d")
_FIRST = re.compile(r":nth-(?:last-)?of-type\(1\)")
_PAGES = frozenset(("view", "views", "read", "write"))
"""Words for readers and writers that name a kind of page as well: view_cnt is a count, view_symph is none."""
_COUNTED = re.compile(r"(?i)c(?:ou)?nt|num|no$|hit")
_CLASS_WORDS: dict[str, Role] = {
    **dict.fromkeys(("tit", "title", "subject", "sbj", "subj", "headline", "tt"), "title"),
    **dict.fromkeys(("writer", "write", "author", "name", "nick", "nickname", "reporter", "user", "member"), "author"),
    **dict.fromkeys(("date", "datetime", "time", "regdate", "day"), "date"),
    **dict.fromkeys(("hit", "hits", "view", "views", "read"), "hits"),
    **dict.fromkeys(("num", "no", "number"), "number"),
    **dict.fromkeys(("cate", "category", "section", "sort"), "category"),
}


@dataclass(slots=True)
class Slot:
    """One place in the records, with what stands there in each."""

    path: str
    leaves: dict[int, Leaf] = field(default_factory=dict)
    """By the record's place in its group."""
    drop: tuple[str, ...] = ()
    """What stands there beside the text and is none of it: the title of the record."""

    @property
    def whole(self) -> list[str]:
        """The text of each with that of all its children."""
        nodes = [leaf.node for leaf in self.leaves.values()]
        return [line(node, ids(node.css(", ".join(self.drop))) if self.drop else ()) for node in nodes]

    @property
    def texts(self) -> list[str]:
        return [leaf.text for leaf in self.leaves.values()]

    @property
    def hint(self) -> Role | None:
        """What the classes of the element say that it holds."""
        node = next(iter(self.leaves.values())).node
        for outer in (node, *list(ancestors(node))[:1]):
            for name in (outer.attributes.get("class") or "").split():
                if _OTHER_COUNT.search(name):
                    return None
                words = re.split(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])", name.strip("-_0123456789"))
                for word, behind in zip_longest(words, words[1:], fillvalue=""):
                    role = _CLASS_WORDS.get(word.lower())
                    if role is not None and not (word.lower() in _PAGES and behind and not _COUNTED.match(behind)):
                        return role
            if outer.parent is None or not same(outer.first_child, outer.last_child):
                break
        return None


def find_slots(records: Sequence[LexborNode], links: Mapping[int, LexborNode]) -> list[Slot]:
    """Every place with text in the records, in the order of the page. What stands behind the link is counted from the
    end of its siblings where the records are more alike so: comments may be counted between them. A picture that some
    lack may stand before all of them."""
    ways = [_slots(records, links, *way) for way in _WAYS]
    return max(ways, key=lambda slots: sum(_most_alike(slot) ** 2 for slot in slots))


def _most_alike(slot: Slot) -> int:
    """How many texts of a place are of one kind: where an icon moves a date into it, it holds names and dates."""
    kinds = Counter(
        "int" if is_whole(text) else "date" if _DATED.match(text) else "text"
        for text in slot.texts
        if not is_badge(text)
    )
    return max(kinds.values(), default=0)


_Way = Callable[[LexborNode, LexborNode], str]
_WAYS: tuple[tuple[_Way, _Way], ...] = (
    (path_within, path_within),
    (path_within, path_from_end),
    (path_within, partial(path_from_end, last=False)),
    (named_path, named_path),
    (path_from_end, path_from_end),
)
"""How places are told: up to the link's end, and behind it."""


def _slots(records: Sequence[LexborNode], links: Mapping[int, LexborNode], before: _Way, after: _Way) -> list[Slot]:
    slots: dict[str, Slot] = {}
    orders: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        link, passed = links.get(place), False
        for order, leaf in enumerate(leaves_of(record)):
            inside = link is not None and within(leaf.node, link)
            passed = passed or inside
            path = (after if passed and not inside else before)(leaf.node, record)
            slots.setdefault(path, Slot(path)).leaves.setdefault(place, leaf)
            orders.setdefault(path, []).append(order)
    for alike in _alike(slots.values()):
        path = max((slot.path for slot in alike), key=len)
        slots[path] = Slot(path, {place: leaf for slot in alike for place, leaf in slot.leaves.items()})
        orders[path] = [order for slot in alike for order in orders[slot.path]]
        for slot in alike:
            if slot.path != path:
                del slots[slot.path]
    return sorted(slots.values(), key=lambda slot: median(orders[slot.path]))


def _alike(slots: Collection[Slot]) -> list[list[Slot]]:
    """Slots that are one place: what stands alone in some records is the first of its kind in others, which hold more
    of them."""
    groups: dict[str, list[Slot]] = {}
    for slot in slots:
        groups.setdefault(_FIRST.sub("", slot.path), []).append(slot)
    return [
        group
        for group in groups.values()
        if len(group) == 2 and group[0].leaves.keys().isdisjoint(group[1].leaves.keys())
    ]


def is_badge(text: str) -> bool:
    """Whether a text is a badge beside a title ([공지], NEW), a count of comments, or nothing."""
    bare = text.strip().strip("[]()<>").strip()
    return not bare or BADGE.fullmatch(bare) is not None or COUNT.fullmatch(text.strip()) is not None


def noise_in(node: LexborNode) -> tuple[str, ...]:
    """Selectors, from inside ``node``, of badges (새글, HOT) and counts of comments that stand in an element of their
    own; only such as find nothing else."""
    noise = {
        inner.mem_id: inner
        for inner in node.css("*")
        if not same(inner, node)
        and (text := line(inner))
        and (
            BADGE.fullmatch(text)
            or COUNT.fullmatch(text)
            or _is_spoken_count(inner, text)
            or _is_category(inner)
            or _is_spoken_icon(inner, node, text)
            or _repeats(inner, node, text)
        )
    }
    found: dict[str, None] = {}
    for inner in noise.values():
        path = path_within(inner, node)
        tail = path.rpartition(" > ")[2]
        for way in (tail.partition(":")[0], tail, path):
            if all(each.mem_id in noise for each in node.css(way)):
                found[way] = None
                break
    return tuple(found)


def _is_spoken_count(node: LexborNode, text: str) -> bool:
    """Whether an element is a number, or its unit, behind one that says of what: 댓글 3 개, partly for those who hear
    the page."""
    before = node.prev
    while before is not None and _SPOKEN.fullmatch(text):
        if before.is_element_node and role_of(line(before)) == "comments":
            return True
        if not _SPOKEN.fullmatch((before.text_content or "").strip() if before.is_text_node else line(before)):
            return False
        before = before.prev
    return False


def _is_spoken_icon(node: LexborNode, title: LexborNode, text: str) -> bool:
    """Whether short words inside a title are those of an icon, or partly for those who hear the page: 최근 게시물."""
    return (
        len(text) <= _LONGEST_CATEGORY
        and len(text) * 2 < len(line(title))
        and _SPOKEN_ICON.search(node.attributes.get("class") or "") is not None
    )


def _repeats(node: LexborNode, title: LexborNode, text: str) -> bool:
    """Whether an element inside a title says the rest of it again, mostly with facts before it: a form of the record
    for narrow windows."""
    if len(text) * 2 < len(line(title)):
        return False
    rest = line(title, {node.mem_id})
    return len(rest) >= _LEAST_REPEATED and rest in text


def _is_category(node: LexborNode) -> bool:
    """Whether short words that stand first in an element are called a category."""
    return (
        leads(node)
        and _CATEGORY.search(node.attributes.get("class") or "") is not None
        and len(line(node)) <= _LONGEST_CATEGORY
    )


def leads(node: LexborNode) -> bool:
    """Whether an element stands first in its own, before any words."""
    return node.prev is None or (node.prev.prev is None and not (node.prev.text_content or "").strip())


def common_label(texts: Sequence[str]) -> tuple[Role, str] | None:
    """The label that all texts begin with before a value ("필자 최누리"): its role, and an expression for it."""
    filled = [text for text in texts if text]
    if len(filled) > 1 and all(map(_BY.match, filled)):
        return "author", r"[Bb][Yy]\s+"
    leads = [(text, lead) for text in filled if (lead := leading_label(text)) is not None and lead.rest]
    heads = {text[: len(text) - len(lead.rest)].strip(" :：") for text, lead in leads}
    roles = {lead.role for _, lead in leads}
    if len(leads) < 2 or len(leads) < len(filled) or len(heads) != 1 or len(roles) != 1:
        return None
    return roles.pop(), r"\s*".join(re.escape(word) for word in heads.pop().split()) + r"\s*[:：]?\s*"


def leading_word(texts: Sequence[str], role: Role) -> str | None:
    """An expression for what follows a label without a colon ("필자 최누리"), when all texts begin with that label."""
    found = common_label(texts)
    return rf"^{found[1]}(.+)" if found is not None and found[0] == role else None


def names_office(slot: Slot | None) -> bool:
    """Whether the label of a place is that of a department."""
    if slot is None:
        return False
    return tell_offices([line(leaf.node) for leaf in slot.leaves.values()])


def tell_offices(texts: Sequence[str]) -> bool:
    """Whether texts begin with the label of a department, glued to it or not."""
    squashed = [squash_label(text) for text in texts]
    return any(all(text.startswith(word) for text in squashed) for word in OFFICES)


def is_dates(texts: Sequence[str], seen_at: datetime) -> bool:
    filled = [text for text in texts if text]
    return bool(filled) and sum(read_date(text, seen_at) is not None for text in filled) * 5 >= len(filled) * 4


def is_counts(texts: Sequence[str]) -> bool:
    return bool(texts) and sum(is_whole(text) for text in texts) * 5 >= len(texts) * 3


def is_words(texts: Sequence[str]) -> bool:
    """Names or other short words, none of them a file's or its size."""
    words = [text for text in texts if re.search(r"[^\W\d_]", text) and not _is_of_file(text)]
    return len(words) * 5 >= len(texts) * 4 and median(map(len, texts)) <= 20 and max(map(len, texts)) <= 40


def _is_of_file(text: str) -> bool:
    return looks_like_file_name(name_from_link(text)) or is_size(text)


def is_category(texts: Sequence[str]) -> bool:
    """Whether short words tell what kind of post each is: few of them, and the same again and again."""
    short = is_words(texts) and max(map(len, texts)) <= _LONGEST_CATEGORY and not all(map(BADGE.fullmatch, texts))
    return short and len(texts) > 3 and len(set(texts)) * 2 <= len(texts) and not tell_offices(texts)


def are_kinds(texts: Sequence[str]) -> bool:
    """Whether words are short ones by which posts may be sorted: some of them the same again."""
    return is_words(texts) and max(map(len, texts)) <= _LONGEST_CATEGORY and len(set(texts)) < len(texts) > 3


def are_places(texts: Sequence[str]) -> bool:
    """Whether nearly all short words end as places do (은모래동, 두레읍), several of them: names hardly do."""
    bare = {text.strip("[]() ") for text in texts}
    return len(bare) > 2 and sum(map(bool, map(_PLACE.fullmatch, bare))) * 5 >= len(bare) * 4
