"""Lines with marks: ``text with ⟦a stretch|kind|value⟧``, and documents between ``===`` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

_MARK = re.compile("\u27e6([^\u27e7]*)\u27e7")


@frozen
class Mark:
    """A marked stretch of a text, in code points; `labels` is what stands behind its bars."""

    start: int
    end: int
    text: str
    labels: tuple[str, ...]

    def label(self, at: int) -> str:
        """The label number `at`, empty when there is none."""
        return self.labels[at] if at < len(self.labels) else ""


@frozen
class Document:
    """An item of several lines: what stands behind ``===``, its text, and the expectations behind each ``>>> name``."""

    head: tuple[str, ...]
    text: str
    sections: dict[str, tuple[str, ...]]


def unmarked(written: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without marks, and the marks in its coordinates."""
    pieces: list[str] = []
    marks: list[Mark] = []
    length = done = 0
    for match in _MARK.finditer(written):
        text, *labels = match[1].split("|") if match[1].count("|") else (match[1],)
        plain = written[done : match.start()]
        pieces += [plain, text]
        length += len(plain)
        marks.append(Mark(length, length + len(text), text, tuple(labels)))
        length += len(text)
        done = match.end()
    return "".join(pieces) + written[done:], tuple(marks)


def lines(path: Path) -> Iterator[str]:
    """The lines that are neither blank nor comments."""
    for line in path.read_text("utf-8").split("\n"):
        if line.strip() and not line.startswith("# "):
            yield line


def documents(path: Path) -> Iterator[Document]:
    """The documents of a file; comments stand only before the first."""
    for item in re.split(r"(?m)^=== ", path.read_text("utf-8"))[1:]:
        head, _, rest = item.partition("\n")
        text, *sections = re.split(r"(?m)^>>> ", rest)
        named = {name.strip(): tuple(line for line in body.split("\n") if line.strip()) for name, _, body in (section.partition("\n") for section in sections)}
        yield Document(tuple(head.split()), text.rstrip("\n") + "\n", named)
