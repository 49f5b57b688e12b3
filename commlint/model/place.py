"""Where something stands in a format whose authors do not count lines: a page, a paragraph, a cell, a message."""

from __future__ import annotations

from attrs import frozen


@frozen(order=True)
class Place:
    """One place; `type` says which of the others hold, all numbers count from 1, and 0 or "" is not said.

    ``paragraph``: `paragraph`. ``table``: `table`, `row`, `column` (a cell of a table in a text). ``cell``: `sheet`, `cell` (``B3``).
    ``page``: `page`, and a `table` cell or not. ``slide``: `slide`, `paragraph`. ``message``: `id` as the chat has it, `time` (ISO 8601).
    """

    type: str = ""
    page: int = 0
    slide: int = 0
    sheet: str = ""
    cell: str = ""
    table: int = 0
    row: int = 0
    column: int = 0
    paragraph: int = 0
    id: str = ""
    time: str = ""
