"""What the released views and their columns mean, in English and in Korean: the one source of docs/codebook.md, of the
views in docs/schema.md and of what Datasette shows.

Contract: names exactly the views of the schema and, with ``COMMON``, exactly their columns; tests compare.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The same in two languages, without a full stop."""

    en: str
    ko: str


class View(NamedTuple):
    """A released view: its name for people, what a row is, and what its own columns mean."""

    title: Words
    about: Words
    columns: dict[str, Words]


_FLAG = {
    "title": Words("1 when the title changed, else 0", "제목이 바뀌었으면 1, 아니면 0"),
    "author": Words("1 when the author changed, else 0", "작성자가 바뀌었으면 1, 아니면 0"),
    "date": Words("1 when the time of posting changed, else 0", "작성일시가 바뀌었으면 1, 아니면 0"),
    "category": Words("1 when the category changed, else 0", "분류가 바뀌었으면 1, 아니면 0"),
    "body": Words("1 when the text changed, else 0", "본문이 바뀌었으면 1, 아니면 0"),
    "files": Words(
        "1 when a stored file came, went or changed, else 0", "첨부파일이 늘거나 줄거나 바뀌었으면 1, 아니면 0"
    ),
}

COMMON: dict[str, Words] = {
    "board": Words("the board's slug", "게시판의 짧은 이름"),
    "post_id": Words("the post, by its number in this archive", "글의 번호(이 보관소 안에서만 쓰는 값)"),
    "key": Words(
        "the post's identity, taken from the address or call that opens it",
        "글의 고유값: 글을 여는 주소에서 얻으며, 바뀌지 않음",
    ),
    "number": Words(
        "the number that the board last printed for it; often a rank that shifts",
        "목록에 마지막으로 찍힌 번호; 앞의 글이 지워지면 당겨지는 순번일 때가 많음",
    ),
    "category": Words("category, as the board writes it", "분류(말머리), 게시판에 적힌 그대로"),
    "title": Words("title", "제목"),
    "author": Words("author, as the board writes it", "작성자, 게시판에 적힌 그대로"),
    "posted_date": Words("day of posting in Korea, YYYY-MM-DD", "작성일(한국 날짜), YYYY-MM-DD"),
    "posted_at": Words(
        "time of posting with +09:00; midnight when only the day is known",
        "작성일시(+09:00); 날짜만 알려졌으면 0시로 적음",
    ),
    "posted_precision": Words(
        "how much of posted_at is known: second, minute, day or none",
        "posted_at을 어디까지 아는가: second(초), minute(분), day(날짜), none(모름)",
    ),
    "hits": Words("times read, as the board counts", "조회수, 게시판이 센 그대로"),
    "url": Words("its address", "주소"),
    "is_notice": Words("1 when it is pinned as a notice", "공지로 고정되어 있으면 1"),
    "is_secret": Words("1 when only its author may read it", "비밀글이면 1"),
    "body_text": Words(
        "the text, paragraphs by line breaks; NULL when it has none or was never read",
        "본문, 문단은 줄바꿈으로 나눔; 본문이 없거나 읽은 적이 없으면 NULL",
    ),
    "version": Words("number of the version; 0: never read", "판 번호; 0은 읽은 적 없음"),
    "state": Words(
        "live, unread (listed, never read), blocked (refused or secret), missing, gone or redacted",
        "live(게시 중), unread(목록에만 있고 읽지 못함), blocked(거부되었거나 비밀글), missing(안 보임), "
        "gone(삭제 확인), redacted(이 보관소에서 지움)",
    ),
    "first_seen_at": Words("when it was first seen, UTC", "처음 본 때, UTC"),
    "last_seen_at": Words("when it last stood in a list, UTC", "목록에서 마지막으로 본 때, UTC"),
    "checked_at": Words("when its article was last read, UTC", "본문을 마지막으로 읽은 때, UTC"),
    "missing_at": Words(
        "when its absence was first noticed, UTC; NULL while it is there",
        "없어진 것을 처음 알아챈 때, UTC; 있는 동안은 NULL",
    ),
    "seen_at": Words("when it was seen, UTC", "우리가 본 때, UTC"),
    "size": Words("bytes", "크기(바이트)"),
    "mime": Words("media type, as the site said", "파일 종류(MIME), 사이트가 알린 그대로"),
    "name": Words("name", "이름"),
    "reason": Words("why it is not stored, or gone", "보관하지 못했거나 없어진 까닭"),
    "blob_sha256": Words("SHA-256 of its bytes, which stand in blobs", "파일 내용의 SHA-256; 내용은 blobs에 있음"),
}
"""Columns that mean the same wherever they stand."""

