"""What the lines of a signature say: labels, numbers and addresses; the words that are left are told apart by `signers`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from commlint.entities.identifiers import EMAIL, PHONE
from commlint.entities.signers import HAN, TITLE_END, UNIT, guess, known_title, may_be_name, may_be_unit, person
from commlint.entities.wordlists import sections

_MOST_LINES = 30  # a longer one is a leaflet
_LABEL = re.compile(r"(?P<label>[a-z][a-z. /-]{0,20}|[^\x00-\xff]{1,2} ?[^\x00-\xff]{1,6}(?:/[^\x00-\xff]{1,6})?)\s{0,3}:\s*")
_BARE_LABEL = re.compile(r"(?P<label>tel|phone|mobile|mob|cell|fax|email|e-mail|office|direct|[tmpfo](?=[. ]{1,2}[+(\d])|[ew](?=[. ]{1,2}[\w.-]{1,40}[@.]\w)|电话|手机|座机|固话|传真|邮箱|电邮|网址|地址|分机|直线|总机|移动电话)\.?\s*(?=\S)")
_WEB = re.compile(r"(?:https?://|www\.)[^\s|,;、。<>()]{3,100}|(?<![\w@.-])[a-z0-9-]{2,40}\.(?:example\.)?(?:com|cn|org|net|io)(?:\.[a-z]{2})?(?:/[\w/.-]{0,60})?(?![\w@])")
_PLACE = re.compile(
    r"[^\x00-\xff]{2}(?:省|市|区|县|镇|州)[^\x00-\xff\d]{0,20}(?:路|街|道|大厦|广场|园|楼|号|村|镇|城|巷|座|栋|区|县|中心)|[^\x00-\xff]{1,8}(?:路|街|大道|巷|弄|胡同)\s?[\d一二三四五六七八九十]{1,5}\s?(?:号|弄|巷|段)"
    r"|(?:大厦|广场|园区|科技园|工业区|产业园|写字楼|中心)[^\x00-\xff]{0,4}[a-z]?\s?\d{1,4}\s?(?:楼|层|室|号|座|栋|f)|\d{1,4}\s?(?:楼|层)\s?\d{0,4}\s?(?:室|座)?$"
    r"|\b\d{1,5}[a-z]?,? (?:[a-z.]{1,20} ){1,4}(?:road|rd|street|st|avenue|ave|lane|ln|drive|blvd|way|square|place|plaza)\b|\b(?:floor|\d{1,3}/f|suite|room|rm|unit|building|tower|plaza|p\.?o\.? box)\b[^|]{0,60}(?:,|\d)"
)
_MAY_BE_PLACE = re.compile(r"[\d,\u7701\u5e02\u533a\u53bf\u9547\u5dde路街道巷弄同]")  # every place has one of them
_DIGIT = re.compile(r"\d")
_DEVICE = r"发自|从我的|来自(?:我的)?(?:iphone|手机|outlook|华为|小米)|sent (?:from|via|with)|获取 ?outlook|get outlook|使用.{1,12}发送"
_BAR = r"[-_=*~\u2014\u2500.#+ ]{2,80}$|-- ?$"
_DAY = r"(?:\d{4}|二[\u3007\u25cb零一二三四五六七八九十o]{3})[-年/. ]{1,3}[\d一二三四五六七八九十]{1,3}[-月/. ]{1,3}[\d一二三四五六七八九十]{1,3}\s?日?(?:\s?\(?(?:星期|周).\)?)?(?:\s\d{1,2}:\d{2})?$|\d{1,2}月\d{1,2}日$|[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
_SPREAD = re.compile(r"(?<![\u3400-\u9fff])([\u3400-\u9fff])\s{1,8}([\u3400-\u9fff])\s{0,3}:")
_SPREAD_NAME = re.compile(r"(?P<name>[\u3400-\u9fff]\s{1,6}[\u3400-\u9fff])(?=\s{2,}|$)")
_SPLIT = re.compile(r"\s*[|\u3010\u3011\u00b7\u2022\u2502\u2503\u25cf\u2027\u30fb]\s*|\s{2,}|\t|\s+(?:-|\u2013|\u2014)\s+|\u2014\u2014|(?<=[\u3400-\u9fff)])[-\u2013\u2014@](?=[\u3400-\u9fff])")
_SLASH = re.compile(r"\s*/\s*")
_ROLE_LABEL = re.compile(r"(?P<title>[^\x00-\xff]{2,10}):\s?(?P<value>[^\x00-\xff*]{2,12})")
_SEAL = re.compile(r"\((?:盖?公?章|签章|签字|代)\)$|\s?(?:敬上|谨上|上|启|谨启|全体(?:员工|同仁))(?=\s|$)")
_FOREIGN_CLOSING = r"(?:mit freundlichen|viele gr|cordialement|bien . vous|salut|saludos|atentamente|um abra|met vriendelijke|med v.nlig|hilsen|h.lsning|ng. mihi|mvh|pozdrawiam|distinti|cordiali|sayg|xx+$)|[a-z\u00df-\u017f][a-z\u00df-\u017f ]{1,28},$"
_SKIPPED = re.compile(f"(?:{_BAR})|(?:{_DEVICE})|(?:{_DAY})|(?:{_FOREIGN_CLOSING})")  # lines that say nothing of the signer
_DOTTED = re.compile(r"[\u3400-\u9fff]{2,6}[\u00b7\u2022][\u3400-\u9fff]{2,8}")
_NUMBER = re.compile(r"[(+]?\d{1,4}\)?(?:[ .-]?\d{3,8}){1,3}(?:-\d{1,5})?")
_STAFF = re.compile(r"\((?:工号|分机|编号|内线|警号|执业证号)[^()]{0,20}\)$")
_AGAIN = re.compile(r"(?<=[\s,;、\d])(?:电\s?话|手\s?机|邮\s?箱|电子邮[件箱]|传\s?真|地\s?址|网\s?址|微\s?信|邮编|分机|职务|部门|公司|tel|fax|e-?mail|mobile|web|add(?:ress)?|[tmefpw])\s?[:.]\s?(?=\S)")


def details(folded: str, signer: str) -> dict[str, str]:
    """The kinds of detail and their first values, folded."""
    said: dict[str, str] = {}
    sender, signer = signer, person(signer)
    if signer and (own := _own_name(folded, signer)):
        said["name"] = own
    unknown: list[tuple[int, str]] = []
    found = -1  # the line of the name
    number = 0
    for line in (written.strip(" -_*~>\t\u2500\u2501\u2014\u2550")[:200] for written in folded.split("\n")[:_MOST_LINES]):
        if not line or _SKIPPED.match(line) or _is_closing(line):
            continue
        left = _left(said, _labels_joined(pieces(line)), signer)
        if left and "department" in said and "company" not in said and said["department"] in line and not HAN.search(left[0]) and 0 <= found < number:
            said["company"] = left.pop(0)  # HomeMart Lagos | Imports
        unknown += [(number, word) for word in left]
        found = number if found < 0 and "name" in said and said["name"] in line else found
        number += 1
    if not signer and "department" not in said and "company" not in said and sender and any(word in sender for _, word in unknown):
        said["department"] = next(word for _, word in unknown if word in sender)
    _place(said, unknown, found, number)
    if "phone" not in said and "extension" in said:
        said["phone"] = said["extension"]
    return said


def _left(said: dict[str, str], found: Sequence[str], signer: str) -> list[str]:
    """What nothing explains of the pieces of a line; what says in English what stands before it in Chinese is not asked."""
    left: list[str] = []
    told = ""
    for piece in found:
        if not piece or (told in ("department", "company", "title") and not HAN.search(piece) and "@" not in piece and not _DIGIT.search(piece)):
            continue
        before = len(said)
        left += _take(said, piece, signer)
        told = list(said)[-1] if len(said) > before and HAN.search(piece) else ""
    return left


def _own_name(folded: str, signer: str) -> str:
    """The sender's own name where a piece of a line is just that: whatever else looks like a name is not."""
    before, behind = _LATIN_EDGES if signer.isascii() else _EDGES
    at = folded.find(signer)
    while at >= 0:
        if before.match(folded, at) and behind.match(folded, at + len(signer)):
            return signer
        at = folded.find(signer, at + 1)
    return ""


