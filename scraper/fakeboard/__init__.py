"""A small server of Korean boards on loopback: the demo's newspaper and the world of the tests.

FakeBoard holds seeded, invented posts and changes by verbs; FakeSite groups boards; serve() answers over HTTP.
Standard library and scraper.models only.
"""

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.clock import FakeClock
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.night import play_night
from scraper.fakeboard.server import FakeServer, Request, serve
from scraper.fakeboard.site import FakeSite, Fault

__all__ = ["FakeBoard", "FakeClock", "FakePost", "FakeServer", "FakeSite", "Fault", "Request", "play_night", "serve"]
