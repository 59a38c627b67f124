"""What a reading of a list lacks."""

from __future__ import annotations

import pytest

from scraper.models import Row
from scraper.page.missing import lost_of


@pytest.mark.parametrize(
    ("authors", "lost"),
    [
        (["등록자최누리", "등록자문가람"], True),
        (["작성자최누리", "작성자최누리"], False),
        (["글쓴이1", "글쓴이2"], False),
        (["작성자", "작성자최누리"], False),
        (["최누리", "최바름"], False),
        (["운영자", "운영팀"], False),
    ],
)
def test_names_that_all_begin_with_their_label_are_not_read(authors: list[str], lost: bool) -> None:
    rows = [Row(str(at), None, "제목", False, author, None, None, None) for at, author in enumerate(authors)]
    assert ("authors apart from their label" in lost_of(rows)) is lost
