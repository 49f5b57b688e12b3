"""PDFium at arm's length: a program of its own reads the file, and may crash, run out of memory or out of time."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from commlint.errors import RecordError

if TYPE_CHECKING:
    from subprocess import Popen

    from commlint.model.environment import Limits

_PROGRAM = "import sys; at = sys.argv.index('--'); sys.path[:] = sys.argv[at + 1:]; from commlint_minutes.pdf_extract import main; main()"
_BASE = 1 << 29  # bytes of address space for Python and the library
_TIMES = 4  # the size of the file, besides: it is held twice, and pages are unpacked one at a time
_REFUSALS = {
    "encrypted": (
        "encrypted-file", "the PDF asks for a password", "save it without a password, or check the original", "此 PDF 需要密码", "请另存为无密码的文件\uff0c或检查原件",
    ),
    "damaged": ("damaged-file", "this is no PDF, or it is damaged", "open it, export it again", "此 PDF 已损坏\uff0c或并非 PDF", "请打开后重新导出"),
}


def extracted(content: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
    """What `pdf_extract` says of a PDF, piece by piece. Raises RecordError: encrypted-file, damaged-file, reading-stopped, extra-missing."""
    from threading import Timer

    _required()
    program = _started(limits, len(content))
    timer = Timer(limits.seconds, program.kill)
    timer.start()
    ended = False
    try:
        for found in _answers(program, content):
            if "error" in found:
                raise _refusal(found["error"])
            ended = "end" in found
            yield found
    finally:
        late = not timer.is_alive()
        timer.cancel()
        _stopped(program)
    if not ended:
        raise _late(limits.seconds) if late else _crashed()


def _required() -> None:
    from importlib.util import find_spec

    if find_spec("pypdfium2_raw") is None:
        raise RecordError(
            "extra-missing", "reading .pdf needs pypdfium2, which is not installed", help="pip install 'commlint[pdf]'",
            zh="读取 .pdf 需要 pypdfium2\uff0c尚未安装", zh_help="pip install 'commlint[pdf]'",
        )


def _started(limits: Limits, size: int) -> Popen[bytes]:
    from multiprocessing.spawn import get_executable
    from subprocess import DEVNULL, PIPE, Popen

    numbers = (limits.pages, limits.characters, limits.file_size, _TIMES * size + _BASE)
    command = [_text(get_executable()), "-S", "-c", _PROGRAM, *map(str, numbers), "--", *sys.path]
    try:
        return Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)  # noqa: S603  # our own interpreter and program
    except OSError as error:
        raise RecordError(
            "reading-stopped", f"the program that reads .pdf could not be started: {error}", help="allow commlint to start processes",
            zh=f"无法启动读取 .pdf 的程序\uff1a{error}", zh_help="请允许 commlint 启动进程",
        ) from error


def _text(name: str | bytes) -> str:
    return name.decode() if isinstance(name, bytes) else name


def _answers(program: Popen[bytes], content: bytes) -> Iterator[dict[str, Any]]:
    """All of the file goes in before anything comes out, so neither side waits for the other."""
    given, taken = _pipes(program)
    try:
        given.write(content)
        given.close()
    except OSError:  # it has died
        return
    for line in taken:
        try:
            yield json.loads(line)
        except ValueError:  # it died while it wrote
            return


def _pipes(program: Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert program.stdin is not None
    assert program.stdout is not None
    return program.stdin, program.stdout


def _stopped(program: Popen[bytes]) -> None:
    program.kill()
    for pipe in _pipes(program):
        try:
            pipe.close()
        except OSError:  # what was not written yet cannot be
            continue
    program.wait()


def _refusal(what: str) -> RecordError:
    slug, en, help, zh, zh_help = _REFUSALS[what]
    return RecordError(slug, en, help=help, zh=zh, zh_help=zh_help)


def _late(seconds: int) -> RecordError:
    return RecordError(
        "reading-stopped", f"reading took more than {seconds} seconds; the rest was not checked", help="export the document again, split it, or raise limits.seconds",
        zh=f"读取超过 {seconds} 秒\uff0c其余未检查", zh_help="请重新导出或拆分文档\uff0c或调高 limits.seconds",
    )


def _crashed() -> RecordError:
    return RecordError(
        "damaged-file", "the PDF made the program that reads it end early; the rest was not checked", help="open it, export it again",
        zh="此 PDF 使读取程序中途终止\uff0c其余未检查", zh_help="请打开后重新导出",
    )
