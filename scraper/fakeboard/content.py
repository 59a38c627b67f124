"""Korean newspaper text out of a seed: titles, names, bodies. Every place, person and event is invented.

A body is plain text: paragraphs parted by a blank line; a paragraph whose lines hold tabs is a table;
a paragraph in 『 』 is a quotation.
"""

from __future__ import annotations

import re
from random import Random

PLACES = (
    "솔내군",
    "다솜읍",
    "한여울면",
    "노을동",
    "은모래시",
    "가온리",
    "별무리마을",
    "꽃샘동",
    "두물머리골",
    "너른벌면",
    "새암읍",
    "달맞이시장",
)
TOPICS = (
    "마을버스 노선",
    "하천 산책로",
    "작은 도서관",
    "급식 식재료",
    "전통시장 주차장",
    "어린이 보호구역",
    "빈집 정비",
    "보건지소 진료",
    "쓰레기 분리 배출",
    "농번기 일손 돕기",
    "폐교 활용",
    "가로수 가지치기",
    "청년 창업 공간",
    "저수지 안전 점검",
    "경로당 냉난방비",
)
GROUPS = ("주민자치회", "학부모회", "상인회", "이장단", "농민회", "청년모임", "의용소방대", "독서모임")
SURNAMES = "강고권김남노문박배서송신안양오유윤이임장전정조차최한허홍"
GIVEN = ("가온", "다온", "라온", "새별", "한울", "은솔", "바름", "도담", "슬찬", "해든", "미르", "나래", "여울", "찬들")
JOBS = (
    "교통안전계 팀장",
    "보건지소 소장",
    "농업기술센터 지도사",
    "논설위원",
    "시민기자",
    "도서관 사서",
    "소방안전과 소방위",
)
RARE = "똠뷁펲"
TAGS = ("[기고]", "[기고] ", "[사설] ", "[칼럼] ", "[기자수첩] ", "[독자투고]", "<기고> ", "")
CATEGORIES = ("칼럼", "사설", "기고", "기자수첩")


def _join_particles(text: str) -> str:
    """Choose each particle by the syllable before it: "길〔을를〕" is 길을, "시〔을를〕" is 시를."""
    return re.sub(
        r"(.)〔(.)(.)〕", lambda m: m[1] + (m[2] if "가" <= m[1] <= "힣" and (ord(m[1]) - 0xAC00) % 28 else m[3]), text
    )


def write_name(rng: Random) -> str:
    """A person's name."""
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def write_author(rng: Random) -> str:
    """An author's cell: a name, often with an office before it or a remark behind it; at most 15 characters."""
    name = write_name(rng)
    shape = rng.random()
    if shape < 0.45:
        return name
    if shape < 0.7:
        return f"{rng.choice(JOBS)} {name}"[:15]
    if shape < 0.8:
        return f"{name} 기자"
    if shape < 0.88:
        return f"{name}(독자)"
    return rng.choice(("편집국", "관리자", "솔내 & 다솜", "독자<1>", "Reader_7"))


def write_title(rng: Random) -> str:
    """A headline; now and then a very long one, or one that ends in what looks like a count of comments."""
    place, topic, group = rng.choice(PLACES), rng.choice(TOPICS), rng.choice(GROUPS)
    year, number = rng.randint(2012, 2021), rng.randint(2, 40)
    plain = (
        f"{place} {topic}, 이제는 답할 때다",
        f"‘{topic}’ 미룰 수 없다",
        f"4.15 총선 뒤 {place}〔이가〕 할 일 ∼ {topic}",
        f"{place} {group}, {topic} 두고 간담회",
        f"{topic} & {group}의 약속",
        f"예산 {number}억 < 주민 {number * 31}명의 바람 > {topic}",
        f'"{topic}부터 바꾸자" {place} {group} 제안',
        f"{year}년을 돌아보며… {place}의 {topic}",
        f"{topic} 연재 [{number}]",
        f"{place} 이야기 ({number % 9 + 1})",
        f"{rng.choice(RARE)}{rng.choice(RARE)} 소리 나던 {place} 방앗간의 {topic}",
        f"10-24 {place} {topic} 설명회에 다녀와서",
        f"{place}의 {topic}〔을를〕 둘러싼 오랜 다툼과 화해, 그리고 {group}〔이가〕"
        f" 지난 {number}년 동안 묵묵히 지켜 온 약속에 대하여",
        f"{place} {group}〔과와〕 {rng.choice(PLACES)} {rng.choice(GROUPS)}〔이가〕 함께 쓰는 {topic} 편지,"
        f' 그 {number}번째 이야기를 시작하며 이웃들에게 드리는 "작지만 오래 갈" 부탁 & 다짐 {rng.choice(TOPICS)}까지',
    )
    return _join_particles(rng.choice(TAGS) + rng.choice(plain))


