"""Write tests/samples/: run `python tests/make_samples.py` after a change in sample_sources, and commit what it writes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from sample_sources import chats, documents, mails
from sample_sources.configuration import configuration
from sample_sources.craft import Sample

FOLDER = Path(__file__).parent / "samples"
_README = """\
# Sample records

{count} records in {files} files, {bad} of which break norms on purpose. All of it is invented: people, companies, figures.
`python tests/make_samples.py` writes this folder, byte for byte the same each time; the texts are in `tests/sample_sources/`.

    commlint check tests/samples --as-of 2026-06-30

| File | Form | Breaks |
| --- | --- | --- |
"""


def samples() -> list[Sample]:
    """Every sample, by path."""
    found = [*mails.samples(), *documents.samples(), *chats.samples()]
    return sorted(found, key=lambda sample: sample.path)


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of the folder: path and bytes."""
    yield "README.md", _readme(samples()).encode()
    yield "commlint.toml", configuration()
    for sample in samples():
        yield sample.path, sample.content


def write(folder: Path) -> None:
    """Write all files below `folder`."""
    for path, content in files():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _readme(found: list[Sample]) -> str:
    head = _README.format(count=len(found) + _more_messages(found), files=len(found), bad=sum(bool(sample.breaks) for sample in found))
    return head + "".join(f"| {sample.path.replace('|', '/')} | {sample.form} | {sample.breaks or '–'} |\n" for sample in found)


def _more_messages(found: list[Sample]) -> int:
    """Chat files hold a record a message: what they have beyond one each."""
    from commlint_chat.reader import JsonLinesReader, LogReader

    from commlint.calendar import china
    from commlint.model.environment import Environment
    from commlint.model.source import Source

    environment = Environment(calendar=china())
    count = 0
    for sample in found:
        if sample.path.startswith("chats/"):
            source = Source(sample.path, sample.content)
            reader = next(reader for reader in (JsonLinesReader(), LogReader()) if reader.claims(source))
            count += len(list(reader.read(source, environment))) - 1
    return count


if __name__ == "__main__":
    write(FOLDER)
    print(f"{len(samples())} samples in {FOLDER}")
