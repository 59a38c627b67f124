"""Boards that no engine knows, from their address to an archive that equals the truth: random skins, added and crawled.

The same trials as benchmarks/onboarding.py, fewer of them.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from scraper.models import SURE

TRIAL = Path(__file__).parents[2] / "benchmarks" / "trial.py"


def trials() -> ModuleType:
    spec = importlib.util.spec_from_file_location("onboarding_trial", TRIAL)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_random_boards_are_added_and_equal_the_truth_or_are_refused(full: bool) -> None:
    played = [trials().play(seed) for seed in range(500 if full else 30)]
    outcomes = {trial.seed: (trial.outcome, trial.confidence, trial.said[-200:]) for trial in played}
    wrong = {seed: told for seed, told in outcomes.items() if told[0] == "wrong" and (told[1] or 0) >= SURE}
    equal = sum(outcome == "equal" for outcome, _, _ in outcomes.values())
    assert not wrong, wrong
    assert equal * 100 >= len(played) * 95, {seed: told for seed, told in outcomes.items() if told[0] != "equal"}
