"""Saving what was read of one board's posts, once it is believed (see drafts)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from scraper import __version__
from scraper.archive.store import Archive
from scraper.errors import ArchiveDamaged, LayoutChanged
from scraper.models import Article, Board, Known, Post, Row
from scraper.page.layout import Layout
from scraper.sync.anew import was_misread
from scraper.sync.drafts import CONTROLS, RECENT, Drafts, changes, differences, faces
from scraper.sync.looks import KNOWN_BY, strange
from scraper.sync.merge import merge
from scraper.sync.options import Options
from scraper.sync.pulse import Pulse
from scraper.sync.source import Kept
from scraper.sync.walked import Walked

TOLD = 10
"""An edit of which the list tells too is believed while no more than every so-many-th row has changed."""
CROWD = 5
"""So many new posts wait at most for known ones that are to be read in any case; then one of those comes first."""
FLOOD = 100
"""So many new posts wait at most; then nobody can be asked any more."""
PARSER = f"sinmungo {__version__}"
Cause = Literal["source", "reparse"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A post as it was read, not saved yet."""

    post: Post
    kept: Kept
    untold: frozenset[str] = frozenset()
    """Fields of which neither view nor list said anything: what is held stands there."""


class Saving:
    """One run's. What still waits when a run is cut short stays a capture that nobody has read, for the next one."""

    def __init__(
        self,
        archive: Archive,
        board: Board,
        layout: Layout,
        walked: Walked,
        options: Options,
        pulse: Pulse,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._board = board
        self._layout = layout
        self._walked = walked
        self._options = options
        self._pulse = pulse
        self._clock = clock
        self._drafts: Drafts[Draft] = Drafts()
        self._read: set[int] = set()
        self._is_recalled = False
        self._looks: list[dict[str, Any]] | None = None
        self._controls = 0

    def take(self, draft: Draft, held: dict[str, Any], row: Row) -> None:
        """Save what was read, or let it wait. Raises LayoutChanged when everything reads as edited."""
        self._read.add(draft.kept.capture_id)
        if not held.get("version"):
            has_file = any(each.attachment.kind == "file" for each in draft.post.files)
            self._drafts.fresh.append((draft, self._strange(draft.post, row, has_file=has_file)))
            if len(self._drafts.fresh) >= FLOOD:
                self.finish()
            return
        changed = changes(draft.post, held)
        is_listed = draft.post.key in self._walked.rows
        untold = draft.untold if is_listed else draft.untold.union(draft.post.fields_from_listing)
        self._drafts.see(held, changed, untold, earlier=self._is_recent(draft.kept))
        if not changed:
            self._save(draft)
            return
        if self._options.confirm or self._is_told(draft.post.key):
            self._save_edit(draft)
            return
        self._drafts.waiting.append((draft, changed))
        if self._drafts.is_hopeless:
            self._recall()
        if self._drafts.is_hopeless:
            self._alarm()

    @property
    def is_crowded(self) -> bool:
        """Whether so many new posts wait that known ones should be read now."""
        return len(self._drafts.fresh) >= CROWD

    def controls(self, known: Mapping[str, Known], done: Set[str], due: Collection[str] = ()) -> Iterator[str]:
        """Further posts to read, that may vouch for what is doubtful: what is ``due`` in any case, then the newest, and
        not many."""
        if self._drafts.doubtful:
            self._recall()
        self.save_believed()
        others = [post for post in known.values() if post.state == "live" and post.version and post.key not in done]
        others.sort(key=lambda post: (post.posted_date or "", post.id), reverse=True)
        for post in sorted(others, key=lambda post: post.key not in due):
            if not self._drafts.doubtful or (post.key not in due and self._controls == CONTROLS):
                return
            held = self._archive.find_post(self._board.id, post.key)
            if held is not None and faces(held) & self._drafts.doubtful:
                self._controls += post.key not in due
                yield post.key
                self.save_believed()

    def save_believed(self) -> None:
        """Save the edits for which others vouch by now, and the new posts that nothing speaks against."""
        for draft in self._drafts.believed():
            self._save_edit(draft)
        for draft in self._drafts.credible():
            self._save(draft)

    def save_new(self, *, wait: bool) -> None:
        """Save the new posts that nothing speaks against. ``wait``: not before a known post was read."""
        if self._drafts.has_seen or not wait:
            for draft in self._drafts.credible():
                self._save(draft)

    def save_late(self, draft: Draft) -> None:
        """Save an article that was received while its post was still there, and could not be read then."""
        self._save(draft, cause="reparse")

    def finish(self) -> None:
        """Save what nobody can be asked about. Raises LayoutChanged for what still nobody vouches for."""
        for draft in self._drafts.alone():
            self._save_edit(draft)
        self.save_believed()
        if self._drafts.waiting or self._drafts.fresh:
            self._alarm()

    def is_strange(self, article: Article | None, row: Row) -> bool:
        """Whether a new post's article looks as none does that the board is known by."""
        if article is None:
            return False
        has_file = any(each.kind == "file" for each in article.attachments)
        return bool(self._strange(merge(article, row, "", ()), row, has_file=has_file))

    def _strange(self, post: Post, row: Row, *, has_file: bool) -> frozenset[str]:
        if self._options.confirm:
            return frozenset()
        if self._looks is None:
            self._looks = self._archive.find_looks(self._board.id, KNOWN_BY)
        return strange(post, row, self._looks, self._layout.kept, has_file=has_file)

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
        """The template has changed: nothing is stored of what waits. Files of new posts are kept for their next try."""
        drafts, self._drafts = self._drafts, Drafts()
        for draft, _ in (*drafts.waiting, *drafts.fresh):
            self._archive.save_outcome(draft.kept.capture_id, "layout")
        for draft, _ in drafts.waiting:
            for file in draft.post.files:
                if file.capture_id is not None:
                    self._archive.save_outcome(file.capture_id, "superseded")
        confirm = f"'sinmungo sync {self._board.slug} --confirm'"
        if drafts.waiting:
            (name, share), whose = drafts.complaint(), "known"
            wanted = f"what was read there before ({confirm} if it was edited)"
        else:
            (name, share), whose = drafts.oddity(), "new"
            wanted = f"what known posts tell there ({confirm} if that is so)"
        url = (drafts.waiting or drafts.fresh)[0][0].post.url
        raise LayoutChanged(url, f"the {name} of {whose} posts", wanted, f"something else in {share}")

    def _save_edit(self, draft: Draft) -> None:
        """A new version; first one of the same page read better, where it was we who had misread that."""
        held = self._archive.find_post(self._board.id, draft.post.key)
        version = self._archive.find_versions(held["id"])[-1] if held is not None and held["version"] else None
        if held is not None and version is not None and self._was_misread(draft, held, version):
            self._archive.save_post(
                self._board.id,
                draft.post,
                capture_id=version["article_capture_id"],
                listing_capture_id=version["listing_capture_id"],
                seen_at=datetime.fromisoformat(version["seen_at"]),
                parser_version=PARSER,
                cause="reparse",
            )
        self._save(draft)

    def _was_misread(self, draft: Draft, held: dict[str, Any], version: dict[str, Any]) -> bool:
        try:
            page = self._archive.find_page(version["article_capture_id"])
        except ArchiveDamaged:  # an edit does not wait for verify
            return False
        return was_misread(page, self._layout, draft.post, held, draft.kept.page.seen_at)

    def _save(self, draft: Draft, cause: Cause = "source") -> None:
        outcome, _ = self._archive.save_post(
            self._board.id,
            draft.post,
            capture_id=draft.kept.capture_id,
            listing_capture_id=self._walked.captures.get(draft.post.key),
            seen_at=draft.kept.page.seen_at,
            parser_version=PARSER,
            cause=cause,
        )
        self._pulse.post(outcome, draft.post.title)
