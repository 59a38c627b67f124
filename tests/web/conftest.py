"""What the web tests share: a Web on loopback without delays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from scraper.models import Ask, Exchange
from scraper.web.fetch import Web
from scraper.web.settings import RobotsInMemory, WebSettings

MakeWeb = Callable[..., Web]


@pytest.fixture
def kept() -> list[Exchange]:
    return []


@pytest.fixture
def make_web(kept: list[Exchange]) -> Iterator[MakeWeb]:
    """Settings by name; ``stop``, ``robots``, ``clock`` and so on go to Web itself."""
    with ExitStack() as stack:

        def make(**given: Any) -> Web:
            names = {"stop", "robots", "clock", "monotonic", "transport_factory", "resolve", "doors"}
            own = {name: given.pop(name) for name in names & set(given)}
            settings = WebSettings(**{"delay": 0.0, "backoff": 0.0, "allow_private": frozenset({"127.0.0.1"}), **given})
            own = {"stop": threading.Event(), "robots": RobotsInMemory(), **own}
            return stack.enter_context(Web(settings, keep=kept.append, **own))

        yield make


@pytest.fixture
def web(make_web: MakeWeb) -> Web:
    return make_web()


@pytest.fixture
def ask() -> Callable[..., Ask]:
    def make(url: str, kind: Any = "article", **given: Any) -> Ask:
        return Ask(url=url, kind=kind, **given)

    return make
