"""Good files made bad: every mutation is drawn from a dice, so that a number says which it was."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from gzip import compress
from io import BytesIO
from json import dumps, loads
from random import Random
from typing import Any

PIECES = (
    "\u200b", "\u202e", "\ufeff", "e\u0301", "\U0001f600\u200d\U0001f469", "\ud83d", "\x00", "\r", "\r\n", "\t", "\u3000", "\uff1a", ":" * 50, "1" * 60, "|", "| --- |\n", "> ", "\u3010", "\u27e6", "**", "`", "\u201c", "--\n", "-----原始邮件-----\n",
    "请尽快在5月25日前", "负责人\uff1a", "@所有人 ", "每周一至", "11010119900307123", "二〇二六年", "<table><td>", "=?utf-8?b?", "\\u6771", "\n\n", "(责任人\uff1a张三\uff0c截止\uff1a5-22)", "3个工作日", "- [ ] ",
)  # fmt: skip
HOSTILE = (
    "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;&b;\">]>", "&d;", "&#x0;", "&#xD800;", "&#1114112;", "<![CDATA[", "]]>", "<?x", "<!--", "-->", "</", "<a>" * 40, "xmlns:w=\"urn:x\"", "\u0000", "\ufffe",
    "w:val=\"99999999999\"", "r=\"XFD1048577\"", "<td colspan=\"1000000\" rowspan=\"70000\">", "<script>", "<style>", "<blockquote>" * 30, "<html>", "style=\"display:none\"",
    "{" * 60, "[" * 60, "]", "}", "\"", "\\", "\\ud800", "null", "true", "NaN", "1e999", "-1", "99999999999999999999", "{}", "[]", "\"ts\": \"x\"", "0", "\"\"",
    "Content-Type: multipart/mixed; boundary=\"B\"\r\n\r\n--B\r\n", "Content-Type: message/rfc822\r\n\r\n", "--B--", "boundary=", "; charset=utf-7", "charset*=gb2312''%", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: x-uuencode\r\n",
    "=?gb2312?B?1cXI", "=?utf-8?Q?=E4=B8", "filename*0*=", "begin 644 a.doc\n", "From \n", "From a@example.com Thu Jan  1 00:00:00 1970\n", "Content-Length: 99999999\n", "Date: Thu, 32 Feb 99999 25:61:61 +9999\r\n", "Subject:\r\n \r\n",
    "BEGIN:VEVENT\r\n", "END:VCALENDAR\r\n", "DTSTART;TZID=\"x\":99999999T999999\r\n", "RRULE:FREQ=SECONDLY;COUNT=999999999\r\n", "DURATION:P999999999999W\r\n", "TZOFFSETTO:+9999\r\n", " \r\n",
    "endobj", "endstream", "xref", "trailer", "<< /Length 999999999 >>", "/Kids [1 0 R]", "/Filter [/FlateDecode /FlateDecode]", "(", "<<", ">>", "BT", "ET", "/Parent 3 0 R", "0 0 R",
    "2026-13-45T25:61:61Z", "2026/02/30 24:00", "0000-00-00", "上午99:99", "[10:00]", "\t\t\t\t\t\t\t\t", ",,,,,,,,,,", "\"a\"\"b", ";;;;", "---\n", "+++\n", "kind: email\n", "```\n", "# ", "    ", "=1+1", "@import", "\u2028", "\x0b", "\x0c", "\x1a", "\x85",
)  # fmt: skip
_NUMBERS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
_DECIMAL = re.compile(rb"\d+")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_MOST = 200_000  # bytes of a mutant: more is slow and tells nothing new

Seeds = Sequence[tuple[str, bytes]]


def mutant(dice: Random, seeds: Seeds) -> tuple[str, bytes]:
    """One of the seeds, mutated: its name, and what stands in it now."""
    name, content = dice.choice(seeds)
    return name, mutated_file(dice, content, seeds)


def mutated_file(dice: Random, content: bytes, seeds: Seeds = ()) -> bytes:
    """The file with some mutations, made where its format keeps what it says."""
    others = [other for _, other in seeds] or [content]
    if content.startswith(b"PK\x03\x04") and dice.random() < 0.7:
        return inside_zip(dice, content)
    if content.startswith(b"\x1f\x8b") and dice.random() < 0.5:
        return _inside_gzip(dice, content)
    if content.startswith(b"%PDF") and dice.random() < 0.5:
        content = _inside_pdf(dice, content)
    plain = b"\0" not in content[:4096]
    for _ in range(dice.choice((1, 1, 2, 3, 6))):
        content = textual(dice, content) if plain and dice.random() < 0.6 else some_bytes(dice, content, others)
    if plain and dice.random() < 0.1:
        content = mutated(dice, content)
    return content[:_MOST]


def inside_zip(dice: Random, content: bytes) -> bytes:
    """A zip of the mutated members of a zip; the same bytes mutated where it is none."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist() if info.file_size < _MOST]
    except Exception:  # a seed may be damaged on purpose
        return some_bytes(dice, content, [content])
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        if members:
            _mutate_member(dice, members)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)), compresslevel=1) as archive:
        for name, inner in members:
            info = zipfile.ZipInfo(name.replace("\0", "_")[:200] or "_")
            info.compress_type = archive.compression
            archive.writestr(info, inner)
    made = out.getvalue()
    return made if dice.random() < 0.9 else some_bytes(dice, made, [made])


