"""Commands that start at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from forks import Nursery


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with Nursery(tmp_path_factory.mktemp("nursery")) as nursery:
        yield nursery
