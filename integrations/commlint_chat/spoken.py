"""What the text of a message is made of: an earlier message it answers, messages it passes on, files and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from commlint.model.record import Attachment
from commlint.model.span import Span

_NAME = r"(?P<name>[^:\uff1a\n\]\u300d\u201d]{1,40}?)"
_TIME = r"(?:[ \t]{0,2}[(\uff08]?(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ \t]?)?(?:\d{1,2}[-/月]\d{1,2}日?[ \t])?\d{1,2}:\d{2}(?::\d{2})?[)\uff09]?)?"
_REPLIES = (
    # 「李四:…」 over a dashed line (WeChat, DingTalk, WeCom)
    re.compile(rf"[\u300c\u201c\"]{_NAME}{_TIME}[:\uff1a\n][^\u300d\u201d\"]{{0,5000}}[\u300d\u201d\"][ \t]*\n[ \t]*(?:[-\u2014\u2500_][ \t]?){{3,}}[ \t]*\n"),
    # > 李四: …
    re.compile(rf"(?:>|\u2503|\||\u258e)[ \t]?{_NAME}{_TIME}[:\uff1a][^\n]{{0,2000}}\n(?:(?:>|\u2503|\u258e)[^\n]{{0,2000}}\n){{0,50}}"),
    re.compile(r"(?:>|\u2503|\u258e)[ \t]?(?P<name>)[^\n]{0,2000}\n(?:(?:>|\u2503|\u258e)[^\n]{0,2000}\n){0,50}"),
    # [引用 李四:…]  [回复 李四]  [In reply to Layla]
    re.compile(rf"[\[\u3010(\uff08](?:引用|回复|回覆|回應|答复|in reply to|replying to|reply to|quote[ds]?)[ \t:\uff1a]{{0,3}}@?{_NAME}{_TIME}(?:[:\uff1a][^\n\]\u3011]{{0,2000}})?[\]\u3011)\uff09][ \t]*\n?", re.IGNORECASE),
    # 回复 李四: …  with the own text below
    re.compile(rf"(?:引用|回复|回覆|回應|答复|replied to|replying to|in reply to|reply to)(?:[ \t]{{0,2}}@?{_NAME}(?:[ \t]?的(?:消息|话题?))?{_TIME}[:\uff1a][^\n]{{0,2000}}|[ \t]{{0,2}}(?:(?<=[ \t])|@)(?P<name2>[^:\uff1a\n\]]{{1,30}}))\n(?:[-\u2014\u2500_]{{3,}}[ \t]*\n)?", re.IGNORECASE),
    # 回复 李四: own text
    re.compile(rf"(?:回复|回覆|reply to)[ \t]{{0,2}}@?{_NAME}[:\uff1a][ \t]{{0,3}}(?=\S)", re.IGNORECASE),
)
_BUNDLE = re.compile(
    r"(?:[\[\u3010(\uff08](?:聊天记录|聊天紀錄|合并转发|合併轉發|转发(?:的)?(?:消息|聊天记录)?|群聊天记录|会话记录|chat history|chat record|forwarded messages?|forwarded)[^\]\u3011)\uff09\n]{0,60}[\]\u3011)\uff09]|[^\n\u3002\uff0c]{1,40}的聊天[记記][录錄][ \t]*(?:\n|$)|forwarded (?:message|from)[^\n]{0,60}(?:\n|$)|-{2,10}[ \t]*(?:转发的?消息|合并转发|聊天记录|forwarded messages?)[ \t]*-{2,10})[^\n]{0,80}",
    re.IGNORECASE,
)
_INNER = re.compile(r"^(?P<lead>[ \t|>\u3000\u2502]{0,12})(?P<name>[^\s:\uff1a|>\[\]][^:\uff1a\n|>\[\]]{0,29}?)(?:[ \t]{1,3}[(\uff08\[]?(?P<when>(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ \t]?|\d{1,2}[-/月]\d{1,2}日?[ \t]?)?\d{1,2}:\d{2}(?::\d{2})?)[)\uff09\]]?)?[ \t]?(?:[:\uff1a](?!//)[ \t]?(?P<text>[^\n]*)|(?<=\d|[)\]\uff09])[ \t]*)$", re.MULTILINE)
_MEDIA = re.compile(
    r"[\[\u3010<(\uff08][ \t]?(?:(?P<image>图片|圖片|照片|截图|image|photo|picture|screenshot|image omitted|图片消息)|(?P<voice>语音(?:消息|通话)?|語音(?:訊息)?|音频|voice(?: message| note)?|audio(?: message| omitted)?)|(?P<video>视频|視頻|影片|小视频|video(?: omitted)?)|(?P<file>文件|檔案|文档|附件|file|document|attachment|document omitted))(?P<inside>[ \t]?[:\uff1a|][ \t]?[^\]\u3011>)\uff09\n]{1,120}?)?[ \t]?[\]\u3011>)\uff09](?P<behind>[ \t]{0,3}[^\n\[\]]{1,120}\.[a-zA-Z0-9]{1,5}(?![a-zA-Z0-9]))?",
    re.IGNORECASE,
)
_TYPES = {"image": "image/*", "voice": "audio/*", "video": "video/*", "file": None}
_MOST = 200  # inner messages of one bundle


@frozen
class Inner:
    """A message that is passed on: who said it, when as written, and its stretch of the text."""

    sender: str
    when: str
    text: Span


@frozen
class Spoken:
    """The stretch of the own words, of the message answered with its sender, and the messages passed on.

    `bundle`: the own words only say that messages are passed on.
    """

    own: Span
    answered: Span | None = None
    answers: str = ""
    passed: tuple[Inner, ...] = ()
    bundle: bool = False


def is_bundle(line: str) -> bool:
    """Whether a message that begins with this line passes others on."""
    return _BUNDLE.match(line.lstrip()[:200]) is not None


def spoken(text: str) -> Spoken:
    """What a message's text is made of; `text` without blanks around it."""
    bundle = _BUNDLE.match(text)
    if bundle is not None:
        return Spoken(Span(0, len(bundle[0].rstrip())), passed=tuple(_inner(text, bundle.end())), bundle=True)
    for pattern in _REPLIES if text[:1] in _OPENS else ():
        match = pattern.match(text)
        if match is not None and match.end() < len(text.rstrip()):
            start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
            return Spoken(Span(start, len(text)), Span(0, match.end()), (match["name"] or match.groupdict().get("name2") or "").strip(" @\t"))
    return Spoken(Span(0, len(text)))


