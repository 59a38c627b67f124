"""The rhymix skin against the board's truth, and the engine's quirks one by one."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from urllib.parse import unquote

import pytest

from scraper.fakeboard import FakeBoard, FakeSite, serve


def squash(text):
    return re.sub(r"\s+", "", text)


def plain(html):
    return unescape(re.sub(r"<[^>]+>", " ", html))


def one(pattern, html):
    found = re.findall(pattern, html, re.S)
    assert len(found) == 1, (pattern, len(found))
    return found[0]


def rows(page):
    return [
        row(html)
        for html in re.findall(
            r"<tr(?: class=\"notice\")?>.*?</tr>",
            one(r"<tbody>(.*?)</tbody>\n</table>\n</div>\n<div class=\"list_footer", page),
            re.S,
        )
    ]


def row(html):
    cells = dict(re.findall(r'<td class="(\w+)">(.*?)</td>', html, re.S))
    href, title = re.findall(r'<a href="([^"]+)">(.*?)</a>', cells["title"])[0]
    return {
        "notice": html.startswith('<tr class="notice">'),
        "number": unescape(cells.get("no") or cells.get("notice") or ""),
        "id": int(one(r"/(\d+)(?:\?|$)", href)),
        "href": href,
        "title": unescape(title),
        "author": plain(cells["author"]).strip(),
        "date": cells["time"].replace(".", "-"),
        "hits": int(cells["readNum"]),
        "icons": re.findall(r'alt="(\w+)"', cells["title"]),
    }


def file_links(page):
    return re.findall(r'<li><a href="(/index.php\?module=file[^"]+)">(.*?) <span class="fileSize">', page)


def download(client, world, href):
    first = client.get(unescape(href), base=world.url)
    assert first.status == 302
    return client.get(first.header("Location"))


def test_every_list_row_tells_the_truth(start, client):
    world = start("rhymix")
    truth = {post["idx"]: post for post in world.board.truth()}
    seen = []
    for page in range(1, 10):
        got = rows(client.get(f"{world.url}?page={page}").text)
        assert [(r["notice"], r["number"]) for r in got[:2]] == [(True, "공지")] * 2
        seen += got[2:]
    assert [r["number"] for r in seen] == [str(n) for n in range(88, 0, -1)]
    assert [r["id"] for r in seen] == [post["idx"] for post in world.board.truth() if not post["notice"]]
    for r in seen:
        post = truth[r["id"]]
        assert {name: r[name] for name in ("title", "author", "date", "hits")} == {
            name: post[name] for name in ("title", "author", "date", "hits")
        }
        assert ("secret" in r["icons"]) == post["secret"]
        assert post["secret"] or ("file" in r["icons"]) == bool(post["files"])


def test_every_view_tells_the_truth_and_every_file_comes(start, client):
    world = start("rhymix")
    for post in [post for post in world.board.truth() if not post["secret"]]:
        page = client.get(f"{world.url}/{post['idx']}").text
        read = one(r'<div class="board_read">(.*?)<div class="feedback"', page)
        assert unescape(one(r'<h1>\s*<a href="[^"]+">(.*?)</a>\s*</h1>', read)) == post["title"]
        assert one(r'<p class="time">\s*(\S+) \d\d:\d\d</p>', read).replace(".", "-") == post["date"]
        assert one(r"조회 수 : (\d+)<", read) == str(post["hits"])
        body = one(
            r'<!--BeforeDocument[^>]+><div class="document_\d+_\d+ rhymix_content xe_content">(.*?)</div><!--After',
            read,
        )
        assert squash(plain(body)) == squash(post["body"])
        links = file_links(read)
        assert [unescape(name) for _, name in links] == [item["name"] for item in post["files"]]
        for (href, _), item in zip(links, post["files"], strict=True):
            got = download(client, world, href)
            assert hashlib.sha256(got.body).hexdigest() == item["sha256"]
            assert unquote(one(r'^attachment; filename="([^"]+)"$', got.header("Content-Disposition"))) == item["name"]


def test_notices_stand_on_every_page_also_past_the_last(start, client):
    world = start("rhymix")
    page = client.get(world.url + "?page=22")
    assert page.status == 200 and [r["notice"] for r in rows(page.text)] == [True, True]
    assert "<strong>" not in one(r'<div class="pagination">(.*?)</div>', page.text)
    assert rows(client.get(world.url + "?page=abc").text)[2]["number"] == "88"


def test_pagination_is_a_window_without_a_next_link(start, client):
    world = start("rhymix", page_size=4)
    pager = one(r'<div class="pagination">(.*?)</div>', client.get(world.url + "?page=11").text)
    assert re.findall(r'page=(\d+)">\d+<', pager) == [str(n) for n in range(6, 16) if n != 11]
    assert "<strong>11</strong>" in pager and '<a href="/opinion?page=22" class="direction next">끝 페이지' in pager
    assert '<a href="/opinion" class="direction prev">' in pager and "다음" not in pager


def test_secret_post_is_403_with_its_frame(start, client):
    world = start("rhymix")
    secret = next(post for post in world.board.truth() if post["secret"])
    got = client.get(f"{world.url}/{secret['idx']}")
    assert got.status == 403 and 'class="secretForm"' in got.text and "BeforeDocument" not in got.text
    assert unescape(one(r'<h1>\s*<a href="[^"]+">(.*?)</a>\s*</h1>', got.text)) == secret["title"]
    assert world.board.find(secret["idx"]).hits == secret["hits"] and secret["body"] is None


def test_deleted_post_is_404_with_a_login_form(start, client):
    world = start("rhymix")
    gone = world.board.delete(world.board.ids()[5])
    got = client.get(f"{world.url}/{gone}")
    assert got.status == 404 and "<h1>대상을 찾을 수 없습니다.</h1>" in got.text and "message_login_form" in got.text
    assert client.get(world.url + "x").status == 404


def test_a_download_address_works_once(start, client):
    world = start("rhymix", posts=0)
    post_id = world.board.post(files=[("자료 (1).pdf", b"bytes")])
    href, _ = file_links(client.get(f"{world.url}/{post_id}").text)[0]
    location = client.get(unescape(href), base=world.url).header("Location")
    assert "act=procFileOutput" in location and len(one(r"file_key=(\w+)", location)) == 48
    assert client.get(location).body == b"bytes"
    assert client.get(location).status == 403
    assert client.get(unescape(href), base=world.url).header("Location") != location
    assert client.get(unescape(href)[:-1] + "x", base=world.url).status == 403


def test_lost_file_is_403(start, client):
    world = start("rhymix", missing_file=True)
    post = next(post for post in world.board.truth() if post["files_refused"])
    href, name = file_links(client.get(f"{world.url}/{post['idx']}").text)[-1]
    assert name == post["files_refused"][0] and client.get(unescape(href), base=world.url).status == 403


def test_images_of_bodies_are_files_too(start, client):
    world = start("rhymix", posts=0)
    post_id = world.board.post()
    for n in range(5):
        world.board.attach(post_id, f"{n}.jpg", bytes([n]), look="inline")
    page = client.get(f"{world.url}/{post_id}").text
    sources = [
        re.search(r'(?:data-src|(?<!-)src)="([^"]*files/attach[^"]*)"', tag)[1]
        for tag in re.findall(r"<img [^>]+>", page.partition("AfterDocument")[0])[1:]
    ]
    assert {source[:2] for source in sources} == {"/f", "./", "ht"}
    assert [client.get(source, base=f"{world.url}/{post_id}").body for source in sources] == [
        bytes([n]) for n in range(5)
    ]
    assert len(file_links(page)) == len(world.board.truth()[0]["files"]) == 5


def test_hits_rise_once_per_session_and_not_by_robots(start, client, stranger):
    world = start("rhymix", posts=5)
    post_id = world.board.ids()[0]
    before = world.board.find(post_id).hits
    for _ in range(3):
        client.get(f"{world.url}/{post_id}")
    stranger.get(f"{world.url}/{post_id}")
    stranger.get(f"{world.url}/{post_id}", **{"User-Agent": "sinmungo/0.1 (+https://archive.example)"})
    assert world.board.find(post_id).hits == before + 2


def test_list_below_the_view_depends_on_the_visitor(start, client, stranger):
    world = start("rhymix")
    last = world.board.ids()[-1]
    assert rows(stranger.get(f"{world.url}/{last}").text)[2]["number"] == "88"
    client.get(world.url)
    inner = rows(client.get(f"{world.url}/{last}").text)
    assert inner[-1]["number"] == "»" and inner[-1]["id"] == last


def test_other_addresses_lead_to_the_same_post(start, client):
    world = start("rhymix")
    post_id = world.board.ids()[0]
    moved = client.get(f"/{post_id}", base=world.url)
    assert moved.status == 301 and moved.header("Location") == f"{world.url}/{post_id}"
    page = client.get(f"/index.php?mid=opinion&document_srl={post_id}", base=world.url).text
    assert one(r'<link rel="canonical" href="([^"]+)"', page) == f"{world.url}/{post_id}"
    assert client.get(f"{world.url}/{post_id}/").status == 404 and client.get(world.url + "/").status == 200


@pytest.mark.parametrize(
    "columns", [("title", "author", "readNum", "time"), ("no", "readNum", "lastUpdate", "author", "title")]
)
def test_columns_are_the_admins_choice(start, client, columns):
    page = client.get(start("rhymix", columns=columns).url).text
    heads = [plain(head).strip() for head in re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", page)]
    words = {
        "no": "번호",
        "title": "제목",
        "author": "글쓴이",
        "time": "날짜",
        "readNum": "조회 수",
        "lastUpdate": "최근 수정일",
    }
    assert heads == [words[name] for name in columns]


def test_comments_and_quotations_look_like_bodies(start, client):
    world = start("rhymix", posts=0)
    post_id = world.board.post(body="첫 단락\n\n『따온 말』")
    world.board.comment(post_id, "댓글입니다")
    page = client.get(f"{world.url}/{post_id}").text
    assert page.count("rhymix_content xe_content") == 3
    assert '<a href="/opinion/1#comment" class="replyNum" title="Replies">[1]</a>' in client.get(world.url).text


def test_categories(start, client):
    world = start("rhymix", categories=("사설", "기고"))
    ids = [post.id for post in world.board.ordinary() if post.category == "기고"]
    got = rows(client.get(f"{world.url}/category/72").text)
    assert [r["id"] for r in got if not r["notice"]] == ids[:10] and got[2]["number"] == str(len(ids))
    assert '<a href="/opinion/category/72">기고</a>' in client.get(world.url).text
    assert 'class="category">기고</a>' in client.get(f"{world.url}/{ids[0]}").text


def test_global_notice_of_another_board(start, client):
    world = start("rhymix", posts=0)
    news = FakeBoard("news", "rhymix", 12, clock=world.clock, name="공지", first_id=5000)
    board = FakeBoard("opinion", "rhymix", 12, clock=world.clock, global_notice=news)
    with serve(FakeSite([board, news], clock=world.clock)) as server:
        first = rows(client.get(server.url("opinion")).text)[0]
        assert first["notice"] and first["href"] == f"/opinion/{news.notices()[0].id}"
        got = client.get(first["href"], base=server.url("opinion"))
        assert got.status == 200 and f'rel="canonical" href="{server.url("news")}/{first["id"]}"' in got.text
        other = client.get(f"{server.url('opinion')}/{news.ordinary()[0].id}")
        assert other.status == 301 and other.header("Location") == f"{server.url('news')}/{news.ordinary()[0].id}"


def test_links_may_be_escaped_twice(start, client):
    world = start("rhymix", posts=0, double_escaped=True)
    post_id = world.board.post(files=["자료.pdf"])
    assert "module=file&amp;amp;act=procFileDownload" in client.get(f"{world.url}/{post_id}").text
    assert "&amp;amp;" not in client.get(f"{start('rhymix').url}/{post_id}").text


def test_names_are_cleaned_at_upload(start):
    world = start("rhymix", posts=0)
    world.board.post(files=['<표> 100%: "끝"  /1;2.pdf'])
    assert world.board.truth()[0]["files"][0]["name"] == "(표) 100__ 끝 1,2.pdf"
