"""The outside of a record: who sent it to whom, when, how, and how urgently."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from commlint.entities import directives, structure
from commlint.entities.departments import choice, departments
from commlint.entities.roster import answer, entries
from commlint.entities.wordlists import cues
from commlint.model.environment import Environment, Lexicon
from commlint.model.protocols import Analysis
from commlint.model.record import Kind, Party, Record
from commlint.model.values import Passage, Unknown

_CHANNELS = {
    "group_chat": "group_chat", "group": "group_chat", "群": "group_chat", "群聊": "group_chat", "direct_chat": "direct_chat", "direct": "direct_chat",
    "私聊": "direct_chat", "mail": "mail", "email": "mail", "邮件": "mail", "paper": "paper", "文稿": "paper",
}
_CLIENT_ID = re.compile(r"w[mo][A-Za-z0-9_-]{20,62}")  # of an external contact, in the archive of WeCom
_PREFIX = re.compile(r"\s*(?P<prefix>[a-z]{2,3}|[\u3400-\u9fff]{1,2})(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*:")
_TAG = re.compile(r"[\u3010\[(](?P<tag>[^\u3010\u3011\[\]()\n]{1,12})[\u3011\])]")
_ASKS = frozenset(("directive", "question"))
_HEADERS = ("importance", "x-priority", "priority", "x-msmail-priority", "urgency")
_HIGH = ("high", "urgent", "1", "2")
_LOW = ("low", "non-urgent", "4", "5")
_PRIORITIES = {"高": "high", "最高": "high", "紧急": "high", "high": "high", "urgent": "high", "p0": "high", "p1": "high", "低": "low", "low": "low"}


def kind(analysis: Analysis, record: Record) -> str:
    """What the record is (``minutes``)."""
    return record.kind.value


def file_name(analysis: Analysis, record: Record) -> str:
    """The name of the file the record is in, without folders."""
    return record.uri.replace("\\", "/").rstrip("/").rpartition("/")[2]


def sent(analysis: Analysis, record: Record) -> datetime | Unknown:
    """When the record was sent."""
    return record.sent_at if record.sent_at is not None else Unknown("no-sent-time")


def today(analysis: Analysis, record: Record) -> datetime | Unknown:
    """Midnight of the day of judgement, else of sending."""
    moment = analysis.environment.as_of or record.sent_at
    if moment is None:
        return Unknown("no-sent-time")
    return _local(moment, analysis.environment).replace(hour=0, minute=0, second=0, microsecond=0)


def sender(analysis: Analysis, record: Record) -> Party | Unknown:
    """Who sent it."""
    return record.sender if record.sender is not None else Unknown("no-header", "from")


def to(analysis: Analysis, record: Record) -> tuple[Party, ...] | Unknown:
    """Primary recipients; unknown when the record came without any envelope."""
    return record.to if _has_envelope(record) else Unknown("no-header", "to")


def cc(analysis: Analysis, record: Record) -> tuple[Party, ...] | Unknown:
    """Copied recipients."""
    return record.cc if _has_envelope(record) else Unknown("no-header", "cc")


def bcc(analysis: Analysis, record: Record) -> tuple[Party, ...] | Unknown:
    """Blind-copied recipients, as far as the record shows them."""
    return record.bcc if _has_envelope(record) else Unknown("no-header", "bcc")


def recipients(analysis: Analysis, record: Record) -> tuple[Party, ...] | Unknown:
    """Everybody it goes to, each once."""
    if not _has_envelope(record):
        return Unknown("no-header", "to")
    return tuple(dict.fromkeys((*record.to, *record.cc, *record.bcc)))


def audience(analysis: Analysis, record: Record) -> str | Unknown:
    """``external`` when a recipient is outside our organisation, else ``internal``; front matter may say it."""
    said = dict(record.meta).get("audience", "").strip().lower()
    if said in ("external", "internal", "外部", "内部"):
        return {"外部": "external", "内部": "internal"}.get(said, said)
    found = (*record.to, *record.cc, *record.bcc)
    if not found:
        return Unknown("no-header", "to")
    outside = [_is_external(analysis.environment, party, record.sender) for party in found]
    if any(each is True for each in outside):
        return "external"
    return next((each for each in outside if isinstance(each, Unknown)), "internal")


def channel(analysis: Analysis, record: Record) -> str | Unknown:
    """How it travelled: group_chat, direct_chat, mail or paper."""
    said = _CHANNELS.get(dict(record.meta).get("channel", "").strip().lower())
    if said:
        return said
    if record.kind is Kind.CHAT_GROUP or record.conversation.group:
        return "group_chat"
    if record.kind is Kind.CHAT_MESSAGE:
        return "direct_chat" if record.to else Unknown("no-header", "channel")
    mailed = record.kind is Kind.EMAIL or record.header("message-id") is not None or record.header("from") is not None
    return "mail" if mailed else "paper"


def group(analysis: Analysis, record: Record) -> Passage | str | None:
    """The name of the chat group; None outside of groups."""
    part = record.part("group")
    if part is not None:
        return analysis.passage(part, 0, len(analysis.folded(part)))
    return record.conversation.group or None


def importance(analysis: Analysis, record: Record) -> str:
    """``high``, ``normal`` or ``low``: by header, by a tag in the subject or first line, by a priority field."""
    said = _by_header(record)
    if said:
        return said
    words = _cues(analysis, "important")
    if not set(words).isdisjoint(_tags(analysis)):
        return "high"
    return _by_field(analysis) or "normal"


def urgent(analysis: Analysis, record: Record) -> bool:
    """Whether it says that it is urgent, by header or in its own words; ``不紧急`` and quotations do not."""
    if any((record.header(name) or "").strip().lower() in ("urgent", "1 (highest)") for name in _headers(record)):
        return True
    subject = structure.subject(analysis, record)
    if subject and subject.part == record.part("subject") and _says_urgent(analysis, subject.folded):  # a title is a sentence of the body
        return True
    if not _says_urgent(analysis, structure.said(analysis)):
        return False
    return any(_says_urgent(analysis, s.folded) and not _reports(analysis, s) for s in structure.sentences(analysis, record))


def broadcast(analysis: Analysis, record: Record) -> bool:
    """Whether it speaks to everybody or to several departments: by subject, first lines, or its recipients' number."""
    head = [line.folded for line in structure.lines(analysis, record)[:3]]
    subject = structure.subject(analysis, record)
    texts = head + ([subject.folded] if subject else [])
    if structure.has_any(_cues(analysis, "everybody"), "\n".join(texts)):
        return True
    if any(party.address.partition("@")[0].lower() in _cues(analysis, "everybody-address") for party in (*record.to, *record.cc)):
        return True
    first = structure.lines(analysis, record)[:1]
    return sum(1 for d in departments(analysis, record) for line in first if d.part == line.part and line.span.contains(d.span)) > 1


