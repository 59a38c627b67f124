"""The words of the report, Korean and English, in one place."""

from __future__ import annotations

from scraper.desk.report.markup import Label

COLUMNS = {
    "author": Label("글쓴이", "author"),
    "authors": Label("글쓴이 수", "authors"),
    "blocked": Label("열람 불가", "blocked"),
    "board": Label("게시판", "board"),
    "name": Label("이름", "name"),
    "verdict": Label("대조", "balance"),
    "bytes": Label("크기", "size"),
    "characters": Label("글자 수", "characters"),
    "characters_added": Label("늘어난 글자", "characters added"),
    "disappeared": Label("사라짐", "disappeared"),
    "exit_code": Label("종료 코드", "exit code"),
    "failed": Label("실패", "failed"),
    "fetched": Label("수집", "fetched"),
    "files": Label("파일", "files"),
    "first": Label("첫 글", "first"),
    "gap": Label("빈틈", "gap"),
    "gone": Label("삭제됨", "gone"),
    "gone_at": Label("삭제 확인", "gone (UTC)"),
    "held": Label("보유", "held"),
    "hits": Label("조회", "hits"),
    "id": Label("번호", "no."),
    "key": Label("글", "post"),
    "kind": Label("종류", "kind"),
    "last": Label("마지막 글", "last"),
    "last_seen_at": Label("마지막으로 봄", "last seen (UTC)"),
    "last_success_at": Label("마지막 성공", "last success (UTC)"),
    "message": Label("알림", "message"),
    "missing": Label("안 보임", "missing"),
    "missing_at": Label("없어짐 발견", "missed (UTC)"),
    "month": Label("달", "month"),
    "new": Label("새 글", "new"),
    "outcome": Label("결과", "outcome"),
    "posted_date": Label("게시일", "posted"),
    "posts": Label("글 수", "posts"),
    "requests": Label("요청", "requests"),
    "revised": Label("고침", "revised"),
    "seen_at": Label("본 때", "seen (UTC)"),
    "share": Label("비율", "share"),
    "started_at": Label("시작", "started (UTC)"),
    "state": Label("상태", "state"),
    "stored": Label("저장", "stored"),
    "title": Label("제목", "title"),
    "total": Label("게시판 총수", "board's total"),
    "type": Label("형식", "type"),
    "undated": Label("날짜 모름", "undated"),
    "unread": Label("읽지 않음", "unread"),
    "version": Label("판", "version"),
    "year": Label("해", "year"),
}

FETCHED = {
    "whole": Label("모두 수집", "all fetched"),
    "part": Label("일부만 수집", "partly fetched"),
    "never": Label("수집하지 않음", "never fetched"),
}
STATES = {"missing": Label("안 보임", "missing"), "gone": Label("삭제됨", "gone")}

REPORT = Label("신문고 보고서", "Sinmungo report")
MADE = Label("만든 때", "Made")
ARCHIVE = Label("보존 파일", "Archive")
LAST_CAPTURE = Label("마지막 보존본", "Last capture")
BOARDS = Label("게시판", "Boards")
SQL = Label("이 수치의 SQL", "SQL of this figure")
TABLE = Label("표로 보기", "As a table")
NOTHING = Label("없음", "none")
GRID = Label("달 × 해", "Months by years")
YEAR_SUM = Label("합계", "sum")
LEGEND = Label("읽는 법", "Key")
LEGEND_POSTS = Label("글이 있는 달", "month with posts")
LEGEND_PART = Label("일부만 수집한 달, 글이 더 있을 수 있음", "partly fetched, there may be more")
LEGEND_NOTHING = Label("수집했고 글이 없는 달", "fetched, nothing posted")
LEGEND_NEVER = Label("수집하지 않은 달", "never fetched")
HATCHED = Label(
    "빗금(인쇄에서는 회색) 친 달은 수집하지 않았거나 일부만 수집했다.",
    "Hatched months (grey in print) were not fetched, or only in part.",
)
OLDER_NEVER = Label("그 이전: 수집하지 않음", "before that: never fetched")
UNDATED = Label(
    "날짜를 모르는 글 (아직 읽지 않았거나 볼 수 없음)", "posts without a date (not read yet, or closed to us)"
)
SHOWN = Label("최근 것만 표시", "the latest only")
OF = Label("전체", "of")
FILE_WENT = Label("빠진 파일", "file went")
FILE_CAME = Label("들어온 파일", "file came")
TOO_LONG = Label("너무 길어 낱말 비교를 생략", "too long to compare word by word")
NO_WORDS = Label("눈에 보이는 낱말은 같음", "the visible words are the same")
BODY = Label("본문", "text")
REST = Label(
    "날짜는 한국 시각의 날이고, (UTC)가 붙은 시각은 협정 세계시다. 삭제 요청으로 가린 글은 이 보고서에 없다.",
    "Dates are days in Korea; times marked (UTC) are universal time. Redacted posts are not in this report.",
)


def column(name: str) -> Label | str:
    """A column's heading; its own name where nobody gave it words."""
    return COLUMNS.get(name, name)
