"""Vague words are found by class, and a commitment rests on them or does not, for a reason that is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from commlint.entities import vague
from commlint.entities.wordlists import sections
from commlint.lang.packs import load
from commlint.model.environment import Environment, Lexicon
from commlint.model.record import Kind
from commlint.model.values import Passage, Unknown
from commlint.resources import bundled
from tests.entities.records import ENVIRONMENT, analysed
from tests.quality.marked import lines, unmarked

SENTENCES = tuple(lines(Path(__file__).parent / "vague_sentences.txt"))

KINDS = [
    ("请尽快寄回合同。", "尽快", "urgency"),
    ("样品大概下周到。", "大概", "approximation"),
    ("场地待定。", "待定", "open_plan"),
    ("我们争取周五上线。", "争取", "wish"),
    ("会议决定适当提高补贴。", "适当", "degree"),
    ("We will reply as soon as possible.", "as soon as possible", "urgency"),
]

REASONS = [
    ("请尽快寄回合同。", "urgency 尽快, request 请"),
    ("我尽快改好。", "urgency 尽快, promise 我尽快"),
    ("他只回了“尽快”。", "overruled urgency 尽快 by quotation"),
    ("请尽快寄回,不晚于3月8日。", "overruled urgency 尽快 by term 3月8日"),
    ("如有异议,请尽快提出。", "overruled urgency 尽快 by condition 如有"),
    ("客户要求尽快退款。", "overruled urgency 尽快 by 客户 要求"),
    ("故障已及时修复。", "overruled urgency 及时 by past 已"),
    ("未能及时发货。", "overruled urgency 及时 by negation 未能"),
    ("为了尽快恢复供水,抢修队连夜开挖。", "overruled urgency 尽快 by purpose 为了"),
    ("后续流程如下。", "overruled open_plan 后续 by it qualifies 流程"),
]

NOT_VAGUE = ["回头客很多。", "这场及时雨来得好。", "航班晚点了。", "左右两侧请勿停车。", "前后端已联调。", "基本养老保险。", "建立即时通讯群。", "双方签订合约。"]


def _words(text: str, kind: Kind = Kind.MINUTES) -> tuple[vague.VagueWord, ...]:
    analysis = analysed(text, kind=kind)
    return vague.vague_words(analysis, analysis.record)


@pytest.mark.parametrize("line", SENTENCES)
def test_a_commitment_rests_on_the_marked_word_or_not(line: str) -> None:
    """Sentences of hospitals, schools, courts, factories, customs, property management and offices."""
    name, kind, written = line.split("\t", 2)
    text, marks = unmarked(written)
    held = [word for word in _words(text, Kind(kind)) if word.commitment]
    assert [any(word.span.start < mark.end and mark.start < word.span.end for word in held) for mark in marks] == [name.startswith("V")] * len(marks)


@pytest.mark.parametrize("line", SENTENCES)
def test_a_stretch_is_a_commitment_as_its_word_is(line: str) -> None:
    """Told without a reason, which takes another order of questions, it comes out the same."""
    _, kind, written = line.split("\t", 2)
    analysis = analysed(unmarked(written)[0], kind=Kind(kind))
    words = vague.vague_words(analysis, analysis.record)
    assert [vague.commitment(analysis, word) for word in words] == [word.commitment for word in words]


@pytest.mark.parametrize(("text", "word", "kind"), KINDS)
def test_a_vague_word_has_a_class(text: str, word: str, kind: str) -> None:
    """Urgency, approximation, open plan, wish, degree."""
    assert [(found.folded, found.kind, found.commitment) for found in _words(text)][:1] == [(word, kind, True)]


@pytest.mark.parametrize(("text", "why"), REASONS)
def test_the_reason_is_told(text: str, why: str) -> None:
    """The cue that decided, or the one that overruled."""
    (word,) = _words(text)
    assert word.why == why


@pytest.mark.parametrize("text", NOT_VAGUE)
def test_letters_inside_a_longer_word_are_no_vague_word(text: str) -> None:
    """The exceptions are data: [guard] of the list."""
    assert not any(word.commitment for word in _words(text))


def test_a_word_that_a_project_adds_is_read_like_the_others() -> None:
    """麻溜儿地 in an order is vague, in quotation marks it is not."""
    environment = Environment(calendar=ENVIRONMENT.calendar, lexicon=Lexicon((), (("open_plan", "搁一搁"),)))
    analysis = analysed("招标的事搁一搁。", environment, kind=Kind.MINUTES)
    assert [(word.folded, word.commitment) for word in vague.vague_words(analysis, analysis.record)] == [("搁一搁", True)]


@pytest.mark.parametrize(("text", "held"), [("请麻溜儿地交表。", True), ("别写“麻溜儿地”。", False), ("他昨天麻溜儿地交了表。", False)])
def test_a_stretch_that_no_list_knows_is_read_like_urgency(text: str, held: bool) -> None:
    """So that a word added to a rule's parameter is judged by its sentence as well."""
    analysis = analysed(text)
    start = text.index("麻溜儿地")
    stretch: Passage = analysis.passage(0, start, start + 4)
    assert vague.commitment(analysis, stretch) is held


@pytest.mark.parametrize(("name", "classes"), [("vague-urgency", ("urgency",)), ("vague-commitment", ("approximation", "open_plan", "wish")), ("empty-resolution", ("degree",))])
def test_the_rules_look_for_the_words_of_the_list(name: str, classes: tuple[str, ...]) -> None:
    """A word in lexicon/vague.txt that no rule looked for would never be found."""
    from commlint.text.fold import fold_string

    words = {word for each in classes for word in sections("vague")[each]}
    assert {fold_string(word) for word in load(bundled("rules")).lists[name]} == words


def test_no_word_is_of_two_classes() -> None:
    """What a rule says of a word depends on its class."""
    classes = [set(sections("vague")[kind]) for kind in vague.KINDS]
    assert sum(map(len, classes)) == len(set().union(*classes))


@pytest.mark.parametrize("piece", ["尽快", "as soon as possible "])
def test_a_sentence_without_end(piece: str) -> None:
    """So many words of a sentence are judged as anybody could write, since each looks at all of it and a mail has to be judged in its time; of the others nothing is claimed, and the next sentence is another."""
    text = f"请{piece * 300}提交\n\n请尽快提交。"
    analysis = analysed(text)
    held = [vague.commitment(analysis, analysis.passage(0, start, start + 2)) for start in (1 + 200 * len(piece), text.rindex("尽快"))]
    assert held == [Unknown("too-many-vague-words"), True]
