"""``commlint parse FILE``: the kind of each record and why, and everything recognised in it, with its place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commlint.cli.codes import CLEAN, INCOMPLETE
from commlint.cli.options import SETUP, parsed
from commlint.cli.screen import put
from commlint.cli.setup import linter
from commlint.cli.words import say
from commlint.errors import UsageError
from commlint.model.values import Located, Unknown

if TYPE_CHECKING:
    from commlint.api import Linter
    from commlint.engine.symboltable import SymbolTable
    from commlint.entities.analysis import RecordAnalysis
    from commlint.model.record import Record
    from commlint.model.source import Source
    from commlint.model.symbols import Attribute, Type

Called = Callable[[str, str], str]

_WIDEST = 60
_NOT_SHOWN = ("text", "at", "clauses", "quoted", "keys", "labels", "start", "end", "length", "lines", "sentences", "first_line", "rows")
_SAID_OTHERWISE = ("has_clock", "fields")  # the clock of a time; the fields of a topic bear its number
_ZH = {"parts": "各部分", "unknown": "未知", "layout": "版式", "clock": "有钟点", "senses": "句意", "item": "序号", "cells": "各格"}
_LOCATED = ("part", "span", "text", "folded")
_SKIPPED = ("record.lines", "record.sentences", "record.everything")  # the text itself, over again


def run(arguments: Sequence[str], lang: str) -> int:
    """Print what was recognised, as text or as JSON."""
    options = parsed("parse", ("path", "stdin_filename", "kind", "json", *SETUP, "tz", "calendar", "roster"), arguments, lang)
    using = linter(options, lang)
    source = source_at(options.path, using, kind=options.kind, name=options.stdin_filename)
    if source is None:
        return INCOMPLETE
    seen = [(record, recognised(record, using)) for record in using.records(source)]
    if options.json:
        import json

        put(json.dumps([_data(record, found) for record, found in seen], ensure_ascii=False, indent=2) + "\n")
    else:
        called = _called(using.plugins.table(), using.lang)
        put("\n".join("".join(f"{line}\n" for line in _lines(record, found, called)) for record, found in seen))
    return CLEAN


def source_at(path: str, using: Linter, *, kind: str | None = None, name: str | None = None) -> Source | None:
    """The file at `path`, or standard input; None, and the reason on standard error, when it cannot be read."""
    from commlint.cli.screen import tell
    from commlint.discovery import Found, absolute, read
    from commlint.model.source import Source

    if path == "-":
        return piped(name, kind)
    if Path(path).is_dir():
        raise UsageError(f"{path} is a folder", help="name one file; `commlint check` takes folders", zh=f"{path} 是文件夹", zh_help="请给出一个文件\uff1b检查文件夹请用 commlint check")
    config = using.config_for(absolute(path))
    configured = config.kind_of(absolute(path))
    mapping = (("kind", configured.value),) if configured else ()
    source = read(Found(path, absolute(path)), limit=config.file_size, lang=using.lang, kind=kind, mapping=mapping)
    if isinstance(source, Source):
        return source
    tell(f"failure[{source.slug}] {source.uri}: {source.message}\n  = {say('help', using.lang)}{source.help}")
    return None


def piped(name: str | None, kind: str | None) -> Source:
    """Standard input under the name it is to go by; plain text when it has none."""
    from commlint.model.source import Source

    return Source(name or "-", sys.stdin.buffer.read(), media_type=None if name else "text/plain", kind=kind)


def recognised(record: Record, using: Linter) -> dict[str, Any]:
    """Every word of the record and what it means there, with the words of what was found; what raises is shown as the error it raised."""
    from commlint.entities.analysis import RecordAnalysis

    table = using.plugins.table()
    analysis = RecordAnalysis(record, using.environment, table.getters())
    words = sorted(_words(table, "record"), key=lambda word: word.key)
    found = {word.names.en: described(_asked(analysis, word.key), word.type, table, analysis) for word in words if word.key not in _SKIPPED}
    return found | {"sentences": _read(analysis)}


def _words(table: SymbolTable, owner: str) -> list[Attribute]:
    from commlint.model.symbols import Attribute

    return [symbol for symbol in table.symbols if isinstance(symbol, Attribute) and symbol.owner == owner]


def described(value: Any, of: Type, table: SymbolTable, analysis: RecordAnalysis) -> Any:
    """A value as JSON data, with every word of its type that says something of it."""
    if isinstance(value, tuple):
        return [described(item, of.of or of, table, analysis) for item in value]
    made = plain(value, analysis)
    if not hasattr(value, "__attrs_attrs__") or isinstance(value, Unknown) or of.name in ("text", "sentence"):
        return made
    getters = table.getters()
    for word in _words(table, of.name):
        if word.names.en not in made and word.names.en not in _SAID_OTHERWISE:
            try:
                said = plain(getters[word.key](analysis, value), analysis)
            except Exception as error:  # the same edge
                said = f"({type(error).__name__}: {error})"
            if said not in (None, "", [], {}, False) and not (isinstance(said, dict) and "unknown" in said) and (word.names.en, said) != ("rolled", made.get("due")):
                made[word.names.en] = said
    return made


def _read(analysis: RecordAnalysis) -> list[dict[str, Any]]:
    """The sentences that do something, with what they do and why."""
    from commlint.entities.directives import reading
    from commlint.entities.structure import sentences

    read = ((sentence, reading(analysis, sentence)) for sentence in sentences(analysis, analysis.record))
    return [{"text": s.text, "at": where(s, analysis), "senses": sorted(r.senses), "why": "; ".join(r.why)} for s, r in read if r.why]


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
    """``[part:]line:column`` of a stretch."""
    part = analysis.record.parts[value.part]
    start = analysis.source_map(value.part).to_source(value.span).start
    line = part.view.text.count("\n", 0, start) + part.view.first_line
    column = start - part.view.text.rfind("\n", 0, start)
    return ":".join(filter(None, (part.view.label, str(line), str(column))))


def _data(record: Record, found: Mapping[str, Any]) -> dict[str, Any]:
    evidence = {"by": record.evidence.by, "detail": record.evidence.detail}
    parts = [{"name": part.name, "characters": len(part.text), "blocks": [block.kind.value for block in part.blocks]} for part in record.parts]
    return {"uri": record.uri, "record": record.name, "kind": record.kind.value, "evidence": evidence, "parts": parts, "recognised": found}


def _lines(record: Record, found: Mapping[str, Any], called: Called) -> Iterator[str]:
    name = f"{record.uri}#{record.name}" if record.name else record.uri
    yield f"{name}: {record.kind.value} ({record.evidence.by}: {record.evidence.detail})".replace(": )", ")")
    yield f"  {called('', 'parts')}: " + ", ".join(f"{part.name} {len(part.text)}" for part in record.parts)
    unknown = {key: value for key, value in found.items() if isinstance(value, dict) and "unknown" in value}
    for key, value in found.items():
        if value not in (None, [], "", False) and key not in unknown and key != "tables":  # their rows and fields are shown
            yield from _entry(key, value, called)
    for reason in dict.fromkeys(value["unknown"] for value in unknown.values()):
        yield f"  {called('', 'unknown')} ({reason}): " + ", ".join(called("", key) for key, value in unknown.items() if value["unknown"] == reason)


def _entry(key: str, value: Any, called: Called) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"  {called('', key)}: {_short(value, key, called)}"
        return
    yield f"  {called('', key)}:"
    yield from (f"    {_short(item, key, called)}" for item in value)


def _short(value: Any, key: str, called: Called) -> str:
    """One line: the text and its place, then what else is known."""
    if not isinstance(value, dict):
        return _inner(value)
    text = " ".join(str(value.get("text", "")).split())
    head = f"{value['at']} {text[:_WIDEST]}" if "at" in value else ""
    rest = ", ".join(f"{called(key, name)}={_inner(inner)}" for name, inner in value.items() if name not in _NOT_SHOWN and inner is not False and _inner(inner) != text)
    return "  ".join(filter(None, (head, rest)))


def _inner(value: Any) -> str:
    """A value inside another: of a stretch what it says, and what that means where it means something."""
    if isinstance(value, list):
        return ", ".join(map(_inner, value))
    if not isinstance(value, dict):
        return str(value)
    if "text" not in value:
        return " ".join(f"{name}={_inner(inner)}" for name, inner in value.items())
    text = " ".join(str(value["text"]).split())[:_WIDEST]
    meant = value.get("value") or value.get("kind")
    return f"{text} ({meant})" if isinstance(meant, str) and meant != text else text


def _called(table: SymbolTable, lang: str) -> Called:
    """The name in `lang` of a word of the record, or of a word of what a word of the record holds."""
    types = {word.names.en: (word.type.of or word.type).name for word in _words(table, "record")}

    @cache
    def called(key: str, name: str) -> str:
        if lang != "zh":
            return name
        owner = types.get(key, "text") if key else "record"
        return next((word.names.zh for each in (owner, "text", "sentence") for word in _words(table, each) if word.names.en == name), _ZH.get(name, name))

    return called
