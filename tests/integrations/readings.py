"""What the reader tests share: an environment, one record of some bytes, what the author sees at a place."""

from __future__ import annotations

from commlint.calendar import weekdays
from commlint.model.environment import Environment
from commlint.model.protocols import Reader
from commlint.model.record import Part, Record
from commlint.model.source import Source
from commlint.model.span import Span

ENVIRONMENT = Environment(calendar=weekdays())


def records(reader: Reader, uri: str, content: bytes | str, **more: object) -> list[Record]:
    """The records that `reader` makes of `content`."""
    raw = content if isinstance(content, bytes) else content.encode()
    return list(reader.read(Source(uri, raw, **more), ENVIRONMENT))  # type: ignore[arg-type]  # forwarded as given


def part(record: Record, name: str) -> Part:
    """The first part called `name`."""
    index = record.part(name)
    assert index is not None, f"no part {name} among {[p.name for p in record.parts]}"
    return record.parts[index]


def seen(part: Part, phrase: str) -> str:
    """What stands in the view where `phrase` stands in the part."""
    at = part.text.index(phrase)
    return part.source_map.to_source(Span(at, at + len(phrase))).of(part.view.text)


def line_of(part: Part, phrase: str) -> int:
    """The number of the view's line where `phrase` begins."""
    at = part.text.index(phrase)
    return part.view.text.count("\n", 0, part.source_map.to_source(Span(at, at + 1)).start) + 1


def blocks(part: Part) -> list[tuple[str, str]]:
    """Kind and text of every block."""
    return [(block.kind.value, block.span.of(part.text)) for block in part.blocks]


def grid(part: Part, number: int = 0) -> list[list[str]]:
    """A table as rows of cell texts."""
    rows: dict[int, list[str]] = {}
    for cell in part.grids[number].cells:
        rows.setdefault(cell.row, []).append(cell.span.of(part.text))
    return [rows[row] for row in sorted(rows)]