_LATIN_EDGES = re.compile(r"\A|(?<=[\n|/\u00b7(\u3010,])|(?<=[|/,] )"), re.compile(r"$|[\n|/\u00b7)\u3011(,]| [|/(\u3010-]")
_EDGES = re.compile(r"\A|(?<=[\s|/\u00b7(\u3010,-])"), re.compile(r"$|[\s|/\u00b7)\u3011(,.-]")


def _place(said: dict[str, str], unknown: list[tuple[int, str]], found: int, lines: int) -> None:
    """Give words that nothing explains the places that stay empty: who signs first, of what unit right behind."""
    if "name" not in said:
        at = next((place for place, (number, word) in enumerate(unknown) if number <= 1 and may_be_name(word, alone=lines == 1)), None)
        if at is not None and ("title" in said or lines <= 2 or not HAN.search(unknown[at][1])):
            found, said["name"] = unknown.pop(at)
    if "department" not in said and ("name" in said or "company" in said):
        behind = (word for number, word in unknown if number <= max(found, 0) + 1 and (number != found or HAN.search(word)) and not ("name" in said and word.startswith(said["name"])))
        unit = next((word for word in behind if may_be_unit(word)), None)
        if unit is not None:
            said["department"] = unit


def _labels_joined(pieces: Sequence[str]) -> list[str]:
    """Pieces with a label by itself put before what it is the label of."""
    joined: list[str] = []
    for piece in pieces:
        if joined and joined[-1] in _keys() and (len(joined[-1]) > 1 and HAN.search(joined[-1])):
            joined[-1] = f"{joined[-1]}: {piece}"
        else:
            joined.append(piece)
    return joined


