"""How a list says which page this is, which is the last, and how the next one is asked for. Pure.

The relation of page numbers to what is sent (page=2, offset=10, zero-based) is learned from the page's own
links; a layout's rule fills in where a page has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import parse_qsl

from selectolax.lexbor import LexborNode

from scraper.models import Ask
from scraper.page.columns import label_of
from scraper.page.controls import BACK, END, NEXT, NUMBER, Control, find_controls
from scraper.page.document import Document, ancestors
from scraper.page.links import open_link
from scraper.page.parts import Layout
from scraper.page.steps import OFFSETS, PARAMS, Rule, line_through
from scraper.page.totals import Totals
from scraper.urls import query_value, with_query


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list page stands among the pages of its board."""

    page: int
    last_page: int | None
    next: Ask | None


def read_pager(
    document: Document, layout: Layout, totals: Totals | None, per_page: int, lowest: int | None = None
) -> Pager:
    """The pager of a list page. ``per_page`` is the number of ordinary rows on it, ``lowest`` their least rank."""
    controls = read_controls(document, layout)
    links, numbered, rule = controls.links, controls.numbered, controls.rule
    here = _here(document, totals, controls)
    last = _last(links, layout, document, totals, rule)
    if last is not None:
        more = here < last
    else:
        total = totals.total if totals else None
        onward = _onward(links, rule)
        more = any(page > here for page in (*numbered, *onward))
        if not more and here not in onward:
            more = bool(total and per_page and here * per_page < total and lowest != 1)
    ask = _ask(document, controls, here + 1) if more else None
    if last is None:
        last = _counted(layout, totals, per_page, max([here + 1, *numbered])) if more else None
        last = here if not more and (per_page or here == 1) else last
    return Pager(here, last, ask)


