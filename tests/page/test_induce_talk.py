"""Comments under a post, told by their form: siblings that each say who, when and something."""

from __future__ import annotations

from induced_views import SEEN_AT, document

from scraper.page.induce.articles.outline import outline
from scraper.page.induce.articles.talk import find_talk


def talk(body: str) -> list[str]:
    page = outline(document(f"<html><body><h2>둑길 소식</h2>{body}</body></html>"), SEEN_AT)
    heading = next(spot.at for spot in page.spots if spot.tag == "h2")
    return sorted(page.spots[at].names.strip() for at in find_talk(page, heading))


def test_siblings_with_a_stamp_each_are_comments():
    answers = "".join(
        f"<div class='re{n}'><p class=who><b>한가람</b> 2026-02-0{n} 10:11</p><p>잘 읽었습니다.</p></div>"
        for n in (1, 1, 1)
    )
    assert talk(f"<div class=text><p>글이다.</p></div><div class=all>{answers}</div>") == ["re1"] * 3


def test_ages_are_stamps():
    answers = "<li class=r><span>최누리</span> · 3시간 전<p>고맙습니다.</p></li>" * 2
    assert talk(f"<ul>{answers}</ul>") == ["r", "r"]


def test_tables_of_their_own_that_begin_with_who_and_when_are_comments():
    answer = "<table class=c><tr><td><b>최누리</b> 26-02-01 10:11</td></tr><tr><td>고맙습니다.</td></tr></table>"
    assert talk(answer * 2) == ["c", "c"]
    hours = "<table class=c><tr><td>여는 마당</td></tr><tr><td>2026-02-01 10:00 장터</td></tr></table>"
    assert talk(hours * 2) == []


def test_one_alone_a_table_of_hours_and_days_without_a_clock_are_none():
    assert talk("<div class=r><p>최누리 2026-02-01 10:11</p><p>고맙습니다.</p></div>") == []
    assert talk("<table>" + "<tr class=h><td>2026-02-01 10:00</td><td>여는 마당</td></tr>" * 3 + "</table>") == []
    assert talk("<ul>" + "<li class=h><p>2026-02-01</p><p>여는 마당</p></li>" * 3 + "</ul>") == []


def test_a_question_built_as_its_answers_are_is_none():
    text = (
        "물길을 따라 걷던 사람들은 낡은 다리 앞에서 걸음을 멈추고, 장터에서 만난 상인들은 "
        "주차장이 먼저라고 입을 모았다."
    )
    card = f"<div class={{}}><div>{text}</div><div>최누리</div><div>2026-02-01 10:11</div></div>"
    asked = card.format("c")
    assert talk(asked + "<h5>1개의 답변</h5>" + asked) == ["c"]


def test_when_something_is_held_is_no_stamp_of_a_comment():
    text = "<p>일시: 2026. 10. 24.(토) 18:30</p><p>장소: 새터공원 무대</p>"
    answer = "<b>최누리</b> 2026-02-01 10:11<p>고맙습니다.</p>"
    assert talk(f"<div class=c>{text}</div><div class=c>{answer}</div>") == []
    assert talk(f"<div class=t>{text}</div>" + f"<div class=c>{answer}</div>" * 2) == ["c", "c"]
