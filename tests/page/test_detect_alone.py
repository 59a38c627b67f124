"""What one page is where two readings are near: a list or a post above it, titles with or without marks."""

from __future__ import annotations

import pytest
from page_documents import SEEN, document

from scraper.page.detect import detect
from scraper.page.induce.lists.columns import told_columns
from scraper.page.layout import find_engines, load_layout
from scraper.page.toml import layout_toml

PROSE = "들녘에 물이 들면 마을 사람들은 논둑에 모인다. 올해는 비가 잦아 모내기가 늦었다. " * 6
VIEW = "http://board.example/bbs/read/43?page=1"


def rows(first: int, last: int, mark: str = "") -> str:
    return "".join(
        f'<tr><td>{at}</td><td><a href="/bbs/read/{at}">{at}번째 이야기{mark}</a></td><td>한누리</td>'
        f"<td>2021.10.{at}</td><td>{at * 7}</td></tr>"
        for at in range(first, last, -1)
    )


def test_marks_inside_the_links_of_a_board_without_names_are_no_part_of_its_titles() -> None:
    listed = rows(28, 24, " <b>N</b>") + rows(24, 20)
    page = document(
        f"<html><body><div>[오늘 2 / 전체 20]</div><table>{listed}</table></body></html>".replace("/bbs/read/", "v?no=")
    )
    found = detect(page, find_engines().values(), SEEN)
    assert found.layout is not None and found.layout.name == "legacy" and found.listing is not None
    assert [row.title for row in found.listing.rows] == [f"{at}번째 이야기" for at in range(28, 20, -1)]


def test_marks_inside_the_links_of_a_board_that_an_engine_reads_are_no_part_of_its_titles() -> None:
    listed = (rows(28, 24, " <span>[4]</span>") + rows(24, 20)).replace("/bbs/read/", "view.do?nttId=")
    head = "<thead><tr><th>번호</th><th>제목</th><th>작성자</th><th>등록일</th><th>조회</th></tr></thead>"
    page = document(f"<html><body><table>{head}<tbody>{listed}</tbody></table></body></html>")
    found = detect(page, find_engines().values(), SEEN)
    assert found.layout is not None and found.layout.name == "egov" and found.listing is not None
    assert [row.title for row in found.listing.rows] == [f"{at}번째 이야기" for at in range(28, 20, -1)]


def test_a_clicked_cell_gives_its_title_without_the_badge_before_it() -> None:
    cells = "".join(
        f"<tr><td></td><td onclick=\"go('{at}')\">{'[공지] ' if at > 26 else ''}<span>{at}번째 이야기</span></td>"
        f"<td>한누리</td><td>2021.10.{at}</td></tr>"
        for at in range(28, 20, -1)
    )
    page = document(f"<html><body><div>[오늘 2 / 전체 20]</div><table>{cells}</table></body></html>")
    listing = detect(page, find_engines().values(), SEEN).listing
    assert listing is not None and listing.rows[0].title == "28번째 이야기" and listing.rows[0].is_notice


def test_a_page_addressed_as_its_rows_are_shows_a_post() -> None:
    post = f"<h3 class=subject>43번째 이야기</h3><div>{PROSE}</div><p>.</p>"
    page = f"<html><body>{post}<table>{rows(28, 20)}</table></body></html>"
    assert detect(document(page, VIEW), (), SEEN).kind == "article"
    assert detect(document(page, "http://board.example/bbs/list?page=1"), (), SEEN).kind == "listing"


def test_one_thing_like_a_row_is_no_list_beside_a_text() -> None:
    row = '<li><a href="/v?no=7">짧은 덧글</a> <span>2021.10.24</span> <em>한누리</em></li><li><a href="#">더</a></li>'
    page = document(f"<html><body><h3 class=subject>43번째 이야기</h3><div>{PROSE}</div><ul>{row}</ul></body></html>")
    assert detect(page, (), SEEN).kind == "article"


