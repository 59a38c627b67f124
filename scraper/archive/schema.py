"""The tables of archive.db, as an ordered list of migrations.

Contract: ``user_version`` is the number of migrations applied; each is one transaction that moves ``user_version`` too:
a file is always at one schema or the next, never between. A released migration is never edited, only followed.
Rows of a table with ``row_sha256`` have no column defaults: the hash covers what was written. Views hold nothing: each
step makes those of the present program anew.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from scraper.archive.terms import TERMS_VERSION
from scraper.archive.values import utc_text
from scraper.archive.views import VIEWS

APPLICATION_ID = 0x53494E4D
"""The letters SINM, at byte 68 of the file."""

_STATES = "('live', 'unread', 'blocked', 'missing', 'gone', 'redacted')"

_TABLES = (
    """CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT""",
    """CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT""",
    """CREATE TABLE sites (
    id INTEGER PRIMARY KEY, host TEXT NOT NULL UNIQUE, delay REAL, tls TEXT, contact TEXT,
    robots_status INTEGER, robots_text TEXT, robots_at TEXT, row_sha256 TEXT NOT NULL
) STRICT""",
    """CREATE TABLE boards (
    id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL REFERENCES sites(id), slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL, url TEXT NOT NULL UNIQUE, engine TEXT NOT NULL, layout TEXT NOT NULL CHECK (json_valid(layout)),
    charset TEXT, declared_total INTEGER, number_meaning TEXT NOT NULL CHECK (number_meaning IN ('rank', 'id', 'none')),
    allow_private INTEGER NOT NULL CHECK (allow_private IN (0, 1)), created_at TEXT NOT NULL, first_walk_done_at TEXT,
    row_sha256 TEXT NOT NULL
) STRICT""",
    """CREATE TABLE runs (
    id INTEGER PRIMARY KEY, board_id INTEGER NOT NULL REFERENCES boards(id), started_at TEXT NOT NULL, finished_at TEXT,
    outcome TEXT NOT NULL, exit_code INTEGER, total INTEGER, message TEXT,
    balance TEXT CHECK (balance IS NULL OR json_valid(balance)),
    requests INTEGER NOT NULL, pages INTEGER NOT NULL, new INTEGER NOT NULL, revised INTEGER NOT NULL,
    unchanged INTEGER NOT NULL, secret INTEGER NOT NULL, missing INTEGER NOT NULL, gone INTEGER NOT NULL,
    returned INTEGER NOT NULL, failed INTEGER NOT NULL, files INTEGER NOT NULL, files_failed INTEGER NOT NULL,
    bytes INTEGER NOT NULL, due INTEGER NOT NULL, row_sha256 TEXT NOT NULL
) STRICT""",
    "CREATE INDEX runs_board ON runs(board_id, id)",
    """CREATE TABLE dictionaries (
    id INTEGER PRIMARY KEY, board_id INTEGER NOT NULL REFERENCES boards(id),
    kind TEXT NOT NULL CHECK (kind IN ('listing', 'article')), data BLOB NOT NULL, sha256 TEXT NOT NULL,
    UNIQUE (board_id, kind)
) STRICT""",
    """CREATE TABLE blobs (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, codec TEXT NOT NULL CHECK (codec IN ('raw', 'zstd')),
    dictionary_id INTEGER REFERENCES dictionaries(id), parts INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE blob_parts (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES blobs(sha256), part INTEGER NOT NULL, data BLOB NOT NULL,
    UNIQUE (sha256, part)
) STRICT""",
    """CREATE TABLE captures (
    id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES runs(id),
    kind TEXT NOT NULL CHECK (kind IN ('listing', 'article', 'attachment', 'feed', 'robots')),
    post_key TEXT, attachment_key TEXT, ask_url TEXT NOT NULL, url TEXT NOT NULL,
    method TEXT NOT NULL, form BLOB, status INTEGER NOT NULL, headers TEXT,
    request_head BLOB NOT NULL, response_head BLOB NOT NULL, body_sha256 TEXT NOT NULL REFERENCES blobs(sha256),
    body_size INTEGER NOT NULL, address TEXT NOT NULL, tls TEXT, started_at TEXT NOT NULL, finished_at TEXT NOT NULL,
    prev_hash TEXT NOT NULL, entry_hash TEXT NOT NULL UNIQUE, outcome TEXT
) STRICT""",
    "CREATE INDEX captures_run ON captures(run_id)",
    "CREATE INDEX captures_body ON captures(body_sha256)",
    "CREATE INDEX captures_post ON captures(post_key, finished_at) WHERE kind = 'article'",
    "CREATE INDEX captures_unread ON captures(run_id, id) WHERE outcome IS NULL",
    f"""CREATE TABLE posts (
    id INTEGER PRIMARY KEY, board_id INTEGER NOT NULL REFERENCES boards(id), key TEXT NOT NULL, number INTEGER,
    category TEXT, title TEXT NOT NULL, title_cut INTEGER NOT NULL CHECK (title_cut IN (0, 1)), author TEXT,
    posted_date TEXT, posted_at TEXT,
    posted_precision TEXT NOT NULL CHECK (posted_precision IN ('second', 'minute', 'day', 'none')), posted_raw TEXT,
    posted_capture_id INTEGER REFERENCES captures(id),
    hits INTEGER, url TEXT, form TEXT, is_notice INTEGER NOT NULL CHECK (is_notice IN (0, 1)),
    is_secret INTEGER NOT NULL CHECK (is_secret IN (0, 1)), body_text TEXT, body_html TEXT, search_terms TEXT,
    version INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN {_STATES}), first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL, checked_at TEXT, missing_at TEXT, told TEXT, content_sha256 TEXT,
    row_sha256 TEXT NOT NULL, UNIQUE (board_id, key)
) STRICT""",
    "CREATE INDEX posts_state ON posts(board_id, state)",
    "CREATE INDEX posts_date ON posts(board_id, posted_date)",
    """CREATE TABLE post_versions (
    id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts(id), version INTEGER NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('source', 'reparse')), listing_capture_id INTEGER REFERENCES captures(id),
    article_capture_id INTEGER REFERENCES captures(id), fields_from_listing TEXT NOT NULL, parser_version TEXT NOT NULL,
    seen_at TEXT NOT NULL, number INTEGER, category TEXT, title TEXT NOT NULL, title_cut INTEGER NOT NULL, author TEXT,
    posted_date TEXT, posted_at TEXT, posted_precision TEXT NOT NULL, posted_raw TEXT,
    posted_capture_id INTEGER REFERENCES captures(id), hits INTEGER, url TEXT,
    is_notice INTEGER NOT NULL, is_secret INTEGER NOT NULL, body_text TEXT, body_html TEXT, files TEXT NOT NULL,
    content_sha256 TEXT NOT NULL, row_sha256 TEXT NOT NULL, UNIQUE (post_id, version)
) STRICT""",
    """CREATE TABLE post_hits (
    post_id INTEGER NOT NULL REFERENCES posts(id), seen_at TEXT NOT NULL, hits INTEGER NOT NULL,
    PRIMARY KEY (post_id, seen_at)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE attachments (
    id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts(id), key TEXT NOT NULL, name TEXT NOT NULL,
    name_raw TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('file', 'inline')),
    blob_sha256 TEXT REFERENCES blobs(sha256), size INTEGER, mime TEXT,
    state TEXT NOT NULL CHECK (state IN ('stored', 'failed', 'gone')), reason TEXT, row_sha256 TEXT NOT NULL,
    UNIQUE (post_id, key)
) STRICT""",
    "CREATE INDEX attachments_blob ON attachments(blob_sha256)",
    """CREATE TABLE attachment_versions (
    id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts(id), key TEXT NOT NULL, version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('file', 'inline')), capture_id INTEGER REFERENCES captures(id),
    blob_sha256 TEXT NOT NULL REFERENCES blobs(sha256), name TEXT NOT NULL, size INTEGER, seen_at TEXT NOT NULL,
    row_sha256 TEXT NOT NULL, UNIQUE (post_id, key, version)
) STRICT""",
    "CREATE INDEX attachment_versions_blob ON attachment_versions(blob_sha256)",
    """CREATE TABLE coverage (
    id INTEGER PRIMARY KEY, board_id INTEGER NOT NULL REFERENCES boards(id), walk INTEGER NOT NULL REFERENCES runs(id),
    page INTEGER NOT NULL, url TEXT NOT NULL, capture_id INTEGER NOT NULL UNIQUE REFERENCES captures(id), total INTEGER,
    keys TEXT NOT NULL, first_number INTEGER, last_number INTEGER, seen_at TEXT NOT NULL,
    is_last INTEGER NOT NULL CHECK (is_last IN (0, 1)), row_sha256 TEXT NOT NULL
) STRICT""",
    "CREATE INDEX coverage_walk ON coverage(board_id, walk, page)",
    """CREATE TABLE failures (
    id INTEGER PRIMARY KEY, board_id INTEGER NOT NULL REFERENCES boards(id), post_id INTEGER REFERENCES posts(id),
    post_key TEXT, attachment_key TEXT, url TEXT, kind TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
    tries INTEGER NOT NULL, first_at TEXT NOT NULL, last_at TEXT NOT NULL, capture_id INTEGER REFERENCES captures(id),
    resolved_at TEXT, row_sha256 TEXT NOT NULL
) STRICT""",
    "CREATE INDEX failures_open ON failures(board_id, post_key) WHERE resolved_at IS NULL",
    """CREATE TABLE events (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, board_id INTEGER REFERENCES boards(id),
    post_id INTEGER REFERENCES posts(id), capture_id INTEGER REFERENCES captures(id), detail TEXT,
    row_sha256 TEXT NOT NULL
) STRICT""",
    "CREATE INDEX events_post ON events(post_id, kind)",
    """CREATE VIRTUAL TABLE posts_fts USING fts5(
    title, body_text, search_terms, content='posts', content_rowid='id', tokenize='unicode61'
)""",
)

_FILE_STATUSES = "('read', 'empty', 'encrypted', 'broken', 'too large', 'unsupported', 'no reader')"

_TEXTS = (
    f"""CREATE TABLE attachment_texts (
    id INTEGER PRIMARY KEY, blob_sha256 TEXT NOT NULL UNIQUE REFERENCES blobs(sha256),
    status TEXT NOT NULL CHECK (status IN {_FILE_STATUSES}), reason TEXT, text TEXT, search_terms TEXT,
    reader TEXT NOT NULL, reader_version INTEGER NOT NULL, read_at TEXT NOT NULL, row_sha256 TEXT NOT NULL
) STRICT""",
    """CREATE VIRTUAL TABLE attachment_texts_fts USING fts5(
    text, search_terms, content='attachment_texts', content_rowid='id', tokenize='unicode61'
)""",
)

_AUTHORS = ("CREATE INDEX posts_author ON posts(author, board_id, posted_date)",)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema; its version is its place in ``MIGRATIONS``, counted from 1."""

    name: str
    statements: tuple[str, ...]


