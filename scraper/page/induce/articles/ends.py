"""Where the body of a view page is over, and what only stands in its midst. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scraper.korean.dates import find_date
from scraper.korean.labels import role_of, split_label
from scraper.korean.lines import is_end, is_neighbour, is_tool
from scraper.korean.names import looks_like_file_name, name_from_link
from scraper.page.induce.articles.company import SENTENCE
from scraper.page.induce.articles.outline import Outline, Piece, is_date, squash
from scraper.page.totals import read_totals
from scraper.urls import join

LINE = 30
"""Characters of a line of text; what is shorter may be a name or a caption."""
_BEFORE_TOTAL = 20
"""A line that counts the posts of a list ends what is longer, be it one picture."""
_BESIDE = re.compile(r"(?:이전|다음|prev(?:ious)?|next)\s*[:：|>»›▶]?\s", re.IGNORECASE)
_NO_FILES = re.compile(r"(?:첨부|파일).{0,8}(?:없습니다|없음)")
_COUNTED = re.compile(r"첨부\s*(?:파일)?\s*[\[(]\s*[0-9]+\s*(?:개|건)?\s*[\])]")
_ALL_FILES = re.compile(
    r"(?:첨부|파일)[\s:：]*(?:(?:첨부|파일|전체|일괄|모두|압축|zip|목록|보기|받기|내려\s*받기|다운\s*로드|저장|[0-9]+\s*개)[\s()\[\]|:：]*)+",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\W*(?:관리자\s*)?답변\s*(?:내용|글)?\W*|\W*[0-9]+\s*개(?:의)?\s*답변\W*|\W*답변\s*[(\[]?\s*[0-9]+\s*[)\]]?(?:개|건)?\W*"
)
_ANSWERED = re.compile(r"\W*(?:A\W*)?답변(?!\s*(?:상태|완료|대기))")
"""How a line begins that tells who answered a question, and when."""
_ANSWERS = re.compile(r"(?:^|[_\s])ans(?:wer)?s?(?:$|[_\s])")
"""What the box of an answer is called."""
_TEXT = frozenset(("본문", "본문내용", "내용"))
"""What a page says right before a text."""
_HEADS = frozenset("h2 h3 h4 h5 h6 dt th strong b p".split())
_BUTTON = 8
_TALK = re.compile("댓글|덧글|코멘트|의견|comment", re.IGNORECASE)
_CAPTION = re.compile(r"^[▲△▼▽◀▶◆◇]|[ⓒ©]|사진\s*[=:/]|/\s*사진")
_HEAD = 20
"""So many lines behind the label of files its text begins at the latest."""
_HIGHEST = 5
_NUMBER = re.compile(r"[0-9]+")
_BAR = 3
"""So many buttons one after the other are a bar of them."""
_SIBLINGS = 2
"""So many links to other posts one below the other are a box of them."""
_LINKS = 4
"""So many links one below the other are a list."""
_CHARGE = re.compile(
    r"(?:^|(?<=[\s|│·/(]))(?:(?:자료\s*관리|콘텐츠\s*관리|페이지)?\s*담당\s*(?:부서|자|과|팀)|부서명?|연락처|전화(?:번호)?|팩스|이메일"
    r"|(?:최종|최근)\s*(?:수정|업데이트|갱신)\S{0,2}|업데이트)(?=\s*(?:[:：]|\s|$))"
)
"""Words for who answers for a page, and when it was last changed."""
_LONGEST_FACT = 60
_RELATED = re.compile(r"관련\s*(?:기사|글|뉴스)|다른\s*기사|함께\s*(?:보면|읽)|추천\s*기사|많이\s*본")


def is_over(page: Outline, place: int, heading: int, head: int, prose: float) -> bool:
    """Whether a line shows that the body is over. ``prose`` is what stood before it, behind the line of the heading;
    ``head`` the last line of facts."""
    is_beside = place > head and is_neighbour(page.pieces[place].text)
    if is_beside and prose < 1 and _are_neighbours_above(page, place, heading):
        return False
    return (is_beside or _ends(page, place, heading, prose)) and not _are_buttons_above(page, place, heading, prose)


def _ends(page: Outline, place: int, heading: int, prose: float) -> bool:
    """Whether a line ends a body by what it says."""
    piece = page.pieces[place]
    if page.spots[piece.spot].is_aside:
        return prose > 20
    if prose < 1:
        return False
    is_answer = _ANSWER.fullmatch(piece.text) is not None and page.spots[piece.spot].tag in _HEADS
    if len(piece.text) < 2 * LINE and _ANSWERED.match(piece.text) is not None:
        is_answer = is_answer or find_date(piece.text, page.seen_at) is not None
    is_answer = is_answer or any(
        _ANSWERS.search(page.spots[at].names) and not page.holds(at, page.pieces[heading].spot)
        for at in list(page.around(piece.spot))[:2]
    )
    if is_answer or is_end(piece.text):
        return True
    if prose >= LINE and _begins_bar(page, place):
        return True
    if prose >= LINE and says_files(piece.text):
        return not _stands_above(page, place, heading)  # else facts that no label tells stood before it, no text
    if len(piece.text) < 60 and (totals := read_totals(piece.text)) is not None and totals.total is not None:
        return len(piece.text) < LINE and prose > _BEFORE_TOTAL
    return False


def _begins_bar(page: Outline, place: int) -> bool:
    """Whether a bar of buttons begins at a line, and no sentence stands behind it before the page says that the post
    is over."""
    ahead = page.pieces[place : place + _BAR]
    if len(ahead) < _BAR or not all(piece.is_button or is_tool(piece.text) for piece in ahead):
        return False
    for piece in page.pieces[place + _BAR : place + _HEAD]:
        if is_end(piece.text):
            return True
        if _is_sentence(piece):
            return False
    return False


def _stands_above(page: Outline, place: int, heading: int) -> bool:
    """Whether a line stands before the sentences of a post, and none before it."""
    if any(_is_sentence(piece) for piece in page.pieces[heading + 1 : place]):
        return False
    for piece in page.pieces[place + 1 : place + _HEAD]:
        if is_neighbour(piece.text) or page.spots[piece.spot].is_aside:
            return False
        if _is_sentence(piece):
            return True
    return False


def _are_neighbours_above(page: Outline, place: int, heading: int) -> bool:
    """Whether the neighbours of a post stand between its facts and its sentences, or what heads its text."""
    if any(map(_is_sentence, page.pieces[heading + 1 : place])):
        return False
    for piece in page.pieces[place + 1 : place + _HEAD]:
        if _is_sentence(piece) or squash(piece.text) in _TEXT:
            return True
        if _TALK.search(piece.text) or page.spots[piece.spot].is_aside:
            return False
    return False


def _are_buttons_above(page: Outline, place: int, heading: int, prose: float) -> bool:
    """Whether at a line buttons stand, bare ones, between the facts and the sentences of a post."""
    if (
        prose > 3 * LINE
        or len(page.pieces[place].text) > _BUTTON
        or any(map(_is_sentence, page.pieces[heading + 1 : place]))
    ):
        return False
    for piece in page.pieces[place + 1 : place + _HEAD]:
        if _is_sentence(piece):
            return True
        is_small = len(piece.text) <= _BUTTON or (_CAPTION.search(piece.text) is not None and not piece.is_link)
        if _TALK.search(piece.text) or not (is_small or is_end(piece.text) or is_tool(piece.text)):
            return False
    return False


def is_insert(page: Outline, piece: Piece) -> bool:
    """Whether a line may stand in the midst of a body: an advertisement, a box of related articles."""
    return page.spots[piece.spot].is_aside or _RELATED.search(piece.text) is not None


def inside_text(page: Outline, heading: int) -> list[bool]:
    """For each line whether text stands behind it that is built as text between the heading and it: of one parent, and
    of the same kind."""
    spans: dict[tuple[int, str], tuple[int, int]] = {}
    for place, piece in enumerate(page.pieces):
        if place <= heading or not _is_sentence(piece):
            continue
        first, last = spans.get(built_at(page, piece), (place, place))
        spans[built_at(page, piece)] = (first, last if page.spots[piece.spot].is_aside else place)
    begins, ends = Counter(first + 1 for first, _ in spans.values()), Counter(last for _, last in spans.values())
    opened, found = 0, []
    for place in range(len(page.pieces)):
        opened += begins[place] - ends[place]
        found.append(opened > 0)
    return found


def built_at(page: Outline, piece: Piece) -> tuple[int, str]:
    """The parent of a line's block, and what it is."""
    return page.spots[piece.spot].up, page.spots[piece.spot].tag


