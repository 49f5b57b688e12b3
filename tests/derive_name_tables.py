"""Write the word and character tables behind names from the dictionary of the segmenter jieba.

Run ``python -m tests.derive_name_tables PATH`` with its ``dict.txt``: words with how often they occur and their part of speech.
Nothing but words and characters is kept; what people add by hand stands in lexicon/people.txt and wins over these tables.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from commlint.entities.wordlists import sections
from commlint.text.fold import fold_string

_FOLDER = Path(__file__).parent.parent / "commlint" / "entities" / "lexicon"
_HEADER = """# {what}
# Derived by tests/derive_name_tables.py from the dictionary of jieba 0.42.1 (https://github.com/fxsjy/jieba), which is
# Copyright (c) 2013 Sun Junyi and under the MIT License: permission is granted, free of charge, to use, copy, modify, merge,
# publish, distribute, sublicense and sell copies of it, provided that this notice is kept; it comes without any warranty.
"""
# Surnames that hardly begin another word: what the dictionary calls a name behind one of these is one.
_PLAIN = frozenset("王李张刘陈杨赵吴徐孙胡朱郭梁宋郑谢韩唐冯董萧曹袁邓傅沈彭吕苏卢蒋蔡贾丁魏薛阎潘杜戴汪姜姚谭廖邹郝崔邱邵龚顾孟")
_OFTEN, _SOMETIMES = 150, 20
_PLACES = frozenset(("郑州", "徐州", "苏州", "蒋家", "邓州", "彭水", "萧山", "薛城"))
_ROW = 120

Entry = tuple[str, int, str]


def entries(path: Path) -> list[Entry]:
    """Word, frequency and part of speech."""
    rows = (line.split() for line in path.read_text("utf-8").splitlines())
    return [(fold_string(word), int(count), kind) for word, count, kind in rows if all("\u3400" <= sign <= "\u9fff" for sign in word)]


def words(found: Sequence[Entry], firsts: frozenset[str]) -> list[str]:
    """Ordinary words of two characters, and of three that begin like a name."""
    return sorted({word for word, count, kind in found if _ordinary(word, kind, count) and count >= (_SOMETIMES if word[0] in firsts else _OFTEN) and _fits(word, count, firsts)})


def _fits(word: str, count: int, firsts: frozenset[str]) -> bool:
    return len(word) == 2 or (len(word) == 3 and word[0] in firsts and count >= 30)


def _ordinary(word: str, kind: str, count: int) -> bool:
    """The dictionary takes many a common word for a name: what occurs often and starts with no plain surname is a word."""
    if kind.startswith(("nr", "nz", "ns", "nt")) and (word[0] in _PLAIN or len(word) == 3 or count < _OFTEN):
        return word in _PLACES or (kind.startswith("ns") and count >= 2 * _OFTEN)
    return len(word) == 2 or not kind.startswith("n") or count >= 2 * _OFTEN


def verbs(found: Sequence[Entry]) -> list[str]:
    """Verbs of two characters that are common."""
    return sorted({word for word, count, kind in found if kind in ("v", "vn", "vd", "vi") and len(word) == 2 and count >= _OFTEN})


def given(found: Sequence[Entry]) -> dict[str, float]:
    """How much likelier a character is in a given name than in other words, as a logarithm."""
    named: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for word, count, kind in found:
        if kind.startswith("nr") and len(word) in (2, 3) and word[0] in _PLAIN and count < 400:
            named.update(word[1:])
        elif not kind.startswith("nr"):
            other.update(dict.fromkeys(word, count))
    names, others = sum(named.values()), sum(other.values())
    return {sign: math.log((named[sign] + 0.3) / names) - math.log((other[sign] + 2000) / others) for sign in {*named, *other} if named[sign] > 2}


def main(path: Path) -> None:
    """Write both files."""
    found = entries(path)
    lists = sections("people")
    firsts = frozenset(word[0] for section in ("surname", "compound") for word in lists[section])
    common, doing, scores = words(found, firsts), verbs(found), given(found)
    classes = {"likely": 1.2, "possible": -0.2, "seldom": -1.3}
    written = _HEADER.format(what="Common words (a name does not begin with one), verbs among them.") + "[word]\n" + _rows(common) + "[verb]\n" + _rows(doing)
    _FOLDER.joinpath("common.txt").write_text(written, "utf-8")
    written, above = _HEADER.format(what="Characters of given names, by how likely they are in one."), math.inf
    for section, least in classes.items():
        written += f"[{section}]\n" + _rows(["".join(sorted(sign for sign, score in scores.items() if least <= score < above))])
        above = least
    _FOLDER.joinpath("given.txt").write_text(written, "utf-8")


def _rows(found: Iterable[str]) -> str:
    rows, row = "", ""
    for word in found:
        if len(row) + len(word) > _ROW:
            rows, row = rows + row.rstrip() + "\n", ""
        row += word + " "
    return rows + row.rstrip() + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
