"""The views of archive.db: what analysts may rely on while the tables behind them grow.

Contract: a view keeps its name and its columns. Dates are Korean (KST) days; ``*_seen_at`` and the like are UTC.
"""

from __future__ import annotations

_BY_STATE = ",\n        ".join(
    f"coalesce(sum(p.state = '{state}'), 0) AS {state}"
    for state in ("live", "unread", "blocked", "missing", "gone", "redacted")
)

VIEWS: dict[str, str] = {
    "articles": """SELECT p.id AS post_id, b.slug AS board, b.name AS board_name, p.key, p.number, p.category, p.title,
    p.author, p.posted_date, p.posted_at, p.posted_precision, p.hits, p.url, p.is_notice, p.is_secret, p.body_text,
    length(p.body_text) AS characters,
    (SELECT count(*) FROM attachments a WHERE a.post_id = p.id AND a.state = 'stored' AND a.kind = 'file') AS files,
    p.version, p.state, p.first_seen_at, p.last_seen_at, p.checked_at
FROM posts p JOIN boards b ON b.id = p.board_id
WHERE p.version > 0 AND p.state <> 'redacted'""",
    "attachment_files": """SELECT a.id AS attachment_id, a.post_id, b.slug AS board, p.key AS post_key, p.title,
    p.posted_date,
    a.key AS attachment_key, a.name, a.kind, a.mime, a.size, a.state, a.reason, a.blob_sha256, a.url
FROM attachments a JOIN posts p ON p.id = a.post_id JOIN boards b ON b.id = p.board_id
WHERE p.state <> 'redacted'""",
    "file_texts": """SELECT a.id AS attachment_id, t.id AS text_id, a.post_id, b.slug AS board, p.key AS post_key,
    p.title, p.posted_date, a.key AS attachment_key, a.name, t.status, t.reason, t.text, length(t.text) AS characters,
    t.reader, t.reader_version, t.read_at, a.blob_sha256
FROM attachment_texts t JOIN attachments a ON a.blob_sha256 = t.blob_sha256
JOIN posts p ON p.id = a.post_id JOIN boards b ON b.id = p.board_id
WHERE p.state <> 'redacted' AND a.kind = 'file'""",
    "edits": """SELECT v.post_id, b.slug AS board, p.key, v.version, v.seen_at, o.title AS title_before, v.title,
    o.title IS NOT v.title AS title_changed, o.author IS NOT v.author AS author_changed,
    o.posted_at IS NOT v.posted_at AS date_changed, o.category IS NOT v.category AS category_changed,
    o.body_text IS NOT v.body_text AS body_changed, o.files IS NOT v.files AS files_changed,
    coalesce(length(v.body_text), 0) - coalesce(length(o.body_text), 0) AS characters_added
FROM post_versions v
JOIN post_versions o ON o.post_id = v.post_id AND o.version = v.version - 1
JOIN posts p ON p.id = v.post_id JOIN boards b ON b.id = p.board_id
WHERE v.cause = 'source' AND p.state <> 'redacted'""",
    "disappeared": """SELECT p.id AS post_id, b.slug AS board, p.key, p.title, p.author, p.posted_date, p.state,
    p.first_seen_at, p.last_seen_at, p.missing_at,
    (SELECT max(e.at) FROM events e WHERE e.post_id = p.id AND e.kind = 'gone') AS gone_at
FROM posts p JOIN boards b ON b.id = p.board_id
WHERE p.state IN ('missing', 'gone')""",
    "monthly": """SELECT b.slug AS board, substr(p.posted_date, 1, 7) AS month, count(*) AS posts,
    count(DISTINCT p.author) AS authors, sum(length(p.body_text)) AS characters, sum(p.hits) AS hits,
    sum(p.state IN ('missing', 'gone')) AS disappeared
FROM posts p JOIN boards b ON b.id = p.board_id
WHERE p.posted_date IS NOT NULL AND p.state <> 'redacted'
GROUP BY p.board_id, month""",
    "readership": """SELECT h.post_id, b.slug AS board, p.key, p.title, p.posted_date, h.seen_at, h.hits,
    h.hits - lag(h.hits) OVER (PARTITION BY h.post_id ORDER BY h.seen_at) AS gained,
    h.hits AS hits_seen, h.own_reads, h.hits - h.own_reads AS hits_net
FROM (SELECT t.*, (SELECT count(*) FROM captures c JOIN runs r ON r.id = c.run_id JOIN posts o ON o.id = t.post_id
        WHERE c.kind = 'article' AND c.post_key = o.key AND r.board_id = o.board_id
        AND c.status = 200 AND coalesce(c.outcome, 'read') IN ('read', 'superseded') AND c.finished_at <= t.seen_at
        AND c.finished_at > (SELECT min(f.seen_at) FROM post_hits f WHERE f.post_id = t.post_id)) AS own_reads
    FROM post_hits t) h
JOIN posts p ON p.id = h.post_id JOIN boards b ON b.id = p.board_id
WHERE p.state <> 'redacted'""",
    "board_balance": f"""SELECT s.*, s.declared_total - s.counted AS difference,
    json_extract(r.balance, '$.unparseable') AS unparseable, json_extract(r.balance, '$.tail') AS tail,
    json_extract(r.balance, '$.verdict') AS verdict, r.finished_at AS balanced_at
FROM (SELECT t.*, t.listed - iif(t.counts_notices, 0, t.listed_notices) AS counted
    FROM (SELECT b.id AS board_id, b.slug AS board, b.declared_total, count(p.id) AS posts,
        {_BY_STATE},
        coalesce(sum(p.state IN ('live', 'unread', 'blocked', 'redacted')), 0) AS listed,
        coalesce(sum(p.state IN ('live', 'unread', 'blocked', 'redacted') AND p.is_notice), 0) AS listed_notices,
        coalesce(json_extract(b.layout, '$.list.total_counts_notices'), 0) AS counts_notices
        FROM boards b LEFT JOIN posts p ON p.board_id = b.id GROUP BY b.id) t) s
LEFT JOIN runs r ON r.id = (SELECT max(id) FROM runs WHERE board_id = s.board_id AND balance IS NOT NULL)""",
}
