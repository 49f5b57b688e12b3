"""Mail kept as files: one message each, as .eml or in a Maildir."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from commlint.errors import RecordError
from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment, Limits
    from commlint.model.protocols import Item
    from commlint.model.record import Record
    from commlint_mail.message import Mail
    from commlint_mail.stored import Stored


class EmlReader:
    """Reads .eml and .emlx files, the messages of a Maildir and attached ones (message/rfc822), of any size."""

    name = "eml"
    suffixes: tuple[str, ...] = (".eml", ".emlx")
    media_types: tuple[str, ...] = ("message/rfc822", "message/global")
    streams = True

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or source.media_type in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """The record, the files in it, and as failures what was left unread. Raises RecordError: empty-record, not-a-mail, damaged-file."""
        if _trashed(source):
            return
        if not source.large and not source.content.strip():
            raise _empty()
        start, end = _apple(source.content) if source.suffix == ".emlx" else (0, None)
        if not source.large:
            yield from items(source.content, source, environment, start=start, end=end)
            return
        from commlint_mail.stored import stored

        try:
            with stored(source) as content:
                yield from items(content, source, environment, start=start, end=end)
        except OSError as error:  # the file went, or the disk failed, while it was read
            raise gone(error) from error


def items(content: Stored, source: Source, environment: Environment, *, start: int = 0, end: int | None = None, name: str = "") -> Iterator[Item]:
    """What a message is and holds; `name` tells it from others in `source`. Raises RecordError: not-a-mail."""
    from commlint_mail.whole import whole

    found = whole(content, source, environment, start=start, end=end, name=name)
    if not found.mail.record.headers:
        raise no_mail()
    yield _declared(found.record, source, name)
    yield from found.items
    yield from _inside(found.mail, source, environment.limits, name, found.told)


def _declared(record: Record, source: Source, name: str) -> Record:
    """The record under its name, as what it is said to be."""
    from commlint.model.reading.declared import declared_kind

    kind, evidence = declared_kind(source, None, otherwise=record.kind)
    if not name and kind is record.kind and evidence == record.evidence:
        return record
    from attrs import evolve

    return evolve(record, kind=kind, evidence=evidence, name=name)


def _inside(mail: Mail, source: Source, limits: Limits, name: str, read: Collection[tuple[int, int]] = ()) -> Iterator[Item]:
    from commlint_mail.files import members, sealed

    tree = mail.tree
    if mail.files or len(tree.leaves) > 1 or (tree.leaves and not tree.leaves[0].readable):
        yield from members(tree, mail.files, source, most=limits.file_size, prefix=f"{name}/" if name else "", read=read)
    if sealed(tree, mail.record):
        yield _sealed().at(name)
    for key, value in mail.record.meta:
        if key == "unscanned":
            yield (_damaged() if value == "damage" else _limited(value, limits)).at(name)


def _apple(beginning: bytes) -> tuple[int, int | None]:
    """Where the message stands in an .emlx of Apple Mail: behind a line with its length, above a property list."""
    line, newline, _ = beginning[:64].partition(b"\n")
    if not newline or not line.strip().isdigit():
        return 0, None
    return len(line) + 1, len(line) + 1 + int(line)


def _trashed(source: Source) -> bool:
    """Whether it is a message of a Maildir that was put into the bin: flag T behind ":2,"."""
    _, info, flags = source.name.partition(":2,")
    return bool(info) and not source.named and "T" in flags and source.media_type in EmlReader.media_types


def _empty() -> RecordError:
    return RecordError("empty-record", "the file is empty", help="export the mail again, or exclude the path", zh="文件是空的", zh_help="请重新导出邮件\uff0c或在配置中排除该路径")


def no_mail() -> RecordError:
    """Bytes that do not begin as a mail does."""
    return RecordError(
        "not-a-mail",
        "the file has no mail headers",
        help="export the mail as .eml, or give the file another extension",
        zh="文件没有邮件头",
        zh_help="请将邮件导出为 .eml\uff0c或改用其他扩展名",
    )


def gone(error: OSError) -> RecordError:
    """A file that could not be read to its end."""
    said = error.strerror or error
    return RecordError(
        "damaged-file", f"the file could not be read to its end: {said}", help="check the file and the disk it is on",
        zh=f"文件未能读完\uff1a{said}", zh_help="请检查文件及其所在磁盘",
    )


def _damaged() -> RecordError:
    return RecordError(
        "mail-damaged",
        "a text of the mail cannot be decoded; it was not checked",
        help="export the mail again from the mail program",
        zh="邮件中有一段正文无法解码\uff0c未能检查",
        zh_help="请从邮件程序重新导出该邮件",
    )


def _sealed() -> RecordError:
    return RecordError(
        "encrypted-file",
        "the text of the mail is encrypted or sealed; only its headers were checked",
        help="decrypt it in the mail program and export it again",
        zh="邮件正文已加密或封装\uff0c只检查了邮件头",
        zh_help="请在邮件程序中解密后重新导出",
    )


_LIMITS = {
    "depth": ("depth", "nested parts", "{most:,} levels of parts", "嵌套 {most:,} 层"),
    "parts": ("parts", "parts", "{most:,} parts", "{most:,} 个部分"),
    "headers": ("headers", "header fields", "{most:,} header fields", "{most:,} 个邮件头"),
    "html": ("html", "HTML", "{most:,} characters of HTML", "HTML {most:,} 个字符"),
    "size": ("file_size", "text", "{most:,} bytes of text", "正文 {most:,} 字节"),
}


def _limited(limit: str, limits: Limits) -> RecordError:
    name, what, en, zh = _LIMITS[limit]
    most = getattr(limits, name)
    key = f"limits.{name.replace('_', '-')}"
    return RecordError(
        "mail-limit",
        f"the mail exceeds the limit on {what}, {en.format(most=most)} ({key}); what lies behind it was not checked",
        help=f"have somebody look at the mail: nobody writes mails like this; or raise {key}",
        zh=f"邮件超过{zh.format(most=most)}的上限\uff08{key}\uff09\uff0c其余部分未检查",
        zh_help=f"请人工查看该邮件\uff1a正常邮件不会如此\uff1b或调高 {key}",
    )
