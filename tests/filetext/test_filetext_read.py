"""Texts out of files: what a document holds, and a status for each that cannot be read."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from file_samples import TEXT, control, docx, hwp, hwpx, pdf
from pypdf import PdfReader, PdfWriter

from scraper.fakeboard.documents import zipped
from scraper.fakeboard.hwp import deflated, ole, record, section, units
from scraper.filetext import read, values
from scraper.filetext.hwp5 import paragraph
from scraper.filetext.read import read_file, reader_of

WHOLE = "\n".join(TEXT)
LONG = [f"{number}번째 문단이다. " * 20 for number in range(700)]


@pytest.mark.parametrize(
    ("content", "name", "reader"),
    [
        (hwp(), "보도자료.hwp", "ole"),
        (hwp(flags=0), "a.bin", "ole"),
        (hwpx(), "보도자료.hwpx", "zip"),
        (docx(), "기고.docx", "zip"),
        (pdf(), "a.pdf", "pdf"),
        (pdf(packed=False), "download.do", "pdf"),
        (WHOLE.encode("cp949"), "a.TXT", "plain"),
        (WHOLE.encode(), "a.csv", "plain"),
        (WHOLE.encode("utf-16"), "a.txt", "plain"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_text_of_each_kind(content: bytes, name: str, reader: str) -> None:
    found = read_file(content, name, "application/octet-stream")
    assert (found.status, found.reader, found.reason, found.text) == ("read", reader, None, WHOLE)


def test_hwp_sections_stand_in_the_order_of_their_numbers() -> None:
    found = read_file(hwp(*([f"{number}장"] for number in range(12))), "a.hwp")
    assert (found.text or "").splitlines() == [f"{number}장" for number in range(12)]


def test_a_long_hwp_paragraph_and_many_sectors() -> None:
    found = read_file(hwp(["가" * 3000, *LONG], flags=0), "a.hwp")
    assert (found.text or "").splitlines() == ["가" * 3000, *(line.rstrip() for line in LONG)]


def test_controls_of_a_paragraph_are_one_or_eight_units_wide() -> None:
    one = "".join(map(chr, (24, 30, 31)))
    told = control(2) + units("표 앞")[:-2] + control(11) + units(f"뒤{one}끝\n둘째 줄")[:-2] + control(9)
    assert paragraph(told + units("칸")) == "표 앞뒤-\xa0 끝\n둘째 줄\t칸"
    for number in set(range(32)) - {0, 9, 10, 13, *range(24, 32)}:
        assert paragraph(control(number) + units("가")) == "가", number
    assert paragraph(units("끝")[:-2] + b"\x0b\0ab") == "끝"
    assert paragraph(b"\x00\xd8" + units("가")) == "\ufffd가"


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        ("<hp:p><hp:run><hp:t>가<hp:tab/>나<hp:lineBreak/>다</hp:t></hp:run></hp:p>", ["가\t나", "다"]),
        ("<hp:p><hp:t>한 </hp:t><hp:t>줄</hp:t></hp:p>", ["한 줄"]),
        (
            "<hp:p><hp:t>표:</hp:t><hp:tbl><hp:tr><hp:tc><hp:subList><hp:p><hp:t>칸 하나</hp:t></hp:p></hp:subList>"
            "</hp:tc></hp:tr></hp:tbl><hp:t>표 뒤</hp:t></hp:p>",
            ["표:", "칸 하나", "표 뒤"],
        ),
        ("<hp:p><hp:secPr><hp:tab/>아님</hp:secPr><hp:t>&lt;가&gt;&amp;&#xAC00;</hp:t></hp:p>", ["<가>&가"]),
        ("<hp:p><hp:t>강<hp:markpenBegin/>조<hp:markpenEnd/>함</hp:t></hp:p>", ["강조함"]),
    ],
)
def test_the_markup_of_hwpx(inside: str, lines: list[str]) -> None:
    assert (read_file(hwpx(inside), "a.hwpx").text or "").splitlines() == lines


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        (
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>가</w:t><w:tab/><w:t>나</w:t></w:r></w:p>",
            ["가\t나"],
        ),
        ("<w:p><w:r><w:t>가</w:t><w:br/><w:t>나</w:t></w:r></w:p>", ["가", "나"]),
        ("<w:p><w:r><w:delText>지움</w:delText><w:instrText>PAGE</w:instrText><w:t>남음</w:t></w:r></w:p>", ["남음"]),
        (
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>상자</w:t></w:r></w:p></mc:Choice>"
            "<mc:Fallback><w:p><w:r><w:t>상자</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
            "<w:t>밖</w:t></w:r></w:p>",
            ["상자", "밖"],
        ),
    ],
)
def test_the_markup_of_docx(inside: str, lines: list[str]) -> None:
    assert (read_file(docx(inside), "a.docx").text or "").splitlines() == lines


def locked_pdf(password: str) -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(pdf()))), BytesIO()
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    assert read_file(locked_pdf(""), "a.pdf").text == WHOLE


def locked_zip() -> bytes:
    """A docx whose parts say that they are encrypted."""
    whole = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.find(mark)
        while at >= 0:
            whole[at + place] |= 1
            at = whole.find(mark, at + 1)
    return bytes(whole)


AES = (
    f"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O <{'00' * 48}> /U <{'00' * 48}> /OE <{'00' * 32}> "
    f"/UE <{'00' * 32}> /Perms <{'00' * 16}> /StmF /StdCF /StrF /StdCF "
    "/CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> >> /ID [<00> <00>]"
)
MANIFEST = {"META-INF/manifest.xml": "<m><f><encryption-data/></f></m>"}
SPOILT_SECTION = {"BodyText/Section0": deflated(section(LONG))[:-400]}
CUT_RECORD = {"BodyText/Section0": section(["남은 글"]) + record(67, units("잘린 글"))[:-6]}


@pytest.mark.parametrize(
    ("content", "name", "status", "reason", "text"),
    [
        (hwp(flags=3, preview="미리"), "a.hwp", "encrypted", "a password; its text here is the preview only", "미리"),
        (hwp(flags=3), "a.hwp", "encrypted", "locked by a password", None),
        (hwp(flags=5, preview=WHOLE), "a.hwp", "encrypted", "for distribution; its text here is the preview", WHOLE),
        (hwp(flags=1 | 1 << 4), "a.hwp", "encrypted", "DRM", None),
        (hwp(flags=1 | 1 << 8), "a.hwp", "encrypted", "certificate", None),
        (ole({"EncryptedPackage": b"x" * 5000}), "a.docx", "encrypted", "Office document with a password", None),
        (locked_zip(), "a.docx", "encrypted", "word/document.xml is locked by a password", None),
        (hwpx(parts=MANIFEST), "a.hwpx", "encrypted", "locked by a password", None),
        (locked_pdf("secret"), "a.pdf", "encrypted", "locked by a password", None),
        (hwp([], flags=0), "a.hwp", "empty", None, None),
        (hwpx("<hp:p/>"), "a.hwpx", "empty", None, None),
        (pdf(content=b"0 0 m 10 10 l S"), "a.pdf", "empty", None, None),
        (b"", "a.txt", "empty", None, None),
        (b"", "빈 파일.hwp", "empty", "it has no bytes", None),
        (pdf(trailer=AES), "a.pdf", "encrypted", "locked", None),
        (ole({"WordDocument": b"x" * 5000}), "a.doc", "unsupported", "Word document of before 2007", None),
        (ole({"Other": b"x"}), "a.db", "unsupported", "an OLE file that is no document", None),
        (zipped({"xl/workbook.xml": "<x/>"}), "a.xlsx", "unsupported", "an Excel workbook", None),
        (zipped({"사진.jpg": "x"}), "a.zip", "unsupported", "a zip file", None),
        (zipped({"word/document.xml": "<x/>"}, zipfile.ZIP_LZMA), "a.docx", "unsupported", "packed by method 14", None),
        (b"\x89PNG\r\n\x1a\n", "a.png", "unsupported", "an image", None),
        (b"HWP Document File V3.00 \x1a\1\2", "a.hwp", "unsupported", "HWP 3", None),
        (b"ab\0\1\2", "a.txt", "unsupported", "called a text but is none", None),
        (b"anything", "a.xyz", "unsupported", "no reader for what it is", None),
        (hwp(raw={"FileHeader": b"x" * 256}), "a.hwp", "broken", "FileHeader does not say HWP", None),
        (hwp(raw=CUT_RECORD, flags=0), "a.hwp", "broken", "Section0 ends within a record", "남은 글\n잘린"),
        (hwp(raw={"BodyText/Section0": b"\xff" * 50}), "a.hwp", "broken", "Section0 cannot be unpacked", None),
        (hwp()[:1400], "a.hwp", "broken", "OLE container", None),
        (docx()[:-30], "a.docx", "broken", "its zip container cannot be read (BadZipFile)", None),
        (hwpx("<hp:p><hp:t>앞</hp:t></hp:p><hp:p>"), "a.hwpx", "broken", "section0.xml: mismatched tag", "앞"),
        (pdf()[:200], "a.pdf", "broken", "its structure", None),
        (zipped({"word/document.xml": b"<?xml version='1.0' encoding='cp949'?><a/>"}), "a.docx", "broken", "", None),
    ],
)
def test_a_status_for_each_that_is_not_read(
    content: bytes, name: str, status: str, reason: str | None, text: str | None
) -> None:
    found = read_file(content, name)
    assert (found.status, found.text) == (status, text)
    assert found.reason is None if reason is None else reason in (found.reason or ""), found.reason
    assert "\n" not in (found.reason or "")


def test_what_stands_before_a_damage_is_kept() -> None:
    found = read_file(hwp(raw=SPOILT_SECTION), "a.hwp")
    assert found.status == "broken" and "Section0 ends too soon" in (found.reason or "")
    assert (found.text or "").startswith(LONG[0].rstrip())
    half = docx("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LONG) + "<w:p><w:broken>")
    assert (read_file(half, "a.docx").text or "").splitlines() == [line.rstrip() for line in LONG]


def test_no_entity_is_expanded() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "글글글"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'
    found = read_file(zipped({"word/document.xml": bomb}), "a.docx")
    assert (found.status, found.text) == ("broken", None)
    assert "document type" in (found.reason or "")


def test_bombs_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values.Allowance.__init__, "__defaults__", (1 << 20,))
    zeros = b"\0" * (2 << 20)
    spaces = "<a>" + " " * (2 << 20) + "</a>"
    for content in (
        hwp(raw={"BodyText/Section0": deflated(zeros)}),
        hwp(raw={"BodyText/Section0": zeros}, flags=0),
        zipped({"word/document.xml": spaces}),
        hwpx(*(["<hp:p/>" + " " * (600 << 10)] * 2)),
    ):
        found = read_file(content, "a.hwp")
        assert (found.status, found.reason) == ("too large", "it unpacks to more than 1 MiB")


def test_a_file_with_too_many_bytes_parts_pages_or_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.filetext.zipped.MAX_ENTRIES", 20)
    monkeypatch.setattr("scraper.filetext.pdf.MAX_PAGES", 3)
    monkeypatch.setattr(read, "MAX_CHARACTERS", 100)
    many = zipped({"word/document.xml": "<a/>", **{f"{number}": "" for number in range(30)}})
    assert read_file(many, "a.docx").status == "too large"
    pages = read_file(pdf("하나", "둘", "셋", "넷"), "a.pdf")
    assert (pages.status, pages.text) == ("too large", "하나\n둘\n셋")
    assert pages.reason == "it has 4 pages, only the first 3 are read"
    letters = read_file(("가나다 " * 100).encode(), "a.txt")
    assert (letters.status, len(letters.text or "")) == ("too large", 100)
    monkeypatch.setattr(read, "MAX_BYTES", 100)
    assert read_file(b"x" * 101, "a.txt").status == "too large"


def test_a_page_that_unpacks_to_too_much() -> None:
    found = read_file(pdf("가", content=b" " * (100 << 20)), "a.pdf")
    assert (found.status, found.reason) == ("too large", "page 1 unpacks to more than pypdf takes")


def test_a_missing_library_is_no_reader_of_version_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(read.READERS, "pdf", read.Reader(read.read_pdf, 1, "no_such_library"))
    found = read_file(pdf(), "a.pdf")
    assert (found.status, found.version, found.reason) == ("no reader", 0, "no_such_library is not installed")
    assert read_file(hwp(), "a.hwp").status == "read"


def test_the_name_decides_only_where_the_bytes_say_nothing() -> None:
    assert reader_of(pdf(), "a.txt", "text/plain") == "pdf"
    assert reader_of(b"abc", "a", "text/plain; charset=euc-kr") == "plain"
    assert reader_of(b"abc", "a.html", "text/html") == "none"


def test_text_is_tidied() -> None:
    found = read_file("가\u1112\u1161\u11ab \t\r\n\r\n\r\n\r\n\x07나\u2028다\n".encode(), "a.txt")
    assert found.text == "가한\n\n나\n다"


def test_blanks_and_small_records_take_no_time() -> None:
    """A run of blanks, and a section of nothing but empty records, are read in a straight line."""
    assert read_file(b" " * 2_000_000 + b".", "a.txt").text == "."
    empty = struct.pack("<I", 67) * 200_000
    assert read_file(hwp(raw={"BodyText/Section0": deflated(empty)}), "a.hwp").status == "empty"
    assert zlib.decompress(deflated(empty), -15) == empty
