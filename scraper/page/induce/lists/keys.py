"""What tells the posts of a list apart: the parameter, path or argument that differs from record to record. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from scraper.page.calls import Call, call_of
from scraper.page.document import Document, line
from scraper.page.induce.lists.groups import leaves_of, openers
from scraper.page.induce.selectors import path_within
from scraper.page.links import PASSING, open_link
from scraper.page.parts import Identity, Layout
from scraper.page.site import site_of, sites_of

_LIKE_A_KEY = re.compile(r"(?i)(?:idx|no|seq|uid|srl|num|sn|id|key|article|post)\d?$|^(?:wr_id|p|b|i|n)$")
_PLAIN = Layout(name="induced")
_MOST_ARGUMENTS = 8
_SHOWN = 2.0
"""How much less a source counts that repeats the number printed in the row: a rank, unless nothing else differs."""

_SHARED = 0.5
"""How much more a source counts that notices, which are linked in another way, have as well."""


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens the post of one record."""

    record: int
    """The place of the record in its group."""
    node: LexborNode
    path: str
    text: str
    url: str | None
    call: Call | None
    values: Mapping[str, str]
    """Every source (``query:idx``, ``call:1`` …) with what it gives here."""


@dataclass(frozen=True, slots=True)
class Keys:
    """How the records of a group are told apart."""

    identity: Identity
    openers: Mapping[int, Opener]
    """The opener of each record that has one, by the record's place."""
    is_sure: bool
    """Nothing else differs from record to record in the same way."""


def find_keys(document: Document, records: Sequence[LexborNode]) -> Keys | None:
    """The identity of the posts of these records; None when nothing tells them apart."""
    shapes: dict[str, dict[int, Opener]] = {}
    told: dict[str, set[int]] = {}
    several: dict[tuple[str, int], set[str]] = {}
    sites = sites_of(document)
    for place, record in enumerate(records):
        for node in openers(record):
            opener = _opener(document, place, record, node, sites)
            if opener is not None:
                for name in opener.values:
                    told.setdefault(name, set()).add(place)
                shape = _shape(opener)
                if opener.text and not opener.text.isdecimal():
                    for name, value in opener.values.items():
                        several.setdefault((f"{shape} {name}", place), set()).add(value)
                held = shapes.setdefault(shape, {})
                if place not in held or len(opener.text) > len(held[place].text):
                    held[place] = opener
    printed = {place: _printed(record) for place, record in enumerate(records)}
    best: tuple[float, Keys] | None = None
    for shape, held in shapes.items():
        if len(held) * 2 < len(records):
            continue
        beyond = {name for name, places in told.items() if places - held.keys()}
        keys = _told_apart(held, printed, beyond)
        if keys is None:
            continue
        own = f"{shape} {keys.identity.key[0]}"
        if sum(len(several.get((own, place), ())) > 1 for place in held) * 2 > len(held):
            continue  # each holds several posts
        words = sum(len(opener.text) > 1 for opener in held.values())
        weight = len(held) + words + min(sum(len(opener.text) for opener in held.values()) / len(held), 60) / 6
        if best is None or weight > best[0]:
            best = weight, keys
    return best[1] if best else None


def _opener(
    document: Document, place: int, record: LexborNode, node: LexborNode, sites: Collection[str]
) -> Opener | None:
    call = call_of(node)
    ask = open_link(document, _PLAIN, node, "article")
    url = ask.url if ask is not None else None
    if url is not None and site_of(url) not in sites:
        return None
    values: dict[str, str] = {}
    for name, value in node.attributes.items():
        if name.startswith("data-") and value and re.fullmatch(r"[\w.-]{1,40}", value):
            values[f"attr:{name}"] = value
    if call is not None:
        values.update({f"call:{at}": each for at, each in enumerate(call.arguments[:_MOST_ARGUMENTS]) if each})
    if ask is not None:
        told = "&".join(filter(None, (ask.url.partition("?")[2].partition("#")[0], (ask.form or b"").decode("ascii"))))
        pairs = (part.partition("=") for part in told.split("&"))
        values.update({f"query:{name}": unquote(value) for name, _, value in pairs if value})
        path = ask.url.partition("?")[0].partition("://")[2].partition("/")[2]
        values["path:"] = "/" + path
    return Opener(place, node, path_within(node, record), line(node), url, call, values) if values else None


def _shape(opener: Opener) -> str:
    """Openers of one kind: the same script function, or addresses of the same form."""
    if opener.call is not None:
        return f"{opener.call.name}/{len(opener.call.arguments)}"
    if opener.url is None:
        return "data " + " ".join(sorted(opener.values))
    names = sorted(name for name in opener.values if name.startswith("query:") and name[6:] not in PASSING)
    path = re.sub(r"\d+", "#", opener.values.get("path:", ""))
    if any(_LIKE_A_KEY.search(name[6:]) for name in names):
        return f"{path}?{' '.join(names)}"
    return f"{'/'.join('*' if part else '' for part in path.split('/'))}?{' '.join(names)}"


def _printed(record: LexborNode) -> frozenset[str]:
    """The numbers that a record shows by themselves, perhaps behind a label."""
    shown = (re.fullmatch(r"\D{0,6}(\d+)", leaf.text) for leaf in leaves_of(record))
    return frozenset(match[1] for match in shown if match is not None)


