"""Labels: header cells, header images, and label and value in one text."""

from __future__ import annotations

import time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.korean.labels import Role, name_in, role_of, split_label, split_labels, squash_label, unlabelled
from scraper.korean.words import _WORDS, may_begin, may_speak

NAMED: dict[Role, str] = {
    "number": "/img/www_board01_th_no.gif,"
    "번호,공고번호,글번호,No.,NO,no,ID,연번,순번,번호별로 보기,board_no.gif,./img/th_num_off.gif?v=2",
    "title": "제목,제 목,제\xa0 목,제목 :,공고명,사업공고명,사업명,글제목,Title,제목별로 보기,board_subject.gif",
    "author": "작성자,글쓴이,등록자,이름,name,담당자,부서명,등록부서,담당부서,기자,필자,게시자,닉네임,이름별로 보기",
    "date": "작성일,등록일,게시일,날짜,날짜 ,공고일,공고시작일,등록일자,작성일자,date,입력,기사입력,승인,기사작성",
    "hits": "조회,조회수,조회 수,read,hit,Hit,읽음,클릭,Views,조회 ▼,조회순,조회│,조\u200b회,th_inquiry.gif",
    "files": "첨부,첨부파일,첨부 파일,첨부\n파일,파일,파일첨부,파일1,첨부파일 1,붙임,다운로드,업로드 2",
    "category": "분류,구분,카테고리,말머리",
    "comments": "댓글,댓글 수,덧글",
    "votes": "추천,추천 수,비추천",
    "other": "수정일,업데이트,최종편집,오늘날짜,접수일,접수기간,공고기간,최근 수정일,최종 글,처리상태,신청/조회,Down,"
    "홈페이지",
}


@pytest.mark.parametrize(("label", "role"), [(label, role) for role in NAMED for label in NAMED[role].split(",")])
def test_role_of(label: str, role: Role) -> None:
    assert role_of(label) == role


@pytest.mark.parametrize("label", ["[제목]", "* 제목", "제목*", "제목으로 정렬", "■ 제 목", "제목 ↓", "제목 오름차순"])
def test_role_of_overlooks_marks(label: str) -> None:
    assert role_of(label) == "title"


@pytest.mark.parametrize(
    "label",
    [
        "",
        " ",
        "공지",
        "번호판",
        "조회 시스템",
        "순",
        "별",
        ":",
        "no_image.gif",
        "btn_view.gif",
        "icon_file_new.gif",
        "보기",
    ],
)
def test_role_of_unknown(label: str) -> None:
    assert role_of(label) is None


@pytest.mark.parametrize("text", ["별" * 20_000 + "x", "a" * 50_000 + ".gi", "제" + " " * 50_000 + "x"])
def test_role_of_a_long_text_is_none_at_once(text: str) -> None:
    start = time.perf_counter()
    assert role_of(text) is None
    assert time.perf_counter() - start < 1


def test_squash_label() -> None:
    assert squash_label(" 조\xa0회 \u200b수\n： │|｜:") == "조회수"
    assert squash_label("No.") == "no."


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("작성자 : 최누리", ("author", "최누리")),
        ("작성자：최누리", ("author", "최누리")),
        ("글쓴이 : 교통안전계 팀장 박가람", ("author", "교통안전계 팀장 박가람")),
        ("조회1,994회", ("hits", "1,994회")),
        ("조회 수 39", ("hits", "39")),
        ("조회 수 : 39", ("hits", "39")),
        ("조회수:39", ("hits", "39")),
        ("No.12", ("number", "12")),
        ("Hit.1284", ("hits", "1284")),
        ("Hit. 33", ("hits", "33")),
        ("기사입력 2011-09-05 14:22:10 최누리 기자", ("date", "2011-09-05 14:22:10")),
        ("기사입력시간 : 2014년 01월 01일 11:20", ("date", "2014년 01월 01일 11:20")),
        ("기사입력: 2012/08/02 [10:36]", ("date", "2012/08/02 [10:36]")),
        ("기사입력: 2012/08/02 [10:36] 최종편집: ⓒ 가람", ("date", "2012/08/02 [10:36]")),
        ("입력 2025.12.06 16:43", ("date", "2025.12.06 16:43")),
        ("기사작성 2017-1-13", ("date", "2017-1-13")),
        ("업데이트 2025.12.06 17:18", ("other", "2025.12.06 17:18")),
        ("수정일 : 2025-12-09", ("other", "2025-12-09")),
        ("최종편집 : 2018.3.19 월 01:14", ("other", "2018.3.19 월 01:14")),
        ("제목 : 4.15 총선 입력 2021 보고", ("title", "4.15 총선 입력 2021 보고")),
        ("제목 : 시·군 예산 | 합동 회의", ("title", "시·군 예산 | 합동 회의")),
        ("첨부파일 : 1_24.JPG", ("files", "1_24.JPG")),
        ("첨부 파일 : 보도  자료.hwp", ("files", "보도  자료.hwp")),
        ("첨부(2)", ("files", "(2)")),
        ("댓글0건", ("comments", "0건")),
        ("추천 3", ("votes", "3")),
        ("Down : 1", ("other", "1")),
        ("분류 : 기고", ("category", "기고")),
        ("작성자", ("author", "")),
        ("조회수 : ", ("hits", "")),
        ("작성자 가람신문 │ 기사작성 2017-1-13 │ 조회1,994회", ("author", "가람신문")),
    ],
)
def test_split_label(text: str, pair: tuple[Role, str]) -> None:
    assert split_label(text) == pair


