"""Saving what was read of one board's posts: new ones at once, edits once they are believed (see drafts)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scraper import __version__
from scraper.archive.store import Archive
from scraper.errors import LayoutChanged
from scraper.models import Board, Known, Post
from scraper.sync.drafts import CONTROLS, RECENT, Drafts, changes, differences, faces
from scraper.sync.options import Options
from scraper.sync.pulse import Pulse
from scraper.sync.source import Kept
from scraper.sync.walked import Walked

TOLD = 10
"""An edit of which the list tells too is believed while no more than every so-many-th row has changed."""
PARSER = f"sinmungo {__version__}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A post as it was read, not saved yet."""

    post: Post
    kept: Kept


class Saving:
    """One run's. What still waits when a run is cut short stays a capture that nobody has read, for the next one."""

    def __init__(
        self,
        archive: Archive,
        board: Board,
        walked: Walked,
        options: Options,
        pulse: Pulse,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._board = board
        self._walked = walked
        self._options = options
        self._pulse = pulse
        self._clock = clock
        self._drafts: Drafts[Draft] = Drafts()
        self._read: set[int] = set()
        self._is_recalled = False

    def take(self, draft: Draft, held: dict[str, Any]) -> None:
        """Save what was read, or let it wait. Raises LayoutChanged when everything reads as edited."""
        changed = changes(draft.post, held) if held.get("version") else frozenset[str]()
        self._read.add(draft.kept.capture_id)
        if held.get("version"):
            is_listed = draft.post.key in self._walked.rows
            untold = frozenset[str]() if is_listed else frozenset(draft.post.fields_from_listing)
            self._drafts.see(held, changed, untold, earlier=self._is_recent(draft.kept))
        if not changed or self._options.confirm or self._is_told(draft.post.key):
            self._save(draft)
            return
        self._drafts.waiting.append((draft, changed))
        if self._drafts.is_hopeless:
            self._recall()
        if self._drafts.is_hopeless:
            self._alarm()

    def controls(self, known: Mapping[str, Known], done: Set[str]) -> Iterator[str]:
        """Further posts to read, that may vouch for what is doubtful; the newest first, and not many."""
        if self._drafts.doubtful:
            self._recall()
        others = [post for post in known.values() if post.state == "live" and post.version]
        read = 0
        for post in sorted(others, key=lambda post: (post.posted_date or "", post.id), reverse=True):
            if read == CONTROLS or not self._drafts.doubtful:
                return
            held = self._archive.find_post(self._board.id, post.key) if post.key not in done else None
            if held is not None and faces(held) & self._drafts.doubtful:
                read += 1
                yield post.key

    def save_believed(self) -> None:
        """Save the edits for which others vouch by now."""
        for draft in self._drafts.believed():
            self._save(draft)

    def finish(self) -> None:
        """Save what nobody can be asked about. Raises LayoutChanged for what still nobody vouches for."""
        for draft in self._drafts.alone():
            self._save(draft)
        if self._drafts.waiting:
            self._alarm()

    def _is_recent(self, kept: Kept) -> bool:
        return kept.is_left and kept.page.seen_at > self._clock() - RECENT

    def _recall(self) -> None:
        """Let vouch what other runs have read lately: this one may be the rest of one that was cut."""
        if self._is_recalled:
            return
        self._is_recalled = True
        for each in self._archive.find_readings(self._board.id, self._clock() - RECENT):
            if each.capture_id not in self._read:
                told = faces(each.before) if each.after is None else differences(each.before, each.after)
                self._drafts.see(each.before, told, earlier=True)

    def _is_told(self, key: str) -> bool:
        """Whether the list tells of the edit too, and of few others."""
        changed = self._walked.changed
        return key in changed and len(changed) <= max(1, len(self._walked.rows) // TOLD)

    def _alarm(self) -> None:
        """The template has changed: nothing is overwritten."""
        name, share = self._drafts.complaint()
        for draft, _ in self._drafts.waiting:
            self._archive.save_outcome(draft.kept.capture_id, "layout")
            for file in draft.post.files:
                if file.capture_id is not None:
                    self._archive.save_outcome(file.capture_id, "superseded")
        url = self._drafts.waiting[0][0].post.url
        self._drafts.waiting.clear()
        wanted = f"what was read there before ('sinmungo sync {self._board.slug} --confirm' if it was edited)"
        raise LayoutChanged(url, f"the {name} of known posts", wanted, f"something else in {share}")

    def _save(self, draft: Draft) -> None:
        outcome, _ = self._archive.save_post(
            self._board.id,
            draft.post,
            capture_id=draft.kept.capture_id,
            listing_capture_id=self._walked.captures.get(draft.post.key),
            seen_at=draft.kept.page.seen_at,
            parser_version=PARSER,
        )
        self._pulse.post(outcome, draft.post.title)