def _is_sentence(piece: Piece) -> bool:
    return (
        len(piece.text) > LINE
        and not piece.is_link
        and SENTENCE.search(piece.text) is not None
        and not is_end(piece.text)
    )


def leads_on(page: Outline, place: int) -> bool:
    """Whether at a line a list of links begins, or links to the posts beside this one."""
    piece = page.pieces[place]
    if piece.linked and _BESIDE.match(piece.text) is not None:
        return True
    ahead = page.pieces[place + (not piece.linked) :][:_SIBLINGS]
    if len(piece.text) < LINE and len(ahead) == _SIBLINGS and all(_leads_beside(page, each) for each in ahead):
        return True
    behind = page.pieces[place + 1 : place + 2 * _LINKS]
    rest = [piece, *(each for each in behind if not is_date(each.text, page.seen_at))][:_LINKS]
    return (
        len(rest) == _LINKS
        and all(each.linked * 2 > len(each.text) and not is_tool(each.text) for each in rest)
        and not _address_of(page, piece).startswith(("tel:", "mailto:"))
        and len({each.spot for each in rest}) == _LINKS
    )


def _leads_beside(page: Outline, piece: Piece) -> bool:
    """Whether a line is a link to a page whose address differs from its own in numbers only: another post."""
    href = _address_of(page, piece) if piece.is_link else ""
    address = (join(page.document.base, href, page.document.charset) if href[:1] not in ("", "#") else None) or ""
    own = page.document.url
    return address != own and any(map(str.isdecimal, own)) and _NUMBER.sub("0", address) == _NUMBER.sub("0", own)


