"""The parts of a Layout: pure data that says how to read one board (DESIGN §3).

The same dataclasses serve the engines that ship (TOML), induced boards and layouts that a user edited.
How they are read from TOML and checked is in layout.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from scraper.korean.labels import Role
from scraper.models import NumberMeaning

Need = Literal["one", "some", "optional"]
WallKind = Literal[
    "gone", "secret", "login", "permission", "points", "maintenance", "ban", "captcha", "refused", "wrong_board"
]

_SELECTOR = {"check": "selector"}
_PATTERN = {"check": "pattern"}
_SOURCES = {"check": "sources"}
_TAGS = {"check": "tags"}


@dataclass(frozen=True, slots=True)
class Pick:
    """How one value is taken from a page. The parts narrow down in this order; all but one way in are optional."""

    select: str | None = field(default=None, metadata=_SELECTOR)
    """CSS selector inside the row, cell or article."""
    label: Role | None = None
    """The value beside or after this label (작성자 : …), among the cells of the scope."""
    after: str | None = None
    """The first cell with text after the one where that field was found."""
    before: str | None = None
    """The last cell with text before the one where that field was found; cells around tables are none."""
    remark: str | None = field(default=None, metadata=_PATTERN)
    """The element that holds a comment of the markup with these words."""
    source: str = "text"
    """text, or ``attr:NAME``."""
    drop: tuple[str, ...] = field(default=(), metadata=_SELECTOR)
    """What is left out of the text."""
    pattern: str | None = field(default=None, metadata=_PATTERN)
    """A regular expression on the text; its first group is the value."""
    count: Need = "optional"


Picks = tuple[Pick, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """How a link or call becomes a post's key, and what of an address stays."""

    key: tuple[str, ...] = field(default=(), metadata=_SOURCES)
    """In order of trust: ``query:NAME``, ``path:REGEX`` with one group, ``call:N`` (Nth argument),
    ``argument:REGEX`` (the first argument that it fits; one group), ``attr:NAME``."""
    keep: tuple[str, ...] | None = None
    """Query parameters that an article's address keeps, in this order; without it all but those in ``drop``."""
    drop: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    """Query parameters that a row's link must share with the page: a link to another board is no row."""
    board_keep: tuple[str, ...] | None = None
    """Query parameters that the board's own address keeps."""
    board_drop: tuple[str, ...] = ()
    """Query parameters that only an article's address has beside its key (mode=view)."""
    board_swap: tuple[str, str] | None = field(default=None, metadata={"check": "replacement"})
    """What turns an article's address into the list's before anything else: ``['/view\\.php', '/list.php']``."""
    board_path: str | None = field(default=None, metadata=_PATTERN)
    """An expression on an address whose first group is the board's; for addresses that carry everything in the path."""
    address: tuple[str, str] | None = field(default=None, metadata={"check": "replacement"})
    """For links that open a post and tell no key (a slug): an expression on the whole address, and the address by
    which the same post is asked for once its key is known (``\\1{key}``). Until then the path is the key."""
    board_list: tuple[str, str] | None = field(default=None, metadata={"check": "replacement"})
    """Expression and replacement that turn an article's address into that of the list ("View.do" into "List.do")."""
    url: str | None = field(default=None, metadata={"check": "address"})
    """An article's address made from its key ("view.php?no={key}"), where the row gives only a call."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """How a list page is read."""

    rows: str = field(default="tr", metadata=_SELECTOR)
    scope: str | None = field(default=None, metadata=_SELECTOR)
    signs: tuple[str, ...] = field(default=(), metadata=_SELECTOR)
    """Every one of these stands on a list page of this layout."""
    sign_text: str | None = field(default=None, metadata=_PATTERN)
    needs: tuple[Literal["link", "number", "date"], ...] = ("link",)
    """What a row must hold to be a row: told by shape where a page has no classes."""
    skip: str | None = field(default=None, metadata=_SELECTOR)
    more: int = field(default=0, metadata={"check": "more"})
    """How many rows behind that with the link belong to the same post: their columns follow its own."""
    together: int | None = field(default=None, metadata={"check": "more"})
    """The column, counted from 0, in which fields without a column of their own stand together: ``fields`` tells them
    apart."""
    cells: tuple[str, ...] = field(default=("td", "th"), metadata=_TAGS)
    """Tags of the columns of a row; none where a row has no columns but named elements."""
    header: str | None = field(default=None, metadata=_SELECTOR)
    columns: tuple[str, ...] = field(default=(), metadata={"check": "roles"})
    """What the columns hold, "" for none, where no header says so. Rows of another width, or without dates and counts
    where they are told, are a changed layout."""
    notice: str | None = field(default=None, metadata=_SELECTOR)
    secret: str | None = field(default=None, metadata=_SELECTOR)
    file: str | None = field(default=None, metadata=_SELECTOR)
    empty: str | None = field(default=None, metadata=_SELECTOR)
    total: str | None = field(default=None, metadata=_SELECTOR)
    total_counts_notices: bool = False
    number: NumberMeaning | None = None
    """What the printed number means; decided from the page when absent."""
    fields: Mapping[str, Picks] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PagesPart:
    """How the pages of a list are asked for."""

    scope: str | None = field(default=None, metadata=_SELECTOR)
    """The element around the pager. Where it is not there, or holds no control, the whole page is looked at."""
    select: str | None = field(default=None, metadata=_SELECTOR)
    """The links and calls of the pager."""
    last: str | None = field(default=None, metadata=_SELECTOR)
    """The link that leads to the last page."""
    param: str | None = None
    first: int = 1
    step: int = field(default=1, metadata={"check": "step"})
    """Page n is asked for as ``first + (n - 1) * step``."""


@dataclass(frozen=True, slots=True)
class FilesPart:
    """The attachments of an article."""

    select: str | None = field(default=None, metadata=_SELECTOR)
    label: bool = False
    """The links in the cell that is labelled 첨부파일."""
    anywhere: bool = False
    """The links behind the label 첨부파일 wherever it stands outside the body, where nothing else finds any: for boards
    whose files nobody has seen yet."""
    link: str | None = field(default=None, metadata=_SELECTOR)
    """Inside what ``select`` gives, the link or button that downloads; the name and the key may stand beside it."""
    call: str | None = None
    """What a link without an address does: "fn_down({atchFileId},{place})" with hidden fields of the page by name, and
    the link's place (1, 2 …)."""
    name: Picks = ()
    key: tuple[str, ...] = field(default=(), metadata=_SOURCES)
    """Like Identity.key, on the download link. Without it a file is known by its name."""
    session: bool = False
    """A download is given only to the session that has just opened the article."""


