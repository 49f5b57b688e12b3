"""Mailboxes and Maildirs: every message once, none lost, whatever parts them."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from commlint_mail.fromline import messages, unquoted
from commlint_mail.mbox import MboxReader
from commlint_mail.reader import EmlReader
from commlint_mail.stored import WINDOW, Windowed
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commlint.discovery import Search, read
from commlint.errors import RecordError
from commlint.model.protocols import Item
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from tests.integrations.readings import ENVIRONMENT, part

FROM = "From lin@example.com Thu May 21 09:30:00 2026\n"
ONE = "From: lin@example.com\nSubject: 一\n\n请于周五前回复。\n"
TWO = "From: zhou@example.com\nSubject: 二\n\n收到。\n"


def items(content: bytes | str, uri: str = "box.mbox", **more: object) -> list[Item]:
    raw = content if isinstance(content, bytes) else content.encode()
    return list(MboxReader().read(Source(uri, raw, **more), ENVIRONMENT))  # type: ignore[arg-type]  # forwarded as given


def subjects(content: bytes | str) -> list[str]:
    return [record.parts[0].text for record in items(content) if isinstance(record, Record)]


def bodies(content: bytes | str) -> list[str]:
    return [record.parts[1].view.text.strip() for record in items(content) if isinstance(record, Record)]


def letter(subject: str, body: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "lin@example.com", "zhou@example.com", subject
    message.set_content(body)
    return message


def counted(text: str) -> str:
    head, _, body = text.partition("\n\n")
    return f"{head}\nContent-Length: {len(body.encode())}\n\n{body}"


@pytest.mark.parametrize(
    "content",
    [
        FROM + ONE + "\n" + FROM + TWO,
        FROM + ONE + "\n" + FROM + TWO.rstrip("\n"),
        (FROM + ONE + "\n" + FROM + TWO).replace("\n", "\r\n"),
        FROM + ONE + FROM + TWO,
        "\n\n" + FROM + ONE + "\n\n\n" + FROM + TWO,
        "\ufeff" + FROM + ONE + "\n" + FROM + TWO,
        FROM + ">" + FROM + ONE + "\n" + FROM + TWO,
        "From - Thu May 21 09:30:00 2026\n" + ONE + "\nFrom - Thu May 21 09:31:00 2026\n" + TWO,
        "From 1700000000000000000@xxx Thu May 21 09:30:00 +0000 2026\n" + ONE + "\nFrom 1700000000000000001@xxx Thu May 21 09:30:00 +0000 2026\n" + TWO,
        'From "Lin Xiaolan"@example.com Thu May 21 09:30:00 CST 2026\n' + ONE + "\nFrom ???@??? Thu May 21 09:30:00 2026\n" + TWO,
        "From lin at example.com  Thu, 21 May 2026 09:30:00 +0800\n" + ONE + "\nFrom lin@example.com 2026-05-21 09:30\n" + TWO,
        "From lin@example.com Thu May 21 09:30 2026 remote from host\n" + ONE + "\nFrom zhou@example.com\n" + TWO,
        FROM + counted(ONE) + "\n" + FROM + counted(TWO),
        FROM + ONE.replace("\n\n", "\nContent-Length: 3\n\n") + "\n" + FROM + TWO.replace("\n\n", "\nContent-Length: 999999\n\n"),
        FROM + ONE.replace("\n\n", "\nContent-Length: x\n\n") + "\n" + FROM + TWO.replace("\n\n", "\nContent-Length: 99999999999999999999\n\n"),
    ],
)
def test_messages_are_told_apart(content: str) -> None:
    """By lines as the usual programs write them; by Content-Length only where it is right."""
    assert subjects(content) == ["一", "二"]
    assert bodies(content) == ["请于周五前回复。", "收到。"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("a\n\nFrom here on we go.\nb", None),
        ("a\n\nFrom Monday on, at 10:30, all of 2026\nb", None),
        ("a\n\nFrom: somebody\nTo: somebody else", None),
        ("a\nFrom zhou@example.com\nb", None),
        ("a\n\nFrom zhou@example.com Thu May 21 09:30:00 2026\nhe wrote nothing", None),
        (">From here\n>>From there", "From here\n>From there"),
        ("> From a quote", None),
    ],
)
def test_a_line_of_the_text_parts_nothing(body: str, text: str | None) -> None:
    """"From " at the start of a line is a word of the text unless a date is behind it and a field below; what was quoted for the mailbox is not."""
    content = f"{FROM}From: a@example.com\nSubject: 一\n\n{body}\n\n{FROM}{TWO}"
    assert bodies(content) == [text or body, "收到。"]


def test_content_length_covers_a_whole_message_in_the_text() -> None:
    """mboxcl2 quotes nothing: what looks like a message inside another is text of it, a quoted line stays as it is."""
    inside = f"see below\n\n{FROM}{TWO}\n>From quoted"
    content = FROM + counted(f"From: a@example.com\nSubject: 一\n\n{inside}\n") + "\n" + FROM + counted(TWO)
    assert subjects(content) == ["一", "二"]
    assert bodies(content) == [inside, "收到。"]


def test_a_mailbox_of_pythons_own(tmp_path: Path) -> None:
    """Each message of a mailbox as the mailbox module writes it: its number, its place, what lies in it."""
    box = mailbox.mbox(tmp_path / "会议.mbox")
    for number in range(1, 21):
        message = letter(f"第{number}次例会", f"各位\n\nFrom 会议室 {number}\n请于5月{number}日前回复。\n")
        if number == 7:
            message.add_attachment("附件内容".encode(), maintype="text", subtype="plain", filename="说明.txt")
            message.add_attachment(letter("转发", "旧文"))
        box.add(message)
    box.close()
    content = (tmp_path / "会议.mbox").read_bytes()
    found = items(content, "会议.mbox")
    records = [item for item in found if isinstance(item, Record)]
    assert [record.name for record in records] == [str(number) for number in range(1, 21)]
    assert {(record.uri, record.kind) for record in records} == {("会议.mbox", Kind.EMAIL)}
    assert [record.parts[0].text for record in records] == [f"第{number}次例会" for number in range(1, 21)]
    assert all(f"From 会议室 {record.name}\n请于5月{record.name}日" in part(record, "body").text for record in records)
    assert [(item.uri, item.media_type) for item in found if isinstance(item, Source)] == [("会议.mbox!/7/说明.txt", "text/plain"), ("会议.mbox!/7/part-3", "message/rfc822")]


def test_messages_that_wait_for_removal_are_left_out() -> None:
    """Thunderbird marks what was deleted and removes it later; so does mutt."""
    kept = "X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00800000\n"
    gone = "X-Mozilla-Status: 0009\nX-Mozilla-Status2: 00000000\n"
    content = "".join(f"{FROM}{head}{text}\n" for head, text in ((gone, ONE), (kept, TWO), ("X-Status: D\n", ONE), ("Status: RO\n", ONE)))
    assert subjects(content) == ["二", "一"]


def test_a_damaged_message_does_not_lose_the_others() -> None:
    """What is no message is a failure that names its number."""
    broken = "From: a@example.com\nContent-Transfer-Encoding: base64\n\n!!!!\n"
    found = items(f"{FROM}{ONE}\n{FROM}{broken}\n{FROM}{TWO}\n{FROM}")
    assert [item.name for item in found if isinstance(item, Record)] == ["1", "2", "3"]
    assert [(item.slug, item.message.partition(":")[0], item.zh.partition(":")[0]) for item in found if isinstance(item, RecordError)] == [("mail-damaged", "2", "2"), ("not-a-mail", "4", "4")]


def test_what_stands_before_the_first_message_is_told() -> None:
    """Junk at the head of a mailbox is a failure, what follows is read; one mail without any From_ line is a mail."""
    failure, record = items(f"junk\n\n{FROM}{ONE}")
    assert isinstance(failure, RecordError)
    assert isinstance(record, Record)
    assert subjects(ONE) == ["一"]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff\r\n"])
def test_an_empty_mailbox_is_empty(content: str) -> None:
    """No message, no failure: mail programs keep mailboxes like this."""
    assert items(content) == []


def test_a_mailbox_is_told_by_its_name_or_its_first_line() -> None:
    """Mail programs name their mailboxes Inbox or 收件箱, without extension."""
    claims = MboxReader().claims
    assert claims(Source("a.MBOX", b""))
    assert claims(Source("a.mbx", b""))
    assert claims(Source("收件箱", FROM.encode()))
    assert claims(Source("x.gz!/y", b"", media_type="application/mbox"))
    assert not claims(Source("notes", b"From here on we go\n"))
    assert not claims(Source("notes.txt", FROM.encode()))


def test_another_format_of_that_name_is_told() -> None:
    """The mbx of UW-IMAP is another thing."""
    with pytest.raises(RecordError, match="UW-IMAP"):
        items("*mbx*\r\n0123")


def test_a_large_mailbox_is_read_through_a_window(tmp_path: Path) -> None:
    """By its file, with the same records as held whole; a message larger than the window among them."""
    texts = [f"{FROM}From: a@example.com\nSubject: {number}\n\n{'字' * (number * 7919 % 9000)}\n>From x\n\n" for number in range(300)]
    texts[150] = f"{FROM}From: a@example.com\nSubject: 150\n\n" + "长行文字\n" * (3 * WINDOW // 13) + "\n"
    content = "".join(texts).encode()
    path = tmp_path / "a.mbox"
    path.write_bytes(content)
    streamed = items(content[:65_536], "a.mbox", large=str(path))
    assert len(content) > 2 * WINDOW
    assert [(record.name, record.parts) for record in streamed if isinstance(record, Record)] == [(record.name, record.parts) for record in items(content, "a.mbox") if isinstance(record, Record)]
    assert len(streamed) == 300


def test_a_mailbox_that_goes_while_it_is_read_is_told(tmp_path: Path) -> None:
    """A file that is no longer there is a failure, no crash."""
    with pytest.raises(RecordError) as caught:
        items(b"", "a.mbox", large=str(tmp_path / "gone.mbox"))
    assert caught.value.slug == "damaged-file"


@given(st.binary(max_size=400), st.binary(min_size=1, max_size=4), st.integers(0, 400), st.integers(0, 400))
@settings(deadline=None)
def test_a_window_is_as_good_as_the_bytes(content: bytes, wanted: bytes, start: int, end: int) -> None:
    """Found and cut the same, in whatever order it is asked."""
    import io

    windowed = Windowed(io.BytesIO(content))
    start, end = min(start, len(content)), min(end, len(content))
    assert windowed.find(wanted, start, end) == content.find(wanted, start, end)
    assert windowed[start:end] == content[start:end]
    assert windowed.find(content[:2], 0, len(content)) == content.find(content[:2], 0, len(content))


_LINES = st.sampled_from([FROM, ">" + FROM, "From x\n", "From: a\n", "Content-Length: 20\n", "\n", "\r\n", "text\n", "X-Mozilla-Status: 0008\n", "正文", "From ", "Content-Type: multipart/mixed; boundary=B\n", "--B\n", "--B--\n"])


@given(st.lists(_LINES, max_size=30).map(lambda lines: "".join(lines).encode()) | st.binary(max_size=300))
@example(b"From ")
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_messages_in_order(content: bytes) -> None:
    """Stretches in order that do not overlap; only records, sources and failures come of them."""
    ends = [0]
    for message in messages(content):
        assert ends[-1] <= message.start <= message.end <= len(content)
        ends.append(message.end)
        assert len(unquoted(content[message.start : message.end])) <= message.end - message.start
    assert all(isinstance(item, Record | Source | RecordError) for item in items(content))


def test_a_maildir_of_pythons_own(tmp_path: Path) -> None:
    """Messages in new and cur whatever they are called, folders in it too; tmp and what was put into the bin not."""
    box = mailbox.Maildir(tmp_path / "Maildir")
    for folder, subject, flags in ((box, "新", ""), (box, "读", "S"), (box, "删", "ST"), (box.add_folder("项目"), "内", "RS")):
        message = mailbox.MaildirMessage(letter(subject, "请回复。\n"))
        message.set_subdir("cur" if flags else "new")
        message.set_flags(flags)
        folder.add(message)
    (tmp_path / "Maildir" / "tmp" / "half").write_bytes(b"From: a@example.com\n")
    found, failures = Search(wanted=lambda name: name.endswith(".eml"), excluded=lambda path: False).found([str(tmp_path)])
    sources = [read(file, limit=10**8) for file in found]
    assert not failures
    assert all(isinstance(source, Source) and EmlReader().claims(source) for source in sources)
    read_in = [item for source in sources if isinstance(source, Source) for item in EmlReader().read(source, ENVIRONMENT)]
    assert sorted(item.parts[0].text for item in read_in if isinstance(item, Record)) == ["内", "新", "读"]
