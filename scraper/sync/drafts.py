"""Readings that wait to be believed: of a template that has changed, all posts read as if they had been edited. Pure.

An edit is believed when other posts that were read in the same run show the same field as it was before. What a field
is to them counts: only a post with files can vouch for files, only one without an author for authors that are new.
A run that goes on where another was cut lets that one's readings vouch as well, unless it looks as if the template
had changed in between: two posts of this run changed, and none of it tells that the field reads as before.
A new post is believed as long as no edit is in doubt; one that looks strange (see looks) when a known post vouches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

from scraper.models import Post

HOPELESS = 5
"""So many posts changed in one field, and none that did not: more need not be read."""
CONTROLS = 3
"""So many other posts are read at most for the sake of a doubtful edit."""
RECENT = timedelta(hours=1)
"""So long what another run has read vouches for what is read now; readings of one run may be as far apart."""
_NAMES = ("title", "author", "category", "posted_at", "body_text", "file", "inline")

T = TypeVar("T")


@dataclass
class Drafts(Generic[T]):
    """Of one run. ``waiting``: what is to be saved once it is believed, with the fields that changed; ``fresh``: new
    posts, with the fields that known ones have to vouch for."""

    waiting: list[tuple[T, frozenset[str]]] = field(default_factory=list)
    fresh: list[tuple[T, frozenset[str]]] = field(default_factory=list)
    _seen: Tally = field(default_factory=lambda: Tally())
    _earlier: Tally = field(default_factory=lambda: Tally())

    def see(
        self,
        held: Mapping[str, Any],
        changed: frozenset[str],
        untold: frozenset[str] = frozenset(),
        *,
        earlier: bool = False,
    ) -> None:
        """Count a known post that was read. ``untold``: fields of which no page of its run told anything; ``earlier``:
        by a run before this one, and lately."""
        (self._earlier if earlier else self._seen).count(held, changed, untold)

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

    def credible(self) -> list[T]:
        """New posts that nothing speaks against; they wait no longer."""
        if any(self._doubts(fields) for _, fields in self.waiting):
            return []
        found = [each for each, fields in self.fresh if not self._unvouched(fields)]
        self.fresh = [(each, fields) for each, fields in self.fresh if self._unvouched(fields)]
        return found

    @property
    def has_seen(self) -> bool:
        """Whether this run has read a known post."""
        return self._seen.posts > 0

    @property
    def doubtful(self) -> frozenset[str]:
        """The fields that more posts should tell about."""
        edited = (self._doubts(fields) for _, fields in self.waiting)
        return frozenset[str]().union(*edited, *(self._unvouched(fields) for _, fields in self.fresh))

    @property
    def is_hopeless(self) -> bool:
        told = [self._told(name) for name in self.doubtful]
        return any(changed >= HOPELESS and not vouched for changed, vouched in told)

    def complaint(self) -> tuple[str, str]:
        """The field of most doubtful edits and how many posts changed in it, in words."""
        name = max(sorted(self.doubtful), key=lambda each: self._told(each)[0])
        changed, vouched = self._told(name)
        return _plain(name), f"{changed} of {changed + vouched} posts"

    def oddity(self) -> tuple[str, str]:
        """The field in which most new posts look strange, and how many do, in words."""
        wanted = Counter(name for _, fields in self.fresh for name in sorted(fields))
        name, count = wanted.most_common(1)[0]
        return _plain(name), f"{count} of {len(self.fresh)} posts"

    def _is_single(self, fields: frozenset[str]) -> bool:
        strange = frozenset[str]().union(*(fields for _, fields in self.fresh))
        doubts = self._doubts(fields)
        return not doubts & strange and all(
            self._seen.changed[name] + self._earlier.changed[name] == 1 for name in doubts
        )

    def _unvouched(self, fields: frozenset[str]) -> frozenset[str]:
        told = {name: self._told(name) for name in fields}
        return frozenset(name for name, (changed, vouched) in told.items() if vouched * 2 < max(changed, 1))

    def _doubts(self, fields: frozenset[str]) -> frozenset[str]:
        told = {name: self._told(name) for name in fields}
        return frozenset(name for name, (changed, vouched) in told.items() if vouched * 2 < changed)

    def _told(self, name: str) -> tuple[int, int]:
        """In how many posts a field has changed, and how many vouch for it."""
        seen, earlier = self._seen, self._earlier
        if seen.changed[name] > 1 and not seen.vouched[name]:
            return seen.changed[name], 0
        return seen.changed[name] + earlier.changed[name], seen.vouched[name] + earlier.vouched[name]


@dataclass
class Tally:
    """By field: how many of the posts that were read have changed in it, and how many read as before."""

    posts: int = 0
    changed: Counter[str] = field(default_factory=Counter)
    vouched: Counter[str] = field(default_factory=Counter)

    def count(self, held: Mapping[str, Any], changed: frozenset[str], untold: frozenset[str]) -> None:
        """One more post, as it was ``held`` when it was read; of ``untold`` fields it tells nothing."""
        self.posts += 1
        self.changed.update(changed)
        self.vouched.update(faces(held) - changed - untold)


def _plain(name: str) -> str:
    told = {"posted_at": "date", "body_text": "text", "file": "files", "inline": "images"}
    plain = name.removeprefix("no ")
    return told.get(plain, plain)


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
    return _differing({**held, **_files_of(held)}, read)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """The fields in which two states of a post differ, as ``faces`` names them."""
    return _differing({**before, **_files_of(before)}, {**after, **_files_of(after)})


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(
        name if before[name] else f"no {name}" for name in _NAMES if (after[name] or None) != (before[name] or None)
    )


def _files_of(held: Mapping[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"file": set(), "inline": set()}
    for each in held["attachments"]:
        if each["state"] != "gone":
            found[each["kind"]].add(each["key"])
    return found