@dataclass(frozen=True, slots=True)
class ImagesPart:
    """Images that belong to an article."""

    select: str | None = field(default=None, metadata=_SELECTOR)
    base: str | None = None
    """What relative addresses are resolved against, when not the page ("/")."""
    original: tuple[str, str] | None = field(default=None, metadata={"check": "replacement"})
    """Expression and replacement that turn the address of a shrunk image into that of the original."""
    told: tuple[str, ...] = field(default=(), metadata=_SOURCES)
    """Like Identity.key, on the link around a shrunk image: the original's file name, or a path that ends in it. It
    says which ending the original has, where the shrunk one has another (a.JPG is shrunk to a.jpg)."""


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """How a view page is read."""

    scope: str | None = field(default=None, metadata=_SELECTOR)
    signs: tuple[str, ...] = field(default=(), metadata=_SELECTOR)
    anchor: Role | None = None
    """The scope is the innermost one that has a cell with this label; for pages without classes."""
    cells: tuple[str, ...] = field(default=("td", "th", "dt", "dd", "li"), metadata=_TAGS)
    key: Picks = ()
    title: Picks = ()
    title_full: Picks = ()
    """Where the title stands uncut; used when ``title`` is cut and this continues it."""
    author: Picks = ()
    date: Picks = ()
    hits: Picks = ()
    category: Picks = ()
    body: Picks = ()
    body_drop: tuple[str, ...] = field(default=(), metadata=_SELECTOR)
    files: FilesPart = FilesPart()
    images: ImagesPart = ImagesPart()


@dataclass(frozen=True, slots=True)
class FeedPart:
    """Where a board announces its feed (RSS). It is asked for only when a post's date is told nowhere else."""

    select: str | None = field(default=None, metadata=_SELECTOR)
    """The link to it on a list page; a feed that no page offers is never asked for."""


@dataclass(frozen=True, slots=True)
class WallSign:
    """A sign of a page that stands in the way. All parts given must hold."""

    kind: WallKind
    select: str | None = field(default=None, metadata=_SELECTOR)
    text: str | None = field(default=None, metadata=_PATTERN)
    script: str | None = field(default=None, metadata=_PATTERN)
    """An expression on the inline scripts of a page."""
    alert: str | None = field(default=None, metadata=_PATTERN)
    """An expression on what an inline script of the page alerts, also when nobody is sent away."""
    url: str | None = field(default=None, metadata=_PATTERN)
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that is needed to read one board."""

    name: str
    about: str = ""
    unlike: str | None = field(default=None, metadata=_PATTERN)
    """What stands in the source of pages that look like this layout's and are another's: a near relative."""
    kept: tuple[Literal["author", "category", "date"], ...] = ()
    """Fields that this face of the board tells and its former one did not, or the other way round: of posts that are
    archived what is held stands where only one of both says something."""
    identity: Identity = Identity()
    list: ListPart = ListPart()
    pages: PagesPart = PagesPart()
    feed: FeedPart = FeedPart()
    article: ArticlePart = ArticlePart()
    walls: tuple[WallSign, ...] = ()
    calls: Mapping[str, str] = field(default_factory=dict, metadata={"check": "templates"})
    """Script functions whose address is known: ``fn_down = "/down?id={0}&n={1}"``."""
