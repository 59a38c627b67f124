"""Does a layout read a board? What reads of pages that it was not made from, and what does not.

One look for all who must know: ``add``, ``layout --edit`` and ``repair``. Nothing is refused or stored here; each of
them decides by itself what the findings are worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from scraper.errors import FetchError, Gone, PageError, Refused, Truncated, Walled
from scraper.models import Article, Ask, Listing, Page, Row
from scraper.page.document import Document
from scraper.page.induce.check import compare, is_same_title
from scraper.page.layout import Layout
from scraper.page.listing import distinct
from scraper.sync.judge import judge_article, judge_listing
from scraper.sync.said import many

READ = 2
"""Articles that must read, by title."""
_TRIED = 6
Part = Literal["list", "pages", "posts"]
State = Literal["reads", "odd", "misread", "failed", "closed"]
"""misread: the layout is wrong there; odd: it may be; failed: the page did not come, which says nothing of the layout;
closed: nobody may read it."""
Fetch = Callable[[Ask], Page]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at one page. ``said`` goes on where the layout's name stands: "reads 15 posts on page 1"."""

    part: Part
    state: State
    said: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A board's pages as a layout reads them, and what is to be said of it."""

    findings: tuple[Finding, ...]
    document: Document | None = None
    listing: Listing | None = None
    """The list page; None when it does not read."""
    second: Listing | None = None
    posts: tuple[tuple[Row, Article], ...] = ()

    def told(self, *states: State) -> list[Finding]:
        """The findings of these kinds."""
        return [each for each in self.findings if each.state in states]

    @property
    def complaint(self) -> str | None:
        """What does not read, in a sentence without its subject; None when the layout reads the board. Pages that did
        not come count too, and so does it when of all posts none came."""
        failed = [each for each in self.told("failed") if each.part != "posts" or not self.posts]
        faults = (*self.told("misread"), *failed)
        return "; ".join(dict.fromkeys(each.said for each in faults)) or None


def check_pages(fetch: Fetch, page: Page, layout: Layout, rows: Sequence[Row] | None = None) -> Checked:
    """Look at a list page, at the next one and at posts: ``rows``, else as many of the list as tell enough.

    Raises Walled when the list itself is hidden, FetchError when the site fails.
    """
    listing, document, finding = look_at_list(page, layout, "the list")
    if listing is None or not listing.rows:
        return Checked((finding,), document, listing)
    second, about_pages = _second(fetch, listing, layout)
    posts, about_posts = _posts(
        fetch, _chosen(listing) if rows is None else rows, layout, most=READ if rows is None else 0
    )
    told = {row.key: row for each in (second, listing) if each is not None for row in each.rows}
    odd = disagreements((told.get(row.key, row), article) for row, article in posts)
    return Checked((finding, *about_pages, *about_posts, *odd), document, listing, second, tuple(posts))


def look_at_list(page: Page, layout: Layout, name: str) -> tuple[Listing | None, Document | None, Finding]:
    """A list page, by what it is called ("the list", "the newest list page"). Raises Walled, Truncated."""
    try:
        listing, document = judge_listing(page, layout)
    except Walled:
        raise
    except PageError as error:
        return None, None, Finding("list", "misread", f"does not read {name}: {error}")
    if not listing.rows:
        return listing, document, Finding("list", "failed", f"cannot be tried on {name}: {page.url} shows no posts")
    return listing, document, Finding("list", "reads", f"reads {many(len(listing.rows), 'post')} on {name}")


def is_other(listing: Listing, other: Listing) -> bool:
    """Whether a page shows posts that another one does not."""
    return bool({row.key for row in listing.rows} - {row.key for row in other.rows})


def same_posts(where: str = "") -> Finding:
    """What is said when a page shows nothing but the posts of the one before."""
    return Finding("pages", "misread", f"reads the same posts on two list pages{where}")


def look_at_post(
    page: Page, layout: Layout, key: str, title: str, name: str, *, is_held: bool = False, has_text: bool = False
) -> tuple[Article | None, Finding]:
    """One post, which must have that title. ``name``: what it is called; ``is_held``: the title is the archive's, which
    may be longer than the page's; ``has_text``: its text is known. Raises Truncated."""
    verdict = judge_article(page, layout, key)
    article = verdict.article
    if article is None:
        refusal = verdict.refusal
        state: State = "misread" if refusal == "layout" else "failed" if refusal in ("failed", "wall") else "closed"
        return None, Finding("posts", state, f"does not read {name}: {verdict.reason}")
    own = article.title or ""
    if not is_same_title(title, own) and not (is_held and is_same_title(own, title)):
        return None, Finding("posts", "misread", f"misreads {name}: its title is {title!r}, not {own!r}")
    if has_text and article.body_text is None:
        return None, Finding("posts", "misread", f"misreads {name}: its text is not found")
    return article, Finding("posts", "reads", f"reads {name}")


