"""What a chat program says of itself: joins, leaves, new names, recalls, pinned messages."""

from __future__ import annotations

import re

SYSTEM_NAME = re.compile(r"(?:系统(?:消息|通知|提示|小助手)?|系統(?:訊息|消息|通知)?|system(?: message| notification)?|群助手|群通知|群公告提醒|slackbot|通知中心)$", re.IGNORECASE)
_WHO = r"[^\n\uff0c\u3002,:\uff1a]{0,60}?"
_RECALL = (
    rf"(?:{_WHO}(?:撤回|收回)了?(?:一|1)?(?:条|則|则|个)?(?:消息|訊息|成员消息)[^\n]{{0,40}}|{_WHO}[ ]?(?:recalled|unsent|deleted|withdrew) (?:a|this|the|their) message[^\n]{{0,20}}|[\[\u3010(\uff08]?(?:此消息已(?:被)?撤回|消息已(?:被)?撤回|该消息已(?:被)?撤回|已撤回(?:一条)?(?:消息)?|this message (?:was|has been) (?:deleted|recalled|unsent)|message (?:recalled|deleted|unsent|removed)|(?:消息)?撤回)[\]\u3011)\uff09]?)"
)
RECALLED = re.compile(rf"{_RECALL}[ \t\u3002.]*$", re.IGNORECASE)
_EVENT = re.compile(
    rf"{_WHO}(?:(?:已)?(?:加入|进入|進入)(?:了)?(?:本|此|该|当前)?(?:群(?:聊|組|组)?|会议|频道|讨论组|话题)|邀请[^\n]{{1,60}}(?:加入|进入|进群|入群)|邀請[^\n]{{1,60}}加入|通过(?:扫描|扫码|搜索|群)[^\n]{{0,40}}(?:加入|入群|进群)[^\n]{{0,6}}|移出[^\n]{{0,40}}|被?[^\n]{{0,20}}移(?:出|除)(?:了)?(?:本|此)?群[^\n]{{0,4}}|退出(?:了)?(?:本|此)?(?:群|会议|频道)[^\n]{{0,4}}|离开了?群聊?"
    r"|(?:修改|更改|更新|变更|设置|编辑)(?:了)?(?:本)?群(?:聊)?(?:名称?|公告|头像|昵称|备注|名片|主题)[^\n]{0,80}|将(?:本)?群(?:聊)?名称?(?:修改|更改|变更|改)(?:为|成)[^\n]{1,80}|将[^\n]{1,30}(?:设为|设置为|添加为|任命为)(?:群)?(?:管理员|群主)|成为(?:新的?)?(?:群主|管理员)|转让了群主[^\n]{0,30}|解散了?(?:本)?群[^\n]{0,4}|创建了?(?:本)?群[^\n]{0,20}"
    r"|(?:开启|关闭|解除|取消)了?(?:全员|全体|群)?(?:禁言|入群验证|群聊邀请确认|消息免打扰|阅后即焚)[^\n]{0,10}|被(?:管理员|群主)?[^\n]{0,10}(?:禁言|解除禁言)[^\n]{0,12}|拍了拍[^\n]{1,40}|戳了戳[^\n]{1,40}|(?:发起|结束|开始|加入)了?(?:群)?(?:语音|视频)?(?:通话|会议|直播)|(?:置顶|取消置顶|pin)了?(?:一条|该条?|1条|群)?消息[^\n]{0,10}|发布了(?:新的?)?群公告|将[^\n]{1,40}(?:置顶|设为精华)|领取了[^\n]{1,30}红包[^\n]{0,6}|已添加了?[^\n]{1,30},现在可以开始聊天了"
    r"|(?:has )?(?:joined|left|created|archived|unarchived) (?:the |this )?(?:group|channel|chat|conversation|meeting|team|#[^\s]{1,60})[^\n]{0,40}|(?:was |were )?(?:added|removed|invited|kicked)(?: [^\n]{1,60})? (?:to|from|by|into) [^\n]{1,60}|added [^\n]{1,40}$|(?:un)?pinned (?:a|this|the) message[^\n]{0,20}|(?:changed|set|renamed|updated|cleared) the (?:group|channel|chat|topic|name|subject|description|icon|channel's|channel topic)[^\n]{0,80}|started a (?:call|meeting|huddle)|ended the (?:call|meeting)|messages? (?:and calls )?(?:are|is) end-to-end encrypted[^\n]{0,80})"
    r"[^\n\uff0c\u3002,]{0,10}[\u3002.]?$",
    re.IGNORECASE,
)  # a whole line, no sentence around it
_OPENS = re.compile(r"[ \t]*(?:[\"\u201c\u300c]|\[?系统|你|您|以上是|管理员|群主|-{2,}|\*{2,}|[\u2014\u2013*\u25cf\u2022] ?)")
_RENAMED = re.compile(r"(?:群(?:聊)?名称?(?:修改|更改|变更|改)?(?:为|成|:|\uff1a)|group (?:name |subject )?(?:from [^\n]{1,60} )?to|channel to)[ \t]?[\"\u201c\u300c\u201d']?(?P<name>[^\"\u201d\u300d\n']{1,60})[\"\u201d\u300d']?$", re.IGNORECASE)
_LONGEST = 160


def is_event(text: str) -> bool:
    """Whether a whole message is the program's: one line that tells of a join, a new name, a recall."""
    return len(text) <= _LONGEST and "\n" not in text and (RECALLED.match(text) is not None or _EVENT.match(text) is not None)


def is_recall(text: str) -> bool:
    """Whether it tells that a message was taken back."""
    return len(text) <= _LONGEST and "\n" not in text and RECALLED.match(text) is not None


def stands_alone(line: str) -> bool:
    """Whether a line without sender or time is the program's: "王五"邀请"赵六"加入了群聊."""
    return len(line) <= 100 and (_OPENS.match(line) is not None and is_event(line.strip(" \t-\u2014*\u25cf\u2022")))


def renamed(text: str) -> re.Match[str] | None:
    """The new name of the group that an event tells, in the group ``name``."""
    return _RENAMED.search(text) if len(text) <= _LONGEST else None
