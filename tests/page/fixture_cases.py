"""The fixture folders: a page as served, and what reading it should give."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from scraper.errors import PageError
from scraper.models import Page
from scraper.page.detect import Detection, detect
from scraper.page.document import Document, parse
from scraper.page.layout import find_engines
from scraper.page.show import shown

FIXTURES = Path(__file__).parents[2] / "fixtures"


@dataclass(frozen=True)
class Case:
    folder: Path

    @property
    def name(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def page(self) -> Page:
        told = json.loads((self.folder / "page.json").read_text(encoding="utf-8"))
        headers = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in told["headers"])
        seen_at = datetime.fromisoformat(told["seen_at"])
        return Page(told["url"], told["status"], headers, (self.folder / "page.html").read_bytes(), seen_at)

    def expected(self) -> dict[str, Any] | None:
        """What expected.json or expected-error.json says; None when there is neither."""
        for name in ("expected.json", "expected-error.json"):
            if (self.folder / name).is_file():
                found: dict[str, Any] = json.loads((self.folder / name).read_text(encoding="utf-8"))
                return found
        return None

    def write(self, found: dict[str, Any]) -> None:
        is_error = "error" in found
        names = ("expected-error.json", "expected.json") if is_error else ("expected.json", "expected-error.json")
        text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
        (self.folder / names[0]).write_text(text, encoding="utf-8")
        (self.folder / names[1]).unlink(missing_ok=True)


def find_cases() -> list[Case]:
    return [Case(path.parent) for path in sorted(FIXTURES.glob("*/*/page.html"))]


def read_case(case: Case) -> tuple[Document, Detection]:
    page = case.page
    document = parse(page)
    return document, detect(document, find_engines().values(), page.seen_at, page.status)


def found_in(case: Case) -> dict[str, Any]:
    """The object of DESIGN §8, or the error that reading raises."""
    try:
        document, detection = read_case(case)
    except PageError as error:
        return {"error": type(error).__name__, "message": str(error)}
    return shown(document, detection, case.page.url)
