"""A stored layout that no longer fits: another one is proposed, tried in the shadow, and stored only when it is right.

What is asked for on the way is kept as a run of its own. Nothing is overwritten but the board's layout, and that only
when the archive's posts still read the same; never when the keys are others than those held (DESIGN §3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal

from scraper.archive.store import Archive
from scraper.errors import ArchiveError, SinmungoError, UnknownLayout
from scraper.models import SURE, Ask, Board, Counts, Exchange, Known, Listing
from scraper.page.document import parse
from scraper.page.layout import Layout, layout_from, layout_values
from scraper.page.links import is_address
from scraper.page.onward import leads_to
from scraper.sync.add import asking, fetch_look
from scraper.sync.check import check_pages, once
from scraper.sync.inherit import authored_pages, filed_posts, with_files_known
from scraper.sync.judge import judge_listing
from scraper.sync.learnt import author_pick
from scraper.sync.shadow import (
    Shadow,
    Trial,
    Values,
    objection,
    row_values,
    shadow_of,
    told_unevenly,
    wrong_identity,
)
from scraper.sync.trials import held_of, trials_of_kept, trials_of_today
from scraper.web.fetch import Web

_PAGES = 10
"""Pages of today's list that are looked at for a post that is held: nights may have failed."""
Outcome = Literal["fits", "repaired", "refused", "declined"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A layout that reads today's pages, and what speaks for and against it."""

    layout: Layout
    confidence: float
    reasons: tuple[str, ...]
    shadow: Shadow
    forbidden: str | None
    """Why it may not be stored, whatever anybody says."""
    objection: str | None
    """Why it may be stored only by force."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What became of a board's layout."""

    board: Board
    outcome: Outcome
    proposal: Proposal | None = None
    """None where the stored layout still fits."""

    @property
    def exit_code(self) -> int:
        """0 when the board can be read now."""
        return 0 if self.outcome in ("fits", "repaired") else UnknownLayout.exit_code

    @property
    def refusal(self) -> str | None:
        """Why the new layout is not stored, and what may be done."""
        if self.proposal is None:
            return None
        if self.proposal.forbidden is not None:
            return self.proposal.forbidden
        slug = self.board.slug
        return self.proposal.objection and (
            f"{self.proposal.objection}; 'sinmungo repair {slug} --force' stores it all the same, "
            f"'sinmungo layout {slug} --edit FILE' one of your own"
        )


@dataclass(frozen=True, slots=True)
class _Trace:
    """What was asked for, and which posts it was, by address and form."""

    exchanges: list[Exchange]
    keys: dict[tuple[str, bytes | None], str]


_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("board", "outcome", "old", "new", "confidence", "refusal", "layout")),
    "reasons": [],
    "differences": [],
    "alike": 0,
    "older": 0,
    "proofs": 0,
}
Aside = Callable[[Callable[[], Proposal | None]], Proposal | None]
"""Does what talks to the site in the host's own thread."""


def repair_board(
    archive: Archive,
    web: Web,
    board: Board,
    clock: Callable[[], datetime],
    aside: Aside,
    *,
    force: bool,
    agree: Callable[[Repair], bool],
    asking_somebody: bool,
) -> Repair:
    """Propose, try, and store a layout if it may be. ``agree`` is asked about one that may.

    Raises UnknownLayout when nothing reads the board, Walled, FetchError, ArchiveError.
    """
    run_id = archive.start_run(board.id, clock())
    trace = _Trace([], {})
    outcome, code, message = "bug", 1, None
    try:
        proposal = aside(lambda: _proposed(archive, web, board, trace))
        found = _settled(archive, board, proposal, force=force, agree=agree, asking_somebody=asking_somebody)
        outcome, code, message = f"layout {found.outcome}", found.exit_code, _message(found)
        return found
    except SinmungoError as error:
        outcome, code, message = "layout refused", error.exit_code, str(error)
        raise
    finally:
        with suppress(ArchiveError):
            for exchange in trace.exchanges:
                key = trace.keys.get((exchange.ask.url, exchange.ask.form))
                capture_id = archive.save_capture(run_id, exchange, post_key=key)
                archive.save_outcome(capture_id, "robots" if exchange.ask.kind == "robots" else "shadow")
            size = sum(each.body.size for each in trace.exchanges)
            counts = Counts(requests=len(trace.exchanges), bytes=size)
            archive.finish_run(
                run_id, outcome=outcome, exit_code=code, counts=counts, total=None, message=message, at=clock()
            )


