"""Edits that wait to be believed: a board whose template has changed reads as if all its posts had been edited. Pure.

An edit is believed when other posts that were read in the same run show the same field as it was before. What a field
is to them counts: only a post with files can vouch for files, only one without an author for authors that are new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from scraper.models import Post

HOPELESS = 5
"""So many posts changed in one field, and none that did not: more need not be read."""
CONTROLS = 3
"""So many other posts are read at most for the sake of a doubtful edit."""
_NAMES = ("title", "author", "category", "posted_at", "body_text", "file", "inline")

T = TypeVar("T")


@dataclass
class Drafts(Generic[T]):
    """Of one run. ``waiting``: what is to be saved once it is believed, with the fields that changed."""

    waiting: list[tuple[T, frozenset[str]]] = field(default_factory=list)
    _changed: Counter[str] = field(default_factory=Counter)
    _vouched: Counter[str] = field(default_factory=Counter)

    def see(self, held: Mapping[str, Any], changed: frozenset[str], untold: frozenset[str] = frozenset()) -> None:
        """Count a known post that was read. ``untold``: fields of which no page of this run told anything."""
        self._changed.update(changed)
        self._vouched.update(faces(held) - changed - untold)

    def believed(self) -> list[T]:
        """Those that others vouch for; they wait no longer."""
        found = [each for each, fields in self.waiting if not self._doubts(fields)]
        self.waiting = [(each, fields) for each, fields in self.waiting if self._doubts(fields)]
        return found

    def alone(self) -> list[T]:
        """Those whose doubtful fields changed in no other post; they wait no longer."""
        found = [each for each, fields in self.waiting if self._is_single(fields)]
        self.waiting = [(each, fields) for each, fields in self.waiting if not self._is_single(fields)]
        return found

    @property
    def doubtful(self) -> frozenset[str]:
        """The fields that more posts should tell about."""
        return frozenset[str]().union(*(self._doubts(fields) for _, fields in self.waiting))

    @property
    def is_hopeless(self) -> bool:
        return any(self._changed[name] >= HOPELESS and not self._vouched[name] for name in self.doubtful)

    def complaint(self) -> tuple[str, str]:
        """The field of most doubtful edits and how many posts changed in it, in words."""
        name = max(sorted(self.doubtful), key=lambda each: self._changed[each])
        told = {"posted_at": "date", "body_text": "text", "file": "files", "inline": "images"}
        plain = name.removeprefix("no ")
        return told.get(plain, plain), f"{self._changed[name]} of {self._changed[name] + self._vouched[name]} posts"

    def _is_single(self, fields: frozenset[str]) -> bool:
        return all(self._changed[name] == 1 for name in self._doubts(fields))

    def _doubts(self, fields: frozenset[str]) -> frozenset[str]:
        return frozenset(name for name in fields if self._vouched[name] * 2 < self._changed[name])


def faces(held: Mapping[str, Any]) -> frozenset[str]:
    """What a held post can vouch for: each field it has, or that it has none."""
    values = {**held, **_files_of(held)}
    return frozenset(name if values[name] else f"no {name}" for name in _NAMES)


def changes(post: Post, held: Mapping[str, Any]) -> frozenset[str]:
    """The fields in which a reading differs from what is held, as ``faces`` names them; of files, which are offered."""
    at = post.posted.at if post.posted else None
    offered = [each.attachment for each in post.files]
    read: dict[str, Any] = {
        "title": post.title,
        "author": post.author,
        "category": post.category,
        "posted_at": at.isoformat() if at else None,
        "body_text": post.body_text,
        **{kind: {each.key for each in offered if each.kind == kind} for kind in ("file", "inline")},
    }
    before = {**held, **_files_of(held)}
    return frozenset(
        name if before[name] else f"no {name}" for name in _NAMES if (read[name] or None) != (before[name] or None)
    )


def _files_of(held: Mapping[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"file": set(), "inline": set()}
    for each in held["attachments"]:
        if each["state"] != "gone":
            found[each["kind"]].add(each["key"])
    return found
