"""The random boards: the same seed gives the same pages, every trait occurs, and what the truth says can be read."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from scraper.fakeboard import FakeClock, FakeSite, serve
from scraper.fakeboard.exchange import Answer, Session, Visit
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.strange import Face, StrangeBoard, make_skin, odds
from scraper.fakeboard.skins.strange.address import list_target, page_value, view_target, ways
from scraper.fakeboard.skins.strange.cells import cells, columns, labelled, write_date
from scraper.fakeboard.skins.strange.face import CALLS, LINES
from scraper.fakeboard.skins.strange.links import Place
from scraper.models import Ask, Page
from scraper.page.calls import call_of, resolve
from scraper.page.document import Document, block, line, parse

START = datetime(2026, 11, 19, 18, tzinfo=UTC)
ORIGIN = "http://127.0.0.1:8000"
SEEDS = range(40)


def make_site(seed: int) -> tuple[FakeSite, StrangeBoard]:
    board = make_skin(seed).board(FakeClock(START))
    return FakeSite([board], clock=board.clock), board


def answer(site: FakeSite, method: str, target: str, form: str = "") -> Answer:
    return site.answer(site.route(Visit(method, target, {}, form, ORIGIN, Session("one"))))


def read(site: FakeSite, method: str, target: str, form: str = "") -> Document:
    found = answer(site, method, target, form)
    assert found.status == 200
    head = ((b"Content-Type", found.content_type),)
    return parse(Page(ORIGIN + target, 200, head, found.body, START))


def list_pages(site: FakeSite, board: StrangeBoard) -> list[Document]:
    """Every page of the list, as its pager asks for it."""
    count = -(-len(board.ordinary()) // board.page_size)
    method = "POST" if board.face.pager == "post" else "GET"
    targets = [("GET", list_target(board))]
    targets += [(method, list_target(board, page_value(board, page))) for page in range(2, count + 1)]
    return [read(site, *target) for target in targets]


def view(site: FakeSite, board: StrangeBoard, post: FakePost) -> Document:
    is_post = board.face.link in CALLS and board.face.call == "post_form"
    return read(site, "POST" if is_post else "GET", view_target(board, str(post.id), 1, None))


def tight(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


def plain_posts(board: StrangeBoard) -> list[FakePost]:
    return [post for post in board.posts() if not post.secret]


@cache
def faces() -> tuple[Face, ...]:
    return tuple(make_skin(seed).face for seed in range(300))


def test_every_value_of_every_trait_occurs():
    seen = defaultdict(set)
    for face in faces():
        for trait, value in face.traits().items():
            seen[trait].add(value)
    assert {trait: seen[trait] for trait in odds()} == {trait: set(values) for trait, values in odds().items()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    def pages(seed: int) -> list[bytes]:
        site, board = make_site(seed)
        targets = [list_target(board), *(view_target(board, str(post.id), 1, None) for post in board.posts()[:4])]
        return [answer(site, "POST", target).body for target in targets]

    assert all(pages(seed) == pages(seed) for seed in range(8))
    assert len({pages(seed)[0] for seed in range(30)}) == 30
    assert make_skin(7) == make_skin(7) and make_skin(7).face != make_skin(8).face


@pytest.mark.parametrize("face", faces(), ids=lambda face: str(face.seed))
def test_a_face_hides_nothing_that_its_truth_tells(face):
    board = StrangeBoard(face, FakeClock(START), 12)
    shown, has_view = set(columns(face)), {"author": face.view_author == "yes", "hits": face.view_hits == "yes"}
    for post, true in zip(board.posts(), board.truth(), strict=True):
        assert true["idx"] == post.id and true["title"] == post.title
        for name, in_view in has_view.items():
            assert (true[name] is not None) == (name in shown or (in_view and not post.secret))
        assert (true["date"] is not None) == ("date" in shown or (face.view_date != "no" and not post.secret))
        assert (true["body"] is None) == post.secret
        assert not (face.files == "none" and true["files"])
    assert "title" in shown and shown & {"author", "date"}
    if face.date == "monthday" and "date" in shown:
        assert face.view_date != "no", "the year stands nowhere"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_list_shows_every_post_once_with_its_fields(seed):
    _, board = make_site(seed)
    face, pages = board.face, list_pages(*make_site(seed))
    texts = [tight(line(page.root)) for page in pages]
    assert all(page.ended and page.charset in ("utf-8", "cp949", "euc-kr") for page in pages)
    for place, post in enumerate(board.ordinary()):
        page = place // board.page_size
        made = cells(board, post, Place("/", ORIGIN, page + 1), pinned=False)
        for name in set(made) & {"author", "date", "hits", "number"}:
            assert tight(unescape(re.sub("<[^>]+>", "", labelled(face, name, made[name])))) in texts[page], name
        start = tight(post.title)[:15]
        assert start in texts[page]


@pytest.mark.parametrize("seed", SEEDS)
def test_an_article_has_one_element_that_is_the_body(seed):
    site, board = make_site(seed)
    truth = {true["idx"]: true for true in board.truth()}
    for post in plain_posts(board)[:8]:
        page, true = view(site, board, post), truth[post.id]
        assert page.charset in ("utf-8", "cp949", "euc-kr")
        text = tight(line(page.root))
        assert tight(post.title) in (text if board.face.headline == "shown" else window(page))
        if true["body"]:
            bodies = [node for node in page.root.css("td, div, article") if tight(block(node)) == tight(true["body"])]
            assert bodies
        else:
            assert page.root.css_first("img[src^='/upload/']") is not None
        for item in true["files"]:
            assert tight(item["name"]) in text
        if board.face.view_date != "no":
            assert tight(write_date(board.face, post, board.face.view_date, board)) in text


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_leads_to_its_article(seed):
    site, board = make_site(seed)
    face, page = board.face, list_pages(site, board)[0]
    for post in [post for post in board.ordinary()[: board.page_size] if not post.secret][:3]:
        ask = opened(board, page, post)
        if ask is None:
            path = ways(face, board.slug).view_path
            assert path in page.scripts or page.root.css_first(f"form[action='{path}']") is not None
            continue
        parts = urlsplit(ask.url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        article = read(site, ask.method, target, (ask.form or b"").decode("ascii"))
        assert tight(post.title) in tight(line(article.root)) + window(article)


def window(page: Document) -> str:
    """What the window of a page is called."""
    node = page.tree.css_first("title")
    return tight(node.text()) if node is not None else ""


def opened(board: StrangeBoard, page: Document, post: FakePost) -> Ask | None:
    """What a click on the row of a post asks for; None when no reader of scripts can tell yet."""
    wanted = tight(post.title)[:15]
    for node in page.root.css("ul a, table a, div a, td[onclick], div[onclick]"):
        if not tight(line(node)).startswith(wanted) and board.face.record != "anchor":
            continue
        if wanted not in tight(line(node)):
            continue
        if board.face.link == "data":
            return None
        if board.face.link not in CALLS:
            href = node.attributes["href"]
            return Ask(urljoin(page.url, href), "article")
        call = call_of(node)
        assert call is not None and str(post.id) in call.arguments
        return resolve(page, call, "article", near=node)
    raise AssertionError(f"{post.id} has no row")


def test_hits_are_named_where_nothing_else_names_them():
    for face in faces():
        if face.record in LINES and face.list_hits == "yes":
            assert labelled(face, "hits", "62") != "62"


def test_forms_open_what_plain_addresses_do_not():
    face = next(face for face in faces() if face.link in CALLS and face.call == "post_form")
    site, board = make_site(face.seed)
    post = plain_posts(board)[0]
    target = view_target(board, str(post.id), 1, None)
    assert "잘못된 접근" in read(site, "GET", target).text
    assert post.title[:10] in unescape(read(site, "POST", target).text)


def test_secret_and_deleted_posts_are_walls():
    seed = next(face.seed for face in faces() if face.secrets == "yes" and face.call == "location")
    site, board = make_site(seed)
    secret = next(post for post in board.posts() if post.secret)
    assert "비밀글" in view(site, board, secret).text
    gone = board.find(board.post())
    board.delete(gone.id)
    assert "삭제되었거나" in view(site, board, gone).text


def test_it_is_served_like_any_other_skin(client):
    site, board = make_site(11)
    with serve(site) as server:
        reply = client.get(server.url(board.slug))
        assert reply.status == 200 and server.log[-1].kind == "listing"
        assert client.get("/nowhere", base=server.origin).status == 404


@pytest.mark.parametrize("name", ["strange", "strange:x", "nobody", "legacy:3"])
def test_the_command_line_refuses_what_is_no_skin(name):
    done = subprocess.run(
        [sys.executable, "-m", "scraper.fakeboard", name], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 2 and "invalid" in done.stderr
