"""A record: one mail, minute, notice, form or message, as a reader hands it to the engine."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from commlint.model.place import Place
from commlint.model.sourcemap import SourceMap
from commlint.model.span import Span

if TYPE_CHECKING:
    from commlint.model.values import Unknown


class Kind(StrEnum):
    """What a record is; DOCUMENT when nobody knows."""

    EMAIL = "email"
    MINUTES = "minutes"
    MEETING_NOTICE = "meeting_notice"
    CHAT_MESSAGE = "chat_message"
    CHAT_GROUP = "chat_group"
    MEETING_EVENT = "meeting_event"  # what a calendar says of a meeting besides calling it: cancelled, accepted, declined
    CHAT_EVENT = "chat_event"  # what a chat program says of itself: joins, new names, recalls
    TASK = "task"
    PROGRESS_REPORT = "progress_report"
    REQUIREMENT_FORM = "requirement_form"
    ISSUE_TRACKING = "issue_tracking"
    CONTACT_RECORD = "contact_record"
    EMERGENCY_REPORT = "emergency_report"
    CONFIRMATION_LETTER = "confirmation_letter"
    ARCHIVE = "archive"
    FILE = "file"
    DOCUMENT = "document"


class BlockKind(StrEnum):
    """What a stretch of a part is, as far as its format tells."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    QUOTE = "quote"  # a quotation set off by the format: `>` in Markdown, a blockquote in HTML
    CODE = "code"
    GREETING = "greeting"
    SIGNATURE = "signature"
    HISTORY = "history"  # an earlier message quoted under a reply
    FORWARDED = "forwarded"  # an earlier message passed on
    DISCLAIMER = "disclaimer"
    FRONT_MATTER = "front_matter"


@frozen
class Block:
    """A stretch of a part and what it is; `level` is the depth of a heading or list item (from 1)."""

    kind: BlockKind
    span: Span
    level: int = 0


@frozen
class Cell:
    """One cell of a grid: where its text is, and its row and column (from 0)."""

    span: Span
    row: int
    column: int
    header: bool = False
    row_span: int = 1
    column_span: int = 1


@frozen
class Grid:
    """A table as the format gives it: cells in reading order; `span` covers all of it."""

    span: Span
    cells: tuple[Cell, ...]


@frozen
class Anchor:
    """From `start` on, up to the next anchor, the view's positions are named by `place`; `line` is the number of the line that begins there."""

    start: int
    place: Place
    line: int = 1


@frozen
class View:
    """What the author sees and positions are counted in: a file's text, a mail's decoded body.

    `label` names the view between path and line when it is not the file itself ("body", "subject").
    `first_line` is the number of the first line (1 unless the view starts inside a file), `first_column` that of its first character
    (1 unless it starts inside a line). With `counted_anew` lines are counted from each anchor: the second line of a cell, not of a
    file that nobody has seen as text.
    """

    text: str = field(repr=lambda text: f"<{len(text)} characters>")
    label: str = ""
    first_line: int = 1
    anchors: tuple[Anchor, ...] = ()
    counted_anew: bool = False
    first_column: int = 1


@frozen
class Part:
    """A piece of a record that rules read as one text: `subject`, `body`, `history`, `signature`, ….

    `text` has "\\n" as its only line break; `source_map` leads from `text` to `view.text`.
    `sent_at` and `sender` are set when the part has its own (quoted history, forwarded messages).
    """

    name: str
    text: str
    view: View
    source_map: SourceMap
    blocks: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    sent_at: datetime | None = None
    sender: Party | None = None

    @classmethod
    def plain(cls, name: str, text: str, *, label: str = "", **more: object) -> Part:
        """A part that is its own view, line breaks normalised."""
        from commlint.model.lines import normalised

        clean, source_map = normalised(text)
        return cls(name, clean, View(text, label), source_map, **more)  # type: ignore[arg-type]  # forwarded as given


@frozen
class Party:
    """Somebody a record comes from or goes to; any field may be empty."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        """The part of `address` behind the last ``@``, in lower case."""
        return self.address.rpartition("@")[2].lower() if "@" in self.address else ""


@frozen
class Attachment:
    """A file that goes with a record; `size` in bytes, None when unknown; `linked` when only linked to."""

    name: str
    size: int | None = None
    media_type: str | None = None
    encrypted: bool | None = None
    linked: bool = False
    part: int | None = None
    span: Span | None = None


@frozen
class Conversation:
    """What ties a record to others: ids as its format gives them; any may be empty.

    `thread` is the key that thread rules group by, `case` the one for case rules (project, meeting).
    """

    id: str = ""
    reply_to: str = ""
    references: tuple[str, ...] = ()
    thread: str = ""
    case: str = ""
    group: str = ""


@frozen
class Evidence:
    """Why a record is taken for what it is, for people: who said it, and by what."""

    by: str  # caller | front matter | config | reader | file name | title | opening | labels | nothing
    detail: str = ""


@frozen
class Record:
    """One record. `name` tells records of one source apart (a chat message's number), empty if alone.

    `sent_at` is aware of its zone; None when the source does not say. `headers` keeps order and
    repetition, names in lower case. `meta` holds front matter and reader facts, all strings.
    """

    uri: str
    kind: Kind
    parts: tuple[Part, ...]
    name: str = ""
    evidence: Evidence = Evidence("nothing")
    headers: tuple[tuple[str, str], ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    sent_at: datetime | None = None
    sender: Party | None = None
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    bcc: tuple[Party, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conversation: Conversation = Conversation()
    inline_suppressions: bool = True  # False for what a stranger sends: mail, chat
    gap: Unknown | None = None  # why some of its text is not known (pages that are pictures); where none is, no rule is judged

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        kind: Kind | str = Kind.DOCUMENT,
        uri: str = "<text>",
        subject: str | None = None,
        sent_at: datetime | None = None,
        sender: Party | None = None,
        to: tuple[Party, ...] = (),
        cc: tuple[Party, ...] = (),
    ) -> Record:
        """A record of a text at hand, without any file: the way in for other systems."""
        head = (Part.plain("subject", subject, label="subject"),) if subject is not None else ()
        return cls(
            uri=uri,
            kind=Kind(kind),
            parts=(*head, Part.plain("body", text)),
            evidence=Evidence("caller"),
            sent_at=sent_at,
            sender=sender,
            to=to,
            cc=cc,
        )

    def with_kind(self, kind: Kind, evidence: Evidence) -> Record:
        """The same record taken for a `kind`."""
        return evolve(self, kind=kind, evidence=evidence)

    def part(self, name: str) -> int | None:
        """The index of the first part called `name`."""
        for index, part in enumerate(self.parts):
            if part.name == name:
                return index
        return None

    def header(self, name: str) -> str | None:
        """The first value of header `name` (lower case)."""
        for key, value in self.headers:
            if key == name:
                return value
        return None
