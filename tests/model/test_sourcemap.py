"""Positions survive every transformation of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.model.lines import normalised
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint.text.fold import fold, fold_string


@st.composite
def maps(draw: st.DrawFn, length: int | None = None, *, whole: bool = True) -> tuple[SourceMap, int]:
    """A map from a derived text of the drawn (or given) length, and the length of its source.

    With `whole`, what maps as a whole is one character, as line breaks, entities and collapsed spaces are: nothing can cut it.
    """
    runs: list[Run] = []
    derived = source = 0
    while length is None or derived < length:
        size = draw(st.integers(1, 4)) if length is None else draw(st.integers(1, length - derived))
        exact = draw(st.booleans())
        size = 1 if whole and not exact else size
        source += draw(st.integers(0, 2))
        taken = size if exact else draw(st.integers(1, 4))
        runs.append(Run(Span(derived, derived + size), Span(source, source + taken), exact))
        derived, source = derived + size, source + taken
        if length is None and not draw(st.booleans()):
            break
    return SourceMap(tuple(runs)), source + draw(st.integers(0, 2))


@st.composite
def chains(draw: st.DrawFn, links: int, *, whole: bool = True) -> tuple[list[SourceMap], int]:
    """Maps, each from the source of the one before; and the length of the first text."""
    first, length = draw(maps(whole=whole))
    chain = [first]
    while len(chain) < links:
        following, length = draw(maps(length, whole=whole))
        chain.append(following)
    return chain, first.runs[-1].derived.end


def stretches(length: int) -> st.SearchStrategy[Span]:
    """Non-empty stretches of a text."""
    return st.tuples(st.integers(0, length - 1), st.integers(1, length)).filter(lambda ends: ends[0] < ends[1]).map(lambda ends: Span(*ends))


@given(st.data())
def test_composing_is_mapping_twice(data: st.DataObject) -> None:
    """One step through the composed map leads where two steps lead."""
    (outer, inner), length = data.draw(chains(2))
    span = data.draw(stretches(length))
    assert outer.compose(inner).to_source(span) == inner.to_source(outer.to_source(span))


@given(st.data())
def test_composing_never_points_at_less(data: st.DataObject) -> None:
    """Where one map cuts what the next takes as a whole, the composed map may point at more than two steps do."""
    (outer, inner), length = data.draw(chains(2, whole=False))
    span = data.draw(stretches(length))
    assert outer.compose(inner).to_source(span).contains(inner.to_source(outer.to_source(span)))


@given(st.data())
def test_composing_is_associative(data: st.DataObject) -> None:
    """Three maps lead to the same places however they are put together."""
    (one, two, three), length = data.draw(chains(3))
    span = data.draw(stretches(length))
    left, right = one.compose(two).compose(three), one.compose(two.compose(three))
    assert left.to_source(span) == right.to_source(span)


@given(st.data())
def test_the_identity_changes_no_map(data: st.DataObject) -> None:
    """On either side."""
    one, source = data.draw(maps(whole=False))
    span = data.draw(stretches(one.runs[-1].derived.end))
    assert one.compose(SourceMap.identity(source)).to_source(span) == one.to_source(span)
    assert SourceMap.identity(one.runs[-1].derived.end).compose(one).to_source(span) == one.to_source(span)


@given(st.data())
def test_there_and_back_inside_an_exact_run_is_the_same_place(data: st.DataObject) -> None:
    """`to_derived` undoes `to_source`."""
    one, _ = data.draw(maps(whole=False))
    run = data.draw(st.sampled_from(one.runs))
    span = data.draw(stretches(len(run.derived))).shift(run.derived.start)
    back = one.to_derived(one.to_source(span))
    assert back == (span if run.exact else run.derived)


@given(st.data())
def test_there_and_back_never_loses_a_part(data: st.DataObject) -> None:
    """What a stretch was made of makes at least that stretch."""
    one, _ = data.draw(maps(whole=False))
    span = data.draw(stretches(one.runs[-1].derived.end))
    back = one.to_derived(one.to_source(span))
    assert back is not None
    assert back.contains(span)


@given(st.data())
def test_the_derived_place_holds_what_was_made_of_the_stretch(data: st.DataObject) -> None:
    """Looking at every run one by one says the same."""
    one, source = data.draw(maps(whole=False))
    span = data.draw(stretches(source))
    made = [run.derived for run in one.runs if run.source.overlaps(span)]
    back = one.to_derived(span)
    assert (back is None) == (not made)
    assert back is None or (made[0].contains(Span(back.start, back.start + 1)) and made[-1].contains(Span(back.end - 1, back.end)))


@given(st.data())
def test_a_larger_stretch_comes_from_a_larger_stretch(data: st.DataObject) -> None:
    """Mapping keeps the order of offsets."""
    one, _ = data.draw(maps(whole=False))
    inside = data.draw(stretches(one.runs[-1].derived.end))
    outside = data.draw(stretches(one.runs[-1].derived.end).filter(lambda span: span.contains(inside)) | st.just(Span(0, one.runs[-1].derived.end)))
    assert one.to_source(outside).contains(one.to_source(inside))


@given(st.data())
def test_offsets_keep_their_order(data: st.DataObject) -> None:
    """Empty stretches, as carets are, move forward with their offsets and stay inside the source."""
    one, source = data.draw(maps(whole=False))
    ends = [one.to_source(Span(at, at)).start for at in range(one.runs[-1].derived.end + 1)]
    assert ends == sorted(ends)
    assert ends[-1] <= source


TEXTS = st.text(st.sampled_from("a請\uff0c\r\n\u200b\ufe0f\U0001f600\U000e0100 \u3002Z"))


@given(TEXTS)
def test_normalised_text_has_one_kind_of_line_break(text: str) -> None:
    """As Python's universal newlines have it."""
    assert normalised(text)[0] == text.replace("\r\n", "\n").replace("\r", "\n")


