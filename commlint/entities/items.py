"""The items of a list under a label: where each starts and ends, and which lines there are none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from commlint.entities.drawn import trimmed
from commlint.entities.fields import fields
from commlint.entities.outline import Line, lines, lines_over
from commlint.model.protocols import Analysis
from commlint.model.span import Span
from commlint.model.values import LabelledField, Passage

# What minutes end with says something to their readers, or of the items; it is none.
_TO_READERS = re.compile(
    r"(?:以上|上述|特此|烦请|敬请|如[有无对]|若[有无对]|请(?:查收|知悉|确认|核对|审阅|回复)"
    r"|请(?:各位|大家|与会|参会)[^。;\n]{0,30}(?:确认|反馈|回复|核对|提出|告知|审阅|知悉|查收|查阅|准时|补充)"
    r"|请(?:于|在)?[\d年月日时点:/. 今明后天周本下一二三四五六午上晚班-]{1,16}前[^,。;\n]{0,4}(?:确认|反馈|回复|核对|提出|告知)"
    r"|please (?:confirm|review|check|reply|let|report)|let (?:us|me) know|if (?:you|any|there)|any (?:corrections|comments|questions)|the above)"
)
_REFERRING = re.compile(r"(?:详?见|参见|同上?|如)(?:上|下|附|表|决议|附件|附表|前|第|各|会议)[^,。;\n]{0,16}[。.;]?$|(?:see|as) (?:above|below|attached|the table)")


def items(analysis: Analysis, field: LabelledField) -> Iterable[Passage]:
    """The list items in the value of a field, each with the deeper lines under it; plain lines when there is no list."""
    span = field.value.span
    held = [line for line in lines_over(lines(analysis, field.part), span) if not line.grid]
    if not held:
        return
    marked = [line for line in held if line.marked]
    if not marked and any(line.grid for line in lines_over(lines(analysis, field.part), span)):
        return  # the rows of a table are the items
    depth = min((line.depth for line in marked), default=min(line.depth for line in held))
    text = analysis.folded(field.part)
    labels = {f.label.span.start for f in fields(analysis, analysis.record) if f.part == field.part}
    heads = [line for line in held if line.depth <= depth and (line.marked or not marked) and not line.heading] or [line for line in held if line.heading]
    for head, stop in zip(heads, [*heads[1:], None], strict=False):
        start = max(head.content.start, span.start)
        end = trimmed(text, start, _stop(text, held, head, min(stop.span.start if stop else span.end, span.end), labels)).end
        if end > start and not (_REFERRING.match(text, start, end) or (not marked and _TO_READERS.match(text, start, end))):
            yield analysis.passage(field.part, start, end)


def _stop(text: str, held: Sequence[Line], head: Line, limit: int, labels: Collection[int]) -> int:
    """Where an item ends: at `limit`, at a heading, or at a line no deeper that starts something else."""
    last = head
    for line in lines_over(held, Span(head.span.end, max(head.span.end, limit))):
        ended = text[last.span.end - 1] in "。!?.;" or bool(_TO_READERS.match(text, line.content.start, line.content.end))
        anew = line.after_blank or line.content.start in labels or (ended and line.indent <= head.indent)
        last = line
        if line.span.start >= head.span.end and (line.heading or (line.depth <= head.depth and anew)):
            return line.span.start
    return limit
