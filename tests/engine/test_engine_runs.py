"""Whole runs: order, processes and caches never show; faults stay where they are."""

from __future__ import annotations

import os
import pickle
import random
from functools import partial

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.engine import sources
from commlint.engine.cache import ResultCache, fingerprint, key
from commlint.engine.plain import decoded, encoded
from commlint.errors import RecordError
from commlint.model.environment import Coverage
from commlint.model.finding import Failure, Severity, Suppression
from commlint.model.record import Conversation, Evidence, Kind, Part, Party, Record
from commlint.model.source import Source
from tests.engine.programs_by_hand import (
    S,
    at,
    const,
    each,
    engine,
    forbid,
    phrase,
    program,
    quant,
    record,
    require,
    var,
    word,
)

VAGUE = program(forbid(quant("any", phrase("尽快", "asap"))), name="vague", code="VAG001", literals=("尽快", "asap"), why=(("zh", "因为"),), cites=("S0-006",))
LONG = program(require(["compare", S, "<", ["attr", S, word("body"), "text.length"], const(30)]), name="long", code="LEN001", severity=Severity.WARNING)
UNSURE = program(require(word("roster")), name="unsure", code="UNS001", kinds=("email",))
BROKEN = program(require(["is", S, word("broken"), "present"]), name="broken", code="BRK001", literals=("brk",))
REPLY = program(
    each("m", ["attr", S, ["root", S], "thread.messages"], require(["within", S, ["attr", S, ["attr", S, var("m"), "message.reply"], "message.sent"], ["duration", S, 1, "days"], "after", ["attr", S, var("m"), "message.sent"]])),
    name="reply", code="SLA006", scope="thread", collects=("sent",),
)
PROGRAMS = (VAGUE, LONG, UNSURE, BROKEN, REPLY)
COVERAGE = Coverage(at("2026-01-01"), at("2027-01-01"))


def run(**more):
    return engine(*PROGRAMS, **{"as_of": at("2026-06-01"), "coverage": COVERAGE} | more)


def mail(number: int, text: str, *, thread: str = "", sender: str = "a") -> Record:
    made = record(text, uri=f"mail/{number}.eml", kind="email", sent_at=at(f"2026-03-0{number % 9 + 1}T10:00"), sender=Party("", f"{sender}@our.example.com"))
    return evolve(made, conversation=Conversation(thread=thread))


@frozen
class LineReader:
    """Each line of a file is a mail; some lines make trouble."""

    name: str = "lines"
    suffixes: tuple[str, ...] = (".txt",)
    media_types: tuple[str, ...] = ()

    def claims(self, source):
        return source.suffix in self.suffixes

    def read(self, source, environment):
        for number, line in enumerate(source.content.decode().splitlines()):
            if line == "raise":
                raise ZeroDivisionError("in a reader")
            if line == "refuse":
                raise RecordError("bad-line", "refused", help="write it anew")
            if line == "die" and sources._work:
                os._exit(3)
            yield evolve(mail(number % 9, line), uri=source.uri, name=str(number), evidence=Evidence("reader"))


READERS = (LineReader(),)
TEXTS = st.sampled_from(["好", "请尽快", "asap brk", "x" * 40, "brk", "<!-- commlint: allow VAG001 -- why -->\n尽快", "# commlint: allow LEN001 -- 无用"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["t1", "t2"]), st.sampled_from("ab")), max_size=8), st.randoms())
def test_order_never_shows(rows, dice: random.Random):
    """Records in any order give the same report."""
    records = [mail(number, text, thread=thread, sender=sender) for number, (text, thread, sender) in enumerate(rows)]
    shuffled = records[:]
    dice.shuffle(shuffled)
    assert run().check_records(shuffled) == run().check_records(records)


def supplies(count: int = 300):
    lines = ["好", "请尽快", "asap brk", "x" * 40, "raise", "# commlint: allow VAG001 -- 引用\n尽快"]
    return [Source(f"files/{number:03}.txt", f"{lines[number % 5]}\n{lines[number % 3]} {number}".encode()) for number in range(count)]


def test_findings_that_differ_in_little_keep_an_order():
    """Two findings at one place with one message are told apart by the rest, the same in every process; twins are one."""
    from commlint.engine.assemble import _ordered

    (found,) = engine(VAGUE).check_records([record("尽快")]).findings
    others = [evolve(found, suggestion=str(number)) for number in range(9)]
    assert _ordered([*others, *reversed(others)]) == _ordered(others) == tuple(others)