@cache
def _keys() -> dict[str, str]:
    """Every label and what it announces."""
    return {word: section.removeprefix("label-") for section, words in sections("signature").items() if section.startswith("label-") for word in words}


def _is_closing(line: str) -> bool:
    return line.strip(" ,.!。~") in _closings()


@cache
def _closings() -> frozenset[str]:
    return frozenset(sections("contacts")["closing"])


def pieces(line: str) -> list[str]:
    """What a line of a signature says, piece by piece; slashes part it where no address, number or Latin word has them."""
    if ":" in line:
        line = _SPREAD.sub(r"\1\2:", line)
    spread = _SPREAD_NAME.match(line) if line[1:2].isspace() else None
    if ("\u00b7" in line or "\u2022" in line) and _DOTTED.fullmatch(line) and not any(UNIT.fullmatch(half) or TITLE_END.search(half) for half in re.split("[\u00b7\u2022]", line)):
        return [line]
    pieces = [piece.strip(" ,;") for piece in _SPLIT.split(line[spread.end() :] if spread else line)]
    if spread:
        pieces.insert(0, spread["name"])
    if "/" not in line or "://" in line or "www." in line:
        return pieces
    return [part for piece in pieces for part in (_SLASH.split(piece) if _parts_at_slash(piece) else [piece])]


def _parts_at_slash(piece: str) -> bool:
    return "/" in piece and ":" not in piece and not re.search(r"(?<![a-z])[a-z]{1,3}/[a-z]{1,3}(?![a-z])|\d/[f\d]", piece)


