"""A walk that found its end looks at the top once more; when that look breaks off, the next run makes it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sync_world import World, world

from scraper.fakeboard import Fault


def failing(page: int) -> Callable[[str, str], Fault | None]:
    """A site whose list fails on one page."""

    def fault(method: str, path: str) -> Fault | None:
        return Fault("status:404") if "list" in path and path.endswith(f"page={page}") else None

    return fault


def unlisted(made: World) -> list[int]:
    held = {row["key"] for row in made.rows("SELECT key FROM posts")}
    return [post.id for post in made.board.posts() if str(post.id) not in held]


@pytest.mark.parametrize("deleted", [False, True])
def test_a_last_look_that_broke_off_is_made_again(tmp_path: Path, deleted: bool) -> None:
    """``deleted``: as many posts go as are not listed, so that the sum is right."""
    with world(tmp_path, "legacy", 30, seed=2, page_size=6) as made:
        made.site.faults = failing(4)
        assert made.sync().outcome == "wall"
        made.board.clock.advance(timedelta(days=20))
        for _ in range(20):
            made.board.post()
        made.site.faults = failing(2)
        assert made.sync().outcome == "wall"
        lost = unlisted(made)
        assert len(lost) > made.board.page_size
        listed = [post.id for post in made.board.posts() if post.id not in lost and not post.notice]
        for post_id in listed[-len(lost) :] if deleted else ():
            made.board.delete(post_id)
        made.site.faults = None
        made.board.clock.advance(timedelta(days=1))
        made.sync()
        assert unlisted(made) == []
