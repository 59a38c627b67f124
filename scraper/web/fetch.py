"""Web: the one way to a site. Robots, address guard, pace, tries and redirects, hop by hop; every answer is kept.

Raises only errors of scraper.errors; what a status under 500 means is for others to judge.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, wait_random_exponential

from scraper.errors import AddressDenied, FetchError, ProtocolBroken, RobotsDenied, ServerFailed, Unreachable
from scraper.models import Ask, Exchange, Waits
from scraper.urls import absolute, host_name, host_of, location
from scraper.web import guard
from scraper.web.backend import Backend
from scraper.web.border import Fault
from scraper.web.door import Doors, Stopped
from scraper.web.exchange import Hop, exchange
from scraper.web.head import header, retry_after
from scraper.web.host import Bare, Host, is_listed
from scraper.web.pace import Pace
from scraper.web.robots import FRESH, Rules, is_fresh, rules_of, text_of
from scraper.web.settings import RobotsCopy, RobotsStore, WebSettings
from scraper.web.transport import Transport, tls_context

REDIRECTS = 10
_FOLLOWED = {301, 302, 303, 307, 308}
_REFUSED_WITHIN = 9.0
"""Seconds after which a host that refuses connections is given up."""
_LONGEST_BACKOFF = 30.0

Keep = Callable[[Exchange], None]


class LostRedirect(ProtocolBroken):
    """A redirect that leads nowhere, or never ends."""


def utcnow() -> datetime:
    return datetime.now(UTC)


class Web:
    """The sites of one run. Many threads may use it, one thread a host; close it at the end (``with``)."""

    def __init__(
        self,
        settings: WebSettings,
        *,
        stop: threading.Event,
        robots: RobotsStore,
        clock: Callable[[], datetime] = utcnow,
        monotonic: Callable[[], float] = time.monotonic,
        keep: Keep | None = None,
        transport_factory: Callable[[str], httpx.BaseTransport] | None = None,
        resolve: guard.Resolve | None = None,
        doors: Doors | None = None,
    ) -> None:
        """``keep`` gets every complete answer unless a fetch has its own. ``transport_factory`` (by host) and
        ``resolve`` (names) replace the network in tests. ``doors``: shared with others that ask at the same time."""
        self._settings = settings
        self._stop = stop
        self._robots = robots
        self._clock = clock
        self._monotonic = monotonic
        self._keep = keep
        self._transport_factory = transport_factory or self._transport
        self._resolve = resolve or guard.resolve
        self._doors = doors or Doors()
        self._lock = threading.Lock()
        self._hosts: dict[str, Host] = {}
        for name in ("httpx", "httpcore"):  # they log whole addresses, with the tokens in their queries
            logger = logging.getLogger(name)
            logger.setLevel(max(logger.level, logging.WARNING))

    def __enter__(self) -> Web:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            hosts, self._hosts = list(self._hosts.values()), {}
        for host in hosts:
            host.client.close()

    def waits(self) -> Waits:
        """What was sent and waited for so far, all hosts together."""
        with self._lock:
            return sum((host.pace.waits for host in self._hosts.values()), Waits())

    def fetch(self, ask: Ask, keep: Keep | None = None, charset: str | None = None) -> Exchange:
        """The answer to ``ask``, after redirects: any status under 500 but 429.

        ``keep`` is called with every complete answer as it comes: robots.txt, redirects, errors and retries
        included. ``charset`` is how characters outside ASCII in ``ask.url`` are escaped (UTF-8 unless named).
        Raises FetchError in its kinds, Interrupted, StorageFull.
        """
        url = absolute(ask.url, charset)
        if url is None:
            raise ProtocolBroken(f"{ask.url!r} is no http or https address that can be asked for", ask.url)
        listed = is_listed(url, self._settings.allow_private)
        return self._follow(ask, url, keep or self._keep, listed, mind_robots=True)

    def _follow(self, ask: Ask, url: str, keep: Keep | None, listed: bool, mind_robots: bool) -> Exchange:
        """``listed``: the user allowed the board's own host to be private; each further one must be listed too."""
        method, form, shown = ask.method, ask.form, ask.url
        seen: set[tuple[str, str, bytes | None]] = set()
        for _ in range(REDIRECTS + 1):
            host = self._host(url)
            state = (method, url, host.cookies.header_for(url))
            if state in seen:
                raise LostRedirect(f"{ask.url} is redirected in a circle, by way of {url}", ask.url)
            seen.add(state)
            private_ok = listed and is_listed(url, self._settings.allow_private)
            hop = Hop(ask, url, shown, method, form, private_ok)
            if mind_robots:
                self._mind_robots(host, hop, keep)
            answer = self._ask(host, hop, keep)
            if answer.status not in _FOLLOWED:
                return answer
            url = shown = _next_url(answer, url)
            if answer.status == 303 or (method == "POST" and answer.status in (301, 302)):
                method, form = "GET", None
        raise LostRedirect(f"{ask.url} is redirected more than {REDIRECTS} times", ask.url)

    def _ask(self, host: Host, hop: Hop, keep: Keep | None) -> Exchange:
        """One hop, with its tries."""
        if host.door.stopped is not None:
            raise host.door.stopped.error(hop.shown)
        started = self._monotonic()

        def enough(state: RetryCallState) -> bool:
            fault = state.outcome.exception() if state.outcome else None
            if state.attempt_number >= self._settings.tries:
                return True
            ready = self._monotonic() - started + max(state.upcoming_sleep, host.pace.delay)
            return isinstance(fault, Fault) and fault.refused and ready > _REFUSED_WITHIN

        retrying = Retrying(
            retry=retry_if_exception(lambda error: isinstance(error, Fault) and error.again),
            stop=enough,
            wait=wait_random_exponential(multiplier=self._settings.backoff, max=_LONGEST_BACKOFF),
            sleep=host.pace.back_off,
            reraise=True,
        )
        try:
            return retrying(self._try, host, hop, keep)
        except Fault as fault:
            if not isinstance(fault.error, AddressDenied):
                host.door.charge(self._settings.errors_per_host)
            raise fault.error from fault.__cause__

    def _try(self, host: Host, hop: Hop, keep: Keep | None) -> Exchange:
        came_at = self._monotonic()
        with host.door.turn(self._stop, lambda: self._wait_on(host, hop)):
            host.pace.queued(self._monotonic() - came_at)
            answer = exchange(host, hop, self._settings, self._clock, self._monotonic)
            fault = self._judge(host, answer)
        if keep is not None:
            keep(answer)
        if fault is not None:
            raise fault
        return answer

    def _wait_on(self, host: Host, hop: Hop) -> None:
        """Another board's thread has the host's ear: no longer than a page may take is that waited for."""
        busy = host.pace.busy()
        if busy > self._settings.page_deadline:
            reason = f"{host.name} has been answering another board for {busy:.0f} seconds"
            raise Unreachable(f"{hop.shown} was not asked for: {reason}", hop.shown)

    def _judge(self, host: Host, answer: Exchange) -> Fault | None:
        """Whether the server failed or asks for patience; a Retry-After holds the host, in this fetch and the next."""
        failed = answer.status == 429 or answer.status >= 500
        if not failed and answer.status not in _FOLLOWED:
            return None
        seconds, cap = retry_after(answer.headers, self._clock()), self._settings.retry_after_cap
        if seconds:
            host.pace.hold(min(seconds, cap))
        if not failed:
            return None
        patience = "" if seconds is None else f" and asks to wait {seconds:.0f} seconds"
        error = ServerFailed(f"{answer.url} answered {answer.status}{patience}", answer.url, answer.status, seconds)
        if seconds is None or seconds <= cap:
            return Fault(error, again=True)
        reason = f"{host.name} answered {answer.status} and asks to be left alone for {seconds:.0f} seconds"
        host.door.stopped = Stopped(ServerFailed, reason, answer.status, seconds)
        return Fault(error)

    def _mind_robots(self, host: Host, hop: Hop, keep: Keep | None) -> None:
        with host.door.looking_up(self._stop, lambda: self._wait_on(host, hop)):
            if host.door.stopped is not None:
                raise host.door.stopped.error(hop.shown)
            now = self._clock()
            if host.door.rules is None or now - host.door.rules.fetched_at >= FRESH:
                copy = self._robots.find_robots(host.name)
                if copy is None or not is_fresh(copy, now):
                    copy = self._fetch_robots(host, hop, keep)
                    self._robots.save_robots(host.name, copy)
                host.door.rules = rules_of(copy)
                host.pace.slow_down(host.door.rules.crawl_delay)
            rules: Rules = host.door.rules
        if not rules.allows(hop.url):
            raise RobotsDenied(f"{hop.shown} is forbidden by the robots.txt of {host.name}", hop.shown)

    def _fetch_robots(self, host: Host, hop: Hop, keep: Keep | None) -> RobotsCopy:
        """What the host answers now. While it does not answer, nothing else may be asked in this run."""
        scheme = hop.url.partition(":")[0]
        ask = Ask(url=f"{scheme}://{host.name}/robots.txt", kind="robots")
        try:
            answer = self._follow(ask, ask.url, keep, hop.private_ok, mind_robots=False)
        except LostRedirect:  # the standard: not available, as if there were none
            return RobotsCopy(302, "", self._clock())
        except ServerFailed as error:
            reason = f"{ask.url} answered {error.status}, and until it can be read nothing may be asked"
            host.door.stopped = Stopped(RobotsDenied, reason)
            raise RobotsDenied(f"{hop.shown} was not asked for: {reason}", hop.shown) from error
        except AddressDenied:  # a matter of who asked: a board of that host may still be allowed to
            raise
        except FetchError as error:
            host.door.stopped = Stopped(type(error), str(error))
            raise
        text = text_of(answer.body.read()) if 200 <= answer.status < 300 else ""
        return RobotsCopy(answer.status, text, self._clock())

    def _host(self, url: str) -> Host:
        name = host_of(url)
        with self._lock:
            host = self._hosts.get(name)
            if host is None:
                client = httpx.Client(transport=Bare(self._transport_factory(name)), trust_env=False)
                door = self._doors.door(name)
                pace = Pace(self._settings.delay, self._stop, self._monotonic, door.gap)
                host = Host(client, door, pace)
                self._hosts[name] = host
            return host

    def _transport(self, name: str) -> httpx.BaseTransport:
        levels = self._settings.tls
        level = levels.get(name) or levels.get(host_name(f"http://{name}/")) or "strict"
        return Transport(Backend(self._stop, self._resolve, self._monotonic), tls_context(level))


def _next_url(answer: Exchange, url: str) -> str:
    raw = header(answer.headers, b"location") or b""
    following = location(raw, url)
    if following is None:
        where = f"to {raw.decode('ascii', 'backslashreplace')[:200]!r}" if raw.strip() else "without an address"
        raise LostRedirect(f"{answer.url} is redirected {where}, which is no page to ask for", answer.url)
    return following
