"""Elements that a page does not show."""

from __future__ import annotations

import pytest

from scraper.page.hidden import is_hidden


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        ({"style": "display:none"}, True),
        ({"style": "color: red; Display : NONE"}, True),
        ({"style": "visibility: hidden"}, True),
        ({"hidden": None}, True),
        ({"style": "display: block", "class": "none"}, False),
        ({"style": None}, False),
        ({}, False),
    ],
)
def test_what_is_not_shown(attributes: dict[str, str | None], hidden: bool) -> None:
    assert is_hidden(attributes) is hidden
