"""Sources into records: the reader that claims them, then the classifiers for what nobody has named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.finding import Failure
from commlint.model.protocols import Classifier, Reader
from commlint.model.record import Kind, Record
from commlint.model.source import Source

Supply = Source | Failure | Callable[[], Source | Failure]
"""A source at hand, the failure to get one, or what gets it (in the process that will read it)."""


def supplied(supply: Supply) -> Source | Failure:
    """The source itself."""
    return supply() if callable(supply) else supply


def reader_of(source: Source, readers: Sequence[Reader]) -> Reader:
    """The first reader that claims `source`. Raises RecordError when none does."""
    found = next((one for one in readers if one.claims(source)), None)
    if found is None:
        raise _unclaimed(source)
    return found


def glanced(source: Source, reader: Reader) -> str | None:
    """The text of the one sound record in `source`, where the reader can tell without reading it (see `Glancing`)."""
    glance = getattr(reader, "glance", None)  # isinstance of a protocol costs more than the glance
    text: str | None = glance(source) if glance is not None else None
    return text


def records(source: Source, reader: Reader, classifiers: Sequence[Classifier], environment: Environment) -> Iterator[Record]:
    """The records of `source`. Whatever the reader raises goes on."""
    for record in reader.read(source, environment):
        yield _classified(record, classifiers)


def _classified(record: Record, classifiers: Sequence[Classifier]) -> Record:
    if record.kind is not Kind.DOCUMENT or record.evidence.by in ("caller", "config", "front matter"):
        return record
    for classifier in classifiers:
        said = classifier.classify(record)
        if said is not None:
            return record.with_kind(*said)
    return record


def _unclaimed(source: Source) -> RecordError:
    what = source.suffix or source.name
    return RecordError(
        "no-reader", f"no reader takes this file: {what}", help="save it as text, Markdown or .eml; name standard input with --stdin-filename",
        zh=f"没有能读取此文件的读取器: {what}", zh_help="请另存为文本、Markdown 或 .eml; 标准输入请用 --stdin-filename 给出文件名",
    )


def failure(uri: str, error: Exception, lang: str) -> Failure:
    """A source that could not be read."""
    if isinstance(error, RecordError):
        message, help = error.said(lang)
        return Failure(uri, "read", error.slug, message, help, uri)
    said = f"{type(error).__name__}: {error}"
    if lang == "zh":
        return Failure(uri, "read", "reader-failed", f"读取失败: {said}", "文件可能已损坏; 也请告知读取器的作者", uri)
    return Failure(uri, "read", "reader-failed", f"could not be read: {said}", "the file may be damaged; tell the reader's author too", uri)
