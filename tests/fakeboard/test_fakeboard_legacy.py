"""The legacy skin against the board's truth, read by small regular expressions."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from urllib.parse import quote

import pytest

ROW = re.compile(
    r"<tr align=center height=28><td>(?P<number>.*?)</td><td width=1></td>"
    r'<td align=left>(?:&nbsp;<img [^>]*> )?<a href="(?P<href>[^"]+)">(?P<title>.*?)</a></td><td width=1></td>'
    r"<td>(?P<author>.*?)</td><td width=1></td><td>(?P<date>[\d.]{10})</td><td width=1></td><td>(?P<hits>\d+)</td></tr>"
)


def rows(page):
    return [m.groupdict() for m in ROW.finditer(page)]


def idx(href):
    return int(re.search(r"idx=(\d+)", href)[1])


def squash(text):
    return re.sub(r"\s+", "", text)


def plain(html):
    return unescape(re.sub(r"<[^>]+>", " ", html))


def article(page):
    return re.search(
        r"<tr><td height=30>작성자 : (?P<author>.*?)</td></tr>.*?<b>(?P<title>.*?)</b>.*?"
        r"word-break:break-all' valign=top>(?P<body>.*?)</td></tr>\n<tr><td height=1",
        page,
        re.S,
    )


def files(page):
    return re.findall(r"첨부파일 : <a href='([^']+)'>(.*?)</a>", page)


def test_every_list_row_tells_the_truth(start, client):
    world = start("legacy")
    truth = {post["idx"]: post for post in world.board.truth()}
    ordinary = [post for post in world.board.truth() if not post["notice"]]
    seen = []
    for page in range(1, 10):
        got = rows(client.get(f"{world.url}&page={page}").old)
        assert [row["number"] for row in got[:2]] == ["<img src=/img/board/notice.gif alt=공지>"] * 2
        seen += got[2:]
    assert [int(row["number"]) for row in seen] == list(range(88, 0, -1))
    assert [idx(row["href"]) for row in seen] == [post["idx"] for post in ordinary]
    for row in seen:
        post = truth[idx(row["href"])]
        assert unescape(row["author"]) == post["author"]
        assert row["date"].replace(".", "-") == post["date"]
        assert int(row["hits"]) == post["hits"]
        title = unescape(row["title"])
        assert title == post["title"] or post["title"].startswith(title.removesuffix("...").rstrip("\ufffd"))


def test_every_view_tells_the_truth(start, client):
    world = start("legacy")
    for post in world.board.truth():
        page = client.get(f"{world.url}&mode=view&idx={post['idx']}&page=1").old
        found = article(page)
        assert unescape(found["title"]) == post["title"]
        assert unescape(found["author"]) == post["author"]
        assert squash(plain(found["body"])) == squash(post["body"])
        links = files(page)
        assert [unescape(name) for _, name in links] == [item["name"] for item in post["files"]]
        for (href, name), item in zip(links, post["files"], strict=True):
            got = client.get(unescape(href), base=world.url)
            assert hashlib.sha256(got.body).hexdigest() == item["sha256"]
            header = got.header("Content-Disposition").encode("latin-1")
            assert header == b'attachment; filename="' + unescape(name).encode("cp949") + b'"'


def test_page_is_cp949_that_only_its_meta_declares(start, client):
    world = start("legacy")
    got = client.get(world.url)
    assert got.header("Content-Type") == "text/html"
    assert b"content=text/html; charset=euc-kr>" in got.body
    assert got.body.count(b"\r\n") == got.body.count(b"\n") > 20
    page = got.old
    assert "[오늘 2 / 전체 88]" in page and "오늘날짜: 2021년 11월 29일" in page
    assert "번호" not in page and page.count("<img src=/img/board/no.gif border=0>") == 1
    assert re.search(r"<table [^>]*>\n<form name=list>\n<tr", page)


def test_titles_are_cut_by_bytes_even_inside_a_character(start, client):
    world = start("legacy", posts=0, title_bytes=21)
    world.board.post(title="가나다라 마바사아자 차카타")
    body = client.get(world.url).body
    cut = "가나다라 마바사아자 차카타".encode("cp949")[:21]
    assert cut + b"...</a>" in body
    assert "\ufffd" in body.decode("cp949", "replace")


def test_half_characters_occur_in_the_seeded_list(start, client):
    world = start("legacy")
    pages = [client.get(f"{world.url}&page={page}").old for page in range(1, 10)]
    assert any("\ufffd..." in row["title"] for page in pages for row in rows(page))
    assert any("\ufffd..." in title for title in re.findall(r"<td>· <a [^>]+>(.*?)</a>", pages[0]))


def test_rare_syllables_and_references(start, client):
    world = start("legacy", posts=0)
    post_id = world.board.post(title="똠뷁펲 이야기", body="가운뎃점 ․ 하나 & <둘>", author="교통안전계 팀장 노다온")
    got = client.get(f"{world.url}&mode=view&idx={post_id}")
    assert b"&#8228;" in got.body and "똠뷁펲".encode("cp949") in got.body
    assert unescape(article(got.old)["body"]) == "가운뎃점 ․ 하나 & <둘>"


def test_view_has_author_first_no_date_no_hits_and_page_one_below(start, client):
    world = start("legacy")
    oldest = world.board.truth()[-1]
    page = client.get(f"{world.url}&mode=view&idx={oldest['idx']}&page=9").old
    above, _, below = page.partition("[오늘 ")
    assert above.index("작성자 : ") < above.rindex("<b>")
    assert oldest["date"].replace("-", ".") not in above
    assert above.count("<tr><td height=25>..</td></tr>") == 2
    listed = rows(below)
    assert listed[2]["number"] == "88" and oldest["idx"] not in [idx(row["href"]) for row in listed]


def test_deleted_post_is_a_script_with_status_200(start, client):
    world = start("legacy")
    gone = world.board.delete(world.board.ids()[5])
    got = client.get(f"{world.url}&mode=view&idx={gone}")
    assert got.status == 200 and "alert('삭제된 글입니다.');history.back();" in got.old
    assert "존재하지 않는 게시판" in client.get(world.url.replace("opinion", "nothing")).old


def test_page_past_the_last_is_200_without_rows(start, client):
    world = start("legacy")
    got = client.get(f"{world.url}&page=10")
    assert got.status == 200 and rows(got.old) == [] and "전체 88" in got.old


def test_every_view_raises_hits(start, client):
    world = start("legacy")
    post_id = world.board.ids()[3]
    before = world.board.find(post_id).hits
    for _ in range(3):
        client.get(f"{world.url}&mode=view&idx={post_id}")
    assert world.board.find(post_id).hits == before + 3


@pytest.mark.parametrize("group", [5, 9, 10])
def test_pager_of_links_goes_by_groups(start, client, group):
    world = start("legacy", pager="links", group=group, page_size=4)
    page = client.get(f"{world.url}&page={group + 1}").old
    assert f"<b>[{group + 1}]</b>" in page and f'&page={group}"><img src=/img/board/prev.gif' in page
    shown = [int(number) for number in re.findall(r"page=\d+\">\[(\d+)\]", page)]
    assert shown == list(range(group + 2, min(2 * group, 22) + 1))


def test_pager_of_images_has_no_text(start, client):
    page = client.get(start("legacy").url).old
    assert '<a href="?code=opinion&page=2"><img src=/img/board/p2.gif border=0></a>' in page
    assert not re.search(r">\[?2\]?</a>", page)


@pytest.mark.parametrize(
    ("pager", "sign"), [("javascript", "location.href='/bbs/list.php?code=opinion&page='+n"), ("post", "f.submit()")]
)
def test_scripted_pagers(start, client, pager, sign):
    world = start("legacy", pager=pager)
    page = client.get(world.url).old
    assert 'href="javascript:goPage(2)"' in page and sign in page
    assert rows(client.get(world.url.partition("?")[0], form="code=opinion&page=2").old)[2]["number"] == "78"


def test_rows_that_are_calls(start, client):
    world = start("legacy", link="onclick")
    page = client.get(world.url).old
    called = re.findall(r"onclick=\"view\('(\d+)'\)\"", page)
    assert len(called) == 12 and "idx=" not in page.partition("[오늘 ")[2]
    form = f"mode=view&code=opinion&idx={called[3]}&page=1"
    opened = client.get(world.url.partition("?")[0], form=form).old
    assert unescape(article(opened)["title"]) == world.board.find(int(called[3])).title


def test_equal_names_in_one_post_stay_apart(start, client):
    world = start("legacy", posts=0)
    post_id = world.board.post(files=[("사진 #1 100%.jpg", b"one"), ("사진 #1 100%.jpg", b"two")])
    links = files(client.get(f"{world.url}&mode=view&idx={post_id}").old)
    assert links[0][1] == links[1][1]
    assert quote("사진".encode("cp949")) in links[0][0]
    assert [client.get(unescape(href), base=world.url).body for href, _ in links] == [b"one", b"two"]


def test_lost_file_answers_with_a_script(start, client):
    world = start("legacy", missing_file=True)
    post = next(post for post in world.board.truth() if post["files_refused"])
    href, name = files(client.get(f"{world.url}&mode=view&idx={post['idx']}").old)[-1]
    got = client.get(unescape(href), base=world.url)
    assert name == post["files_refused"][0] == "사라진 보고서.pdf"
    assert got.status == 200 and got.header("Content-Disposition") is None and "존재하지 않습니다" in got.old


def test_images_of_bodies_are_served(start, client):
    world = start("legacy", posts=0)
    post_id = world.board.post()
    world.board.attach(post_id, "1_24.JPG", b"image", look="inline")
    page = client.get(f"{world.url}&mode=view&idx={post_id}").old
    got = client.get(re.search(r"<img src=(/upload/\S+)", page)[1], base=world.url)
    assert (got.status, got.body, got.header("Content-Type")) == (200, b"image", "image/jpeg")
    assert world.board.truth()[0]["files"] == []


def test_notices_may_stand_twice(start, client):
    world = start("legacy", notice_twice=True)
    page = client.get(world.url).old
    assert "전체 90]" in page and rows(page)[2]["number"] == "90"
    pinned = world.board.notices()[0].id
    pages = [client.get(f"{world.url}&page={n}").old for n in range(1, 10)]
    numbers = [row["number"] for page in pages for row in rows(page) if idx(row["href"]) == pinned]
    assert sorted(n.isdigit() for n in numbers) == [False] * 9 + [True]
