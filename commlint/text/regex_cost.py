"""How many steps a pattern can waste at one place of a text before it gives up there; too many, and it is refused.

The steps of a backtracking matcher are counted on the tree over a small alphabet: one character for every set of characters that
the pattern tells apart. Whether the rounds of a repeated group can be cut in several ways is decided on its position automaton
(V. M. Glushkov, 1961): it is ambiguous when two different ways lead from a position back to it over the same text (A. Weber and
H. Seidl, "On the degree of ambiguity of finite automata", 1991).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from commlint.text.regex_tree import Chars, Choice, Edge, Look, Refused, Repeat, Sequence

# Steps at one place of a text made for the purpose; real text takes next to none of them. A single open repeat costs 2,000, two
# that overlap 2,000,000. A pattern tied to the start of the text is tried at one place only.
_BUDGET = 600_000
_BUDGET_ONCE = 12_000_000
_EXPONENTIAL = 10**9
_POSITIONS = 160
_UNROLLED = 8
_STATES = 60_000

_SAMPLES = "\n\t 0129azmk_-.,:;/\\()[]{}!?#@%+*=~^$&|<>'\"\u00e9\u3001\u3002\u4e00\u8bf7\u9fff\uac00\u201c\u201d\u0660\x00"
_FAIL = Chars()
_Pair = tuple[int, int]
_Count = Callable[[Any, tuple[Any, ...], str | None], int]


def refusal(node: Any) -> str | None:
    """The slug of the reason to refuse `node`, or None. Raises Refused or RecursionError when it is too large to be judged."""
    counter = _Steps(_alphabet(node))
    steps = counter.total((node,))
    if steps <= (_BUDGET_ONCE if _anchored(node) else _BUDGET):
        return None
    return "nested-repeat" if counter.ambiguous else "overlapping-repeats"


def worst_steps(node: Any) -> int:
    """The bound itself: no text makes the pattern take more steps at one place, up to a small factor."""
    return _Steps(_alphabet(node)).total((node,))


def _anchored(node: Any) -> bool:
    """Whether `node` can only match at the very start of the text."""
    if isinstance(node, Sequence):
        return bool(node.items) and _anchored(node.items[0])
    if isinstance(node, Choice):
        return all(map(_anchored, node.branches))
    return isinstance(node, Edge) and node.start


def _alphabet(node: Any) -> tuple[str, ...]:
    """Characters that stand for all others: one for each set of sets that holds it."""
    leaves = set(_leaves(node))
    edges = {edge for leaf in leaves for pair in leaf.ranges for edge in _around(pair)}
    by_sets = {tuple(leaf.holds(character) for leaf in leaves): character for character in sorted({*edges, *_SAMPLES})}
    return tuple(by_sets.values())


def _around(pair: tuple[str, str]) -> Iterator[str]:
    low, high = ord(pair[0]), ord(pair[1])
    yield from pair
    if low > 0:
        yield chr(low - 1)
    if high < 0x10FFFF:
        yield chr(high + 1)


def _leaves(node: Any) -> Iterator[Chars]:
    if isinstance(node, Chars):
        yield node
    for child in _children(node):
        yield from _leaves(child)


def _children(node: Any) -> tuple[Any, ...]:
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Choice):
        return node.branches
    return (node.body,) if isinstance(node, (Repeat, Look)) else ()


class _Steps:
    """Counts steps until a pattern fails (0: it cannot fail) and, apart from them, until it succeeds.

    What has failed is tried again for every way of taking what stands before it; a success ends the search, so its steps only
    add up. `None` among the characters is the end of the text.
    """

    def __init__(self, alphabet: Iterable[str]) -> None:
        self._alphabet: tuple[str | None, ...] = (*alphabet, None)
        self._known: dict[tuple[bool, tuple[Any, ...], str | None], int] = {}
        self._sets: dict[Chars, frozenset[str]] = {}
        self._worst: dict[tuple[Any, ...], int] = {}
        self._best: dict[tuple[Any, ...], int] = {}
        self._cut: dict[Any, bool] = {}
        self.ambiguous = False  # a repeated group was met whose rounds can be cut in several ways

    def total(self, items: tuple[Any, ...]) -> int:
        """The most steps that `items` can take, fail or not."""
        return max(self.worst(items), self.best(items))

    def best(self, items: tuple[Any, ...]) -> int:
        """The most steps that `items` can take and succeed."""
        if items not in self._best:
            self._best[items] = max(self._pass(items, character) for character in self._alphabet)
        return self._best[items]

    def worst(self, items: tuple[Any, ...]) -> int:
        """The most steps that `items` can take and fail, whatever comes next."""
        if items not in self._worst:
            self._worst[items] = max(self._fail(items, character) for character in self._alphabet)
        return self._worst[items]

    def _cut_in_two_ways(self, body: Any) -> bool:
        if body not in self._cut:
            self._cut[body] = ambiguous(body, self._alphabet)
        return self._cut[body]

    def _takes(self, chars: Chars, character: str | None) -> bool:
        if chars not in self._sets:
            self._sets[chars] = frozenset(c for c in self._alphabet if c is not None and chars.holds(c))
        return character in self._sets[chars]

    def _fail(self, items: tuple[Any, ...], character: str | None) -> int:
        if not items:
            return 0
        return self._once(self._failing, items, character, failing=True)

    def _pass(self, items: tuple[Any, ...], character: str | None) -> int:
        return self._once(self._passing, items, character, failing=False) if items else 0

    def _once(self, count: _Count, items: tuple[Any, ...], character: str | None, *, failing: bool) -> int:
        key = (failing, items, character)
        if key not in self._known:
            if len(self._known) > _STATES:
                raise Refused("too-large")
            self._known[key] = min(_EXPONENTIAL, count(items[0], items[1:], character))
        return self._known[key]

    def _failing(self, head: Any, rest: tuple[Any, ...], character: str | None) -> int:
        if isinstance(head, Sequence):
            return self._fail(head.items + rest, character)
        if isinstance(head, Chars):
            return 1 + self.worst(rest) if self._takes(head, character) and self.worst(rest) else int(not self._takes(head, character))
        if isinstance(head, Choice):
            return self._choice(head, rest, character)
        if isinstance(head, Repeat):
            return self._repeat(head, rest, character)
        if isinstance(head, Look):
            return 1 + self.worst((head.body, _FAIL)) + self._fail(rest, character)
        return 1 + self._fail(rest, character)

    def _choice(self, head: Choice, rest: tuple[Any, ...], character: str | None) -> int:
        """A branch is tried when those before it have failed; one that cannot fail ends it."""
        steps = [self._fail((branch, *rest), character) for branch in head.branches]
        return 0 if 0 in steps else sum(steps)

    def _repeat(self, head: Repeat, rest: tuple[Any, ...], character: str | None) -> int:
        if head.most == 1 and head.least == 0:
            return self._choice(Choice((head.body, Sequence(()))), rest, character)
        if isinstance(head.body, Chars):
            return self._run(head, rest, character)
        return self._rounds(head, rest)

    def _run(self, head: Repeat, rest: tuple[Any, ...], character: str | None) -> int:
        """A run of single characters: while it gives back, what comes next is one of its own."""
        if not self._takes(head.body, character):
            return 1 if head.least else self._fail(rest, character)
        after = self.worst(rest)
        if after == 0:
            return head.least if head.least > 1 else 0
        own = [c for c in self._alphabet if self._takes(head.body, c)]
        given_back = 0 if head.firm else (head.most - head.least) * max(1, max((self._fail(rest, c) for c in own), default=0))
        return head.most + given_back + after

    def _rounds(self, head: Repeat, rest: tuple[Any, ...]) -> int:
        """Rounds of a group: every round can fail in its own ways, and after every round what follows is tried."""
        after = self.worst(rest)
        if after == 0 and head.least == 0:
            return 0
        ways = self.worst((head.body, _FAIL))
        if self._cut_in_two_ways(head.body):
            self.ambiguous = True
            power = 1
            for _ in range(head.most):
                power = min(_EXPONENTIAL, power * max(2, ways))
            return min(_EXPONENTIAL, power * max(1, after))
        return head.most * (ways + max(1, after))


    def _passing(self, head: Any, rest: tuple[Any, ...], character: str | None) -> int:
        if isinstance(head, Sequence):
            return self._pass(head.items + rest, character)
        if isinstance(head, Chars):
            return 1 + self.best(rest)
        if isinstance(head, Choice):
            ways = [(branch, *rest) for branch in head.branches]
            return sum(self._fail(way, character) for way in ways) + max(self._pass(way, character) for way in ways)
        if isinstance(head, Look):
            return 1 + self.worst((head.body, _FAIL)) + self.best((head.body,)) + self._pass(rest, character)
        if isinstance(head, Repeat):
            return self._repeat_passing(head, rest, character)
        return 1 + self._pass(rest, character)

    def _repeat_passing(self, head: Repeat, rest: tuple[Any, ...], character: str | None) -> int:
        if head.most == 1 and head.least == 0:
            return self._passing(Choice((head.body, Sequence(()))), rest, character)
        if isinstance(head.body, Chars):
            return head.most + self._run(head, rest, character) + self.best(rest)
        return head.most * (1 + self.best((head.body,))) + self.worst((head.body,)) + self._rounds(head, rest) + self.best(rest)


def ambiguous(body: Any, alphabet: Iterable[str | None]) -> bool:
    """Whether rounds of `body`, one after the other, can be cut out of one text in two ways."""
    automaton = _Positions(tuple(c for c in alphabet if c is not None))
    automaton.rounds(body)
    return automaton.doubled or automaton.diverges()


class _Ends:
    """Where a piece can start and end, and whether it can be empty."""

    __slots__ = ("empty", "first", "last")

    def __init__(self, first: tuple[int, ...], last: tuple[int, ...], empty: bool) -> None:
        self.first = first
        self.last = last
        self.empty = empty


class _Positions:
    """The position automaton: a state for each character set of a pattern, edges to what may follow it."""

    def __init__(self, alphabet: tuple[str, ...]) -> None:
        self._alphabet = alphabet
        self._sets: list[int] = []  # which characters of the alphabet, as bits
        self._next: list[set[int]] = []
        self.doubled = False  # two ways of taking the same step

    def add(self, node: Any) -> _Ends:
        if isinstance(node, Chars):
            return self._leaf(node)
        if isinstance(node, Sequence):
            return self._chain([self.add(item) for item in node.items])
        if isinstance(node, Choice):
            return self._either([self.add(branch) for branch in node.branches])
        if isinstance(node, Repeat):
            return self._repeat(node)
        return _Ends((), (), True)

    def rounds(self, body: Any) -> _Ends:
        """Any number of `body`; a body that can be empty can be so in any number of rounds."""
        ends = self.add(body)
        self._link(ends.last, ends.first)
        self.doubled = self.doubled or ends.empty
        return ends

    def _leaf(self, chars: Chars) -> _Ends:
        if len(self._sets) == _POSITIONS:
            raise Refused("too-large")
        at = len(self._sets)
        self._sets.append(sum(1 << bit for bit, c in enumerate(self._alphabet) if chars.holds(c)))
        self._next.append(set())
        return _Ends((at,), (at,), False)

    def _chain(self, pieces: list[_Ends]) -> _Ends:
        whole = _Ends((), (), True)
        for piece in pieces:
            self._link(whole.last, piece.first)
            whole = _Ends(
                whole.first + piece.first if whole.empty else whole.first,
                whole.last + piece.last if piece.empty else piece.last,
                whole.empty and piece.empty,
            )
        return whole

    def _either(self, branches: list[_Ends]) -> _Ends:
        first = tuple(at for branch in branches for at in branch.first)
        last = tuple(at for branch in branches for at in branch.last)
        empty = sum(branch.empty for branch in branches)
        self.doubled = self.doubled or empty > 1
        return _Ends(first, last, empty > 0)

    def _repeat(self, node: Repeat) -> _Ends:
        if node.most > _UNROLLED:
            ends = self.rounds(node.body)
            return _Ends(ends.first, ends.last, ends.empty or node.least == 0)
        tail = _Ends((), (), True)  # a(a(a)?)?, so that a round left out is always the last one
        for left in range(node.most, 0, -1):
            tail = self._chain([self.add(node.body), tail])
            if left > node.least:
                tail = self._either([tail, _Ends((), (), True)])
        return tail

    def _link(self, sources: Iterable[int], targets: Iterable[int]) -> None:
        goals = tuple(targets)
        for source in sources:
            self.doubled = self.doubled or len(set(goals)) < len(goals) or not self._next[source].isdisjoint(goals)
            self._next[source].update(goals)

    def diverges(self) -> bool:
        """Whether two walks over one text part from a state and meet there again: a cycle through (p, p) and (p, q)."""
        twins = [(p, p) for p in range(len(self._sets))]
        ahead = self._walks(twins)
        back: dict[_Pair, list[_Pair]] = {pair: [] for pair in ahead}
        for pair, following in ahead.items():
            for other in following:
                back[other].append(pair)
        return any(_apart(_reached(twin, ahead) & _reached(twin, back)) for twin in twins)

    def _walks(self, starts: list[_Pair]) -> dict[_Pair, list[_Pair]]:
        """The pairs of states that two walks over one text can come to, each with the pairs that follow it."""
        ahead: dict[_Pair, list[_Pair]] = {}
        queue = list(starts)
        while queue:
            pair = queue.pop()
            if pair not in ahead:
                ahead[pair] = self._pairs(*pair)
                queue.extend(ahead[pair])
        return ahead

    def _pairs(self, p: int, q: int) -> list[_Pair]:
        return [(a, b) for a in self._next[p] for b in self._next[q] if self._sets[a] & self._sets[b]]


def _apart(pairs: set[_Pair]) -> bool:
    return any(p != q for p, q in pairs)


def _reached(start: _Pair, edges: dict[_Pair, list[_Pair]]) -> set[_Pair]:
    seen = {start}
    queue = [start]
    while queue:
        for pair in edges[queue.pop()]:
            if pair not in seen:
                seen.add(pair)
                queue.append(pair)
    return seen
