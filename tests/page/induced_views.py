"""View pages of boards that no engine knows, drawn from one set of invented posts: for the tests of induction."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from scraper.models import KST, Page, Row, Stamp
from scraper.page.document import Document, parse

SEEN_AT = datetime(2026, 3, 2, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Post:
    """What one post says; ``body`` holds its paragraphs."""

    number: int
    title: str
    author: str
    day: str
    hits: int
    body: tuple[str, ...]
    files: tuple[str, ...] = ()
    picture: str | None = None

    def row(self, *, cut: bool = False, author: bool = True, date: bool = True, hits: bool = True) -> Row:
        """What the list says of the post."""
        year, month, day = map(int, self.day.split("-"))
        short = cut and len(self.title) > 12
        return Row(
            key=str(self.number),
            number=self.number,
            title=self.title[:12] + "..." if short else self.title,
            title_cut=short,
            author=self.author if author else None,
            posted=Stamp(datetime(year, month, day, tzinfo=KST), "day", self.day) if date else None,
            hits=self.hits - 1 if hits else None,
            ask=None,
        )


POSTS = (
    Post(41, "[기고] 둑길을 다시 걷는 날", "최누리", "2026-02-03", 118, (
        "둑길을 처음 걸은 것은 2019년 3월 2일이었다.", "그날의 바람을 아직 기억한다. 길은 사람이 다녀야 길이다."), ("둑길 지도.hwp",)),
    Post(40, "물레방아 소리가 그친 마을", "한가람 기자", "2026-01-30", 1204, (
        "물레방아가 멈춘 지 열두 해가 지났다.", "이장 정다솜 씨는 “소리가 그치니 이야기도 그쳤다”고 말했다.",
        "군은 올해 예산 3억 원을 들여 방앗간을 고친다."), ()),
    Post(39, "4.15 장터 앞 주차장, 누구의 것인가", "논설위원 송하늘", "2026-01-22", 73, (
        "장터 앞 주차장을 두고 두 해째 다툼이 이어진다.", "다음글에서는 해법을 살핀다."), ("주차장 현황.xlsx", "사진 (2).jpg")),
    Post(38, "[사설] 작은 학교를 지키는 법", "편집국", "2026-01-09", 562, (
        "아이 일곱이 다니는 학교가 있다.", "교사 셋과 아이 일곱이 텃밭을 가꾼다.", "학교가 사라지면 마을의 아침도 사라진다."), ()),
    Post(37, "겨울 들녘에서 온 편지", "이도담", "2025-12-28", 2013, ("들녘은 비었으나 흙은 쉬지 않는다.",), ("편지.pdf",)),
    Post(36, "버스가 오지 않는 정류장", "윤새별", "2025-12-11", 391, (
        "하루 두 번 오던 버스가 한 번으로 줄었다.", "정류장 의자에 앉은 어르신은 “그래도 기다린다”고 했다."), ()),
)  # fmt: skip
PICTURED = tuple(
    Post(each.number, each.title, each.author, each.day, each.hits, (), (), f"/upload/{each.number}.jpg")
    for each in POSTS
)

Skin = Callable[[Post], str]
SKINS: dict[str, Skin] = {}


def skin(draw: Skin) -> Skin:
    """Note a way to draw a view."""
    SKINS[draw.__name__] = draw
    return draw


def framed(inner: str, title: str = "들녘신문") -> str:
    """A whole page: menus, a site clock, headlines, an imprint."""
    menu = "".join(
        f"<li><a href='/sub/{n}'>{word}</a></li>" for n, word in enumerate(("정치", "사회", "오피니언", "독자마당"))
    )
    latest = "".join(f"<li><a href='/v?no={each.number}'>{each.title[:10]}...</a></li>" for each in POSTS)
    return (
        f"<html><head><title>{title}</title></head><body><h1>들녘신문</h1><p>최종편집 : 2026.3.2 월 01:14</p>"
        f"<ul>{menu}</ul><ul>{latest}</ul><p>홈 > 오피니언</p>{inner}"
        "<p>들녘신문 | 등록번호 들녘 가00012 | 발행인 노가온 | Copyright 들녘신문 All rights reserved.</p></body></html>"
    )


def text_of(post: Post, tag: str = "p") -> str:
    picture = f"<img src='{post.picture}' alt=''>" if post.picture else ""
    return picture + "".join(f"<{tag}>{line}</{tag}>" for line in post.body)


def below(post: Post) -> str:
    """What stands below every article: neighbours, a list button, comments, the board's first rows."""
    rows = "".join(
        f"<tr><td>{each.number}</td><td><a href='/v?no={each.number}'>{each.title}</a></td><td>{each.author}</td>"
        f"<td>{each.day}</td><td>{each.hits}</td></tr>"
        for each in POSTS
    )
    return (
        f"<ul><li>이전글 <a href='/v?no={post.number - 1}'>앞서 쓴 글 {post.number - 1}</a></li><li>다음글 없음</li></ul>"
        "<div><a href='/list'>목록</a></div><h5>댓글 1</h5><div><b>박나루</b> 2026-02-20 10:11 <p>잘 읽었습니다.</p></div>"
        f"<table><tr><th>번호</th><th>제목</th><th>작성자</th><th>등록일</th><th>조회</th></tr>{rows}</table>"
    )


