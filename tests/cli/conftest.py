"""The command line, run in this process with what it writes."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest
from attrs import frozen

from commlint.cli import main


@frozen
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


class _Bytes(io.TextIOWrapper):
    """A stream whose bytes can be had."""

    def __init__(self, content: bytes = b"") -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8", write_through=True)

    def text(self) -> str:
        return self.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]  # the buffer is a BytesIO


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command line; `stdin` is what it can read."""

    def ran(*arguments: str, stdin: str | bytes = b"") -> Ran:
        out, err = _Bytes(), _Bytes()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", _Bytes(stdin.encode("utf-8") if isinstance(stdin, str) else stdin))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main(arguments)
        return Ran(code, out.text(), err.text())

    return ran