def write_sentence(rng: Random) -> str:
    """One sentence of a column."""
    place, topic, group = rng.choice(PLACES), rng.choice(TOPICS), rng.choice(GROUPS)
    a, b = rng.randint(2, 98), rng.randint(2, 980)
    plain = (
        f"{place}에서는 지난해부터 {topic} 문제를 두고 여러 차례 이야기가 오갔다.",
        f"{group} 회원 {a}명이 모여 {topic}에 관한 의견을 나누었다.",
        f"{write_name(rng)} 씨는 “{topic}만큼은 우리 손으로 풀고 싶다”고 말했다.",
        f"올해 예산은 {b}억 원으로 {a}% 늘었지만 현장의 숨통은 아직 트이지 않았다.",
        f"필자가 {place} 골목을 걸으며 만난 어르신들은 한결같이 {topic}〔을를〕 먼저 꼽았다.",
        f"2016년 7월 {a % 28 + 1}일 밤, {place}에는 비가 {b}㎜나 쏟아졌다.",
        f"‘빠름’보다 ‘바름’이 앞서야 한다는 말은 {topic}에도 그대로 들어맞는다.",
        f"물론 {group}의 어려움을 모르지 않는다․ 그러나 어려움이 핑계가 될 수는 없다.",
        f"{place}·{rng.choice(PLACES)} 주민 {b}명이 서명한 청원이 ∼ 석 달째 답을 기다린다…….",
        f"A & B 두 안을 견주면 {a} < {a + b} 이라는 셈이 나온다.",
        f"문의는 {place} {group}(☎ 000-{b + 1000:04d})로 하면 된다.",
        f"우리 동네 {rng.choice(RARE)}이라는 별난 이름의 가게도 {topic} 덕에 문을 열었다.",
        "기록하지 않은 약속은 쉽게 잊힌다.",
        "작은 물음 하나가 큰길을 낸다.",
    )
    return _join_particles(rng.choice(plain))


def write_paragraph(rng: Random) -> str:
    """Two to five sentences; sometimes broken into lines."""
    sentences = [write_sentence(rng) for _ in range(rng.randint(2, 5))]
    return ("\n" if rng.random() < 0.12 else " ").join(sentences)


def write_table(rng: Random) -> str:
    """A small table of numbers and dates, which is no list of posts."""
    lines = ["번호\t사업명\t날짜\t주민 수"]
    lines += [
        f"{n}\t{rng.choice(TOPICS)}\t{rng.randint(2014, 2021)}.{rng.randint(1, 12):02d}.{rng.randint(1, 28):02d}"
        f"\t{rng.randint(10, 3000)}"
        for n in range(1, rng.randint(4, 7))
    ]
    return "\n".join(lines)


def write_body(rng: Random) -> str:
    """The text of one post: one to nine paragraphs, now and then with a table or a quotation."""
    paragraphs = [write_paragraph(rng) for _ in range(rng.randint(1, 9))]
    if rng.random() < 0.06:
        paragraphs.insert(rng.randint(1, len(paragraphs)), write_table(rng))
    if rng.random() < 0.08:
        paragraphs.insert(rng.randint(1, len(paragraphs)), f"『{write_sentence(rng)}』")
    return "\n\n".join(paragraphs)


def write_document(rng: Random) -> list[str]:
    """The paragraphs of an attached paper; headings and figures that no article has."""
    place, topic, month = rng.choice(PLACES), rng.choice(TOPICS), rng.randint(2, 9)
    return [
        f"{place} {topic} 추진계획(안)",
        "1. 추진 배경",
        *(write_sentence(rng) for _ in range(rng.randint(1, 3))),
        f"2. 소요 예산: 보조금 {rng.randint(3, 90)}백만 원, 자부담 {rng.randint(1, 9)}백만 원",
        f"3. 추진 일정: {month}월 주민 설명회, {month + rng.randint(1, 3)}월 착공",
        f"4. 설문 응답: {rng.randint(20, 400)}명 가운데 찬성 {rng.randint(10, 99)}%",
        *(write_sentence(rng) for _ in range(rng.randint(1, 3))),
        f"붙임: 설문 집계표 {rng.randint(1, 3)}부. 끝.",
    ]


def write_comment(rng: Random) -> str:
    """What a reader writes below."""
    return rng.choice(("잘 읽었습니다.", "저도 같은 생각입니다.", "담당 부서는 어디인가요?", write_sentence(rng)))