def files_of(post: Post) -> str:
    return "".join(
        f"<a href='/bbs/download.php?no={post.number}&f={n}'>{name}</a> " for n, name in enumerate(post.files)
    )


@skin
def labelled_table(post: Post) -> str:
    files = f"<tr><th>첨부파일</th><td colspan=3>{files_of(post)}</td></tr>" if post.files else ""
    return framed(
        f"<table class=vt><tr><th>제목</th><td colspan=3>{post.title}</td></tr><tr><th>작성자</th><td>{post.author}</td>"
        f"<th>등록일</th><td>{post.day}</td></tr><tr><th>수정일</th><td>2026-02-28</td><th>조회수</th><td>{post.hits:,}</td></tr>"
        f"{files}<tr><td colspan=4 class=txt>{text_of(post)}</td></tr></table>{below(post)}"
    )


@skin
def definition_list(post: Post) -> str:
    files = f"<dt>첨부</dt><dd>{files_of(post)}</dd>" if post.files else ""
    return framed(
        f"<div id=bview><h3>{post.title}</h3><dl><dt>글쓴이</dt><dd>{post.author}</dd><dt>날짜</dt><dd>{post.day}</dd>"
        f"<dt>조회</dt><dd>{post.hits}</dd>{files}</dl><div id=bcontent>{text_of(post, 'div')}</div></div>{below(post)}"
    )


@skin
def items_with_colons(post: Post) -> str:
    files = f"<ul class=fl><li>첨부파일 : {files_of(post)}</li></ul>" if post.files else ""
    return framed(
        f"<h4 class=sbj>{post.title}</h4><ul class=inf><li>작성자 : {post.author}</li><li>작성일 : {post.day} 10:20</li>"
        f"<li>조회 : {post.hits}</li></ul><div class=cont>{text_of(post)}</div>{files}{below(post)}"
    )


@skin
def heading_and_line(post: Post) -> str:
    return framed(
        f"<div class=a1><h2>{post.title}</h2><p class=b7>{post.author} | {post.day} | 조회 {post.hits}</p>"
        f"<div class=c3>{'<br><br>'.join(post.body) or text_of(post)}</div></div>{below(post)}"
    )


@skin
def bare_old_table(post: Post) -> str:
    return framed(
        f"<table width=100%><tr><td><b>{post.title}</b></td></tr><tr><td height=1 bgcolor=#ddd></td></tr>"
        f"<tr><td><table><tr><td>{post.author}</td><td>{post.day.replace('-', '.')}</td><td>{post.hits}</td></tr></table></td></tr>"
        f"<tr><td style='word-break:break-all'>{'<br>'.join(post.body) or text_of(post)}</td></tr></table>{below(post)}"
    )


@skin
def meaningless_boxes(post: Post) -> str:
    return framed(
        f"<div class=x1><div class=x2><div class=x3>{post.title}</div><div class=x4><span>작성자</span> {post.author} "
        f"<span>등록일</span> {post.day} <span>조회</span> {post.hits}</div></div><div class=x5><div class=x6>{text_of(post, 'div')}"
        f"</div></div></div>{below(post)}"
    )


@skin
def labels_leading_items(post: Post) -> str:
    return framed(
        f"<article><header><h1 class=tit>{post.title}</h1><div><span><em>작성자</em>{post.author}</span><span><em>작성일</em>"
        f"{post.day}</span><span><em>조회수</em>{post.hits}</span></div></header><section>{text_of(post)}</section></article>"
        f"{below(post)}"
    )


@skin
def press(post: Post) -> str:
    figure = "<figure><img src='/photo/1.jpg'><figcaption>둑길의 겨울 풍경. 들녘신문 자료사진</figcaption></figure>"
    return framed(
        f"<div class=headline><h1>{post.title}</h1><ul><li>{post.author}</li><li>입력 {post.day} 09:12</li>"
        "<li>수정 2026-02-28 10:00</li></ul><div class=sns><a href=#>페이스북</a><a href=#>트위터</a></div></div>"
        f"<div id=articleText>{figure if post.body else ''}{text_of(post)}<div class=relatednews><b>관련기사</b><a href='/v?no=3'>다른 글</a></div>"
        f"<p class=cr>저작권자 © 들녘신문 무단전재 및 재배포 금지</p></div>{below(post)}",
        f"{post.title} - 들녘신문",
    )


@skin
def boxes_without_names(post: Post) -> str:
    links = "".join(f"<li><a href='/upload/{post.number}_{n}'>{name}</a></li>" for n, name in enumerate(post.files))
    files = f"<div>붙 임 <ul>{links}</ul></div>" if links else ""
    return framed(
        f"<div><h4>{post.title}</h4><ul><li>필 자 : {post.author}</li><li>게시일 : {post.day}</li>"
        f"<li>조회수 : {post.hits}</li></ul>{files}<div>{text_of(post)}</div></div>{below(post)}"
    )


@skin
def text_beside_title(post: Post) -> str:
    """Title, facts and text in one element, without one for the text."""
    return framed(
        f"<div id=post><h3>{post.title}</h3><p class=by>작성자 : {post.author} | 등록일 : {post.day}</p>{text_of(post)}</div>"
        f"{below(post)}"
    )


def document(html: str) -> Document:
    """A page as it comes from a site."""
    headers = ((b"Content-Type", b"text/html; charset=utf-8"),)
    return parse(Page("http://board.example/bbs/v?no=1", 200, headers, html.encode(), SEEN_AT))
