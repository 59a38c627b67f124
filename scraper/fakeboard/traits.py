"""What the software behind each skin knows and lacks: the model of a board seeds and tells only what exists there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

SkinName = Literal[
    "legacy",
    "gnuboard5",
    "gnuboard4",
    "zeroboard4",
    "rhymix",
    "ndsoft",
    "sub_read",
    "egov",
    "k2web",
    "ybscript",
    "siiru",
    "korcham",
    "mediaon",
    "rhymix_mobile",
    "xe",
    "kboard",
    "strange",
]


@dataclass(frozen=True, slots=True)
class Traits:
    """A board's abilities. ``hits`` and ``author``: whether anybody is told of them, in the list or the view."""

    notices: bool = True
    secrets: bool = True
    replies: bool = True
    comments: bool = True
    hits: bool = True
    author: bool = True
    categories: bool = False
    files: bool = True
    own_names: bool = True
    """Files are stored under made-up names, not under those of their owners."""
    most_files: int = 99
    one_sequence: bool = False
    """Posts, comments and files take their ids from one sequence; images of bodies are listed as files as well."""
    in_place: bool = True
    """A post with an earlier date stands among its date's neighbours, not on top."""
    variant: str = ""
    """The variant that is drawn unless another is asked for."""
    columns: tuple[str, ...] = ()
    """The columns of a list, in order, unless others are asked for."""


NEWSPAPER = Traits(
    notices=False,
    secrets=False,
    replies=False,
    comments=False,
    hits=False,
    files=False,
    columns=("section", "author", "date"),
)

TRAITS: dict[str, Traits] = {
    "legacy": Traits(
        secrets=False,
        comments=False,
        own_names=False,
        variant="named",
        columns=("no", "subject", "name", "date", "hit"),
    ),
    "gnuboard5": Traits(categories=True, in_place=False, variant="5.4"),
    "gnuboard4": Traits(
        categories=True, in_place=False, variant="cp949", columns=("num", "subject", "name", "datetime", "hit")
    ),
    "zeroboard4": Traits(
        in_place=False,
        own_names=False,
        variant="pl8",
        most_files=2,
        columns=("no", "subject", "name", "date", "vote", "hit"),
    ),
    "rhymix": Traits(
        replies=False,
        one_sequence=True,
        variant="xedition",
        columns=("no", "title", "author", "time", "readNum", "voteNum"),
    ),
    "rhymix_mobile": Traits(replies=False, one_sequence=True, hits=False, variant="mobile"),
    "xe": Traits(
        replies=False, one_sequence=True, variant="xe", columns=("no", "title", "author", "readNum", "voteNum", "time")
    ),
    "kboard": Traits(variant="default", columns=("uid", "title", "user", "date", "vote", "view")),
    "ndsoft": replace(NEWSPAPER, variant="ul"),
    "sub_read": NEWSPAPER,
    "mediaon": NEWSPAPER,
    "egov": Traits(comments=False, columns=("no", "title", "author", "date", "file", "hits")),
    "k2web": Traits(
        secrets=False, comments=False, replies=False, columns=("no", "title", "author", "date", "hits", "file")
    ),
    "ybscript": Traits(
        notices=False, secrets=False, comments=False, replies=False, columns=("no", "title", "author", "date", "hits")
    ),
    "siiru": Traits(
        notices=False,
        secrets=False,
        comments=False,
        replies=False,
        columns=("num", "subject", "writer", "date", "file", "hit"),
    ),
    "korcham": Traits(
        notices=False,
        secrets=False,
        comments=False,
        replies=False,
        columns=("no", "title", "date", "hits"),
    ),
    "strange": Traits(),
}