def _take(said: dict[str, str], piece: str, signer: str) -> tuple[str, ...]:
    """Put a piece of a signature where it belongs; returns the words that have no place. Labelled details go each to their own."""
    label = (":" in piece and _LABEL.match(piece)) or _BARE_LABEL.match(piece)
    key = _key(label["label"]) if label else None
    if label is not None and key is not None:
        _keep(said, key, piece[label.end() :], signer)
        return ()
    if _is_closing(piece):
        return ()
    if _details(said, piece):
        rest = _REACH.sub(" ", piece).strip(" ,;:()")
        return guess(said, rest, signer) if len(rest) > 1 and said.get("address") != piece and (HAN.search(rest) or " " in rest) else ()
    role = _ROLE_LABEL.fullmatch(piece) if ":" in piece else None
    if role is not None and (unit := UNIT.fullmatch(role["title"])) and not known_title(role["title"]):
        said.setdefault("department", unit[0])
        return guess(said, role["value"], signer)
    if role is not None and (known_title(role["title"]) or TITLE_END.search(role["title"])):
        said.setdefault("title", re.sub(r"^(?:您|你|贵司)的", "", role["title"]))
        return guess(said, role["value"], signer)
    if ":" in piece:
        return ()
    return guess(said, _SEAL.sub("", _STAFF.sub("", piece) if "(" in piece else piece), signer)


_REACH = re.compile(rf"(?:{PHONE.pattern})|(?:{EMAIL.pattern})|(?:{_WEB.pattern})|(?<![a-z])(?:tel|phone|mobile|mob|cell|email|e-mail|ext|[tme])\b\.?|电话|手机|座机|邮箱|内线|分机|短号|(?:[+(]?\d[\d ()*.-]{{4,20}}\d)")


def _key(label: str) -> str | None:
    """What a label announces; of 手机/微信 and Tel & Fax the first that is known."""
    plain = label.replace(" ", "").strip(".") if HAN.search(label) else label.strip(" .")
    if plain in _keys():
        return _keys()[plain]
    return next((_keys()[part] for part in re.split(r"\s?[/&]\s?|\s?(?:and|及|和|兼)\s?", plain) if part in _keys()), None)


def _keep(said: dict[str, str], key: str, value: str, signer: str) -> None:
    """A labelled value; another label may follow it on the same line."""
    again = _AGAIN.search(value)
    if again:
        _take(said, value[again.start() :].strip(), signer)
        value = value[: again.start()]
    value = value.strip(" ,.;、")
    if key in ("phone", "email", "website", "fax", "other"):
        if key not in ("fax", "other"):
            _details(said, value)
        if key == "phone" and "phone" not in said and (short := re.match(r"\d{3,6}(?!\d)", value)):
            said.setdefault("extension", short[0])
        if key == "phone" and "phone" not in said and (loose := _long(re.match(r"[+(]?\d[\d ()*x#.-]{3,20}\d", value))):
            said["phone"] = loose[0]
    elif value:
        said.setdefault(key, value)


def _details(said: dict[str, str], piece: str) -> bool:
    """Whether the piece says how to reach somebody: numbers and addresses are kept."""
    found = False
    if "@" in piece and (email := EMAIL.search(piece)):
        said.setdefault("email", email[0].rstrip("."))
        found = True
    if "." in piece and (web := _WEB.search(EMAIL.sub(" ", piece))):
        said.setdefault("website", web[0])
        found = True
    if _DIGIT.search(piece) and (phone := PHONE.search(piece) or _long(_NUMBER.fullmatch(piece))):
        said.setdefault("phone", phone[0])
        found = True
    if not found and _MAY_BE_PLACE.search(piece) and _PLACE.search(piece):
        said.setdefault("address", piece)
        return True
    return found


def _long(match: re.Match[str] | None) -> re.Match[str] | None:
    """Numbers of fewer than seven digits are extensions and rooms."""
    return match if match is not None and sum(character.isdecimal() for character in match[0]) > 6 else None
