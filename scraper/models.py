"""The frozen values that the rooms hand to each other: all in one place, for every room knows them.
No behaviour but what follows from the fields.

Times are aware. What a board says is Korean time (KST, UTC+9); what we did is UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Literal, Protocol

KST = timezone(timedelta(hours=9), "KST")
SURE = 0.8
"""The least confidence in a reading with which a board is stored without a question."""

Precision = Literal["second", "minute", "day", "none"]
Kind = Literal["listing", "article", "attachment", "feed", "robots"]
NumberMeaning = Literal["rank", "id", "none"]
PostState = Literal["live", "unread", "blocked", "missing", "gone", "redacted"]
PostOutcome = Literal["new", "revised", "unchanged", "secret", "gone", "failed"]
AttachmentKind = Literal["file", "inline"]
AttachmentState = Literal["stored", "failed", "gone"]
Verdict = Literal["balanced", "unbalanced", "unsettled", "unfinished", "unknown"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A point in time as a board printed it.

    ``at`` is in KST, cut to ``precision`` (midnight when only the day is known). It is None, with
    precision "none", when the text does not settle a year or is no date.
    """

    at: datetime | None
    precision: Precision
    raw: str
    capture_id: int | None = None
    """The feed that told it, where neither the list nor the article did."""

    @property
    def date(self) -> str | None:
        """YYYY-MM-DD in KST."""
        return self.at.strftime("%Y-%m-%d") if self.at else None

    def __str__(self) -> str:
        """YYYY-MM-DD for a day, else an ISO-8601 stamp with +09:00; empty when unknown."""
        if self.at is None:
            return ""
        if self.precision == "day":
            return self.at.strftime("%Y-%m-%d")
        return self.at.isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Ask:
    """A request to make. ``url`` is absolute and keeps the site's own percent-encoding, byte for byte."""

    url: str
    kind: Kind
    method: Literal["GET", "POST"] = "GET"
    form: bytes | None = None
    """A urlencoded body, already in the board's charset; only with POST."""
    referer: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a site, in memory: bytes after transfer and content decoding."""

    url: str
    """Where the bytes came from: after redirects, the last address."""
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    seen_at: datetime
    form: bytes | None = None
    """The urlencoded body that was sent for it; None for a GET, and behind a redirect."""

    def header(self, name: str) -> bytes | None:
        """The first header of that name (case-insensitive), its bytes as sent."""
        wanted = name.lower().encode("ascii")
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as evidence: what a Capture keeps. A redirect is an Exchange of its own."""

    ask: Ask
    url: str
    """The address of this hop; the first hop's is ``ask.url``."""
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    request_head: bytes
    """Request line and headers as sent, cookies and credentials blanked."""
    response_head: bytes
    """Status line and headers as received."""
    body: Body
    address: str
    """The IP address that answered."""
    tls: str | None
    """Protocol and cipher, e.g. "TLSv1.3 TLS_AES_256_GCM_SHA384"; None for plain HTTP."""
    started_at: datetime
    finished_at: datetime

    def page(self, body: bytes | None = None) -> Page:
        """What came, in memory; ``body`` stands for it when only its start is wanted."""
        form = self.ask.form if self.url == self.ask.url else None
        return Page(
            self.url, self.status, self.headers, self.body.read() if body is None else body, self.finished_at, form
        )


class Body(Protocol):
    """Content-decoded bytes, in memory or in a temporary file."""

    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str:
        """Lower-case hex."""
        ...

    def chunks(self) -> Iterator[bytes]:
        """The bytes from the start, in pieces of at most 1 MiB. May be called again."""
        ...

    def read(self) -> bytes:
        """All bytes; for pages, which are capped."""
        ...


