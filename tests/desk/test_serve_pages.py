"""The desk as HTTP: what its pages hold, what they never hold, and what a browser is told to do with them."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from desk_world import FILE, NAME, OLD_FILE, PICTURE, TITLE, Desk, Made, make_archive, open_desk, served
from selectolax.lexbor import LexborHTMLParser

from scraper.archive import open_archive
from scraper.archive.views import VIEWS
from scraper.desk.serve.queries import QUERIES
from scraper.korean.disposition import read_disposition

SECRET = "가막골"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make_archive(tmp_path_factory.mktemp("desk") / "2026 평택#1%?.db")


@pytest.fixture(scope="module")
def desk(made: Made) -> Iterator[Desk]:
    with open_desk(made.path) as opened:
        yield opened


def tree(desk: Desk, path: str, language: str = "ko") -> LexborHTMLParser:
    answer = desk.get(path, language)
    assert answer.status_code == 200, answer.text
    return LexborHTMLParser(answer.text)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def pages(made: Made) -> list[str]:
    return [
        *("/", "/.json", "/archive", "/archive.json", "/-/metadata", "/-/databases.json", "/no/such/page"),
        *(f"/archive/{view}{form}" for view in VIEWS for form in ("", ".json", ".csv")),
        *(f"/archive/{name}{form}?words=평택&board=&since=" for name in QUERIES for form in ("", ".json", ".csv")),
        *(
            "/archive/posts",
            "/archive/posts/1",
            "/archive/post_versions.json",
            "/archive/attachment_texts",
            "/archive/blob_parts/1",
            "/archive.db",
        ),
        *(
            f"/archive.json?sql={quote(sql)}"
            for sql in ("select * from posts", "select text from attachment_texts_fts")
        ),
        *(f"/-/article/{post}" for post in (made.edited, made.redacted, made.unread, 999)),
        f"/-/article/{made.edited}/original/1",
        f"/-/article/{made.redacted}/original/1",
        f"/-/article/{made.redacted}/file/{digest(b'secret')}",
        f"/-/article/{made.edited}/file/{digest(b'secret')}",
    ]


def test_the_front_has_a_search_box_the_boards_and_the_newest_articles(desk: Desk) -> None:
    front = tree(desk, "/")
    assert front.css_first("form[role=search]").attributes["action"] == "/archive/search"
    assert front.css_first("input[name=words]") is not None
    assert "달빛신문 오피니언" in front.body.text()
    assert TITLE in [link.text() for link in front.css("a")]
    assert {f"/archive/{name}" for name in QUERIES if name != "search"} <= {
        link.attributes.get("href") for link in front.css("a")
    }
    assert "Newest articles" in tree(desk, "/", "en-GB,en;q=0.8,ko;q=0.5").body.text()


@pytest.mark.parametrize("words", ["평택", "평택은", "협의체", "협의체가 회의를", "강물은 평택"])
def test_korean_words_find_the_article(desk: Desk, made: Made, words: str) -> None:
    found = tree(desk, f"/archive/search?words={quote(words)}")
    links = [link.attributes["href"] for link in found.css(".desk-list a")]
    assert links == [f"/-/article/{made.edited}"]
    assert found.css_first("mark") is not None
    assert found.css_first("input[name=words]").attributes["value"] == words


@pytest.mark.parametrize("words", ["작은도 서관이", "작은도서관이문을"])
def test_words_that_stand_nowhere_as_typed_are_found_spaced_otherwise(desk: Desk, words: str) -> None:
    found = tree(desk, f"/archive/search?words={quote(words)}")
    assert [link.text() for link in found.css(".desk-list a")] == ["[칼럼] 도서관에서"]
    assert found.css(".desk-excerpt mark")


@pytest.mark.parametrize(
    "words", ["", " ", "없는말", "<script>alert(1)</script>", "가막골", "R&D", "C++", '"도서관 평택"']
)
def test_what_is_nowhere_is_not_found(desk: Desk, words: str) -> None:
    answer = desk.get(f"/archive/search?words={quote(words)}")
    assert answer.status_code == 200
    found = LexborHTMLParser(answer.text)
    assert not found.css(".desk-list, .message-error")
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("!!", "There is no word in it"),
        ("*", "There is no word in it"),
        ('"평택', "A double quote is opened"),
        ("NEAR(a b", "‘NEAR(’ 같은 검색 명령어"),
        ("title:<b>평택", "‘title:’ 같은 검색 명령어"),
        ("평택 OR 항만", "‘OR’ 같은 검색 명령어"),
        ("' OR 1=1 --", "‘OR’ 같은 검색 명령어"),
    ],
)
def test_a_search_for_no_words_gets_a_sentence(
    desk: Desk, words: str, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    for query in ("search", "search_files"):
        answer = desk.get(f"/archive/{query}?words={quote(words)}")
        assert answer.status_code == 400
        page = LexborHTMLParser(answer.text)
        assert told in page.css_first(".message-error").text()
        assert page.css_first("input[name=words]").attributes["value"] == words
        as_json = desk.get(f"/archive/{query}.json?words={quote(words)}")
        assert (as_json.status_code, told in as_json.json()["error"]) == (400, True)
        assert desk.get(f"/archive/{query}.csv?words={quote(words)}").status_code < 500
    assert capfd.readouterr().err == ""


def test_a_phrase_is_found_as_it_stands(desk: Desk, made: Made) -> None:
    together, turned = '"둘째 회의"', '"회의 둘째"'
    found = tree(desk, f"/archive/search?words={quote(together)}")
    assert [link.attributes["href"] for link in found.css(".desk-list a")] == [f"/-/article/{made.edited}"]
    assert "둘째 회의" in [mark.text() for mark in found.css("mark")]
    assert not tree(desk, f"/archive/search?words={quote(turned)}").css(".desk-list")


def test_words_in_files_are_found_too(desk: Desk, made: Made) -> None:
    found = tree(desk, f"/archive/search_files?words={quote('물동량은')}")
    links = {link.text(): link.attributes["href"] for link in found.css(".desk-list a")}
    assert links[TITLE] == f"/-/article/{made.edited}"
    assert desk.get(links[NAME] or "").content == FILE
    assert [mark.text() for mark in found.css(".desk-excerpt mark")] == ["물동량"]
    assert found.css_first("form[role=search]").attributes["action"] == "/archive/search_files"
    assert SECRET not in found.html
    assert "/archive/search_files?words=" in str(tree(desk, "/archive/search?words=a").html)


def test_the_canned_queries_as_tables(desk: Desk, made: Made) -> None:
    def read(name: str, **values: str) -> list[dict[str, str]]:
        query = "&".join(f"{key}={quote(value)}" for key, value in values.items())
        answer = desk.get(f"/archive/{name}.csv?{query}")
        assert answer.status_code == 200, answer.text
        return list(csv.DictReader(io.StringIO(answer.text)))

    assert [row["title"] for row in read("newest")] == ["[칼럼] 도서관에서", TITLE]
    assert read("newest", board="no'such") == []
    assert [row["hits"] for row in read("most_read", board="opinion", since="2021-10-24")] == ["91", "90"]
    assert read("most_read", since="2021-10-25") == []
    assert [(row["title"], row["body_changed"], row["files_changed"]) for row in read("edited")] == [(TITLE, "1", "1")]
    assert read("disappeared_posts") == []
    with open_archive(made.path, write=True) as archive:
        archive.db.execute("UPDATE posts SET state = 'gone' WHERE key = '4'")
    assert [row["title"] for row in read("disappeared_posts")] == ["[칼럼] 도서관에서"], (
        "what a run commits is seen at once"
    )


def test_no_query_stands_before_a_view() -> None:
    assert not set(QUERIES) & set(VIEWS)


def test_an_article_with_its_versions(desk: Desk, made: Made) -> None:
    page = tree(desk, f"/-/article/{made.edited}")
    assert page.css_first("h1").text() == TITLE
    assert page.css_first("title").text() == TITLE
    assert page.css_first(".desk-text").text().startswith("평택지역사회보장협의체는 둘째 회의를 열었다.\n\n<script>")
    newest, oldest = page.css(".desk-versions > li")
    assert [node.text() for node in newest.css(".desk-change:first-of-type del")] == ["첫"]
    assert [node.text() for node in newest.css(".desk-change:first-of-type ins")] == ["둘째"]
    assert NAME in newest.text()
    assert "처음 보관한 판" in oldest.text()
    points = page.css_first("polyline").attributes["points"]
    assert points is not None
    assert len(points.split()) == len(page.css("svg circle")) >= 2
    assert [node.text() for node in page.css("svg circle title")][-1].endswith("· 91")
    assert "HTTP 403" in page.css_first(".desk-files").text()
    frame = page.css_first("iframe").attributes
    assert (frame["sandbox"] or "", frame["src"]) == ("", f"/-/article/{made.edited}/original/2")
    assert "Versions" in tree(desk, f"/-/article/{made.edited}", "en").body.text()


def test_a_post_that_nobody_read(desk: Desk, made: Made) -> None:
    page = tree(desk, f"/-/article/{made.unread}")
    assert "아직 읽지 않음" in page.body.text()
    assert not page.css("iframe, .desk-versions")


def test_files_come_under_their_names_and_as_they_were(desk: Desk, made: Made) -> None:
    page = tree(desk, f"/-/article/{made.edited}")
    got = {}
    for link in page.css(".desk-files a, .desk-versions .desk-change a, .desk-pictures a"):
        answer = desk.get(link.attributes["href"] or "")
        named = read_disposition(answer.headers["content-disposition"].encode("ascii"), None)
        assert named is not None
        assert answer.headers["content-disposition"].startswith("attachment; ")
        got[answer.content] = (named[0], answer.headers["content-type"])
    assert got == {
        FILE: (NAME, "application/octet-stream"),
        OLD_FILE: (NAME, "application/octet-stream"),
        PICTURE: ("강.png", "image/png"),
    }


def test_tables_lead_to_articles_and_files(desk: Desk, made: Made) -> None:
    page = tree(desk, "/archive/attachment_files?_sort=attachment_id")
    links = {link.text(): link.attributes["href"] for link in page.css("table a")}
    assert links[TITLE] == f"/-/article/{made.edited}"
    assert desk.get(links[NAME] or "").content == FILE
    assert "명단.xlsx" not in links, "it is not held"
    for odd in ("SELECT 'x' AS title, NULL AS post_id", "SELECT 5 AS name, '<b>' AS post_id, x'00' AS blob_sha256"):
        answer = desk.get(f"/archive?sql={quote(odd)}")
        assert answer.status_code == 200
        assert "<b>" not in answer.text


@pytest.mark.parametrize("name", ["%0d%0aSet-Cookie:a=b", "other.exe", "가막골.txt"])
def test_a_name_that_is_not_the_files_own_is_not_used(desk: Desk, made: Made, name: str) -> None:
    answer = desk.get(f"/-/article/{made.edited}/file/{digest(FILE)}?name={name}")
    named = read_disposition(answer.headers["content-disposition"].encode("ascii"), None)
    assert named is not None
    assert named[0] == NAME


def test_the_original_at_rest_and_its_bytes(desk: Desk, made: Made) -> None:
    shown = desk.get(f"/-/article/{made.edited}/original/1")
    assert "강가의 하루 똠" in shown.text
    assert not re.search(r"<script|<link|http-equiv|onload|onerror|<iframe|beacon", shown.text)
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    raw = desk.get(f"/-/article/{made.edited}/original/1?bytes=1")
    assert "강가의 하루 똠".encode("cp949") in raw.content
    assert raw.headers["content-type"] == "application/octet-stream"
    assert int(raw.headers["content-length"]) == len(raw.content)
    for missing in (f"{made.edited}/original/9", f"{made.unread}/original/1", f"{10**17}/original/1"):
        assert desk.get(f"/-/article/{missing}").status_code == 404


def test_every_answer_forbids_scripts_and_the_outside(desk: Desk, made: Made) -> None:
    for path in [*pages(made), "/-/desk/desk.css", "/-/static/app.css", "/archive?sql=select+1"]:
        headers = desk.get(path).headers
        policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy.get("script-src", "'none'") == "'none'"
        assert not [source for source in " ".join(policy.values()).split() if source.startswith(("http", "*", "//"))], (
            path
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-dns-prefetch-control"] == "off"
        assert headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in headers
        if "/original/1" in path and headers.get("content-disposition") is None and "하루" in desk.get(path).text:
            assert "sandbox" in policy


def test_no_page_refers_to_the_outside_but_by_links(desk: Desk, made: Made) -> None:
    for path in pages(made):
        answer = desk.get(path)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        for node in LexborHTMLParser(answer.text).root.traverse():
            for name, value in node.attributes.items():
                outside = re.match(r"\s*(https?:)?//", value or "")
                assert not outside or (node.tag, name) in (("a", "href"), ("link", "href")), (path, node.html)
            if node.tag == "link" and "stylesheet" in (node.attributes.get("rel") or ""):
                assert (node.attributes["href"] or "").startswith("/-/")


def test_redacted_posts_stand_nowhere(desk: Desk, made: Made) -> None:
    for path in pages(made):
        answer = desk.get(path)
        assert SECRET not in answer.text, path
        assert answer.content != b"secret"
    assert desk.get(f"/-/article/{made.redacted}").status_code == 404
    for table in ("posts", "posts/1", "Posts", "post_versions", "blob_parts.json", "posts_fts", "posts_fts_data"):
        assert desk.get(f"/archive/{table}").status_code in (403, 404), table


def test_it_reads_only(desk: Desk, made: Made) -> None:
    before = made.path.read_bytes()
    for sql in ("delete from meta", "insert into meta values ('a', 'b')", "attach 'x.db' as x"):
        assert desk.get(f"/archive.json?sql={quote(sql)}").status_code == 400
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        asyncio.run(desk.datasette.databases["archive"].execute_write("DELETE FROM meta"))
    assert made.path.read_bytes() == before


def test_a_strangers_name_for_this_machine_gets_nothing(desk: Desk) -> None:
    for host in ("evil.example", "evil.example:8001", "127.0.0.1.evil.example", "", "["):
        answer = desk.get("/", host=host)
        assert (answer.status_code, TITLE in answer.text) == (403, False), host
    for host in ("localhost:8001", "127.0.0.1", "127.0.0.1:8001", "[::1]:8001"):
        assert desk.get("/", host=host).status_code == 200, host


def test_others_may_look_but_write_no_sql(made: Made) -> None:
    with open_desk(made.path, is_local=False) as desk:
        assert desk.get("/", host="desk.example").status_code == 200
        assert desk.get("/archive.json?sql=select+1").status_code == 403
        assert desk.get("/archive/newest.json").status_code == 200


def damaged(made: Made, folder: Path, content: bytes, part: int) -> tuple[Path, str]:
    """A copy of the archive in which one part of a file is spoilt, and where the desk has that file."""
    path = folder / "archive.db"
    path.write_bytes(made.path.read_bytes())
    with open_archive(path, write=True) as archive:
        sql = "UPDATE blob_parts SET data = x'00' WHERE sha256 = ? AND part = ?"
        assert archive.db.execute(sql, [digest(content), part]).rowcount == 1
    return path, f"-/article/{made.edited}/file/{digest(content)}"


@pytest.mark.parametrize(("content", "part"), [(FILE, 1), (FILE, 2), (OLD_FILE, 1)])
def test_of_a_damaged_file_nothing_is_sent(
    made: Made, tmp_path: Path, content: bytes, part: int, capfd: pytest.CaptureFixture[str]
) -> None:
    path, place = damaged(made, tmp_path, content, part)
    with open_desk(path) as desk:
        answer = desk.get(f"/{place}")
        assert answer.status_code == 500
        assert f"blobs {digest(content)}" in answer.text
    assert capfd.readouterr().err == ""


def test_a_file_that_turns_out_damaged_late_never_looks_whole(made: Made, tmp_path: Path) -> None:
    path, place = damaged(made, tmp_path, FILE, 3)
    with served(path) as address, pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"{address}{place}", trust_env=False)


def test_every_view_says_what_its_columns_mean(desk: Desk) -> None:
    for view in VIEWS:
        page = tree(desk, f"/archive/{view}")
        told = {node.text() for node in page.css("dl.column-descriptions dt")}
        assert told == set(desk.get(f"/archive/{view}.csv").text.splitlines()[0].split(",")), view
        assert page.css_first(".metadata-description") is not None
    assert "신문사" in tree(desk, "/").css_first(".desk-source").text()


def test_views_of_articles_have_a_search_box_of_datasettes_own(desk: Desk) -> None:
    found = desk.get(f"/archive/articles.json?_search={quote('협의체')}&_shape=array").json()
    assert [row["title"] for row in found] == [TITLE]