def test_processes_never_show(monkeypatch, tmp_path):
    """One process, two, shuffled, or from the cache: one report."""
    monkeypatch.setattr(sources, "_ALONE", 0.0)
    monkeypatch.setattr(sources, "_BATCH", 16)
    given_ = supplies()
    expected = run().check_sources(given_, READERS)
    assert (expected.counts.failures, expected.counts.sources) == (180, 300)
    shuffled = given_[:]
    random.Random(5).shuffle(shuffled)
    assert run().check_sources(shuffled, READERS, jobs=2) == expected
    assert run().check_sources(given_, READERS, jobs=2, cache=tmp_path) == expected
    assert run().check_sources(shuffled, READERS, cache=tmp_path) == expected
    assert run().check_sources(shuffled, READERS, jobs=2, cache=tmp_path) == expected


def test_a_worker_that_dies_is_replaced(monkeypatch):
    """What a process took with it is checked again, and the loss is told."""
    monkeypatch.setattr(sources, "_ALONE", 0.0)
    monkeypatch.setattr(sources, "_BATCH", 8)
    given_ = [*supplies(40), Source("files/dies.txt", b"die"), *supplies(40)]
    alone = run().check_sources(given_, READERS)
    together = run().check_sources(given_, READERS, jobs=2)
    assert together.findings == alone.findings
    assert {each.slug for each in together.failures} - {each.slug for each in alone.failures} == {"worker-died"}


def test_what_does_not_travel_stays_here(monkeypatch):
    """Where processes cannot be forked and a plugin's word does not pickle, the work is done in this process."""
    monkeypatch.setattr(sources, "_ALONE", 0.0)
    monkeypatch.setattr(sources, "_BATCH", 8)
    monkeypatch.setattr(sources, "_forks", lambda: False)
    given_ = supplies(40)
    assert run().check_sources(given_, READERS, jobs=2) == run().check_sources(given_, READERS)


def test_supplies_are_read_one_at_a_time():
    """A supply may be a call that gives the source, or why there is none; nothing is read before its turn."""
    read: list[str] = []

    def source(name: str):
        read.append(name)
        return Source(name, "尽快".encode()) if name != "gone.txt" else Failure(name, "read", "missing-path", "no such file")

    def told():
        for name in ("a.txt", "gone.txt", "b.txt"):
            assert len(read) == ["a.txt", "gone.txt", "b.txt"].index(name)
            yield partial(source, name)

    report = engine(VAGUE).check_sources(told(), READERS)
    assert ([each.location.uri for each in report.findings], [each.slug for each in report.failures]) == (["a.txt", "b.txt"], ["missing-path"])


TROUBLE = [("raise", "reader-failed"), ("refuse", "bad-line")]


@pytest.mark.parametrize(("line", "slug"), TROUBLE)
def test_a_reader_that_raises(line, slug):
    """Records before the trouble are judged, the trouble is told, the other sources are read."""
    report = engine(VAGUE).check_sources([Source("a.txt", f"尽快\n{line}\n尽快".encode()), Source("b.txt", "尽快".encode())], READERS)
    assert [each.location.uri for each in report.findings] == ["a.txt", "b.txt"]
    assert [(each.stage, each.slug, each.subject) for each in report.failures] == [("read", slug, "a.txt")]


class Raising:
    """A classifier and suppressor that is broken."""

    name = "broken-plugin"
    priority = 1

    def classify(self, record):
        raise ZeroDivisionError

    def suppressions(self, record):
        raise ZeroDivisionError


class Known:
    """Takes every document for minutes, and permits the second rule."""

    name = "known"
    priority = 2

    def classify(self, record):
        return Kind.MINUTES, Evidence("title")

    def suppressions(self, record):
        return (Suppression(("LEN001",), "agreed", "known", record.uri),)


class AnyKind:
    """One document a file, of no kind that anybody has said."""

    name = "any"
    suffixes = (".txt",)
    media_types = ()

    def claims(self, source):
        return True

    def read(self, source, environment):
        return (evolve(record(source.content.decode(), uri=source.uri), evidence=Evidence("nothing")),)


def test_plugins_that_raise_are_told_and_passed_over():
    """A broken classifier or suppressor is a failure; the next one is asked and the record is judged."""
    broken = engine(VAGUE, LONG, suppressors=(Raising(), Known()), classifiers=(Raising(), Known()))
    report = broken.check_sources([Source("a.txt", ("尽快" + "x" * 40).encode())], (AnyKind(),))
    assert [(each.code, each.suppressed is not None) for each in report.findings] == [("VAG001", False), ("LEN001", True)]
    assert [(each.stage, each.slug, each.subject) for each in report.failures] == [("plugin", "plugin-failed", "broken-plugin")]


def test_classifiers_name_what_nobody_has_named():
    """A rule for minutes sees a document that a classifier takes for minutes."""
    minutes = evolve(VAGUE, kinds=("minutes",))
    assert [engine(minutes, classifiers=known).check_sources([Source("a.txt", "尽快".encode())], (AnyKind(),)).counts.errors for known in ((), (Known(),))] == [0, 1]