_OPENS = frozenset("\u300c\u201c\">\u2503|\u258e[\u3010(\uff08引回答rRiIqQ")


def _inner(text: str, at: int) -> Iterator[Inner]:
    """The messages below the line that says that some are passed on."""
    found = [match for _, match in zip(range(_MOST), _INNER.finditer(text, at), strict=False)]
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        start = match.start("text") if match["text"] else match.end()
        words = text[start:end]
        left = len(words) - len(words.lstrip(" \t\n|>\u2502\u3000"))
        if words.strip():
            yield Inner(match["name"].strip(), match["when"] or "", Span(start + left, start + len(words.rstrip())))


def media(text: str, part: int) -> tuple[Attachment, ...]:
    """Files, pictures, voice and video that markers such as [图片] and [文件] a.xlsx stand for; `part` is where `text` is."""
    if not any(mark in text for mark in "[\u3010<(\uff08"):
        return ()
    found = []
    for match in _MEDIA.finditer(text):
        kind = next(name for name in _TYPES if match[name])
        name = (match["inside"] or match["behind"] or "").strip(" \t:\uff1a|") if kind == "file" or match["inside"] or match["behind"] else ""
        found.append(Attachment(name, media_type=_TYPES[kind], part=part, span=Span(*match.span())))
    return tuple(found)
