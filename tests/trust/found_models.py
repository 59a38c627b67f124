"""Models of a moving list that failed once: the board, then its days and nights."""

from __future__ import annotations

from typing import Any

Change = tuple[str, int, int]
"""What happens, and at which places."""
Step = list[Change] | tuple[dict[int, list[Change]], int | None]
"""A day, or a night with its changes and where it is cut."""
WALL: Change = ("wall", 0, 0)
FOUND: dict[str, tuple[dict[str, Any], list[Step]]] = {
    "a post below the lowest that a cut night saw": (
        {"posts": 19, "size": 2, "numbers": "rank", "totals": False, "pins_everywhere": True},
        [
            ({3: [WALL]}, None),
            ({1: [("delete", 2, 75), ("pin", 18, 14), WALL]}, None),
            [("delete", 1, 9), ("delete", 114, 122), ("move", 16, 8), ("delete", 0, 19), ("unpin", 131, 8)],
            [("pin", 18, 12)],
            ({}, None),
            [("move", 20, 13), ("insert", 94, 144)],
            ({6: [WALL]}, None),
            ({}, None),
        ],
    ),
    "all numbers rise between two pages of a night": (
        {"posts": 25, "size": 2, "numbers": "rank", "totals": True, "pins_everywhere": True},
        [
            *[({}, None)] * 8,
            ({3: [("delete", 13, 34)], 7: [("insert", 11, 143)], 9: [("renumber", 12, 1)]}, None),
        ],
    ),
    "pins pull rows up past a walk, and the total stays": (
        {"posts": 52, "size": 10, "numbers": "id", "totals": True, "pins_everywhere": False},
        [
            ({3: [("insert", 10, 5), WALL]}, None),
            ({}, 3),
            ({5: [("pin", 26, 68), ("renumber", 32, 18), ("pin", 89, 11)], 9: [("move", 9, 20)]}, None),
        ],
    ),
    "one row a page: a page that repeats the one before is not the end": (
        {"posts": 14, "size": 1, "numbers": "none", "totals": True, "pins_everywhere": False},
        [
            ({6: [("renumber", 11, 9), WALL, ("pin", 13, 12)], 2: [("renumber", 20, 18), WALL]}, None),
            ({}, 3),
            ({9: [WALL]}, 3),
            ({5: [("insert", 3, 19)]}, 8),
            ({5: [("insert", 3, 19)]}, None),
            *[({}, None)] * 2,
        ],
    ),
    "a post that moved up, beside those that it passed": (
        {"posts": 8, "size": 2, "numbers": "id", "totals": False, "pins_everywhere": True},
        [
            ({3: [("insert", 81, 7)]}, None),
            [("insert", 13, 89), ("insert", 9, 24)],
            *[({}, None)] * 5,
            [("move", 49, 10), ("move", 37, 1), ("insert", 22, 19), ("delete", 14, 99)],
        ],
    ),
    "one row a page, and a walk that was cut goes on beyond a moved row": (
        {"posts": 5, "size": 1, "numbers": "rank", "totals": False, "pins_everywhere": False},
        [
            ({2: [("pin", 2, 13), WALL]}, None),
            [("move", 9, 17), ("move", 17, 66)],
        ],
    ),
    "a page that holds nobody who is known": (
        {"posts": 12, "size": 1, "numbers": "rank", "totals": True, "pins_everywhere": True},
        [
            [("delete", 15, 97), ("delete", 9, 124)],
            ({9: [("insert", 5, 0)]}, None),
            [("renumber", 15, 11), ("insert", 7, 20), ("pin", 18, 14), ("insert", 12, 6)],
        ],
    ),
    "the last post moved up, and the one above it stands at the end": (
        {"posts": 24, "size": 2, "numbers": "none", "totals": True, "pins_everywhere": True},
        [
            [("pin", 113, 8), ("insert", 10, 3), ("delete", 16, 16), ("pin", 33, 7)],
            [("pin", 2, 20)],
            ({}, None),
            [("delete", 119, 129), ("delete", 8, 101), ("move", 18, 5), ("move", 17, 37)],
        ],
    ),
    "a notice that was the whole board comes back into its place": (
        {"posts": 1, "size": 2, "numbers": "none", "totals": True, "pins_everywhere": True},
        [
            [("pin", 0, 19)],
            ({}, None),
            [("insert", 19, 16), ("insert", 6, 17), ("unpin", 18, 27), ("insert", 54, 54), ("delete", 104, 131)],
        ],
    ),
    "a walk passes a post by while the total stays": (
        {"posts": 18, "size": 4, "numbers": "none", "totals": True, "pins_everywhere": False},
        [
            ({9: [WALL], 3: [("insert", 18, 137), ("move", 9, 17)]}, None),
            ({5: [("delete", 15, 7), ("insert", 136, 14)]}, None),
        ],
    ),
    "without a total, a post slides down to the end that was read before": (
        {"posts": 51, "size": 7, "numbers": "none", "totals": False, "pins_everywhere": True},
        [
            ({8: [("delete", 17, 8)]}, None),
            [("pin", 2, 122)],
            ({2: [("insert", 16, 29)]}, None),
        ],
    ),
    "one came and one went while the upper page was read": (
        {"posts": 34, "size": 1, "numbers": "rank", "totals": True, "pins_everywhere": False},
        [
            ({}, None),
            [("delete", 33, 20)],
            ({4: [("insert", 0, 9), ("delete", 29, 79)], 2: [("renumber", 15, 8)]}, None),
        ],
    ),
    "the row beside a missing one was it that moved": (
        {"posts": 23, "size": 3, "numbers": "none", "totals": True, "pins_everywhere": False},
        [
            [("insert", 116, 8), ("delete", 99, 96), ("insert", 89, 78)],
            ({}, None),
            [("pin", 4, 63)],
            [("delete", 18, 57), ("move", 23, 2), ("move", 20, 129)],
        ],
    ),
    "a page of new posts only has no place before its neighbour is read": (
        {"posts": 8, "size": 1, "numbers": "id", "totals": False, "pins_everywhere": True},
        [
            ({}, None),
            [("insert", 65, 33)],
            [("delete", 15, 5)],
            [("insert", 0, 67), ("insert", 18, 2), ("pin", 16, 136)],
        ],
    ),
    "a row slides on to the next page, which looks like the end": (
        {"posts": 4, "size": 1, "numbers": "none", "totals": True, "pins_everywhere": False},
        [
            ({}, None),
            [("delete", 14, 18)],
            ({2: [("move", 49, 15)]}, None),
        ],
    ),
    "a post pinned between two pages of a night": (
        {"posts": 94, "size": 10, "numbers": "none", "totals": True, "pins_everywhere": False},
        [
            ({}, None),
            [("insert", 16, 5), ("pin", 145, 7), ("pin", 123, 18), ("delete", 18, 7), ("pin", 24, 1)],
            [("unpin", 15, 67), ("unpin", 10, 41), ("insert", 104, 45)],
            ({6: [("unpin", 11, 18)]}, None),
        ],
    ),
    "pages of a walk that lasted several nights show several states": (
        {"posts": 7, "size": 1, "numbers": "id", "totals": True, "pins_everywhere": True},
        [
            ({}, 4),
            [("move", 1, 7), ("delete", 5, 18)],
        ],
    ),
    "numbers of a walk during which all numbers rose": (
        {"posts": 24, "size": 2, "numbers": "rank", "totals": False, "pins_everywhere": False},
        [
            [("delete", 131, 8), ("delete", 8, 11), ("insert", 103, 122)],
            ({2: [WALL]}, None),
            [("move", 0, 38), ("pin", 148, 148)],
            [("delete", 12, 16), ("insert", 13, 63), ("pin", 75, 59)],
            ({2: [("renumber", 54, 15), ("delete", 15, 20)], 3: [("delete", 17, 4), WALL]}, None),
            ({7: [("delete", 58, 19)]}, None),
        ],
    ),
    "a post that slid down to page 2 before page 1 was read for the last time": (
        {"posts": 89, "size": 8, "numbers": "id", "totals": False, "pins_everywhere": False},
        [({9: [WALL]}, None), ({2: [WALL]}, None), [("insert", 7, 25)], ({3: [("move", 20, 4), WALL]}, None)],
    ),
    "a late post that only a second walk saw, which broke off": (
        {"posts": 48, "size": 8, "numbers": "rank", "totals": True, "pins_everywhere": False},
        [({9: [WALL], 2: [("insert", 10, 3)]}, None), ({}, 7), [("delete", 17, 63)]],
    ),
    "ranks of two states, and one that is gone from a stretch that looks settled": (
        {"posts": 29, "size": 7, "numbers": "rank", "totals": False, "pins_everywhere": True},
        [
            ({5: [("pin", 15, 20), ("insert", 5, 20), WALL]}, None),
            [("pin", 7, 120), ("delete", 13, 41), ("delete", 15, 5), ("unpin", 2, 9)],
        ],
    ),
    "a late post that only a second walk saw, which broke off, at the border of its pages": (
        {"posts": 29, "size": 7, "numbers": "rank", "totals": True, "pins_everywhere": False},
        [({4: [WALL]}, None), [("insert", 11, 16)], ({}, 6), [("delete", 51, 9)]],
    ),
}