def test_a_page_that_leads_to_its_neighbours_shows_a_post_though_little_says_which() -> None:
    page = document(
        "<html><body><table><tr><td>한누리</td></tr><tr><td class=news_title><b>논둑에 서서</b></td></tr><tr><td>"
        "<div>비가 잦아 모내기가 늦었다. 마을 사람들은 논둑에 모여 앉아 오래 말을 나누었다.</div></td></tr></table>"
        "<div><b>이전글</b> <a href=/v?no=8>앞서 쓴 글</a></div></body></html>"
    )
    article = detect(page, (), SEEN).article
    assert article is not None and article.title == "논둑에 서서"


def test_a_column_of_the_posts_own_keys_is_their_number() -> None:
    cells = [[key, f"글 {key}", "2021.10.24"] for key in ("47", "46", "49", "44", "43")]
    keys = [row[0] for row in cells]
    assert told_columns(cells, [1] * 5, {}, SEEN, keys)[0][0] == "number"
    assert told_columns(cells, [1] * 5, {}, SEEN)[0][0] == "hits"


def test_counts_told_by_their_place_alone_are_doubted_where_hits_fall_as_ranks_do() -> None:
    def listed(first: list[int], last: list[int]) -> float:
        cells = "".join(
            f"<tr><td>{a}</td><td><a href='v?no={90 - b}'>들녘 이야기 {a}</a></td><td>2021.10.24</td><td>{b}</td></tr>"
            for a, b in zip(first, last, strict=True)
        )
        page = document(f"<html><body><div>[오늘 2 / 전체 20]</div><table>{cells}</table></body></html>")
        found = detect(page, [find_engines()["legacy"]], SEEN)
        return found.confidence if found.layout is not None and found.layout.name == "legacy" else 0.0

    ranks, readers = [25, 24, 23, 22, 21], [77, 19, 240, 44, 31]
    assert listed(ranks, readers) >= 0.8 > listed(readers, ranks)


def test_an_engine_that_takes_the_line_of_files_for_the_title_is_not_believed() -> None:
    page = document(
        "<html><body><div>[오늘 2 / 전체 20]</div><table><tr><td><b>논둑에 서서 본 저녁</b></td></tr>"
        "<tr><td>필자 : 한누리</td></tr><tr><td>첨부파일 : <a href='/down?no=3'>논둑.hwp</a></td></tr>"
        f"<tr><td>{PROSE}</td></tr></table></body></html>"
    )
    found = detect(page, find_engines().values(), SEEN)
    assert found.article is not None and found.article.title == "논둑에 서서 본 저녁"


def test_the_second_rows_of_a_list_below_are_no_titles_of_the_post_above_it() -> None:
    heads = (
        "<thead><tr><th rowspan=2>번호</th><th colspan=3>제목</th></tr>"
        "<tr><th>글쓴이</th><th>날짜</th><th>조회</th></tr></thead>"
    )
    listed = "".join(
        f"<tr><td rowspan=2>{at}</td><td colspan=3><a href='/bbs/read/{at}'>{at}번째 저녁 이야기</a></td></tr>"
        f"<tr><td>{name}</td><td>2021.10.{at}</td><td>{at * 7}</td></tr>"
        for at, name in zip(range(28, 20, -1), ("한누리", "오라온(독자)", "소방위 서미르", "남은솔") * 2, strict=True)
    )
    page = document(
        "<html><head><title>논둑에 서서 본 저녁 - 솔내신문</title></head><body><div>"
        "<p>유미르 | 2021-10-20 | 조회 60</p>"
        f"<div><img src='/up/29.jpg' alt=''></div></div><table>{heads}{listed}</table></body></html>",
        "http://board.example/bbs/read/20",
    )
    article = detect(page, (), SEEN).article
    assert article is not None and article.title == "논둑에 서서 본 저녁"
    assert (article.author, article.hits, article.body_text) == ("유미르", 60, None)


