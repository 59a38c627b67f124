"""Articles in the columns of a BigKinds download, the table that Korean press researchers' scripts already read.

Contract: the headers are BigKinds' own, word for word. What only BigKinds' analysis can fill stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scraper.archive.released import Column

HEADERS = (
    *("뉴스 식별자", "일자", "언론사", "기고자", "제목", "통합 분류1", "통합 분류2", "통합 분류3"),
    *("사건/사고 분류1", "사건/사고 분류2", "사건/사고 분류3", "인물", "위치", "기관", "키워드"),
    *("특성추출(가중치순 상위 50개)", "본문", "URL", "분석제외 여부"),
)
COLUMNS = tuple(Column(name, "TEXT") for name in HEADERS)


def in_bigkinds(columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows of ``articles`` as rows of ``COLUMNS``. The identifier is BOARD/KEY, the day is written YYYYMMDD."""
    names = [column.name for column in columns]
    for row in rows:
        article = dict(zip(names, row, strict=True))
        told = {
            "뉴스 식별자": f"{article['board']}/{article['key']}",
            "일자": (article["posted_date"] or "").replace("-", ""),
            "언론사": article["board_name"],
            "기고자": article["author"],
            "제목": article["title"],
            "통합 분류1": article["category"],
            "본문": article["body_text"],
            "URL": article["url"],
        }
        yield tuple(told.get(name) or "" for name in HEADERS)
