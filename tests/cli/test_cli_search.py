"""sinmungo search: what is found, how it is shown, and what cannot be asked."""

from __future__ import annotations

import pytest
from cli_shell import Shell

from scraper.fakeboard import FakeBoard


def test_hits_are_marked_and_filters_hold(archived: Shell, board: FakeBoard) -> None:
    truth = next(post for post in board.truth() if post["body"] and "빈집" in post["title"])
    word, posted, author = "빈집", truth["date"], truth["author"]
    answer = archived("search", word)
    assert answer.code == 0
    assert f"«{word}»" in answer.out
    asked = ("--board", "opinion", "--since", posted, "--until", posted, "--author", author, "--limit", "3", "--json")
    found = archived("search", word, *asked).json["posts"]
    assert str(truth["idx"]) in [post["key"] for post in found]
    assert all(post["posted_date"] == posted and post["author"] == author for post in found)
    assert all(set(post) >= {"board", "key", "title", "url", "snippet", "marks", "title_marks"} for post in found)
    by_year = archived("search", word, "--year", posted[:4], "--limit", "50", "--json").json["posts"]
    assert by_year and {post["posted_date"][:4] for post in by_year} == {posted[:4]}
    assert archived("search", word, "--year", "1999").err == "nothing found\n"


def test_who_sees_some_hits_is_told_that_there_are_more(archived: Shell) -> None:
    every = archived("search", "년", "--limit", "1000", "--json").json
    assert len(every["posts"]) > 2 and not every["more"]
    few = archived("search", "년", "--limit", "2")
    assert "there are more than these 2: --limit N" in few.err
    assert archived("search", "년", "--limit", "2", "--json").json["more"]
    whole = archived("search", "년", "--limit", str(len(every["posts"])))
    assert "more than" not in whole.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("?!", "…"), "holds no word to search for"),
        (('"', "*", "(", "NEAR("), "opens a double quote"),
        (('title:"도서관" OR ^x -y',), "'title:' is search syntax"),
        (("도서관", "--board", "nowhere"), "no board 'nowhere' in the archive; there are: opinion"),
        (("도서관", "--board", "opinion", "--board", "nowhere"), "no board 'nowhere'"),
        (("도서관", "--year", "2021", "--since", "2021-01-01"), "--year has no meaning beside"),
    ],
)
def test_what_cannot_be_asked_gets_a_sentence(archived: Shell, words: tuple[str, ...], told: str) -> None:
    answer = archived("search", *words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.sentence()
