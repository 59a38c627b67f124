"""One seed of a soak: night after night, what happens, what the command does about it, and what a person would."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from soak_command import Commands, Ended
from soak_judge import Book, Surprise, differences, find, judge_night, judge_versions, shown_by
from soak_press import QUIET, TROUBLES, Paper, PaperBoard, live_a_day

from scraper.errors import worst
from scraper.fakeboard import FakeClock

REST = 10
"""Quiet nights at the end."""
EVEN = ("--allow-private", "--delay", "0", "--json")


@dataclass
class Soak:
    """One seed: its papers, its archive, what was seen so far."""

    seed: int
    nights: int
    papers: list[Paper]
    commands: Commands
    clock: FakeClock
    db: Path
    rest: int = REST
    is_told: bool = False
    books: dict[str, Book] = field(default_factory=dict)
    surprises: list[Surprise] = field(default_factory=list)
    codes: Counter[tuple[str, int]] = field(default_factory=Counter)
    """By what happened and the exit code: how many boards."""
    requests: int = 0
    quiet: Counter[str] = field(default_factory=Counter)
    operator: Counter[str] = field(default_factory=Counter)
    streaks: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.rng = Random(f"soak {self.seed}")
        self.boards: dict[str, tuple[Paper, PaperBoard]] = {}
        """By the name under which the archive knows it."""
        names = [board.slug for paper in self.papers for board in paper.boards]
        dying, returning, renewed = (self.rng.choice(names) for _ in range(3))
        at = self.rng.randint(self.nights // 4, self.nights)
        self.dates = {
            (dying, "dies"): at if self.seed % 3 == 0 else 10**6,
            (returning, "dies"): self.nights // 3 if self.seed % 3 == 1 else 10**6,
            (returning, "returns"): self.nights // 3 + 12,
            (renewed, "new face"): at if self.seed % 2 else 10**6,
        }

    def go(self) -> None:
        for paper in self.papers:
            for board in paper.boards:
                words = (paper.url(board), "--name", board.slug, "--yes", "--allow-private", "--delay", "0")
                added = self.run("add", *words, "--db", str(self.db))
                (row,) = find(self.db, "SELECT slug FROM boards WHERE name = ?", board.slug)
                assert not added.code, added.err
                self.boards[row["slug"]], self.books[row["slug"]] = (paper, board), Book(row["slug"])
        for night in range(1, self.nights + self.rest + 1):
            self.one_night(night)
        self.end()

    def note(self, night: int, slug: str, kind: str, what: str) -> None:
        self.surprises.append(Surprise(night, slug, kind, what))

    # a night

    def one_night(self, night: int) -> None:
        is_rest = night > self.nights
        for paper in self.papers:
            paper.suffer(QUIET, self.rng)
        self.clock.advance(timedelta(minutes=1440 + self.rng.randint(-20, 20)))
        for _, board in self.boards.values():
            if not is_rest:
                live_a_day(board, self.rng)
            board.is_dead = self.is_between(board, "dies", "returns", night)
            board.is_redesigned = self.is_between(board, "new face", "", night)
        before = self.look()
        self.strike(night, is_rest)
        event, ended = self.command(night, is_rest)
        for paper in self.papers:
            paper.site.during = None
            for board in paper.boards:
                board.shrink(False)
        after = self.look()
        self.take(night, event, ended, before, after)
        self.operate(night)

    def is_between(self, board: PaperBoard, begin: str, end: str, night: int) -> bool:
        return self.dates.get((board.slug, begin), 10**6) <= night < self.dates.get((board.slug, end), 10**6)

    def look(self) -> dict[str, dict[str, Any]]:
        return {slug: shown_by(board) for slug, (_, board) in self.boards.items()}

    def strike(self, night: int, is_rest: bool) -> None:
        """Troubles begin and end."""
        for paper in self.papers:
            if is_rest:
                paper.left = 0
            elif paper.left == 0 and self.rng.random() < 0.06:
                paper.tonight, paper.left = self.rng.choice(TROUBLES), self.rng.choice((1, 1, 2, 4))
            if paper.left:
                paper.left -= 1
                paper.suffer(paper.tonight, self.rng)
            if not is_rest and self.rng.random() < 0.08:
                paper.site.during = self.mover(paper)

    def mover(self, paper: Paper) -> Any:
        """Something happens on the board while it is being read."""
        left = self.rng.randint(1, 6)

        def move() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                board = self.rng.choice(paper.boards)
                loose = [post for post in board.posts() if post.parent is None and not post.notice]
                if self.rng.random() < 0.5 or not loose:
                    board.post()
                else:
                    board.take_away(self.rng.choice(loose).id)

        return move

    def command(self, night: int, is_rest: bool) -> tuple[str, Ended]:
        words = ["sync", "--all", *EVEN, "--db", str(self.db)]
        dice = self.rng.random()
        if is_rest or dice < 0.84:
            return "", self.run(*words)
        if dice < 0.92:
            return "budget", self.run(*words, "--max-requests", str(self.rng.choice((1, 3, 8, 20))))
        name = self.rng.choice(("kill", "term"))
        return name, self.cut(words, signal.SIGKILL if name == "kill" else signal.SIGTERM)

    def run(self, *words: str) -> Ended:
        return self.commands.run(*words, at=self.clock.now())

    def cut(self, words: Sequence[str], number: signal.Signals) -> Ended:
        """End a command at some request."""
        log = [paper.server for paper in self.papers if paper.server]
        asked, wanted = sum(len(server.log) for server in log), self.rng.randint(1, 30)
        fork = self.commands.start(*words, at=self.clock.now())
        until = time.monotonic() + self.rng.choice((2.0, 6.0))
        while time.monotonic() < until and sum(len(server.log) for server in log) < asked + wanted:
            time.sleep(0.002)
        time.sleep(self.rng.random() * 0.02)
        fork.kill(number)
        return self.commands.end(fork)

    # what came of it

    def take(self, night: int, event: str, ended: Ended, before: dict[str, Any], after: dict[str, Any]) -> None:
        if "Traceback" in ended.err or "bug of ours" in ended.err or ended.code == 1:
            self.note(night, "", "bug", ended.err[-1500:])
        boards = {board["slug"]: board for board in (ended.json or {"boards": []})["boards"]}
        codes = [board["exit_code"] for board in boards.values()]
        if event in ("", "budget") and (not boards or ended.code != worst(codes)):
            self.note(night, "", "code", f"{ended.code}, boards {codes}: {ended.err[-300:]}")
        kept = {row["slug"]: row for row in find(self.db, LAST_RUNS)}
        for slug, book in self.books.items():
            paper, board = self.boards[slug]
            row = kept.get(slug)
            fresh = row is not None and row["id"] not in book.runs
            outcome = row["outcome"] if row is not None and fresh else "none"
            if row is not None and fresh:
                book.runs[row["id"]] = night
                self.requests += row["requests"]
            book.outcomes[night] = outcome
            book.shown[night] = [before[slug], after[slug]]
            cause = self.cause(paper, board, event)
            told = boards.get(slug)
            code = told["exit_code"] if told else row["exit_code"] if row is not None and fresh else None
            self.codes[cause or "nothing", -1 if code is None else code] += 1
            if self.is_told:
                print(night, slug, cause, outcome, code, told and told["message"], flush=True)
            self.expect(night, slug, cause, outcome, told)
            self.judge_cost(night, slug, told)
            judge_night(book, self.db, night, self.clock.korea().date())

    def cause(self, paper: Paper, board: PaperBoard, event: str) -> str:
        return " + ".join(
            filter(
                None,
                (paper.trouble.name, "dead" if board.is_dead else "", "new face" if board.is_redesigned else "", event),
            )
        )

    def expect(self, night: int, slug: str, cause: str, outcome: str, told: dict[str, Any] | None) -> None:
        paper, board = self.boards[slug]
        allowed = {"ok", *paper.trouble.outcomes}
        if any(item.lost for post in board.posts() for item in post.files) or self.open_failures(slug):
            allowed.add("partial")
        if board.is_dead:
            allowed |= {"wall", "unreachable"}
        if board.is_redesigned:
            allowed |= {"layout", "partial"}
        if "budget" in cause:
            allowed.add("budget")
        if "kill" in cause or "term" in cause:
            allowed |= {"running", "interrupted", "none"}
        book = self.books[slug]
        before = [book.outcomes.get(night - 1, ""), book.outcomes.get(night - 2, "")]
        if "policy" in before:
            allowed.add("policy")
        message = told["message"] if told else None
        if outcome not in allowed:
            self.note(night, slug, "outcome", f"{outcome} ({cause or 'nothing'}): {message}")
        if paper.trouble.is_part and outcome == "ok":
            self.note(night, slug, "outcome", "ok, and the list shows its newer part only")
        if outcome in ("held", "unbalanced", "layout", "wall") and not message and told:
            self.note(night, slug, "code", f"{outcome} without a message")
        if told and told["balance"] and outcome in ("ok", "partial"):
            verdict = told["balance"]["verdict"]
            self.quiet[f"balance {verdict}"] += 1
            self.streaks[slug, "unsettled"] = self.streaks[slug, "unsettled"] + 1 if verdict == "unsettled" else 0
            if self.streaks[slug, "unsettled"] > 3:
                self.note(night, slug, "balance", f"unsettled for {self.streaks[slug, 'unsettled']} nights")

    def open_failures(self, slug: str) -> int:
        sql = "SELECT 1 FROM failures f JOIN boards b ON b.id = f.board_id WHERE b.slug = ? AND resolved_at IS NULL"
        return len(find(self.db, sql, slug))

    def judge_cost(self, night: int, slug: str, told: dict[str, Any] | None) -> None:
        """A night without changes costs one list page, and articles by age only."""
        if night < self.nights + 4 or told is None or told["outcome"] != "ok":
            return
        self.quiet["audits"] += told["pages"] > 1
        if told["pages"] > 1:  # rows of the pages that were due may tell of edits
            return
        book = self.books[slug]
        confirmed = sum(state == "missing" for state in book.states.values())
        rest = told["requests"] - told["pages"] - told["due"] - 1 - confirmed
        self.quiet["nights"] += 1
        self.quiet["pages"] += told["pages"]
        self.quiet["due"] += told["due"]
        self.quiet["requests"] += told["requests"]
        if rest > 0 and not self.open_failures(slug):
            self.note(night, slug, "cost", f"{told['requests']} requests: {told['pages']} pages, {told['due']} due")

    # the operator

    def operate(self, night: int) -> None:
        """What a person does in the morning: nothing at once; after two such nights what the output tells."""
        for slug, book in self.books.items():
            paper, board = self.boards[slug]
            outcome = book.outcomes[night]
            for name in ("layout", "held", "unbalanced"):
                self.streaks[slug, name] = self.streaks[slug, name] + 1 if outcome == name else 0
            if paper.trouble is not QUIET or board.is_dead:
                continue
            if self.streaks[slug, "layout"] >= 2:
                done = self.run("repair", slug, *EVEN, "--yes", "--db", str(self.db))
                values = done.json or {}
                self.operator[f"repair {values.get('outcome', done.code)}"] += 1
                if self.is_told:
                    print(
                        night, slug, "repair", done.code, values.get("outcome"), values.get("refusal"), done.err[-200:]
                    )
                if done.code and not board.is_redesigned:
                    self.note(night, slug, "operator", f"layout twice, repair ends with {done.code}: {done.err[-300:]}")
                self.streaks[slug, "layout"] = 0
            elif self.streaks[slug, "held"] >= 2 or self.streaks[slug, "unbalanced"] >= 2:
                done = self.run("sync", slug, *EVEN, "--confirm", "--db", str(self.db))
                self.operator[f"confirm {done.code}"] += 1
                self.note(night, slug, "operator", f"--confirm ends with {done.code}")
            for row in find(self.db, "SELECT r.id FROM runs r JOIN boards b ON b.id = board_id WHERE slug = ?", slug):
                book.runs.setdefault(row["id"], night)

    def end(self) -> None:
        """Everything is read again; nothing may be different then."""
        self.clock.advance(timedelta(days=1))
        last = self.run("sync", "--all", "--recheck", "all", *EVEN, "--db", str(self.db))
        night = self.nights + self.rest + 1
        outcomes = {board["slug"]: board for board in (last.json or {"boards": []})["boards"]}
        for slug, book in self.books.items():
            _, board = self.boards[slug]
            for row in find(self.db, "SELECT r.id FROM runs r JOIN boards b ON b.id = board_id WHERE slug = ?", slug):
                book.runs.setdefault(row["id"], night)
            book.shown[night] = [shown_by(board)]
            self.surprises += book.surprises
            self.surprises += judge_versions(book, self.db)
            if board.is_dead:
                continue
            found = list(differences(book, self.db, board.truth()))
            told = outcomes.get(slug, {})
            for text in found[:12]:
                self.note(night, slug, "end", f"{text} ({told.get('outcome')}: {told.get('message')})")
        verified = self.commands.run("verify", "--data", "--db", str(self.db), at=self.clock.now())
        if verified.code:
            self.note(night, "", "damage", verified.out[-500:])


LAST_RUNS = """SELECT b.slug, r.* FROM runs r JOIN boards b ON b.id = r.board_id
    WHERE r.id IN (SELECT max(id) FROM runs GROUP BY board_id)"""
