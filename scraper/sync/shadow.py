"""A proposed layout beside the stored one, on the same pages: what differs, field by field, and whether it may be used.

Pure. A kept page that both read must read exactly alike. A page of the new face, which only the proposed one reads, is
held against what the archive knows of its posts; there an edit or a read more since is no difference. What the stored
layout misread before anybody noticed is none either, where today's page says the same as the proposed one reads there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from scraper.models import Article, Known, Listing
from scraper.page.induce.check import is_same_title

Value = str | int | bool | None
Values = Mapping[str, Value]
Where = Literal["list", "article"]
Kept = Literal["author", "category", "date"]
KEPT: tuple[Kept, ...] = ("author", "category", "date")
"""What a board may go without: a new face may tell what the former did not, or no longer tell it."""

_ROW = ("title", "author", "date", "hits", "notice", "secret")
_ARTICLE = ("title", "author", "date", "hits", "body", "files")
EDITED = 5
"""One post in so many may have been edited since it was archived; more are read wrongly."""
PROOFS = 2
"""So many archived posts must read today as they are archived, where pages of the old face cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of one post on one page. ``capture_id`` None: a page of today."""

    where: Where
    capture_id: int | None
    key: str
    field: str
    held: Value
    found: Value


@dataclass(frozen=True, slots=True)
class Trial:
    """One page as the stored layout (``old``) and the proposed one (``new``) read it, by post; None: not at all."""

    where: Where
    capture_id: int | None
    old: Mapping[str, Values] | None
    new: Mapping[str, Values] | None


@dataclass(frozen=True, slots=True)
class Shadow:
    """What all trials came to."""

    changed: tuple[Difference, ...]
    """On kept pages that both layouts read."""
    departed: tuple[Difference, ...]
    """On pages of the new face, from what the archive holds."""
    alike: int
    """Kept pages that both read, and read the same."""
    older: int
    """Kept pages that the proposed layout does not read any more: they have the old face."""
    proofs: int
    """Archived posts whose article the proposed layout reads on a page of the new face."""
    misread: tuple[str, ...]
    """Fields that depart in more posts than can have been edited."""


def row_values(listing: Listing) -> dict[str, Values]:
    """What a list page says of its posts, by key."""
    return {
        row.key: {
            "title": row.title,
            "author": row.author,
            "date": row.posted.date if row.posted else None,
            "hits": row.hits,
            "notice": row.is_notice,
            "secret": row.is_secret,
            "number": row.number,
            "category": row.category,
        }
        for row in listing.rows
    }


def article_values(article: Article) -> Values:
    """What a post's own page says."""
    return {
        "title": article.title,
        "author": article.author,
        "date": article.posted.date if article.posted else None,
        "hits": article.hits,
        "category": article.category,
        "body": article.body_text,
        "files": ", ".join(file.name for file in article.attachments if file.kind == "file") or None,
    }


def held_values(post: Mapping[str, Any]) -> Values:
    """What the archive holds of a post, from its record with ``attachments``."""
    return {
        "title": post["title"],
        "author": post["author"],
        "date": post["posted_date"],
        "hits": post["hits"],
        "notice": bool(post["is_notice"]),
        "secret": bool(post["is_secret"]),
        "category": post["category"],
        "body": post["body_text"],
        "files": ", ".join(file["name"] for file in post["attachments"] if file["kind"] == "file") or None,
        "is_read": post["version"] > 0,
    }


def shadow_of(trials: Sequence[Trial], held: Mapping[str, Values]) -> Shadow:
    """Compare all trials. ``held``: archived posts by key."""
    changed: list[Difference] = []
    departed: list[Difference] = []
    compared: Counter[tuple[Where, str]] = Counter()
    read: set[str] = set()
    alike = older = 0
    for trial in trials:
        if trial.new is None:
            older += trial.old is not None
        elif trial.old is not None and trial.capture_id is not None:
            found = _changes(trial, trial.old, trial.new)
            changed += found
            alike += not found
        else:
            for key in trial.new.keys() & held.keys():
                if trial.where == "article" and not held[key]["is_read"]:
                    continue
                departed += _departures(trial, key, held[key], trial.new[key])
                compared[trial.where, key] += 1
                if trial.where == "article":
                    read.add(key)
    ours = _ours(changed, departed, trials, held)
    changed = [each for each in changed if each not in ours]
    alone = {(each.key, each.field) for each in ours}
    departed = [each for each in departed if each.where == "list" or (each.key, each.field) not in alone]
    return Shadow(tuple(changed), tuple(departed), alike, older, len(read), _misread(departed, compared))


def _ours(
    changed: Sequence[Difference],
    departed: Sequence[Difference],
    trials: Sequence[Trial],
    held: Mapping[str, Values],
) -> list[Difference]:
    """Of the differences on kept pages those that the stored layout has to answer for: the post's page of today says
    what the proposed one reads on the kept page, and of enough other posts what is held."""
    today: dict[str, Values] = {}
    for trial in trials:
        if trial.where == "article" and trial.capture_id is None:
            today |= trial.new or {}
    strays = {(each.key, each.field) for each in departed if each.where == "article"}
    found = []
    for each in changed:
        if each.where != "article" or each.key not in today:
            continue
        others = [key for key in today.keys() & held.keys() if key != each.key and held[key][each.field] is not None]
        proven = sum((key, each.field) not in strays for key in others)
        says = today[each.key][each.field]
        is_same = _squashed(says) == _squashed(each.found) or (each.field == "hits" and says is not None)
        if is_same and proven >= min(PROOFS, len(others)) > 0:
            found.append(each)
    return found


