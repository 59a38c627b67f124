"""Icons that stand where a label might."""

from __future__ import annotations

import pytest
from page_documents import document

from scraper.page.document import inner_html, line
from scraper.page.icons import icon_role
from scraper.page.parts import Pick
from scraper.page.picks import Scope, pick


@pytest.mark.parametrize(
    ("icon", "role"),
    [
        ('<i class="fa fa-eye"></i>', "hits"),
        ('<i class="bi bi-eye ms-3"></i>', "hits"),
        ('<svg class="lucide lucide-eye"><path d=""></path></svg>', "hits"),
        ('<svg class="MuiSvgIcon-root" data-testid="VisibilityIcon"></svg>', "hits"),
        ('<svg class="ico"><use xlink:href="/sprite.svg#icon-user"></use></svg>', "author"),
        ('<span class="material-icons">schedule</span>', "date"),
        ('<mat-icon class="mat-icon">person</mat-icon>', "author"),
        ('<i class="x1" title="조회 수"></i>', "hits"),
        ('<i class="xi-clock-o"></i>', "date"),
        ('<i class="fa fa-eye-slash"></i>', None),
        ('<i class="bi bi-view-list"></i>', None),
        ('<i class="fa fa-user">최누리</i>', None),
        ('<span class="user"></span>', None),
        ("<i></i>", None),
    ],
)
def test_what_an_icon_stands_for(icon: str, role: str | None) -> None:
    node = document(f"<body><p>{icon} 3</p></body>").root.css_first("p > *")
    assert node is not None
    assert icon_role(node) == role


def test_nobody_reads_the_words_of_an_icon_of_a_font() -> None:
    root = document('<p><i class="material-icons">attach_file</i>공고문.hwp <b>visibility</b></p>').root
    assert line(root) == "공고문.hwp visibility"


def test_the_markup_keeps_the_words_of_an_icon() -> None:
    inside = '<i class="material-icons">\n attach_file </i>공고문.hwp <mat-icon>visibility</mat-icon> 3'
    root = document(f"<p>{inside}</p>").root.css_first("p")
    assert root is not None
    assert inner_html(root) == inside


def test_what_stands_behind_an_icon() -> None:
    page = '<p><i class="fa-user"></i> 관리자 <i class="fa-clock"></i> 2026-06-18 <i class="fa-eye"></i> 2,410</p>'
    scope = Scope(document(page).root, "http://board.example/")
    found = {role: pick(scope, (Pick(select="p i", label=role),), role) for role in ("author", "date", "hits")}
    assert {role: each and each.text for role, each in found.items()} == {
        "author": "관리자",
        "date": "2026-06-18",
        "hits": "2,410",
    }
