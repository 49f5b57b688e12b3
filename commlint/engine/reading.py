"""Sources into records: the reader that claims them, then the classifiers for what nobody has named."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from commlint.errors import RecordError
from commlint.model.finding import Failure
from commlint.model.protocols import Classifier, Folder, Reader
from commlint.model.record import Kind, Record
from commlint.model.source import Source

Supplied = Source | Folder | Failure
Supply = Supplied | Callable[[], Supplied]
"""A source or folder at hand, the failure to get one, or what gets it (in the process that will read it)."""


def supplied(supply: Supply) -> Supplied:
    """The source itself."""
    return supply() if callable(supply) else supply


def reader_of(source: Source, readers: Sequence[Reader]) -> Reader | None:
    """The first reader that claims `source`."""
    return next((one for one in readers if one.claims(source)), None)


def glanced(source: Source, reader: Reader) -> str | None:
    """The text of the one sound record in `source`, where the reader can tell without reading it (see `Glancing`)."""
    glance = getattr(reader, "glance", None)  # isinstance of a protocol costs more than the glance
    text: str | None = glance(source) if glance is not None else None
    return text


def classified(record: Record, classifiers: Sequence[Classifier], lang: str) -> tuple[Record, tuple[Failure, ...]]:
    """`record` as what the first classifier that knows takes it for, if nobody said what it is; and classifiers that raised."""
    if record.kind is not Kind.DOCUMENT or record.evidence.by in ("caller", "config", "front matter"):
        return record, ()
    failures = []
    for classifier in classifiers:
        try:
            said = classifier.classify(record)
        except Exception as error:  # the edge that isolates plugins: the next one is asked
            failures.append(plugin_failure(record.uri, classifier.name, error, lang))
            continue
        if said is not None:
            return record.with_kind(*said), tuple(failures)
    return record, tuple(failures)


def plugin_failure(uri: str, name: str, error: Exception, lang: str) -> Failure:
    """A plugin that raised on a record."""
    said = f"{type(error).__name__}: {error}"
    if lang == "zh":
        return Failure(uri, "plugin", "plugin-failed", f"插件 {name} 在此记录上出错\uff1a{said}", "请告知插件作者", name)
    return Failure(uri, "plugin", "plugin-failed", f"plugin {name!r} failed on this record: {said}", "tell the plugin's author", name)


def interruption(lang: str) -> Failure:
    """The run was stopped from the keyboard."""
    if lang == "zh":
        return Failure("", "read", "interrupted", "检查被中断\uff1a其余记录未检查\uff0c跨记录的规则未判定", "请重新运行\uff1b已检查过且未改动的文件会很快")
    return Failure("", "read", "interrupted", "interrupted: the other records were not checked, rules over several records not judged", "run it again; files checked before and not changed since are quick")


def unclaimed(source: Source) -> RecordError:
    """That no reader takes `source`."""
    what = source.suffix or source.name
    return RecordError(
        "no-reader", f"no reader takes this file: {what}", help="save it as text, Markdown or .eml; name standard input with --stdin-filename",
        zh=f"没有能读取此文件的读取器\uff1a{what}", zh_help="请另存为文本、Markdown 或 .eml\uff1b标准输入请用 --stdin-filename 给出文件名",
    )


def failure(uri: str, error: Exception, lang: str) -> Failure:
    """A source that could not be read."""
    if isinstance(error, RecordError):
        message, help = error.said(lang)
        return Failure(uri, "read", error.slug, message, help, uri)
    said = f"{type(error).__name__}: {error}"
    if lang == "zh":
        return Failure(uri, "read", "reader-failed", f"读取失败\uff1a{said}", "文件可能已损坏\uff1b也请告知读取器的作者", uri)
    return Failure(uri, "read", "reader-failed", f"could not be read: {said}", "the file may be damaged; tell the reader's author too", uri)
