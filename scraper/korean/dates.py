"""Dates as boards print them, read by small tables: never a guess.

What a board says is Korean time. The only clock is ``seen_at``, the aware time at which the page was received: it
settles "12:12", "3분 전" and the century of "25.06.02". A month and day without a year stay unsettled (precision
"none"), and a stretch of time ("25.04.18 ~ 25.05.02") is the date of no post.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone
from functools import lru_cache

from scraper.korean.numbers import half_width
from scraper.korean.words import leading_label, role_of
from scraper.models import KST, Precision, Stamp

CLOCK_SLACK = timedelta(minutes=5)
"""How far a server's clock may run ahead of ours before "23:50" must mean yesterday."""
FIRST_YEAR = 1990

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = (
    r"(?:\s*\(?\s*(?:[월화수목금토일](?:요일)?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?)"
    r"\s*\)?,?(?![^\s\d\[()~∼～|,]))?"
)
_DAY = (
    r"(?:(?:['‘’](?=[0-9]{2}[^0-9]))?(?P<y>[0-9]{4}|[0-9]{2})(?P<sep>\s?[-./]\s?)(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})\.?"
    r"|(?P<ky>[0-9]{4}|[0-9]{2})\s*년\s*(?P<km>[0-9]{1,2})\s*월\s*(?P<kd>[0-9]{1,2})\s*일)"
)
_CLOCK = (
    r"(?:(?P<half>오전|오후|am|pm)\s*)?(?P<H>[0-9]{1,2})"
    r"(?::(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2})(?:[.,][0-9]{1,9})?)?(?![0-9:])(?:\s*(?P<half2>[ap]m\b|[ap]\.m\.|오전|오후))?"
    r"|\s*시(?:\s*(?P<kM>[0-9]{1,2})\s*분(?:\s*(?P<kS>[0-9]{1,2})\s*초)?)?)"
)
_ZONE = r"(?:\s*(?P<zone>z|gmt|utc?|kst|[+-][0-9]{2}:?[0-9]{2})(?![a-z0-9]))?(?:\s*\(kst\))?"
_FULL = rf"{_DAY}{_WEEKDAY}(?:(?:\s*t\s*|\s*,\s|\s*[\[(]?\s*){_CLOCK}\s*[\])]?{_ZONE})?{_WEEKDAY}"

_PLAIN = re.compile(
    r"([0-9]{4}|[0-9]{2})([-./])([0-9]{1,2})\2([0-9]{1,2})(?: ([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?", re.ASCII
)
_WHOLE = re.compile(_FULL, re.IGNORECASE)
_INSIDE = re.compile(rf"(?<![0-9])(?<![0-9][-./,:])(?:{_FULL})(?:(?<=일)|(?![0-9]))(?![-./][0-9])", re.IGNORECASE)
_MAIL = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(?P<d>[0-9]{1,2})[\s-](?P<mon>[a-z]{3})[a-z]*[\s-](?P<y>[0-9]{4})"
    rf"(?:\s+{_CLOCK}{_ZONE})?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?:(?P<mon>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?|(?P<m>[0-9]{{1,2}})월)\s(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[.,]?\s"
    rf"(?P<y>[0-9]{{4}})(?:,?\s+(?:[-|]\s+|at\s+)?{_CLOCK}{_ZONE})?",
    re.IGNORECASE,
)
_SPLIT = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<d>[0-9]{2})\s*(?P<y>[0-9]{4})[-./](?P<m>[0-9]{2})",
        r"(?P<y>[0-9]{4})[-./](?P<m>[0-9]{2})\s+(?P<d>[0-9]{2})",
        r"(?P<m>[0-9]{2})[-./](?P<d>[0-9]{2})\s*(?P<y>[0-9]{4})",
        r"(?P<y>[0-9]{4})\s+(?P<m>[0-9]{2})[-./](?P<d>[0-9]{2})",
    )
)
"""Cards that print the day, the month or the year large, in an element of its own."""
_TIME = re.compile(rf"(?:(?P<when>오늘|어제|그제|그저께)\s*)?{_CLOCK}", re.IGNORECASE)
_MONTH_DAY = re.compile(
    rf"(?i)(?:(?P<m>[0-9]{{2}})[-./](?P<d>[0-9]{{2}})\.?|(?P<km>[0-9]{{1,2}})\s*월\s*(?P<kd>[0-9]{{1,2}})\s*일){_WEEKDAY}(?:\s+{_CLOCK})?",
)
_DIGIT = re.compile("[0-9]")
_AGO = re.compile(r"(?P<n>[0-9]{1,4})\s*(?P<unit>초|분|시간|일|주일?|개월|달|년)\s*전")
_JUST_NOW = ("방금", "방금 전")
_DAYS_BACK = {"오늘": 0, "어제": 1, "그제": 2, "그저께": 2}
_BRACKETS = {"[": "]", "(": ")", "<": ">", "【": "】", "〈": "〉", "「": "」"}
_EDGES = " \t\r\n\xa0|｜│·ㆍ,"
_RANGE_AFTER = re.compile(r"\s*(?:[~∼～〜–—]|부터|까지|-\s*[0-9]{2,4}\s?[-./년])")
_RANGE_BEFORE = re.compile(r"[~∼～〜–—]\s*$|[-./][0-9]{1,2}\.?\s+-\s+$")
_LONGEST = 80


