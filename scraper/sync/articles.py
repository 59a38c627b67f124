"""Reading the articles of one board: which are due, and one post after another, each saved in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from scraper.archive.store import Archive
from scraper.errors import FetchError, LayoutChanged, RobotsDenied, Walled
from scraper.models import Article, Board, Known, Post, Row
from scraper.page.layout import Layout
from scraper.page.links import lasting_url
from scraper.sync import plan
from scraper.sync.downloads import Downloads, check_asked
from scraper.sync.drafts import RECENT
from scraper.sync.feed import Feed
from scraper.sync.judge import Verdict, judge_article
from scraper.sync.merge import complete, is_dated, keep, merge, row_of, settle, states_the_same
from scraper.sync.options import Options
from scraper.sync.pulse import Pulse
from scraper.sync.saving import Draft, Saving
from scraper.sync.source import Kept, Source
from scraper.sync.turn import Failing, failing_posts, turn_of
from scraper.sync.walked import Walked

_READABLE = ("live", "unread", "blocked")
_AWAY = ("missing", "gone")
BLIND = 3
"""So many views in a row that no longer fit, and none that does: the layout has changed."""
_UNSEEN = "the list was not read there in this run: a later one tells whether the post is gone"


class Reader:
    """One board's articles in one run."""

    def __init__(
        self,
        archive: Archive,
        source: Source,
        board: Board,
        layout: Layout,
        walked: Walked,
        options: Options,
        pulse: Pulse,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._source = source
        self._board = board
        self._layout = layout
        self._walked = walked
        self._options = options
        self._pulse = pulse
        self._clock = clock
        self._feed = Feed(archive, source, layout, walked.feed)
        self._downloads = Downloads(archive, source, board, layout, options, pulse, clock)
        self._saving = Saving(archive, board, layout, walked, options, pulse, clock)
        self._done: set[str] = set()
        self._blind = 0
        self._walled = 0
        self._read = 0

    def go(self) -> None:
        """Every article that is due. One bad post never stops the board; a wall or a changed layout does."""
        now = self._clock()
        known = self._archive.find_known(self._board.id)
        open_rows = [*self._archive.find_failures(self._board.id), *self._archive.find_refused(self._board.id)]
        failing = failing_posts(open_rows, self._options, now)
        self._walked.changed |= self._archive.find_told(self._board.id)
        turn = turn_of(known, failing, self._walked.changed, self._options, now, self._may_confirm)
        self._pulse.counts = replace(self._pulse.counts, due=turn.aged)
        left = [known[key] for key in self._source.left_posts() if key in known]
        at_hand = [post.key for post in left if post.state in _READABLE or (post.state in _AWAY and not post.version)]
        wanted = list(dict.fromkeys((*turn.keys, *at_hand)))
        self._pulse.posts_total = len(wanted)
        try:
            for key in self._in_turn(wanted[: self._options.limit], known):
                self._one(key, known[key], failing.get(key, Failing()))
        finally:
            self._saving.save_believed()
        self._saving.finish()

    def _in_turn(self, wanted: list[str], known: Mapping[str, Known]) -> Iterator[str]:
        """What is wanted, each once. Where many new posts wait, the next known one that is due comes before them; at
        last, or where that does not help, posts that are not due."""
        due = dict.fromkeys(key for key in wanted if known[key].state == "live" and known[key].version)
        for key in wanted:
            if self._saving.is_crowded and (first := next(iter(due), None)) is not None:
                yield first
                del due[first]
                self._saving.save_new(wait=False)
            if self._saving.is_crowded:
                yield from self._saving.controls(known, self._done, due)
            if key not in self._done:
                yield key
            due.pop(key, None)
            self._saving.save_new(wait=bool(due))
        yield from self._saving.controls(known, self._done)

    def _may_confirm(self, key: str) -> bool:
        return plan.may_ask_again(self._archive.find_absences(self._board.id, key), self._clock())

    def _one(self, key: str, known: Known, failing: Failing) -> None:
        self._done.add(key)
        held = self._archive.find_post(self._board.id, key) or {}
        row = self._walked.rows.get(key) or self._unlisted(key, held)
        if row.ask is None:
            self._refuse(known, "failed", "the list gives no address that opens it", self._board.url, None)
            return
        url = row.ask.url
        kept: Kept | None = None
        try:
            kept = self._source.fetch_page(row.ask, post_key=key)
            verdict = judge_article(kept.page, self._layout, key)
            reason = self._asks_again(known, verdict, kept, row, held, failing)
            if reason is not None:
                self._archive.save_outcome(kept.capture_id, reason)
                if known.state == "gone":
                    return
                kept = None
                kept = self._source.fetch_page(row.ask, post_key=key)
                verdict = judge_article(kept.page, self._layout, key)
        except FetchError as error:
            self._failed(known, error, url, kept)
            return
        if verdict.article is None:
            self._refused(known, verdict, kept, url, row, held)
            return
        self._blind = self._walled = 0
        self._read += 1
        if kept.is_left and known.state in _AWAY and not known.version:
            self._late(known, verdict.article, row, kept)
            return
        if known.state == "missing":
            self._archive.save_absence(
                self._board.id, key, evidence="readable", at=kept.page.seen_at, capture_id=kept.capture_id
            )
            self._pulse.post("missing", row.title)
            return
        files = self._downloads.take(verdict.article, held, failing, known)
        untold = frozenset[str]()
        if not is_dated(verdict.article.posted):
            untold = frozenset() if is_dated(row.posted) else frozenset({"posted_at"})
            row = self._dated(row, url, held)
        post = self._settled(merge(verdict.article, row, url, files), held, kept)
        self._saving.take(Draft(post, kept, untold), held, row)

    def _asks_again(
        self, known: Known, verdict: Verdict, kept: Kept, row: Row, held: dict[str, Any], failing: Failing
    ) -> str | None:
        """Why an article that was left unread is not enough, as the capture's outcome: what came long ago and reads
        strangely has a face that is no longer; some files go only to the session that opened the article."""
        if not kept.is_left:
            return None
        is_old = kept.page.seen_at < self._clock() - RECENT
        if (is_old and not known.version) and (
            verdict.refusal == "layout" or self._saving.is_strange(verdict.article, row)
        ):
            return "layout"
        if verdict.article is None or known.state in _AWAY:
            return None
        return "superseded" if self._downloads.need_session(known, verdict.article, held, failing) else None

    def _late(self, known: Known, article: Article, row: Row, kept: Kept) -> None:
        """An article that could not be read while its post was there; of its files, what came with it."""
        at_hand = [each for each in article.attachments if self._source.has_file(known.key, each.key)]
        article = replace(article, attachments=tuple(at_hand))
        files = self._downloads.take(article, {}, Failing(), known)
        self._saving.save_late(Draft(merge(article, row, kept.page.url, files), kept))

    def _settled(self, post: Post, held: dict[str, Any], kept: Kept) -> Post:
        """The post with what is held, where the page denies nothing of it or only what the site puts into the body
        differs: that is no new version."""
        if not held.get("version"):
            return post
        post = keep(post, held, self._layout.kept, confirm=self._options.confirm)
        if held["body_text"] == post.body_text or not states_the_same(post, held):
            return post
        read_at = self._archive.find_versions(held["id"])[-1]["seen_at"]
        return settle(post, held, datetime.fromisoformat(read_at), kept.page.seen_at, self._layout.identity)

    def _unlisted(self, key: str, held: dict[str, Any]) -> Row:
        """The row of a post that is not listed now: asked for by its key, for its address may be another's by then."""
        row = row_of(held)
        if row.ask is None:
            return row
        return replace(row, ask=replace(row.ask, url=lasting_url(self._layout.identity, row.ask.url, key)))

    def _dated(self, row: Row, url: str, held: dict[str, Any]) -> Row:
        """The row with the date that the archive has or the feed tells, where it gives none in full itself."""
        if is_dated(row.posted):
            return row
        before = row_of(held).posted
        stamp = before if is_dated(before) else self._feed.date(url, row.posted)
        return row if stamp is None else replace(row, posted=stamp)

    def _failed(self, known: Known, error: FetchError, url: str, kept: Kept | None) -> None:
        """A request that brought nothing: this post waits; a host that is down or forbidden ends the board."""
        check_asked(error, self._board)
        self._refuse(known, "failed", str(error), url, kept.capture_id if kept else None)
        if isinstance(error, RobotsDenied):
            raise error
        self._walled += 1
        if self._walled >= BLIND and not self._read:
            raise error

    def _refused(self, known: Known, verdict: Verdict, kept: Kept, url: str, row: Row, held: dict[str, Any]) -> None:
        refusal = verdict.refusal
        at = kept.page.seen_at
        if refusal == "gone":
            if known.state == "missing":
                confirm = plan.is_confirmed(self._archive.find_absences(self._board.id, known.key), at)
                state = self._archive.save_absence(
                    self._board.id, known.key, evidence="refused", at=at, confirm=confirm, capture_id=kept.capture_id
                )
                self._pulse.post("gone" if state == "gone" else "missing", known.title)
                return
            is_listed = known.key in self._walked.rows
            told = f"listed, but {verdict.reason}" if is_listed else f"{verdict.reason} ({_UNSEEN})"
            self._refuse(known, "failed", told, url, kept.capture_id, at)
            return
        if refusal in ("secret", "blocked"):
            shown = complete(row, verdict.frame) if verdict.frame else row_of(held)
            self._archive.save_refusal(
                self._board.id, known.key, state="blocked", outcome=refusal, reason=verdict.reason, url=url,
                capture_id=kept.capture_id, at=at, shown=None if known.version else self._dated(shown, url, held),
            )  # fmt: skip
            self._pulse.post("secret", known.title)
            if refusal == "blocked" and known.version:
                self._count_wall(verdict.reason, url)
            return
        self._refuse(known, refusal or "failed", verdict.reason, url, kept.capture_id, at)
        if refusal == "layout":
            self._blind += 1
            if self._blind >= BLIND and not self._read:
                raise LayoutChanged(
                    url, "the view of a post", "an article", f"none in {self._blind} posts: {verdict.reason}"
                )
        if refusal == "wall":
            self._count_wall(verdict.reason, url)

    def _count_wall(self, reason: str, url: str) -> None:
        self._walled += 1
        if self._walled >= BLIND:
            raise Walled(f"{url}: instead of articles a page that says: {reason}", url, "wall")

    def _refuse(
        self, known: Known, outcome: str, reason: str, url: str, capture_id: int | None, at: datetime | None = None
    ) -> None:
        self._archive.save_refusal(
            self._board.id, known.key, state=None, outcome=outcome, reason=reason, url=url, capture_id=capture_id,
            at=at or self._clock(),
        )  # fmt: skip
        self._pulse.post("failed", known.title)
