"""Boards whose clicks call functions that stand in script files: these are looked into when a board is studied."""

from __future__ import annotations

from datetime import UTC, datetime

from scraper.errors import Gone
from scraper.models import SURE, Ask, Page
from scraper.sync.study import Study, study

HOST = "http://board.example"
SEEN = datetime(2026, 3, 2, 3, tzinfo=UTC)
SCRIPT = (
    "var base = '/bbs/';\nfunction viewPost(no){ location.href = base + 'view.do?no=' + no; }\n"
    "function downFile(no, at){ window.open('/file.do?no=' + no + '&at=' + at); }\n"
    "function goPage(n){ document.listForm.page.value = n; document.listForm.submit(); }\n"
)
NAMES = ("물길", "둑길", "장터", "들녘", "고개", "나루", "마을", "학교")


def listing() -> str:
    rows = "".join(
        f"<tr><td>{no}</td><td><a href=\"javascript:viewPost('{no + 500}')\">{name}을 다시 걷는 날의 생각 {no}</a></td>"
        f"<td>최{name}</td><td>2026-02-{no:02}</td><td>{no * 7}</td></tr>"
        for no, name in zip(range(8, 0, -1), NAMES, strict=True)
    )
    heads = "".join(f"<th>{head}</th>" for head in ("번호", "제목", "작성자", "등록일", "조회"))
    return f"<table class=list><tr>{heads}</tr>{rows}</table>"


def view(no: int) -> str:
    name = NAMES[8 - no]
    return (
        f"<table class=view><tr><th>제목</th><td>{name}을 다시 걷는 날의 생각 {no}</td></tr><tr><th>작성자</th>"
        f"<td>최{name}</td></tr><tr><th>등록일</th><td>2026-02-{no:02}</td></tr><tr><th>조회</th><td>{no * 7}</td></tr>"
        f"<tr><td colspan=2 class=text><p>{name}에 물이 들고 사람들은 논둑에 모인다.</p></td></tr>"
        f"<tr><th>첨부파일</th><td><a href=\"javascript:downFile('{no}','1')\">{name} 지도.hwp</a></td></tr></table>"
        "<p>이전글 없음</p>"
    )


def studied(script: str | None, asked: list[str]) -> Study:
    def fetch(ask: Ask) -> Page:
        asked.append(ask.url.removeprefix(HOST))
        path = ask.url.removeprefix(HOST).partition("?")[0]
        if path == "/js/jquery.min.js" or (path == "/js/board.js" and script is None):
            raise Gone(f"{ask.url} answered 404", ask.url, 404)
        if path == "/js/board.js":
            return Page(ask.url, 200, ((b"Content-Type", b"text/javascript"),), (script or "").encode(), SEEN)
        inner = listing() if path == "/bbs/list.do" else view(int(ask.url.rpartition("=")[2]) - 500)
        html = f"<html><head><script src=/js/jquery.min.js></script><script src=/js/board.js></script>{inner}</html>"
        return Page(ask.url, 200, ((b"Content-Type", b"text/html; charset=utf-8"),), html.encode(), SEEN)

    return study(fetch, fetch(Ask(f"{HOST}/bbs/list.do", "listing")))


def test_posts_and_files_are_opened_by_functions_of_a_script_file() -> None:
    asked: list[str] = []
    found = studied(SCRIPT, asked)
    assert found.confidence >= SURE
    assert found.layout.calls == {
        "viewPost": "/bbs/view.do?no={0}",
        "downFile": "/file.do?no={0}&at={1}",
    }
    assert found.article is not None
    assert [each.ask.url for each in found.article.attachments if each.ask] == [f"{HOST}/file.do?no=8&at=1"]
    assert asked.count("/js/board.js") == 1
    assert "/js/jquery.min.js" not in asked


def test_files_of_which_no_script_tells_the_address_are_named_and_it_is_said() -> None:
    found = studied(SCRIPT.replace("downFile", "other"), [])
    assert found.article is not None
    assert [(each.name, each.ask) for each in found.article.attachments] == [("물길 지도.hwp", None)]
    assert "not every attachment can be asked for" in found.reasons
    assert found.confidence >= SURE
