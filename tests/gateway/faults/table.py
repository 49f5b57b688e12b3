"""The matrix as a table for people, its replies told by letters."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from tests.gateway.faults.field import Row

_TITLES = ("fault", "policy", "sent", "delivered", "held", "refused", "lost", "duplicated", "repeated*", "unfiltered", "replies", "")


def table(rows: Sequence[Row]) -> str:
    """A line for each scenario and policy, then what the letters stand for and what is wrong."""
    replies = sorted({reply for row in rows for reply in row.replies})
    letters = {reply: ascii_uppercase[number] if number < 26 else f"Z{number}" for number, reply in enumerate(replies)}
    cells = [_TITLES, *(_cells(row, letters) for row in sorted(rows, key=lambda row: row.scenario))]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    meant = [f"  {letter} = {reply}".replace("\n", "\n      ") for reply, letter in letters.items()]
    wrong = [f"  {row.scenario} {row.policy}: {each}" for row in rows for each in (*row.problems, *(f"lost {key}" for key in row.lost), *(f"duplicated {key}" for key in row.duplicated))]
    sums = f"{len(rows)} rows: {sum(row.sent for row in rows)} sent, {sum(len(row.lost) for row in rows)} lost, {sum(len(row.duplicated) for row in rows)} duplicated, {len(wrong)} problems"
    return "\n".join((*lines, "", "replies:", *meant, "* by Postfix or a client that got no answer (RFC 1047), or by a next hop that hung up: not the gateway's", "", *wrong, sums))


def _cells(row: Row, letters: dict[str, str]) -> tuple[str, ...]:
    told = " ".join(f"{letters[reply]}:{count}" for reply, count in sorted(row.replies.items()))
    return (
        row.scenario, row.policy, str(row.sent), str(row.delivered), str(row.held), str(row.refused), str(len(row.lost)), str(len(row.duplicated)),
        str(row.repeated), str(row.unfiltered), told, row.note if row.sound else "WRONG",
    )