def _mutate_member(dice: Random, members: list[tuple[str, bytes]]) -> None:
    at = dice.randrange(len(members))
    name, inner = members[at]
    others = [other for _, other in members]
    what = dice.random()
    if what < 0.05:
        del members[at]
    elif what < 0.1:
        members[at] = (name, dice.choice(others))
    elif what < 0.15:
        members[at] = (dice.choice((name.upper(), "../" + name, name.rpartition("/")[2], name + ".md", dice.choice(members)[0] + "x")), inner)
    else:
        members[at] = (name, textual(dice, inner) if b"\0" not in inner[:1000] and what < 0.85 else some_bytes(dice, inner, others))


def _inside_gzip(dice: Random, content: bytes) -> bytes:
    try:
        return compress(some_bytes(dice, zlib.decompress(content, 31), [content]), 1, mtime=0)
    except zlib.error:
        return some_bytes(dice, content, [content])


def _inside_pdf(dice: Random, content: bytes) -> bytes:
    found = list(_STREAM.finditer(content))
    if not found:
        return content
    match = dice.choice(found)
    try:
        inner = zlib.compress(hostile(dice, zlib.decompress(match[1])), 1)
    except zlib.error:
        inner = hostile(dice, match[1])
    return content[: match.start(1)] + inner + content[match.end(1) :]


_TAG = re.compile(rb"<(?P<name>[A-Za-z_][\w:.-]*)(?P<rest>(?:\s[^<>]*)?)(?P<end>/?)>")
_LEAF = re.compile(rb"<(?P<name>[A-Za-z_][\w:.-]*)(?:\s[^<>]*)?>(?P<text>[^<>]*)</(?P=name)\s*>|<[A-Za-z_][^<>]*/>")
_ATTRIBUTE = re.compile(rb"(?P<name>[\w:.-]+)=(?P<mark>[\"'])(?P<value>[^\"'<>]*)(?P=mark)")
_VALUES = ("", "0", "-1", "1", "2", "65536", "99999999999", "x", "true", "A1", "XFD1048576", "B2:A1", "rId1", "../x", "http://example.com/", "2026-13-45", "1e308", "NaN", "\u8868", "%", " ", "P9999999D", "continue", "restart", "none")


def markup(dice: Random, content: bytes) -> bytes:
    """XML or HTML changed so that it stays what it is: elements dropped, repeated, moved, renamed; texts and attributes of another kind."""
    leaves = list(_LEAF.finditer(content, 0, _MOST))
    tags = list(_TAG.finditer(content, 0, _MOST))
    if not leaves or not tags:
        return hostile(dice, content)
    what, leaf, tag = dice.random(), dice.choice(leaves), dice.choice(tags)
    value = dice.choice(_VALUES).encode()
    if what < 0.35:
        attributes = list(_ATTRIBUTE.finditer(content, tag.start(), tag.end()))
        if not attributes:
            attributes = list(_ATTRIBUTE.finditer(content, 0, _MOST)) or [leaf]
        one = dice.choice(attributes)
        if one is leaf:
            return content[: leaf.start()] + content[leaf.end() :]
        part = "value" if dice.random() < 0.8 else "name"
        return content[: one.start(part)] + (value if part == "value" else b"x") + content[one.end(part) :]
    if what < 0.5:
        return content[: leaf.start()] + content[leaf.end() :]
    if what < 0.65:
        return content[: leaf.end()] + leaf[0] * dice.choice((1, 2, 40)) + content[leaf.end() :]
    if what < 0.8:
        other = dice.choice(leaves)
        return content[: leaf.start()] + other[0] + content[leaf.end() :]
    if what < 0.9 and leaf["text"] is not None:
        return content[: leaf.start("text")] + dice.choice((value, dice.choice(PIECES).replace("<", "").replace("&", "").encode("utf-8", "replace"))) + content[leaf.end("text") :]
    name = dice.choice(tags)["name"]
    return content[: leaf.start()] + b"<" + name + b">" + leaf[0] + b"</" + name + b">" + content[leaf.end() :]