def _address_of(page: Outline, piece: Piece) -> str:
    """Where the link leads that a line begins with, as it is written; empty where it begins with none."""
    link = next((page.spots[at].node for at in page.around(piece.first) if page.spots[at].tag == "a"), None)
    return (link.attributes.get("href") or "") if link is not None else ""


def says_files(text: str) -> bool:
    """Whether a line is the label of attachments, or begins with it, or says that there are none."""
    if len(text) < LINE and _NO_FILES.search(text) is not None:
        return True
    if len(text) < 2 * LINE and (_COUNTED.match(text) is not None or _ALL_FILES.fullmatch(text) is not None):
        return True
    first = split_label(text) if len(text) < 200 else None
    return (role_of(text) if len(text) < 30 else None) == "files" or (
        first is not None
        and first[0] == "files"
        and (not first[1] or first[1][:1].isdigit() or looks_like_file_name(name_from_link(first[1])))
    )


def charge_boxes(page: Outline, heading: int) -> frozenset[int]:
    """The boxes of who answers for the page, as public bodies put them beside a post: nothing but such labels and what
    they say. In a text of its own (beside prose, apart from the heading) such a box is the author's."""
    found: set[int] = set()
    for piece in page.pieces:
        if piece.spot < heading or len(piece.text) > _LONGEST_FACT or _CHARGE.search(piece.text) is None:
            continue
        box = None
        for at in list(page.around(piece.spot))[:_HIGHEST]:
            lines = [each.text for each in page.pieces if page.holds(at, each.spot)]
            if page.holds(at, heading) or not _are_charges(lines):
                break
            box = at
        if (
            box is not None
            and sum(len(_CHARGE.findall(each.text)) for each in page.pieces if page.holds(box, each.spot)) > 1
        ):
            around = page.spots[box].up
            if around >= 0 and page.holds(around, heading):
                found.add(box)
    return frozenset(found)


def _are_charges(lines: Sequence[str]) -> bool:
    told = sum(len(_CHARGE.findall(text)) for text in lines)
    return len(lines) <= 2 * told + 1 and all(
        len(text) <= _LONGEST_FACT and not SENTENCE.search(text) for text in lines
    )
