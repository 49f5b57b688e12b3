"""Examples as records, and the environment they are judged in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from commlint.lang.marks import marked
from commlint.model.environment import Coverage, Environment, Organisation, Roster, RosterPerson
from commlint.model.reading.blocks import layout
from commlint.model.reading.parties import parties
from commlint.model.record import Attachment, Conversation, Evidence, Kind, Part, Party, Record

Settings = Mapping[str, Any]

_SIZE = re.compile(r"(?P<name>.+?):(?P<size>\d+(?:\.\d+)?)\s?(?P<unit>B|KB|MB|GB)?", re.IGNORECASE)
_UNITS = {"B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}
_PERSON = re.compile(r"(?P<name>[^<]+?)\s*<(?P<addresses>[^>]*)>(?P<rest>.*)|(?P<bare>\S+)(?P<tail>.*)", re.DOTALL)
_FLAGS = {
    "head": "head", "部门负责人": "head", "management": "management", "管理层": "management", "external": "external", "外部": "external",
}
_SAYING = {"superior": "superior", "上级": "superior", "as": "masked", "写作": "masked"}
_PLAIN = frozenset({"email", "chat_message", "chat_group"})  # kinds that are not written in Markdown


def environment(settings: Settings, lang: str = "zh") -> Environment:
    """What `with { … }` says of the world: zone, calendar, time of judgement, roster, who we are."""
    from commlint.calendar import china, weekdays

    zone = str(settings.get("zone", "Asia/Shanghai"))
    organisation = Organisation(
        domains=settings.get("domains", ()), names=(), client_domains=_dotted(settings, dotted=True), client_names=_dotted(settings, dotted=False)
    )
    return Environment(
        weekdays() if settings.get("calendar") == "weekdays" else china(),
        zone=zone,
        as_of=moment(settings["as_of"], zone) if "as_of" in settings else None,
        roster=roster(settings["roster"]) if "roster" in settings else Roster(),
        organisation=organisation,
        coverage=_coverage(settings["coverage"], zone) if "coverage" in settings else None,
        lang=lang,
    )


def _dotted(settings: Settings, *, dotted: bool) -> tuple[str, ...]:
    """The domains among the clients, or their names."""
    return tuple(client for client in settings.get("clients", ()) if (re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", client) is not None) is dotted)


def moment(iso: str, zone: str) -> datetime:
    """A date or date-time of a rule as an instant."""
    value = datetime.fromisoformat(iso)
    return value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))


def _coverage(ends: Sequence[str], zone: str) -> Coverage:
    start, end = moment(ends[0], zone), moment(ends[-1], zone)
    return Coverage(start, end if "T" in ends[-1] else datetime.combine(end, time.max, end.tzinfo))


def roster(lines: Sequence[str]) -> Roster:
    """``Wang Min <wang@example.com> Sales manager head superior:Chen Li`` for each person."""
    people = tuple(_person(line) for line in lines)
    departments = tuple(dict.fromkeys(person.department for person in people if person.department))
    return Roster(people, departments, known=True)


def _person(line: str) -> RosterPerson:
    match = _PERSON.match(line.strip())
    if match is None:
        return RosterPerson(line.strip())
    name = (match["name"] or match["bare"]).strip()
    found: dict[str, Any] = {"addresses": tuple(re.findall(r"[^\s,;]+", match["addresses"] or ""))}
    for word in _words(match["rest"] or match["tail"] or ""):
        _describe(found, word)
    return RosterPerson(name, **found)


def _words(text: str) -> list[str]:
    """Words; one with a colon goes on up to the next such word or flag, for names with blanks."""
    words: list[str] = []
    for word in text.split():
        going_on = words and ":" in words[-1] and ":" not in word and word not in _FLAGS
        if going_on and word.isascii():
            words[-1] += " " + word
        else:
            words.append(word)
    return words


def _describe(found: dict[str, Any], word: str) -> None:
    key, colon, value = word.partition(":")
    said = _SAYING.get(key) if colon else None
    if word in _FLAGS:
        found[_FLAGS[word]] = True
    elif said == "masked":
        found["masked"] = (*found.get("masked", ()), value)
    elif said:
        found[said] = value
    elif "department" not in found:
        found["department"] = word
    else:
        found["title"] = word


def record(text: str, settings: Settings, *, kind: str, number: int = 0) -> Record:
    """One example as a record: `text` with its marks; `kind` where the settings say none; `number` in a thread, from 1."""
    chosen = str(settings.get("kind", kind))
    zone = str(settings.get("zone", "Asia/Shanghai"))
    name = f"message-{number}" if number else ""
    return Record(
        uri=str(settings.get("name", "example")),
        kind=Kind(chosen),
        parts=_parts(text, settings, chosen),
        name=name,
        evidence=Evidence("caller"),
        headers=_headers(settings),
        meta=_pairs(settings.get("meta", ())) + ((("channel", str(settings["channel"])),) if "channel" in settings else ()),
        sent_at=moment(settings["sent"], zone) if "sent" in settings else None,
        sender=_party(settings["from"]) if "from" in settings else None,
        to=_parties(settings, "to"),
        cc=_parties(settings, "cc"),
        bcc=_parties(settings, "bcc"),
        attachments=tuple(attachment(given) for given in settings.get("attachments", ())),
        conversation=_conversation(settings, number),
    )


def _parts(text: str, settings: Settings, kind: str) -> tuple[Part, ...]:
    body = marked(text).text
    found = layout(body, markdown=kind not in _PLAIN)
    heads = [Part.plain(name, str(settings[name]), label=name) for name in ("subject", "group") if name in settings]
    return (*heads, Part.plain("body", body, blocks=found.blocks, grids=found.grids))


def _headers(settings: Settings) -> tuple[tuple[str, str], ...]:
    automatic = (("auto-submitted", "auto-replied"),) if settings.get("automatic") else ()
    return tuple((name.lower(), value) for name, value in _pairs(settings.get("headers", ()))) + automatic


def _pairs(lines: Sequence[str]) -> tuple[tuple[str, str], ...]:
    split = (re.split(r"\s*[:\uff1a]\s*", line, maxsplit=1) for line in lines)
    return tuple((pair[0], pair[1]) for pair in split if len(pair) == 2)


def _party(written: str) -> Party:
    return next(iter(parties(written)), Party(written))


def _parties(settings: Settings, name: str) -> tuple[Party, ...]:
    return tuple(party for written in settings.get(name, ()) for party in parties(written))


def attachment(written: str) -> Attachment:
    """``report.pdf:2MB``; ``link:`` in front for one that is only linked to."""
    linked = written.startswith("link:")
    rest = written.removeprefix("link:")
    match = _SIZE.fullmatch(rest)
    if match is None:
        return Attachment(rest, linked=linked)
    size = round(float(match["size"]) * _UNITS[(match["unit"] or "B").upper()])
    return Attachment(match["name"], size=size, linked=linked)


def _conversation(settings: Settings, number: int) -> Conversation:
    """Messages of one example belong together unless they say otherwise."""
    ties = {"thread": "example", "case": "example"} if number else {}
    ties |= {name: str(settings[name]) for name in ("thread", "case") if name in settings}
    return Conversation(
        id=f"m{number}" if number else "", reply_to=f"m{settings['reply_to']}" if "reply_to" in settings else "",
        group=str(settings.get("group", "")), **ties,  # type: ignore[arg-type]  # strings by name
    )