@lru_cache(maxsize=1024)
def read_date(text: str, seen_at: datetime) -> Stamp | None:
    """The date that ``text`` consists of; a label of a date field and brackets may stand round it.

    None when the text is anything else, or no day of the calendar between 1990 and next year. ``seen_at`` must be
    aware (ValueError).
    """
    now = _in_korea(seen_at)
    plain = _PLAIN.fullmatch(text)
    stamp = _plain_stamp(plain, now) if plain else None
    return read_closely(text, now) if stamp is None else stamp


def _plain_stamp(match: re.Match[str], now: datetime) -> Stamp | None:
    """What ``read_closely`` gives; None where that must look: at midnight, at 24:00, outside the calendar."""
    years, _, month, day, hour, minute, second = match.groups()
    year = _year(years, now)
    if not FIRST_YEAR <= year <= now.year + 1:
        return None
    try:
        if hour is None:
            return Stamp(datetime(year, int(month), int(day), tzinfo=KST), "day", match[0])
        at = datetime(year, int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=KST)
    except ValueError:
        return None
    return Stamp(at, "second" if second else "minute", match[0]) if at.hour or at.minute or at.second else None


def read_closely(text: str, now: datetime) -> Stamp | None:
    """``read_date`` of whatever text. ``now`` is a time in Korea."""
    bare = _bare(text)
    raw = text.strip()
    if bare is None:
        return None
    if not _DIGIT.search(bare):
        return _relative(bare, raw, now)
    for pattern in (_WHOLE, _MAIL, _MONTH_FIRST, *_SPLIT):
        match = pattern.fullmatch(bare)
        if match:
            return _stamp(match, raw, now)
    match = _TIME.fullmatch(bare)
    if match:
        return _clock_today(match, raw, now)
    match = _MONTH_DAY.fullmatch(bare)
    if match:
        return Stamp(None, "none", raw) if _is_month_day(match) else None
    return _relative(bare, raw, now)


def find_date(text: str, seen_at: datetime) -> Stamp | None:
    """The first date with a year inside ``text`` that is no end of a stretch and whose label does not deny it.

    ``raw`` is the stretch of text that was read, white space collapsed. ``seen_at`` must be aware (ValueError).
    """
    now = _in_korea(seen_at)
    plain = " ".join(half_width(text).split())
    for match in _INSIDE.finditer(plain):
        before, after = plain[max(0, match.start() - 40) : match.start()], plain[match.end() : match.end() + 20]
        if _RANGE_AFTER.match(after) or _RANGE_BEFORE.search(before) or _is_denied(before) or _is_version(match):
            continue
        stamp = _stamp(match, match[0].strip(), now)
        if stamp is not None:
            return stamp
    return None


def is_date_text(text: str) -> bool:
    """Whether ``text`` as a whole has the shape of a date, a time of day or an age; the calendar is not asked."""
    bare = _bare(text)
    if bare is None:
        return False
    return (
        bare in _DAYS_BACK
        or bare in _JUST_NOW
        or any(p.fullmatch(bare) for p in (_WHOLE, _MAIL, _MONTH_FIRST, *_SPLIT, _TIME, _MONTH_DAY, _AGO))
    )


def _in_korea(seen_at: datetime) -> datetime:
    if seen_at.tzinfo is None:
        raise ValueError("seen_at must be an aware time")
    return seen_at.astimezone(KST)


def _bare(text: str) -> str | None:
    bare = half_width(text).strip(_EDGES)
    if not bare or len(bare) > _LONGEST:
        return None
    lead = leading_label(bare)
    if lead is not None and lead.role == "date":
        bare = lead.rest
    closing = _BRACKETS.get(bare[:1])
    if closing and bare.endswith(closing) and bare.count(bare[0]) == 1 and bare.count(closing) == 1:
        bare = bare[1:-1]
    return bare.strip(_EDGES)


