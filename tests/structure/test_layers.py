"""The house: imports go downstairs only, and each room uses what it may use."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FOUNDATION = frozenset({"scraper", "models", "errors"})
BELOW: dict[str, frozenset[str]] = {
    "scraper": frozenset(),
    "errors": frozenset(),
    "models": frozenset(),
    "hosts": frozenset({"scraper"}),
    "urls": FOUNDATION | {"hosts"},
    "korean": FOUNDATION,
    "fakeboard": frozenset({"models"}),
    "page": FOUNDATION | {"urls", "korean"},
    "filetext": FOUNDATION | {"korean"},
    "web": FOUNDATION | {"urls", "korean"},
    "archive": FOUNDATION | {"urls", "korean"},
}
BELOW["sync"] = FOUNDATION | {"urls", "korean", "page", "web", "archive"}
BELOW["console"] = BELOW["sync"] | {"sync"}
BELOW["desk"] = BELOW["console"] | {"filetext"}
BELOW["demo"] = BELOW["sync"] | {"sync", "console", "fakeboard"}
BELOW["commands"] = BELOW["demo"] | {"demo", "desk"}
BELOW["cli"] = BELOW["commands"] | {"commands"}

LIBRARIES: dict[str, frozenset[str]] = {
    "korean": frozenset({"selectolax"}),
    "page": frozenset({"selectolax"}),
    "filetext": frozenset({"olefile", "pypdf"}),
    "web": frozenset({"httpx", "httpcore", "tenacity", "protego", "h11"}),
    "archive": frozenset({"sqlite_utils", "zstandard", "filelock"}),
    "cli": frozenset({"typer"}),
    "commands": frozenset({"typer"}),
    "console": frozenset({"typer", "rich"}),
    "desk": frozenset({"xlsxwriter", "pyarrow", "kiwipiepy", "datasette", "uvicorn", "pluggy", "markupsafe"}),
}
NETWORK = frozenset("socket ssl http urllib.request ftplib smtplib asyncio selectors socketserver".split())
DISK = frozenset("pathlib os io shutil tempfile glob sqlite3 subprocess importlib.resources".split())
CLOCK = frozenset("time random secrets threading logging".split())
FORBIDDEN: dict[str, frozenset[str]] = {
    "korean": NETWORK | DISK | CLOCK,
    "page": NETWORK | DISK | CLOCK,
    "filetext": NETWORK | (DISK - {"io"}) | CLOCK,
    "web": frozenset({"sqlite3"}),
    "archive": NETWORK,
    "sync": NETWORK | {"sqlite3", "logging"},
    "console": NETWORK | {"sqlite3"},
    "desk": NETWORK | {"sqlite3"},
    "cli": NETWORK | {"sqlite3"},
    "commands": NETWORK | {"sqlite3"},
}
BUT = {
    ("scraper/page/layout.py", "importlib.resources"): "engines are files of the package",
    ("scraper/desk/serve/listen.py", "socket"): "what is served must be listened for",
}
MAY_PRINT = (
    *("cli.py", "scraper/console/", "scraper/fakeboard/__main__.py"),
    *("scraper/archive/describe.py", "scraper/desk/codebook.py"),
)


LINES = 300
LONG = {
    "scraper/models.py": "the values that every room knows",
}


class Import(NamedTuple):
    module: str
    line: int


def sources() -> list[Path]:
    return [ROOT / "cli.py", *sorted((ROOT / "scraper").rglob("*.py"))]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] == "cli":
        return "cli"
    return "scraper" if parts[1] == "__init__" else parts[1]


def imports(tree: ast.AST) -> Iterator[Import]:
    """Every module that is imported, at whatever depth; ``from a import b`` counts as ``a`` and as ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            yield Import(node.module, node.lineno)
            yield from (Import(f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def target_of(module: str) -> str | None:
    """The room that an import of ours leads to."""
    parts = module.split(".")
    if parts[0] == "cli":
        return "cli"
    if parts[0] != "scraper":
        return None
    return parts[1] if len(parts) > 1 and parts[1] in BELOW else "scraper"


def test_every_module_stands_in_a_room() -> None:
    assert {room_of(path) for path in sources()} <= set(BELOW)
    assert {"cli", "sync", "web", "archive", "page", "korean", "fakeboard"} <= {room_of(path) for path in sources()}


def test_imports_go_downstairs() -> None:
    climbing = [
        f"{name_of(path)}:{each.line} imports {each.module}"
        for path in sources()
        for each in imports(parsed(path))
        if (target := target_of(each.module)) is not None
        and target not in BELOW[room_of(path)] | {room_of(path), "scraper"}
    ]
    assert climbing == []


def test_each_room_uses_its_own_libraries() -> None:
    ours = sys.stdlib_module_names | {"scraper", "cli"}
    foreign = [
        f"{name_of(path)}:{each.line} imports {each.module}"
        for path in sources()
        for each in imports(parsed(path))
        if each.module.split(".")[0] not in ours | LIBRARIES.get(room_of(path), frozenset())
    ]
    assert foreign == []


def test_pure_rooms_are_pure() -> None:
    used = [
        f"{name_of(path)}:{each.line} imports {each.module}"
        for path in sources()
        for each in imports(parsed(path))
        if each.module in FORBIDDEN.get(room_of(path), frozenset()) and (name_of(path), each.module) not in BUT
    ]
    assert used == []


def test_pure_rooms_ask_no_clock_and_no_environment() -> None:
    asked = [
        f"{name_of(path)}:{node.lineno} uses {node.attr}"
        for path in sources()
        if room_of(path) in ("korean", "page", "filetext")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today", "environ", "getenv")
    ]
    assert asked == []


def test_nobody_catches_everything() -> None:
    """But the one place in cli.py; a clean-up that raises again is no catch."""
    caught = [
        name_of(path)
        for path in sources()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not _raises_again(node)
    ]
    assert caught == ["cli.py"]


def _is_broad(kind: ast.expr | None) -> bool:
    if kind is None:
        return True
    names = {node.id for node in ast.walk(kind) if isinstance(node, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_only_the_terminal_prints() -> None:
    prints = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        if not name_of(path).startswith(MAY_PRINT)
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input"))
        or (isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr"))
    ]
    assert prints == []


def test_every_module_opens_with_its_contract() -> None:
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in sources()}
    assert [name for name, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []


def test_modules_stay_short_or_have_a_reason() -> None:
    lengths = {name_of(path): path.read_text(encoding="utf-8").count("\n") for path in sources()}
    assert [name for name, length in lengths.items() if length > LINES and name not in LONG] == []
    assert [name for name in LONG if lengths.get(name, 0) <= LINES] == [], "no reason is needed any more"


def test_the_tests_of_layers_see_a_climb() -> None:
    found = {
        each.module for each in imports(ast.parse("def f():\n    from scraper.sync import run\n    import sqlite3"))
    }
    assert {"scraper.sync", "scraper.sync.run", "sqlite3"} <= found
    assert target_of("scraper.sync.run") == "sync"
    assert "sync" not in BELOW["archive"] | BELOW["page"] | BELOW["web"]
    assert _is_broad(ast.parse("try:\n    pass\nexcept (OSError, Exception):\n    pass").body[0].handlers[0].type)  # type: ignore[attr-defined]
