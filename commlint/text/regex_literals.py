"""Which strings must stand in a text for a pattern to match there.

Bottom up, as R. Cox describes for trigram indexes ("Regular expression matching with a trigram index", 2012): for every piece of the
pattern all the strings it can be, while these are few; and the best list of strings of which one must occur.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from attrs import frozen

from commlint.text.regex_tree import Chars, Choice, Repeat, Sequence

Strings = frozenset[str]

_MANY = 64
_NOTHING = frozenset({""})


@frozen
class _Piece:
    """`exact`: all strings the piece can be, None when they are many; `best`: one of these occurs, None when unknown."""

    exact: Strings | None
    best: Strings | None


_ANYTHING = _Piece(None, None)


def required(node: Any) -> tuple[str, ...] | None:
    """The any-of list of `node`, sorted; None when nothing is sure to occur."""
    best = _chosen(_piece(node))
    return None if best is None else tuple(sorted(_minimal(best)))


def _minimal(strings: Strings) -> Strings:
    """Without strings that hold another of the list."""
    return frozenset(s for s in strings if not any(other != s and other in s for other in strings))


def _chosen(piece: _Piece) -> Strings | None:
    return _better(piece.best, piece.exact)


def _better(one: Strings | None, other: Strings | None) -> Strings | None:
    """The list whose shortest string is longest; among equals the shorter list."""
    lists = [strings for strings in (one, other) if strings and "" not in strings]
    return max(lists, key=lambda strings: (min(map(len, strings)), -len(strings)), default=None)


def _piece(node: Any) -> _Piece:
    if isinstance(node, Chars):
        return _Piece(_few(node), None)
    if isinstance(node, Sequence):
        return _joined([_piece(item) for item in node.items])
    if isinstance(node, Choice):
        return _either([_piece(branch) for branch in node.branches])
    if isinstance(node, Repeat):
        return _repeated(node)
    return _Piece(_NOTHING, None)  # a place or a look around takes nothing


def _few(chars: Chars) -> Strings | None:
    size = sum(ord(high) - ord(low) + 1 for low, high in chars.ranges)
    if chars.negated or chars.categories or size > _MANY // 4:
        return None
    return frozenset(chr(code) for low, high in chars.ranges for code in range(ord(low), ord(high) + 1))


def _joined(pieces: list[_Piece]) -> _Piece:
    whole: Strings | None = _NOTHING
    run: Strings = _NOTHING
    best: Strings | None = None
    for piece in pieces:
        whole = _crossed(whole, piece.exact)
        longer = _crossed(run, piece.exact)
        best = _better(best, piece.best)
        if longer is None:
            best = _better(best, run)
        run = longer if longer is not None else piece.exact or _NOTHING
    return _Piece(whole, _better(best, run))


def _crossed(one: Strings | None, other: Strings | None) -> Strings | None:
    if one is None or other is None or len(one) * len(other) > _MANY:
        return None
    return frozenset(map("".join, product(one, other)))


def _either(pieces: list[_Piece]) -> _Piece:
    exact = [piece.exact for piece in pieces]
    best = [_chosen(piece) for piece in pieces]
    return _Piece(_union(exact), _union(best))


def _union(lists: list[Strings | None]) -> Strings | None:
    known = [strings for strings in lists if strings is not None]
    joined = frozenset[str]().union(*known)
    return joined if len(known) == len(lists) and len(joined) <= _MANY else None


def _repeated(node: Repeat) -> _Piece:
    body = _piece(node.body)
    if node.most == 0:
        return _Piece(_NOTHING, None)
    if node.least == 0:
        return _Piece(body.exact | _NOTHING, None) if node.most == 1 and body.exact is not None else _ANYTHING
    exact: Strings | None = _NOTHING
    for _ in range(min(node.least, 8)):
        exact = _crossed(exact, body.exact)
    best = _better(_chosen(body), exact)
    return _Piece(exact if node.least == node.most <= 8 else None, best)
