"""What a record is about, in a form that different records about it share."""

from __future__ import annotations

import re

from commlint.engine.facts import Fact
from commlint.model.record import Record
from commlint.model.values import Located, Meeting
from commlint.text.fold import fold_string

_BEFORE = re.compile(r"^(?:(?:re|fw|fwd|aw|回复|答复|转发)(?:\[\d+\])?\s*:\s*|关于|\[[^\]]*\]|\u3010[^\u3011]*\u3011|\s)+")
_WORDS = ("会议", "纪要", "会议记录", "通知", "minutes", "meeting", "notice", "of", "the")  # that a subject may end with
_SIGNS = frozenset("的会-_ /.:()年月日")
_BLANK = re.compile(r"[\W_]+")


def normal(subject: str) -> str:
    """A subject or topic without reply marks, tags, dates and the word for the kind of record; folded, no blanks."""
    text = _BEFORE.sub("", fold_string(subject).strip())
    return _BLANK.sub("", text[: _end(text)]) or _BLANK.sub("", text)


def _end(text: str) -> int:
    """Where the words for the kind of record begin that end the text. No pattern does this in time that grows with the length alone."""
    end = len(text)
    while end:
        if text[end - 1] in _SIGNS or text[end - 1].isdecimal():
            end -= 1
            continue
        word = next((word for word in _WORDS if text.endswith(word, 0, end)), "")
        if not word:
            break
        end -= len(word)
    return end


def same_topic(one: str, other: str) -> bool:
    """Whether two normal topics name the same thing: equal, or the shorter one inside the longer."""
    short, long = sorted((one, other), key=len)
    return bool(short) and (short == long or (len(short) >= 2 and short in long))


def topic_of(fact: Fact, meeting: Meeting | None) -> str:
    """The normal topic of a meeting record: as it says, else its subject, else its title."""
    if meeting is not None and meeting.topic:
        return normal(meeting.topic)
    subject = fact.values.get("subject")
    return normal(subject.text) if isinstance(subject, Located) else ""


def case_keys(record: Record, topic: str, subject: object) -> tuple[str, ...]:
    """The keys by which a record joins a case: the case it names; else its thread, meeting topic and subject."""
    meta = dict(record.meta)
    named = record.conversation.case or meta.get("case") or meta.get("项目") or meta.get("project") or ""
    if named:
        return (f"case {normal(named)}",)
    keys = [f"thread {record.conversation.thread}"] if record.conversation.thread else []
    about = normal(topic)
    if not about and isinstance(subject, Located):
        about = normal(subject.text)
    if about:
        keys.append(f"topic {about}")
    return tuple(keys) or (f"record {record.uri}#{record.name}",)
