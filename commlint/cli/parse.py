"""``commlint parse FILE``: the kind of each record and why, and everything recognised in it, with its place."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commlint.cli.codes import CLEAN, INCOMPLETE
from commlint.cli.names import Names
from commlint.cli.options import SETUP, parsed
from commlint.cli.screen import put
from commlint.cli.setup import linter
from commlint.cli.words import say
from commlint.errors import UsageError
from commlint.model.values import Located, Unknown

if TYPE_CHECKING:
    from commlint.api import Linter
    from commlint.discovery import Found
    from commlint.entities.analysis import RecordAnalysis
    from commlint.model.finding import Failure
    from commlint.model.protocols import Folder
    from commlint.model.record import Record
    from commlint.model.source import Source
    from commlint.model.symbols import Attribute, Type

_WIDEST = 60
_NOT_SHOWN = ("text", "at", "clauses", "quoted", "keys", "labels", "start", "end", "length", "lines", "sentences", "first_line", "rows")
_SAID_OTHERWISE = ("has_clock", "fields")  # the clock of a time; the fields of a topic bear its number
_LOCATED = ("part", "span", "text", "folded")
_SKIPPED = ("record.lines", "record.sentences", "record.everything")  # the text itself, over again


def run(arguments: Sequence[str], lang: str) -> int:
    """Print what was recognised, as text or as JSON."""
    options = parsed("parse", ("path", "stdin_filename", "kind", "json", *SETUP, "tz", "calendar", "roster"), arguments, lang)
    using = linter(options, lang)
    source = source_at(options.path, using, kind=options.kind, name=options.stdin_filename)
    if source is None:
        return INCOMPLETE
    records, failures = using.contents(source)
    seen = [(record, recognised(record, using)) for record in records]
    told(failures, using.lang)
    if options.json:
        import json

        put(json.dumps([_data(record, found) for record, found in seen], ensure_ascii=False, indent=2) + "\n")
    else:
        names = Names(using.plugins.table(), using.lang)
        put("\n".join("".join(f"{line}\n" for line in _lines(record, found, names)) for record, found in seen))
    return INCOMPLETE if failures else CLEAN


def told(failures: Iterable[Failure], lang: str) -> None:
    """What could not be read, on standard error."""
    from commlint.cli.screen import tell

    for failure in failures:
        tell(f"failure[{failure.slug}] {failure.uri}: {failure.message}\n  = {say('help', lang)}{failure.help}")


def source_at(path: str, using: Linter, *, kind: str | None = None, name: str | None = None) -> Source | Folder | None:
    """The file at `path`, the folder that is one source, or standard input; None, and the reason on standard error, when it cannot be read."""
    from commlint.discovery import Found, absolute, supply
    from commlint.model.finding import Failure

    if path == "-":
        return piped(name, kind, using)
    found = _export(path, using) if Path(path).is_dir() else Found(path, absolute(path))
    if found is None:
        raise UsageError(f"{path} is a folder", help="name one file; `commlint check` takes folders", zh=f"{path} 是文件夹", zh_help="请给出一个文件\uff1b检查文件夹请用 commlint check")
    config = using.config_for(absolute(path))
    source = supply(found, limit=config.limits.file_size, lang=using.lang, kind=kind, mapping=config.told_of(absolute(path)))
    if not isinstance(source, Failure):
        return source
    told((source,), using.lang)
    return None


def _export(path: str, using: Linter) -> Found | None:
    """The folder at `path` if it is one source."""
    from commlint.discovery import Search

    files, _ = Search(lambda name: False, lambda path: False, using.reads_folder, using.lang).found([path])
    return files[0] if len(files) == 1 and files[0].names else None


def piped(name: str | None, kind: str | None, using: Linter) -> Source:
    """Standard input under the name it is to go by; plain text when it has none. Raises RecordError when it does not end below the limit on file size."""
    from commlint.model.reading.limits import too_large
    from commlint.model.source import Source

    limit = using.config.limits.file_size
    content = sys.stdin.buffer.read(limit + 1)
    if len(content) > limit:
        raise too_large(len(content), limit).at(name or "-")
    return Source(name or "-", content, media_type=None if name else "text/plain", kind=kind)


def recognised(record: Record, using: Linter) -> dict[str, Any]:
    """Every word of the record and what it means there, with the words of what was found; what raises is shown as the error it raised."""
    from commlint.entities.analysis import RecordAnalysis

    table = using.plugins.table()
    analysis = RecordAnalysis(record, using.environment, table.getters())
    words = Names(table, using.lang).words
    asked = sorted(words["record"], key=lambda word: word.key)
    found = {word.names.en: described(_asked(analysis, word.key), word.type, words, analysis) for word in asked if word.key not in _SKIPPED}
    return found | {"sentences": _read(analysis)}


def described(value: Any, of: Type, words: Mapping[str, Sequence[Attribute]], analysis: RecordAnalysis) -> Any:
    """A value as JSON data, with every word of its type that says something of it."""
    if isinstance(value, tuple):
        return [described(item, of.of or of, words, analysis) for item in value]
    made = plain(value, analysis)
    if not hasattr(value, "__attrs_attrs__") or isinstance(value, Unknown) or of.name in ("text", "sentence"):
        return made
    for word in words.get(of.name, ()):
        if word.names.en not in made and word.names.en not in _SAID_OTHERWISE:
            said = plain(_of(analysis, word.key, value), analysis)
            if said not in (None, "", [], {}, False) and not (isinstance(said, dict) and "unknown" in said) and (word.names.en, said) != ("rolled", made.get("due")):
                made[word.names.en] = said
    return made


def _read(analysis: RecordAnalysis) -> list[dict[str, Any]]:
    """The sentences that do something, with what they do and why."""
    from commlint.entities.directives import reading
    from commlint.entities.structure import sentences

    read = ((sentence, reading(analysis, sentence)) for sentence in sentences(analysis, analysis.record))
    return [{"text": s.text, "at": where(s, analysis), "senses": sorted(r.senses), "why": "; ".join(r.why)} for s, r in read if r.why]


def _of(analysis: RecordAnalysis, key: str, value: object) -> object:
    try:
        return analysis.ask(key, value)
    except Exception as error:  # the same edge
        return f"({type(error).__name__}: {error})"


def _asked(analysis: RecordAnalysis, key: str) -> object:
    try:
        return analysis.value(key)
    except Exception as error:  # the edge that isolates the words of plugins: the others are shown
        return f"({type(error).__name__}: {error})"


def plain(value: Any, analysis: RecordAnalysis) -> Any:
    """A value as JSON data; places as line and column of what the author sees."""
    if isinstance(value, Unknown):
        return {"unknown": value.reason, "detail": value.detail}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(item, analysis) for item in value]
    if hasattr(value, "__attrs_attrs__"):
        place = {"text": value.text, "at": where(value, analysis)} if isinstance(value, Located) else {}
        rest = {a.name: plain(getattr(value, a.name), analysis) for a in value.__attrs_attrs__ if a.name not in _LOCATED and not a.name.startswith("_")}
        return place | {name: inner for name, inner in rest.items() if inner not in (None, "", [], {})}
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def where(value: Located, analysis: RecordAnalysis) -> str:
    """``[part:][place:]line:column`` of a stretch; the place where lines are counted from it."""
    view = analysis.record.parts[value.part].view
    start = analysis.source_map(value.part).to_source(value.span).start
    line = view.text.count("\n", 0, start) + view.first_line
    above = view.text.rfind("\n", 0, start)
    column = start - above + (view.first_column - 1 if above < 0 else 0)
    named = ""
    if view.counted_anew:
        from commlint.engine.locate import anchor_at
        from commlint.report.words import placed

        anchor = anchor_at(view, start)
        if anchor is not None:
            line -= view.text.count("\n", 0, anchor.start) + view.first_line - anchor.line
            named = placed(anchor.place, analysis.environment.lang)
    return ":".join(filter(None, (view.label, named, str(line), str(column))))


def _data(record: Record, found: Mapping[str, Any]) -> dict[str, Any]:
    evidence = {"by": record.evidence.by, "detail": record.evidence.detail}
    parts = [{"name": part.name, "characters": len(part.text), "blocks": [block.kind.value for block in part.blocks]} for part in record.parts]
    return {"uri": record.uri, "record": record.name, "kind": record.kind.value, "evidence": evidence, "parts": parts, "recognised": found}


def _lines(record: Record, found: Mapping[str, Any], names: Names) -> Iterator[str]:
    name = f"{record.uri}#{record.name}" if record.name else record.uri
    by = names.word(record.evidence.by)
    yield f"{name}: {names.value(record.kind.value)} ({by}: {record.evidence.detail})".replace(": )", ")")
    yield f"  {names.word('parts')}: " + ", ".join(f"{part.name} {len(part.text)}" for part in record.parts)
    unknown = {key: value for key, value in found.items() if isinstance(value, dict) and "unknown" in value}
    for key, value in found.items():
        if value not in (None, [], "", False) and key not in unknown and key != "tables":  # their rows and fields are shown
            yield from _entry(key, value, names)
    missing = {key: names.unknown(value["unknown"], value["detail"]) for key, value in unknown.items()}
    for why in dict.fromkeys(missing.values()):
        yield f"  {names.word('unknown')} ({why}): " + ", ".join(names.word(key) for key, each in missing.items() if each == why)


def _entry(key: str, value: Any, names: Names) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"  {names.word(key)}: {_short(value, key, names)}"
        return
    yield f"  {names.word(key)}:"
    yield from (f"    {_short(item, key, names)}" for item in value)


def _short(value: Any, key: str, names: Names) -> str:
    """One line: the text and its place, then what else is known."""
    if not isinstance(value, dict):
        return _inner(value, names, key)
    text = " ".join(str(value.get("text", "")).split())
    head = f"{value['at']} {text[:_WIDEST]}" if "at" in value else ""
    owner = names.element(key)
    said = ((name, names.why(inner) if name == "why" else _inner(inner, names, name, owner)) for name, inner in value.items() if name not in _NOT_SHOWN and inner is not False)
    return "  ".join(filter(None, (head, ", ".join(f"{names.word(name, owner)}={inner}" for name, inner in said if inner != text))))


def _inner(value: Any, names: Names, word: str, owner: str = "record") -> str:
    """What `word` of the type `owner` says, inside a line: of a stretch its text, and what that means where it means something."""
    if isinstance(value, list):
        return ", ".join(_inner(item, names, word, owner) for item in value)
    if not isinstance(value, dict):
        return names.value(value, word, owner)
    if "text" not in value:
        return " ".join(f"{names.word(name, 'party')}={_inner(inner, names, name, 'party')}" for name, inner in value.items())
    text = " ".join(str(value["text"]).split())[:_WIDEST]
    meant = value.get("value") or names.value(value.get("kind") or "", "kind", "time")
    return f"{text} ({meant})" if isinstance(meant, str) and meant not in ("", text) else text
