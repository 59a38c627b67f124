"""The canned queries of the desk: what one asks of an archive again and again. Values are bound by Datasette."""

from __future__ import annotations

from typing import Any

LIMIT = 200

_OF_BOARD = ":board IN ('', board)"

QUERIES: dict[str, dict[str, Any]] = {
    "search": {
        "title": "찾기 · Search",
        "description": "모든 낱말이 들어 있는 글. 조사가 붙은 말, 긴 낱말 속의 말, 띄어쓰기가 다른 말도 찾습니다. / "
        "Articles that hold every word, also inside longer words, with particles, or spaced otherwise.",
        "sql": f"""WITH found AS (
    SELECT rowid AS post_id, rank AS place FROM posts_fts WHERE posts_fts MATCH korean_query(:words)
), found_or_spaced_otherwise AS (
    SELECT post_id, place FROM found
    UNION ALL
    SELECT f.rowid, 0 FROM posts_fts f JOIN articles p ON p.post_id = f.rowid
    WHERE NOT EXISTS (SELECT 1 FROM found) AND posts_fts MATCH loose_query(:words)
        AND holds(p.title || ' ' || coalesce(p.body_text, ''), :words)
)
SELECT a.post_id, a.board, a.title, a.author, a.posted_date, a.hits, excerpt(a.body_text, :words) AS excerpt
FROM found_or_spaced_otherwise f JOIN articles a ON a.post_id = f.post_id
ORDER BY f.place, a.posted_at DESC LIMIT {LIMIT}""",
    },
    "search_files": {
        "title": "첨부파일에서 찾기 · Search in files",
        "description": "모든 낱말이 글에 들어 있는 첨부파일. sinmungo texts가 읽어 둔 파일만 찾습니다. / "
        "Attached files whose text holds every word: those that sinmungo texts has read.",
        "sql": f"""SELECT t.post_id, t.board, t.title, t.name, t.posted_date, excerpt(t.text, :words) AS excerpt,
    t.blob_sha256
FROM attachment_texts_fts f JOIN file_texts t ON t.text_id = f.rowid
WHERE attachment_texts_fts MATCH korean_query(:words, 'text')
ORDER BY f.rank, t.posted_date DESC LIMIT {LIMIT}""",
    },
    "newest": {
        "title": "최신 글 · Newest",
        "description": "게시일 순서. board를 비우면 모든 게시판입니다. / "
        "By day of posting; all boards when board is empty.",
        "sql": f"""SELECT post_id, board, title, author, posted_date, hits, files, version, state
FROM articles WHERE {_OF_BOARD}
ORDER BY posted_at DESC, post_id DESC LIMIT {LIMIT}""",
    },
    "most_read": {
        "title": "많이 읽힌 글 · Most read",
        "description": "게시판이 센 조회수 순서. since는 2026-01-01 같은 날짜입니다. / "
        "By the hits that the board counts; since is a day like 2026-01-01.",
        "sql": f"""SELECT post_id, board, title, author, posted_date, hits
FROM articles WHERE {_OF_BOARD} AND hits IS NOT NULL AND (:since = '' OR posted_date >= :since)
ORDER BY hits DESC, post_id DESC LIMIT {LIMIT}""",
    },
    "edited": {
        "title": "고쳐진 글 · Edited",
        "description": "게시판에서 고쳐진 글, 최근에 본 것부터. 제목을 누르면 무엇이 바뀌었는지 보입니다. / "
        "Articles that were changed at the source, newest first; the title leads to what changed.",
        "sql": f"""SELECT post_id, board, title, title_before, version, seen_at, title_changed, author_changed,
    date_changed, body_changed, files_changed, characters_added
FROM edits WHERE {_OF_BOARD}
ORDER BY seen_at DESC, post_id DESC LIMIT {LIMIT}""",
    },
    "disappeared_posts": {
        "title": "사라진 글 · Disappeared",
        "description": "게시판에서 사라졌지만 여기에는 남아 있는 글. missing은 아직 확인 중입니다. / "
        "Articles that are gone from the board and kept here; missing is not yet confirmed.",
        "sql": f"""SELECT post_id, board, title, author, posted_date, state, last_seen_at, missing_at, gone_at
FROM disappeared WHERE {_OF_BOARD}
ORDER BY coalesce(gone_at, missing_at) DESC, post_id DESC LIMIT {LIMIT}""",
    },
}

BOARDS = """SELECT b.slug, b.name, b.url, v.posts - v.redacted AS posts, v.declared_total, v.missing + v.gone AS lost,
    v.balanced_at
FROM boards b JOIN board_balance v ON v.board = b.slug ORDER BY b.slug"""
NEWEST = """SELECT post_id, board, title, author, posted_date, hits FROM articles
ORDER BY posted_at DESC, post_id DESC LIMIT 12"""


def canned_queries() -> dict[str, dict[str, Any]]:
    """For Datasette's metadata; the SQL is shown when it is asked for."""
    return {name: {**query, "hide_sql": True} for name, query in QUERIES.items()}
