"""How well boards that nobody has seen before are read.

python benchmarks/onboarding.py [--seeds N] [--first S] [--full] [--jobs N] [--seed S [--keep DIR]] [--json FILE]

For each seed a random board (strange:SEED) is served on loopback, added as ``sinmungo add --yes`` does, crawled,
and every field of every post is compared with what the board shows. Exit 1 when a field was stored wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

from trial import Trial, crashed, keep, play

from scraper.fakeboard.skins.strange import odds

SURE = 0.8
QUICK, FULL = 30, 500


def main() -> int:
    """Play the trials and print the report."""
    parser = argparse.ArgumentParser(description="how well unknown boards are read")
    parser.add_argument("--seeds", type=int, help=f"how many boards; {QUICK} unless said")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--full", action="store_true", help=f"{FULL} boards")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--seed", type=int, help="one board only, with everything that can be said of it")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="with --seed: write its pages and its truth there")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every trial there")
    parser.add_argument("--traits", action="store_true", help="the whole table of traits, not only the worst")
    asked = parser.parse_args()
    if asked.seed is not None:
        return _one(asked.seed, asked.keep)
    count = asked.seeds or (FULL if asked.full else QUICK)
    start = time.monotonic()
    trials = []
    for trial in _played(range(asked.first, asked.first + count), asked.jobs):
        trials.append(trial)
        if sys.stderr.isatty():
            print(f"\r{len(trials)}/{count} {Counter(t.outcome for t in trials)}", end="", file=sys.stderr)
    print("\n".join(report(trials, asked.traits)))
    print(f"\n{time.monotonic() - start:.0f} s in all")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(trial) for trial in trials], ensure_ascii=False, indent=1))
    return int(any(trial.outcome == "wrong" for trial in trials))


def _played(seeds: Sequence[int], jobs: int) -> Iterator[Trial]:
    """Trials in the order of their seeds; one that crashed has failed with exit code 1."""
    with ProcessPoolExecutor(max(1, jobs)) as pool:
        waiting = [(seed, pool.submit(play, seed)) for seed in seeds]
        for seed, future in waiting:
            crash = future.exception()
            yield future.result() if crash is None else crashed(seed, crash)


def _one(seed: int, folder: Path | None) -> int:
    trial = play(seed)
    for name, value in trial.traits.items():
        print(f"{name:>16} {value}")
    print(f"\n{trial.outcome}, exit {trial.exit_code}, engine {trial.engine}, confidence {trial.confidence}")
    for reason in trial.reasons:
        print(f"  because {reason}")
    print(f"{trial.said}\n{trial.cpu:.2f} s CPU beside {trial.requests} requests, {trial.posts} posts")
    for each in trial.differences:
        print(f"  {'WRONG' if each.is_wrong else 'missed'} {each}")
    if folder is not None:
        keep(seed, folder)
        if trial.layout is not None:
            (folder / "layout.toml").write_text(trial.layout, encoding="utf-8")
        print(f"pages and truth: {folder}")
    return int(trial.outcome == "wrong")


def report(trials: Sequence[Trial], all_traits: bool = False) -> Iterator[str]:
    """The lines of the report."""
    total = len(trials)
    outcomes = Counter(trial.outcome for trial in trials)
    yield f"{total} boards, seeds {trials[0].seed} to {trials[-1].seed}"
    meanings = {
        "equal": "onboarded, every field equal",
        "missed": "onboarded, fields left out",
        "wrong": "onboarded, a field WRONG (must be 0)",
        "refused": "refused (exit 4, nothing stored)",
        "failed": "failed otherwise",
    }
    for outcome, meaning in meanings.items():
        yield f"  {outcomes[outcome]:4} {outcomes[outcome] / total:6.1%}  {meaning}"
    sure = [trial for trial in trials if trial.outcome == "wrong" and (trial.confidence or 0) >= SURE]
    yield f"  {len(sure):4}         stored wrong at confidence >= {SURE} (must be 0)"
    lost = [
        trial for trial in trials if trial.exit_code == 0 and any(each.field == "post" for each in trial.differences)
    ]
    yield f"  {len(lost):4}         exit 0 though posts are not there (must be 0)"
    cpu = sorted(trial.cpu for trial in trials)
    asked = sum(trial.requests for trial in trials)
    yield (
        f"CPU of add beside its requests: mean {sum(cpu) / total:.3f} s, median {cpu[total // 2]:.3f} s, "
        f"worst {cpu[-1]:.3f} s; {asked / total:.1f} requests a board"
    )
    for outcome in ("wrong", "failed", "missed", "refused"):
        shown = [trial for trial in trials if trial.outcome == outcome]
        if shown:
            yield f"\n{outcome}"
            yield from _told(outcome, shown)
    yield "\ntraits: boards, equal, and what became of the others" + ("" if all_traits else " (the worst 40)")
    yield from _table(trials, None if all_traits else 40)


def _told(outcome: str, trials: Sequence[Trial]) -> Iterator[str]:
    if outcome in ("refused", "failed"):
        reasons = Counter(_reason(trial.said) for trial in trials)
        for reason, count in reasons.most_common(15):
            yield f"  {count:4} x {reason}"
        for trial in trials:
            sure = "?" if trial.confidence is None else f"{trial.confidence:.2f}"
            said = trial.said[-400:] if trial.exit_code == 1 else trial.said[:400]  # a traceback's end tells most
            yield f"  seed {trial.seed}: exit {trial.exit_code}, confidence {sure}, {said}"
        return
    fields = Counter(field for trial in trials for field in {each.field for each in trial.differences})
    yield "  boards by field: " + ", ".join(f"{field} {count}" for field, count in fields.most_common())
    for trial in trials:
        by_field: dict[str, list[str]] = {}
        for each in trial.differences:
            if each.is_wrong or outcome == "missed":
                by_field.setdefault(each.field, []).append(str(each))
        sure = "?" if trial.confidence is None else f"{trial.confidence:.2f}"
        yield f"  seed {trial.seed}: exit {trial.exit_code}, confidence {sure}, {trial.posts} posts; {trial.said[:200]}"
        for texts in by_field.values():
            yield f"    {len(texts):3} x, first: {texts[0]}"


def _reason(said: str) -> str:
    """A sentence without what differs from board to board: addresses, numbers, and the advice at its end."""
    said = re.sub(r"'sinmungo [^']*'.*|nothing was stored.*", "", said)
    return re.sub(r"\d+(?:\.\d+)?", "N", re.sub(r"(?:http)?(?<![\w<])/[^\s;:,)]*", "URL", said))[:220]


def _table(trials: Sequence[Trial], most: int | None) -> Iterator[str]:
    """Trait values with their boards; those with the most failures beyond the usual share come first."""
    share = sum(trial.outcome != "equal" for trial in trials) / len(trials)
    rows = []
    for trait, values in odds().items():
        for value in values:
            with_it = [trial for trial in trials if trial.traits[trait] == value]
            if with_it:
                counts = Counter(trial.outcome for trial in with_it)
                excess = (len(with_it) - counts["equal"]) - share * len(with_it)
                rows.append((excess / len(with_it) ** 0.5, trait, value, len(with_it), counts))
    if most is not None:
        rows.sort(key=lambda row: -row[0])
    for _, trait, value, count, counts in rows[:most]:
        others = ", ".join(f"{name} {n}" for name, n in counts.most_common() if name != "equal")
        yield f"  {trait:>15} {value:12} {count:4} {counts['equal'] / count:7.0%}  {others}"


if __name__ == "__main__":
    sys.exit(main())
