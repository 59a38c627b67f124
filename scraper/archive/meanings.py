"""What every table of archive.db and its columns mean, in one line each: the source of docs/schema.md.

Contract: names exactly the tables of the schema and exactly their columns; a test compares. Views: see codebook.
"""

from __future__ import annotations

from scraper.archive.codebook import COMMON, VIEWS_TOLD, words_of

_SEAL = {"row_sha256": "SHA-256 over every column of the row but this one"}
_COLUMNS = {
    **{name: words.en for name, words in COMMON.items()},
    "id": "the row",
    "board_id": "the board",
    "capture_id": "the capture it was read from",
    "kind": "what sort it is",
    "title_cut": "1 when the board itself cut the title short",
    "posted_raw": "the date as it stood on the page",
    "posted_capture_id": "the board's feed that told the date; NULL: the list or the article did",
    "body_html": "the markup of the body; not part of what makes a version",
    "form": "what is sent to open it, where that takes a POST; else NULL",
    "told": "JSON: what its row last said (title, author, category, secret, has a file)",
    "content_sha256": "SHA-256 over title, author, date, category, text and stored files: what makes a version",
    "name_raw": "the file name as sent",
}

TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "meta": (
        "Facts of the file: archive_id, created_at, last_capture (id), search_terms_version",
        {"key": "name of the fact", "value": "its value"},
    ),
    "migrations": (
        "The steps of the schema that this file went through",
        {"version": "user_version after the step", "name": "what it did", "applied_at": "when, UTC"},
    ),
    "sites": (
        "A host, how politely it is asked, and its robots.txt",
        {
            "host": "host name, with the port when it is not the usual one",
            "delay": "seconds between two requests; NULL: the default",
            "tls": "NULL, compat or legacy: how old a TLS the host needs",
            "contact": "who answers for this site",
            "robots_status": "status of the last robots.txt; NULL: no answer",
            "robots_text": "its text",
            "robots_at": "when it was fetched, UTC",
            **_SEAL,
        },
    ),
    "boards": (
        "A board and how it is read",
        {
            "site_id": "its host",
            "slug": "short name for the command line",
            "url": "canonical address of its first list page",
            "engine": "the layout it was made from",
            "layout": "the whole layout, JSON",
            "charset": "charset of its pages",
            "declared_total": "the total that the board last printed",
            "number_meaning": "what its numbers are: rank, id or none",
            "allow_private": "1 when it was added with --allow-private",
            "created_at": "when it was added, UTC",
            "first_walk_done_at": "when it was first walked to its end, UTC; NULL while that is owed",
            **_SEAL,
        },
    ),
    "runs": (
        "One sync of one board",
        {
            "started_at": "UTC",
            "finished_at": "UTC; NULL while it runs",
            "outcome": "ok, partial, budget, layout, wall, unreachable, policy, held, unbalanced, interrupted, "
            "storage, bug or running; of a repair: layout fits, layout repaired, layout refused or layout declined",
            "exit_code": "what it would end the command with",
            "total": "the total that the board printed",
            "message": "what went wrong",
            "balance": "the balance sheet at its end, JSON: shown, held, unread, blocked, tail, difference, verdict …",
            "requests": "requests sent",
            "pages": "list pages read",
            "new": "posts read for the first time",
            "revised": "posts with a new version",
            "unchanged": "posts read again without a change",
            "secret": "secret posts met",
            "missing": "posts whose absence was noticed",
            "gone": "posts confirmed as gone",
            "returned": "posts that came back",
            "failed": "posts that could not be read",
            "files": "files stored",
            "files_failed": "files that could not be had",
            "bytes": "bytes received",
            "due": "articles that were to be read again only because of their age",
            **_SEAL,
        },
    ),
    "dictionaries": (
        "Pages that serve as zstd dictionaries (raw content) for later ones of their board",
        {"kind": "listing or article", "data": "the page's bytes", "sha256": "SHA-256 of data"},
    ),
    "blobs": (
        "Bodies by their digest, each stored once",
        {
            "sha256": "SHA-256 of the bytes, lower-case hex",
            "codec": "raw, or zstd: one frame per part",
            "dictionary_id": "the dictionary its frames need",
            "parts": "number of parts",
        },
    ),
    "blob_parts": (
        "The bytes of blobs in parts of 1 MiB, each packed for itself",
        {"sha256": "the blob", "part": "1, 2, 3 …", "data": "the part, as the blob's codec says"},
    ),
    "captures": (
        "Exchanges kept as evidence, each chained to the one before it",
        {
            "run_id": "the run that made it",
            "kind": "listing, article, attachment, feed or robots",
            "post_key": "the post it was asked for",
            "attachment_key": "the file it was asked for",
            "ask_url": "the address that was asked for first",
            "url": "the address that answered: another one after a redirect",
            "method": "GET or POST",
            "form": "the body of a POST",
            "status": "HTTP status",
            "headers": "NULL when they are those of response_head; else JSON pairs, latin-1",
            "request_head": "request line and headers, credentials blanked",
            "response_head": "status line and headers as received",
            "body_sha256": "the body, decoded, in blobs",
            "body_size": "its bytes",
            "address": "IP address that answered",
            "tls": "protocol and cipher; NULL for plain HTTP",
            "started_at": "UTC",
            "finished_at": "UTC",
            "prev_hash": "entry_hash of the capture before it",
            "entry_hash": "SHA-256 over every column but itself and outcome",
            "outcome": "what became of it: read, gone, refused, superseded, wall:login …; NULL: nobody has read it",
        },
    ),
    "posts": (
        "A post as it stands now",
        {"search_terms": "always NULL: the index posts_fts holds the terms", **_SEAL},
    ),
    "post_versions": (
        "Every distinct state of a post; never overwritten",
        {
            "version": "1, 2, 3 …",
            "cause": "source (the site changed it) or reparse (we read it better)",
            "listing_capture_id": "the list page it was completed from",
            "article_capture_id": "the page it was read from",
            "fields_from_listing": "names of the fields that the article lacks, JSON",
            "parser_version": "version of sinmungo that read it",
            "files": "[key, name, sha256] of its stored files, JSON",
            **_SEAL,
        },
    ),
    "post_hits": ("How often a post was read, each time it was seen in a list", {}),
    "attachments": (
        "A file or inline image of a post, as it stands now",
        {
            "key": "what stays the same when its address does not",
            "kind": "file or inline",
            "url": "an address it had; addresses may carry nonces",
            "state": "stored, failed, or gone (offered, but its download says that it is not there)",
            "name": "file name",
            **_SEAL,
        },
    ),
    "attachment_versions": (
        "Every state in which a file was stored, the present one included",
        {
            "key": "what stays the same when its address does not",
            "version": "1, 2, 3 …",
            "kind": "file or inline",
            "name": "file name",
            **_SEAL,
        },
    ),
    "attachment_texts": (
        "The text of a stored file, read by `sinmungo texts`; a row for each blob that was tried",
        {
            "status": "read, empty (no text in it), encrypted, broken, too large, unsupported or no reader (installed)",
            "reason": "why there is no text, or not all of it",
            "text": "the text, or what could be had of it: a preview, or the part before a damage or bound",
            "search_terms": "always NULL: the index attachment_texts_fts holds the terms",
            "reader": "ole (HWP 5), zip (HWPX, docx), pdf, plain or none",
            "reader_version": "version of that reader; a later one reads the file again; 0: it was not installed",
            "read_at": "when it was read, UTC",
            **_SEAL,
        },
    ),
    "attachment_texts_fts": (
        "Full-text index of files: `SELECT rowid FROM attachment_texts_fts WHERE attachment_texts_fts MATCH '협의체'` "
        "gives values of text_id in file_texts",
        {"text": "the text", "search_terms": "pieces of 2 to 4 syllables of every Korean word"},
    ),
    "coverage": (
        "Which stretch of which list was seen, and when",
        {
            "walk": "the run that began this walk from page 1",
            "page": "number of the page",
            "total": "the total it printed",
            "keys": "keys of its ordinary rows in page order, JSON",
            "first_number": "number of its first ordinary row",
            "last_number": "number of its last ordinary row",
            "is_last": "1 when the walk found its end here",
            **_SEAL,
        },
    ),
    "failures": (
        "What could not be read or downloaded",
        {
            "post_key": "the post's key",
            "attachment_key": "the file; NULL for the article itself",
            "kind": "article or attachment",
            "outcome": "secret, gone, failed …",
            "reason": "in words",
            "tries": "how often it was tried",
            "first_at": "first try, UTC",
            "last_at": "last try, UTC",
            "resolved_at": "when it worked after all, UTC; NULL: open",
            **_SEAL,
        },
    ),
    "events": (
        "What happened to posts",
        {
            "at": "UTC",
            "kind": "missing, absent (again), gone, returned, changed (its row in the list is another), secret",
            "detail": "the evidence",
            **_SEAL,
        },
    ),
    "posts_fts": (
        "Full-text index: `SELECT rowid FROM posts_fts WHERE posts_fts MATCH '협의체'`",
        {"search_terms": "pieces of 2 to 4 syllables of every Korean or mixed word"},
    ),
}


def about(name: str) -> str:
    """What a row of a table or view is; KeyError for one that nobody described."""
    return VIEWS_TOLD[name].about.en if name in VIEWS_TOLD else TABLES[name][0]


def meaning(name: str, column: str) -> str:
    """What a column of a table or view means; KeyError for one that nobody described."""
    if name in VIEWS_TOLD:
        return words_of(name, column).en
    own = TABLES[name][1]
    return own[column] if column in own else _COLUMNS[column]
