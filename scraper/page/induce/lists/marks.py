"""What a board puts inside its titles, for engines that read many boards and name none of it. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scraper.errors import PageError
from scraper.models import Listing
from scraper.page.document import Document
from scraper.page.induce.lists.cell_picks import picks_of
from scraper.page.listing import read_listing
from scraper.page.parts import Layout
from scraper.page.rows import find_lines


def without_marks(document: Document, layout: Layout, listing: Listing, seen_at: datetime) -> tuple[Layout, Listing]:
    """An engine of many boards with what this one puts inside its titles ("N", "[3]", 공지) left out of them."""
    part = layout.list
    around = (document.root.css_first(part.scope) if part.scope else None) or document.root
    lines, _ = find_lines(document, layout, around.css(part.rows), seen_at)
    picks = picks_of(lines, part.cells)
    if not any(each.drop or each.select for each in picks):
        return layout, listing
    bare = replace(layout, list=replace(part, fields={**part.fields, "title": picks}))
    try:
        read = read_listing(document, bare, seen_at)
    except PageError:
        return layout, listing
    pairs = list(zip(read.rows, listing.rows, strict=False))
    same = [replace(row, title=other.title, title_cut=other.title_cut) for row, other in pairs] == list(listing.rows)
    shorter = any(row.title != other.title for row, other in pairs)
    is_better = same and shorter and all(row.title in other.title for row, other in pairs)
    return (bare, read) if is_better else (layout, listing)
