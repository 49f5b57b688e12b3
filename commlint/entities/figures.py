"""Figures: quantities with a unit or a percent sign; numbers of things, times and identifiers are none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from commlint.model.protocols import Analysis
from commlint.model.values import Figure

_QUANTITY = re.compile(  # the digit stands first, so that `re` skips to it; what may begin a scale or a unit is looked for before them
    r"(?P<number>\d(?<![\d.,a-z_#/-]\d)(?:\d{0,2}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{0,14}(?:\.\d{1,6})?))(?=\s{0,2}[^\d\s.,:;\u3002()/-])\s?(?P<scale>百万|千万|[百千万亿])?(?:多|余)?\s?"
    r"(?P<unit>%|\u2030|个?百分点|元|块|美元|欧元|港元|英镑|日元|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|小时|人[次天]|[倍台件人个份家套条次项吨克米升箱批单户辆张页字名位组笔只支桶袋瓶颗粒棵亩层栋间趟班]"
    r"|(?:kg|km|cm|mm|tons?|units?|pcs|pieces|percent|people|items?|orders?|boxes|sets?|hours?)(?![a-z]))?(?!\d)"
)
_SCALES = {None: 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}


def figures(analysis: Analysis, record: object) -> tuple[Figure, ...]:
    """The figures in the record's own parts, in order."""
    return analysis.once("entities.figures", lambda _: tuple(_figures(analysis)))


def value_of(analysis: Analysis, figure: Figure) -> float:
    """The number, its scale (万, 亿) counted in."""
    return figure.value


def unit_of(analysis: Analysis, figure: Figure) -> str:
    """The unit as written; empty for a bare 12万."""
    return figure.unit


def _figures(analysis: Analysis) -> Iterator[Figure]:
    from commlint.entities.structure import own_parts

    for part in own_parts(analysis):
        matches = [match for match in _QUANTITY.finditer(analysis.folded(part)) if match["unit"] or match["scale"]]
        starts, reached = _taken(analysis, part) if matches else ([], [])
        for match in matches:
            at = bisect_left(starts, match.end()) - 1  # the last that starts before the match ends
            if at < 0 or reached[at] <= match.start():
                passage = analysis.passage(part, *match.span())
                value = float(match["number"].replace(",", "")) * _SCALES[match["scale"]]
                yield Figure(part, passage.span, passage.text, passage.folded, value, match["unit"] or "")


def _taken(analysis: Analysis, part: int) -> tuple[list[int], list[int]]:
    """What is read otherwise, times, telephone numbers and the like: where each starts, in order, and how far it and those before it reach."""
    others = (*analysis.collection("record.times"), *analysis.collection("record.identifiers"))
    places = sorted([(each.span.start, each.span.end) for each in others if each.part == part])
    return [start for start, _ in places], list(accumulate([end for _, end in places], max))