def _is_denied(before: str) -> bool:
    """Whether the words right before a date say that it is another one (수정일, 최종편집 …)."""
    words = before.rstrip(" :：\t\xa0([").split()[-2:]
    return any(role_of("".join(words[start:])) == "other" for start in range(len(words)))


def _is_version(match: re.Match[str]) -> bool:
    """``12.1.3`` inside a text: too little for a date of two-digit year."""
    return match["y"] is not None and len(match["y"] + match["m"] + match["d"]) < 6


def _stamp(match: re.Match[str], raw: str, now: datetime) -> Stamp | None:
    """A matched date with a year as a Stamp; None when the calendar or the clock does not have it."""
    part = match.groupdict()
    if part.get("mon"):
        month_name = part["mon"].lower()
        month = _MONTHS.index(month_name) + 1 if month_name in _MONTHS else 0
        year_text, day = part["y"] or "", int(part["d"] or 0)
    else:
        year_text = part["y"] or part.get("ky") or ""
        month, day = int(part["m"] or part.get("km") or 0), int(part["d"] or part.get("kd") or 0)
    year = _year(year_text, now)
    if not FIRST_YEAR - 1 <= year <= now.year + 1:
        return None
    try:
        midnight = datetime(year, month, day, tzinfo=KST)
    except ValueError:
        return None
    since_midnight: timedelta = timedelta()
    precision: Precision = "day"
    if part.get("H") is not None:
        clock = _clock(match)
        if clock is None:
            return None
        since_midnight, precision = clock
    at = midnight + since_midnight
    zone = (part.get("zone") or "").lower()
    if zone and precision != "day":
        offset = _offset(zone)
        if offset is None:
            return None
        at = at.replace(tzinfo=offset).astimezone(KST)
    if precision == "second" and not since_midnight and at == midnight:
        precision = "day"
    if not FIRST_YEAR <= at.year <= now.year + 1:
        return None
    return Stamp(at, precision, raw)


def _year(text: str, now: datetime) -> int:
    """A year of four digits; of two, in this century unless that is after the next year."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if 2000 + year <= now.year + 1 else 1900)


def _clock(match: re.Match[str]) -> tuple[timedelta, Precision] | None:
    """The time of day as a distance from midnight (24:00 included) and how exact it is; None when no clock has it."""
    part = match.groupdict()
    minute_text, second_text = part["M"] or part["kM"], part["S"] or part["kS"]
    hour, minute, second = int(part["H"]), int(minute_text or 0), int(second_text or 0)
    half = (part["half"] or part["half2"] or "").lower().replace(".", "")
    if half in ("오전", "am"):
        if hour > 12:
            return None
        hour %= 12
    elif half and hour < 12:
        hour += 12
    if minute > 59 or second > 59 or hour * 3600 + minute * 60 + second > 86400:
        return None
    if minute_text is None:
        return timedelta(), "day"
    return timedelta(hours=hour, minutes=minute, seconds=second), "second" if second_text else "minute"


def _offset(zone: str) -> timezone | None:
    if zone == "kst":
        return KST
    if zone[0] not in "+-":
        return UTC
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        return None
    return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1))


def _clock_today(match: re.Match[str], raw: str, now: datetime) -> Stamp | None:
    clock = _clock(match)
    if clock is None or clock[1] == "day":
        return None
    when = match["when"]
    at = _midnight(now) + clock[0] - timedelta(days=_DAYS_BACK[when] if when else 0)
    if when is None and at > now + CLOCK_SLACK:
        at -= timedelta(days=1)
    return Stamp(at, clock[1], raw)


def _relative(bare: str, raw: str, now: datetime) -> Stamp | None:
    if bare in _JUST_NOW:
        return Stamp(now.replace(second=0, microsecond=0), "minute", raw)
    if bare in _DAYS_BACK:
        return Stamp(_midnight(now) - timedelta(days=_DAYS_BACK[bare]), "day", raw)
    match = _AGO.fullmatch(bare)
    if match is None:
        return None
    count, unit = int(match["n"]), match["unit"]
    if unit in ("개월", "달", "년"):
        return Stamp(None, "none", raw)
    if unit in ("초", "분", "시간"):
        ago = timedelta(seconds=count * {"초": 1, "분": 60, "시간": 3600}[unit])
        return Stamp((now - ago).replace(second=0, microsecond=0), "minute", raw)
    at = _midnight(now) - timedelta(days=count * (1 if unit == "일" else 7))
    return Stamp(at, "day", raw) if at.year >= FIRST_YEAR else None


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.date(), time(), tzinfo=KST)


def _is_month_day(match: re.Match[str]) -> bool:
    month, day = int(match["m"] or match["km"]), int(match["d"] or match["kd"])
    try:
        datetime(2000, month, day)
    except ValueError:
        return False
    return True
