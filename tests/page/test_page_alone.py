"""One page by itself, as ``probe FILE`` reads it: random boards that no engine knows. See benchmarks/alone.py."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_a_page_alone_is_read_right_or_not_surely(full: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    alone = importlib.import_module("alone")
    looks = [each for seed in range(2000 if full else 25) for each in alone.look(seed)]
    wrong = [each for each in looks if each.wrong]
    told = [(each.seed, each.kind, each.wrong, each.detection.confidence, each.detection.reasons) for each in wrong]
    assert [each for each in told if each[3] >= 0.8 and each[1] == "post"] == []
    assert len(wrong) * 20 <= len(looks), told
    sys.modules.pop("alone", None)