MIGRATIONS: tuple[Migration, ...] = (
    Migration("the first schema", _TABLES),
    Migration("texts of files", _TEXTS),
    Migration("posts of an author", _AUTHORS),
)


def schema_version() -> int:
    """The ``user_version`` that this program writes."""
    return len(MIGRATIONS)


def pending(found: int) -> Iterator[tuple[int, Migration]]:
    """The migrations that a file at version ``found`` still needs."""
    return ((version, step) for version, step in enumerate(MIGRATIONS, start=1) if version > found)


def migrate(db: Database, found: int, at: datetime | None = None) -> None:
    """Bring a file from version ``found`` to ours. Each step is a transaction of its own."""
    stamp = utc_text(at or datetime.now(UTC))
    for version, step in pending(found):
        db.execute("BEGIN IMMEDIATE")
        try:
            for statement in (*step.statements, *_views()):
                db.execute(statement)
            if version == 1:
                db.execute("INSERT INTO meta VALUES ('archive_id', ?)", [secrets.token_hex(16)])
                db.execute("INSERT INTO meta VALUES ('created_at', ?)", [stamp])
                db.execute("INSERT INTO meta VALUES ('search_terms_version', ?)", [str(TERMS_VERSION)])
            db.execute("INSERT INTO migrations VALUES (?, ?, ?)", [version, step.name, stamp])
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {version}")
            db.execute("COMMIT")
        except BaseException:
            db.rollback()
            raise


def _views() -> Iterator[str]:
    for name, sql in VIEWS.items():
        yield f"DROP VIEW IF EXISTS {name}"
        yield f"CREATE VIEW {name} AS\n{sql}"
