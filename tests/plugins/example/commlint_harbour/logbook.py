"""Logbooks: text files of pages, with letters pasted in behind them; or folders with a file for each page."""

from __future__ import annotations

import re

_PAGE = re.compile(r"^--- page \d+ ---\n", re.MULTILINE)
_LETTER = re.compile(r"^--- letter (?P<name>[^\n]{1,100}) ---\n", re.MULTILINE)


class LogbookReader:
    """Reads .logbook files: one record a file. Importing this module costs nothing: what reads is imported when it does."""

    name = "logbook"
    suffixes = (".logbook",)
    media_types = ("text/x-logbook",)

    def claims(self, source):
        """By suffix or media type; a look at the first bytes of `source.content` is allowed too."""
        return source.suffix in self.suffixes or source.media_type in self.media_types

    def read(self, source, environment):
        """The record, then what was not read, then the letters. Raises RecordError: undecodable, binary-content, empty-record."""
        from commlint.model.reading.filetext import FileText

        file = FileText.read(source.content)  # UTF-8, GB18030, Big5, UTF-16; with "\n" as the only line break
        letters = [*_LETTER.finditer(file.text)]
        end = letters[0].start() if letters else len(file.text)
        pages = [*_PAGE.finditer(file.text, 0, end)]
        most = environment.limits.pages
        if len(pages) > most:
            yield _record(source, file, pages[:most], pages[most].start())
            yield _too_long(most)  # yielded, not raised: the letters are read all the same
        else:
            yield _record(source, file, pages, end)
        ends = [*(letter.start() for letter in letters), len(file.text)]
        for letter, behind in zip(letters, ends[1:], strict=True):
            yield source.member(letter["name"], file.text[letter.end() : behind].encode(), alike=False)  # read by whoever claims it

    def claims_folder(self, names):
        """A folder is a logbook when it has a file called SHIP; `names` are those of its files and folders."""
        return "SHIP" in names

    def read_folder(self, folder, environment):
        """A record a page. The folder may lie in an archive."""
        for name in folder.names:
            if name.endswith(".page"):
                yield from self.read(folder.source(name), environment)


def _record(source, file, pages, end):
    """What stands before `end`; positions are those of the file, or of its pages where it has any."""
    from attrs import evolve

    from commlint.model.place import Place
    from commlint.model.reading.blocks import layout
    from commlint.model.reading.declared import declared_kind
    from commlint.model.record import Anchor, Record
    from commlint.model.span import Span

    found = layout(file.text[:end])  # headings, lists, tables as people write them in plain text
    body = file.part("body", Span(0, end), found.blocks, found.grids)
    if pages:
        starts = (file.lines.to_source(Span(page.end(), page.end())).start for page in pages)  # in the view: the file may have "\r\n"
        anchors = tuple(Anchor(start, Place("page", page=number)) for number, start in enumerate(starts, 1))
        body = evolve(body, view=evolve(body.view, anchors=anchors, counted_anew=True))
    kind, evidence = declared_kind(source, None)  # what the caller or the configuration says; else classifiers decide
    return Record(source.uri, kind, (body,), evidence=evidence)


def _too_long(most):
    """What is wrong, and what to do: in both languages."""
    from commlint.errors import RecordError

    return RecordError(
        "page-limit", f"there are more than {most:,} pages; the rest was not checked", help="split the logbook, or raise limits.pages",
        zh=f"超过 {most:,} 页\uff0c其余未检查", zh_help="请拆分日志\uff0c或调高 limits.pages",
    )
