"""PDF, page by page, by pypdf. A scanned page has no text; nobody here reads pictures."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from scraper.filetext.values import MAX_PAGES, NotRead, foreign


def read_pdf(content: bytes) -> Iterator[str]:
    """The text of each page. A document that opens with an empty password is read."""
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

    try:
        with foreign("its structure"):
            document = PdfReader(BytesIO(content), strict=False)
            if document.is_encrypted and document.decrypt("") == PasswordType.NOT_DECRYPTED:
                raise NotRead("encrypted", "locked by a password")
            pages = len(document.pages)
    except DependencyError as error:
        raise NotRead("encrypted", "locked by a cipher that pypdf alone does not know") from error
    except PyPdfError as error:
        raise NotRead("broken", f"its structure: {str(error)[:200]}") from error
    for number in range(min(pages, MAX_PAGES)):
        try:
            with foreign(f"page {number + 1}"):
                yield document.pages[number].extract_text()
        except LimitReachedError as error:
            raise NotRead("too large", f"page {number + 1} unpacks to more than pypdf takes") from error
        except PyPdfError as error:
            raise NotRead("broken", f"page {number + 1}: {str(error)[:200]}") from error
    if pages > MAX_PAGES:
        raise NotRead("too large", f"it has {pages:,} pages, only the first {MAX_PAGES:,} are read")
    if not pages:
        raise NotRead("broken", "it has no pages")
