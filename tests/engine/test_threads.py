"""Facts judged together: replies, meetings, weeks of follow-up, handovers, and how records are grouped."""

from __future__ import annotations

import pickle

import pytest
from attrs import evolve

from commlint.engine import threads
from commlint.engine.aggregate import grouped
from commlint.engine.facts import Fact
from commlint.engine.threads import Judgement
from commlint.engine.topics import case_keys, normal, same_topic
from commlint.model.environment import Coverage, Organisation
from commlint.model.finding import Excerpt, Location, Position
from commlint.model.record import Conversation, Party, Record
from commlint.model.span import Span
from commlint.model.values import ActionItem, ContactChange, Meeting, Passage, Unknown
from tests.engine.programs_by_hand import at, environment

HERE = Location("u", "", Position(0, 1, 1, 0, 0), Position(0, 1, 1, 0, 0))
US, COLLEAGUE, CLIENT, OTHER = (Party("", address) for address in ("li@our.example.com", "wu@our.example.com", "buyer@client.example.org", "boss@client.example.org"))
ALL = Coverage(at("2026-01-01"), at("2027-01-01"))


def fact(sent: str | None = None, *, sender=None, to=(), kind="email", uri="u", thread="t", cases=("c",), **values) -> Fact:
    return Fact(uri, "", kind, at(sent) if sent else None, sender, tuple(to), Conversation(thread=thread), thread, tuple(cases), HERE, Excerpt(1, ()), "", values)


def external(analysis, party):
    domains = analysis.environment.organisation.domains
    return party.domain not in domains if domains else Unknown("no-organisation")


GETTERS = {"party.external": external, "task.open": lambda analysis, task: task.status is None}


def judgement(*facts: Fact, ours=("our.example.com",), **more) -> Judgement:
    return Judgement(facts, environment(organisation=Organisation(domains=ours), **more), GETTERS)


ASKED = fact("2026-03-02T10:00", sender=CLIENT, to=(US,))
REPLIES = [
    ("our answer", fact("2026-03-03T10:00", sender=US, to=(CLIENT,)), True),
    ("a colleague's answer", fact("2026-03-03T10:00", sender=COLLEAGUE, to=(CLIENT,)), True),
    ("the same person again", fact("2026-03-03T10:00", sender=CLIENT, to=(US,)), False),
    ("the same side", fact("2026-03-03T10:00", sender=OTHER, to=(US,)), False),
    ("a machine", fact("2026-03-03T10:00", sender=US, to=(CLIENT,), automatic=True), False),
    ("something earlier", fact("2026-03-01T10:00", sender=US, to=(CLIENT,)), False),
    ("something without a time", fact(sender=US, to=(CLIENT,)), False),
    ("nobody knows who", fact("2026-03-03T10:00"), False),
]


@pytest.mark.parametrize(("claim", "later", "expected"), REPLIES, ids=[row[0] for row in REPLIES])
def test_what_counts_as_a_reply(claim, later, expected):
    """The first later message from the other side; machines and the own side do not count."""
    assert (threads.reply(judgement(ASKED, later), ASKED) is later) is expected


def test_among_ourselves_each_person_is_a_side():
    """Inside the house a colleague's message answers."""
    asked = fact("2026-03-02T10:00", sender=US, to=(COLLEAGUE,))
    answer = fact("2026-03-02T11:00", sender=COLLEAGUE, to=(US,))
    assert threads.reply(judgement(asked, answer), asked) is answer
    assert threads.reply(judgement(asked, answer, ours=()), asked) is answer


def test_one_person_going_on_for_long():
    """A run of messages of one person is passed over at once, however long; the answer behind it, a machine in it and a message without a time are what they are."""
    from datetime import timedelta

    start = at("2026-03-02T10:00")
    run = [evolve(fact(sender=CLIENT, to=(US,)), sent=start + timedelta(minutes=number)) for number in range(3_000)]
    machine = evolve(fact(sender=US, to=(CLIENT,), automatic=True), sent=start + timedelta(minutes=1, seconds=1))
    answer = fact("2026-03-20T10:00", sender=US, to=(CLIENT,))
    assert {id(threads.reply(known, message)) for known in (judgement(*run, machine, answer),) for message in run} == {id(answer)}
    alone = judgement(*run, fact(sender=US, to=(CLIENT,)))
    assert [threads.reply(alone, message) for message in run] == [None] * len(run)


