"""Joins commlint: the readers of archives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.hooks import hookimpl

if TYPE_CHECKING:
    from commlint.model.protocols import Reader


@hookimpl
def commlint_readers() -> Iterable[Reader]:
    """.zip, .tar, files packed with gzip, bzip2 or xz; and a clear word on archives that are not opened."""
    from commlint_archives.reader import ForeignReader, PackedReader, TarReader, ZipReader

    return (ForeignReader(), PackedReader(), TarReader(), ZipReader())
