"""The canned queries of the desk: what one asks of an archive again and again. Values are bound by Datasette.

Contract: the searches find what `sinmungo search` finds, in its order: of more than ``RANKED`` hits none is compared,
those come that were added last. A search stops at ``LIMIT``, whatever its words are.
"""

from __future__ import annotations

from typing import Any

from scraper.archive.asking import find_syntax
from scraper.archive.matching import match_query
from scraper.archive.search import RANKED

LIMIT = 200

_NONE = "'\"\"'"
"""A query that finds nothing: an empty phrase."""
_OF_BOARD = ":board IN ('', board)"

QUERIES: dict[str, dict[str, Any]] = {
    "search": {
        "title": "찾기 · Search",
        "description": "모든 낱말이 들어 있는 글. 조사가 붙은 말, 긴 낱말 속의 말, 띄어쓰기가 다른 말도 찾습니다. / "
        "Articles that hold every word, also inside longer words, with particles, or spaced otherwise.",
        "sql": f"""WITH hits AS (
    SELECT count(*) AS many FROM (SELECT 1 FROM posts_fts WHERE posts_fts MATCH korean_query(:words) LIMIT {RANKED + 1})
), best AS (
    SELECT rowid AS post_id, rank AS place FROM posts_fts
    WHERE posts_fts MATCH iif((SELECT many FROM hits) <= {RANKED}, korean_query(:words), {_NONE})
        AND EXISTS (SELECT 1 FROM articles WHERE post_id = posts_fts.rowid)
    ORDER BY rank LIMIT {LIMIT}
), latest AS (
    SELECT rowid AS post_id, -rowid AS place FROM posts_fts
    WHERE posts_fts MATCH iif((SELECT many FROM hits) > {RANKED}, korean_query(:words), {_NONE})
        AND EXISTS (SELECT 1 FROM articles WHERE post_id = posts_fts.rowid)
    ORDER BY rowid DESC LIMIT {LIMIT}
), spaced_otherwise AS (
    SELECT a.post_id, row_number() OVER (ORDER BY a.posted_at DESC, a.post_id DESC) AS place
    FROM posts_fts f JOIN articles a ON a.post_id = f.rowid
    WHERE posts_fts MATCH iif((SELECT many FROM hits) = 0, loose_query(:words), {_NONE})
        AND holds(a.title || ' ' || coalesce(a.body_text, ''), :words)
)
SELECT a.post_id, a.board, a.title, a.author, a.posted_date, a.hits, excerpt(a.body_text, :words) AS excerpt
FROM (SELECT * FROM best UNION ALL SELECT * FROM latest UNION ALL SELECT * FROM spaced_otherwise) f
JOIN articles a ON a.post_id = f.post_id
ORDER BY f.place, f.post_id LIMIT {LIMIT}""",
    },
    "search_files": {
        "title": "첨부파일에서 찾기 · Search in files",
        "description": "모든 낱말이 글에 들어 있는 첨부파일. sinmungo texts가 읽어 둔 파일만 찾습니다. / "
        "Attached files whose text holds every word: those that sinmungo texts has read.",
        "sql": f"""WITH hits AS (
    SELECT count(*) AS many FROM (SELECT 1 FROM attachment_texts_fts
        WHERE attachment_texts_fts MATCH korean_query(:words, 'text') LIMIT {RANKED + 1})
), best AS (
    SELECT rowid AS text_id, rank AS place FROM attachment_texts_fts
    WHERE attachment_texts_fts MATCH iif((SELECT many FROM hits) <= {RANKED}, korean_query(:words, 'text'), {_NONE})
        AND EXISTS (SELECT 1 FROM file_texts WHERE text_id = attachment_texts_fts.rowid)
    ORDER BY rank LIMIT {LIMIT}
), latest AS (
    SELECT rowid AS text_id, -rowid AS place FROM attachment_texts_fts
    WHERE attachment_texts_fts MATCH iif((SELECT many FROM hits) > {RANKED}, korean_query(:words, 'text'), {_NONE})
        AND EXISTS (SELECT 1 FROM file_texts WHERE text_id = attachment_texts_fts.rowid)
    ORDER BY rowid DESC LIMIT {LIMIT}
)
SELECT t.post_id, t.board, t.title, t.name, t.posted_date, excerpt(t.text, :words) AS excerpt, t.blob_sha256
FROM (SELECT * FROM best UNION ALL SELECT * FROM latest) f JOIN file_texts t ON t.text_id = f.text_id
ORDER BY f.place, t.posted_date DESC, t.post_id DESC LIMIT {LIMIT}""",
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

SEARCHES = frozenset(QUERIES[name]["sql"] for name in ("search", "search_files"))

BOARDS = """SELECT b.slug, b.name, b.url, v.posts - v.redacted AS posts, v.declared_total, v.missing + v.gone AS lost,
    v.balanced_at
FROM boards b JOIN board_balance v ON v.board = b.slug ORDER BY b.slug"""
NEWEST = """SELECT post_id, board, title, author, posted_date, hits FROM articles
ORDER BY posted_at DESC, post_id DESC LIMIT 12"""


def objection(words: str) -> str | None:
    """What is wrong with what was typed into a search, in Korean and English; None for nothing and for words."""
    if not words.strip():
        return None
    if match_query(words) is None:
        return "찾을 낱말이 없습니다. · There is no word in it to search for."
    piece = find_syntax(words)
    if piece == '"':
        return "큰따옴표가 닫히지 않았습니다. · A double quote is opened and not closed."
    if piece is not None:
        return (
            f"‘{piece}’ 같은 검색 명령어는 쓸 수 없습니다. 낱말만 넣고, 적힌 그대로 찾으려면 큰따옴표로 묶으세요. · "
            "This is search syntax: write words only; what shall be found as it stands goes into double quotes."
        )
    return None


def canned_queries() -> dict[str, dict[str, Any]]:
    """For Datasette's metadata; the SQL is shown when it is asked for."""
    return {name: {**query, "hide_sql": True} for name, query in QUERIES.items()}
