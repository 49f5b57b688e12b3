"""Decode bytes whose character set is declared wrongly, or not at all.

A declared name is a hint: mail that says gb2312 is GBK or GB18030 as a rule, mail that says nothing is UTF-8 or GB18030.
The WHATWG Encoding Standard reads labels the same way (its labels of gbk, big5 and shift_jis).
"""

from __future__ import annotations

import codecs
import re

from attrs import frozen

from commlint.errors import RecordError

_GB = ("gb2312", "gbk", "gb_2312", "gb_2312-80", "csgb2312", "csgb231280", "x-gbk", "cp936", "ms936", "windows-936", "x-mac-chinesesimp", "euc-cn", "gb18030", "gb-18030")
_SUPERSETS = {
    **dict.fromkeys(_GB, "gb18030"),
    **dict.fromkeys(("big5", "big-5", "big5-hkscs", "csbig5", "cn-big5", "x-x-big5", "cp950", "windows-950"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601", "ks_c_5601-1987", "ksc5601", "windows-949"), "cp949"),
    **dict.fromkeys(("iso-2022-jp", "csiso2022jp"), "iso2022_jp_ext"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "iso8859-1", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("us-ascii", "ascii", "default", "unknown-8bit", "x-unknown", "unknown", "8bit", "binary", ""), ""),
    **dict.fromkeys(("utf8", "utf-8", "utf8mb4", "utf-8-sig", "unicode-1-1-utf-8"), "utf-8"),
}
# Text codecs in name only: they compute (idna and punycode take quadratic time) or interpret escapes.
_NOT_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 16_384  # bytes looked at when two charsets fit: more does not change the answer

_CHINESE = 1.8  # likeness that text has in its own charset and next to none has in another

# The commonest characters of written Chinese in both scripts, and punctuation: right decodings are full of them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所得经三之进等部度家电力里如化高自二理起小物现实加量都两体制机当使点从业本去把性好应开合还因由其些然前外天四日那事平相全表间与关各重新线内数正心你明看原比或但第向此变条只没结解问意建月公无系情者最立代想已通并提直题程展五果员位入常文总次品式设及管特件长求老头基资边流路级少图统接知较将组见计别手期根论运指几区决被做必先回则任取据处给门即保规领口导器增争交受联什认六共权收证改清再采转更单切打教速带安场身真务具万每目至达走示议报完类确科信节话整空元况今集传许步群广记需段研算低持音书复容须际商非验连深难近周委技备半办列约支便团历市何除消构称准值号率维划选标写存快效查型按格易置层始却专状识适属包住调满照参细引听该价请谢件邮您好"
    "這為個國時來們於對會發動過說產種後學經進電裡現實兩體機當點從業應開還間與關線內數變條沒結問無並題員總長頭資邊級圖統較將組見計別論運幾區決據處給門規領導爭聯認權證轉單帶場務萬達議報類確節話況傳許廣記連難備辦約團歷構稱準號維劃選標寫層專狀識適屬調滿參細聽該價請謝郵"
    "\uff0c\u3002\u3001\uff1a\uff1b\uff08\uff09\uff01\uff1f\u300a\u300b\u201c\u201d\u300c\u300d\u3010\u3011\u3000"
)


_UTF7 = re.compile(rb"\+[A-Za-z0-9+/]{5,}")


@frozen
class Decoded:
    """A text, the charset it was read in, and what told so: bom | declared | bytes | nothing (then replaced)."""

    text: str
    charset: str
    by: str


def of_file(content: bytes) -> Decoded:
    """The text of a file that declares no charset.

    Raises RecordError: ``binary-content`` when it is no text at all, ``undecodable`` when no charset fits.
    """
    found = _guess(content)
    if found is None or "\0" in found.text:
        raise _refusal(content)
    return found


def of_label(content: bytes, label: str) -> Decoded:
    """The text of bytes that say they are in `label`; never fails, undecodable bytes become U+FFFD."""
    name = _canonical(label)
    text = _strictly(content, name) if name else None
    if text is not None and not _belied(content, name):
        return Decoded(text, name, "declared")
    text = _all_but_the_end(content, name) if text is None and name not in ("", "cp1252") else None
    if text is not None and _strictly(content, "utf-8") is None:
        return Decoded(text, name, "declared")
    guessed = _guess(content)
    if guessed is not None:
        return guessed
    return Decoded(content.decode(name or "utf-8", "replace"), name or "utf-8", "declared" if name else "nothing")


def decodes(content: bytes, label: str) -> str | None:
    """`content` in the charset that `label` means, or None when it does not fit."""
    name = _canonical(label)
    return _strictly(content, name) if name else None


def _canonical(label: str) -> str:
    """The codec for a label, empty for one that says nothing."""
    key = label.strip().strip("\"'").lower()
    if key in _SUPERSETS:
        return _SUPERSETS[key]
    try:
        codec = codecs.lookup(key)
    except (LookupError, ValueError):
        return ""
    return codec.name if codec._is_text_encoding and codec.name.replace("-", "_") not in _NOT_CHARSETS else ""


def _strictly(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _all_but_the_end(content: bytes, charset: str) -> str | None:
    """The text when all that is wrong is a character cut off at the end, as truncated headers have it."""
    try:
        text = codecs.getincrementaldecoder(charset)().decode(content)
    except (UnicodeError, ValueError):
        return None
    return text + "\ufffd" if text else None


def _guess(content: bytes) -> Decoded | None:
    for bom, charset in _BOMS:
        if content.startswith(bom):
            text = _strictly(content[len(bom) :], charset)
            return Decoded(text, charset, "bom") if text is not None else None
    for charset in _candidates(content):
        text = _strictly(content, charset)
        if text is not None:
            return Decoded(text, charset, "bytes")
    return None


def _candidates(content: bytes) -> tuple[str, ...]:
    """The charsets to try, the likeliest first."""
    if b"\0" in content[:_SAMPLE]:
        return _wide(content)
    if content.isascii():
        return _seven_bit(content)
    if _strictly(content, "utf-8") is not None:
        return ("utf-8",)
    ranked = sorted(((_likeness(content, charset), charset) for charset in ("gb18030", "big5hkscs")), key=lambda pair: -pair[0])
    likely = tuple(charset for likeness, charset in ranked if likeness > 0)
    if not likely or ranked[0][0] < 1.4:  # rare characters: maybe pairs of bytes of another kind
        likely = (*(name for name in _wide(content) if _likeness(content, name) > max(1.4, ranked[0][0])), *likely)
    return likely or (("cp1252",) if _mostly_ascii(content) else ())


def _seven_bit(content: bytes) -> tuple[str, ...]:
    """UTF-8, unless the escapes of ISO 2022, the brackets of HZ or runs of UTF-7 say otherwise (RFC 1468, RFC 1557, RFC 1843, RFC 2152)."""
    if b"\x1b$" in content:
        return ("iso2022_kr", "utf-8") if b"\x1b$)C" in content else ("iso2022_jp_ext", "utf-8")
    if _UTF7.search(content) and _likeness(content, "utf-7") > 1:
        return ("utf-7", "utf-8")
    if b"~{" in content and b"~}" in content and _likeness(content, "hz") > 1:
        return ("hz", "utf-8")
    return ("utf-8",)


def _wide(content: bytes) -> tuple[str, ...]:
    """UTF-32 or UTF-16 without a mark: the one that makes the most sense, where one does."""
    fitting = [name for name, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)) if len(content) % width == 0]
    found = max(((_sense(content, name), name) for name in fitting), default=(0.0, ""), key=lambda pair: pair[0])
    return (found[1],) if found[0] > 0.9 else ()


