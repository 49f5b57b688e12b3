"""Readers that start a program for every file, made to do without: an input of the fuzzer is read in a process that may die as it is.

What kills that process is read once more as in earnest, and only what goes wrong then counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from commlint.model.environment import Limits


def _pdf() -> None:
    from commlint_minutes import pdf_child, pdf_document, pdf_extract

    def extracted(content: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
        try:
            for found in pdf_extract.extracted(content, pages=limits.pages, characters=limits.characters, embedded=limits.file_size):
                if "error" in found:
                    raise pdf_child._refusal(found["error"])
                yield json.loads(json.dumps(found))
        except (ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError, ValueError) as error:
            raise pdf_child._crashed() from error  # the program would have ended

    pdf_document.extracted = extracted  # type: ignore[assignment]  # the same but for its name


QUICKER: Mapping[str, Callable[[], None]] = {"pdf": _pdf}
