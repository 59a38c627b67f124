"""One crawl in a process of its own, to be killed: ``python kill_child.py DB URL ISO_TIME``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from sync_world import Ticking, sync

from scraper.fakeboard import FakeClock
from scraper.sync.options import Options

if __name__ == "__main__":
    db, url, at = sys.argv[1:]
    raise SystemExit(sync(Path(db), url, Options(), Ticking(FakeClock(datetime.fromisoformat(at)))).exit_code)
