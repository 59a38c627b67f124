"""The files of one board's posts: which are downloaded in this run, and what became of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from scraper.archive.store import Archive
from scraper.errors import FetchError
from scraper.models import Article, Attachment, Board, Known, StoredFile
from scraper.page.layout import Layout
from scraper.sync import plan
from scraper.sync.judge import judge_file
from scraper.sync.options import Options
from scraper.sync.pulse import Pulse
from scraper.sync.source import Source
from scraper.sync.turn import Failing
from scraper.urls import host_of

_UNASKABLE = "only a script of the site knows where this file is"


class Downloads:
    """One board's in one run."""

    def __init__(
        self,
        archive: Archive,
        source: Source,
        board: Board,
        layout: Layout,
        options: Options,
        pulse: Pulse,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._source = source
        self._board = board
        self._layout = layout
        self._options = options
        self._pulse = pulse
        self._clock = clock

    def need_session(self, known: Known, article: Article, held: dict[str, Any], failing: Failing) -> bool:
        """Whether files are still to be downloaded that only the session which opened the article gets."""
        return self._layout.article.files.session and any(
            each.kind == "file"
            and self._as_held(each, held, failing, known) is None
            and not self._source.has_file(known.key, each.key)
            for each in article.attachments
        )

    def take(self, article: Article, held: dict[str, Any], failing: Failing, known: Known) -> list[StoredFile]:
        """Downloads of what the article offers, but for what stays as it is."""
        files = [
            self._as_held(each, held, failing, known) or self._download(known.key, each) for each in article.attachments
        ]
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
        return as_held(attachment, before) if is_settled else None

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
            check_asked(error, self._board)
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


def check_asked(error: FetchError, board: Board) -> None:
    """A board whose host is left alone for the rest of this run ends here: what was not asked for did not fail."""
    if not error.asked and host_of(error.url) == board.host:
        raise error


def as_held(attachment: Attachment, before: dict[str, Any]) -> StoredFile:
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
