"""What sites put into the element of a body that the author did not write: it differs at every look.

Counters that grow, today's date, tokens, an advertisement with its ids, a list of other posts.
"""

from __future__ import annotations

import re
from datetime import timedelta
from random import Random

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import text

WEEKDAYS = "월화수목금토일"
LISTED = 4


def furniture(board: FakeBoard, post: FakePost, target: str) -> str:
    """All of it, in forms that differ from board to board, and things that differ from look to look."""
    form, dice = Random(board.slug), Random(f"{board.slug}/{post.id}/{board.looks}")
    parts = [counters(board, post, form), today(board, form), token(dice), advertisement(dice)]
    form.shuffle(parts)
    return "\n".join([*parts, others(board, post, target, dice)])


def counters(board: FakeBoard, post: FakePost, form: Random) -> str:
    """Hits of the view itself, comments, votes: they grow."""
    hits, said, liked = post.hits + 3 * board.looks, len(post.comments), post.good + board.looks // 2
    return form.choice(
        (
            f'<div class="cnt">조회 {hits:,} | 댓글 {said} | 추천 {liked}</div>',
            f"<p>조회수 : {hits}회</p>\n<p>댓글({said})</p>\n<p>좋아요 {liked}개</p>",
            f"<ul><li>읽음 {hits}</li><li>댓글수 {said}</li><li>공감 {liked}</li><li>스크랩</li><li>인쇄</li></ul>",
            f'<span class="hit">Hit : {hits}</span> <span class="cmt">Comment [{said}]</span>',
        )
    )


def today(board: FakeBoard, form: Random) -> str:
    """The day, and on some boards the time, of the look."""
    now = board.clock.korea() + timedelta(seconds=board.looks)
    day = WEEKDAYS[now.weekday()]
    return form.choice(
        (
            f"<p>오늘날짜 : {now.year}년 {now.month}월 {now.day}일</p>",
            f"<div>{now:%Y.%m.%d}({day}) 현재</div>",
            f"<div>현재시각 {now:%Y-%m-%d %H:%M:%S}</div>",
            f"<p>오늘은 {now.year}년 {now.month:02d}월 {now.day:02d}일 {day}요일입니다.</p>",
            f"<p>최종편집 : {now:%Y-%m-%d %H:%M}</p>",
        )
    )


def token(dice: Random) -> str:
    """Seen and unseen."""
    secret = dice.randbytes(16).hex()
    return (
        f'<form action="/share?token={secret}"><input type="hidden" name="token" value="{secret}"></form>\n'
        f"<p>{secret}</p>"
    )


def advertisement(dice: Random) -> str:
    """An empty place that a script fills, under another id each time."""
    number = dice.randrange(10**9)
    return (
        f'<div id="ad-{number}" class="ad" data-slot="{dice.randrange(10**9)}"><ins id="slot{number}"></ins>'
        f"<script>show('ad-{number}', {dice.random()});</script></div>"
    )


def others(board: FakeBoard, post: FakePost, target: str, dice: Random) -> str:
    """Links to other posts of the board, other ones at every look."""
    known = [each for each in board.posts() if each.id != post.id and not each.secret]
    links = [
        f'<li><a href="{text(_address(target, post.id, each.id))}">{text(each.title)}</a> ({each.at:%m.%d})</li>'
        for each in dice.sample(known, min(LISTED, len(known)))
    ]
    return f"<h4>관련 글</h4>\n<ul>\n{''.join(links)}</ul>" if links else ""


def _address(target: str, here: int, there: int) -> str:
    """The address of another post, told from that of this one; a call where this one has no address of its own."""
    own = re.sub(rf"(?<!\d){here}(?!\d)(?!.*(?<!\d){here}(?!\d))", str(there), target)
    return own if own != target else f"javascript:contentsView('{there}')"