def test_no_reader():
    """A source that nobody takes is a failure with a way out."""
    (failed,) = run().check_sources([Source("a.xyz", b"")], READERS).failures
    assert (failed.slug, bool(failed.help)) == ("no-reader", True)


def test_a_rule_that_raises():
    """The other rules go on; the failure names rule and record."""
    report = run().check_records([mail(1, "尽快 brk")])
    assert [each.code for each in report.findings if each.code == "VAG001"] == ["VAG001"]
    assert [(each.stage, each.slug, each.subject, each.uri) for each in report.failures] == [("rule", "rule-failed", "broken", "mail/1.eml")]


def test_a_rule_that_never_ends():
    """A rule that walks the text in a walk of the text is stopped, and said to be; what it tests in the innermost walk is of the outermost."""
    deep = ["is", S, ["it", S, 3], "text.loud"]
    for _ in range(4):
        deep = quant("exactly", ["filter", S, word("words"), deep], n=7)
    hostile = program(require(deep), name="hostile", code="HOS001")
    report = engine(hostile, VAGUE).check_records([record("asap " + "ab " * 200)])
    assert [each.slug for each in report.failures] == ["rule-too-slow"]
    assert [each.code for each in report.findings] == ["VAG001"]


def test_what_stands_in_a_walk_is_worked_out_once():
    """A test that has nothing to do with the element at hand costs one walk, not one for each element: 2,000 words in 2,000 words."""
    loud = quant("no", ["filter", S, word("words"), ["is", S, ["it", S, 0], "text.loud"]])
    rule = program(require(quant("exactly", ["filter", S, word("words"), loud], n=7)), name="twice", code="TWI001")
    report = engine(rule).check_records([record("ab " * 2_000)])
    assert ([each.slug for each in report.failures], [each.code for each in report.findings]) == ([], ["TWI001"])


def test_over_rules_fail_apart():
    """A rule over threads that raises does not hide the others."""
    bad = evolve(REPLY, name="bad", code="BAD001", body=(require(["attr", S, ["root", S], "thread.nothing"]),))
    report = engine(bad, REPLY, as_of=at("2026-06-01"), coverage=COVERAGE).check_records([mail(1, "x")])
    assert ([each.code for each in report.findings], [each.subject for each in report.failures]) == (["SLA006"], ["bad"])


def test_thread_findings_stand_in_a_record():
    """A breach over a thread points at the message, with its line."""
    asked, late = mail(1, "第一行\n第二行", thread="t", sender="a"), mail(7, "好", thread="t", sender="b")
    report = engine(REPLY, as_of=at("2026-06-01"), coverage=COVERAGE).check_records([late, asked])
    assert [(each.location.uri, each.match, each.excerpt.lines) for each in report.findings] == [("mail/1.eml", "第一行", ("第一行",)), ("mail/7.eml", "好", ("好",))]


def test_silence_is_undetermined_without_an_archive():
    """No coverage, no verdict; and it is counted."""
    report = engine(REPLY, as_of=at("2026-06-01")).check_records([mail(1, "x")])
    assert ([each.reason for each in report.undetermined], report.counts.undetermined) == (["no-coverage"], 1)


def test_silence_is_judged_at_the_end_of_the_archive():
    """Without an instant of judgement, a declared archive is judged as at its end: silence that it holds is a breach, later silence is not."""
    early, late = mail(1, "x", thread="a"), evolve(mail(2, "y", thread="b"), sent_at=at("2026-12-31T18:00"))
    report = engine(REPLY, coverage=COVERAGE).check_records([early, late])
    assert ([each.location.uri for each in report.findings], report.undetermined) == (["mail/1.eml"], ())


def test_on_unknown():
    """A rule may ask for a finding where it cannot be judged; the doubt is told as well."""
    strict = evolve(UNSURE, on_unknown=Severity.WARNING)
    report = engine(strict).check_records([mail(1, "第一行")])
    assert [(each.severity, each.match) for each in report.findings] == [(Severity.WARNING, "第一行")]
    assert report.counts.undetermined == 1


def test_a_record_without_any_text():
    """A record of headers alone is judged; what has no place points at the start of its file."""
    empty = Record("chats/x.json", Kind.CHAT_GROUP, (), sent_at=at("2026-03-02T10:00"))
    report = engine(evolve(UNSURE, kinds=None, on_unknown=Severity.INFO), REPLY, as_of=at("2026-06-01"), coverage=COVERAGE).check_records([empty])
    assert [(each.code, each.location.uri, each.location.start.line) for each in report.findings] == [("SLA006", "chats/x.json", 1), ("UNS001", "chats/x.json", 1)]
    assert report.failures == ()


