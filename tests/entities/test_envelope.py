"""The outside of a record: times, parties, audience, urgency; what is not known stays unknown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from attrs import evolve

from commlint.entities import envelope as e
from commlint.model.environment import Organisation, Roster, RosterPerson
from commlint.model.record import Conversation, Kind, Party, Record
from commlint.model.values import Unknown
from tests.entities.records import ENVIRONMENT, analysed, widths

OURS = Organisation(domains=("example.com",), client_domains=("client.example",), client_names=("甲公司",))
HOUSE = evolve(ENVIRONMENT, organisation=OURS)
ME, COLLEAGUE, CLIENT = Party("我", "me@example.com"), Party("她", "she@mail.example.com"), Party("客", "x@client.example")


def _mail(text: str = "正文", **more: Any) -> Record:
    headers = more.pop("headers", ())
    conversation = more.pop("conversation", Conversation())
    meta = more.pop("meta", ())
    return evolve(Record.from_text(text, kind=more.pop("kind", Kind.EMAIL), **more), headers=headers, conversation=conversation, meta=meta)


def _at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=ENVIRONMENT.tz)  # type: ignore[misc,arg-type]  # year, month, day, hour, minute


@pytest.mark.parametrize(("to", "expected"), [
    ((COLLEAGUE,), "internal"), ((COLLEAGUE, CLIENT), "external"), ((Party("", "a@elsewhere.example"),), "external"), ((), Unknown("no-header", "to")),
    ((Party("甲公司小李", ""),), "external"), ((Party("没有地址", ""),), Unknown("no-organisation", "没有地址")),
])
def test_an_outside_recipient_makes_the_audience_external(to: tuple[Party, ...], expected: object) -> None:
    """By our domains, their subdomains and the lists of clients."""
    record = _mail(sender=ME, to=to)
    assert e.audience(analysed(record, HOUSE), record) == expected


def test_without_our_domains_one_domain_is_one_house() -> None:
    """Two domains could be anything."""
    inside, across = _mail(sender=ME, to=(Party("", "b@example.com"),)), _mail(sender=ME, to=(CLIENT,))
    assert e.audience(analysed(inside), inside) == "internal"
    assert e.audience(analysed(across), across) == Unknown("no-organisation", "x@client.example")


@pytest.mark.parametrize(("moment", "expected"), [
    ((2024, 6, 3, 21, 59), False), ((2024, 6, 3, 22, 0), True), ((2024, 6, 3, 8, 59), True), ((2024, 6, 3, 9, 0), False), ((2024, 6, 1, 10, 0), True), ((2024, 6, 3, 19, 0), False),
])
def test_off_hours_are_late_evenings_nights_and_days_off(moment: tuple[int, ...], expected: bool) -> None:
    """22:00 until work starts, and every day that is not worked (norms.toml meta.off_hours)."""
    record = _mail(sent_at=_at(*moment))
    assert e.off_hours(analysed(record), record) is expected


def test_off_hours_are_unknown_without_a_time_or_an_announced_calendar() -> None:
    """A guessed calendar decides nothing by day, a late hour decides by itself."""

    class Later(type(ENVIRONMENT.calendar)):  # type: ignore[misc]  # the test calendar's own class
        def announced(self, year: int) -> bool:
            return False

    environment = evolve(ENVIRONMENT, calendar=Later())
    plain, day, night = _mail(), _mail(sent_at=_at(2031, 6, 3, 10, 0)), _mail(sent_at=_at(2031, 6, 3, 23, 0))
    assert e.off_hours(analysed(plain), plain) == Unknown("no-sent-time")
    assert e.off_hours(analysed(day, environment), day) == Unknown("unannounced-year", "2031")
    assert e.off_hours(analysed(night, environment), night) is True


@pytest.mark.parametrize(("text", "expected"), [
    ("系统宕机,请立即处理。", True), ("【紧急】请看", True), ("此事不紧急。", False), ("如遇紧急情况请拨打电话。", False), ("公文里不要写\u201c紧急\u201d二字的说法。", False), ("Urgent: please reply.", True), ("一切正常。", False),
    ("昨天的故障已修复。", False), ("紧急程度:低", False), ("服务器故障,客户无法下单。", True), ("insurgents", False),
])
def test_urgency_is_what_the_record_says_of_itself(text: str, expected: bool) -> None:
    """Not what it quotes, denies, reports or makes a rule of."""
    for spelled in widths(text):
        record = _mail(spelled, subject="事")
        assert e.urgent(analysed(record), record) is expected


@pytest.mark.parametrize(("subject", "text", "headers", "expected"), [
    ("【重要】通知", "正文", (), "high"), ("通知", "【重要】请看", (), "high"), ("通知", "正文", (("importance", "High"),), "high"), ("通知", "正文", (("x-priority", "1 (Highest)"),), "high"),
    ("通知", "正文", (("x-priority", "5"),), "low"), ("通知", "优先级:高", (), "high"), ("通知", "优先级:低", (), "low"), ("重要的事", "正文", (), "normal"), ("通知", "正文", (("importance", "normal"),), "normal"),
])
def test_importance_by_header_tag_or_field(subject: str, text: str, headers: tuple[tuple[str, str], ...], expected: str) -> None:
    """The word alone is no tag."""
    record = _mail(text, subject=subject, headers=headers)
    assert e.importance(analysed(record), record) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("请回复。", True), ("方案可以吗?", True), ("谢谢,已收到。", False), ("请知悉即可,无需回复。", False), ("Could you confirm?", True), ("FYI.", False), ("请尽快确认合同。", True), ("会议已结束。", False),
])
def test_a_request_or_a_question_asks_for_an_answer(text: str, expected: bool) -> None:
    """Unless the record takes it back."""
    record = _mail(text)
    assert e.asks_reply(analysed(record), record) is expected


@pytest.mark.parametrize(("record", "expected"), [
    (_mail(headers=(("auto-submitted", "auto-replied"),)), True), (_mail(headers=(("auto-submitted", "no"),)), False), (_mail(headers=(("precedence", "bulk"),)), True),
    (_mail(sender=Party("", "noreply@example.com")), True), (_mail(sender=ME), False), (_mail(), False),
])
def test_machines_are_told_by_their_headers(record: Record, expected: bool) -> None:
    """RFC 3834 and what came before it."""
    assert e.automatic(analysed(record), record) is expected


@pytest.mark.parametrize(("subject", "expected"), [("Re: 采购", True), ("回复:采购", True), ("答复\uff1a采购", True), ("Fwd: x", True), ("RE[2]: x", True), ("转发:x", True), ("采购:回复意见", False), ("Review: x", False)])
def test_replies_and_forwards_are_told_by_their_subject(subject: str, expected: bool) -> None:
    """Any of the usual prefixes."""
    record = _mail(subject=subject)
    assert e.is_reply(analysed(record), record) is expected


@pytest.mark.parametrize(("record", "expected"), [
    (_mail(), "mail"), (_mail(kind=Kind.MINUTES), "paper"), (_mail(kind=Kind.CHAT_GROUP), "group_chat"), (_mail(kind=Kind.CHAT_MESSAGE, conversation=Conversation(group="群")), "group_chat"),
    (_mail(kind=Kind.CHAT_MESSAGE, to=(ME,)), "direct_chat"), (_mail(kind=Kind.CHAT_MESSAGE), Unknown("no-header", "channel")), (_mail(kind=Kind.CHAT_MESSAGE, meta=(("channel", "群聊"),)), "group_chat"),
])
def test_the_channel_is_how_it_travelled(record: Record, expected: object) -> None:
    """By kind, group, recipients or front matter."""
    assert e.channel(analysed(record), record) == expected


@pytest.mark.parametrize(("sender", "expected"), [(CLIENT, True), (ME, False), (Party("甲公司王工", "w@other.example"), True), (Party("", "a@supplier.example"), False), (None, Unknown("no-header", "from"))])
def test_a_client_is_known_by_domain_or_name(sender: Party | None, expected: object) -> None:
    """Other outsiders are not clients once clients are listed."""
    record = _mail(sender=sender)
    assert e.from_client(analysed(record, HOUSE), record) == expected


def test_a_list_of_everybody_is_a_broadcast() -> None:
    """Mail to all@…"""
    record = _mail("请看。", to=(Party("", "all@corp.example.com"),))
    assert e.broadcast(analysed(record), record)


@pytest.mark.parametrize(("text", "expected"), [("各位同事:\n请看。", True), ("张三:\n请看。", False), ("市场部、研发部:\n请看。", True), ("Dear all,\nsee below.", True), ("全体员工须知", True), ("请看。", False)])
def test_a_broadcast_speaks_to_everybody_or_several_departments(text: str, expected: bool) -> None:
    """In its subject or first lines."""
    record = _mail(text)
    assert e.broadcast(analysed(record), record) is expected


def test_the_roster_tells_title_department_and_rank_or_that_it_cannot() -> None:
    """No roster: unknown. Two that can be meant and differ: unknown. Not on it: nothing."""
    people = (RosterPerson("我", (), "市场部", "经理", head=True, addresses=("me@example.com",)), RosterPerson("王一", ("王*",), "甲部"), RosterPerson("王二", ("王*",), "乙部"))
    environment = evolve(ENVIRONMENT, roster=Roster(people, known=True))
    analysis = analysed(_mail(), environment)
    assert (e.party_title(analysis, ME), e.party_department(analysis, ME), e.party_head(analysis, ME), e.party_management(analysis, ME)) == ("经理", "市场部", True, False)
    assert e.party_department(analysis, Party("王*")) == Unknown("ambiguous-person", "王*")
    assert e.party_title(analysis, CLIENT) == ""
    assert e.party_title(analysed(_mail()), ME) == Unknown("no-roster", "我")


def test_a_record_without_an_envelope_has_unknown_recipients() -> None:
    """Nobody can tell whom a bare text went to."""
    bare, mail = _mail(kind=Kind.MINUTES), _mail(sender=ME, to=(CLIENT,), cc=(COLLEAGUE, CLIENT))
    assert e.cc(analysed(bare), bare) == Unknown("no-header", "cc")
    assert e.recipients(analysed(mail), mail) == (CLIENT, COLLEAGUE)
    assert e.bcc(analysed(mail), mail) == ()


def test_the_file_name_has_no_folders() -> None:
    """Of either kind of separator."""
    record = evolve(_mail(), uri="纪要\\2024/报告_20240520_张三.xlsx")
    assert e.file_name(analysed(record), record) == "报告_20240520_张三.xlsx"


def test_today_is_the_day_of_judgement_else_of_sending() -> None:
    """At midnight in the configured zone."""
    record = _mail(sent_at=_at(2024, 6, 3, 23, 30))
    assert e.today(analysed(record), record) == _at(2024, 6, 3, 0, 0)
    assert e.today(analysed(record, evolve(ENVIRONMENT, as_of=_at(2024, 7, 1, 9, 0))), record) == _at(2024, 7, 1, 0, 0)