@dataclass(frozen=True, slots=True)
class MemoryBody:
    """A Body that is held in memory."""

    content: bytes
    sha256: str

    @property
    def size(self) -> int:
        return len(self.content)

    def chunks(self) -> Iterator[bytes]:
        step = 1 << 20
        for start in range(0, len(self.content), step):
            yield self.content[start : start + step]

    def read(self) -> bytes:
        return self.content


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a listing."""

    key: str
    number: int | None
    title: str
    title_cut: bool
    """The board itself cut the title short."""
    author: str | None
    posted: Stamp | None
    hits: int | None
    ask: Ask | None
    """How the article is opened; None when only a script could."""
    is_notice: bool = False
    is_secret: bool = False
    category: str | None = None
    comments: int | None = None
    has_file: bool | None = None

    @property
    def told(self) -> tuple[str | bool | None, ...]:
        """What of a row tells of an edit: title, author, category, secrecy, the sign of a file."""
        return (self.title, self.author, self.category, self.is_secret, self.has_file)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a board, as read."""

    rows: tuple[Row, ...]
    """In the order of the page. The same post may stand there twice: as notice and as numbered row."""
    total: int | None = None
    page: int | None = None
    last_page: int | None = None
    next: Ask | None = None
    is_empty: bool = False
    """The page itself says that there is nothing."""
    number_meaning: NumberMeaning = "none"
    unread: tuple[str, ...] = ()
    """The text of lines that look like rows but open no post."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article offers, or an image inside its body."""

    key: str
    """What stays the same when the address does not (a nonce, a session): e.g. its number in the post."""
    name: str
    name_raw: str
    ask: Ask | None
    """None: only a script of the site knows where the file is."""
    kind: AttachmentKind = "file"


@dataclass(frozen=True, slots=True)
class Article:
    """One reading of one post's view. A field that the view does not have is None."""

    key: str | None
    title: str | None
    title_cut: bool
    author: str | None
    posted: Stamp | None
    hits: int | None
    category: str | None
    body_text: str | None
    """Paragraphs by line breaks; None when the body holds no text (an image, an empty post)."""
    body_html: str | None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """A board as the archive knows it. ``id`` is 0 until it was saved."""

    url: str
    """Canonical address of its first list page."""
    host: str
    slug: str
    name: str
    engine: str
    layout: dict[str, Any]
    """The whole Layout, resolved, as JSON values."""
    id: int = 0
    site_id: int = 0
    charset: str | None = None
    declared_total: int | None = None
    number_meaning: NumberMeaning = "none"
    allow_private: bool = False
    delay: float | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What one run did to one board."""

    requests: int = 0
    pages: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    secret: int = 0
    missing: int = 0
    gone: int = 0
    returned: int = 0
    failed: int = 0
    files: int = 0
    files_failed: int = 0
    bytes: int = 0
    due: int = 0
    """Articles that were to be read again only because of their age."""


@dataclass(frozen=True, slots=True)
class Balance:
    """A board's balance sheet at the end of a run.

    shown = held + unread + blocked - notices - unlisted + unparseable + tail + accepted + difference
    """

    shown: int | None
    """The total that the board printed; None when it prints none."""
    held: int
    """Listed and read; also what we redacted."""
    blocked: int
    """Listed, and secret or refused."""
    unread: int
    """Listed and not read yet."""
    difference: int | None
    """What nothing explains. Above 0 the board counts what it does not list; below 0, lists what it does not count."""
    verdict: Verdict = "unknown"
    """unsettled: a difference that no walk through the whole list has confirmed yet; unfinished: the list was not read
    to its end; unknown: no total."""
    unparseable: int = 0
    """Lines of the list that open no post and that the total counts."""
    tail: int = 0
    """Not reached yet."""
    accepted: int = 0
    """A difference that somebody confirmed."""
    notices: int = 0
    """Listed notices that the total leaves out."""
    in_place: int = 0
    """Notices that stand among the ordinary rows as well, as far as the last whole walk saw."""
    unlisted: tuple[str, ...] = ()
    """Keys of posts that are held and that the last whole walk no longer saw."""
    lines: tuple[str, ...] = ()
    """The lines that open no post, also those that the total does not count."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the archive holds of a board, counted: posts by state, the notices among them, the total last printed."""

    total: int | None
    posts: Mapping[PostState, int]
    notices: Mapping[PostState, int]


@dataclass(frozen=True, slots=True)
class Waits:
    """Where the time of a run went, in seconds, and how many requests were sent for it."""

    requests: int = 0
    """Also those that brought no answer."""
    pace: float = 0.0
    """Our own delay between two requests."""
    crawl_delay: float = 0.0
    """What robots.txt asks for beyond that."""
    retry_after: float = 0.0
    server: float = 0.0
    """Connecting and receiving, and the gaps before something that failed is tried again."""

    def __sub__(self, before: Waits) -> Waits:
        return Waits(
            self.requests - before.requests,
            self.pace - before.pace,
            self.crawl_delay - before.crawl_delay,
            self.retry_after - before.retry_after,
            self.server - before.server,
        )

    def __add__(self, other: Waits) -> Waits:
        return Waits(
            self.requests + other.requests,
            self.pace + other.pace,
            self.crawl_delay + other.crawl_delay,
            self.retry_after + other.retry_after,
            self.server + other.server,
        )


