"""Getting to know a board that no engine reads: a draft from its list, tried on its next page and on several posts.

Nothing is believed that was not read twice: the layout must read a page and posts that it was not made from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scraper.errors import FetchError, Gone, PageError, Refused, UnknownLayout
from scraper.models import Article, Ask, Listing, NumberMeaning, Page, Row
from scraper.page.article import read_article
from scraper.page.document import Document, line, parse
from scraper.page.induce.articles.article import InducedArticle, Sample, induce_article
from scraper.page.induce.articles.below import posts_below, rows_on
from scraper.page.induce.check import counted, is_same_title, mended, passing, widened
from scraper.page.induce.lists.listing import InducedList, induce_listing
from scraper.page.induce.lists.paging import ways_on, with_pager_named
from scraper.page.links import board_url, open_link
from scraper.page.listing import distinct, read_listing, says_empty
from scraper.page.pager import page_ask, page_rule
from scraper.page.parts import Layout, PagesPart
from scraper.page.site import is_same_site
from scraper.page.wall import read_wall
from scraper.sync.check import Checked, Fetch, Part, State, check_pages, once
from scraper.sync.functions import opened, told_by_scripts
from scraper.sync.said import many
from scraper.urls import query_value

SAMPLES = 4
"""Posts that the article part is made from."""
CHECKS = 2
"""Posts that it must read besides, of the next page where there is one."""
_MOST_REFUSED = 4
_WITH_FILES = 2
"""Posts with a sign of an attachment that are looked at before others."""
_BACK = ("목록", "목록보기", "목록으로", "목록가기", "리스트", "list", "글목록", "전체목록", "이전목록")
_LEAVES: dict[tuple[Part, State], float] = {
    ("pages", "odd"): 0.6,
    ("posts", "misread"): 0.6,
    ("posts", "failed"): 0.6,
    ("posts", "closed"): 0.6,
    ("posts", "odd"): 0.6,
}
"""How sure a layout may be of which this was found; 0.5 of which anything else was."""


@dataclass(frozen=True, slots=True)
class Study:
    """What was found out about a board, and how surely."""

    layout: Layout
    listing: Listing
    page: Page
    """The first page of its list."""
    confidence: float
    reasons: tuple[str, ...]
    article: Article | None
    """One post as it will be read."""


@dataclass(frozen=True, slots=True)
class _Post:
    row: Row
    page: Page
    document: Document


def study(fetch: Fetch, page: Page, *, is_post: bool = False, paging: PagesPart | None = None) -> Study:
    """Look at a page of an unknown board, at the list behind it and at some of its posts. ``is_post``: the page itself
    shows one; ``paging``: how pages of this board were asked for so far.

    Raises UnknownLayout when there is no list of posts, FetchError when the site fails.
    """
    fetch = once(fetch)
    page, found = _first_page(fetch, page, is_post=is_post)
    document = parse(page)
    if any(row.ask is None for row in found.listing.rows):
        found = opened(fetch, document, found, page)
    if (rule := page_rule(document, found.layout)) is not None and rule.param is not None:
        pages = replace(found.layout.pages, param=rule.param, first=rule.first, step=rule.step)
        found = replace(found, layout=replace(found.layout, pages=pages))
    elif rule is None and found.listing.next is None and paging is not None and paging.param is not None:
        pages = replace(found.layout.pages, param=paging.param, first=paging.first, step=paging.step)
        layout = replace(found.layout, pages=pages)
        found = replace(found, layout=layout, listing=read_listing(document, layout, page.seen_at))
    second = _second_page(fetch, found)
    if second is None or second[1] is None:
        for layout in ways_on(document, found.layout, found.listing, page.seen_at):
            other = replace(found, layout=layout, listing=read_listing(document, layout, page.seen_at))
            tried = _second_page(fetch, other)
            if tried is not None and tried[1] is not None:
                found, second = other, tried
                break
    if second is not None and second[1] is not None:
        found = widened(document, found, induce_listing(second[0], page.seen_at), page.seen_at)
    listings = [found.listing, *([second[1]] if second and second[1] else [])]
    identity = passing(found.layout.identity, listings)
    layout = replace(found.layout, identity=identity)
    found = replace(found, layout=layout, listing=read_listing(document, layout, page.seen_at))
    posts = _posts(fetch, found.listing, SAMPLES if second else SAMPLES + CHECKS)
    further = _posts(fetch, read_listing(second[0], layout, page.seen_at), CHECKS) if second and second[1] else []
    made, kept = (posts, further) if further else (posts[:SAMPLES], posts[SAMPLES:])
    article = _article_part(made, found)
    if article is not None and article.untold:
        told = told_by_scripts(fetch, [post.document for post in made], article.untold)
        layout = replace(layout, calls={**layout.calls, **told})
        found = replace(found, layout=layout)
        article = _article_part(made, found) if told else article
    if article is None:
        raise UnknownLayout(
            f"{page.url}: reads as a list of {many(len(found.listing.rows), 'post')}, but "
            f"{_why_no_article(posts, found.listing)}; nothing was stored",
            page.url,
            f"'sinmungo probe {page.url} --toml' prints what was understood, {_own(page.url)}",
        )
    layout = replace(layout, article=article.part)
    read = {post.row.key: _read(post, layout) for post in (*made, *kept)}
    articles = {key: shown for key, shown in read.items() if shown is not None}
    found = counted(replace(found, layout=layout), second[1] if second else None)
    found = mended(document, found, articles, page.seen_at)
    confidence = min(found.confidence, article.confidence)
    reasons = [*found.reasons, *article.reasons]
    checked = check_pages(fetch, page, found.layout, [post.row for post in (*kept, *made)])
    for doubt, limit in _doubts(checked, made, kept):
        confidence = min(confidence, limit)
        reasons.append(f"it {doubt}")
    layout = replace(found.layout, list=replace(found.layout.list, number=proven_meaning(found.listing)))
    layout = with_pager_named(layout, [document, second[0]] if second and checked.second else [], page.seen_at)
    shown = next((articles[post.row.key] for post in made if post.row.key in articles), None)
    return Study(layout, found.listing, page, confidence, tuple(reasons), shown)


def proven_meaning(listing: Listing) -> NumberMeaning | None:
    """What the numbers of a board's first page mean for good; None when every page has to tell it anew.

    Numbers that fall one by one are ranks only where the highest is the total, less notices: ids without a hole look
    alike, and once they get holes a list that is taken for ranked hides what was deleted or stands further down.
    """
    if listing.number_meaning != "rank" or listing.total is None:
        return None if listing.number_meaning == "rank" else listing.number_meaning
    top = max(row.number for row in listing.rows if row.number is not None)
    notices = sum(row.is_notice for row in listing.rows)
    return "rank" if listing.total - notices <= top <= listing.total else None


def _first_page(fetch: Fetch, page: Page, *, is_post: bool) -> tuple[Page, InducedList]:
    """The first page of the list to which a page belongs, and the draft that reads it."""
    document = parse(page)
    found = induce_listing(document, page.seen_at)
    if found is None or _shows_post(found.layout, page.url):
        url = _way_back(document, found.layout if found else None)
        if url is None:
            raise _no_list(document, is_post=is_post)
        page = fetch(Ask(url, "listing", referer=page.url))
        document = parse(page)
        found = induce_listing(document, page.seen_at)
    if found is None:
        raise _no_list(document, is_post=is_post)
    if found.listing.page not in (None, 1) and (ask := page_ask(document, found.layout, 1)):
        page = fetch(ask)
        first = induce_listing(parse(page), page.seen_at)
        found = first if first is not None else found
    return page, found


def _no_list(document: Document, *, is_post: bool) -> UnknownLayout:
    url = document.url
    empty = next((line(node) for node in document.root.css("td, li, dd, p, div") if says_empty(node)), None)
    if empty is not None:
        said = f"{url}: says {empty!r}, so that it cannot be told how its posts are read; nothing was stored"
        return UnknownLayout(said, url, "try again when it has posts")
    said = (
        "shows one post, and nothing on it leads to its list"
        if is_post
        else "nothing on it looks like the list of a board"
    )
    wanted = f"the address of a page that lists posts is wanted; if this is one, {_own(url)}"
    return UnknownLayout(f"{url}: {said}; nothing was stored", url, wanted)


def _own(url: str) -> str:
    return (
        f"'sinmungo add {url} --layout FILE' reads it by a layout of your own (docs/engines.md tells how to write one)"
    )


def _shows_post(layout: Layout, url: str) -> bool:
    """Whether the address names one post: a list below it is not the board's first page."""
    names = [source.partition(":")[2] for source in layout.identity.key if source.startswith("query:")]
    return any(query_value(url, name) for name in names)