def _told_apart(
    held: Mapping[int, Opener], printed: Mapping[int, frozenset[str]], beyond: Collection[str]
) -> Keys | None:
    """The source whose values differ as often as the posts do; rather one that records ``beyond`` these have too."""
    names = Counter(name for opener in held.values() for name in opener.values)
    posts = len({opener.text or opener.values.get("path:", "") for opener in held.values()})
    found: list[tuple[float, str]] = []
    counts: dict[str, int] = {}
    for name, count in names.items():
        values = [opener.values[name] for opener in held.values() if name in opener.values]
        if count < len(held) or name == "query:page" or (name.partition(":")[2] in PASSING):
            continue
        different = len(set(values))
        if name == "path:" and different > 1:
            keyed = _key_in_path(values)[1]
            different = len({keyed.get(value) for value in values} - {None}) or 1
        if different * 5 < min(posts, len(held)) * 3 or (different < 2 and len(held) > 1):
            continue  # a post may stand there as notice and as row
        counts[name] = different
        shown = sum(opener.values[name] in printed[place] for place, opener in held.items())
        weight = _weight(name, values) - (_SHOWN if shown * 5 >= len(held) * 4 else 0)
        found.append((weight + (_SHARED if name in beyond else 0), name))
    most = max(counts.values(), default=0)
    found = [(weight, name) for weight, name in found if counts[name] * 20 >= most * 19]
    if not found:
        return None
    found.sort(reverse=True)
    name = found[0][1]
    if name not in beyond:  # of two that give the same here, the one that other records have too
        name = next((other for _, other in found if other in beyond and _same_values(held, name, other)), name)
    source = name
    if name == "path:":
        pattern = _key_in_path([opener.values[name] for opener in held.values()])[0]
        if pattern is None:
            return None
        source = f"path:{pattern}"
    identity = Identity(key=(source,))
    rivals = [rival for weight, rival in found[1:] if weight == found[0][0] and not _same_values(held, name, rival)]
    return Keys(identity, held, is_sure=not rivals)


def _same_values(held: Mapping[int, Opener], name: str, other: str) -> bool:
    """Whether two sources give the same in every record: either will do."""
    return all(opener.values.get(name) == opener.values.get(other) for opener in held.values())


def _weight(name: str, values: Sequence[str]) -> float:
    """How much a source looks like a post's identity: by its name, and by numbers that do not fall one by one."""
    how, _, what = name.partition(":")
    if how == "path":
        values = [value for value in _key_in_path(values)[1].values() if value]
    weight = {"query": 2.0, "path": 1.5, "call": 1.2, "attr": 1.0}[how]
    if how in ("query", "attr") and _LIKE_A_KEY.search(what):
        weight += 1
    if all(value.isdigit() for value in values):
        weight += 1
        numbers = [int(value) for value in values]
        steps = [above - below for above, below in pairwise(numbers)]
        if len(steps) > 1 and set(steps) <= {1}:  # as the printed rank does
            weight -= 2.5
        if steps and set(steps) <= {-1}:  # counted down the page: a place, no identity
            weight -= 1.5
    elif how == "path":
        weight -= 1
    return weight


def _key_in_path(paths: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """An expression for the one part of the path that differs, and what it gives for each."""
    split = [path.split("/") for path in dict.fromkeys(paths)]
    if len({len(parts) for parts in split}) != 1 or len(split) < 2:
        return None, {}
    places = [at for at in range(len(split[0])) if len({parts[at] for parts in split}) > 1]
    numeric = [at for at in places if all(re.search(r"\d", parts[at]) for parts in split)]
    place = max(numeric or places, key=lambda at: len({parts[at] for parts in split}))
    if any(at != place for at in places) and place not in numeric:
        return None, {}
    values = [parts[place] for parts in split]
    lead, tail = _common(values)
    before = [re.escape(part) for part in split[0][max(1, place - 2) : place] if part and place not in places[:0]]
    if any(at in places for at in range(max(1, place - 2), place)):
        before = ["[^/]+" if at in places else re.escape(split[0][at]) for at in range(max(1, place - 2), place)]
    inner = [value[len(lead) : len(value) - len(tail) if tail else None] for value in values]
    kind = r"(\d+)" if all(value.isdigit() for value in inner) else r"([^/]+)"
    end = re.escape(tail) + "$" if place == len(split[0]) - 1 else re.escape(tail) + "/"
    pattern = "/" + "/".join([*before, re.escape(lead) + kind + end])
    found = {}
    for path in paths:
        match = re.search(pattern, path)
        if match is None:
            return None, {}
        found[path] = match[1]
    return pattern, found


def _common(values: Sequence[str]) -> tuple[str, str]:
    """What all begin and end with, not cutting into numbers, and into words (or escaped letters) only beside them."""
    lead = _shared(values)
    tail = _shared([value[len(lead) :][::-1] for value in values])[::-1]
    lead, tail = re.sub(r"\d+$", "", lead), re.sub(r"^\d+", "", tail)
    if all(value[len(lead) : len(value) - len(tail)].isdigit() for value in values):
        return lead, tail
    return re.sub(r"[^-_.~]+$", "", lead), re.sub(r"^[^-_.~]+", "", tail)


def _shared(values: Sequence[str]) -> str:
    low, high = min(values), max(values)
    at = 0
    while at < min(len(low), len(high)) and low[at] == high[at]:
        at += 1
    return low[:at]