def test_answered_needs_the_archive():
    """No answer is only said where the archive reaches to the instant of judgement."""
    now = at("2026-03-10")
    assert threads.answered(judgement(ASKED), ASKED) == Unknown("no-as-of")
    assert threads.answered(judgement(ASKED, as_of=now), ASKED) == Unknown("no-coverage")
    assert threads.answered(judgement(ASKED, as_of=now, coverage=ALL), ASKED) is False
    assert threads.answered(judgement(ASKED, REPLIES[0][1]), ASKED) is True


def meeting(topic="", start=None, end=None) -> Meeting:
    return Meeting(0, Span(0, 0), "", "", topic, at(start) if start else None, at(end) if end else None)


def gatherings(*facts: Fact):
    return [(g.topic, g.notice, g.minutes, g.end) for g in threads.meetings(judgement(*facts), None)]


def test_notice_and_minutes_of_one_meeting():
    """Topic and day join them, whatever words stand around the topic; the minutes' own time goes first."""
    notice = fact("2026-03-01T09:00", kind="meeting_notice", meeting=meeting("关于渠道协调的会议通知", "2026-03-05T14:00", "2026-03-05T15:00"))
    minutes = fact("2026-03-05T18:00", kind="minutes", meeting=meeting("渠道协调会", "2026-03-05T14:00", "2026-03-05T16:00"), uri="v", thread="t2")
    assert gatherings(minutes, notice) == [("渠道协调会", notice, minutes, at("2026-03-05T16:00"))]


def test_meetings_apart():
    """Another day is another meeting, and so is another topic on the same day."""
    week1 = fact("2026-03-05T18:00", kind="minutes", meeting=meeting("周例会", "2026-03-05T14:00"), thread="a")
    week2 = fact("2026-03-12T18:00", kind="minutes", meeting=meeting("周例会", "2026-03-12T14:00"), thread="b")
    budget = fact("2026-03-05T19:00", kind="minutes", meeting=meeting("预算", "2026-03-05T16:00"), thread="c")
    assert len(gatherings(week1, week2, budget)) == 3


def test_minutes_that_do_not_say_their_meeting():
    """Minutes without a recognised meeting still make a gathering; its end is unknown."""
    minutes = fact("2026-03-05T18:00", kind="minutes", meeting=None)
    (gathering,) = threads.meetings(judgement(minutes), None)
    assert gathering.place is minutes
    assert threads.meeting_end(judgement(minutes), gathering) == Unknown("no-meeting-end")


def task(text: str, *, done: bool = False) -> ActionItem:
    passage = Passage(0, Span(0, len(text)), text, text)
    return ActionItem(0, passage.span, text, text, passage, status=passage if done else None)


MINUTES = fact("2026-03-05T18:00", kind="minutes", meeting=meeting("x", "2026-03-05T14:00", "2026-03-05T15:00"), tasks=(task("提交名单"),))


def weeks(*facts, **more):
    subject = judgement(MINUTES, *facts, **more)
    found = threads.open_weeks(subject, threads.meetings(subject, None)[0])
    return found if isinstance(found, Unknown) else [(subject, week) for week in found]


def test_whole_weeks_until_judgement():
    """Monday-to-Sunday weeks that lie wholly between the meeting and the instant of judgement."""
    found = weeks(as_of=at("2026-03-23"), coverage=ALL)
    assert [week.start for _, week in found] == [at("2026-03-09"), at("2026-03-16")]
    assert len(weeks(as_of=at("2026-03-22T23:59"))) == 1
    assert weeks() == Unknown("no-as-of")


def test_weeks_end_when_all_is_done():
    """A later record that reports the item done ends the follow-up, without any instant of judgement."""
    done = fact("2026-03-17T09:00", kind="progress_report", tasks=(task("提交名单", done=True),))
    assert [week.start for _, week in weeks(done)] == [at("2026-03-09")]