@pytest.mark.parametrize(
    "text",
    [
        "",
        "번호판 교체 안내",
        "조회 시스템 개선",
        "조회 1위 달성",
        "조회 : 시스템 개선",
        "제목 없는 글",
        "이름 없는 꽃",
        "이름모를 꽃",
        "기자 회견 안내",
        "작성자 가람신문",
        "날짜 변경선",
        "날짜 : 25.04.18 ~ 25.05.02",
        "입력 2021 보고",
        "오늘의 칼럼",
        "상태 점검 안내",
        "첨부파일1.hwp",
        "첨부파일 공고문.hwp",
        "붙임 1. 계획서.hwp",
        "4.15 총선",
        "이번 조회 12",
        "[기고] 작성자 : 누구",
    ],
)
def test_split_label_leaves_titles_and_names_alone(text: str) -> None:
    pair = split_label(text)
    assert pair is None


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "작성자 가람신문 │ 기사작성 2017-1-13 │ 조회1,994회 │ 댓글0건",
            [("author", "가람신문"), ("date", "2017-1-13"), ("hits", "1,994회"), ("comments", "0건")],
        ),
        (
            "글쓴이 : 홍가람 (1.2.♡.4) 작성일 : 08-06-23 11:07 조회 : 1,234",
            [("author", "홍가람 (1.2.♡.4)"), ("date", "08-06-23 11:07"), ("hits", "1,234")],
        ),
        ("작성자 : 김·이 공동 · 조회 3", [("author", "김·이 공동"), ("hits", "3")]),
        ("제목 : 가 | 나 | 조회 : 4", [("title", "가 | 나"), ("hits", "4")]),
        ("승인 2021.10.24 09:12 댓글 0", [("date", "2021.10.24 09:12"), ("comments", "0")]),
        ("기사입력: 2012/08/02 [10:36]   최종편집: ⓒ 가람", [("date", "2012/08/02 [10:36]"), ("other", "ⓒ 가람")]),
        (
            "글쓴이 홍가람\n날짜 2021.10.24\n조회 수 : 39",
            [("author", "홍가람"), ("date", "2021.10.24"), ("hits", "39")],
        ),
        ("작성자 : 최누리｜목록｜조회 3", [("author", "최누리"), ("hits", "3")]),
        ("기자 회견 안내 | 조회 12", [("hits", "12")]),
        ("기 자 최누리 | 조회 12", [("author", "최누리"), ("hits", "12")]),
        ("필자 보건소장 최누리 | 조회 12", [("author", "보건소장 최누리"), ("hits", "12")]),
        ("작성자 : | 조회수 : 3", [("hits", "3")]),
        ("조회수 : 1,284, 2009/03/04 15:20:11", [("hits", "1,284")]),
        ("제목 : 1, 2차 회의", [("title", "1, 2차 회의")]),
        ("글쓴이: 최누리 » 2012-10-05 8:14 pm", [("author", "최누리")]),
        ("2012-10-05 | 1,520 읽음", [("hits", "1,520")]),
        (
            "2021-10-13 13:22 입력 | 2021-10-13 14:01 수정",
            [("date", "2021-10-13 13:22"), ("other", "2021-10-13 14:01")],
        ),
        ("2021년 농촌 일손 등록", []),
        ("3,000 조회 돌파", []),
        ("작성자 가람신문", []),
        ("작성일 2026-10-02 작성자 홍보과 조회수 41", [("date", "2026-10-02"), ("author", "홍보과"), ("hits", "41")]),
        ("등록일 2026-10-02 담당자 회의 안내", []),
        ("오피니언 | 김가람 | 2019-02-08", []),
        ("", []),
        ("등록일 ㅣ 2024-04-12 담당부서 ㅣ 홍보협력과", [("date", "2024-04-12"), ("author", "홍보협력과")]),
        (
            "작성자 | 최누리 | 작성일 | 2024.1.2 | 조회 | 33",
            [("author", "최누리"), ("date", "2024.1.2"), ("hits", "33")],
        ),
        ("작성자 | 작성일 | 조회", []),
        ("이름 | 로그인", []),
        ("게재기간 2026-09-29 ~ 2026-10-30", [("other", "2026-09-29 ~ 2026-10-30")]),
        ("제목 | 작성자 | 검색", []),
    ],
)
def test_split_labels(text: str, pairs: list[tuple[Role, str]]) -> None:
    assert split_labels(text) == pairs


