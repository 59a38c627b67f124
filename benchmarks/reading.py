"""How long it takes to read a page with a stored layout, as a ratio to a bare Lexbor parse of the same bytes.

    python benchmarks/reading.py [--rounds N]

A list with its pager and an article with a file, of a gnuboard5 board and of a board that no engine knows, padded to
45 KB with the menus that real pages carry. Reading is everything from bytes to values: charset, parse, layout. Each
round has a page of its own (other posts, words and dates: nothing is remembered from the round before) and times both,
one after the other; printed are the medians of the CPU time and of the ratio of each round.
"""

from __future__ import annotations

import argparse
import time
from datetime import datetime
from statistics import median

from selectolax.lexbor import LexborHTMLParser

from scraper.models import KST, Page
from scraper.page.article import read_article
from scraper.page.document import parse
from scraper.page.induce.articles.article import Sample, induce_article
from scraper.page.induce.lists.listing import induce_listing
from scraper.page.induce.lists.paging import with_pager_named
from scraper.page.layout import find_engines
from scraper.page.listing import read_listing
from scraper.page.parts import Layout

SEEN = datetime(2026, 11, 20, 3, tzinfo=KST)
SIZE = 45_000
URL = "http://board.example/bbs/board.php?bo_table=free"
MENU = '<li class="gnb_2dli"><a href="/sub.php?menu={n}" class="gnb_2da">우리 동네 차림 {n}번째</a></li>\n'
PAGES = 10


def page(name: str, body: str) -> Page:
    """A page of that size: what is read in the middle of what surrounds it."""
    menu = ""
    while len((menu + body).encode()) < SIZE:
        menu += MENU.format(n=len(menu))
    half = menu.find("<li", len(menu) // 2)
    html = f"<!doctype html><html><head><meta charset=utf-8><title>{name}</title></head><body><ul>{menu[:half]}</ul>"
    html += f"{body}<ul>{menu[half:]}</ul></body></html>"
    return Page(URL, 200, (), html.encode(), SEEN)


def posts(turn: int) -> range:
    """The numbers of the posts on the page of that round."""
    return range(40 + 15 * turn, 25 + 15 * turn, -1)


def day(post: int) -> str:
    return f"20{post // 336 % 20:02}-{post // 28 % 12 + 1:02}-{post % 28 + 1:02}"


def gnuboard_list(turn: int) -> str:
    rows = "".join(
        f'<tr><td class="td_num2">{n}</td><td class="td_subject"><div class="bo_tit">'
        f'<a href="http://board.example/bbs/board.php?bo_table=free&amp;wr_id={n * 3}">이장단이 보낸 {n}번째 편지</a>'
        f'</div></td><td class="td_name sv_use"><span class="sv_member">문가람{n}</span></td>'
        f'<td class="td_num">{n * 7}</td><td class="td_datetime">{day(n)}</td></tr>'
        for n in posts(turn)
    )
    head = "<tr><th>번호</th><th>제목</th><th>글쓴이</th><th>조회</th><th>날짜</th></tr>"
    links = "".join(
        f'<a href="{URL.replace("&", "&amp;")}&amp;page={n}" class="pg_page">{n}</a>' for n in range(2, PAGES)
    )
    return (
        f'<div id="bo_list"><div id="bo_list_total"><span>Total {posts(turn)[0]}건</span> 1 페이지</div>'
        f'<div class="tbl_head01"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div></div>'
        f'<nav class="pg_wrap"><span class="pg"><strong class="pg_current">1</strong>{links}'
        f'<a href="{URL}&amp;page=90" class="pg_page pg_end">맨끝</a></span></nav>'
    )


def paragraphs(turn: int) -> str:
    return "".join(f"<p>둘째 마당 {turn + n}: 마을버스 노선을 두고 오래 이야기했다.</p>" for n in range(40))


def gnuboard_article(turn: int) -> str:
    return (
        '<article id="bo_v"><header><h2 id="bo_v_title">'
        f'<span class="bo_v_tit">마을버스 {turn}호 노선</span></h2></header>'
        f'<section id="bo_v_info"><strong class="sv_member">문가람{turn}</strong>'
        f'<strong class="if_date">{day(turn)[2:]} 11:22</strong><strong>{turn + 331}회</strong></section>'
        f'<section id="bo_v_atc"><div id="bo_v_con">{paragraphs(turn)}</div></section><section id="bo_v_file"><ul><li>'
        f'<a href="/bbs/download.php?bo_table=free&amp;no={turn}" class="view_file_download"><strong>노선도 {turn}.hwp'
        "</strong> (27.5K)</a></li></ul></section></article>"
    )


def strange_list(turn: int) -> str:
    rows = "".join(
        f'<tr><td>{n}</td><td><a href="view.php?no={n * 3}">이장단이 보낸 {n}번째 편지</a></td><td>문가람{n}</td>'
        f"<td>{day(n)}</td><td>{n * 7}</td></tr>"
        for n in posts(turn)
    )
    links = "".join(f'<a href="list.php?page={n}">[{n}]</a>' for n in range(2, PAGES))
    return (
        f"<table class=t1><tr><th>번호</th><th>제목</th><th>이름</th><th>날짜</th><th>조회</th></tr>{rows}</table>"
        f'<p class=nums><b>[1]</b>{links}<a href="list.php?page={PAGES}">다음</a></p>'
    )


def strange_article(turn: int) -> str:
    return (
        f"<table class=v1><tr><th>제목</th><td colspan=3>마을버스 {turn}호 노선</td></tr><tr><th>작성자</th>"
        f"<td>문가람{turn}</td><th>작성일</th><td>{day(turn)}</td></tr><tr><th>첨부파일</th><td colspan=3>"
        f'<a href="down.php?no={turn}">노선도 {turn}.hwp</a></td></tr>'
        f"<tr><td colspan=4><div class=memo>{paragraphs(turn)}</div></td></tr></table>"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    known = find_engines()["gnuboard5"]
    listing, view = page("list", strange_list(0)), page("view", strange_article(0))
    drawn = induce_listing(parse(listing), SEEN)
    shown = induce_article([Sample(parse(view), None)], known.identity, SEEN)
    assert drawn is not None and shown is not None
    stored = with_pager_named(drawn.layout, [parse(page("list", strange_list(turn))) for turn in range(2)], SEEN)
    induced = Layout(name="induced", article=shown.part)
    cases = {
        "gnuboard5 list": (gnuboard_list, known, read_listing),
        "gnuboard5 article": (gnuboard_article, known, read_article),
        "induced list": (strange_list, stored, read_listing),
        "induced article": (strange_article, induced, read_article),
    }
    print(f"{'':20} {'KB':>5} {'parse ms':>9} {'read ms':>9} {'ratio':>6}")
    for name, (body, layout, read) in cases.items():
        bare, whole, ratios = [], [], []
        for turn in range(rounds):
            held = page(name, body(turn))
            text = held.body.decode()
            start = time.process_time()
            LexborHTMLParser(text)
            middle = time.process_time()
            read(parse(held), layout, SEEN)
            end = time.process_time()
            bare.append(middle - start)
            whole.append(end - middle)
            ratios.append((end - middle) / max(middle - start, 1e-9))
        kb = len(held.body) / 1000
        print(f"{name:20} {kb:5.0f} {median(bare) * 1e3:9.2f} {median(whole) * 1e3:9.2f} {median(ratios):6.2f}")


if __name__ == "__main__":
    main()