def test_persons_who_answer_are_no_rows_of_a_list() -> None:
    answers = "".join(
        f'<div class=item><article><h3><a href="/u/{name}"><span class=username>{name}</span></a></h3>'
        f"<time>2022. 04. {day}</time><p>저희는 5월 15일이 넘어서 밖에 냅니다. 서두를 것 없어요.</p></article></div>"
        for name, day in (("새내기", 19), ("산골아재", 19), ("고랭지", 20))
    )
    page = document(f"<html><body><h2>모종은 언제 내시나요?</h2><div class=stream>{answers}</div></body></html>")
    found = detect(page, (), SEEN)
    assert found.listing is None


def test_a_box_of_links_to_posts_beside_this_one_ends_its_text() -> None:
    told = "".join(f"<p>{PROSE}</p>" for _ in range(3))
    more = '<li><a href="/p/7">나루의 옛 사진</a></li><li><a href="/p/6">장날 국수집</a></li>'
    page = (
        f"<html><body><div><h1>두물머리에 걷는 길</h1><p>글 여울목 · 2022년 10월 3일</p>{told}"
        f"<h5>이런 글도 있어요</h5><ul>{more}</ul></div></body></html>"
    )
    article = detect(document(page, "http://board.example/p/8"), (), SEEN).article
    assert article is not None and article.body_text is not None
    assert article.body_text.count("논둑에 모인다") == 18 and "국수집" not in article.body_text
    assert "이런 글도" not in article.body_text


def test_a_telephone_number_that_can_be_called_is_part_of_a_text() -> None:
    lines = "".join(f"<div>{text}</div>" for text in ("매주 화요일, 목요일", "저녁 6시부터 9시까지", "가정의학과"))
    call = '<div><a href="tel:0000000119">☎ 000-000-0119</a></div>'
    beside = "<li><a href=/n/1><b>이전글</b> 공사</a></li><li><a href=/n/3><b>다음글</b> 강좌</a></li>"
    page = document(
        "<html><body><h3>야간 진료 안내</h3><ul><li><b>등록일</b>2023-02-27</li><li><b>조회수</b>60</li></ul>"
        f"<div class=bbs-cont>{lines}{call}</div><ul>{beside}</ul><a href=/n>목록보기</a></body></html>",
        "http://board.example/n/2",
    )
    article = detect(page, (), SEEN).article
    assert article is not None and (article.body_text or "").endswith("000-000-0119")


def test_files_behind_a_title_are_no_box_that_it_heads() -> None:
    files = "<br>".join(f'<a href="/up/{at}.jpg">현장 사진 {at}.jpg</a>' for at in range(3))
    page = document(
        "<html><body><table><tr><td>2021.10.03</td></tr>"
        "<tr><td class=view_title><b>[칼럼] 방앗간의 하루</b></td></tr>"
        f"<tr><td>파일첨부 : {files}</td></tr><tr><td><div>{PROSE[:90]}</div></td></tr></table>"
        f"<p>이전글 <a href=/bbs/read/2>앞의 글</a></p><table>{rows(28, 20)}</table></body></html>",
        "http://board.example/bbs/read/3",
    )
    article = detect(page, (), SEEN).article
    assert article is not None and article.title == "[칼럼] 방앗간의 하루"


def test_a_link_to_what_its_owner_wrote_names_the_writer_and_one_to_a_category_does_not() -> None:
    links = '<a href="/author/cheoma">처마지기들</a> | <a href="/c/food" rel="category">밥상</a>'
    told = f"2016년 7월 5일, {links} | 댓글 2개"
    page = document(f"<html><body><h2>국수 삶는 날</h2><p>{told}</p><div>{PROSE}</div><p>목록</p></body></html>")
    article = detect(page, (), SEEN).article
    assert article is not None and article.author == "처마지기들"