def look_at_first_post(fetch: Fetch, listing: Listing, layout: Layout) -> Finding | None:
    """What the first post of a list that may be read tells of a layout; None where none of them may be."""
    for row in _chosen(listing)[:READ]:
        if row.ask is None:
            continue
        try:
            _, finding = look_at_post(fetch(row.ask), layout, row.key, row.title, row.ask.url)
        except (FetchError, Truncated):  # one post that fails says nothing of the others
            continue
        if finding.state in ("reads", "misread"):
            return finding
    return None


def disagreements(pairs: Iterable[tuple[Row, Article]]) -> list[Finding]:
    """The fields of which list and posts say different things more often than the same."""
    return [
        Finding("posts", "odd", f"reads one {name} in the list and another in the posts")
        for name, agreed in compare(pairs).items()
        if agreed.different > agreed.same
    ]


def once(fetch: Fetch) -> Fetch:
    """The same, but no address twice."""
    pages: dict[Ask, Page] = {}

    def fetch_once(ask: Ask) -> Page:
        if ask not in pages:
            pages[ask] = fetch(ask)
        return pages[ask]

    return fetch_once


def _second(fetch: Fetch, listing: Listing, layout: Layout) -> tuple[Listing | None, list[Finding]]:
    if listing.next is None:
        total, shown = listing.total, len(listing.rows)
        if total is None or total <= shown:
            return None, []
        said = f"reads {shown} of {many(total, 'post')} on the list, and not how more are asked for"
        return None, [Finding("pages", "odd", said)]
    try:
        page = fetch(listing.next)
        second, _ = judge_listing(page, layout)
    except (Refused, Gone, Truncated) as error:
        return None, [Finding("pages", "failed", f"could not open the next page: {error}")]
    except PageError as error:
        return None, [Finding("pages", "misread", f"does not read the next page: {error}")]
    if not second.rows:
        return None, [Finding("pages", "odd", "finds no posts on the next page")]
    if not is_other(second, listing):
        if listing.total is not None and listing.total <= len(listing.rows):
            return None, [Finding("pages", "odd", "is offered a next page though all posts are on the first")]
        return None, [same_posts(f": {listing.next.url}")]
    found = [Finding("pages", "reads", f"reads {many(len(second.rows), 'post')} on the next page")]
    if second.page != 2:
        found.append(Finding("pages", "odd", "does not see on the next page that it is the second"))
    return second, found


def _chosen(listing: Listing) -> list[Row]:
    rows = [row for row in distinct(listing).rows if not row.is_secret]
    return sorted(rows, key=lambda row: row.is_notice)[:_TRIED]


def _posts(
    fetch: Fetch, rows: Sequence[Row], layout: Layout, most: int
) -> tuple[list[tuple[Row, Article]], list[Finding]]:
    """Posts, each read or not; of more than ``most`` (0: all) no further one once something is misread."""
    posts: list[tuple[Row, Article]] = []
    findings: list[Finding] = []
    broken: FetchError | None = None
    closed = [row for row in rows if row.ask is None]
    if closed:
        state: State = "misread" if len(closed) * 2 > len(rows) else "odd"
        findings.append(Finding("posts", state, f"does not tell how {closed[0].title!r} is opened"))
    for row in rows:
        if row.ask is None:
            continue
        if most and (len(posts) == most or any(each.state == "misread" for each in findings)):
            break
        try:
            article, finding = look_at_post(fetch(row.ask), layout, row.key, row.title, row.ask.url)
        except FetchError as error:  # one post that fails says nothing of the others
            broken = error if not isinstance(error, Refused | Gone | Truncated) else broken
            article, finding = None, Finding("posts", "failed", f"could not open a post: {error}")
        findings.append(finding)
        posts += [(row, article)] if article is not None else []
    if broken is not None and not posts:
        raise broken
    if posts and all(article.body_text is None and not article.attachments for _, article in posts):
        urls = ", ".join(row.ask.url for row, _ in posts if row.ask is not None)
        findings.append(Finding("posts", "misread", f"does not read what the articles say: {urls}"))
    return posts, findings
