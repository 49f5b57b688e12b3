"""The name of the group, as the lines above the first message tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commlint.model.source import Source
from commlint.model.span import Span

_LABEL = re.compile(
    r"[ \t\ufeff#*]{0,8}(?:来自|导出自|源自|來自)?(?:微信|钉钉|飞书|企微|企业微信|qq)?(?:群聊?(?:名称?|名稱|记录|記錄)?|群組(?:名稱)?|群组(?:名称)?|聊天(?:群|对象|对象名称)|会话(?:名称)?|消息对象|讨论组|频道|(?:飞书|钉钉|企业微信|企微|微信|qq|lark|teams)群(?:聊|名)?|项目群|工作群|group(?: name| chat)?|chat(?: name| group)?|channel|conversation|room|team|space|thread in|会话|主群|群聊天|所在群)[ \t]{0,3}[:\uff1a][ \t]{0,3}[#]?(?P<group>[^\n]{1,120})$",
    re.IGNORECASE,
)
_BOXED = re.compile(r"[ \t\ufeff]{0,8}[\u3010\[\u300a\u300c](?P<group>[^\u3010\u3011\[\]\u300a\u300b\u300c\u300d\n]{2,60})[\u3011\]\u300b\u300d][ \t]{0,3}(?:的?(?:群聊)?(?:聊天|消息|群聊|会话)?[记記][录錄])?[ \t]*(?:如下)?[:\uff1a]?[ \t]*$")
_OF = re.compile(r"[ \t\ufeff]{0,8}[\"\u201c\u300c\u300a]?(?P<group>[^\n\"\u201c\u201d\u300c\u300d:\uff1a]{2,60}?)[\"\u201d\u300d\u300b]?[ \t]?的?(?:群聊|聊天|消息|会话|群)[ \t]?[记記][录錄](?:导出|备份|如下)?[:\uff1a]?[ \t]*(?:[(\uff08][^\n()\uff08\uff09]{1,40}[)\uff09])?[ \t]*$")
_LINE = re.compile(r"[ \t\ufeff]{0,8}(?:\[LINE\][ \t]?(?:與|与|和)?|whatsapp chat (?:with|-)[ \t]{0,2}|(?:slack|teams|telegram|discord)(?: export)?[ \t]?[-:>\u203a/\u2014][ \t]?)(?P<group>[^\n]{2,60}?)(?:的聊天[記记][录錄]?|的聊天|\.txt)?[ \t]*$", re.IGNORECASE)
_QUOTED = re.compile(r"[ \t\ufeff]{0,8}(?:(?:如下|以下|这|这里|下面)(?:是|为))?(?:微信|钉钉|飞书|企微|企业微信|qq)?(?:群聊?|群组|群組)[ \t]?[\"\u201c\u300c\u300a\u3010](?P<group>[^\n\"\u201d\u300d\u300b\u3011]{2,60})[\"\u201d\u300d\u300b\u3011][^\n]{0,30}$", re.IGNORECASE)
_BEHIND = re.compile(r"[ \t\ufeff]{0,8}(?:群聊|聊天|消息|会话)[记記][录錄](?:导出)?[ \t]{0,3}[-\u2013\u2014|/:\uff1a][ \t]{0,3}(?P<group>[^\n]{2,60}?)(?:[ \t]{0,3}[-\u2013\u2014|/][ \t]{0,3}\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?[^\n]{0,30})?[ \t]*$")
_BARE = re.compile(r"[ \t\ufeff#*]{0,8}(?P<group>[^\n\u3002\uff0c,;\uff1b:\uff1a!?\uff01\uff1f]{2,50}?(?:群|群聊|小组|工作组|专班|频道|讨论组|作战室|项目组|交流群|team|group|channel|chat)|#[\w-]{2,60}|\u3010[^\u3010\u3011\n]{1,20}\u3011[^\n\u3002\uff0c,:\uff1a]{1,50})(?P<count>[ \t]{0,3}(?:[(\uff08][ \t]?\d{1,5}[ \t]?(?:人|members)?[)\uff09]|共?\d{1,5}[人位]|共[ \t]?\d{1,5}[ \t]?人|\d{1,5} members))?[ \t]*$", re.IGNORECASE)
_COUNTED = re.compile(r"[ \t\ufeff]{0,8}(?P<group>[^\n\u3002\uff0c,;\uff1b:\uff1a]{2,50}?)[ \t]{0,3}(?:[(\uff08]\d{1,5}人?[)\uff09]|共[ \t]?\d{1,5}[ \t]?人|\d{1,5} members)[ \t]*$")
_COUNT = re.compile(r"[ \t]{0,3}(?:[(\uff08][ \t]?\d{1,5}[ \t]?(?:人|members)?[)\uff09]|共[ \t]?\d{1,5}[ \t]?人)$")
_DIRECT = re.compile(r"[ \t]*(?:与|和|我与|我和|with )[\"\u201c\u300c]?[^\n]{1,40}的?(?:聊天|消息|对话|会话)", re.IGNORECASE)
_DATE_TAIL = re.compile(r"[ \t]{0,3}[-\u2013\u2014|/(\uff08][ \t]{0,3}\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[^\n]{0,30}$")
_PATTERNS = (_LABEL, _QUOTED, _LINE, _BOXED, _BEHIND, _OF, _BARE, _COUNTED)


def group(lines: Sequence[tuple[int, str]]) -> Span | None:
    """Where the name stands among the lines above the messages, each with its start; None when none of them tells it."""
    for pattern in _PATTERNS:
        for start, line in lines:
            match = pattern.match(line) if len(line) <= 160 and not _DIRECT.match(line) else None
            if match is not None and not _NOBODY.fullmatch(match["group"].strip()):
                return _span(start, match)
    return None


def members(lines: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """Who is in the group, where one of the lines above the messages names them."""
    for _, line in lines:
        match = _MEMBERS.match(line[:2000])
        if match is not None:
            names = (name.strip(" \t@") for name in _BETWEEN.split(match["names"]))
            return tuple(dict.fromkeys(name for name in names if 0 < len(name) <= 30 and not name.isdecimal()))
    return ()


def named_by_file(source: Source) -> str:
    """The name of the file, when it reads like that of a group: 【市场部】…, …群."""
    stem = source.name.rpartition(".")[0]
    return stem if "\u3010" in stem or "群" in stem or "\u7fa3" in stem else ""


def is_title(line: str) -> bool:
    """Whether a line above the messages reads like the title of a chat or what an export says of itself."""
    return len(line) <= 160 and any(pattern.match(line) for pattern in (*_PATTERNS, _DIRECT, _EXPORT))


_NOBODY = re.compile("(?:微信|钉钉|釘釘|飞书|飛書|企业微信|企微|qq|wechat|line|群|群聊|本群|聊天|消息|历史|会话)", re.IGNORECASE)  # a program's name or a word for a group is no group's
_EXPORT = re.compile(r"[ \t\ufeff]*(?:消息记录|消息分组|导出(?:时间|人|范围|日期)|成员|群成员|群主|参与者|时间(?:范围)?|日期|members|exported|export|participants|date|time)[ \t(\uff08:\uff1a]", re.IGNORECASE)


_MEMBERS = re.compile(r"[ \t\ufeff]{0,8}(?:群?成员(?:名单|列表)?|参与者|參與者|members|participants)[ \t]{0,3}(?:[(\uff08][^()\uff08\uff09\n]{1,10}[)\uff09])?[ \t]{0,3}[:\uff1a][ \t]{0,3}(?P<names>[^\n]+)$", re.IGNORECASE)
_BETWEEN = re.compile(r"[,\uff0c;\uff1b\u3001|/]")


def _span(start: int, match: re.Match[str]) -> Span:
    """The name without the count of members and a date that the title adds."""
    written = match["group"].rstrip()
    for tail in (_COUNT, _DATE_TAIL):
        found = tail.search(written)
        if found and found.start() > 1:
            written = written[: found.start()]
    lead = len(written) - len(written.lstrip("#"))
    boxed = written[:1] in "\u3010\u300c\"\u201c" and written[-1:] in "\u3011\u300d\"\u201d" and not re.search(r"\u3011.", written)
    first = start + match.start("group") + lead + boxed
    return Span(first, start + match.start("group") + len(written) - boxed)