def test_how_a_question_stands_is_no_part_of_its_title() -> None:
    page = document(
        "<html><body><p class=q_tit><span class=st>답변완료</span> 수영 강좌 결제 문의</p>"
        f"<p>문** <span>2021-06-14</span> <span>조회 39</span></p><div>{PROSE}</div><p>목록</p></body></html>"
    )
    article = detect(page, (), SEEN).article
    assert article is not None and article.title == "수영 강좌 결제 문의"


def test_a_list_under_the_address_of_a_post_is_doubted() -> None:
    heads = "<tr><th>번호</th><th>제목</th><th>글쓴이</th><th>날짜</th><th>조회</th></tr>"
    page = f"<html><body><p>..</p><table>{heads}{rows(28, 18)}</table></body></html>"
    found = detect(document(page, VIEW.replace("43", "20")), (), SEEN)
    assert found.kind == "listing" and found.confidence < 0.8
    assert detect(document(page, "http://board.example/bbs/list"), (), SEEN).confidence >= 0.8


def test_a_text_in_one_cell_with_its_title_and_facts_is_read_without_them() -> None:
    text = "<br><br>".join([PROSE[:110]] * 3)
    page = document(
        "<html><body><table><tr><td><font size=2><b>걸어서 한 시간 길</b></font><br><font size=4><b>쇠재터널 열리다</b>"
        "</font><br><font size=2>2007-09-13 (제 412호) &nbsp; 누리봄 기자</font><hr>"
        f"<font size=2>{text}<br></font><hr><a href='javascript:history.back()'>목록</a></td></tr></table>"
        "</body></html>"
    )
    article = detect(page, (), SEEN).article
    assert article is not None and article.title == "쇠재터널 열리다" and article.author == "누리봄 기자"
    assert article.posted is not None and article.posted.date is not None
    assert str(article.posted.date) == "2007-09-13"
    assert article.body_text is not None and article.body_text.count("\n") == 4


def test_a_label_in_the_last_line_of_a_text_makes_no_fact_of_the_others() -> None:
    lines = "<br>".join(["2011년산 쌀 매입을 알려드립니다.", "1. 기간 : 10. 17. ~ 12. 9.", "담당 : 농산과 양정계"])
    page = document(
        "<html><body><table><tr><th colspan=4>2011년산 쌀 매입 안내</th></tr><tr><td>담당부서</td><td>농산과</td>"
        f"<td>작성일</td><td>2011/10/05</td></tr><tr><td colspan=4>{lines}</td></tr></table><p>목록</p></body></html>"
    )
    article = detect(page, (), SEEN).article
    assert article is not None and article.author == "농산과"
    assert (article.body_text or "").endswith("양정계") and (article.body_text or "").startswith("2011년산 쌀 매입을")


def nested(inner: str, depth: int) -> str:
    return f"<html><body>{'<table><tr><td></td><td>' * depth}{inner}{'</td></tr></table>' * depth}</body></html>"


def test_a_layout_of_a_post_in_nested_tables_can_be_stored() -> None:
    post = f"<div><b>논둑에 서서 본 저녁</b></div><div>글쓴이 : 한누리 | 2021-10-20 | 조회 60</div><div>{PROSE}</div>"
    found = detect(document(nested(post, 10), VIEW), (), SEEN)
    assert found.layout is not None and found.article is not None and found.article.author == "한누리"
    assert load_layout(layout_toml(found.layout), "written") == found.layout


@pytest.mark.parametrize("depth", [10, 60])
def test_a_layout_of_a_list_in_nested_tables_can_be_stored(depth: int) -> None:
    heads = "<tr><th>번호</th><th>제목</th><th>글쓴이</th><th>날짜</th><th>조회</th></tr>"
    listed = nested(f"<table>{heads}{rows(28, 18)}</table>", depth)
    found = detect(document(listed, "http://board.example/bbs/list"), (), SEEN)
    assert found.layout is not None and found.listing is not None and len(found.listing.rows) == 10
    assert load_layout(layout_toml(found.layout), "written") == found.layout