_CONFUSING: tuple[object, ...] = (None, True, 0, -1, 1.5, 1e300, 10**30, "", "x", "\ud800", "\x00", "2026-05-21T09:30:00Z", "1779327000000", [], {}, [[]], [None], {"": None}, {"text": {"text": "x"}}, ["x"] * 50, "<at id=1></at>", "{}")


def confused(dice: Random, content: bytes) -> bytes | None:
    """JSON, or a line of JSON Lines, with values of other kinds, keys left out, lists repeated; None for what is no JSON."""
    try:
        return dumps(_confused(dice, loads(content)), ensure_ascii=dice.random() < 0.5).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        pass
    lines = content.split(b"\n")
    at = dice.randrange(len(lines))
    try:
        lines[at] = dumps(_confused(dice, loads(lines[at])), ensure_ascii=True).encode()
    except (ValueError, RecursionError):
        return None
    return b"\n".join(lines)


def _confused(dice: Random, value: object) -> object:
    places = list(_places(value))
    if not places:
        return dice.choice(_CONFUSING)
    holder, key = dice.choice(places)
    what = dice.random()
    if what < 0.15:
        del holder[key]
    elif what < 0.25 and isinstance(holder, list):
        holder[key:key] = [holder[key]] * dice.choice((1, 5))
    elif what < 0.4:
        other, place = dice.choice(places)
        holder[key] = loads(dumps(other[place])) if place in other or isinstance(other, list) else None
    elif what < 0.5 and isinstance(holder, dict):
        holder[dice.choice(("type", "text", "id", "time", "", "x"))] = dice.choice(_CONFUSING)
    else:
        holder[key] = dice.choice(_CONFUSING)
    return value