VIEWS_TOLD: dict[str, View] = {
    "articles": View(
        Words("articles", "글"),
        Words("Every post that was read, in its latest version", "한 번이라도 읽은 모든 글의 마지막 판, 글마다 한 줄"),
        {
            "board_name": Words("the board's name", "게시판 이름"),
            "characters": Words("length of the text in characters", "본문의 글자 수(빈칸과 줄바꿈 포함)"),
            "files": Words(
                "number of stored files, images in the text not counted", "보관된 첨부파일 수(본문 속 그림은 빼고)"
            ),
        },
    ),
    "attachment_files": View(
        Words("attachment files", "첨부파일"),
        Words("Every file, with the post it belongs to", "모든 첨부파일과 그 파일이 딸린 글, 파일마다 한 줄"),
        {
            "attachment_id": Words(
                "the file, by its number in this archive", "파일의 번호(이 보관소 안에서만 쓰는 값)"
            ),
            "post_key": Words("the post's key", "글의 고유값"),
            "title": Words("the post's title", "글의 제목"),
            "attachment_key": Words("the file's key", "파일의 고유값"),
            "name": Words("file name", "파일 이름"),
            "kind": Words("file or inline", "file(첨부파일) 또는 inline(본문 속 그림)"),
            "url": Words(
                "an address it had; addresses of files may carry nonces",
                "파일의 주소; 한 번만 쓰는 값이 들어 있을 수 있음",
            ),
            "state": Words("stored, failed or gone", "stored(보관됨), failed(받지 못함), gone(없어짐)"),
        },
    ),
    "file_texts": View(
        Words("texts of files", "첨부파일의 글"),
        Words(
            "The text of every file that `sinmungo texts` tried to read, with the post it belongs to",
            "`sinmungo texts`가 읽어 본 모든 첨부파일의 글과 그 파일이 딸린 글, 파일마다 한 줄",
        ),
        {
            "attachment_id": Words("the file", "파일의 번호(이 보관소 안에서만 쓰는 값)"),
            "text_id": Words(
                "the text: rowid in the index attachment_texts_fts; files of the same bytes have one text",
                "글의 번호: 색인 attachment_texts_fts의 rowid; 내용이 같은 파일들은 글도 하나",
            ),
            "post_key": Words("the post's key", "글의 고유값"),
            "title": Words("the post's title", "글의 제목"),
            "attachment_key": Words("the file's key", "파일의 고유값"),
            "name": Words("file name", "파일 이름"),
            "status": Words(
                "read, empty (no text in it), encrypted, broken, too large, unsupported or no reader (not installed)",
                "read(읽음), empty(글이 없음), encrypted(잠김), broken(깨짐), too large(너무 큼), "
                "unsupported(읽지 못하는 종류), no reader(읽는 프로그램이 설치되지 않음)",
            ),
            "reason": Words("why there is no text, or not all of it", "글이 없거나 일부만 있는 까닭"),
            "text": Words(
                "the text, or what could be had of it: a preview, or the part before a damage or bound",
                "파일의 글; 다 읽지 못했으면 미리보기나 읽을 수 있던 앞부분",
            ),
            "characters": Words("length of the text", "글자 수(빈칸과 줄바꿈 포함)"),
            "reader": Words(
                "ole (HWP 5), zip (HWPX, docx), pdf, plain or none",
                "읽은 방법: ole(HWP 5), zip(HWPX, docx), pdf, plain(텍스트 파일), none(없음)",
            ),
            "reader_version": Words(
                "version of that reader; 0: it was not installed", "읽은 방법의 판 번호; 0은 설치되지 않았음"
            ),
            "read_at": Words("when it was read, UTC", "읽은 때, UTC"),
        },
    ),
    "edits": View(
        Words("edits", "고쳐진 글"),
        Words(
            "Every change that a site made to a post after it was first read",
            "처음 읽은 뒤 사이트에서 글이 고쳐진 일, 한 번에 한 줄",
        ),
        {
            "version": Words("number of the version that the change made", "고쳐서 생긴 판의 번호"),
            "title": Words("title after the change", "고친 뒤의 제목"),
            "title_before": Words("title of the version before", "고치기 전의 제목"),
            **{f"{part}_changed": words for part, words in _FLAG.items()},
            "characters_added": Words("by how much the text grew", "본문이 늘어난 글자 수; 줄었으면 음수"),
        },
    ),
    "disappeared": View(
        Words("disappeared", "사라진 글"),
        Words("Posts that are no longer there", "게시판에서 사라진 글, 글마다 한 줄"),
        {
            "state": Words("missing (noticed) or gone (confirmed)", "missing(안 보임), gone(삭제 확인)"),
            "gone_at": Words("when it was confirmed, UTC", "삭제를 확인한 때, UTC"),
        },
    ),
    "monthly": View(
        Words("monthly", "월별 통계"),
        Words(
            "Posts by board and month; a month without posts has no row",
            "게시판과 달마다 한 줄; 글이 없는 달은 줄도 없음",
        ),
        {
            "month": Words("YYYY-MM, Korean time", "달, YYYY-MM(한국 시각)"),
            "posts": Words("number of posts", "글 수"),
            "authors": Words("number of different authors", "서로 다른 작성자 수"),
            "characters": Words("length of all texts", "본문 글자 수의 합"),
            "hits": Words("sum of hits", "조회수의 합"),
            "disappeared": Words("how many of them are missing or gone", "그 가운데 안 보이거나 삭제된 글 수"),
        },
    ),
    "readership": View(
        Words("readership", "조회수 추이"),
        Words("Hits over time, a row for each time that a list showed them", "목록에서 글의 조회수를 볼 때마다 한 줄"),
        {
            "hits": Words("hits as the board printed them", "게시판에 찍힌 조회수"),
            "gained": Words(
                "hits since the time before; NULL the first time", "앞서 본 때부터 늘어난 조회수; 처음이면 NULL"
            ),
            "hits_seen": Words("the same as hits", "hits와 같음"),
            "own_reads": Words(
                "how often we ourselves had opened the article by then, since its hits were first seen",
                "조회수를 처음 본 뒤 그때까지 sinmungo가 이 글을 연 횟수",
            ),
            "hits_net": Words(
                "hits_seen less own_reads: what other readers left; a little too low on a board that does not "
                "count every visit",
                "hits_seen에서 own_reads를 뺀 값: 다른 독자가 남긴 조회수; 방문을 모두 세지 않는 게시판에서는 "
                "조금 낮게 나옴",
            ),
        },
    ),
    "board_balance": View(
        Words("board balance", "게시판 대조표"),
        Words(
            "What the board says it has against what the archive holds",
            "게시판이 알린 글 수와 보관된 글 수의 대조, 게시판마다 한 줄",
        ),
        {
            "board_id": Words("the board, by its number in this archive", "게시판의 번호(이 보관소 안에서만 쓰는 값)"),
            "declared_total": Words("the total that the board last printed", "게시판에 마지막으로 찍힌 전체 글 수"),
            "posts": Words("posts known", "알고 있는 글 수"),
            "live": Words("posts read and there", "읽었고 게시 중인 글 수"),
            "unread": Words("listed, never read", "목록에만 있고 읽지 못한 글 수"),
            "blocked": Words("refused or secret", "거부되었거나 비밀글인 글 수"),
            "missing": Words("absence noticed", "안 보이는 글 수"),
            "gone": Words("absence confirmed", "삭제가 확인된 글 수"),
            "redacted": Words("taken out by us", "이 보관소에서 지운 글 수"),
            "listed": Words(
                "live, unread, blocked and redacted together", "live, unread, blocked, redacted의 합: 목록에 있는 글 수"
            ),
            "listed_notices": Words("how many of these are notices", "그 가운데 공지 수"),
            "counts_notices": Words(
                "1 when the board's total counts its notices, as its layout says",
                "게시판의 전체 글 수에 공지가 들어가면 1(게시판 레이아웃의 설정)",
            ),
            "counted": Words(
                "listed, without the notices where the total leaves them out",
                "전체 글 수와 견줄 수: listed에서, 공지를 세지 않는 게시판이면 공지를 뺀 값",
            ),
            "difference": Words(
                "declared_total less counted: what is not listed, not reached yet, or not a post",
                "declared_total에서 counted를 뺀 값: 목록에 없거나 아직 닿지 않았거나 글이 아닌 것",
            ),
            "unparseable": Words(
                "lines of the list that open no post, as of the last balance sheet",
                "글로 이어지지 않는 목록 줄 수(마지막 대조 때)",
            ),
            "tail": Words(
                "posts not reached yet, as of the last balance sheet", "아직 닿지 않은 글 수(마지막 대조 때)"
            ),
            "verdict": Words(
                "of the last balance sheet: balanced, unbalanced, unsettled, unfinished or unknown",
                "마지막 대조의 결과: balanced(맞음), unbalanced(안 맞음), unsettled(확인 중), "
                "unfinished(덜 끝남), unknown(모름)",
            ),
            "balanced_at": Words("end of the run that drew it up, UTC", "마지막 대조를 마친 때, UTC"),
        },
    ),
}


def words_of(view: str, column: str) -> Words:
    """What a column of a released view means; KeyError for one that nobody described."""
    own = VIEWS_TOLD[view].columns
    return own[column] if column in own else COMMON[column]
