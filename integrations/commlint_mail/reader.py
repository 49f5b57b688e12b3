"""Mail kept as files: .eml, one message each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.errors import RecordError
from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.record import Record


class EmlReader:
    """Reads .eml files and message/rfc822."""

    name = "eml"
    suffixes: tuple[str, ...] = (".eml",)
    media_types: tuple[str, ...] = ("message/rfc822",)

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or source.media_type in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterable[Record]:
        """One record. Raises RecordError: empty-record, not-a-mail; behind the record, mail-limit or mail-damaged when parts were left unread."""
        from attrs import evolve

        from commlint.model.reading.declared import declared_kind
        from commlint.model.record import Kind
        from commlint_mail.message import parse

        if not source.content.strip():
            raise _empty()
        kind, evidence = declared_kind(source, None, otherwise=Kind.EMAIL)
        record = parse(source.content, uri=source.uri, zone=environment.tz)
        if not record.headers:
            raise _no_mail()
        yield evolve(record, kind=kind, evidence=evidence)
        limit = dict(record.meta).get("unscanned")
        if limit:
            raise _damaged() if limit == "damage" else _limited(limit)


def _empty() -> RecordError:
    return RecordError("empty-record", "the file is empty", help="export the mail again, or exclude the path", zh="文件是空的", zh_help="请重新导出邮件\uff0c或在配置中排除该路径")


def _no_mail() -> RecordError:
    return RecordError(
        "not-a-mail",
        "the file has no mail headers",
        help="export the mail as .eml, or give the file another extension",
        zh="文件没有邮件头",
        zh_help="请将邮件导出为 .eml\uff0c或改用其他扩展名",
    )


def _damaged() -> RecordError:
    return RecordError(
        "mail-damaged",
        "a text of the mail cannot be decoded; it was not checked",
        help="export the mail again from the mail program",
        zh="邮件中有一段正文无法解码\uff0c未能检查",
        zh_help="请从邮件程序重新导出该邮件",
    )


_LIMITS = {"depth": ("nested parts", "嵌套层数"), "parts": ("parts", "部分数"), "headers": ("header fields", "邮件头数"), "html": ("HTML", "HTML 长度")}


def _limited(limit: str) -> RecordError:
    en, zh = _LIMITS[limit]
    return RecordError(
        "mail-limit",
        f"the mail exceeds the limit on {en}; what lies behind it was not checked",
        help="have somebody look at the mail: nobody writes mails like this",
        zh=f"邮件超过{zh}的上限\uff0c其余部分未检查",
        zh_help="请人工查看该邮件\uff1a正常邮件不会如此",
    )
