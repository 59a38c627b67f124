"""Citations: what each format says of a post, and that no title breaks out of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.desk import cite
from scraper.desk.cite import Source

SOURCE = Source(
    "opinion", "203", 2, "[기고] 물 부족, 대책은?", "김가상", "달빛신문 오피니언", date(2021, 10, 4),
    "http://news.example/view.php?a=1&no=203#c_1", datetime(2026, 11, 3, 16, 10, 5, tzinfo=UTC), "ab" * 32,
)  # fmt: skip
NASTY = replace(
    SOURCE,
    title='100% {열린} \\A_B & #1 ~^$ "인용"\n둘째 줄, @article{x}',
    author="김가상, 이나래 and *회",
    url="http://news.example/{a}\\b c?제목=%B1%E2_#$",
)


def test_the_line_in_korean() -> None:
    assert cite.korean([SOURCE]) == (
        "김가상, 「[기고] 물 부족, 대책은?」, 달빛신문 오피니언, 2021. 10. 4., "
        "http://news.example/view.php?a=1&no=203#c_1, "
        f"제2판, 보존 2026-11-04 01:10:05 (한국시간), SHA-256 {'ab' * 32}"
    )
    bare = replace(SOURCE, author=None, posted=None)
    assert (
        cite.korean([bare, SOURCE]).splitlines()[0].startswith("「[기고] 물 부족, 대책은?」, 달빛신문 오피니언, http:")
    )


def test_bibtex() -> None:
    assert cite.bibtex([SOURCE]).splitlines() == [
        "@misc{opinion-203-v2,",
        "  author = {{김가상}},",
        "  title = {{[기고] 물 부족, 대책은?}},",
        "  howpublished = {달빛신문 오피니언},",
        "  year = {2021},",
        "  month = {10},",
        "  day = {4},",
        "  url = {http://news.example/view.php?a=1&no=203#c_1},",
        "  urldate = {2026-11-04},",
        f"  note = {{version 2 of opinion/203, captured 2026-11-04T01:10:05+09:00, SHA-256 {'ab' * 32}}},",
        "  language = {korean}",
        "}",
    ]
    told = cite.bibtex([NASTY])
    assert (
        r"title = {{100\% \textbraceleft{}열린\textbraceright{} \textbackslash{}A\_B \& \#1 \textasciitilde{}"
        r'\textasciicircum{}\$ "인용" 둘째 줄, @article\textbraceleft{}x\textbraceright{}}}'
    ) in told
    assert "url = {http://news.example/%7Ba%7D%5Cb%20c?제목=%B1%E2_#$}" in told
    assert "author = {{김가상, 이나래 and *회}}" in told


def test_ris() -> None:
    assert cite.ris([SOURCE]).splitlines() == [
        "TY  - ELEC",
        "ID  - opinion-203-v2",
        "AU  - 김가상",
        "TI  - [기고] 물 부족, 대책은?",
        "T2  - 달빛신문 오피니언",
        "PY  - 2021",
        "DA  - 2021/10/04/",
        "UR  - http://news.example/view.php?a=1&no=203#c_1",
        "Y2  - 2026/11/04/",
        f"N1  - version 2 of opinion/203, captured 2026-11-04T01:10:05+09:00, SHA-256 {'ab' * 32}",
        "LA  - ko",
        "ER  - ",
    ]
    assert "AU  - 김가상， 이나래 and ＊회\n" in cite.ris([NASTY])
    assert cite.ris([SOURCE, NASTY]).count("\nER  - \n\nTY  - ") == 1


def test_csl_json() -> None:
    (item,) = json.loads(cite.csl_json([SOURCE]))
    assert item["id"] == "opinion-203-v2" and item["author"] == [{"literal": "김가상"}]
    assert item["issued"] == {"date-parts": [[2021, 10, 4]]} and item["accessed"] == {"date-parts": [[2026, 11, 4]]}
    assert item["container-title"] == "달빛신문 오피니언" and "ab" * 32 in item["note"]
    (bare,) = json.loads(cite.csl_json([replace(SOURCE, author=" ", posted=None)]))
    assert "author" not in bare and "issued" not in bare


@pytest.mark.parametrize(
    ("key", "name"),
    [("203", r"opinion-203-v2"), ("/글/제목", r"opinion--v2-[0-9a-f]{8}"), ("a b", r"opinion-ab-v2-\w{8}")],
)
def test_names_of_entries_are_plain_and_differ(key: str, name: str) -> None:
    assert re.fullmatch(name, replace(SOURCE, key=key).name)
    assert replace(SOURCE, key="/글/제목").name != replace(SOURCE, key="/글/제묵").name


ANY = st.text(st.characters(codec="utf-8"), max_size=40) | st.text(
    st.sampled_from('{}\\"%&#_~^$@\r\n, *-가ER'), max_size=40
)


@given(ANY, ANY, ANY)
def test_nothing_breaks_out_of_its_place(title: str, author: str, url: str) -> None:
    source = replace(SOURCE, title=title, author=author, url=url)
    entry = cite.bibtex([source])
    depth, depths = 0, []
    for letter in entry:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        depths.append(depth)
    assert min(depths[len("@misc{") - 1 : -1]) >= 1 and depths[-1] == 0
    assert len([line for line in entry.split("\n") if line.startswith("  title = ")]) == 1
    assert not re.search(r"(?<!\\)[$&#%_]", entry.partition("title = ")[2].partition(",\n")[0])
    record = cite.ris([source]).split("\n")
    assert record[0] == "TY  - ELEC" and record[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in record[:-1])
    assert len(cite.korean([source]).splitlines()) == 1
    assert json.loads(cite.csl_json([source]))[0]["title"] == " ".join(title.split())