def test_kinds():
    """A rule for mails does not see minutes."""
    assert engine(UNSURE).check_records([record("x", kind=Kind.MINUTES), mail(1, "x")]).counts.undetermined == 1


def test_records_without_a_candidate_are_not_analysed(monkeypatch):
    """Where no literal hits and no rule always runs, nothing is folded or recognised."""
    from commlint.engine import inspection

    def analysed(*_):
        raise AssertionError

    monkeypatch.setattr(inspection, "RecordAnalysis", analysed)
    assert engine(VAGUE).check_records([record("好" * 50, kind=Kind.MINUTES)]).counts.records == 1


def test_the_prefilter_sees_what_stands_beside_the_text():
    """A literal may stand in a file name or a group's name."""
    from commlint.engine.prefilter import Prefilter

    named = evolve(record("x"), uri="a/ASAP.md")
    grouped = evolve(record("x"), conversation=Conversation(group="尽快群"))
    assert [Prefilter([VAGUE]).candidates(each)[0] for each in (named, grouped, record("x"))] == [[0], [0], []]


def test_the_prefilter_sees_every_part():
    """A literal may stand in any part of a record, and in none by two of them together."""
    from commlint.engine.prefilter import Prefilter

    first, second, third = Part.plain("subject", "安排"), Part.plain("body", "请尽快"), Part.plain("history", "尽")
    several = [evolve(record("x"), parts=parts) for parts in ((first, second), (second, first, third), (first, third, Part.plain("signature", "快")))]
    assert [Prefilter([VAGUE]).candidates(each)[0] for each in several] == [[0], [0], []]


def test_the_engine_pickles():
    """What another process gets gives the same report."""
    subject = engine(VAGUE)
    subject.check_records([record("尽快")])
    from commlint.engine.engine import Engine
    from commlint.engine.symboltable import SymbolTable
    from commlint.engine.vocabulary import VOCABULARY

    real = Engine((VAGUE,), SymbolTable(VOCABULARY), subject.environment)
    real.check_records([record("尽快")])
    assert pickle.loads(pickle.dumps(real)).check_records([record("尽快")]) == real.check_records([record("尽快")])


# --- the cache ------------------------------------------------------------------------------------


def test_results_as_plain_data():
    """Every part of a result reads back as it was written."""
    result = run().inspect_source(supplies()[1], READERS)
    assert (len(result.findings), len(result.facts)) == (2, 2)
    back = decoded(encoded(result))
    assert [(each.order, each.values) for each in back.facts] == [(each.order, each.values) for each in result.facts]
    assert evolve(back, facts=()) == evolve(result, facts=())


def test_the_cache_is_used_and_follows_changes(tmp_path):
    """A kept result is used for the same source, rules and environment, and for no other."""
    subject, source = run(), Source("a.txt", "尽快".encode())
    subject.check_sources([source], READERS, cache=tmp_path)
    kept = ResultCache(tmp_path, fingerprint(subject, READERS))
    assert kept.get(key(source)).findings
    assert kept.get(key(evolve(source, content=b"x"))) is None
    assert kept.get(key(evolve(source, uri="b.txt"))) is None
    prints = {fingerprint(each, READERS) for each in (subject, run(lang="en"), run(as_of=at("2026-06-02")), engine(VAGUE))}
    assert len(prints) == 4
    assert fingerprint(run(as_of=at("2026-06-01T10:00")), READERS) == fingerprint(subject, READERS)


TAMPERED = ["", "{}", '{"Result":[]}', '{"posix.system":["id"]}', '{"Result":[[{"Finding":[1]}],[],[],[],[],[],1]}', '[[', '{"Severity":"x"}', "9" * 5000, "[" * 90_000]


@pytest.mark.parametrize("payload", TAMPERED, ids=range(len(TAMPERED)))
def test_tampering_gives_a_miss(tmp_path, payload):
    """A line that does not read as a result is worked out anew, even when its digest was forged."""
    from commlint.engine import cache

    subject, source = run(), Source("a.txt", "尽快".encode())
    expected = subject.check_sources([source], READERS, cache=tmp_path)
    (path,) = tmp_path.iterdir()
    head = path.read_text("utf-8").splitlines()[0]
    name = key(source)
    path.write_text(f"{head}\n{name}\t{cache._digest(name, payload)}\t{payload}", "utf-8")
    assert subject.check_sources([source], READERS, cache=tmp_path) == expected


def test_a_folder_that_cannot_be_written(tmp_path):
    """Without a place to keep results everything works."""
    (tmp_path / "file").write_text("x")
    assert run().check_sources([Source("a.txt", "尽快".encode())], READERS, cache=tmp_path / "file").findings
