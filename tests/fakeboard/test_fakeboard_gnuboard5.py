"""The gnuboard5 skin against the board's truth, and the engine's quirks one by one."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

ALERT = "<title>오류안내 페이지 | 솔내바람신문</title>"


def squash(text):
    return re.sub(r"\s+", "", text)


def plain(html):
    return unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ")


def one(pattern, html):
    found = re.findall(pattern, html, re.S)
    assert len(found) == 1, (pattern, len(found))
    return found[0]


def rows(page):
    table = one(r"<tbody>(.*?)</tbody>", page)
    return [row(html) for html in re.findall(r"<tr class=.*?</tr>", table, re.S)]


def row(html):
    cells = dict(re.findall(r'<td class="(td_num2|td_subject|td_name|td_datetime)[^>]*>(.*?)</td>', html, re.S))
    title = one(r'<div class="bo_tit">\s*<a href="[^"]+">(.*?)</a>', html)
    return {
        "notice": 'class="bo_notice' in html,
        "number": plain(cells["td_num2"]).strip(),
        "id": int(one(r'<div class="bo_tit">\s*<a href="[^"]+wr_id=(\d+)', html)),
        "title": plain(title).strip(),
        "author": unescape(re.search(r'class="sv_(?:guest|member)"[^>]*>(.*?)</', html)[1]).strip(),
        "hits": int(re.findall(r'<td class="td_num">(\d+)</td>', html)[0]),
        "date": cells["td_datetime"],
        "lock": "fa-lock" in html,
        "reply": 'alt="답변글"' in html,
    }


def pages(world, client, count):
    return [rows(client.get(f"{world.url}&page={page}").text) for page in range(1, count + 1)]


def test_every_list_row_tells_the_truth(start, client):
    world = start("gnuboard5")
    truth = {post["idx"]: post for post in world.board.truth()}
    got = pages(world, client, 9)
    assert [len(page) for page in got] == [10] * 9
    assert [r["notice"] for r in got[0]] == [True] * 2 + [False] * 8 and not any(
        r["notice"] for p in got[1:] for r in p
    )
    seen = [r for page in got for r in page]
    assert [r["number"] for r in seen] == ["공지"] * 2 + [str(n) for n in range(88, 0, -1)]
    assert [r["id"] for r in seen[2:]] == [post["idx"] for post in world.board.truth() if not post["notice"]]
    assert sum(r["lock"] for r in seen) == 2 and any(r["reply"] for r in seen)
    for r in seen:
        post = truth[r["id"]]
        assert r["author"] == post["author"] and r["hits"] == post["hits"] and r["lock"] == post["secret"]
        assert r["title"] == (post["title"] if len(post["title"]) <= 60 else post["title"][:60] + "…")
        today = post["date"] == "2021-11-29"
        assert re.fullmatch(r"\d\d:\d\d" if today else post["date"][5:], r["date"])


def test_every_view_tells_the_truth_and_every_file_comes(start, client):
    world = start("gnuboard5")
    for post in [post for post in world.board.truth() if not post["secret"]]:
        got = client.get(f"{world.url}&wr_id={post['idx']}")
        page = got.text
        assert unescape(one(r"<title>(.*?) > 오피니언 \| 솔내바람신문</title>", page)) == post["title"]
        assert one(r"</i> ([\d,]+)회", page).replace(",", "") == str(post["hits"])
        assert "20" + one(r'class="if_date">.*?</i> (\S+) \d\d:\d\d</strong>', page) == post["date"]
        assert squash(
            plain(one(r'<div id="bo_v_con">(.*?)</div>\n(?:<div id="bo_v_act">|</section>)', page))
        ) == squash(post["body"])
        links = re.findall(r'<a href="([^"]+)" class="view_file_download">\s*<strong>(.*?)</strong>', page)
        assert [name.replace("\\'", "'") for _, name in links] == [item["name"] for item in post["files"]]
        for (href, _), item in zip(links, post["files"], strict=True):
            answer = client.get(unescape(href))
            assert hashlib.sha256(answer.body).hexdigest() == item["sha256"]
            assert answer.header("Content-Type") == "file/unknown"
            named = one(r'^attachment; filename="([^"]+)"$', answer.header("Content-Disposition"))
            assert named.isascii() and unquote(named) == item["name"]


def test_secret_post_leads_to_a_password_page(start, client):
    world = start("gnuboard5")
    secret = next(post for post in world.board.truth() if post["secret"])
    assert secret["body"] is None and secret["files"] == []
    got = client.get(f"{world.url}&wr_id={secret['idx']}")
    assert got.status == 302 and "/bbs/password.php?w=s&bo_table=opinion" in got.header("Location")
    assert "비밀글 기능으로 보호된 글입니다." in client.get(got.header("Location")).text


def test_walls_are_status_200_alerts(start, client):
    world = start("gnuboard5")
    gone = world.board.delete(world.board.ids()[4])
    page = client.get(f"{world.url}&wr_id={gone}")
    assert page.status == 200 and ALERT in page.text and "글이 존재하지 않습니다." in page.text
    other = client.get(world.url.replace("opinion", "nothing"))
    assert other.status == 200 and "존재하지 않는 게시판입니다." in other.text


def test_page_past_the_last_offers_the_previous_block(start, client):
    page = client.get(start("gnuboard5").url + "&page=99").text
    assert 'class="empty_table">게시물이 없습니다.' in page and "Total 90건" in page
    assert one(r'<a href="[^"]+page=(\d+)" class="pg_page pg_prev">이전</a>', page) == "90"
    assert rows(client.get(start("gnuboard5").url + "&page=-3").text)[0]["notice"]


def test_pager_goes_by_blocks_of_ten(start, client):
    world = start("gnuboard5", page_size=4)
    page = client.get(world.url + "&page=10").text
    assert one(r'page=(\d+)" class="pg_page pg_next">다음', page) == "11"
    assert one(r'page=(\d+)" class="pg_page pg_end">맨끝', page) == "23"
    assert one(r'<strong class="pg_current">(\d+)</strong>', page) == "10"
    assert "pg_wrap" not in client.get(start("gnuboard5", posts=3).url).text


def test_download_needs_the_session_that_opened_the_view(start, client, stranger):
    world = start("gnuboard5", posts=0)
    post_id = world.board.post(files=[("자료.pdf", b"bytes")])
    url = f"{world.url}&wr_id={post_id}"
    href = unescape(one(r'<a href="([^"]+)" class="view_file_download">', client.get(url).text))
    assert re.search(r"&nonce=[0-9a-f]+\|\d+\|[0-9a-f]+$", href)
    refused = stranger.get(href, Referer=url)
    assert (
        refused.status == 200 and "잘못된 접근입니다." in refused.text and refused.header("Content-Disposition") is None
    )
    assert "토큰" in client.get(href.partition("&nonce=")[0]).text
    assert client.get(href).body == b"bytes"
    world.clock.advance(timedelta(hours=3))
    assert "토큰" in client.get(href).text
    again = unescape(one(r'<a href="([^"]+)" class="view_file_download">', client.get(url).text))
    assert again != href and client.get(again).body == b"bytes"


def test_hits_rise_once_per_session(start, client, stranger):
    world = start("gnuboard5")
    post_id = next(post["idx"] for post in world.board.truth() if not post["secret"])
    before = world.board.find(post_id).hits
    for _ in range(3):
        client.get(f"{world.url}&wr_id={post_id}")
    assert world.board.find(post_id).hits == before + 1
    for _ in range(3):
        stranger.get(f"{world.url}&wr_id={post_id}")
    assert world.board.find(post_id).hits == before + 4


def test_comments_take_ids_and_lead_to_their_post(start, client):
    world = start("gnuboard5", posts=0)
    first = world.board.post()
    world.board.comment(first, "좋은 글 & 말씀")
    second = world.board.post()
    assert second == first + 2
    got = client.get(f"{world.url}&wr_id={first + 1}")
    assert got.status == 302 and got.header("Location").endswith(f"wr_id={first}#c_{first + 1}")
    assert f'<article id="c_{first + 1}">' in client.get(f"{world.url}&wr_id={first}").text
    assert '<span class="cnt_cmt">1</span>' in client.get(world.url).text


def test_view_title_is_cut_after_escaping(start, client):
    world = start("gnuboard5", posts=0)
    title = "가" * 66 + '"나다라"'
    post_id = world.board.post(title=title)
    page = client.get(f"{world.url}&wr_id={post_id}").text
    assert one(r'<span class="bo_v_tit">\s*(.*?)</span>', page) == "가" * 66 + "&quo…"
    assert f"<title>{'가' * 66}&quot;나다라&quot; > " in page
    assert rows(client.get(world.url).text)[0]["title"] == "가" * 60 + "…"


def test_author_menu_stands_twice(start, client):
    page = client.get(start("gnuboard5").url).text
    assert page.count("<noscript") == 10 and page.count('<span class="sv">') == 20
    flat = client.get(start("gnuboard5", side_view=False).url).text
    assert "sv_wrap" not in flat and len(re.findall(r'<span class="sv_(?:guest|member)">', flat)) == 10


def test_attached_images_stand_above_the_body_only(start, client):
    world = start("gnuboard5", posts=0)
    post_id = world.board.post()
    world.board.attach(post_id, "1.JPG", b"image", look="inline")
    world.board.attach(post_id, "둘.pdf", b"file")
    page = client.get(f"{world.url}&wr_id={post_id}").text
    source = one(r'class="view_image"><img src="([^"]+)"', page)
    assert page.index(source) < page.index('id="bo_v_con"') and client.get(source).body == b"image"
    assert re.findall(r"&amp;no=(\d+)", page) == ["1"]
    assert [item["name"] for item in world.board.truth()[0]["files"]] == ["둘.pdf"]


def test_category_lists_number_anew_and_know_no_notice(start, client):
    world = start("gnuboard5")
    notice = world.board.notices()[0]
    ids = [post.id for post in world.board.posts() if post.category == notice.category]
    page = client.get(one_category_link(client.get(world.url).text, notice.category)).text
    first = rows(page)
    assert f"Total {len(ids)}건" in page and first[0]["number"] == str(len(ids))
    assert [r["id"] for r in first] == ids[:10] and not any(r["notice"] for r in first)


def one_category_link(page, category):
    return unescape(one(rf'<li><a href="([^"]+)">{category}</a></li>', page))


def test_replies_stand_under_their_parent(start, client):
    world = start("gnuboard5")
    old = next(post for post in world.board.posts()[40:] if post.parent is None and not post.notice)
    reply = world.board.post(reply_to=old.id)
    ids = world.board.ids()
    assert ids[ids.index(old.id) + 1] != ids[0] and ids.index(reply) > 40
    listed = [r for page in pages(world, client, 10) for r in page]
    place = next(n for n, r in enumerate(listed) if r["id"] == reply)
    assert listed[place]["reply"]


def test_a_lost_file_is_an_alert(start, client):
    world = start("gnuboard5", missing_file=True)
    post = next(post for post in world.board.truth() if post["files_refused"])
    page = client.get(f"{world.url}&wr_id={post['idx']}").text
    href = unescape(re.findall(r'<a href="([^"]+)" class="view_file_download">', page)[-1])
    got = client.get(href)
    assert got.status == 200 and ALERT in got.text and "파일이 존재하지 않습니다." in got.text


def test_names_are_slashed_on_the_page(start, client):
    world = start("gnuboard5", posts=0)
    post_id = world.board.post(files=[("기자's A&B.pdf", b"x")])
    assert "<strong>기자\\'s A&B.pdf</strong>" in client.get(f"{world.url}&wr_id={post_id}").text


def test_list_below_the_view_says_what_is_read(start, client):
    world = start("gnuboard5", list_under_view=True)
    post_id = next(post["idx"] for post in world.board.truth() if not post["notice"] and not post["secret"])
    page = client.get(f"{world.url}&wr_id={post_id}").text
    assert 'id="bo_v"' in page and 'id="bo_list"' in page and "bo_v_nb" not in page
    assert next(r for r in rows(page) if r["id"] == post_id)["number"] == "열람중"
    assert "bo_v_nb" in client.get(f"{start('gnuboard5').url}&wr_id={post_id}").text


def test_votes_are_two_more_columns(start, client):
    page = client.get(start("gnuboard5", votes=True).url).text
    heads = [plain(head).strip() for head in re.findall(r'<th scope="col">(.*?)</th>', page)]
    assert heads == ["번호", "제목", "글쓴이", "조회", "추천", "비추천", "날짜"]
    assert page.count('<td class="td_num">') == 30


def test_old_variant_has_date_before_hits_and_files_above_the_body(start, client):
    world = start("gnuboard5", variant="5.2")
    page = client.get(world.url).text
    heads = [plain(head).strip() for head in re.findall(r'<th scope="col">(.*?)</th>', page)]
    assert heads == ["번호", "제목", "글쓴이", "날짜", "조회"]
    assert '<td class="td_date">' in page and "td_datetime" not in page and "bo_tit" not in page
    post_id = world.board.post(title="표제 [12]", category="사설", files=[("자료.pdf", b"old")])
    world.board.comment(post_id)
    page = client.get(world.url).text
    link = one(rf'<a href="[^"]+wr_id={post_id}">(.*?)</a>', page)
    assert plain(link).split() == ["표제", "[12]", "댓글", "1", "개"]
    view = client.get(f"{world.url}&wr_id={post_id}").text
    assert plain(one(r'<h1 id="bo_v_title">(.*?)</h1>', view)).strip() == "사설 | 표제 [12]"
    assert view.index('id="bo_v_file"') < view.index('id="bo_v_con"') and "nonce" not in view
    href = unescape(one(r'<a href="([^"]+)" class="view_file_download">', view))
    assert client.get(href).body == b"old"


def test_notices_overflow_to_page_two(start, client):
    world = start("gnuboard5", posts=0)
    for n in range(30):
        world.board.post(notice=n < 12)
    got = pages(world, client, 3)
    assert [sum(r["notice"] for r in page) for page in got] == [10, 2, 0]
    assert [r["number"] for page in got for r in page if not r["notice"]] == [str(n) for n in range(18, 0, -1)]
