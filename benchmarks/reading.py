"""How long it takes to read a page with a stored layout, as a ratio to a bare Lexbor parse of the same bytes.

    python benchmarks/reading.py [--rounds N]

A list and an article of a gnuboard5 board and of a board that no engine knows, padded to 45 KB with the menus that real
pages carry. Reading is everything from bytes to values: charset, parse, layout. Each round times both, one after the
other; printed are the medians of the CPU time and of the ratio of each round.
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
from scraper.page.induce.article import Sample, induce_article
from scraper.page.induce.listing import induce_listing
from scraper.page.layout import find_engines
from scraper.page.listing import read_listing
from scraper.page.parts import Layout

SEEN = datetime(2026, 11, 20, 3, tzinfo=KST)
SIZE = 45_000
MENU = '<li class="gnb_2dli"><a href="/sub.php?menu={n}" class="gnb_2da">우리 동네 차림 {n}번째</a></li>\n'


def page(name: str, body: str) -> Page:
    """A page of that size: what is read in the middle of what surrounds it."""
    menu = ""
    while len((menu + body).encode()) < SIZE:
        menu += MENU.format(n=len(menu))
    half = menu.find("<li", len(menu) // 2)
    html = f"<!doctype html><html><head><meta charset=utf-8><title>{name}</title></head><body><ul>{menu[:half]}</ul>"
    html += f"{body}<ul>{menu[half:]}</ul></body></html>"
    return Page("http://board.example/bbs/board.php?bo_table=free", 200, (), html.encode(), SEEN)


def gnuboard_list() -> str:
    rows = "".join(
        f'<tr><td class="td_num2">{n}</td><td class="td_subject"><div class="bo_tit">'
        f'<a href="http://board.example/bbs/board.php?bo_table=free&amp;wr_id={n * 3}">이장단이 보낸 {n}번째 편지</a>'
        f'</div></td><td class="td_name sv_use"><span class="sv_member">문가람</span></td>'
        f'<td class="td_num">{n * 7}</td><td class="td_datetime">2026-10-{n % 28 + 1:02}</td></tr>'
        for n in range(40, 25, -1)
    )
    head = "<tr><th>번호</th><th>제목</th><th>글쓴이</th><th>조회</th><th>날짜</th></tr>"
    return (
        '<div id="bo_list"><div id="bo_list_total"><span>Total 40건</span> 1 페이지</div><div class="tbl_head01">'
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table></div></div>"
    )


def gnuboard_article() -> str:
    text = "".join(f"<p>둘째 마당 {n}: 마을버스 노선을 두고 오래 이야기했다.</p>" for n in range(40))
    return (
        '<article id="bo_v"><header><h2 id="bo_v_title"><span class="bo_v_tit">마을버스 노선</span></h2></header>'
        '<section id="bo_v_info"><strong class="sv_member">문가람</strong>'
        '<strong class="if_date">26-10-09 11:22</strong><strong>331회</strong></section>'
        f'<section id="bo_v_atc"><div id="bo_v_con">{text}</div></section></article>'
    )


def strange_list() -> str:
    rows = "".join(
        f'<tr><td>{n}</td><td><a href="view.php?no={n * 3}">이장단이 보낸 {n}번째 편지</a></td><td>문가람</td>'
        f"<td>2026-10-{n % 28 + 1:02}</td><td>{n * 7}</td></tr>"
        for n in range(40, 25, -1)
    )
    return f"<table class=t1><tr><th>번호</th><th>제목</th><th>이름</th><th>날짜</th><th>조회</th></tr>{rows}</table>"


def strange_article() -> str:
    text = "".join(f"<p>둘째 마당 {n}: 마을버스 노선을 두고 오래 이야기했다.</p>" for n in range(40))
    return (
        "<table class=v1><tr><th>제목</th><td colspan=3>마을버스 노선</td></tr><tr><th>작성자</th><td>문가람</td>"
        f"<th>작성일</th><td>2026-10-09</td></tr><tr><td colspan=4><div class=memo>{text}</div></td></tr></table>"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    known = find_engines()["gnuboard5"]
    listing, view = page("list", strange_list()), page("view", strange_article())
    drawn = induce_listing(parse(listing), SEEN)
    shown = induce_article([Sample(parse(view), None)], known.identity, SEEN)
    assert drawn is not None and shown is not None
    induced = Layout(name="induced", article=shown.part)
    cases = {
        "gnuboard5 list": (page("list", gnuboard_list()), known, read_listing),
        "gnuboard5 article": (page("view", gnuboard_article()), known, read_article),
        "induced list": (listing, drawn.layout, read_listing),
        "induced article": (view, induced, read_article),
    }
    print(f"{'':20} {'KB':>5} {'parse ms':>9} {'read ms':>9} {'ratio':>6}")
    for name, (held, layout, read) in cases.items():
        bare, whole, ratios = [], [], []
        text = held.body.decode()
        for _ in range(rounds):
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
