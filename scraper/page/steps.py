"""How page numbers turn into what is sent: page=2, offset=10, counted from zero. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

PARAMS = tuple(
    "page pageIndex pageNo pageno page_no pageNum nPage cpage curPage currentPage movePage pageid pn pg p po "
    "Start start offset startPage gotoPage".split()
)
OFFSETS = ("Start", "start", "offset", "po")
"""Those that count rows, not pages."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``value(n) = first + (n - 1) * step`` of one parameter, in the query or in a sent form."""

    param: str | None
    first: int
    step: int

    def value(self, page: int) -> int:
        return self.first + (page - 1) * self.step

    def page(self, value: int) -> int | None:
        steps, rest = divmod(value - self.first, self.step)
        return steps + 1 if rest == 0 and steps >= 0 else None


def line_through(name: str, pairs: list[tuple[int, int]]) -> Rule | None:
    """The rule that all pairs of a page and its value follow; None when they follow none."""
    if len(pairs) == 1:
        page, value = pairs[0]
        if name not in PARAMS:
            return None
        if name in OFFSETS and (page == 1 or value == page):
            return None
        if value in (page, page - 1):
            return Rule(name, 1 + value - page, 1)
        return Rule(name, 0, value // (page - 1)) if page > 1 and value and value % (page - 1) == 0 else None
    (page, value), (other, further) = pairs[0], pairs[-1]
    step, rest = divmod(further - value, other - page)
    rule = Rule(name, value - (page - 1) * step, step)
    return rule if rest == 0 and step > 0 and all(rule.value(page) == value for page, value in pairs) else None
