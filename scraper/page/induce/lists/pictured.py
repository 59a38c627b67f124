"""Names that a picture stands for: a nick may be an image whose ``alt=`` says it, among words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selectolax.lexbor import LexborNode

from scraper.page.induce.lists.slots import Slot, is_words
from scraper.page.parts import Pick, Picks


def pictured_names(slots: Mapping[str, Slot], author: Picks, records: Sequence[LexborNode]) -> dict[str, Picks]:
    """``author`` with a pick for the images in its place (``slots`` by their paths), in records that lack words there;
    empty where no image says any."""
    slot = slots.get(author[0].select or "") if author else None
    if slot is None:
        return {}
    around = slot.path.rpartition(" > ")[0]
    if not around:
        return {}
    way = f"{around} > img[alt]"
    lacking = [record for at, record in enumerate(records) if at not in slot.leaves]
    told = [image.attributes.get("alt") or "" for record in lacking if (image := record.css_first(way)) is not None]
    return {"author": (*author, Pick(select=way, source="attr:alt"))} if told and is_words(told) else {}