def _counted(layout: Layout, totals: Totals | None, per_page: int, shown: int) -> int | None:
    """The last page by the total that a full page states; a total that counts notices as well says less."""
    if totals is None or totals.total is None or not per_page or layout.list.total_counts_notices:
        return None
    pages = -(-totals.total // per_page)
    return pages if pages >= shown else None


def page_ask(document: Document, layout: Layout, page: int) -> Ask | None:
    """How any page of the list is asked for, from the controls of this one."""
    return _ask(document, read_controls(document, layout), page)


def page_rule(document: Document, layout: Layout) -> Rule | None:
    """How page numbers turn into what is sent, as the controls of this page tell."""
    return read_controls(document, layout).rule


class Controls(NamedTuple):
    """The controls of a pager."""

    scope: LexborNode
    """Where they stand."""
    links: list[Control]
    numbered: dict[int, Control]
    """Those with a page number, by that number."""
    rule: Rule | None
    """What they follow."""


def read_controls(document: Document, layout: Layout) -> Controls:
    """The controls of a list page that do not lead away from it."""
    scope, links = find_controls(document, layout)
    links = _own(document, links)
    numbered = {link.page: link for link in reversed(links) if link.page is not None and link.ask is not None}
    if not numbered and len(nexts := _nexts(document, links)) == 1 and not layout.pages.param:
        numbered = {2: nexts[0]}  # nothing but 다음: this is taken for the first page
    rule = _rule(document, scope, numbered, layout)
    told = {page: _page_of(link.ask, rule) for page, link in numbered.items()}
    loose = [page for page, other in told.items() if other is None]
    shapes: Counter[str] = Counter()
    if loose:
        shapes.update(
            _shape(link.ask.url, page) for page, link in numbered.items() if link.ask and link.ask.form is None
        )

    def fits(page: int, ask: Ask) -> bool:
        """A number is a page when it follows the rule, or when several links differ in nothing but their number."""
        return told[page] == page or (page in loose and (page == 1 or shapes[_shape(ask.url, page)] > 1))

    numbered = {page: link for page, link in numbered.items() if link.ask and fits(page, link.ask)}
    return Controls(scope, links, numbered, rule)


def _own(document: Document, links: list[Control]) -> list[Control]:
    """The controls without those that lead away from this list (the days of a calendar), where some surely stay."""
    here = _place(document.url)
    own = [link for link in links if link.ask is not None and _place(link.ask.url) == here]
    return own if any(link.page is not None for link in own) else links


def _place(url: str) -> str:
    return re.sub(r"/page/\d{1,7}/?$", "", url.partition("?")[0])


def _nexts(document: Document, links: Sequence[Control]) -> list[Control]:
    """The controls 다음, one for each address, when there is none that leads back."""
    if any(BACK.search(link.label) for link in links):
        return []
    found = {(link.ask.url, link.ask.form): link for link in links if link.ask and NEXT.search(link.label)}
    return [link for link in found.values() if link.ask and (link.ask.form or link.ask.url != document.url)]


def _shape(url: str, page: int) -> str:
    return re.sub(rf"(?<![0-9]){page}(?![0-9])", "#", url)


def _values(ask: Ask) -> Mapping[str, str]:
    return _parted(ask.url.partition("?")[2] if ask.form is None else ask.form.decode("ascii"))


@lru_cache(maxsize=256)
def _parted(query: str) -> Mapping[str, str]:
    if "%" in query or "+" in query:
        return dict(parse_qsl(query, keep_blank_values=True, encoding="latin-1"))
    return {name: value for name, _, value in (field.partition("=") for field in query.split("&") if field)}


def _rule(document: Document, scope: LexborNode, numbered: dict[int, Control], layout: Layout) -> Rule | None:
    points = [(page, _values(link.ask)) for page, link in sorted(numbered.items()) if link.ask]
    marked = _marked(scope, numbered)
    if marked is not None and points:
        points = sorted([*points, (marked, _values(Ask(document.url, "listing")))], key=lambda point: point[0])
    names = sorted({name for _, values in points for name in values}, key=lambda name: (name not in PARAMS, name))
    for name in names:
        pairs = [(page, int(values[name])) for page, values in points if values.get(name, "").isdigit()]
        if len(pairs) < len([page for page, _ in points if page not in (1, marked)]) or not pairs:
            continue
        rule = line_through(name, pairs)
        if rule is not None:
            return rule
    if layout.pages.param:
        return Rule(layout.pages.param, layout.pages.first, layout.pages.step)
    return None


def _here(document: Document, totals: Totals | None, controls: Controls) -> int:
    scope, links, numbered, rule = controls
    asked = _asked(document, rule)
    if asked is not None:
        return asked
    if totals and totals.page:
        return totals.page
    beside = {page: link for link in links if (page := _page_of(link.ask, rule)) is not None}  # 이전, 다음 and 끝 too
    marked = _marked(scope, {**beside, **numbered}, frozenset(numbered))
    if marked is not None:
        return marked
    named = next((value for name in PARAMS if name not in OFFSETS and (value := query_value(document.url, name))), "")
    if rule is None and named.isdigit():
        return int(named)
    own = [page for page, link in numbered.items() if link.ask and link.ask.url == document.url and not link.ask.form]
    return own[0] if own else 1


def _asked(document: Document, rule: Rule | None) -> int | None:
    """The page that was asked for, as the form that was sent or the address says."""
    sent = [None] if document.form is None else [document.form, None]
    pages = (_page_of(Ask(document.url, "listing", form=form), rule) for form in sent)
    return next((page for page in pages if page is not None), None)


def _marked(scope: LexborNode, numbered: dict[int, Control], linked: frozenset[int] | None = None) -> int | None:
    """The number that stands out beside the links of the pager, in ``scope``: the page that is shown. ``linked``: the
    numbers that are links themselves; all that a link leads to, unless given."""
    if not numbered:
        return None
    pairs = [list(islice(ancestors(link.node), 2)) for link in numbered.values()]
    around = {outer.mem_id for pair in pairs for outer in pair}
    holders = {pair[-1].mem_id: pair[-1] for pair in pairs if pair}
    holder = holders.popitem()[1] if len(holders) == 1 and scope.mem_id not in around else scope
    marked = [
        node
        for node in holder.css("strong, b, em, .on, .active, .current, .this, [aria-current]")
        if not around.isdisjoint([outer.mem_id for outer in islice(ancestors(node), 2)])
    ]
    shown = [int(found[1]) for node in marked if (found := NUMBER.fullmatch(label_of(node)))]
    others = numbered.keys() if linked is None else linked
    return next(
        (page for page in shown if page > 0 and page not in others and {page - 1, page + 1} & numbered.keys()), None
    )


def _page_of(ask: Ask | None, rule: Rule | None) -> int | None:
    if ask is None:
        return None
    if rule and rule.param and (value := _values(ask).get(rule.param, "")).isdigit():
        return rule.page(int(value))
    found = re.search(r"/page/(\d{1,7})(?:/|$)", ask.url.partition("?")[0])
    return int(found[1]) if found else None


def _last(
    links: list[Control], layout: Layout, document: Document, totals: Totals | None, rule: Rule | None
) -> int | None:
    if layout.pages.last and (node := document.root.css_first(layout.pages.last)):
        page = _page_of(open_link(document, layout, node, "listing"), rule)
        if page is not None:
            return page
    ends = [
        page for link in links if link.page is None and END.search(link.label) and (page := _page_of(link.ask, rule))
    ]
    shown = [link.page for link in links if link.page is not None]
    if ends and max(ends) >= max(shown, default=1):
        return max(ends)
    return totals.last_page if totals else None


def _onward(links: list[Control], rule: Rule | None) -> list[int]:
    """Where the "next" controls lead; on the last page many point back, to that page itself, or nowhere."""
    pages = [_page_of(link.ask, rule) for link in links if link.page is None and NEXT.search(link.label)]
    return [page for page in pages if page is not None]


def _ask(document: Document, controls: Controls, page: int) -> Ask | None:
    _, links, numbered, rule = controls
    if page in numbered and (ask := numbered[page].ask):
        return ask
    for link in links:
        if link.page is None and _page_of(link.ask, rule) == page:
            return link.ask
    for number, link in sorted(numbered.items(), reverse=True):
        if link.ask is None:
            continue
        if rule and rule.param and rule.param in _values(link.ask):
            return _with_value(link.ask, rule.param, rule.value(page))
        path = re.sub(rf"(?<=/page/){number}(?=/|$|\?)", str(page), link.ask.url)
        if path != link.ask.url:
            return replace(link.ask, url=path)
    for link in links:  # none but 이전 and 다음, which may be sent as forms
        if link.ask is not None and rule and rule.param and rule.param in _values(link.ask):
            return _with_value(link.ask, rule.param, rule.value(page))
    if rule and rule.param and document.form is not None:  # one that stands alone in its pager
        asked = Ask(document.url, "listing", "POST", document.form, document.url)
        if rule.param in _values(asked):
            return _with_value(asked, rule.param, rule.value(page))
    if rule and rule.param:
        return Ask(with_query(document.url, rule.param, rule.value(page)), "listing", referer=document.url)
    return None


def _with_value(ask: Ask, name: str, value: int) -> Ask:
    if ask.form is None:
        return replace(ask, url=with_query(ask.url, name, value))
    form = with_query(f"?{ask.form.decode('ascii')}", name, value)
    return replace(ask, form=form[1:].encode("ascii"))