def _settled(
    archive: Archive,
    board: Board,
    proposal: Proposal | None,
    *,
    force: bool,
    agree: Callable[[Repair], bool],
    asking_somebody: bool,
) -> Repair:
    if proposal is None:
        return Repair(board, "fits")
    if proposal.confidence < SURE and proposal.objection is None and not asking_somebody:
        doubt = f"the new layout is sure only to {proposal.confidence:.2f} ({'; '.join(proposal.reasons)})"
        proposal = replace(proposal, objection=doubt)
    if proposal.forbidden is not None or (proposal.objection is not None and not force):
        return Repair(board, "refused", proposal)
    if not agree(Repair(board, "repaired", proposal)):
        return Repair(board, "declined", proposal)
    archive.save_board_facts(board.id, layout=layout_values(proposal.layout), engine=proposal.layout.name)
    return Repair(board, "repaired", proposal)


def _message(found: Repair) -> str | None:
    proposal = found.proposal
    if proposal is None:
        return None
    if found.outcome == "refused":
        return proposal.forbidden or proposal.objection
    return f"{found.board.engine} -> {proposal.layout.name}" if found.outcome == "repaired" else None


# looking at the site


def _proposed(archive: Archive, web: Web, board: Board, trace: _Trace) -> Proposal | None:
    """A layout for today's pages, with its trial; None when the stored one still reads them."""
    known = archive.find_known(board.id)
    fetch = once(asking(web, trace.exchanges))
    page = fetch(Ask(board.url, "listing"))
    stored = layout_from(board.layout, f"the layout of {board.slug}")
    if check_pages(fetch, page, stored).complaint is None:
        return None
    own = f"'sinmungo layout {board.slug} --edit FILE' stores one of your own"
    try:
        look = fetch_look(
            web, board.url, allow_private=board.allow_private, unsure=True, exchanges=trace.exchanges,
            paging=stored.pages,
        )  # fmt: skip
    except UnknownLayout as error:
        raise UnknownLayout(f"no layout was found for {board.slug}: {error}; {own}", board.url) from error
    layout = layout_from(look.board.layout, "the proposed layout")
    if look.board.url != page.url and leads_to(parse(page)):
        raise UnknownLayout(
            f"{board.url} shows no list any more, it leads to {look.board.url}; "
            f"'sinmungo add {look.board.url}' archives that as a board of its own; {own}",
            board.url,
        )
    checked = check_pages(fetch, page, layout)
    if checked.complaint is not None or checked.listing is None:
        said = f"the one that was made {checked.complaint}"
        raise UnknownLayout(f"no layout was found for {board.slug}: {said}; {own}", board.url)
    pages = [checked.listing, *([checked.second] if checked.second else [])]
    rows = _rows(pages, known)
    while not rows.keys() & known.keys() and pages[-1].next is not None and len(pages) < _PAGES:
        pages.append(judge_listing(fetch(pages[-1].next), layout)[0])
        rows = _rows(pages, known)
    shown = [row for page in pages for row in page.rows]
    trace.keys.update({(row.ask.url, row.ask.form): row.key for row in shown if row.ask is not None})
    filed = filed_posts(archive, board, shown, known)
    layout = with_files_known(layout, stored, fetch, shown, filed)
    today = [Trial("list", None, None, rows), *trials_of_today(fetch, shown, layout, known, filed)]
    pick = author_pick(authored_pages(archive, board, fetch, shown, today))
    if pick is not None:
        layout = replace(layout, article=replace(layout.article, author=(*layout.article.author, pick)))
        today = [today[0], *trials_of_today(fetch, shown, layout, known, filed)]
    trials = [*trials_of_kept(archive, board, stored, layout), *today]
    held = held_of(archive, board, trials)
    shadow = shadow_of(trials, held)
    layout = replace(layout, kept=told_unevenly(today, held))
    found, forbidden = look.detection, wrong_identity(rows, known)
    return Proposal(layout, found.confidence, found.reasons, shadow, forbidden, objection(shadow))


def _rows(pages: list[Listing], known: Mapping[str, Known]) -> dict[str, Values]:
    """What today's list says, by the keys that are held: a row that tells only an address is known by that."""
    by_url = {post.url: post.key for post in known.values()}
    found: dict[str, Values] = {}
    for page in pages:
        for row, values in zip(page.rows, row_values(page).values(), strict=True):
            key = by_url.get(row.ask.url, row.key) if row.ask is not None and is_address(row.key) else row.key
            found.setdefault(key, values)
    return found


def repair_values(found: Repair) -> dict[str, Any]:
    """What became of it, as the JSON object that ``repair`` prints."""
    values = {**_NOTHING, "board": found.board.slug, "outcome": found.outcome, "old": found.board.engine}
    proposal = found.proposal
    if proposal is None:
        return values
    shadow = proposal.shadow
    return values | {
        "new": proposal.layout.name,
        "confidence": proposal.confidence,
        "reasons": list(proposal.reasons),
        "refusal": proposal.forbidden or proposal.objection,
        "alike": shadow.alike,
        "older": shadow.older,
        "proofs": shadow.proofs,
        "differences": [asdict(each) for each in (*shadow.changed, *shadow.departed)],
        "layout": layout_values(proposal.layout),
    }
