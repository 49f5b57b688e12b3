"""One message as an export has it, whatever the platform: who said what to whom and when, and where that stands in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from json import loads
from typing import Any, Protocol

from attrs import frozen

from commlint.model.record import Attachment, Block, Party
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint_chat.items import Bad, Item
from commlint_chat.json_spans import Strings, Text, Woven, inside

NOTHING = Text("", SourceMap(()))
NOBODY = Party()


@frozen
class Inner:
    """A message inside another: one that is answered, or passed on."""

    text: Text
    sender: Party | None = None
    sent_at: datetime | None = None


@frozen
class Said:
    """`chat` is the key of the conversation, `group` its name where that is known; `direct` when it is one of two.

    `form`: text | system | recalled. `files` count from the start of `text`. `root` is the message that a thread of its own
    begins with, `thread` the key of that thread. `members` are those of the group. `audience`: external | internal, where ids tell.
    """

    text: Text = NOTHING
    id: str = ""
    sent_at: datetime | None = None
    sender: Party = NOBODY
    chat: str = ""
    group: Text | None = None
    direct: bool | None = None
    to: tuple[Party, ...] = ()
    members: tuple[Party, ...] = ()
    reply_to: str = ""
    root: str = ""
    thread: str = ""
    form: str = "text"
    blocks: tuple[Block, ...] = ()
    files: tuple[Attachment, ...] = ()
    quoted: Inner | None = None
    passed: tuple[Inner, ...] = ()
    audience: str = ""


@frozen
class Ties:
    """What ties a message to others of its file, read without its places: ids, empty where there is none.

    `inside`: the message that passes this one on. `group`: the name of its group, where this is what tells it.
    `people`: names by address, which this message happens to tell.
    """

    id: str = ""
    reply_to: str = ""
    root: str = ""
    thread: str = ""
    chat: str = ""
    inside: str = ""
    group: str = ""
    people: tuple[Party, ...] = ()


class Form(Protocol):
    """How a platform writes a message."""

    def ties(self, value: Mapping[str, Any]) -> Ties:
        """Its ids."""
        ...

    def said(self, item: Item, text: str, zone: tzinfo) -> Said | Bad | None:
        """The message at `item` of `text`; None for what only looks like one (an event that says nothing)."""
        ...


_HALF_PAIR = dict.fromkeys(range(55296, 57344), "�")


def string(value: object) -> str:
    """An id or a name: a string or a number; empty for anything else. Half a surrogate pair is no character."""
    if isinstance(value, str):
        return value if value.isascii() else value.translate(_HALF_PAIR) if _broken(value) else value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _broken(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False


def obj(value: object) -> Mapping[str, Any]:
    """An object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def array(value: object) -> list[Any]:
    """A list; an empty one for anything else."""
    return value if isinstance(value, list) else []


def moment(value: object, zone: tzinfo) -> datetime | None:
    """The instant of a stamp, or of seconds or milliseconds since 1970 as a number or its digits."""
    from commlint.model.reading.stamp import epoch
    from commlint.model.reading.stamp import moment as stamped

    try:
        if isinstance(value, str):
            numeric = value.replace(".", "", 1).isdecimal() and value.isascii() and 9 <= len(value) <= 20
            return epoch(float(value), zone) if numeric else stamped(value[:100], zone)
        return epoch(float(value), zone) if isinstance(value, int | float) and not isinstance(value, bool) else None
    except (OverflowError, ValueError):
        return None


def size(value: object) -> int | None:
    """A number of bytes, None where there is none."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 16:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15 else None


MARKS = {"image": ("图片", "image/*"), "voice": ("语音", "audio/*"), "video": ("视频", "video/*"), "file": ("文件", None), "link": ("链接", None), "emotion": ("表情", "image/*")}


def standing_for(what: str, item: Item, name: Text | None = None, *, size: int | None = None) -> tuple[Text, tuple[Attachment, ...]]:
    """What a text log would have in the place of a picture or a file, ``[文件] a.xlsx``, and the file itself."""
    mark, form = MARKS[what]
    woven = Woven()
    if name is not None and name.text.strip():
        woven.say(f"[{mark}] ")
        woven.add(name)
    else:
        woven.put(f"[{mark}]", Span(item.span.start, item.span.start + 1))
    text = woven.text
    file = Attachment(name.text.strip() if name else "", size, form, linked=what == "link", part=0, span=Span(0, len(text.text)))
    return text, (file,)


def told(words: str, item: Item) -> Text:
    """Words that stand for the whole of what the file has."""
    return Text(words, SourceMap((Run(Span(0, len(words)), item.span, exact=False),)))


def lines(at: Callable[..., Text | None], *paths: tuple[str | int, ...]) -> Text | None:
    """The strings under `paths`, a line each, as they stand in the file; None when there is none."""
    found = [text for path in paths if (text := at(*path)) is not None and text.text.strip()]
    woven = Woven()
    for text in sorted(found, key=lambda text: text.source_map.runs[0].source.start if text.source_map.runs else 0):
        if len(woven):
            woven.say("\n")
        woven.add(text)
    return woven.text if found else None


def unpacked(where: Text | None) -> tuple[Mapping[str, Any], Callable[..., Text | None]]:
    """An object that is written into a string, and what finds its strings in the file; an empty one where there is none."""
    if where is None:
        return {}, nowhere
    try:
        value = loads(where.text, strict=False)
    except (ValueError, RecursionError):
        return {}, nowhere
    strings = Strings(where.text, Span(0, len(where.text)))

    def at(*path: str | int) -> Text | None:
        found = strings.at(*path)
        return inside(found, where) if found is not None else None

    return obj(value), at


def nowhere(*_: str | int) -> Text | None:
    """Of what has no strings."""
    return None
