"""A text file as the author sees it, and parts cut out of it: positions stay those of the file."""

from __future__ import annotations

from attrs import frozen

from commlint.errors import RecordError
from commlint.model.lines import normalised
from commlint.model.reading.charset import of_file
from commlint.model.record import Block, Grid, Part, View
from commlint.model.sourcemap import SourceMap
from commlint.model.span import Span


@frozen
class FileText:
    """`text` has "\\n" as its only line break; `lines` leads from it to `view`, the file as it is."""

    text: str
    view: View
    lines: SourceMap

    @classmethod
    def read(cls, content: bytes) -> FileText:
        """The text in the bytes of a file. Raises RecordError: undecodable, binary-content, empty-record."""
        found = cls.of(of_file(content).text)
        if not found.text.strip():
            raise _empty()
        return found

    @classmethod
    def of(cls, decoded: str) -> FileText:
        """The same for a text that is decoded already; may be empty."""
        clean, lines = normalised(decoded)
        return cls(clean, View(decoded), lines)

    def part(self, name: str, span: Span, blocks: tuple[Block, ...] = (), grids: tuple[Grid, ...] = ()) -> Part:
        """The stretch `span` of `text` as a part; `blocks` and `grids` count from its start."""
        return Part(name, span.of(self.text), self.view, SourceMap.slice(span).compose(self.lines), blocks, grids)


def _empty() -> RecordError:
    return RecordError(
        "empty-record",
        "the file is empty",
        help="write or export the record again, or exclude the path in the configuration",
        zh="文件是空的",
        zh_help="请写入或重新导出内容\uff0c或在配置中排除该路径",
    )