def off_hours(analysis: Analysis, record: Record) -> bool | Unknown:
    """Whether it was sent from the late hour (22:00) until work starts, or on a day off (norms.toml [meta].off_hours)."""
    if record.sent_at is None:
        return Unknown("no-sent-time")
    environment = analysis.environment
    moment = _local(record.sent_at, environment)
    if moment.time() >= environment.hours.late or moment.time() < environment.hours.start:
        return True
    if not environment.calendar.announced(moment.year):
        return Unknown("unannounced-year", str(moment.year))
    return not environment.calendar.is_workday(moment.date())


def asks_reply(analysis: Analysis, record: Record) -> bool:
    """Whether it asks for an answer or for action: a request, or a question, that nothing takes back."""
    if automatic(analysis, record):
        return False
    if structure.has_any(_cues(analysis, "no-reply-needed"), structure.said(analysis)):
        return False
    return any(not _ASKS.isdisjoint(directives.reading(analysis, s).senses) for s in structure.sentences(analysis, record))


def is_reply(analysis: Analysis, record: Record) -> bool:
    """Whether it answers or forwards another record, by header, thread or subject."""
    if record.conversation.reply_to or record.header("in-reply-to"):
        return True
    part = record.part("subject")
    match = _PREFIX.match(analysis.folded(part)) if part is not None else None
    return match is not None and match["prefix"] in _cues(analysis, "reply-prefix")


def automatic(analysis: Analysis, record: Record) -> bool:
    """Whether a machine sent it: Auto-Submitted (RFC 3834), its older relatives, or a sender that takes no answers."""
    submitted = (record.header("auto-submitted") or "no").split(";")[0].strip().lower()
    if submitted != "no" or record.header("x-autoreply") or record.header("x-autorespond"):
        return True
    if (record.header("precedence") or "").strip().lower() in ("auto_reply", "bulk", "junk"):
        return True
    local = record.sender.address.partition("@")[0].lower() if record.sender else ""
    return local in _cues(analysis, "machine-sender")


def from_client(analysis: Analysis, record: Record) -> bool | Unknown:
    """Whether a client sent it; without lists of clients, whether somebody outside did."""
    if record.sender is None:
        return Unknown("no-header", "from")
    organisation = analysis.environment.organisation
    listed = bool(organisation.client_domains or organisation.client_names)
    if _is_client(analysis.environment, record.sender):
        return True
    outside = party_external(analysis, record.sender)
    if outside is False:
        return False
    return False if listed else outside


def party_name(analysis: Analysis, party: Party) -> str:
    """The display name."""
    return party.name


def party_address(analysis: Analysis, party: Party) -> str:
    """The mail address."""
    return party.address


