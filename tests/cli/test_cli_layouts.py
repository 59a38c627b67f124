"""Layouts on the command line: printed, mended, given with a new board, found again."""

from __future__ import annotations

import re
import sqlite3

from cli_shell import Shell

from scraper.fakeboard import FakeServer

PRIVATE = ("--allow-private", "--delay", "0")


def test_a_probed_layout_stores_the_board(shell: Shell, server: FakeServer) -> None:
    url = server.url("opinion")
    told = shell("probe", url, "--toml", *PRIVATE)
    assert told.code == 0, told.err
    assert 'name = "gnuboard5"' in told.out
    (shell.folder / "mine.toml").write_text(told.out.replace('"gnuboard5"', '"mine"'), encoding="utf-8")
    answer = shell("add", url, "--layout", "mine.toml", *PRIVATE)
    assert answer.code == 0, answer.err
    assert shell("boards", "--json").json["boards"][0]["engine"] == "mine"
    again = shell("add", url, "--layout", "mine.toml", *PRIVATE)
    assert again.code == 2
    assert "layout opinion --edit FILE" in again.sentence()


def test_a_layout_that_misreads_the_board_is_not_stored(shell: Shell, server: FakeServer) -> None:
    url = server.url("opinion")
    told = shell("probe", url, "--toml", *PRIVATE).out
    for name, broken in (
        ("list", told.replace("query:wr_id", "query:nothing")),
        ("article", told.replace("#bo_v_con", "#nothing")),
        ("text", re.sub(r"(?m)^body = .*$", 'body = "#nothing"', told)),
    ):
        assert broken != told
        (shell.folder / "broken.toml").write_text(broken, encoding="utf-8")
        answer = shell("add", url, "--layout", "broken.toml", *PRIVATE)
        assert answer.code == 4, name
        assert "does not read" in answer.sentence()
    (shell.folder / "broken.toml").write_text('name = "x"\nrowz = 1\n', encoding="utf-8")
    assert shell("add", url, "--layout", "broken.toml", *PRIVATE).code == 2
    assert not (shell.folder / "archive.db").exists()


def test_a_page_that_nothing_reads_has_no_layout(shell: Shell) -> None:
    (shell.folder / "page.html").write_text("<html><body><p>솔내천의 하루</p></body></html>", encoding="utf-8")
    answer = shell("probe", "page.html", "--toml")
    assert (answer.code, answer.out) == (4, "")
    assert "no layout reads this page" in answer.sentence()


def test_a_board_that_reads_well_needs_no_repair(archived: Shell) -> None:
    answer = archived("repair", "opinion", "--delay", "0")
    assert answer.code == 0, answer.err
    assert "nothing to repair" in answer.out


def test_a_broken_layout_is_repaired(archived: Shell) -> None:
    """Somebody stored rows that are none: the engine is found again, and reads every kept page."""
    with sqlite3.connect(archived.folder / "archive.db") as source, sqlite3.connect(archived.folder / "b.db") as copy:
        source.backup(copy)
        copy.execute("""UPDATE boards SET layout = json_set(layout, '$.list.rows', 'li.nothing')""")
    source.close()
    copy.close()
    answer = archived("repair", "opinion", "--delay", "0", "--db", "b.db", "--json")
    assert answer.code == 0, answer.err
    assert (answer.json["outcome"], answer.json["new"], answer.json["differences"]) == ("repaired", "gnuboard5", [])
    assert answer.json["alike"] > 0
    assert archived("repair", "opinion", "--delay", "0", "--db", "b.db", "--json").json["outcome"] == "fits"


def test_a_repair_names_what_is_missing(shell: Shell, archived: Shell) -> None:
    assert shell("repair", "opinion").code == 2
    assert "opinion" in archived("repair", "nowhere").sentence()