def test_follow_ups_of_a_week():
    """Records of the week that report progress; silence is unknown outside the archive."""
    told = fact("2026-03-11T09:00", kind="progress_report", follow_up=True)
    (first, second) = [threads.week_follow_ups(*pair) for pair in weeks(told, as_of=at("2026-03-23"), coverage=ALL)]
    assert (first, second) == ((told,), ())
    assert threads.week_follow_ups(*weeks(as_of=at("2026-03-16"))[0]) == Unknown("no-coverage")


def test_no_action_items_no_weeks():
    """Minutes without open items need no follow-up."""
    minutes = fact("2026-03-05T18:00", kind="minutes", tasks=(task("x", done=True),))
    subject = judgement(minutes, as_of=at("2026-04-05"))
    assert threads.open_weeks(subject, threads.meetings(subject, None)[0]) == ()


def test_announced_handover():
    """The announcement counts, not the first message of the new contact after it."""
    change = ContactChange(0, Span(0, 0), "", "", None, at("2026-03-10"))
    announcement = fact("2026-03-05T09:00", sender=US, to=(CLIENT,), contact_change=change)
    first = fact("2026-03-10T09:00", sender=COLLEAGUE, to=(CLIENT,))
    (handover,) = threads.handovers(judgement(first, announcement), None)
    assert (handover.message, handover.announced, handover.effective) == (announcement, at("2026-03-05T09:00"), at("2026-03-10"))


def test_silent_handover():
    """Somebody new writes to the client without copying the one before: announced when it happened, if the archive shows it."""
    first, new = fact("2026-03-05T09:00", sender=US, to=(CLIENT,)), fact("2026-03-10T09:00", sender=COLLEAGUE, to=(CLIENT,))
    (handover,) = threads.handovers(judgement(first, new, coverage=ALL), None)
    assert (handover.announced, handover.effective, handover.person) == (new.sent, new.sent, "wu@our.example.com")
    assert threads.handovers(judgement(first, new), None)[0].announced == Unknown("no-coverage")
    copied = fact("2026-03-10T09:00", sender=COLLEAGUE, to=(CLIENT, US))
    assert threads.handovers(judgement(first, copied, coverage=ALL), None) == ()


TOPICS = [
    ("Re: 回复\uff1a关于渠道协调的会议纪要", "渠道协调"),
    ("【重要】渠道协调会议通知 2026-03-05", "渠道协调"),
    ("Meeting minutes", "meetingminutes"),
    ("Budget meeting 2026", "budget"),
    ("", ""),
]


@pytest.mark.parametrize(("subject", "expected"), TOPICS)
def test_normal_topics(subject, expected):
    """Marks of reply, tags, dates and the word for the kind of record are no part of a topic."""
    assert normal(subject) == expected


def test_same_topic():
    """The shorter may stand inside the longer; nothing is the same as nothing."""
    assert [same_topic(*pair) for pair in (("渠道", "渠道协调"), ("渠道", "预算"), ("", "预算"), ("a", "budget"))] == [True, False, False, False]


def test_cases():
    """A named case stands alone; else thread, topic and subject tie records together, also over a third."""
    named = Record("u", "email", (), conversation=Conversation(thread="t", case="P1"))
    meta = Record("u", "email", (), meta=(("项目", "P1"),))
    assert case_keys(named, "x", None) == case_keys(meta, "y", None)
    one, two, three, far = (fact(f"2026-03-0{n}", cases=keys, uri=str(n)) for n, keys in enumerate((("a",), ("b",), ("a", "b"), ("z",)), 1))
    assert [[each.uri for each in group] for group in grouped((far, three, two, one), "case")] == [["1", "2", "3"], ["4"]]
    assert [len(group) for group in grouped((far, one), "archive")] == [2]
    assert grouped((), "archive") == []


def test_facts_travel():
    """A fact goes to another process and back."""
    back = pickle.loads(pickle.dumps(MINUTES))
    assert (back.order, back.values) == (MINUTES.order, MINUTES.values)