def _places(value: object) -> Iterator[tuple[Any, Any]]:
    """Every list and key, object and name, at any depth."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict | list):
            keys = list(one) if isinstance(one, dict) else range(len(one))
            yield from ((one, key) for key in keys)
            todo += (one[key] for key in keys)


def textual(dice: Random, content: bytes) -> bytes:
    """A mutation of text that keeps to its format more often than not."""
    opening = content[:200].lstrip()
    if opening[:1] in (b"{", b"[") and dice.random() < 0.6:
        found = confused(dice, content)
        if found is not None:
            return found
    if (opening[:1] == b"<" or b"</" in content) and dice.random() < 0.8:
        return markup(dice, content)
    return hostile(dice, content)


def some_bytes(dice: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """One mutation of bytes as bytes."""
    return dice.choice(_OF_BYTES)(dice, content or b"\0", others)


def hostile(dice: Random, content: bytes) -> bytes:
    """A hostile piece put in, in place of something or beside it, at a border of the format more often than not."""
    piece = dice.choice(HOSTILE if dice.random() < 0.7 else PIECES).encode("utf-8", "surrogatepass")
    at = dice.randrange(len(content) + 1)
    if dice.random() < 0.7:
        at = max((content.find(border, at) for border in (b"\n", b"<", b">", b'"', b":", b",")), default=at)
        at = at if at >= 0 else len(content)
    return content[:at] + piece * dice.choice((1, 1, 1, 3, 30)) + content[at + dice.choice((0, 0, 1, 5, 40)) :]


def _flip(dice: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    made = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
    return bytes(made)


def _set(dice: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    made = bytearray(content)
    at = dice.randrange(len(made))
    for index in range(at, min(len(made), at + dice.choice((1, 1, 2, 4, 8)))):
        made[index] = dice.choice((0, 0xFF, 0x0A, 0x20, dice.randrange(256)))
    return bytes(made)


def _truncate(dice: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    return content[: dice.randrange(len(content) + 1)]


def _splice(dice: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    other = dice.choice(others) or content
    return content[: dice.randrange(len(content) + 1)] + other[dice.randrange(len(other)) :]


def _duplicate(dice: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    start = dice.randrange(len(content))
    piece = content[start : start + dice.choice((1, 4, 16, 80, 512, 4096))]
    at = dice.randrange(len(content) + 1)
    return content[:at] + piece * dice.choice((1, 1, 2, 20)) + content[at:]


def _remove(dice: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(content))
    return content[:at] + content[at + dice.choice((1, 1, 2, 8, 64, 512)) :]


def _number(dice: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    width = dice.choice((1, 2, 4, 8))
    number = (dice.choice(_NUMBERS) & (256**width - 1)).to_bytes(width, dice.choice(("little", "big")))  # type: ignore[arg-type]  # mypy joins the literals
    at = dice.randrange(len(content))
    return content[:at] + number + content[at + width :]


def _length(dice: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """A number that may be a length, made a little wrong."""
    for _ in range(40):
        at = dice.randrange(max(1, len(content) - 3))
        width = dice.choice((2, 4))
        number = int.from_bytes(content[at : at + width], "little")
        if 0 < number <= len(content):
            changed = max(0, number + dice.choice((-1, 1, -number, number, 256, len(content)))) & (256**width - 1)
            return content[:at] + changed.to_bytes(width, "little") + content[at + width :]
    return content


def _digits(dice: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Another number where one is written."""
    at = dice.randrange(len(content))
    match = _DECIMAL.search(content, at) or _DECIMAL.search(content)
    if match is None:
        return content
    number = dice.choice((b"0", b"-1", b"1", b"99999999999", b"1e9", b"0x7f", str(int(match[0][:15]) + dice.choice((-1, 1, 1000))).encode()))
    return content[: match.start()] + number + content[match.end() :]


def _swap(dice: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    a, b, c = sorted(dice.randrange(len(content) + 1) for _ in range(3))
    return content[:a] + content[b:c] + content[a:b] + content[c:]


_OF_BYTES: tuple[Callable[[Random, bytes, Sequence[bytes]], bytes], ...] = (_flip, _flip, _set, _truncate, _splice, _duplicate, _remove, _number, _number, _length, _digits, _digits, _swap)


def _delete_text(dice: Random, text: str) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + text[at + dice.randrange(1, 40) :]


def _insert(dice: Random, text: str) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + dice.choice(PIECES) * dice.choice((1, 1, 2, 30)) + text[at:]


def _repeat(dice: Random, text: str) -> str:
    at = dice.randrange(len(text) + 1)
    piece = text[at : at + dice.randrange(1, 60)]
    return text[:at] + piece * dice.randrange(2, 20) + text[at:]


def _shuffle(dice: Random, text: str) -> str:
    lines = text.split("\n")
    dice.shuffle(lines)
    return "\n".join(lines)


def _any(dice: Random, text: str) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + "".join(chr(dice.choice((dice.randrange(0x20, 0x2FF), dice.randrange(0x2000, 0x2070), dice.randrange(0x4E00, 0x9FFF), dice.randrange(0x1F300, 0x1FAFF)))) for _ in range(8)) + text[at:]


def _decompose(dice: Random, text: str) -> str:
    return unicodedata.normalize(dice.choice(("NFD", "NFKC", "NFKD")), text)


_OF_TEXT: tuple[Callable[[Random, str], str], ...] = (_delete_text, _insert, _insert, _repeat, _shuffle, _any, _decompose)


def mutated(dice: Random, content: bytes) -> bytes:
    """The bytes with some mutations of their text, and sometimes of the bytes themselves."""
    text = content.decode("utf-8", "replace")
    for _ in range(dice.randrange(1, 5)):
        text = dice.choice(_OF_TEXT)(dice, text)
    made = bytearray(text.encode(dice.choice(("utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "big5")), "replace"))
    for _ in range(dice.choice((0, 0, 0, 3))):
        made[dice.randrange(len(made) or 1) : 0] = bytes((dice.randrange(256),))
    return bytes(made)
