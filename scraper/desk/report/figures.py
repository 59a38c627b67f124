"""What the report asks of the archive: each figure with the very SQL that is run and shown.

Contract: ``:board`` is bound to a board's slug. The views are used where they suffice; redacted posts are in none of
them. A figure that shows only the first rows says so by its LIMIT.
"""

from __future__ import annotations

from dataclasses import dataclass

from scraper.archive.months import PAGES_SQL, POSTS_SQL
from scraper.desk.report.markup import Label


@dataclass(frozen=True, slots=True)
class Figure:
    """A question with its heading, a sentence about it, and its SQL."""

    key: str
    title: Label
    sql: str
    note: Label | None = None


BALANCE = Figure(
    "boards",
    Label("게시판별 보유 현황", "What is held of each board"),
    """SELECT v.board, b.name, b.url,
    (SELECT count(*) FROM articles a WHERE a.board = v.board) AS held,
    b.first_walk_done_at AS walked, v.declared_total AS total, v.difference AS gap,
    v.unread, v.blocked, v.missing, v.gone, v.verdict,
    (SELECT count(*) FROM posts p WHERE p.board_id = v.board_id AND p.posted_date IS NULL
        AND p.state <> 'redacted') AS undated,
    (SELECT max(r.finished_at) FROM runs r WHERE r.board_id = v.board_id
        AND (r.outcome IN ('ok', 'partial') OR (r.outcome = 'budget' AND r.pages > 0))) AS last_success_at
FROM board_balance v JOIN boards b ON b.id = v.board_id
WHERE :board IS NULL OR v.board = :board
ORDER BY v.board_id""",
    Label(
        "빈틈 = 게시판이 말하는 총수에서 목록으로 확인한 글을 뺀 수. 음수면 목록에 더 많이 있었다는 뜻이다.",
        "Gap = the total that the board prints less the posts seen in its list. Below zero: the list had more.",
    ),
)
POSTS = Figure("posts", Label("월별 게시글", "Posts by month"), POSTS_SQL)
PAGES = Figure(
    "pages",
    Label("목록 수집 범위", "Which lists were read"),
    PAGES_SQL,
    Label(
        "수집 범위는 읽은 목록 쪽에서 계산한다. 끝까지 간 수집은 그 시점까지 모두 본 것이고, "
        "중간에 멈춘 수집은 이어진 쪽의 글 날짜 사이만 본 것이다 (옛 글에 달린 답글은 빠질 수 있다).",
        "What was fetched is worked out from the list pages that were read: a walk that found its end has seen "
        "everything up to its day, one that broke off only the days between the posts of its unbroken pages "
        "(replies under old threads may be missing).",
    ),
)
AUTHORS = Figure(
    "authors",
    Label("글쓴이", "Authors"),
    """SELECT author, count(*) AS posts, min(posted_date) AS first, max(posted_date) AS last, sum(hits) AS hits
FROM articles WHERE board = :board AND author IS NOT NULL
GROUP BY author ORDER BY posts DESC, author LIMIT 20""",
)
MOST_READ = Figure(
    "most-read",
    Label("많이 읽힌 글", "Most read"),
    """SELECT key, title, author, posted_date, hits
FROM articles WHERE board = :board AND hits IS NOT NULL
ORDER BY hits DESC, post_id LIMIT 12""",
)
CURVES = Figure(
    "curves",
    Label("조회 곡선", "How hits grew"),
    """SELECT a.key, a.title, h.seen_at, h.hits
FROM post_hits h JOIN articles a ON a.post_id = h.post_id
WHERE h.post_id IN (
    SELECT post_id FROM post_hits WHERE post_id IN (SELECT post_id FROM articles WHERE board = :board)
    GROUP BY post_id HAVING count(*) > 1 ORDER BY max(hits) - min(hits) DESC, post_id LIMIT 6)
ORDER BY a.post_id, h.seen_at""",
    Label(
        "조회수가 가장 많이 는 여섯 글. 조회수에는 수집하면서 연 것도 들어 있다 (readership 뷰의 own_reads).",
        "The six posts whose hits grew most. Hits count our own visits too (own_reads of the view readership).",
    ),
)
FILES = Figure(
    "files",
    Label("첨부파일", "Attachments"),
    """SELECT CASE WHEN instr(name, '.') = 0 THEN '-'
    ELSE substr(lower(replace(name, rtrim(name, replace(name, '.', '')), '')), 1, 12) END AS type,
    kind, count(*) FILTER (WHERE state = 'stored') AS stored, count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'gone') AS gone, sum(size) FILTER (WHERE state = 'stored') AS bytes
FROM attachment_files WHERE board = :board
GROUP BY type, kind ORDER BY count(*) DESC, type LIMIT 25""",
)
RUNS = Figure(
    "runs",
    Label("최근 실행 30회", "The last 30 runs"),
    """SELECT r.id, r.started_at, r.outcome, r.exit_code, r.requests, r.new, r.revised, r.missing, r.gone,
    r.failed, r.files, r.message
FROM runs r JOIN boards b ON b.id = r.board_id WHERE b.slug = :board
ORDER BY r.id DESC LIMIT 30""",
)
EDITS = Figure(
    "edits",
    Label("고쳐진 글", "Edited posts"),
    """SELECT e.key, e.version, e.seen_at, e.title, e.title_before, o.author AS author_before, v.author,
    o.posted_at AS posted_at_before, v.posted_at, o.category AS category_before, v.category,
    o.body_text AS body_before, v.body_text AS body, o.files AS files_before, v.files,
    e.characters_added, (SELECT count(*) FROM edits WHERE board = :board) AS total
FROM edits e JOIN post_versions v ON v.post_id = e.post_id AND v.version = e.version
JOIN post_versions o ON o.post_id = e.post_id AND o.version = e.version - 1
WHERE e.board = :board ORDER BY e.seen_at DESC, e.post_id LIMIT 40""",
)
DISAPPEARED = Figure(
    "disappeared",
    Label("사라진 글", "Disappeared posts"),
    """SELECT d.key, d.title, d.author, d.posted_date, d.state, d.last_seen_at, d.missing_at, d.gone_at,
    (SELECT substr(a.body_text, 1, 400) FROM articles a WHERE a.post_id = d.post_id) AS beginning,
    (SELECT count(*) FROM disappeared WHERE board = :board) AS total
FROM disappeared d
WHERE d.board = :board ORDER BY d.missing_at DESC, d.post_id LIMIT 100""",
)
