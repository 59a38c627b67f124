"""Reading the articles of one board: which are due, and one post after another, each saved in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from scraper.archive.store import Archive
from scraper.errors import FetchError, LayoutChanged, RobotsDenied, Walled
from scraper.models import Article, Attachment, Board, Known, Post, Row, StoredFile
from scraper.page.layout import Layout
from scraper.page.links import lasting_url
from scraper.sync import plan
from scraper.sync.feed import Feed
from scraper.sync.judge import Verdict, judge_article, judge_file
from scraper.sync.merge import complete, is_dated, keep, merge, row_of, settle, states_the_same
from scraper.sync.options import Options
from scraper.sync.pulse import Pulse
from scraper.sync.saving import Draft, Saving
from scraper.sync.source import Kept, Source
from scraper.sync.turn import Failing, failing_posts, turn_of
from scraper.sync.walked import Walked
from scraper.urls import host_of

_READABLE = ("live", "unread", "blocked")
BLIND = 3
"""So many views in a row that no longer fit, and none that does: the layout has changed."""
_UNSEEN = "the list was not read there in this run: a later one tells whether the post is gone"
_UNASKABLE = "only a script of the site knows where this file is"


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
        self._saving = Saving(archive, board, walked, options, pulse, clock)
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
        at_hand = [key for key in self._source.left_posts() if key in known and known[key].state in _READABLE]
        wanted = list(dict.fromkeys((*turn.keys, *at_hand)))
        self._pulse.posts_total = len(wanted)
        try:
            for key in wanted[: self._options.limit]:
                self._one(key, known[key], failing.get(key, Failing()))
            for key in self._saving.controls(known, self._done):
                self._one(key, known[key], failing.get(key, Failing()))
        finally:
            self._saving.save_believed()
        self._saving.finish()

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
            if (
                verdict.article is not None
                and kept.is_left
                and self._needs_session(known, verdict.article, held, failing)
            ):
                self._archive.save_outcome(kept.capture_id, "superseded")
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
        if known.state == "missing":
            self._archive.save_absence(
                self._board.id, key, evidence="readable", at=kept.page.seen_at, capture_id=kept.capture_id
            )
            self._pulse.post("missing", row.title)
            return
        files = self._files(key, verdict.article, held, failing, known)
        if not is_dated(verdict.article.posted):
            row = self._dated(row, url, held)
        post = self._settled(merge(verdict.article, row, url, files), held, kept)
        self._saving.take(Draft(post, kept), held)

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

    def _needs_session(self, known: Known, article: Article, held: dict[str, Any], failing: Failing) -> bool:
        """Whether files are still to be downloaded that only the session which opened the article gets."""
        return self._layout.article.files.session and any(
            each.kind == "file"
            and self._as_held(each, held, failing, known) is None
            and not self._source.has_file(known.key, each.key)
            for each in article.attachments
        )

    def _files(
        self, key: str, article: Article, held: dict[str, Any], failing: Failing, known: Known
    ) -> list[StoredFile]:
        """Downloads of what the article offers, but for what stays as it is."""
        files = [self._as_held(each, held, failing, known) or self._download(key, each) for each in article.attachments]
        tried = [each for each in files if each.tried]
        self._pulse.files(
            sum(each.state == "stored" for each in tried),
            sum(each.state == "failed" and self._is_ours(each) for each in tried),
        )
        return files

    def _as_held(
        self, attachment: Attachment, held: dict[str, Any], failing: Failing, known: Known
    ) -> StoredFile | None:
        """What is stored already is left alone, unless it is to be checked; what failed, until its next try is due."""
        before = next((each for each in held.get("attachments", ()) if each["key"] == attachment.key), None)
        if before is None or attachment.key in failing.due:
            return None
        if plan.is_stale(known, self._clock(), self._options.recheck):
            return None
        is_settled = before["state"] == "stored" or attachment.key in failing.waiting
        return _as_held(attachment, before) if is_settled else None

    def _is_ours(self, file: StoredFile) -> bool:
        """An image that the author took from another site may be dead for years; that is no failure of this board."""
        ask = file.attachment.ask
        return file.attachment.kind == "file" or ask is None or self._board.host in ask.url.split("/")[2:3]

    def _download(self, key: str, attachment: Attachment, *, again: bool = False) -> StoredFile:
        names = attachment.name, attachment.name_raw
        if attachment.ask is None:
            return StoredFile(attachment, "failed", *names, reason=_UNASKABLE)
        try:
            kept = self._source.fetch_file(attachment.ask, post_key=key, attachment_key=attachment.key)
        except FetchError as error:
            self._check_asked(error)
            return StoredFile(attachment, "failed", *names, reason=str(error), asked=error.asked)
        verdict = judge_file(attachment, kept.page, self._pulse.charset)
        if verdict.reason is not None and kept.page.url != attachment.ask.url and not again:
            self._archive.save_outcome(kept.capture_id, "superseded")
            return self._download(key, attachment, again=True)  # where a redirect leads may be good for one time only
        return StoredFile(
            attachment=attachment,
            state="stored" if verdict.reason is None else "failed",
            name=verdict.name,
            name_raw=verdict.name_raw,
            capture_id=kept.capture_id,
            blob_sha256=kept.body_sha256 if verdict.reason is None else None,
            size=kept.body_size if verdict.reason is None else None,
            mime=verdict.mime,
            reason=verdict.reason,
        )

    def _failed(self, known: Known, error: FetchError, url: str, kept: Kept | None) -> None:
        """A request that brought nothing: this post waits; a host that is down or forbidden ends the board."""
        self._check_asked(error)
        self._refuse(known, "failed", str(error), url, kept.capture_id if kept else None)
        if isinstance(error, RobotsDenied):
            raise error
        self._walled += 1
        if self._walled >= BLIND and not self._read:
            raise error

    def _check_asked(self, error: FetchError) -> None:
        """A board whose host is left alone for the rest of this run ends here: what was not asked for did not fail."""
        if not error.asked and host_of(error.url) == self._board.host:
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


def _as_held(attachment: Attachment, before: dict[str, Any]) -> StoredFile:
    """A file of which nothing new is known."""
    return StoredFile(
        attachment,
        before["state"],
        before["name"],
        before["name_raw"],
        None,
        before["blob_sha256"],
        before["size"],
        before["mime"],
        before["reason"],
        tried=False,
    )
