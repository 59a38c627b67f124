"""A body in which the site keeps counters, dates, tokens and lists: only the author makes versions."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sync_world import ALL, World, world

from scraper.fakeboard.furniture import furniture

SKINS = (
    "legacy gnuboard5 gnuboard4 zeroboard4 rhymix rhymix_mobile xe kboard egov k2web ybscript siiru korcham ndsoft "
    "sub_read mediaon"
).split()


def versions(day: World) -> int:
    return int(day.rows("SELECT count(*) FROM post_versions")[0][0])


def test_only_an_edit_makes_a_version(tmp_path: Path, full: bool) -> None:
    for skin in SKINS if full else SKINS[::4]:
        (tmp_path / skin).mkdir()
        check_board(skin, tmp_path / skin)


def check_board(skin: str, place: Path) -> None:
    with world(place, skin, posts=6, seed=len(skin), inside=furniture) as day:
        day.sync()
        first = versions(day)
        before = day.rows("SELECT * FROM posts WHERE version ORDER BY id")
        assert "관련 글" in before[0]["body_text"]
        for night in (1, 2):
            day.board.clock.advance(timedelta(days=night))
            run = day.sync(ALL)
            assert (run.counts.revised, run.counts.unchanged) == (0, first), run.message
        assert versions(day) == first
        after = day.rows("SELECT * FROM posts WHERE version ORDER BY id")
        same = ("body_text", "body_html", "version", "content_sha256")
        assert [[row[name] for name in same] for row in after] == [[row[name] for name in same] for row in before]

        edited = [post for post in day.board.posts() if not post.secret][:4]
        tails = (" 그리고", "\n\n조회 12회를 넘겼다.", "\n\n2019년 3월 1일", "")
        for post, tail in zip(edited, tails, strict=True):
            day.board.edit(post.id, body=post.body + tail if tail else post.body.replace("다", "라", 1))
        day.board.clock.advance(timedelta(days=1))
        assert day.sync(ALL).counts.revised == 4
        assert day.sync(ALL).counts.revised == 0
        texts = {row["key"]: row["body_text"] for row in day.rows("SELECT key, body_text FROM posts")}
        assert "조회 12회를 넘겼다." in texts[str(edited[1].id)]
