"""What was found in a source, kept until the source, the rules or the environment change.

One file of lines, ``key TAB digest TAB JSON``, under a head line that names all that the results depend on besides the source.
A line that does not have its digest or does not read as a result is not used. Written anew at the end of a run, through a
temporary file; of two runs at once the last one wins.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from commlint.engine.inspection import Result
from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.engine.engine import Engine

_NAME = "results.txt"
_LARGEST = 64_000_000  # characters; the longest unused lines go first
_FORMAT = 1
_CODE = ("model", "text", "calendar", "entities", "engine")


class ResultCache:
    """Results by what they were found in. `get` may be used in other processes, `put` and `save` in the one that owns it."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._path = folder / _NAME
        self._head = f"commlint results {_FORMAT} {fingerprint}"
        self._lines = self._loaded()
        self._used: dict[str, str] = {}
        self._fresh = False

    def _loaded(self) -> dict[str, str]:
        try:
            head, *lines = self._path.read_text("utf-8").splitlines()
        except (OSError, ValueError):
            return {}
        return {line.partition("\t")[0]: line for line in lines} if head == self._head else {}

    def get(self, key: str) -> Result | None:
        """The result kept under `key`, if there is one and it is sound."""
        line = self._lines.get(key)
        if line is None:
            return None
        _, digest, payload = (*line.split("\t", 2), "", "")[:3]
        if digest != _digest(key, payload):
            return None
        return _read(payload)

    def used(self, key: str) -> None:
        """Keep what stands under `key` for the next run."""
        if key in self._lines:
            self._used[key] = self._lines[key]

    def put(self, key: str, result: Result) -> None:
        """Keep `result`, unless something failed: a failure may be gone the next time."""
        payload = _written(result)
        if payload is not None:
            self._used[key] = f"{key}\t{_digest(key, payload)}\t{payload}"
            self._fresh = True

    def save(self) -> None:
        """Write what was used and what was put; silently keeps nothing where the folder cannot be written to."""
        if not self._fresh:
            return
        room = _LARGEST
        kept = []
        for line in [*self._used.values(), *(line for key, line in reversed(self._lines.items()) if key not in self._used)]:
            room -= len(line)
            if room < 0:
                break
            kept.append(line)
        self._write("\n".join([self._head, *kept]))

    def _write(self, text: str) -> None:
        temporary = self._path.with_suffix(f".{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(text, "utf-8")
            temporary.replace(self._path)
        except OSError:
            with suppress(OSError):
                temporary.unlink()


def _digest(key: str, payload: str) -> str:
    return blake2b(f"{key}\t{payload}".encode(), digest_size=8).hexdigest()


def _written(result: Result) -> str | None:
    if result.failures:
        return None
    if not (result.findings or result.undetermined or result.facts or result.inlines or result.granted):
        return str(result.records)
    from commlint.engine.plain import encoded

    try:
        return json.dumps(encoded(result), ensure_ascii=False, separators=(",", ":"))
    except TypeError:  # an entity of a plugin in a fact: such results are worked out every time
        return None


def _read(payload: str) -> Result | None:
    if payload.isascii() and payload.isdigit() and len(payload) < 10:
        return Result(records=int(payload))
    from commlint.engine.plain import decoded

    try:
        result = decoded(json.loads(payload))
    except (TypeError, ValueError, KeyError, RecursionError):
        return None
    return result if isinstance(result, Result) else None


def key(source: Source) -> str:
    """The name of a source's result: what it is called, what it is said to be, what is in it."""
    told = repr((source.uri, source.kind, source.media_type, source.mapping, source.named)).encode("utf-8", "surrogatepass")
    return blake2b(source.content, digest_size=16, key=blake2b(told, digest_size=32).digest()).hexdigest()


def fingerprint(engine: Engine, doers: Sequence[object]) -> str:
    """All that results depend on besides the source: rules, environment, words, and the code that reads and judges."""
    digest = blake2b(digest_size=16)
    told = (
        json.dumps([program.to_plain() for program in engine.programs], sort_keys=True, default=repr),
        " ".join(sorted(engine.symbols.getters())),
        _surroundings(engine),
        *sorted(_stamps(doers)),
    )
    for each in told:
        digest.update(each.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _surroundings(engine: Engine) -> str:
    environment = engine.environment
    calendar: Any = environment.calendar
    moment = environment.as_of
    # A record rule sees the instant of judgement through `within`; all else only the day.
    exact = moment is not None and any(_mentions(program.body, "within") for program in engine.programs if program.scope == "record")
    seen = moment.isoformat() if moment and exact else moment.astimezone(environment.tz).date().isoformat() if moment else ""
    named: Any = (calendar.name, getattr(calendar, "fingerprint", ""))
    return repr((evolve(environment, as_of=None, calendar=named), seen))


def _mentions(node: Any, word: str) -> bool:
    if isinstance(node, dict):
        return any(_mentions(item, word) for item in node.values())
    return node == word or (isinstance(node, (list, tuple)) and any(_mentions(item, word) for item in node))


def _stamps(doers: Iterable[object]) -> set[str]:
    """Name, size and time of every module that has a say: ours, and those of the packages that readers come from."""
    import sys

    home = Path(__file__).parent.parent
    folders = {home / name for name in _CODE}
    for doer in doers:
        module = sys.modules.get(type(doer).__module__)
        if module is not None and getattr(module, "__file__", None):
            folders.add(Path(str(module.__file__)).parent)
    return {stamp for folder in folders for stamp in _of_folder(str(folder))}


def _of_folder(folder: str) -> Iterable[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir() and entry.name != "__pycache__":
                    yield from _of_folder(entry.path)
                elif entry.name.endswith((".py", ".txt")):  # code, and the word lists it goes by
                    stat = entry.stat()
                    yield f"{entry.path} {stat.st_size} {stat.st_mtime_ns}"
    except OSError:  # a package in a zip: its version is in the names of its rules
        return