@given(st.text("작성자조회수제목 입력날짜:|│ㅣ·ㆍ2021.-3회\n", max_size=60))
def test_pairs_are_parts_of_the_text(text: str) -> None:
    for _, value in split_labels(text):
        assert value
        assert value in text
    assert role_of(text) is None or squash_label(text)


@pytest.mark.parametrize("name", ["36_사진 자료.JPG", "4_사진 자료.JPG", "20_x.hwp", "2021년 1분기.hwp", "1.hwp"])
def test_a_number_behind_the_colon_belongs_to_the_file(name: str) -> None:
    assert split_label(f"첨부파일 : {name}") == ("files", name)
    assert split_label(f"첨부파일 2 : {name}") == ("files", name)


@pytest.mark.parametrize("role", get_args(Role))
def test_the_quick_look_sees_every_label_that_the_reading_sees(role: Role) -> None:
    for words in (f"{word} : 26.10.02 12" for word in _WORDS[role].split()):
        for text in (words, f" ㆍ{words}", " ".join(words), f"마을 │ {words.upper()}"):
            assert may_speak(text, role)
        assert may_begin(words) and may_begin(f"· {words}") and may_begin(f"│ {words.title()}")


def test_a_slash_between_blanks_parts_what_has_labels() -> None:
    assert split_labels("작성자 : 최누리 / 등록일자 2026-04-30 / 조회 12") == [
        ("author", "최누리"),
        ("date", "2026-04-30"),
        ("hits", "12"),
    ]
    assert split_labels("작성자 : 시설 / 안전팀") == [("author", "시설 / 안전팀")]


def test_a_soft_mark_ends_a_labelled_date_or_count() -> None:
    assert split_labels("조회수 179 / 2024/06/11") == [("hits", "179")]
    assert split_labels("작성일 2024.06.11 · 최누리") == [("date", "2024.06.11")]
    assert split_labels("조회 3 / 12") == []


def test_counts_in_brackets_behind_a_title() -> None:
    assert split_labels("물길을 열다 (읽음 473, 댓글 1)") == [("hits", "473"), ("comments", "1")]
    assert split_labels("[조회 12 / 추천 3]") == [("hits", "12"), ("votes", "3")]
    assert split_label("(읽음 473, 댓글 1)") == ("hits", "473")
    assert split_labels("둑길 (작성자 없음)") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("오도담", "오도담"),
        ("도서관 사서 오도담 조회수: 35 두 안을 견주면", "도서관 사서 오도담"),
        ("최바름 등록일자: 2025년 11월 17일 읽음: 160", "최바름"),
        ("필명 하나 / 조회 3", "필명 하나"),
        ("등록자 남해든", "남해든"),
        ("글쓴이9", "글쓴이9"),
        ("기자 논설위원 박바름", "논설위원 박바름"),
        ("최누리 기자", "최누리 기자"),
        ("별빛상점 (ip:)", "별빛상점"),
        ("채운결 (2026-11-02 10:11:12, Hit : 133, Vote : 0)", "채운결"),
        ("톱밥 (가입일자:2012-03-11 방문횟수:1204)", "톱밥"),
        ("물까치 (39.7.*.*)", "물까치"),
        ("물까치 (203.♡.113.49)", "물까치"),
        ("한누리 쪽지보내기 자기소개 아이디로 검색 전체게시물", "한누리"),
        ("장미르 이름으로 검색", "장미르"),
        ("자기소개", None),
        ("고도담 (가온마을)", "고도담 (가온마을)"),
        ("조회 72", None),
        ("2026.08.21", None),
        ("063-123-4567", None),
        ("haneul@paper.example", None),
        ("고도담 (dodam_***@paper.example)", "고도담"),
        ("고도담 (dodam@paper.example)", "고도담"),
        ("청년정책과전화번호 : 000", None),
        ("최누리 2026-11-02 10:11:12,", "최누리"),
        ("기획실[031-000-1188]2026.11.02", "기획실"),
        ("기획실 (☎ 02-000-1188)", "기획실"),
        ("기획실(☎ 02-000-1188~9)", "기획실"),
        ("가" * 41, None),
        ("", None),
    ],
)
def test_a_name_is_what_stands_before_the_next_label(text: str, name: str | None) -> None:
    assert name_in(text) == name


def test_a_department_beside_a_person_is_no_author() -> None:
    line = "읽음 : 244 | 부서 : 기획실 | 이름 : 논설위원 장은솔"
    assert split_labels(line) == [("hits", "244"), ("author", "논설위원 장은솔")]
    assert split_labels("담당부서 : 기획실 | 조회 : 3") == [("author", "기획실"), ("hits", "3")]


def test_a_hash_alone_stands_over_numbers() -> None:
    assert role_of("#") == "number"
    assert role_of("#돌봄") is None and split_label("# 돌봄") is None


def test_a_count_may_repeat_its_label() -> None:
    assert unlabelled("조회 49", "hits") == "49"
    assert unlabelled("조회 49", "author") == "조회 49"
    assert unlabelled("49", "hits") == "49"