def told_unevenly(trials: Iterable[Trial], held: Mapping[str, Values]) -> tuple[Kept, ...]:
    """The fields that of no post both the archive and today's pages tell, and of some post one of them."""
    read: dict[str, dict[str, Value]] = {}
    for trial in trials:
        for key, values in (trial.new or {}).items() if trial.capture_id is None else ():
            before = read.setdefault(key, {})
            before |= {name: value for name, value in values.items() if value is not None}
    opened = [key for key in read if "body" in read[key] and key in held and held[key]["is_read"]]
    found = []
    for field in KEPT:
        sides = [(held[key][field] is not None, read[key].get(field) is not None) for key in opened]
        if any(a != b for a, b in sides) and (True, True) not in sides:
            found.append(field)
    return tuple(found)


def _changes(trial: Trial, old: Mapping[str, Values], new: Mapping[str, Values]) -> list[Difference]:
    """Every value that is not exactly the same; a post that only one of them sees is one difference."""
    found = []
    for key in dict.fromkeys((*old, *new)):
        if key not in old or key not in new:
            found.append(Difference(trial.where, trial.capture_id, key, "post", key in old, key in new))
            continue
        found += [
            Difference(trial.where, trial.capture_id, key, field, old[key][field], new[key][field])
            for field in old[key]
            if old[key][field] != new[key][field]
        ]
    return found


def _departures(trial: Trial, key: str, held: Values, found: Values) -> list[Difference]:
    fields = _ROW if trial.where == "list" else _ARTICLE
    return [
        Difference(trial.where, trial.capture_id, key, field, held[field], found[field])
        for field in fields
        if _departs(trial.where, field, held[field], found[field], is_kept=trial.capture_id is not None)
    ]


def _departs(where: Where, field: str, held: Value, found: Value, *, is_kept: bool = False) -> bool:
    """Whether a page says something else than the archive. What the archive does not hold may be new; what a list
    does not say, the article may; names of files are the servers', so that their number counts."""
    if field == "files":
        return _count(held) != _count(found)
    if held is None:
        return field == "body" and found is not None
    if found is None:
        return where == "article" and field in ("title", "body")
    if field == "hits":  # readers only grow; a kept page may be older than what is held, or newer
        return not is_kept and int(found) < int(held)
    if field == "title":
        return not (is_same_title(str(held), str(found)) or is_same_title(str(found), str(held)))
    return _squashed(held) != _squashed(found)


def _count(names: Value) -> int:
    return len(str(names).split(", ")) if names else 0


def _squashed(value: Value) -> str:
    return "".join(str(value).split())


def _misread(departed: Sequence[Difference], compared: Mapping[tuple[Where, str], int]) -> tuple[str, ...]:
    posts = Counter(where for where, _ in compared)
    seen = {(each.where, each.field, each.key) for each in departed}
    counted = Counter((where, field) for where, field, _ in seen)
    return tuple(
        dict.fromkeys(field for (where, field), times in sorted(counted.items()) if times * EDITED > posts[where])
    )


def wrong_identity(rows: Mapping[str, Values], known: Mapping[str, Known]) -> str | None:
    """Why the keys on today's list cannot be those that the archive holds; None when they are."""
    if not known:
        return None
    shared = [key for key in rows if key in known]
    if not shared:
        return "none of the keys on its first pages is held, so that it cannot be told whether they mean the same posts"
    by_title: dict[tuple[str, str | None], set[str]] = {}
    for post in known.values():
        by_title.setdefault((_squashed(post.title), post.posted_date), set()).add(post.key)
    moved = []
    for key, row in rows.items():
        others = by_title.get((_squashed(row["title"]), _date(row["date"])), set())
        if others and key not in others:
            moved.append(f"{row['title']} is {min(others)} in the archive and {key} on the list")
    if len(moved) * EDITED > len(shared):
        return f"the keys are others than those held: {moved[0]}"
    strange = [key for key in shared if _departs("list", "title", known[key].title, rows[key]["title"])]
    if len(strange) * 2 > len(shared):
        key = strange[0]
        told = f"{key} is {known[key].title} in the archive and {rows[key]['title']} today"
        return f"the keys mean other posts, or the titles of the list are misread: {told}"
    return None


def _date(value: Value) -> str | None:
    return None if value is None else str(value)


def objection(shadow: Shadow) -> str | None:
    """Why the proposed layout may not replace the stored one without force; None when it may."""
    if shadow.changed:
        fields = ", ".join(sorted({each.field for each in shadow.changed}))
        pages = len({each.capture_id for each in shadow.changed})
        return f"{pages} kept pages read differently ({fields})"
    if shadow.misread:
        return f"what today's pages say is not what the archive holds ({', '.join(shadow.misread)})"
    if shadow.older and shadow.proofs < PROOFS:
        return (
            f"{shadow.older} kept pages of the old face are not read, and only {shadow.proofs} archived posts could be "
            f"read today to compare"
        )
    return None