def party_domain(analysis: Analysis, party: Party) -> str:
    """The domain of the address, in lower case."""
    return party.domain


def party_title(analysis: Analysis, party: Party) -> object:
    """The title, by the roster."""
    return answer(analysis.environment, party, "title")


def party_department(analysis: Analysis, party: Party) -> object:
    """The department, by the roster."""
    return answer(analysis.environment, party, "department")


def party_external(analysis: Analysis, party: Party) -> bool | Unknown:
    """Whether outside our organisation: by domain, by the roster, by lists of clients."""
    return _is_external(analysis.environment, party, None)


def party_management(analysis: Analysis, party: Party) -> object:
    """Whether in management, by the roster."""
    return answer(analysis.environment, party, "management")


def party_head(analysis: Analysis, party: Party) -> object:
    """Whether head of a department, by the roster."""
    return answer(analysis.environment, party, "head")


def _local(moment: datetime, environment: Environment) -> datetime:
    return moment.replace(tzinfo=environment.tz) if moment.tzinfo is None else moment.astimezone(environment.tz)


def _has_envelope(record: Record) -> bool:
    return bool(record.headers or record.to or record.cc or record.bcc or record.sender)


def _under(domain: str, domains: tuple[str, ...]) -> bool:
    return any(domain == each.lower() or domain.endswith("." + each.lower()) for each in domains)


def _is_client(environment: Environment, party: Party) -> bool:
    organisation = environment.organisation
    named = any(name and name.lower() in party.name.lower() for name in organisation.client_names)
    return named or bool(party.domain and _under(party.domain, organisation.client_domains))


def _is_external(environment: Environment, party: Party, peer: Party | None) -> bool | Unknown:
    """`peer`: where no domains are configured, one domain on both sides means one house."""
    known = {entry.external for entry in entries(environment, party)}
    if len(known) == 1:
        return known.pop()
    organisation = environment.organisation
    if _is_client(environment, party) or _CLIENT_ID.fullmatch(party.address):
        return True
    if party.domain and organisation.domains:
        return not _under(party.domain, organisation.domains)
    if not organisation.domains and peer is not None and party.domain and peer.domain == party.domain:
        return False
    return Unknown("no-organisation", party.address or party.name)


def _cues(analysis: Analysis, section: str) -> tuple[str, ...]:
    return cues(analysis.environment.lexicon, "envelope", section)


def _tags(analysis: Analysis) -> list[str]:
    subject, line = structure.subject(analysis, None), structure.first_line(analysis, None)
    return [match["tag"].strip() for text in (subject, line) if text for match in _TAG.finditer(text.folded[:200])]


def _headers(record: Record) -> list[str]:
    """The headers of importance that a record has, those that count most first."""
    there = {name for name, _ in record.headers}
    return [name for name in _HEADERS if name in there]


def _by_header(record: Record) -> str:
    for name in _headers(record):
        value = (record.header(name) or "").strip().lower().split(" ")[0]
        if value in _HIGH:
            return "high"
        if value in _LOW:
            return "low"
    return ""


def _by_field(analysis: Analysis) -> str:
    from commlint.entities.fields import fields

    # Reading fields costs as much as all else that tells importance; most records have no word of priority in them.
    words = _closed_up(analysis.environment.lexicon)
    if not any(structure.has_any(words, analysis.folded(part).replace(" ", "")) for part in structure.text_parts(analysis)):
        return ""
    values = (f.value.folded.strip(" 。;,") for f in fields(analysis, analysis.record) if f.key == "priority" and f.item == 0)
    return next((_PRIORITIES[value] for value in values if value in _PRIORITIES), "")


@lru_cache(maxsize=16)
def _closed_up(lexicon: Lexicon) -> tuple[str, ...]:
    """The labels of priority without blanks."""
    from commlint.entities.labels import spellings

    return tuple({word.replace(" ", "") for word in spellings(lexicon, "priority")})


def _reports(analysis: Analysis, sentence: object) -> bool:
    from commlint.model.values import Sentence

    return isinstance(sentence, Sentence) and bool(directives.reading(analysis, sentence).senses & {"policy", "past", "quoted", "conditional"})


def _says_urgent(analysis: Analysis, text: str) -> bool:
    if not structure.has_any(_cues(analysis, "urgent"), text):
        return False
    pattern = _urgent_pattern(analysis.environment.lexicon)
    return any(match["urgent"] for match in pattern.finditer(text))


@lru_cache(maxsize=16)
def _urgent_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Words of urgency in the group ``urgent``; those that deny it stand first and swallow them."""
    never, urgent = (choice(cues(lexicon, "envelope", section)) for section in ("not-urgent", "urgent"))
    return re.compile(f"(?P<never>{never})|(?<![a-z])(?P<urgent>{urgent})(?![a-z])")