@given(TEXTS)
def test_positions_survive_line_breaks_and_folding(text: str) -> None:
    """From every folded character the composed map leads to the one it was made of."""
    clean, lines = normalised(text)
    folded = fold(clean)
    way = folded.source_map.compose(lines)
    made = [way.to_source(Span(at, at + 1)).of(text) for at in range(len(folded.text))]
    assert ["\n" if piece in ("\r\n", "\r") else fold_string(piece) for piece in made] == list(folded.text)


@given(TEXTS, st.data())
def test_positions_survive_cutting_out_a_slice(text: str, data: st.DataObject) -> None:
    """The fold of a slice composes with the slice."""
    span = data.draw(stretches(len(text))) if text else Span(0, 0)
    folded = fold(span.of(text))
    way = folded.source_map.compose(SourceMap.slice(span))
    assert [fold_string(way.to_source(Span(at, at + 1)).of(text)) for at in range(len(folded.text))] == list(folded.text)


@pytest.mark.parametrize(
    ("text", "span", "written"),
    [
        ("a\r\nb", Span(1, 2), "\r\n"),
        ("a\r\nb", Span(0, 3), "a\r\nb"),
        ("a\rb", Span(2, 3), "b"),
        ("\r\r\n\n", Span(1, 2), "\r\n"),
    ],
)
def test_a_line_break_maps_as_a_whole(text: str, span: Span, written: str) -> None:
    """Two characters became one."""
    assert normalised(text)[1].to_source(span).of(text) == written


def test_runs_must_not_overlap_nor_change_length_when_exact() -> None:
    """Such a map cannot be made."""
    one, other = Run(Span(0, 2), Span(0, 2)), Run(Span(1, 3), Span(2, 4))
    with pytest.raises(ValueError, match="overlap"):
        SourceMap((one, other))
    with pytest.raises(ValueError, match="cannot change length"):
        Run(Span(0, 2), Span(0, 3))


def test_a_stretch_of_which_nothing_is_left_has_no_derived_place() -> None:
    """What was taken out stands nowhere."""
    assert fold("a\u200bb").source_map.to_derived(Span(1, 2)) is None


def test_the_map_of_nothing_maps_to_the_start() -> None:
    """An empty text has one place."""
    assert fold("").source_map.to_source(Span(0, 0)) == Span(0, 0)
