"""Where a run stands: counts that grow, told to whoever looks on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from scraper.models import Ask, Counts, NumberMeaning, PostOutcome, Progress, Tick


@dataclass
class Pulse:
    """The counts of one board's run so far."""

    board: str
    progress: Progress
    counts: Counts = field(default_factory=Counts)
    pages_done: int = 0
    pages_total: int | None = None
    posts_done: int = 0
    posts_total: int | None = None
    charset: str | None = None
    meaning: NumberMeaning = "none"

    def pages(self, done: int, total: int | None) -> None:
        """So many list pages were read."""
        self.pages_done, self.pages_total = done, total
        self.counts = replace(self.counts, pages=done)
        self._tick("listing")

    def asking(self, ask: Ask, requests: int, size: int) -> None:
        """A request begins; so many were made before, and brought so many bytes."""
        self.traffic(requests, size)
        phase: Literal["robots", "listing", "articles"] = "listing" if ask.kind == "listing" else "articles"
        self._tick(phase)

    def post(self, outcome: PostOutcome | Literal["missing"], title: str) -> None:
        """One post is done."""
        self.posts_done += 1
        self.counts = replace(self.counts, **{outcome: getattr(self.counts, outcome) + 1})
        self._tick("articles", title)

    def files(self, stored: int, failed: int) -> None:
        """Files of one post were downloaded, or were not."""
        self.counts = replace(
            self.counts, files=self.counts.files + stored, files_failed=self.counts.files_failed + failed
        )

    def traffic(self, requests: int, size: int) -> None:
        """What went over the wire so far."""
        self.counts = replace(self.counts, requests=requests, bytes=size)

    def done(self) -> None:
        self._tick("done")

    def say(self, text: str) -> None:
        """A remark that should stay."""
        self.progress.say(text)

    def _tick(self, phase: Literal["robots", "listing", "articles", "wait", "done"], text: str | None = None) -> None:
        counts = self.counts
        self.progress.tick(
            Tick(
                self.board, phase, self.pages_done, self.pages_total, self.posts_done, self.posts_total,
                counts.files, counts.requests, counts.bytes, text,
            )
        )  # fmt: skip
