"""What is installed is what was meant: the wheel's names, and the demo run from it, far from the checkout."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(command: list[str | Path], where: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SINMUNGO", "PIP"))}
    return subprocess.run(
        list(map(str, command)),
        cwd=where,
        env=kept | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"} | environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("wheel")
    built = run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place], ROOT)
    assert built.returncode == 0, built.stderr
    found = list(place.glob("*.whl"))
    assert len(found) == 1
    return found[0]


def test_the_names_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.split("/")[0] for name in names}
    version = wheel.name.split("-")[1]
    assert top == {"scraper", "cli.py", f"sinmungo-{version}.dist-info"}
    engines = {path.name for path in (ROOT / "scraper/page/engines").glob("*.toml")}
    assert {Path(name).name for name in names if name.startswith("scraper/page/engines/")} >= engines
    assert "scraper/py.typed" in names
    pages = {f"scraper/desk/serve/templates/{path.name}" for path in (ROOT / "scraper/desk/serve/templates").iterdir()}
    assert pages | {"scraper/desk/serve/static/desk.css"} <= set(names)
    assert {name for name in names if name.endswith((".pyc", ".db", ".html"))} <= pages


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that has the wheel, and the libraries of this one."""
    place = tmp_path_factory.mktemp("environment") / "venv"
    made = run([sys.executable, "-m", "venv", place], place.parent)
    assert made.returncode == 0, made.stderr
    python = place / "bin" / "python"
    done = run([python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel], place.parent)
    assert done.returncode == 0, done.stderr
    library = Path(sysconfig.get_path("purelib", vars={"base": str(place), "platbase": str(place)}))
    ours = [path for path in site.getsitepackages() if Path(path).is_dir()]
    (library / "borrowed.pth").write_text("\n".join(ours) + "\n", encoding="utf-8")
    return place / "bin"


def test_the_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    said = run([installed / "python", "-c", "import cli, scraper; print(scraper.__file__, cli.__file__)"], tmp_path)
    assert said.returncode == 0, said.stderr
    assert str(ROOT) + os.sep not in said.stdout.replace(str(installed), "")
    assert said.stdout.count(str(installed.parent)) == 2


def test_the_demo_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    shown = run([installed / "sinmungo", "demo"], tmp_path)
    assert shown.returncode == 0, shown.stdout[-2000:] + shown.stderr[-2000:]
    assert (tmp_path / "archive.db").is_file()
    assert "Traceback" not in shown.stderr
    status = run([installed / "sinmungo", "verify", "--data"], tmp_path)
    assert status.returncode == 0, status.stdout + status.stderr
