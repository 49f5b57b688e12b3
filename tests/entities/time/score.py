"""Score the time recogniser on labelled sentences: `python -m tests.entities.time.score FILE…`.

Exact and overlap F1 of spans, accuracy of kinds, and the share found with the right value (and due time where labelled).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from commlint.entities.time import spans

Case = dict[str, object]


def f1(hits: int, found: int, wanted: int) -> float:
    """The harmonic mean of precision and recall; 1 when there was nothing to find and nothing found."""
    return 2 * hits / (found + wanted) if found + wanted else 1.0


def answers(case: Case) -> list[dict[str, object]]:
    """What the recogniser finds in a case."""
    ref = case["ref"]
    return spans(str(case["text"]), datetime.fromisoformat(str(ref)) if ref else None)


def score(cases: Iterable[Case]) -> tuple[dict[str, float], list[str]]:
    """The figures, and a line for every difference."""
    exact = overlap = found = wanted = kinds = valued = 0
    differences = []
    for case in cases:
        gold, got = case["spans"], answers(case)
        assert isinstance(gold, list)
        found, wanted = found + len(got), wanted + len(gold)
        by_place = {(s["start"], s["end"]): s for s in got}
        for g in gold:
            overlap += any(s["start"] < g["end"] and g["start"] < s["end"] for s in got)  # type: ignore[operator]  # offsets
            hit = by_place.pop((g["start"], g["end"]), None)
            exact += hit is not None
            kinds += hit is not None and hit["kind"] == g["kind"]
            right = hit is not None and (g["value"] is None or hit["value"] == g["value"]) and g.get("due", hit["due"]) == hit["due"]
            valued += right
            if hit is None or not right or hit["kind"] != g["kind"]:
                differences.append(f"{case['id']} wanted {str(case['text'])[g['start']:g['end']]} {g['kind']} {g['value']} {g.get('due', '')} got {hit or got}")
        differences += [f"{case['id']} too much {s['text']} {s['kind']} {s['value']}" for s in by_place.values()]
    figures = {
        "exact F1": f1(exact, found, wanted), "overlap F1": f1(min(overlap, found), found, wanted),
        "kind": kinds / max(1, exact), "found and valued": valued / max(1, wanted),
    }
    return figures, differences


def main() -> None:
    """Print the figures for each file."""
    for name in sys.argv[1:] or [str(Path(__file__).with_name("unseen.jsonl"))]:
        cases = [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]
        figures, differences = score(cases)
        print(name, len(cases), "sentences", *(f"{key} {value:.3f}" for key, value in figures.items()), sep=" · ")
        print(*differences, sep="\n")


if __name__ == "__main__":
    main()
