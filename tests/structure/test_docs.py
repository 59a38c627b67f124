"""The documents say what the program does: commands, exit codes, engines; and both READMEs say the same."""

from __future__ import annotations

import importlib.util
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from scraper import errors
from scraper.page.layout import find_engines, load_layout

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.ko.md")
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    """The commands of cli.py, by name; loaded by its path, for ``tests/cli`` has the same name."""
    spec = importlib.util.spec_from_file_location("the_command_line", ROOT / "cli.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    commands: dict[str, Any] = typer.main.get_command(module.app).commands  # type: ignore[attr-defined]
    return commands


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    return _FENCE.findall(text)


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ .*$", _FENCE.sub("", text), re.MULTILINE)


def test_both_readmes_have_the_same_build() -> None:
    english, korean = map(text_of, READMES)
    assert len(headings(english)) > 3
    assert [line.split()[0] for line in headings(english)] == [line.split()[0] for line in headings(korean)]
    assert blocks(english)
    assert blocks(english) == blocks(korean)


def test_the_two_commands_stand_word_for_word() -> None:
    for name in READMES:
        assert "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/sinmungo demo\n" in text_of(name)
        assert "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest\n" in text_of(name)


def exit_codes() -> set[int]:
    kinds: list[type[errors.SinmungoError]] = [errors.SinmungoError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return {kind.exit_code for kind in kinds} | {0, 3, 9, 130, 143}


def test_every_exit_code_is_explained() -> None:
    listed = set(map(int, re.findall(r"^\|\s*`?(\d+)`?\s*[|,]", text_of("docs/operations.md"), re.MULTILINE)))
    named = set(
        map(int, re.findall(r"`?(\d+)`?", " ".join(re.findall(r"^\|([^|]*)\|", text_of("docs/operations.md"), re.M))))
    )
    assert exit_codes() <= listed | named
    assert set(errors.WORST_FIRST) <= listed | named


def commands_in(text: str) -> list[list[str]]:
    """Every ``sinmungo …`` of the code blocks and of inline code, as words."""
    lines = [line for block in blocks(text) for line in block.splitlines()[1:-1]]
    lines += re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))
    found = []
    for line in lines:
        for part in re.split(r"&&|\|\||[;|]", line.partition(" #")[0]):
            words = re.search(r"(?:^|[\s/])(sinmungo|cli\.py)\s+(.*)", part.strip())
            if words:
                try:
                    found.append(shlex.split(words[2]))
                except ValueError:
                    found.append(words[2].split())
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_command_exists(page: str, known: dict[str, Any]) -> None:
    for words in commands_in(text_of(page)):
        if not words or not re.fullmatch(r"[a-z-]+", words[0]) or words[0].startswith("--"):
            continue
        assert words[0] in known, f"{page}: sinmungo {' '.join(words)}"
        options = {name for each in known[words[0]].params for name in (*each.opts, *each.secondary_opts)} | {"--help"}
        used = {word.partition("=")[0] for word in words[1:] if re.match(r"--?[a-z]", word)}
        assert used <= options, f"{page}: sinmungo {' '.join(words)}"


def test_commands_are_found_in_the_readme() -> None:
    named = {words[0] for words in commands_in(text_of("README.md")) if words}
    assert {"demo", "crawl", "sync", "probe", "verify"} <= named


def test_the_engines_of_the_document_are_those_that_ship() -> None:
    section = text_of("docs/engines.md").partition("## The engines")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\|\s*`([a-z0-9-]+)`\s*\|", section, re.MULTILINE)) == set(find_engines())


def test_the_layout_of_the_document_keeps_the_schema() -> None:
    written = [block for block in blocks(text_of("docs/engines.md")) if block.startswith("```toml\n")]
    assert written
    for block in written:
        load_layout(block.removeprefix("```toml\n").removesuffix("```"), "docs/engines.md")


@pytest.mark.parametrize("page", PAGES)
def test_links_between_documents_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", _FENCE.sub("", text_of(page)))
    lost = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    lost = [link for link in lost if not ((ROOT / page).parent / link).exists()]
    assert lost == []
