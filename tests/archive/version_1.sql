-- An archive of user_version 1 as that version wrote it (two posts, two files). Never edited.
PRAGMA application_id = 1397313101;
PRAGMA user_version = 1;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT;
CREATE TABLE sites (
    id INTEGER PRIMARY KEY, host TEXT NOT NULL UNIQUE, delay REAL, tls TEXT, contact TEXT,
    robots_status INTEGER, robots_text TEXT, robots_at TEXT, row_sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE boards (
    id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL REFERENCES sites(id), slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL, url TEXT NOT NULL UNIQUE, engine TEXT NOT NULL, layout TEXT NOT NULL CHECK (json_valid(layout)),
    charset TEXT, declared_total INTEGER, number_meaning TEXT NOT NULL CHECK (number_meaning IN ('rank', 'id', 'none')),
    allow_private INTEGER NOT NULL CHECK (allow_private IN (0, 1)), created_at TEXT NOT NULL, first_walk_done_at TEXT,
    row_sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, board_id INTEGER NOT NULL REFERENCES boards(id), started_at TEXT NOT NULL, finished_at TEXT,
    outcome TEXT NOT NULL, exit_code INTEGER, total INTEGER, message TEXT,
    balance TEXT CHECK (balance IS NULL OR json_valid(balance)),
    requests INTEGER NOT NULL, pages INTEGER NOT NULL, new INTEGER NOT NULL, revised INTEGER NOT NULL,
    unchanged INTEGER NOT NULL, secret INTEGER NOT NULL, missing INTEGER NOT NULL, gone INTEGER NOT NULL,
    returned INTEGER NOT NULL, failed INTEGER NOT NULL, files INTEGER NOT NULL, files_failed INTEGER NOT NULL,
    bytes INTEGER NOT NULL, due INTEGER NOT NULL, row_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX runs_board ON runs(board_id, id);
CREATE TABLE dictionaries (
    id INTEGER PRIMARY KEY, board_id INTEGER NOT NULL REFERENCES boards(id),
    kind TEXT NOT NULL CHECK (kind IN ('listing', 'article')), data BLOB NOT NULL, sha256 TEXT NOT NULL,
    UNIQUE (board_id, kind)
) STRICT;
CREATE TABLE blobs (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, codec TEXT NOT NULL CHECK (codec IN ('raw', 'zstd')),
    dictionary_id INTEGER REFERENCES dictionaries(id), parts INTEGER NOT NULL
) STRICT;
CREATE TABLE blob_parts (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES blobs(sha256), part INTEGER NOT NULL, data BLOB NOT NULL,
    UNIQUE (sha256, part)
) STRICT;
CREATE TABLE captures (
    id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES runs(id),
    kind TEXT NOT NULL CHECK (kind IN ('listing', 'article', 'attachment', 'feed', 'robots')),
    post_key TEXT, attachment_key TEXT, ask_url TEXT NOT NULL, url TEXT NOT NULL,
    method TEXT NOT NULL, form BLOB, status INTEGER NOT NULL, headers TEXT,
    request_head BLOB NOT NULL, response_head BLOB NOT NULL, body_sha256 TEXT NOT NULL REFERENCES blobs(sha256),
    body_size INTEGER NOT NULL, address TEXT NOT NULL, tls TEXT, started_at TEXT NOT NULL, finished_at TEXT NOT NULL,
    prev_hash TEXT NOT NULL, entry_hash TEXT NOT NULL UNIQUE, outcome TEXT
) STRICT;
CREATE INDEX captures_run ON captures(run_id);
CREATE INDEX captures_body ON captures(body_sha256);
CREATE INDEX captures_post ON captures(post_key, finished_at) WHERE kind = 'article';
CREATE INDEX captures_unread ON captures(run_id, id) WHERE outcome IS NULL;
CREATE TABLE posts (
    id INTEGER PRIMARY KEY, board_id INTEGER NOT NULL REFERENCES boards(id), key TEXT NOT NULL, number INTEGER,
    category TEXT, title TEXT NOT NULL, title_cut INTEGER NOT NULL CHECK (title_cut IN (0, 1)), author TEXT,
    posted_date TEXT, posted_at TEXT,
    posted_precision TEXT NOT NULL CHECK (posted_precision IN ('second', 'minute', 'day', 'none')), posted_raw TEXT,
    posted_capture_id INTEGER REFERENCES captures(id),
    hits INTEGER, url TEXT, form TEXT, is_notice INTEGER NOT NULL CHECK (is_notice IN (0, 1)),
    is_secret INTEGER NOT NULL CHECK (is_secret IN (0, 1)), body_text TEXT, body_html TEXT, search_terms TEXT,
    version INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('live', 'unread', 'blocked', 'missing', 'gone', 'redacted')), first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL, checked_at TEXT, missing_at TEXT, told TEXT, content_sha256 TEXT,
    row_sha256 TEXT NOT NULL, UNIQUE (board_id, key)
) STRICT;
CREATE INDEX posts_state ON posts(board_id, state);
CREATE INDEX posts_date ON posts(board_id, posted_date);
CREATE TABLE post_versions (
    id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts(id), version INTEGER NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('source', 'reparse')), listing_capture_id INTEGER REFERENCES captures(id),
    article_capture_id INTEGER REFERENCES captures(id), fields_from_listing TEXT NOT NULL, parser_version TEXT NOT NULL,
    seen_at TEXT NOT NULL, number INTEGER, category TEXT, title TEXT NOT NULL, title_cut INTEGER NOT NULL, author TEXT,
    posted_date TEXT, posted_at TEXT, posted_precision TEXT NOT NULL, posted_raw TEXT,
    posted_capture_id INTEGER REFERENCES captures(id), hits INTEGER, url TEXT,
    is_notice INTEGER NOT NULL, is_secret INTEGER NOT NULL, body_text TEXT, body_html TEXT, files TEXT NOT NULL,
    content_sha256 TEXT NOT NULL, row_sha256 TEXT NOT NULL, UNIQUE (post_id, version)
) STRICT;
CREATE TABLE post_hits (
    post_id INTEGER NOT NULL REFERENCES posts(id), seen_at TEXT NOT NULL, hits INTEGER NOT NULL,
    PRIMARY KEY (post_id, seen_at)
) STRICT, WITHOUT ROWID;
CREATE TABLE attachments (
    id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts(id), key TEXT NOT NULL, name TEXT NOT NULL,
    name_raw TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('file', 'inline')),
    blob_sha256 TEXT REFERENCES blobs(sha256), size INTEGER, mime TEXT,
    state TEXT NOT NULL CHECK (state IN ('stored', 'failed', 'gone')), reason TEXT, row_sha256 TEXT NOT NULL,
    UNIQUE (post_id, key)
) STRICT;
CREATE INDEX attachments_blob ON attachments(blob_sha256);
CREATE TABLE attachment_versions (
    id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts(id), key TEXT NOT NULL, version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('file', 'inline')), capture_id INTEGER REFERENCES captures(id),
    blob_sha256 TEXT NOT NULL REFERENCES blobs(sha256), name TEXT NOT NULL, size INTEGER, seen_at TEXT NOT NULL,
    row_sha256 TEXT NOT NULL, UNIQUE (post_id, key, version)
) STRICT;
CREATE INDEX attachment_versions_blob ON attachment_versions(blob_sha256);
CREATE TABLE coverage (
    id INTEGER PRIMARY KEY, board_id INTEGER NOT NULL REFERENCES boards(id), walk INTEGER NOT NULL REFERENCES runs(id),
    page INTEGER NOT NULL, url TEXT NOT NULL, capture_id INTEGER NOT NULL UNIQUE REFERENCES captures(id), total INTEGER,
    keys TEXT NOT NULL, first_number INTEGER, last_number INTEGER, seen_at TEXT NOT NULL,
    is_last INTEGER NOT NULL CHECK (is_last IN (0, 1)), row_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX coverage_walk ON coverage(board_id, walk, page);
CREATE TABLE failures (
    id INTEGER PRIMARY KEY, board_id INTEGER NOT NULL REFERENCES boards(id), post_id INTEGER REFERENCES posts(id),
    post_key TEXT, attachment_key TEXT, url TEXT, kind TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
    tries INTEGER NOT NULL, first_at TEXT NOT NULL, last_at TEXT NOT NULL, capture_id INTEGER REFERENCES captures(id),
    resolved_at TEXT, row_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX failures_open ON failures(board_id, post_key) WHERE resolved_at IS NULL;
CREATE TABLE events (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, board_id INTEGER REFERENCES boards(id),
    post_id INTEGER REFERENCES posts(id), capture_id INTEGER REFERENCES captures(id), detail TEXT,
    row_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX events_post ON events(post_id, kind);
CREATE VIRTUAL TABLE posts_fts USING fts5(
    title, body_text, search_terms, content='posts', content_rowid='id', tokenize='unicode61'
);
CREATE VIEW articles AS
SELECT p.id AS post_id, b.slug AS board, b.name AS board_name, p.key, p.number, p.category, p.title,
    p.author, p.posted_date, p.posted_at, p.posted_precision, p.hits, p.url, p.is_notice, p.is_secret, p.body_text,
    length(p.body_text) AS characters,
    (SELECT count(*) FROM attachments a WHERE a.post_id = p.id AND a.state = 'stored' AND a.kind = 'file') AS files,
    p.version, p.state, p.first_seen_at, p.last_seen_at, p.checked_at
FROM posts p JOIN boards b ON b.id = p.board_id
WHERE p.version > 0 AND p.state <> 'redacted';
CREATE VIEW attachment_files AS
SELECT a.id AS attachment_id, a.post_id, b.slug AS board, p.key AS post_key, p.title,
    p.posted_date,
    a.key AS attachment_key, a.name, a.kind, a.mime, a.size, a.state, a.reason, a.blob_sha256, a.url
FROM attachments a JOIN posts p ON p.id = a.post_id JOIN boards b ON b.id = p.board_id
WHERE p.state <> 'redacted';
CREATE VIEW edits AS
SELECT v.post_id, b.slug AS board, p.key, v.version, v.seen_at, o.title AS title_before, v.title,
    o.title IS NOT v.title AS title_changed, o.author IS NOT v.author AS author_changed,
    o.posted_at IS NOT v.posted_at AS date_changed, o.category IS NOT v.category AS category_changed,
    o.body_text IS NOT v.body_text AS body_changed, o.files IS NOT v.files AS files_changed,
    coalesce(length(v.body_text), 0) - coalesce(length(o.body_text), 0) AS characters_added
FROM post_versions v
JOIN post_versions o ON o.post_id = v.post_id AND o.version = v.version - 1
JOIN posts p ON p.id = v.post_id JOIN boards b ON b.id = p.board_id
WHERE v.cause = 'source' AND p.state <> 'redacted';
CREATE VIEW disappeared AS
SELECT p.id AS post_id, b.slug AS board, p.key, p.title, p.author, p.posted_date, p.state,
    p.first_seen_at, p.last_seen_at, p.missing_at,
    (SELECT max(e.at) FROM events e WHERE e.post_id = p.id AND e.kind = 'gone') AS gone_at
FROM posts p JOIN boards b ON b.id = p.board_id
WHERE p.state IN ('missing', 'gone');
CREATE VIEW monthly AS
SELECT b.slug AS board, substr(p.posted_date, 1, 7) AS month, count(*) AS posts,
    count(DISTINCT p.author) AS authors, sum(length(p.body_text)) AS characters, sum(p.hits) AS hits,
    sum(p.state IN ('missing', 'gone')) AS disappeared
FROM posts p JOIN boards b ON b.id = p.board_id
WHERE p.posted_date IS NOT NULL AND p.state <> 'redacted'
GROUP BY p.board_id, month;
CREATE VIEW readership AS
SELECT h.post_id, b.slug AS board, p.key, p.title, p.posted_date, h.seen_at, h.hits,
    h.hits - lag(h.hits) OVER (PARTITION BY h.post_id ORDER BY h.seen_at) AS gained,
    h.hits AS hits_seen, h.own_reads, h.hits - h.own_reads AS hits_net
FROM (SELECT t.*, (SELECT count(*) FROM captures c JOIN runs r ON r.id = c.run_id JOIN posts o ON o.id = t.post_id
        WHERE c.kind = 'article' AND c.post_key = o.key AND r.board_id = o.board_id
        AND c.status = 200 AND coalesce(c.outcome, 'read') IN ('read', 'superseded') AND c.finished_at <= t.seen_at
        AND c.finished_at > (SELECT min(f.seen_at) FROM post_hits f WHERE f.post_id = t.post_id)) AS own_reads
    FROM post_hits t) h
JOIN posts p ON p.id = h.post_id JOIN boards b ON b.id = p.board_id
WHERE p.state <> 'redacted';
CREATE VIEW board_balance AS
SELECT s.*, s.declared_total - s.counted AS difference,
    json_extract(r.balance, '$.unparseable') AS unparseable, json_extract(r.balance, '$.tail') AS tail,
    json_extract(r.balance, '$.verdict') AS verdict, r.finished_at AS balanced_at
FROM (SELECT t.*, t.listed - iif(t.counts_notices, 0, t.listed_notices) AS counted
    FROM (SELECT b.id AS board_id, b.slug AS board, b.declared_total, count(p.id) AS posts,
        coalesce(sum(p.state = 'live'), 0) AS live,
        coalesce(sum(p.state = 'unread'), 0) AS unread,
        coalesce(sum(p.state = 'blocked'), 0) AS blocked,
        coalesce(sum(p.state = 'missing'), 0) AS missing,
        coalesce(sum(p.state = 'gone'), 0) AS gone,
        coalesce(sum(p.state = 'redacted'), 0) AS redacted,
        coalesce(sum(p.state IN ('live', 'unread', 'blocked', 'redacted')), 0) AS listed,
        coalesce(sum(p.state IN ('live', 'unread', 'blocked', 'redacted') AND p.is_notice), 0) AS listed_notices,
        coalesce(json_extract(b.layout, '$.list.total_counts_notices'), 0) AS counts_notices
        FROM boards b LEFT JOIN posts p ON p.board_id = b.id GROUP BY b.id) t) s
LEFT JOIN runs r ON r.id = (SELECT max(id) FROM runs WHERE board_id = s.board_id AND balance IS NOT NULL);
INSERT INTO meta VALUES ('archive_id', '5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a');
INSERT INTO meta VALUES ('created_at', '2026-11-27T03:06:16.001603Z');
INSERT INTO meta VALUES ('search_terms_version', '1');
INSERT INTO meta VALUES ('last_capture', '8');
INSERT INTO migrations VALUES (1, 'the first schema', '2026-11-27T03:06:16.001603Z');
INSERT INTO sites VALUES (1, 'news.example', NULL, NULL, NULL, NULL, NULL, NULL, '40feccfdcd4e2b9fe01d57e54c030005d5d982dc84c6cb8631b03577efff058a');
INSERT INTO boards VALUES (1, 1, 'opinion', '달빛신문 오피니언', 'http://news.example/list.php', 'legacy', '{"v": 1}', NULL, 2, 'none', 0, '2026-11-27T03:06:16.021957Z', NULL, 'b8a7ca229234ca70d129849ef63f93d2737d38f24114d39e0473d9a398ae9115');
INSERT INTO runs VALUES (1, 1, '2026-11-03T02:10:00.000000Z', NULL, 'running', NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'f7e94c4e6872bc2bb4b7a71d36c0f4157f1cf59bdb76f1c67d187ef2f6f2fdd4');
INSERT INTO blobs VALUES ('f61e89a4edcebcca52d7d4b753b99d75b88da789ef2ce7ee4d81379b3b5431ee', 27, 'raw', NULL, 1);
INSERT INTO blobs VALUES ('5873635e5b45d73751a004617a8a97d9b14fbc1b7da9303bdedeb5530ac48275', 10, 'raw', NULL, 1);
INSERT INTO blobs VALUES ('06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8', 2, 'raw', NULL, 1);
INSERT INTO blobs VALUES ('d117edff73b007b2970292f50f3b1cefeeb4485be4e66dd1538c0e2d6ba39405', 27, 'raw', NULL, 1);
INSERT INTO blobs VALUES ('cd44bc28f4926701271ac77ab637961580b608031180ac63e31b5e0a2d3f11ae', 27, 'raw', NULL, 1);
INSERT INTO blobs VALUES ('f0133dcfce21bd42fedd497f192aaf44e447ce1f85fd2ec787fadb0f26cdd057', 27, 'raw', NULL, 1);
INSERT INTO blob_parts VALUES (1, 'f61e89a4edcebcca52d7d4b753b99d75b88da789ef2ce7ee4d81379b3b5431ee', 1, X'3C703EEBA8B8EBA6ACEAB8803C2F703E6C697374696E6720312E30');
INSERT INTO blob_parts VALUES (2, '5873635e5b45d73751a004617a8a97d9b14fbc1b7da9303bdedeb5530ac48275', 1, X'EBB699EC9E8420EAB880');
INSERT INTO blob_parts VALUES (3, '06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8', 1, X'00FF');
INSERT INTO blob_parts VALUES (4, 'd117edff73b007b2970292f50f3b1cefeeb4485be4e66dd1538c0e2d6ba39405', 1, X'3C703EEBA8B8EBA6ACEAB8803C2F703E61727469636C6520342E30');
INSERT INTO blob_parts VALUES (5, 'cd44bc28f4926701271ac77ab637961580b608031180ac63e31b5e0a2d3f11ae', 1, X'3C703EEBA8B8EBA6ACEAB8803C2F703E61727469636C6520352E30');
INSERT INTO blob_parts VALUES (6, 'f0133dcfce21bd42fedd497f192aaf44e447ce1f85fd2ec787fadb0f26cdd057', 1, X'3C703EEBA8B8EBA6ACEAB8803C2F703E61727469636C6520382E30');
INSERT INTO captures VALUES (1, 1, 'listing', NULL, NULL, 'http://news.example/view.php?no=1', 'http://news.example/view.php?no=1', 'GET', NULL, 200, NULL, X'474554202F20485454502F312E310D0A486F73743A206E6577732E6578616D706C650D0A0D0A', X'485454502F312E3120323030204F4B0D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D6575632D6B720D0A582D4E616D653A20C7D10D0A0D0A', 'f61e89a4edcebcca52d7d4b753b99d75b88da789ef2ce7ee4d81379b3b5431ee', 27, '192.0.2.7', NULL, '2026-11-03T02:10:00.000000Z', '2026-11-03T02:11:00.000000Z', 'a1a82296b8a20ea881aae40eff20947d810a1683bdd257a2e33b85966ad81fb1', 'debc49adfbd95e7fd418e4da216bcc3703629ae2a7364b16be7c587b28cdc726', 'read');
INSERT INTO captures VALUES (2, 1, 'attachment', '1', '1', 'http://news.example/view.php?no=1', 'http://news.example/view.php?no=1', 'GET', NULL, 200, NULL, X'474554202F20485454502F312E310D0A486F73743A206E6577732E6578616D706C650D0A0D0A', X'485454502F312E3120323030204F4B0D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D6575632D6B720D0A582D4E616D653A20C7D10D0A0D0A', '5873635e5b45d73751a004617a8a97d9b14fbc1b7da9303bdedeb5530ac48275', 10, '192.0.2.7', NULL, '2026-11-03T02:10:00.000000Z', '2026-11-03T02:12:00.000000Z', 'debc49adfbd95e7fd418e4da216bcc3703629ae2a7364b16be7c587b28cdc726', '07911c42c61bb1d19809ad59223ae4efa9a03a3c155e1e574708999b9021bcb9', 'read');
INSERT INTO captures VALUES (3, 1, 'attachment', '1', '2', 'http://news.example/view.php?no=1', 'http://news.example/view.php?no=1', 'GET', NULL, 200, NULL, X'474554202F20485454502F312E310D0A486F73743A206E6577732E6578616D706C650D0A0D0A', X'485454502F312E3120323030204F4B0D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D6575632D6B720D0A582D4E616D653A20C7D10D0A0D0A', '06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8', 2, '192.0.2.7', NULL, '2026-11-03T02:10:00.000000Z', '2026-11-03T02:13:00.000000Z', '07911c42c61bb1d19809ad59223ae4efa9a03a3c155e1e574708999b9021bcb9', 'b7111410e3e6eaac21b93e952d5bb31f19d68762f048a9857adc364983d730c6', 'read');
INSERT INTO captures VALUES (4, 1, 'article', '203', NULL, 'http://news.example/view.php?no=1', 'http://news.example/view.php?no=1', 'GET', NULL, 200, NULL, X'474554202F20485454502F312E310D0A486F73743A206E6577732E6578616D706C650D0A0D0A', X'485454502F312E3120323030204F4B0D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D6575632D6B720D0A582D4E616D653A20C7D10D0A0D0A', 'd117edff73b007b2970292f50f3b1cefeeb4485be4e66dd1538c0e2d6ba39405', 27, '192.0.2.7', NULL, '2026-11-03T02:10:00.000000Z', '2026-11-03T02:14:00.000000Z', 'b7111410e3e6eaac21b93e952d5bb31f19d68762f048a9857adc364983d730c6', 'fc7900102788f226fab26d4539f933c4c32f1582fdd8ada8d2c1ad12d3153e04', 'read');
INSERT INTO captures VALUES (5, 1, 'article', '201', NULL, 'http://news.example/view.php?no=1', 'http://news.example/view.php?no=1', 'GET', NULL, 200, NULL, X'474554202F20485454502F312E310D0A486F73743A206E6577732E6578616D706C650D0A0D0A', X'485454502F312E3120323030204F4B0D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D6575632D6B720D0A582D4E616D653A20C7D10D0A0D0A', 'cd44bc28f4926701271ac77ab637961580b608031180ac63e31b5e0a2d3f11ae', 27, '192.0.2.7', NULL, '2026-11-03T02:10:00.000000Z', '2026-11-03T02:15:00.000000Z', 'fc7900102788f226fab26d4539f933c4c32f1582fdd8ada8d2c1ad12d3153e04', '6abb484ef94f9ff6f01e2df10d49e12f5bb5840062b54a2124d55d8d5bbcff62', 'read');
INSERT INTO captures VALUES (6, 1, 'attachment', '1', '1', 'http://news.example/view.php?no=1', 'http://news.example/view.php?no=1', 'GET', NULL, 200, NULL, X'474554202F20485454502F312E310D0A486F73743A206E6577732E6578616D706C650D0A0D0A', X'485454502F312E3120323030204F4B0D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D6575632D6B720D0A582D4E616D653A20C7D10D0A0D0A', '5873635e5b45d73751a004617a8a97d9b14fbc1b7da9303bdedeb5530ac48275', 10, '192.0.2.7', NULL, '2026-11-03T02:10:00.000000Z', '2026-11-03T02:16:00.000000Z', '6abb484ef94f9ff6f01e2df10d49e12f5bb5840062b54a2124d55d8d5bbcff62', '65c8c1970a14eafdc127756f02b1072866c0602b656316e95e6d1e1b0d048749', 'read');
INSERT INTO captures VALUES (7, 1, 'attachment', '1', '2', 'http://news.example/view.php?no=1', 'http://news.example/view.php?no=1', 'GET', NULL, 200, NULL, X'474554202F20485454502F312E310D0A486F73743A206E6577732E6578616D706C650D0A0D0A', X'485454502F312E3120323030204F4B0D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D6575632D6B720D0A582D4E616D653A20C7D10D0A0D0A', '06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8', 2, '192.0.2.7', NULL, '2026-11-03T02:10:00.000000Z', '2026-11-03T02:17:00.000000Z', '65c8c1970a14eafdc127756f02b1072866c0602b656316e95e6d1e1b0d048749', '5316652c033af9e21f3f859d121db3c20a221a201b228b858601b3e44fdce14c', 'read');
INSERT INTO captures VALUES (8, 1, 'article', '203', NULL, 'http://news.example/view.php?no=1', 'http://news.example/view.php?no=1', 'GET', NULL, 200, NULL, X'474554202F20485454502F312E310D0A486F73743A206E6577732E6578616D706C650D0A0D0A', X'485454502F312E3120323030204F4B0D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D6575632D6B720D0A582D4E616D653A20C7D10D0A0D0A', 'f0133dcfce21bd42fedd497f192aaf44e447ce1f85fd2ec787fadb0f26cdd057', 27, '192.0.2.7', NULL, '2026-11-03T02:10:00.000000Z', '2026-11-03T02:18:00.000000Z', '5316652c033af9e21f3f859d121db3c20a221a201b228b858601b3e44fdce14c', 'b7eba7b7df61115f5b5fcb24eee673b86adb7ffc08a9c34241b03e8fa886acc5', 'read');
INSERT INTO posts VALUES (1, 1, '203', 2, NULL, '[기고] 고친 제목', 0, '김가상', '2021-10-24', '2021-10-24T00:00:00+09:00', 'day', '2021.10.24', NULL, 63, 'http://news.example/view.php?no=203', NULL, 0, 0, '지역사회보장협의체가 203번 글을 실었다.', '<p>지역사회보장협의체가 글을 실었다.</p>', NULL, 2, 'live', '2026-11-03T02:11:00.000000Z', '2026-11-03T02:11:00.000000Z', '2026-11-03T02:18:00.000000Z', NULL, '["[기고] 제목 203", "김가상", null, false, null]', '5094850427cee8d5021ce9d68ae3bad3488b9afdbd5d54dd81261fae6c59b24c', '857165a906f5f5bf2eb91aa25a5c8a3462685a80a0c6f0fa8e08ad82c351bb46');
INSERT INTO posts VALUES (2, 1, '201', 1, NULL, '[기고] 제목 201', 0, '김가상', '2021-10-24', '2021-10-24T00:00:00+09:00', 'day', '2021.10.24', NULL, 63, 'http://news.example/view.php?no=201', NULL, 0, 0, '지역사회보장협의체가 201번 글을 실었다.', '<p>지역사회보장협의체가 글을 실었다.</p>', NULL, 1, 'live', '2026-11-03T02:11:00.000000Z', '2026-11-03T02:11:00.000000Z', '2026-11-03T02:15:00.000000Z', NULL, '["[기고] 제목 201", "김가상", null, false, null]', 'f170cb933c73463e355025a0780f4c4744387b28e71e1759becc187b6715fd58', 'fdedb5e8d4318c308dab488bfa9cfd745e384e7430401f5b1741315b02696266');
INSERT INTO post_versions VALUES (1, 1, 1, 'source', NULL, 4, '["author"]', '1', '2026-11-03T02:14:00.000000Z', 2, NULL, '[기고] 제목 203', 0, '김가상', '2021-10-24', '2021-10-24T00:00:00+09:00', 'day', '2021.10.24', NULL, 63, 'http://news.example/view.php?no=203', 0, 0, '지역사회보장협의체가 203번 글을 실었다.', '<p>지역사회보장협의체가 글을 실었다.</p>', '[["1", "붙임.txt", "5873635e5b45d73751a004617a8a97d9b14fbc1b7da9303bdedeb5530ac48275"], ["2", "b.bin", "06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8"]]', '6a825c5e1978dc57c2f0fbecbe218695fb9a9dd5a2181f3fdaf5f0a0f26b6158', '338608cb16071d464d18447ca9ab04d475b50917481da3243aacefa2c56f87bc');
INSERT INTO post_versions VALUES (2, 2, 1, 'source', NULL, 5, '["author"]', '1', '2026-11-03T02:15:00.000000Z', 1, NULL, '[기고] 제목 201', 0, '김가상', '2021-10-24', '2021-10-24T00:00:00+09:00', 'day', '2021.10.24', NULL, 63, 'http://news.example/view.php?no=201', 0, 0, '지역사회보장협의체가 201번 글을 실었다.', '<p>지역사회보장협의체가 글을 실었다.</p>', '[]', 'f170cb933c73463e355025a0780f4c4744387b28e71e1759becc187b6715fd58', '480f4b00f0e6aead36e1b47096acbd8a2b5f87f5e8e179bb44eeeac09b8ab29b');
INSERT INTO post_versions VALUES (3, 1, 2, 'source', NULL, 8, '["author"]', '1', '2026-11-03T02:18:00.000000Z', 2, NULL, '[기고] 고친 제목', 0, '김가상', '2021-10-24', '2021-10-24T00:00:00+09:00', 'day', '2021.10.24', NULL, 63, 'http://news.example/view.php?no=203', 0, 0, '지역사회보장협의체가 203번 글을 실었다.', '<p>지역사회보장협의체가 글을 실었다.</p>', '[["1", "붙임.txt", "5873635e5b45d73751a004617a8a97d9b14fbc1b7da9303bdedeb5530ac48275"], ["2", "b.bin", "06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8"]]', '5094850427cee8d5021ce9d68ae3bad3488b9afdbd5d54dd81261fae6c59b24c', '24e86f5611015381cb8985270484e5a6b6fd5a9c25895fcab39742de661990f3');
INSERT INTO post_hits VALUES (1, '2026-11-03T02:11:00.000000Z', 62);
INSERT INTO post_hits VALUES (1, '2026-11-03T02:14:00.000000Z', 63);
INSERT INTO post_hits VALUES (1, '2026-11-03T02:18:00.000000Z', 63);
INSERT INTO post_hits VALUES (2, '2026-11-03T02:11:00.000000Z', 62);
INSERT INTO post_hits VALUES (2, '2026-11-03T02:15:00.000000Z', 63);
INSERT INTO attachments VALUES (1, 1, '1', '붙임.txt', '붙임.txt', 'http://news.example/down.php?f=1', 'file', '5873635e5b45d73751a004617a8a97d9b14fbc1b7da9303bdedeb5530ac48275', 10, 'text/plain', 'stored', NULL, 'a807909f515e5aeed3f664240cee2582d5f29aa155f4a712925586a00e992f3d');
INSERT INTO attachments VALUES (2, 1, '2', 'b.bin', 'b.bin', 'http://news.example/down.php?f=2', 'file', '06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8', 2, 'text/plain', 'stored', NULL, '80cea89e63effb7e3a3844902b4acabb5abba94a246801d233cf61fb279de56d');
INSERT INTO attachment_versions VALUES (1, 1, '1', 1, 'file', 2, '5873635e5b45d73751a004617a8a97d9b14fbc1b7da9303bdedeb5530ac48275', '붙임.txt', 10, '2026-11-03T02:14:00.000000Z', 'c223ffc92eb9b3833285846cea93bad8e7daec56564c5c2607d6dd23496f50ca');
INSERT INTO attachment_versions VALUES (2, 1, '2', 1, 'file', 3, '06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8', 'b.bin', 2, '2026-11-03T02:14:00.000000Z', '8f8664ea6a7a30edd4373be0de455dd58e3062c947f2fb7a0b48065332b1b26d');
INSERT INTO coverage VALUES (1, 1, 1, 1, 'http://news.example/list.php', 1, 2, '["203", "201"]', 2, 1, '2026-11-03T02:11:00.000000Z', 0, '878393605e079cea366316622382fe59b756ad72a106dc4fdbfa14ecf9ff09d9');
INSERT INTO posts_fts (rowid, title, body_text, search_terms) VALUES (1, '[기고] 고친 제목', '지역사회보장협의체가 203번 글을 실었다.', '기고 고친 제목 지역 역사 사회 회보 보장 장협 협의 의체 체가 지역사 역사회 사회보 회보장 보장협 장협의 협의체 의체가 지역사회 역사회보 사회보장 회보장협 보장협의 장협의체 협의체가 203 글을 실었 었다 실었다');
INSERT INTO posts_fts (rowid, title, body_text, search_terms) VALUES (2, '[기고] 제목 201', '지역사회보장협의체가 201번 글을 실었다.', '기고 제목 지역 역사 사회 회보 보장 장협 협의 의체 체가 지역사 역사회 사회보 회보장 보장협 장협의 협의체 의체가 지역사회 역사회보 사회보장 회보장협 보장협의 장협의체 협의체가 201 글을 실었 었다 실었다');