def _way_back(document: Document, layout: Layout | None) -> str | None:
    """Where the button 목록 leads, else the post's address without what names the post."""
    for node in document.root.css("a[href]"):
        label = "".join((line(node) or node.attributes.get("title") or "").split()).lower()
        if label in _BACK:
            ask = open_link(document, Layout(name="any"), node, "listing")
            if ask is not None and ask.method == "GET" and is_same_site(ask.url, document.url):
                return ask.url
    return board_url(layout, document.url) if layout is not None else None


def _second_page(fetch: Fetch, found: InducedList) -> tuple[Document, Listing | None] | None:
    """The page after the first, as the draft reads it; a Listing of None when it does not."""
    if found.listing.next is None:
        return None
    try:
        page = fetch(found.listing.next)
        document = parse(page)
        listing = read_listing(document, found.layout, page.seen_at)
    except (PageError, Refused, Gone):
        return None
    known = {row.key for row in found.listing.rows}
    return document, listing if any(row.key not in known for row in listing.rows) else None


def _posts(fetch: Fetch, listing: Listing, wanted: int) -> list[_Post]:
    """Posts spread over a list page, without those that show no article (secret, deleted)."""
    rows = [row for row in distinct(listing).rows if row.ask is not None and not row.is_secret]
    rows.sort(key=lambda row: row.is_notice)
    step = max(1, len([row for row in rows if not row.is_notice]) // max(1, wanted))
    filed = [row for row in rows if row.has_file][:_WITH_FILES]
    spread = list(dict.fromkeys((*filed, *rows[::step], *rows)))
    found: list[_Post] = []
    refused = 0
    for row in spread:
        if len(found) == wanted or refused == _MOST_REFUSED or row.ask is None:
            break
        try:
            page = fetch(row.ask)
            document = parse(page)
        except (PageError, FetchError):
            refused += 1
            continue
        if page.status >= 400 or read_wall(document, page.status) is not None:
            refused += 1
            continue
        found.append(_Post(row, page, document))
    return found


def _article_part(posts: Sequence[_Post], found: InducedList) -> InducedArticle | None:
    if not posts:
        return None
    samples = []
    for post in posts:
        listed = rows_on(post.document, found.layout, post.page.seen_at)
        samples.append(Sample(post.document, post.row, listed or posts_below(post.document, found.layout.identity)))
    return induce_article(samples, found.layout.identity, posts[0].page.seen_at, found.layout.calls)


def _read(post: _Post, layout: Layout) -> Article | None:
    try:
        article = read_article(post.document, layout, post.page.seen_at)
    except PageError:
        return None
    return article if is_same_title(post.row.title, article.title or "") else None


def _why_no_article(posts: Sequence[_Post], listing: Listing) -> str:
    if not any(row.ask for row in listing.rows):
        return "what opens a post is a script whose address cannot be told"
    return "none of its posts could be opened" if not posts else "how its posts are laid out cannot be told"


def _doubts(checked: Checked, made: Sequence[_Post], kept: Sequence[_Post]) -> list[tuple[str, float]]:
    """What speaks against storing the layout, with the confidence that it leaves."""
    doubts = [
        (each.said, _LEAVES.get((each.part, each.state), 0.5)) for each in checked.findings if each.state != "reads"
    ]
    if not kept and len(made) > 2:
        doubts.append(("was made of all posts that could be opened, so that none was left to try it on", 0.75))
    return list(dict.fromkeys(doubts))
