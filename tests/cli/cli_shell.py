"""The command line as a shell sees it: a real process, its two streams and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLI = Path(__file__).parents[2] / "cli.py"


@dataclass(frozen=True)
class Answer:
    """What a command printed and ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def sentence(self) -> str:
        """The one sentence of a command that failed."""
        lines = [line for line in self.err.splitlines() if line.startswith("sinmungo: ")]
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


@dataclass
class Shell:
    """A folder in which commands are typed."""

    folder: Path

    def __call__(self, *words: str, text: str = "") -> Answer:
        environment = {**os.environ, "PYTHONPATH": str(CLI.parent), "PYTHONWARNINGS": "error", "COLUMNS": "120"}
        environment.pop("SINMUNGO_DB", None)
        environment.pop("SINMUNGO_CONTACT", None)
        done = subprocess.run(
            [sys.executable, str(CLI), *words], cwd=self.folder, env=environment, input=text, capture_output=True,
            text=True, timeout=120, check=False,
        )  # fmt: skip
        return Answer(done.returncode, done.stdout, done.stderr)

    def crawl(self, url: str, *words: str) -> Answer:
        return self("crawl", url, "--allow-private", "--delay", "0", *words)
