"""Which programs can say anything about a record: by its kind, and by one look at its raw text for the literals of all."""
from __future__ import annotations

from collections.abc import Sequence

from commlint.engine.program import Program
from commlint.model.record import Record
from commlint.text.scanner import Scanner

_INLINE = "commlint"  # stands in every suppression that is written into a text


class Prefilter:
    """Built once for the programs of a run; pickles as its programs. Safe to share between threads."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self._programs = tuple(programs)
        literals = sorted({literal for program in self._programs for literal in program.literals or ()} | {_INLINE})
        self._gated = all(program.literals is not None for program in self._programs)
        self._comment = literals.index(_INLINE)
        self._last: tuple[str, frozenset[int]] | None = None
        place = {literal: index for index, literal in enumerate(literals)}
        self._scanner = Scanner(literals)
        self._owners: list[list[int]] = [[] for _ in literals]
        for index, program in enumerate(self._programs):
            for literal in program.literals or ():
                self._owners[place[literal]].append(index)
        self._kinds: dict[str, tuple[frozenset[int], frozenset[int]]] = {}

    def candidates(self, record: Record) -> tuple[list[int], bool]:
        """Indices of the programs to run on `record`, in order; and whether a suppression may stand in its text."""
        always, gated = self._of_kind(record.kind.value)
        hits = self._hits(record)
        found = {owner for hit in hits for owner in self._owners[hit]}
        return sorted(always | (found & gated)), self._comment in hits or _beside_text(record)

    def silent(self, text: str, uri: str) -> bool:
        """Whether no program can say anything about a record of this text and name, whatever kind it is of."""
        return self._gated and not self._scanner.hits(_name(uri)) and not self._looked(text)

    def _looked(self, text: str) -> frozenset[int]:
        """The hits in `text`; those of the last text are kept, which a glance and then a reader may give."""
        last = self._last
        if last is None or last[0] != text:
            self._last = last = (text, self._scanner.hits(text))  # one assignment: threads may lose time here, never a hit
        return last[1]

    def _of_kind(self, kind: str) -> tuple[frozenset[int], frozenset[int]]:
        """The programs for a kind: those that always run, and those that need a literal."""
        if kind not in self._kinds:
            ours = [index for index, program in enumerate(self._programs) if program.kinds is None or kind in program.kinds]
            gated = frozenset(index for index in ours if self._programs[index].literals is not None)
            self._kinds[kind] = (frozenset(ours) - gated, gated)
        return self._kinds[kind]

    def _hits(self, record: Record) -> frozenset[int]:
        beside, texts = _beside(record), [part.text for part in record.parts]
        if len(texts) == 1:
            return self._scanner.hits("\n".join(beside)) | self._looked(texts[0])
        return self._scanner.hits("\n".join([*beside, *texts]))  # no literal has a line break in it, and one look costs less than five


def _beside_text(record: Record) -> bool:
    """Whether a suppression may stand in what is seen of a record but is not its text: in the comments of a web page."""
    return record.inline_suppressions and any(len(part.view.text) != len(part.text) and _INLINE in part.view.text.lower() for part in record.parts)


def _name(uri: str) -> str:
    return uri.replace("\\", "/").rpartition("/")[2]


def _beside(record: Record) -> list[str]:
    """What rules can ask about that stands in no part: names of files, groups and people."""
    parties = (record.sender, *record.to, *record.cc, *record.bcc)
    written = [_name(record.uri), record.conversation.group]
    written += [file.name for file in record.attachments]
    written += [value for _, value in record.meta]
    written += [word for party in parties if party is not None for word in (party.name, party.address)]
    return [word for word in written if word]
