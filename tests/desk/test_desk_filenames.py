"""Names that sites give become names that every file system takes (P18)."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.desk.filenames import LONGEST, Names

RESERVED = {
    *("con", "prn", "aux", "nul", "clock$", "conin$", "conout$"),
    *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"),
}


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("보도자료(최종).hwp", "보도자료(최종).hwp"),
        ("명단 (2).xlsx", "명단 (2).xlsx"),
        ("../../etc/passwd", "_.._.._etc_passwd"),
        ("..\\..\\시작 프로그램\\a.exe", "_.._.._시작 프로그램_a.exe"),
        ("/etc/passwd", "_etc_passwd"),
        ("C:\\a.txt", "C__a.txt"),
        ("..", "_"),
        ("", "_"),
        (" . ", "_"),
        (".bashrc", "_.bashrc"),
        ("-rf", "_-rf"),
        ("CON", "_CON"),
        ("con.hwp", "_con.hwp"),
        ("Lpt1 .txt", "_Lpt1.txt"),
        ("COM².a.b", "_COM².a.b"),
        ("console.txt", "console.txt"),
        ("끝점...", "끝점"),
        ("두\n줄\t이름.txt", "두 줄 이름.txt"),
        ("뒤집\u202egpj.exe", "뒤집gpj.exe"),
        ("나눔\x00널.txt", "나눔널.txt"),
        ("a:b*c?d.txt", "a_b_c_d.txt"),
        ("\u1112\u1167\u11b8.txt", "협.txt"),
        ("가" * 200 + ".hwp", "가" * 45 + ".hwp"),
    ],
)
def test_safe_names(raw: str, safe: str) -> None:
    assert Names().take(raw) == safe


def test_names_that_a_file_system_takes_for_one_are_told_apart() -> None:
    names = Names("manifest.csv")
    raws = ["사진.jpg", "사진.JPG", "사진.jpg", "\u1109\u1161\u110c\u1175\u11ab.jpg", "Manifest.CSV", "사진 (2).jpg"]
    assert [names.take(raw) for raw in raws] == [
        *("사진.jpg", "사진 (2).JPG", "사진 (3).jpg", "사진 (4).jpg", "Manifest (2).CSV", "사진 (2) (2).jpg")
    ]
    long = [names.take("가" * 100) for _ in range(12)]
    assert len(set(long)) == 12 and long[-1].endswith(" (12)")


PIECES = st.sampled_from(
    ["..", "/", "\\", ":", "CON", "nul", "com1", ".", " ", "가", "나다라", "각", "e\u0301", "é", "\x00", "\n", "\x7f",
     "\u202e", "\u200b", "\ufeff", "~", "-", "a", "A", ".hwp", ".HWP", "(2)", "*", "?", "<", ">", "|", '"', "％", "．",
     "\U0001f600", "ﬁ", "ß", "SS", "İ", "\u0130", "\ud800", "x" * 200, "가" * 90, ".tar.gz", "\u2044", "\uffff",
     "\u0345"]
)  # fmt: skip
NAMES = st.lists(PIECES, max_size=6).map("".join) | st.text(max_size=30)


def test_no_name_leads_outside_or_onto_another(full: bool) -> None:
    names_at_once = 10

    @settings(
        max_examples=(200_000 if full else 5_000) // names_at_once,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(NAMES, min_size=names_at_once, max_size=names_at_once))
    def check(raws: list[str]) -> None:
        names = Names("manifest.csv")
        taken = [names.take(raw) for raw in raws]
        for name in taken:
            assert PurePosixPath(name).parts == (name,) and PureWindowsPath(name).parts == (name,), name
            assert name not in (".", "..") and len(name.encode()) <= LONGEST
            assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', name) and name.isprintable()
            assert name == name.strip() and not name.endswith(".") and not name.startswith((".", "-", "~"))
            assert name.partition(".")[0].rstrip().lower() not in RESERVED
            assert unicodedata.is_normalized("NFC", name)
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            folded = {unicodedata.normalize(form, name).casefold() for name in (*taken, "manifest.csv")}
            assert len(folded) == len(taken) + 1, taken

    check()
