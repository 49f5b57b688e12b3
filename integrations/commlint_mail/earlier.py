"""Who wrote an earlier message and when, as the lines say that a client puts above it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo

from commlint.model.reading.parties import parties
from commlint.model.reading.stamp import STAMP, moment
from commlint.model.record import Party
from commlint_mail.date import sent_at

FROM = r"(?:发\s?件\s?人|寄\s?件\s?者|寄\s?件\s?人|發件人|发送人|发信人|寄信人|from)"
DATE = r"(?:发送时间|发件时间|发送日期|傳送時間|传送时间|寄件日期|發送時間|发送于|发信时间|日\s?期|时\s?间|時間|sent|date)"
_HEAD = 1200  # characters: more no head of an earlier message has
_FROM_LINE = re.compile(rf"^[ \t>*|]{{0,20}}{FROM}[ \t*|]{{0,5}}[:\uff1a|]?[ \t*]{{0,5}}(?P<value>[^\n]{{1,300}})", re.IGNORECASE | re.MULTILINE)
_DATE_LINE = re.compile(rf"^[ \t>*|]{{0,20}}{DATE}[ \t*|]{{0,5}}[:\uff1a|]?[ \t*]{{0,5}}(?P<value>[^\n]{{1,200}})", re.IGNORECASE | re.MULTILINE)
_NEXT_FIELD = re.compile(r"[ \t](?:发送时间|发送日期|日期|收件人|抄送|主题|sent|date|to|subject)[ \t]?[:\uff1a]", re.IGNORECASE)
_WROTE = re.compile(r"[,\uff0c]?[ \t]*(?:的?邮件)?(?:写道|寫道|写到|来信说|wrote|writes)[ \t]*[:\uff1a]?", re.IGNORECASE)
_MONTHS = {name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_CLOCK = r"(?:,?[ \t]{1,3}(?:at[ \t])?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2})?[ \t\u202f]?(?P<half>[ap]\.?m\.?)?(?:[ \t]{1,2}(?:GMT|UTC)?(?P<zone>[+-]\d{1,2}:?(?:\d{2})?))?)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?[ \t]{1,3})?"
_WRITTEN = re.compile(rf"{_WEEKDAY}(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\.?[ \t]{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[ \t]{{1,3}}(?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ \t-]{{1,3}}(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\.?,?[ \t-]{{1,3}}(?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE)
_SLASHED = re.compile(rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}}|\d{{2}}){_CLOCK}", re.IGNORECASE)
_WEEKDAY_FIRST = re.compile(r"(?:星期|周|週)[一二三四五六日天][,\uff0c ]{1,3}(?=\d{4})")
_LEADS = re.compile(r"^(?:[\s>,\uff0c]|(?:于|於|在|on|at|引用|回复)(?![a-z]))+", re.IGNORECASE)
_TRAILS = re.compile(r"(?:[\s,\uff0c:\uff1a]|(?:于|於|在)$|的(?:邮件|来信)$)+$", re.IGNORECASE)
_MAILTO = re.compile(r"[\[(<](?:mailto:)?(?P<address>[^\s<>()\[\]]{1,80}@[^\s<>()\[\]]{1,80})[\])>]")


def sender_and_time(text: str, zone: tzinfo) -> tuple[Party | None, datetime | None]:
    """Who wrote the message that `text` begins with the head of, and when; None for what it does not say."""
    head = text[:_HEAD]
    sender = _FROM_LINE.search(head)
    if sender is not None:
        dated = _DATE_LINE.search(head)
        when = instant(dated["value"], zone) if dated else moment(head[:600], zone) or sent_at(head[:200], zone)
        return _party(_to_next_field(sender["value"])), when
    wrote = _WROTE.search(head)
    if wrote is not None and wrote.start() < 400:
        return _told(head[: wrote.start()], zone)
    line = head.lstrip("> \t\n").partition("\n")[0]
    return _told(line, zone) if STAMP.search(line) else (None, None)


def instant(written: str, zone: tzinfo) -> datetime | None:
    """The instant that a client writes, in Chinese or English; None for a day without a clock."""
    written = _WEEKDAY_FIRST.sub("", written)
    stamp = moment(written, zone)
    if stamp is not None:
        return stamp
    match = _WRITTEN.search(written) or _DAY_FIRST.search(written) or _SLASHED.search(written)
    return _from_match(match, zone) if match and match["hour"] is not None else None


def _from_match(match: re.Match[str], zone: tzinfo) -> datetime | None:
    month = _MONTHS.get(match["month"].lower()) or int(match["month"])
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    hour = hour % 12 + (12 if half.startswith("p") else 0) if half else hour
    year = int(match["year"])
    try:
        return datetime(year if year > 99 else 2000 + year, month, int(match["day"]), hour, int(match["minute"]), tzinfo=_offset(match["zone"]) or zone)
    except ValueError:
        return None


def _offset(written: str | None) -> timezone | None:
    if not written:
        return None
    hours, minutes = ([*written[1:].split(":"), "0"])[:2] if ":" in written else (written[1:3], written[3:] or "0")
    whole = int(hours) * 60 + int(minutes)
    return timezone(timedelta(minutes=-whole if written[0] == "-" else whole)) if whole < 24 * 60 else None


def _to_next_field(value: str) -> str:
    """Without the field that some clients put on the same line."""
    found = _NEXT_FIELD.search(value)
    return value[: found.start()] if found else value


def _told(words: str, zone: tzinfo) -> tuple[Party | None, datetime | None]:
    """Of "在 …,张三 写道": the words before the verb."""
    when = instant(words, zone)
    rest = " ".join(words.replace(">", " ", 1).split()) if words.lstrip().startswith(">") else " ".join(words.split())
    rest = _WEEKDAY_FIRST.sub("", rest)
    for pattern in (STAMP, _WRITTEN, _DAY_FIRST, _SLASHED):
        rest, changed = pattern.subn(" ", rest, count=1)
        if changed:
            break
    rest = re.sub(r"[(\uff08]?(?:星期|周|週)[一二三四五六日天][)\uff09]?[ ,\uff0c]{0,2}(?:[上下中]午|晚上|早上)?[ ]?\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2})?|[(\uff08]?(?:星期|周|週)[一二三四五六日天][)\uff09]?(?= |$)|^[ ,\uff0c]*(?:[上下中]午|晚上|早上)?[ ]?\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2})?", " ", rest)
    return _party(_TRAILS.sub("", _LEADS.sub("", rest.strip()))), when


def _party(written: str) -> Party | None:
    """One sender: a name, an address, or both; quotation marks and stars around them left out."""
    address = _MAILTO.search(written)
    if address is not None:
        name = (written[: address.start()] + written[address.end() :]).strip(" \t*;\uff1b,\uff0c|\"'\u201c\u201d")
        return Party(" ".join(name.split()).strip("\"'"), address["address"])
    found = parties(written.strip(" \t*|;\uff1b"))
    return Party(found[0].name.strip("\"'\u201c\u201d* "), found[0].address) if found else None
