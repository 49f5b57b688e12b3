"""Outlook items kept as files: .msg, and the winmail.dat that Outlook sends along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from commlint.errors import RecordError
from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item


class MsgReader:
    """Reads .msg: mails, calls to meetings, tasks; attached items are records of their own, attached files are read by whoever can."""

    name = "msg"
    suffixes: tuple[str, ...] = (".msg",)
    media_types: tuple[str, ...] = ("application/vnd.ms-outlook",)

    def claims(self, source: Source) -> bool:
        """By suffix or media type; of files that nobody named, texts that are called .msg (catalogues of messages) are left alone."""
        if source.media_type in self.media_types:
            return True
        return source.suffix in self.suffixes and (source.named or not _is_text(source.content[:1024]))

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """The record, what is attached to it, and as failures what was left unread. Raises RecordError: empty-record, damaged-file."""
        if not source.content.strip(b"\0 \r\n\t"):
            raise _empty()
        yield from _items(source, environment)


def _is_text(beginning: bytes) -> bool:
    """Whether a file begins with text; one that is empty or cut off after its mark is a damaged item, and is to be told of."""
    return bool(beginning) and min(beginning.translate(None, b"\t\n\r\f"), default=32) >= 32


class TnefReader:
    """Reads winmail.dat and application/ms-tnef: the mail in it and its attachments. See `brought` for the mail around it."""

    name = "tnef"
    suffixes: tuple[str, ...] = (".tnef",)
    media_types: tuple[str, ...] = ("application/ms-tnef", "application/vnd.ms-tnef")

    def claims(self, source: Source) -> bool:
        """By suffix or media type; what is called winmail.dat, by its first bytes too."""
        return source.suffix in self.suffixes or source.media_type in self.media_types or (source.name.lower().endswith("winmail.dat") and source.content.startswith(b"\x78\x9f\x3e\x22"))

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """The record, what is attached, and as failures what was left unread. Raises RecordError: empty-record, damaged-file."""
        from commlint_mail.items import read
        from commlint_mail.tnef import tnef

        if not source.content:
            raise _empty()
        unpacked = tnef(source.content)
        if unpacked is None:
            raise _no_tnef()
        yield from read(unpacked.item, source, environment)
        if unpacked.torn:
            yield _torn()


def _items(source: Source, environment: Environment) -> Iterator[Item]:
    from commlint_mail.compound import DamagedError
    from commlint_mail.items import read
    from commlint_mail.msg import MsgFile

    try:
        item = MsgFile(source.content).item()
        if not item.properties.values:
            raise DamagedError("no properties")
        yield from read(item, source, environment)
    except DamagedError as error:
        raise _damaged() from error


def _empty() -> RecordError:
    return RecordError("empty-record", "the file is empty", help="export the mail again, or exclude the path", zh="文件是空的", zh_help="请重新导出邮件\uff0c或在配置中排除该路径")


def _damaged() -> RecordError:
    return RecordError(
        "damaged-file", "this is no Outlook item, or the file is broken", help="save it again from Outlook, as Unicode .msg or as .eml",
        zh="这不是 Outlook 邮件\uff0c或文件已损坏", zh_help="请从 Outlook 重新另存为 Unicode 格式的 .msg 或 .eml",
    )


def _no_tnef() -> RecordError:
    return RecordError(
        "damaged-file", "this is no winmail.dat (TNEF), or the file is broken", help="ask the sender for the mail as HTML or plain text, or for the attachment itself",
        zh="这不是 winmail.dat\uff08TNEF\uff09\uff0c或文件已损坏", zh_help="请发件人改用 HTML 或纯文本格式重发\uff0c或单独发送附件",
    )


def _torn() -> RecordError:
    return RecordError(
        "damaged-file", "the winmail.dat breaks off; what is missing was not checked", help="ask the sender for the mail as HTML or plain text, or for the attachment itself",
        zh="winmail.dat 不完整\uff0c缺失部分未检查", zh_help="请发件人改用 HTML 或纯文本格式重发\uff0c或单独发送附件",
    )
