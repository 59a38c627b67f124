"""Layouts load strictly and come back from their JSON values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.errors import BadLayout
from scraper.page.layout import ENGINES, find_engines, layout_from, layout_values, load_layout
from scraper.page.parts import Layout, Pick


@pytest.mark.parametrize("name", sorted(find_engines()))
def test_an_engine_survives_the_archive(name: str) -> None:
    engine = find_engines()[name]
    values = json.loads(json.dumps(layout_values(engine)))
    assert layout_from(values, "archive") == engine


@pytest.mark.parametrize("name", sorted(find_engines()))
def test_an_engine_is_short_and_named_after_its_file(name: str) -> None:
    path = Path(str(ENGINES)) / f"{name}.toml"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60
    assert find_engines()[name].about


def test_a_layout_without_anything_but_a_name_is_all_defaults() -> None:
    assert load_layout('name = "bare"', "bare.toml") == Layout("bare")
    assert layout_values(Layout("bare")) == {"name": "bare"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("about = 'x'", ["name", "missing"]),
        ("name = 'x'\nrowz = 1", ["rowz", "unknown key", "list"]),
        ("name = 'x'\n[list]\nrowz = 'tr'", ["list.rowz", "unknown key"]),
        ("name = 7", ["name", "str", "a number"]),
        ("name = 'x'\n[list]\ntotal_counts_notices = 'yes'", ["list.total_counts_notices", "bool"]),
        ("name = 'x'\n[pages]\nstep = true", ["pages.step", "int", "true or false"]),
        ("name = 'x'\n[list]\nsigns = 'a'", ["list.signs", "a list is wanted"]),
        ("name = 'x'\nlist = 'tr'", ["list", "a table is wanted"]),
        ("name = 'x'\n[list]\nrows = 'tr['", ["list.rows", "'tr['", "CSS selector"]),
        ("name = 'x'\n[list]\nsign_text = '('", ["list.sign_text", "regular expression"]),
        ("name = 'x'\n[list]\nsign_text = '(a+)+'", ["list.sign_text", "for ever"]),
        ("name = 'x'\n[list]\nneeds = ['author']", ["list.needs[0]", "must be one of", "author"]),
        ("name = 'x'\n[list.fields]\nwriter = 'b'", ["list.fields.writer", "no such field"]),
        ("name = 'x'\n[list.fields]\nauthor = 'b['", ["list.fields.author", "CSS selector"]),
        ("name = 'x'\n[article]\ntitle = {}", ["article.title", "select, label or after"]),
        ("name = 'x'\n[article]\ntitle = {select='h1', source='html'}", ["article.title", "source", "attr:NAME"]),
        ("name = 'x'\n[article]\ntitle = {select='h1', pattern='a'}", ["pattern", "exactly one group"]),
        ("name = 'x'\n[article]\ntitle = {select='h1', count='two'}", ["count", "must be one of"]),
        ("name = 'x'\n[article.images]\noriginal = ['a']", ["article.images.original", "2 values"]),
        ("name = 'x'\n[article.images]\noriginal = ['(', 'b']", ["article.images.original", "regular expression"]),
        ("name = 'x'\n[[walls]]\nkind = 'closed'", ["walls", "kind", "closed"]),
        ("name = 'x'\n[[walls]]\nselect = 'b'", ["walls", "kind", "missing"]),
        ("name = 'x'\n[identity]\nkey = ['querry:no']", ["identity.key", "querry:no"]),
        ("name = 'x'\n[identity]\nkey = ['path:(']", ["identity.key", "regular expression"]),
        ("name = 'x'\n[identity]\nkey = ['call:first']", ["identity.key", "call:first"]),
        ("name = 'x'\n[identity]\nurl = 'view?no={idx}'", ["identity.url", "{key}"]),
        ("name = 'x'\n[pages]\nstep = 0", ["pages.step", "1 or more"]),
        ("name = 'x'\n[article.images]\noriginal = ['(a)', '\\2']", ["article.images.original", "groups"]),
        ("name = 'x'\n[list]\ncells = ['td', '[']", ["list.cells", "no tag"]),
        ("name = 'x'\n[calls]\ndown = '/x?{name}'", ["calls", "{0}"]),
        ("name = 'x'\n[calls]\ndown = 7", ["calls.down", "str"]),
        (f"name = 'x'\n[list]\nrows = '{'a ' * 601}'", ["list.rows", "longer than"]),
        ("name = 'x'\nextends = 'nosuch'", ["extends", "nosuch"]),
        ("name = 'x'\nextends = '../gnuboard5'", ["extends", "no engine"]),
        ("name = 'x'\nextends = 3", ["extends"]),
        ("name = ", ["not valid TOML"]),
    ],
)
def test_a_mistake_is_named_with_file_key_and_reason(text: str, words: list[str]) -> None:
    with pytest.raises(BadLayout) as caught:
        load_layout(text, "mine.toml")
    message = str(caught.value)
    assert message.startswith("mine.toml: ")
    assert [word for word in words if word not in message] == []


def test_a_layout_that_extends_an_engine_changes_only_what_it_says() -> None:
    text = 'name = "mine"\nextends = "gnuboard5"\n[list]\ntotal = ".count"\n[list.fields]\nauthor = "b.who"\n'
    mine, base = load_layout(text, "mine.toml"), find_engines()["gnuboard5"]
    assert (mine.name, mine.list.total, mine.list.fields["author"]) == ("mine", ".count", (Pick("b.who"),))
    assert mine.list.fields["title"] == base.list.fields["title"]
    assert (mine.article, mine.identity, mine.list.rows) == (base.article, base.identity, base.list.rows)


def test_a_pick_may_be_a_selector_a_table_or_a_list_of_both() -> None:
    text = 'name = "x"\n[article]\ntitle = ["h1", { select = "meta", source = "attr:content" }]\n'
    assert load_layout(text, "x").article.title == (Pick("h1"), Pick("meta", source="attr:content"))
