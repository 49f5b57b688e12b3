"""Laws of the time recogniser: any text is fine, spans are sane, width and script do not matter."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.calendar import china
from commlint.entities.time import time_spans
from commlint.entities.time.jsonl import answer
from commlint.errors import UsageError
from commlint.model.environment import Environment

PIECES = st.sampled_from(
    [*"0123456789一二三十半年月日号周点时分:-/~至到前后内()(), 、。\n每第下上本个x_*t+qh", "工作日", "小时", "季度", "星期", "今天", "明早", "之前", "以内", "截止", "上午", "晚上", "国庆节", "friday", "may 5", "within ", "3 days", "2024-05-25", "18:00", "尽快", "提前", "会后", "底", "旬", ".docx", "http://"],
)
BUSY = st.lists(PIECES, max_size=30).map("".join)
REFERENCES = st.one_of(st.none(), st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))
FULL = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


@given(st.one_of(st.text(st.characters(exclude_categories=[]), max_size=60), BUSY), REFERENCES)
@settings(max_examples=400, deadline=None)
def test_any_text_gives_ordered_spans_inside_it(text: str, ref: datetime | None) -> None:
    """Nothing raises; spans lie in the text, in order, without overlap, and hold what they say."""
    end = 0
    for found in time_spans(text, ref):
        assert end <= found["start"] < found["end"] <= len(text)
        assert text[found["start"] : found["end"]] == found["text"]
        end = found["end"]


@given(BUSY, REFERENCES)
@settings(max_examples=200, deadline=None)
def test_full_width_means_the_same(text: str, ref: datetime | None) -> None:
    """Writing every ASCII sign in full width changes no offset, kind, value or due time."""
    plain, wide = time_spans(text, ref), time_spans(text.translate(FULL), ref)
    assert [{**s, "text": "", "anchor": ""} for s in plain] == [{**s, "text": "", "anchor": ""} for s in wide]


@pytest.mark.parametrize("ref", [datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59)])
def test_the_ends_of_the_calendar_are_no_problem(ref: datetime) -> None:
    """What would fall outside the years 1 to 9999 has no value, and nothing raises."""
    assert time_spans("昨天、9999个工作日内、9999年后、下下周三前、明年、国庆节前、节前、年底前、999个月前、周末前、去年12月、上月底、次日", ref)


def test_a_line_of_json_is_answered_with_a_line() -> None:
    """`commlint time --jsonl` keeps the id and counts offsets in code points."""
    got = json.loads(answer('{"id": 7, "text": "\U0001f600周五前", "ref": "2024-05-22T10:30"}', Environment(china())))
    span = {"start": 1, "end": 4, "text": "周五前", "kind": "deadline", "value": "2024-05-24", "due": None, "anchor": None}
    assert {"id": 7, "spans": [span]} == got


@pytest.mark.parametrize("line", ["", "[]", "{", '{"id": 1}', '{"text": 3}', '{"text": "", "ref": "soon"}', '{"text": "", "ref": 5}'])
def test_a_bad_line_is_refused_with_a_reason(line: str) -> None:
    """The error says what is wrong and what to write."""
    with pytest.raises(UsageError) as caught:
        answer(line, Environment(china()))
    assert caught.value.message
    assert caught.value.help
