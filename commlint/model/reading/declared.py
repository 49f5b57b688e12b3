"""What kind a record is said to be: by the caller, else by its front matter, else by the configuration."""

from __future__ import annotations

from commlint.errors import RecordError
from commlint.model.record import Evidence, Kind
from commlint.model.source import Source

_NAMES = {
    Kind.EMAIL: ("邮件", "电子邮件", "mail"),
    Kind.MINUTES: ("纪要", "会议纪要", "meeting minutes"),
    Kind.MEETING_NOTICE: ("会议通知", "通知", "notice"),
    Kind.MEETING_EVENT: ("会议变动", "会议取消"),
    Kind.CHAT_MESSAGE: ("聊天", "聊天消息", "群聊消息", "chat"),
    Kind.CHAT_GROUP: ("群聊", "聊天群"),
    Kind.CHAT_EVENT: ("群事件", "聊天事件"),
    Kind.TASK: ("任务", "任务单"),
    Kind.PROGRESS_REPORT: ("进度报告", "进展报告", "周报", "report"),
    Kind.REQUIREMENT_FORM: ("需求表", "需求单", "需求确认表"),
    Kind.ISSUE_TRACKING: ("问题跟踪", "问题跟踪表", "问题协调跟踪表"),
    Kind.CONTACT_RECORD: ("联络记录", "联络表", "沟通记录"),
    Kind.EMERGENCY_REPORT: ("紧急报告", "紧急事件快报"),
    Kind.CONFIRMATION_LETTER: ("确认函",),
    Kind.ARCHIVE: ("档案",),
    Kind.FILE: ("文件",),
    Kind.DOCUMENT: ("文档",),
}
_KINDS = {name.replace(" ", "_"): kind for kind, names in _NAMES.items() for name in (kind.value, *names)}


def kind_named(name: str) -> Kind | None:
    """The kind called `name`, in English or Chinese, in any case, with blanks or hyphens for underscores."""
    return _KINDS.get(name.strip().lower().replace(" ", "_").replace("-", "_"))


def declared_kind(source: Source, written: str | None, *, otherwise: Kind = Kind.DOCUMENT) -> tuple[Kind, Evidence]:
    """The kind that was said, and by whom; `written` is what the front matter says.

    `otherwise` is what the format itself tells. Raises RecordError ``unknown-kind`` for a name that is no kind.
    """
    configured = dict(source.mapping).get("kind")
    for by, name in (("caller", source.kind), ("front matter", written), ("config", configured)):
        if name:
            return _known(name), Evidence(by, name)
    if otherwise is Kind.DOCUMENT:
        return otherwise, Evidence("nothing")
    return otherwise, Evidence("reader", otherwise.value)


def _known(name: str) -> Kind:
    kind = kind_named(name)
    if kind is not None:
        return kind
    names = ", ".join(kind.value for kind in Kind)
    raise RecordError(
        "unknown-kind",
        f"there is no record kind called {name!r}",
        help=f"kinds are {names}",
        zh=f"没有名为\u201c{name}\u201d的记录类型",
        zh_help=f"可用的类型有 {names}",
    )