def _sense(content: bytes, charset: str) -> float:
    """How much of a text is ASCII or Chinese, by the beginning; 0 when the bytes do not fit. Common characters count a little more."""
    try:
        text = codecs.getincrementaldecoder(charset)().decode(content[:_SAMPLE])  # a character that is cut off at the end waits for more
    except UnicodeError:
        return 0.0
    if not text or "\0" in text:
        return 0.0
    common = sum(character in _COMMON for character in text)
    if not common and any(map(_is_cjk, text)):  # Chinese has common characters; other bytes in pairs look Chinese too
        return 0.0
    return sum((" " <= character <= "~") or character in "\t\n\r" or _is_cjk(character) for character in text) / len(text) + common / len(text) / 10


def _likeness(content: bytes, charset: str) -> float:
    """How much the bytes look like Chinese in `charset`: 0 when they do not fit, above 1 with common characters."""
    if _strictly(content, charset) is None:
        return 0.0
    wide = [character for character in content[:_SAMPLE].decode(charset, "ignore") if character > "\x7f"]
    chinese = sum(map(_is_cjk, wide))
    if not wide or chinese * 10 < len(wide) * 9:
        return 0.0
    return chinese / len(wide) + 2 * sum(character in _COMMON for character in wide) / len(wide)


def _belied(content: bytes, name: str) -> bool:
    """Whether bytes that fit their label are something else all the same."""
    if name == "cp1252":
        return _is_chinese(content)
    if name not in ("gb18030", "big5hkscs", "cp949", "cp932") or content.isascii():
        return False
    said = _likeness(content, name)
    utf8 = _likeness(content, "utf-8")
    if utf8 > 1 and utf8 > said:
        return True
    other = "big5hkscs" if name == "gb18030" else "gb18030"
    return said < _CHINESE < _likeness(content, other)


def _is_chinese(content: bytes) -> bool:
    """Whether bytes declared as Latin are UTF-8 or Chinese: Latin text seldom has so many high bytes."""
    high = sum(byte > 0x7F for byte in content[:_SAMPLE])
    if not high:
        return False
    return _strictly(content, "utf-8") is not None or (high * 10 > len(content[:_SAMPLE]) * 6 and _likeness(content, "gb18030") > 0)


def _is_cjk(character: str) -> bool:
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3000" <= character <= "\u303f"
        or "\uff00" <= character <= "\uffef"
        or "\u3400" <= character <= "\u4dbf"
        or "\U00020000" <= character <= "\U0003ffff"
        or character in "\u2014\u2018\u2019\u201c\u201d\u2026\u00b7\u2460\u2461\u2462\u2463\u2464\u2192\u25cf\u25a0\u25a1\u221a\u00d7\u00b0\u2030\u2116\u25cb\u25c6\u2605"
    )


def _mostly_ascii(content: bytes) -> bool:
    sample = content[:_SAMPLE]
    odd = sum(byte > 0x7F or (byte < 0x20 and byte not in b"\t\n\r\f") for byte in sample)
    return odd * 10 < len(sample)


def _refusal(content: bytes) -> RecordError:
    if b"\0" in content:
        return RecordError(
            "binary-content",
            "this is not a text file: it contains zero bytes",
            help="check the extension, or exclude the path in the configuration",
            zh="这不是文本文件\uff1a含有零字节",
            zh_help="请检查扩展名\uff0c或在配置中排除该路径",
        )
    return RecordError(
        "undecodable",
        "no known encoding fits: not UTF-8, UTF-16, GB18030 or Big5",
        help="save the file as UTF-8",
        zh="无法识别文件编码\uff1a不是 UTF-8、UTF-16、GB18030 或 Big5",
        zh_help="请将文件另存为 UTF-8 编码",
    )
