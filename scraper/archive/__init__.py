"""archive.db: one SQLite file that holds boards, posts, every version, every attachment and the bytes they came from.

Contract: every save_* of an Archive is exactly one transaction; what it returned from is on the disk. One process
writes at a time; readers never wait and never make an archive. Foreign errors leave this room as ArchiveError or
FieldError.
"""

from scraper.archive.open import open_archive
from scraper.archive.store import Archive
from scraper.archive.verify import Damage, Summary, Verification, verify

__all__ = ["Archive", "Damage", "Summary", "Verification", "open_archive", "verify"]