@dataclass(frozen=True, slots=True)
class Run:
    """One sync of one board."""

    id: int
    board: Board
    outcome: str
    """ok | partial | budget | layout | wall | unreachable | policy | held | unbalanced | interrupted | storage | bug |
    running"""
    exit_code: int
    started_at: datetime
    finished_at: datetime | None
    counts: Counts
    total: int | None
    message: str | None = None
    balance: Balance | None = None
    waits: Waits | None = None
    """Told by the run itself; not kept in the archive with it."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a run stands; sent to Progress whenever something was done."""

    board: str
    phase: Literal["robots", "listing", "articles", "wait", "done"]
    pages: int = 0
    pages_total: int | None = None
    posts: int = 0
    posts_total: int | None = None
    files: int = 0
    requests: int = 0
    bytes: int = 0
    text: str | None = None
    """A short remark about what was just done (scraped text: not yet safe for a terminal)."""


class Progress(Protocol):
    """What sync tells the one who looks on; console fulfils it."""

    def tick(self, tick: Tick) -> None: ...
    def say(self, text: str) -> None:
        """A warning or a remark that should stay on the screen."""
        ...


@dataclass(frozen=True, slots=True)
class Silent:
    """A Progress that shows nothing."""

    ticks: list[Tick] = field(default_factory=list)

    def tick(self, tick: Tick) -> None:
        pass

    def say(self, text: str) -> None:
        pass


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An attachment and what became of its download."""

    attachment: Attachment
    state: AttachmentState
    name: str
    """From the answer's Content-Disposition when it named one, else from the page."""
    name_raw: str
    capture_id: int | None = None
    blob_sha256: str | None = None
    size: int | None = None
    mime: str | None = None
    reason: str | None = None
    tried: bool = True
    """False: no download was tried; the rest is what was known before."""
    asked: bool = True
    """False: its host is left alone tonight; the failure says so, and counts no try of this address."""


@dataclass(frozen=True, slots=True)
class Post:
    """What is to be saved of one post: its article, completed from its list row."""

    key: str
    number: int | None
    category: str | None
    title: str
    title_cut: bool
    author: str | None
    posted: Stamp | None
    hits: int | None
    url: str
    is_notice: bool
    is_secret: bool
    body_text: str | None
    body_html: str | None
    fields_from_listing: tuple[str, ...] = ()
    """Names of the fields that the view does not have."""
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive holds of one post, as far as planning needs it."""

    id: int
    key: str
    number: int | None
    title: str
    author: str | None
    posted_raw: str | None
    posted_date: str | None
    hits: int | None
    url: str
    is_notice: bool
    is_secret: bool
    state: PostState
    version: int
    checked_at: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime
    missing_at: datetime | None
    """When its absence was first noticed; None while it is listed."""
    told: tuple[str | bool | None, ...] | None
    """``Row.told`` of its row as last listed; None when it was never listed."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A Page kept, without its bytes (they are the blob ``body_sha256``)."""

    id: int
    run_id: int
    kind: Kind
    ask_url: str
    """What was asked for; ``url`` is the address that answered, another one after a redirect."""
    url: str
    method: str
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body_sha256: str
    body_size: int
    started_at: datetime
    finished_at: datetime
    post_key: str | None
    attachment_key: str | None
    outcome: str | None
    """None until somebody has read it."""
    form: bytes | None = None
    """As in its Ask."""

    def page(self, body: bytes) -> Page:
        """The Page as it was in memory."""
        form = self.form if self.url == self.ask_url else None
        return Page(self.url, self.status, self.headers, body, self.finished_at, form)


@dataclass(frozen=True, slots=True)
class Unseen:
    """What the last list page that a night reads tells of posts that none of its pages showed."""

    numbers: Mapping[str, int | None] = field(default_factory=dict)
    """Of posts that shifted; None for one that does not stand in its place any more."""
    absent: tuple[str, ...] = ()
    """Posts that the stretch where they would stand no longer shows."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One list page that was seen: an entry of the coverage ledger."""

    walk: int
    """Id of the run that began this walk from page 1; a resumed run goes on in the same walk."""
    page: int
    url: str
    capture_id: int
    total: int | None
    keys: tuple[str, ...]
    """Ordinary (not pinned) rows in page order."""
    first_number: int | None
    last_number: int | None
    seen_at: datetime
    is_last: bool
    """The walk found its end here."""
