"""read_date and find_date: every form in which boards print a date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.korean.dates import find_date, is_date_text, read_closely, read_date
from scraper.models import KST, Stamp

SEEN = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
"""15:00 on Wednesday, 4 March 2026 in Korea."""


def read(text: str, seen_at: datetime = SEEN) -> tuple[str, str] | None:
    stamp = read_date(text, seen_at)
    if stamp is None:
        return None
    assert stamp.raw == text.strip()
    assert stamp.at is None or stamp.at.tzinfo is KST
    return str(stamp), stamp.precision


@pytest.mark.parametrize(
    ("text", "stamp", "precision"),
    [
        ("2025-06-17", "2025-06-17", "day"),
        (" 2025.05.08\xa0", "2025-05-08", "day"),
        ("2025.05.08.", "2025-05-08", "day"),
        ("2025. 5. 8.", "2025-05-08", "day"),
        ("2002/02/01", "2002-02-01", "day"),
        ("2017-1-13", "2017-01-13", "day"),
        ("25.06.02", "2025-06-02", "day"),
        ("13/10/24", "2013-10-24", "day"),
        ("‘13.10.24", "2013-10-24", "day"),
        ("'13-10-24 16:05", "2013-10-24T16:05:00+09:00", "minute"),
        ("05 2024.03", "2024-03-05", "day"),
        ("052024.03", "2024-03-05", "day"),
        ("2024-03 05", "2024-03-05", "day"),
        ("03.05 2024", "2024-03-05", "day"),
        ("26-01-07", "2026-01-07", "day"),
        ("98-05-03", "1998-05-03", "day"),
        ("08-06-23 11:07", "2008-06-23T11:07:00+09:00", "minute"),
        ("26.02.03 21:21:58", "2026-02-03T21:21:58+09:00", "second"),
        ("2025/12/12 17:44:00", "2025-12-12T17:44:00+09:00", "second"),
        ("2017/11/11 08:41:39", "2017-11-11T08:41:39+09:00", "second"),
        ("2018-03-06 07:38", "2018-03-06T07:38:00+09:00", "minute"),
        ("2025.12.06 16:43", "2025-12-06T16:43:00+09:00", "minute"),
        ("2002년 06월06일", "2002-06-06", "day"),
        ("[2002년 06월06일]", "2002-06-06", "day"),
        ("25년 6월 2일", "2025-06-02", "day"),
        ("2025년 05월 30일 15시 25분", "2025-05-30T15:25:00+09:00", "minute"),
        ("2002년 02월 01일 09시 23분 56초", "2002-02-01T09:23:56+09:00", "second"),
        ("2025년 05월 30일 15시", "2025-05-30", "day"),
        ("2012/08/02 [10:36]", "2012-08-02T10:36:00+09:00", "minute"),
        ("2019.2.20 수 18:42", "2019-02-20T18:42:00+09:00", "minute"),
        ("2021-11-27 20:53 (토)", "2021-11-27T20:53:00+09:00", "minute"),
        ("2021.11.27(토)", "2021-11-27", "day"),
        ("2025년 5월 30일 금요일", "2025-05-30", "day"),
        ("2021-11-27 오후 3:05", "2021-11-27T15:05:00+09:00", "minute"),
        ("2021년 11월 27일 3:05 오후", "2021-11-27T15:05:00+09:00", "minute"),
        ("Nov. 27, 2021, 3:05 p.m.", "2021-11-27T15:05:00+09:00", "minute"),
        ("2021-11-27 9:05 오전", "2021-11-27T09:05:00+09:00", "minute"),
        ("2021-11-27 오후 12:05", "2021-11-27T12:05:00+09:00", "minute"),
        ("2021-11-27 오전 12:10", "2021-11-27T00:10:00+09:00", "minute"),
        ("2021-11-27 오전 3시 5분", "2021-11-27T03:05:00+09:00", "minute"),
        ("2021-11-27 3:05:09 PM", "2021-11-27T15:05:09+09:00", "second"),
        ("2021-11-27T20:53:01+09:00", "2021-11-27T20:53:01+09:00", "second"),
        ("2021-11-27T20:53:01.250Z", "2021-11-28T05:53:01+09:00", "second"),
        ("2021-11-27T20:53-0500", "2021-11-28T10:53:00+09:00", "minute"),
        ("2021-10-24T15:00:00Z", "2021-10-25T00:00:00+09:00", "second"),
        ("2021-10-24T00:00:00+09:00", "2021-10-24", "day"),
        ("Sun, 24 Oct 2021 09:12:00 +0900", "2021-10-24T09:12:00+09:00", "second"),
        ("Sun, 24 Oct 2021 00:12:00 GMT", "2021-10-24T09:12:00+09:00", "second"),
        ("4 Oct 2021 09:12 KST", "2021-10-04T09:12:00+09:00", "minute"),
        ("24 Oct 2021", "2021-10-24", "day"),
        ("Oct 24, 2021", "2021-10-24", "day"),
        ("Nov 03. 2026", "2026-11-03", "day"),
        ("9월 28th, 2022", "2022-09-28", "day"),
        ("October 4 2021 09:12", "2021-10-04T09:12:00+09:00", "minute"),
        ("2016-07-24 00:00:00", "2016-07-24", "day"),
        ("2016-07-24 00:00", "2016-07-24T00:00:00+09:00", "minute"),
        ("2025-12-31 24:00", "2026-01-01T00:00:00+09:00", "minute"),
        ("작성일 : 2025-12-09", "2025-12-09", "day"),
        ("등록일2025-12-09", "2025-12-09", "day"),
        ("기사입력: 2012/08/02 [10:36]", "2012-08-02T10:36:00+09:00", "minute"),
        ("입력 2025.12.06 16:43", "2025-12-06T16:43:00+09:00", "minute"),
        ("DATE : 2025-01-02 10:00:00", "2025-01-02T10:00:00+09:00", "second"),
        ("(2025.05.08)", "2025-05-08", "day"),
        ("| 2025.05.08 │", "2025-05-08", "day"),
        ("２０２１．１０．２４", "2021-10-24", "day"),
        ("2027-01-01", "2027-01-01", "day"),
        ("1990-01-01", "1990-01-01", "day"),
        ("2024-02-29", "2024-02-29", "day"),
        ("방금", "2026-03-04T15:00:00+09:00", "minute"),
        ("방금 전", "2026-03-04T15:00:00+09:00", "minute"),
        ("30초 전", "2026-03-04T14:59:00+09:00", "minute"),
        ("3분 전", "2026-03-04T14:57:00+09:00", "minute"),
        ("3분전", "2026-03-04T14:57:00+09:00", "minute"),
        ("2시간 전", "2026-03-04T13:00:00+09:00", "minute"),
        ("3일 전", "2026-03-01", "day"),
        ("2주 전", "2026-02-18", "day"),
        ("오늘", "2026-03-04", "day"),
        ("어제", "2026-03-03", "day"),
        ("그제", "2026-03-02", "day"),
        ("어제 18:20", "2026-03-03T18:20:00+09:00", "minute"),
        ("12:12", "2026-03-04T12:12:00+09:00", "minute"),
        ("오후 2:12", "2026-03-04T14:12:00+09:00", "minute"),
        ("15:04", "2026-03-04T15:04:00+09:00", "minute"),
        ("15:56:29", "2026-03-03T15:56:29+09:00", "second"),
    ],
)
def test_dates(text: str, stamp: str, precision: str) -> None:
    assert read(text) == (stamp, precision)
    assert is_date_text(text)


@pytest.mark.parametrize(
    "text", ["07-03", "07.03", "10-24", "10.24", "12/24", "10.24 09:12", "7월 3일", "3개월 전", "1년 전"]
)
def test_no_year_is_unsettled(text: str) -> None:
    assert read_date(text, SEEN) == Stamp(None, "none", text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1163",
        "1,163",
        "81",
        "공지",
        "토",
        "2021-13-40",
        "2021.02.30",
        "2023-02-29",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "02.30",
        "13-01",
        "1989-12-31",
        "2028-01-01",
        "9999-12-31 24:00",
        "2021.10.24 25:00",
        "2021.10.24 24:01",
        "2021.10.24 10:60",
        "2021.10.24 오전 13:10",
        "24:01",
        "15시",
        "2021-10.24",
        "2021.10.24 기사",
        "2021.10.24 일정",
        "4.15 총선 결과",
        "1 / 21",
        "1/21",
        "25.04.18 ~ 25.05.02",
        "2025.04.18~2025.05.02",
        "2025-04-18 - 2025-05-02",
        "2025.01.02 10:00~11:00",
        "~ 2025.05.02",
        "2025.05.02 까지",
        "수정일 : 2025-12-09",
        "오늘날짜: 2021년 11월 29일",
        "최종편집 : 2018.3.19 월 01:14",
        "작성자 : 2025-12-09",
        "Sun, 24 Foo 2021 09:12:00 +0900",
        "2021-10-24T09:12:00+99:00",
        "99999일 전",
        "٢٠٢١-١٠-٢٤",
    ],
)
def test_no_dates(text: str) -> None:
    assert read_date(text, SEEN) is None


def test_a_clock_is_today_in_korea_at_the_time_the_page_was_seen() -> None:
    just_after_midnight = datetime(2021, 10, 24, 0, 1, tzinfo=KST).astimezone(UTC)
    assert just_after_midnight.day == 23
    assert read("00:01", just_after_midnight) == ("2021-10-24T00:01:00+09:00", "minute")
    assert read("23:59", just_after_midnight) == ("2021-10-23T23:59:00+09:00", "minute")
    assert read("방금", just_after_midnight) == ("2021-10-24T00:01:00+09:00", "minute")
    assert read("2분 전", just_after_midnight) == ("2021-10-23T23:59:00+09:00", "minute")
    assert read("어제", just_after_midnight) == ("2021-10-23", "day")
    last_minute = datetime(2021, 10, 23, 14, 59, tzinfo=UTC)
    assert read("23:59", last_minute) == ("2021-10-23T23:59:00+09:00", "minute")
    assert read("00:01", last_minute) == ("2021-10-23T00:01:00+09:00", "minute")


def test_seen_at_must_be_aware() -> None:
    for reader in (read_date, find_date):
        with pytest.raises(ValueError, match="aware"):
            reader("2021-10-24", datetime(2021, 10, 24))


@pytest.mark.parametrize(
    ("text", "stamp", "raw"),
    [
        ("오피니언 | 김가람 | 2019-02-08", "2019-02-08", "2019-02-08"),
        ("가람 기자 | 2018-03-06 07:38", "2018-03-06T07:38:00+09:00", "2018-03-06 07:38"),
        ("기사입력: 2012/08/02 [10:36] 최종편집: ⓒ 가람", "2012-08-02T10:36:00+09:00", "2012/08/02 [10:36]"),
        ("업데이트 2025.12.06 17:18 입력 2025.12.06 16:43", "2025-12-06T16:43:00+09:00", "2025.12.06 16:43"),
        ("글쓴이 : 가 (12.12.11.10) 작성일 : 08-06-23 11:07 조회 : 1", "2008-06-23T11:07:00+09:00", "08-06-23 11:07"),
        ("접수 25.04.18 ~ 25.05.02, 작성일 2025.04.17", "2025-04-17", "2025.04.17"),
        ("2021.02.30 아님, 2021.03.01", "2021-03-01", "2021.03.01"),
        ("작성일   2021.10.24\n\t 09:12 ", "2021-10-24T09:12:00+09:00", "2021.10.24 09:12"),
        ("2021.10.24 일정 안내", "2021-10-24", "2021.10.24"),
        ("게시일 2021년 3월 9일2021년 3월 11일", "2021-03-09", "2021년 3월 9일"),
    ],
)
def test_find_date(text: str, stamp: str, raw: str) -> None:
    found = find_date(text, SEEN)
    assert found is not None
    assert (str(found), found.raw) == (stamp, raw)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "오늘날짜: 2021년 11월 29일",
        "최종편집 : 2018.3.19 월 01:14",
        "UPDATE : 2019.2.20 수 18:42",
        "접수기간 25.04.18 ~ 25.05.02",
        "2025.04.18 10:00 ~ 2025.05.02 18:00",
        "2025.04.18 - 2025.05.02",
        "2025.05.02까지",
        "버전 12.1.3",
        "1.12.11.10",
        "전화 031-2021-10-24",
        "12:12",
        "10-24 소식",
    ],
)
def test_find_date_finds_none(text: str) -> None:
    assert find_date(text, SEEN) is None


STYLES = (
    "%Y-%m-%d",
    "%Y.%m.%d",
    "%Y.%m.%d.",
    "%Y/%m/%d",
    "%Y년 %m월 %d일",
    "%y.%m.%d",
    "작성일 : %Y-%m-%d",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d [%H:%M]",
    "%Y년 %m월 %d일 %H시 %M분",
    "%y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y년 %m월 %d일 %H시 %M분 %S초",
    "%a, %d %b %Y %H:%M:%S +0900",
    "%Y-%m-%dT%H:%M:%S%z",
)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2027, 12, 31, 23, 59)), st.sampled_from(STYLES))
def test_written_in_any_style_it_is_read(moment: datetime, style: str) -> None:
    moment = moment.replace(tzinfo=KST, microsecond=0)
    stamp = read_date(moment.strftime(style), SEEN)
    exact = moment.replace(
        hour=moment.hour if "%H" in style else 0,
        minute=moment.minute if "%M" in style else 0,
        second=moment.second if "%S" in style else 0,
    )
    assert stamp is not None
    assert stamp.at == exact
    found = find_date(f"가람 기자 {moment.strftime(style)}", SEEN) if "%a" not in style else stamp
    assert found is not None
    assert found.at == exact


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)), st.integers(0, 23), st.integers(0, 59))
def test_a_clock_is_never_in_the_future_nor_a_day_old(seen: datetime, hour: int, minute: int) -> None:
    seen_at = seen.replace(tzinfo=UTC)
    stamp = read_date(f"{hour:02}:{minute:02}", seen_at)
    assert stamp is not None
    assert stamp.at is not None
    assert timedelta(minutes=-5) <= seen_at - stamp.at < timedelta(days=1)


@given(st.text() | st.text("0123456789.-/:년월일시분초전 오후[]()~토TZ+", max_size=30))
def test_never_raises(text: str) -> None:
    for stamp in (read_date(text, SEEN), find_date(text, SEEN)):
        assert stamp is None or stamp.at is None or 1990 <= stamp.at.year <= 2027


PARTS = st.integers(0, 13) | st.integers(14, 99)
NOON = ("20", 25, "-", 6, 2, " {:02}:{:02}:{:02}", (12, 0, 0), True)


@example(*NOON[:6], (0, 0, 0), True)
@example(*NOON[:6], (24, 0, 0), True)
@example(*NOON[:5], " {:02}:{:02}", (0, 0, 0), True)
@example(*NOON)
@example("", 27, ".", 12, 31, "", (0, 0, 0), True)
@example("", 28, ".", 12, 31, "", (0, 0, 0), True)
@given(
    st.sampled_from(("20", "19", "", "1")), PARTS, st.sampled_from("-./"), PARTS, PARTS,
    st.sampled_from(("", " {:02}:{:02}", " {:02}:{:02}:{:02}", " {}:{}", "  {:02}:{:02}", "T{:02}:{:02}:{:02}", ".")),
    st.tuples(PARTS, PARTS, PARTS) | st.sampled_from(((0, 0, 0), (24, 0, 0), (0, 0, 1))), st.booleans(),
)  # fmt: skip
def test_a_plain_date_reads_as_after_a_closer_look(
    century: str, year: int, mark: str, month: int, day: int, clock: str, time: tuple[int, int, int], wide: bool
) -> None:
    width = 2 if wide else 1
    text = f"{century}{year:02}{mark}{month:0{width}}{mark}{day:0{width}}{clock.format(*time)}"
    assert read_date(text, SEEN) == read_closely(text, SEEN.astimezone(KST))
