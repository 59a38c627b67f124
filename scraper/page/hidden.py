"""Elements that a page holds and does not show. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element with these attributes is not shown: a second form of a record for narrow windows, mostly."""
    style = attributes.get("style")
    return (style is not None and _NOT_SHOWN.search(style) is not None) or "hidden" in attributes
