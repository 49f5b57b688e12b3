"""The signature of a mail: where it stands, and who signs with it: name, title, department, company, and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from commlint.entities.identifiers import EMAIL, PHONE
from commlint.entities.departments import choice
from commlint.entities.drawn import trimmed
from commlint.entities.structure import text_parts
from commlint.entities.wordlists import sections
from commlint.model.protocols import Analysis
from commlint.model.record import BlockKind
from commlint.model.span import Span
from commlint.model.values import Signature

_LAST_LINES = 12
_MOST_LINES = 30  # a longer one is a leaflet
_LABEL = re.compile(r"(?P<label>[a-z][a-z. /-]{0,20}|[^\x00-\xff]{1,2} ?[^\x00-\xff]{1,6}(?:/[^\x00-\xff]{1,6})?)\s{0,3}:\s*")
_BARE_LABEL = re.compile(r"(?P<label>tel|phone|mobile|mob|cell|fax|email|e-mail|office|direct|[tmpfo](?=[. ]{1,2}[+(\d])|[ew](?=[. ]{1,2}[\w.-]{1,40}[@.]\w)|电话|手机|座机|固话|传真|邮箱|电邮|网址|地址|分机|直线|总机|移动电话)\.?\s*(?=\S)")
_WEB = re.compile(r"(?:https?://|www\.)[^\s|,;、。<>()]{3,100}|(?<![\w@.-])[a-z0-9-]{2,40}\.(?:example\.)?(?:com|cn|org|net|io)(?:\.[a-z]{2})?(?:/[\w/.-]{0,60})?(?![\w@])")
_PLACE = re.compile(
    r"[^\x00-\xff]{2}(?:省|市|区|县|镇|州)[^\x00-\xff\d]{0,20}(?:路|街|道|大厦|广场|园|楼|号|村|镇|城|巷|座|栋|区|县|中心)|[^\x00-\xff]{1,8}(?:路|街|大道|巷|弄|胡同)\s?[\d一二三四五六七八九十]{1,5}\s?(?:号|弄|巷|段)"
    r"|(?:大厦|广场|园区|科技园|工业区|产业园|写字楼|中心)[^\x00-\xff]{0,4}[a-z]?\s?\d{1,4}\s?(?:楼|层|室|号|座|栋|f)|\d{1,4}\s?(?:楼|层)\s?\d{0,4}\s?(?:室|座)?$"
    r"|\b\d{1,5}[a-z]?,? (?:[a-z.]{1,20} ){1,4}(?:road|rd|street|st|avenue|ave|lane|ln|drive|blvd|way|square|place|plaza)\b|\b(?:floor|\d{1,3}/f|suite|room|rm|unit|building|tower|plaza|p\.?o\.? box)\b[^|]{0,60}(?:,|\d)"
)
_POSTCODE = re.compile(r"\(?(?:邮编|zip)?[: ]{0,2}\d{6}\)?$")
_DEVICE = re.compile(r"发自|从我的|来自(?:我的)?(?:iphone|手机|outlook|华为|小米)|sent (?:from|via|with)|获取 ?outlook|get outlook|使用.{1,12}发送")
_BAR = re.compile(r"[-_=*~\u2014\u2500.#+ ]{2,80}$|-- ?$")
_DAY = re.compile(r"(?:\d{4}|二[\u3007\u25cb零一二三四五六七八九十o]{3})[-年/. ]{1,3}[\d一二三四五六七八九十]{1,3}[-月/. ]{1,3}[\d一二三四五六七八九十]{1,3}\s?日?(?:\s?\(?(?:星期|周).\)?)?(?:\s\d{1,2}:\d{2})?$|\d{1,2}月\d{1,2}日$|[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$")
_SPREAD = re.compile(r"(?<![\u3400-\u9fff])([\u3400-\u9fff])\s{1,8}([\u3400-\u9fff])\s{0,3}:")
_SPREAD_NAME = re.compile(r"(?P<name>[\u3400-\u9fff]\s{1,6}[\u3400-\u9fff])(?=\s{2,}|$)")
_SPLIT = re.compile(r"\s*[|\u3010\u3011\u00b7\u2022\u2502\u2503\u25cf\u2027\u30fb]\s*|\s{2,}|\t|\s+(?:-|\u2013|\u2014)\s+|\u2014\u2014|(?<=[\u3400-\u9fff)])[-\u2013\u2014@](?=[\u3400-\u9fff])")
_SLASH = re.compile(r"\s*/\s*")
_ALSO = re.compile(r"\s?\([a-z][a-z .,'-]{1,40}\)|(?<=[^\x00-\xff])\s[a-z][a-z .'-]{1,30}$")  # a name in Latin script beside the Chinese one
_ROLE_LABEL = re.compile(r"(?P<title>[^\x00-\xff]{2,10}):\s?(?P<value>[^\x00-\xff*]{2,12})")
_SEAL = re.compile(r"\((?:盖?公?章|签章|签字|代)\)$|\s?(?:敬上|谨上|上|启|谨启|全体(?:员工|同仁))(?=\s|$)")
_HONORIFIC = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof|eng|madam|from|by)\.? |\s?\((?:mr|ms|mrs|miss|he/him|she/her|they/them)\.?\)$|,? (?:ph\.?d|msc|bsc|llm|llb|mph|mba|cpa|pmp|m\.?d|esq|cfa|rn)\.?$")
_FOREIGN_CLOSING = re.compile(r"(?:mit freundlichen|viele gr|cordialement|bien . vous|salut|saludos|atentamente|um abra|met vriendelijke|med v.nlig|hilsen|h.lsning|ng. mihi|mvh|pozdrawiam|distinti|cordiali|sayg|xx+$)|[a-z\u00df-\u017f][a-z\u00df-\u017f ]{1,28},$")
_HONOURED = ("同学", "老师", "先生", "女士", "小姐", "医生", "博士", "教授", "律师", "护士", "师傅")
_PROFESSIONS = ("律师", "医生", "教授", "护士")
_WITHIN = re.compile(r"(?P<company>[^\x00-\xff()]{2,20}?(?:公司|集团|银行|医院|大学|研究院))(?P<rest>[^\x00-\xff]{2,12}(?:部|中心|科|处|室|组|办))$")
_ONE_PIECE = re.compile(r"^[^,]{1,40}(?:, ?| )(?:co\.?,? ?)?(?:ltd|inc|llc|limited|plc|corp)\.?(?:, [^,]{2,20})?$")
_DOTTED = re.compile(r"[\u3400-\u9fff]{2,6}[\u00b7\u2022][\u3400-\u9fff]{2,8}")
_NUMBER = re.compile(r"[(+]?\d{1,4}\)?(?:[ .-]?\d{3,8}){1,3}(?:-\d{1,5})?")
_CALLED = re.compile(r"[a-z]{2,12}(?:老师|哥|姐|总|[\u3400-\u9fff]{1,3})")
_STAFF = re.compile(r"\((?:工号|分机|编号|内线|警号|执业证号)[^()]{0,20}\)$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_UNIT = re.compile(
    r"[^\x00-\xff]{1,16}?(?:事业部|事业群|项目部|项目组|办公室|办公厅|委员会|服务部|分公司|部门|团队|车间|大区|工段|班组|工作组|中心|部|处|科|室|组|办|课|院|系|站|所|厅|社|队|支行|门店|店)(?:[一二三四五六七八九十\d](?:部|组|处|科|室|队))?(?:\([^()]{1,10}\))?"
)
_ENGLISH_UNIT = re.compile(r"(?:[a-z&/-]{1,20} ){0,4}(?:department|dept\.?|division|team|office|unit|desk|section)(?: \d)?(?: of (?:[a-z&-]{2,20} ?){1,3})?|(?:department|dept\.?|division|office) of (?:the )?(?:[a-z&-]{2,20} ?){1,4}")
_ENGLISH_NAME = re.compile(r"[^\W\d_][a-z\u00df-\u017f'\u2019-]*\.?(?: (?:[^\W\d_][a-z\u00df-\u017f'\u2019-]*\.?|\([a-z]{2,15}\)|\"[a-z]{2,15}\")){1,3}|[a-z]{2,14}")
_MASKED = re.compile(r"[^\x00-\xff]{1,2}[*\u00d7x某]{1,2}|\*{1,2}[^\x00-\xff]?")
_TITLE_END = re.compile(r"(?:[理监管员师长记任计纳书事裁代表席工问理授士生总]|负责人|编辑|记者|策划|文案|护士|技师|教练|导师|班主任|调度|内勤|跟单|仓管|品管|督导|领班|编导|主播|专家|委员|法人|创始人|助理|负责|顾问|秘书|岗|经办|联络人|对接人|联系人|教研员|合伙人|博士|院士|lead|pmo?|hr(?:bp)?)(?:\([^()]{1,12}\))?$")
_KEYS = {
    "t": "phone", "tel": "phone", "m": "phone", "mob": "phone", "mobile": "phone", "cell": "phone", "phone": "phone", "p": "phone", "o": "phone", "office": "phone", "direct": "phone", "telephone": "phone", "ph": "phone", "hp": "phone", "whatsapp": "phone",
    "tel/fax": "phone", "d": "phone", "mobile/wechat": "phone", "mobile phone": "phone", "cell phone": "phone", "direct line": "phone",
    "e": "email", "email": "email", "e-mail": "email", "mail": "email", "w": "website", "web": "website", "website": "website", "url": "website", "site": "website", "homepage": "website",
    "f": "fax", "fax": "fax", "a": "address", "add": "address", "addr": "address", "address": "address", "p.o. box": "address", "wechat": "other", "qq": "other", "skype": "other", "zip": "other", "postcode": "other",
    "电话": "phone", "手机": "phone", "座机": "phone", "固话": "phone", "手机号": "phone", "手机号码": "phone", "联系电话": "phone", "联系方式": "phone", "办公电话": "phone", "电话号码": "phone", "移动电话": "phone", "直线": "phone", "分机": "phone", "总机": "phone", "热线": "phone", "行动电话": "phone", "行动": "phone",
    "手机/微信": "phone", "微信同号": "phone", "电话/微信": "phone", "内线": "phone", "短号": "phone", "办公": "phone", "值班电话": "phone", "服务热线": "phone", "客服热线": "phone", "联络电话": "phone", "直拨": "phone", "专线": "phone",
    "邮箱": "email", "电邮": "email", "邮件": "email", "电子邮箱": "email", "电子邮件": "email", "信箱": "email", "电子信箱": "email", "e-mail/邮箱": "email", "邮件地址": "email", "邮箱地址": "email",
    "网址": "website", "网站": "website", "官网": "website", "主页": "website", "公司网址": "website", "公司网站": "website", "地址": "address", "公司地址": "address", "办公地址": "address", "联系地址": "address", "地点": "address", "通讯地址": "address", "通信地址": "address", "厂址": "address", "办公地点": "address", "总部": "address", "工位": "other",
    "传真": "fax", "微信": "other", "邮编": "other", "企业微信": "other", "微信号": "other", "工号": "other", "邮政编码": "other", "日期": "other", "统一编号": "other",
    "部门": "department", "所属部门": "department", "科室": "department", "单位": "company", "公司": "company", "公司名称": "company", "单位名称": "company", "姓名": "name", "联系人": "name", "对接人": "name", "经办人": "name", "发件人": "name", "name": "name", "contact": "name", "签发人": "name", "签名": "name", "署名": "name", "报告人": "name", "申请人": "name",
    "职务": "title", "职位": "title", "岗位": "title", "职称": "title", "title": "title", "position": "title", "department": "department", "dept": "department", "company": "company", "organisation": "company", "organization": "company",
}


def signature(analysis: Analysis, record: object) -> Signature | None:
    """The signature: the reader's signature part or block, else the last lines of the body that read like one."""
    return analysis.once("entities.signature", _signature)


def name_of(analysis: Analysis, signature: Signature) -> str | None:
    """The name in it; None without one."""
    return signature.name or None


def title_of(analysis: Analysis, signature: Signature) -> str | None:
    """The title in it; None without one."""
    return signature.title or None


def department_of(analysis: Analysis, signature: Signature) -> str | None:
    """The department in it; None without one."""
    return signature.department or None


def company_of(analysis: Analysis, signature: Signature) -> str | None:
    """The company in it; None without one."""
    return signature.company or None


def phone_of(analysis: Analysis, signature: Signature) -> str | None:
    """The first telephone number in it; None without one."""
    return signature.phone or None


def email_of(analysis: Analysis, signature: Signature) -> str | None:
    """The mail address in it; None without one."""
    return signature.email or None


def address_of(analysis: Analysis, signature: Signature) -> str | None:
    """The postal address in it; None without one."""
    return signature.address or None


def website_of(analysis: Analysis, signature: Signature) -> str | None:
    """The web address in it; None without one."""
    return signature.website or None


def _signature(analysis: Analysis) -> Signature | None:
    read = bool(analysis.record.headers)  # who read the headers of a mail looked for its signature too
    found = _marked(analysis) or (None if read else _trailing(analysis))
    return _parsed(analysis, *found) if found else None


# where it stands


def _marked(analysis: Analysis) -> tuple[int, Span] | None:
    """What the reader marked as a signature."""
    part = analysis.record.part("signature")
    if part is not None:
        text = analysis.folded(part)
        span = trimmed(text, 0, len(text))
        return (part, span) if len(span) else None
    for index in range(len(analysis.record.parts)):
        for block in analysis.blocks(index):
            if block.kind is BlockKind.SIGNATURE and len(block.span):
                return index, block.span
    return None


def _trailing(analysis: Analysis) -> tuple[int, Span] | None:
    """The lines after the last closing words (此致, Best regards), or the last lines that give name and contact details."""
    part = next(iter(text_parts(analysis)), None)
    if part is None:
        return None
    text = analysis.folded(part)
    ends = _last_lines(text)
    closing = sections("contacts")["closing"]
    for index in range(len(ends) - 1, -1, -1):
        if text[ends[index].start : ends[index].end].strip(" ,.!。~-\n").startswith(closing) and len(ends[index]) <= 24:
            rest = ends[index + 1 :]
            return (part, Span(rest[0].start, rest[-1].end)) if rest and _short(rest) else None
    tail = _tail(text, ends)
    pieces = sum(len(_pieces(line.of(text))) for line in tail)
    return (part, Span(tail[0].start, tail[-1].end)) if pieces > 1 and any(_reaches(text, line) for line in tail) else None


def _last_lines(text: str) -> list[Span]:
    end = len(text.rstrip())
    found: list[Span] = []
    while end > 0 and len(found) < _LAST_LINES:
        start = text.rfind("\n", 0, end) + 1
        span = trimmed(text, start, end)
        if len(span):
            found.append(span)
        end = start - 1
    return found[::-1]


def _short(lines: Sequence[Span]) -> bool:
    return all(len(line) <= 90 for line in lines) and len(lines) <= 10


def _tail(text: str, lines: Sequence[Span]) -> list[Span]:
    """The run of last lines that could be a signature: short, no sentence ends in them."""
    tail: list[Span] = []
    for line in reversed(lines):
        written = line.of(text)
        if len(written) > 60 or re.search(r"[。;!?]", written) or re.match(r"\d{1,2}[.、)]|[-*#|]\s", written):
            break
        tail.insert(0, line)
    return tail


def _reaches(text: str, line: Span) -> bool:
    written = line.of(text)
    return bool(PHONE.search(written) or EMAIL.search(written))


# what it says


def _parsed(analysis: Analysis, part: int, span: Span) -> Signature:
    passage = analysis.passage(part, span.start, span.end)
    said = _said(passage.folded, _signer(analysis))
    same = len(passage.text) == len(passage.folded)
    written = {key: _as_written(passage.text, passage.folded, value) if same else value for key, value in said.items()}
    return Signature(
        part, passage.span, passage.text, passage.folded,
        name=written.get("name", ""), title=written.get("title", ""), company=written.get("company", ""),
        phone=said.get("phone", ""), email=said.get("email", ""),
        department=written.get("department", ""), address=written.get("address", ""), website=written.get("website", ""),
    )  # fmt: skip


def _as_written(text: str, folded: str, value: str) -> str:
    at = folded.find(value)
    return text[at : at + len(value)] if at >= 0 else value


def _signer(analysis: Analysis) -> str:
    """The display name of the sender, folded: a line that says it is the name."""
    from commlint.text.fold import fold_string

    sender = analysis.record.sender
    return fold_string(sender.name.strip(" \"'")) if sender is not None and sender.name else ""


def _said(folded: str, signer: str) -> dict[str, str]:
    """The kinds of detail and their first values, folded."""
    said: dict[str, str] = {}
    unknown: list[tuple[int, str]] = []
    found = -1  # the line of the name
    number = 0
    for line in folded.split("\n")[:_MOST_LINES]:
        line = line.strip(" -_*~>\t\u2500\u2501\u2014\u2550")[:200]
        if not line or _BAR.match(line) or _DEVICE.match(line) or _is_closing(line) or _DAY.match(line) or _FOREIGN_CLOSING.match(line):
            continue
        left = [word for piece in _labels_joined(_pieces(line)) if piece for word in _take(said, piece, signer)]
        if left and "department" in said and "company" not in said and said["department"] in line and not _HAN.search(left[0]) and 0 <= found < number:
            said["company"] = left.pop(0)  # HomeMart Lagos | Imports
        unknown += [(number, word) for word in left]
        found = number if found < 0 and "name" in said else found
        number += 1
    _place(said, unknown, found, number)
    return said


def _place(said: dict[str, str], unknown: list[tuple[int, str]], found: int, lines: int) -> None:
    """Give words that nothing explains the places that stay empty: who signs first, of what unit right behind."""
    if "name" not in said:
        at = next((place for place, (number, word) in enumerate(unknown) if number <= 1 and _may_be_name(word, alone=lines == 1)), None)
        if at is not None and (said or lines <= 2):
            found, said["name"] = unknown.pop(at)
    if "department" not in said and ("name" in said or "company" in said):
        behind = (word for number, word in unknown if number <= max(found, 0) + 1 and (number != found or _HAN.search(word)) and not ("name" in said and word.startswith(said["name"])))
        unit = next((word for word in behind if _may_be_unit(word)), None)
        if unit is not None:
            said["department"] = unit


def _may_be_name(word: str, *, alone: bool) -> bool:
    """Whether a word that nothing else explains can be a name of whatever surname."""
    if _HAN.search(word):
        return re.fullmatch(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,4}\*{1,2}", word) is not None and _NO_WORD.search(word) is None
    return re.fullmatch(r"[^\W\d_]{2,14}" if alone else r"[^\W\d_]{2,14}(?: [^\W\d_]{1,14}\.?){0,2}", word) is not None and _NO_NAME.isdisjoint(word.split())


_NO_WORD = re.compile(r"[期待谢祝致敬您我你请欢迎如的了是不同号扫码关注版权微信电话地址网邮以上知悉收到办理通知附件]")


def _labels_joined(pieces: Sequence[str]) -> list[str]:
    """Pieces with a label by itself put before what it is the label of."""
    joined: list[str] = []
    for piece in pieces:
        if joined and joined[-1] in _KEYS and (len(joined[-1]) > 1 and _HAN.search(joined[-1])):
            joined[-1] = f"{joined[-1]}: {piece}"
        else:
            joined.append(piece)
    return joined


def _may_be_unit(piece: str) -> bool:
    """Whether a piece that nothing else explains, beside the name, is short and plain enough to be a department."""
    if _HAN.search(piece):
        return _NO_WORD.search(piece) is None and re.fullmatch(r"(?![于在致由向])[a-z]{0,4}[\u3400-\u9fff]{2,6}(?<![年月日春节夏秋冬])(?: / [a-z ]{2,30})?", piece) is not None
    return re.fullmatch(r"[a-z&-]{2,16}(?:,? [a-z&-]{2,16}){0,3}", piece) is not None and _NO_UNIT.isdisjoint(re.split(r"[, ]+", piece))


_NO_UNIT = frozenset(("follow", "us", "sent", "regards", "you", "we", "our", "member", "mvp", "the", "and", "on"))


def _is_closing(line: str) -> bool:
    return line.strip(" ,.!。~") in _closings()


@cache
def _closings() -> frozenset[str]:
    return frozenset(sections("contacts")["closing"])


def _pieces(line: str) -> list[str]:
    """What a line of a signature says, piece by piece; slashes part it where no address, number or Latin word has them."""
    if ":" in line:
        line = _SPREAD.sub(r"\1\2:", line)
    spread = _SPREAD_NAME.match(line)
    if _DOTTED.fullmatch(line) and not any(_UNIT.fullmatch(half) or _TITLE_END.search(half) for half in re.split("[\u00b7\u2022]", line)):
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
    label = _LABEL.match(piece) or _BARE_LABEL.match(piece)
    key = _key(label["label"]) if label else None
    if label is not None and key is not None:
        _keep(said, key, piece[label.end() :], signer)
        return ()
    if _details(said, piece) or _is_closing(piece):
        return ()
    role = _ROLE_LABEL.fullmatch(piece)
    if role is not None and (unit := _UNIT.fullmatch(role["title"])) and not _known_title(role["title"]):
        said.setdefault("department", unit[0])
        return _guess(said, role["value"], signer)
    if role is not None and (_known_title(role["title"]) or _TITLE_END.search(role["title"])):
        said.setdefault("title", re.sub(r"^(?:您|你|贵司)的", "", role["title"]))
        return _guess(said, role["value"], signer)
    if ":" in piece:
        return ()
    return _guess(said, _SEAL.sub("", _STAFF.sub("", piece)), signer)


def _key(label: str) -> str | None:
    """What a label announces; of 手机/微信 and Tel & Fax the first that is known."""
    plain = label.replace(" ", "").strip(".") if _HAN.search(label) else label.strip(" .")
    if plain in _KEYS:
        return _KEYS[plain]
    return next((_KEYS[part] for part in re.split(r"\s?[/&]\s?|\s?(?:and|及|和|兼)\s?", plain) if part in _KEYS), None)


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
        if key == "phone" and "phone" not in said and (loose := _long(re.match(r"[+(]?\d[\d ()*x#.-]{3,20}\d", value))):
            said["phone"] = loose[0]
    elif value:
        said.setdefault(key, value)


_AGAIN = re.compile(r"(?<=[\s,;、\d])(?:电\s?话|手\s?机|邮\s?箱|电子邮[件箱]|传\s?真|地\s?址|网\s?址|微\s?信|邮编|分机|职务|部门|公司|tel|fax|e-?mail|mobile|web|add(?:ress)?|[tmefpw])\s?[:.]\s?(?=\S)")


def _details(said: dict[str, str], piece: str) -> bool:
    """Whether the piece says how to reach somebody: numbers and addresses are kept."""
    found = False
    if "@" in piece and (email := EMAIL.search(piece)):
        said.setdefault("email", email[0].rstrip("."))
        found = True
    if "." in piece and (web := _WEB.search(EMAIL.sub(" ", piece))):
        said.setdefault("website", web[0])
        found = True
    if any(character.isdecimal() for character in piece) and (phone := PHONE.search(piece) or _long(_NUMBER.fullmatch(piece))):
        said.setdefault("phone", phone[0])
        found = True
    if _PLACE.search(piece) and not found:
        said.setdefault("address", piece)
        return True
    return found


def _long(match: re.Match[str] | None) -> re.Match[str] | None:
    """Numbers of fewer than seven digits are extensions and rooms."""
    return match if match is not None and sum(character.isdecimal() for character in match[0]) > 6 else None


def _guess(said: dict[str, str], piece: str, signer: str) -> tuple[str, ...]:
    """A piece without a label: words of company, department, title and name, in any order; returns those that are none."""
    if not piece or len(piece) > 60:
        return ()
    if not _HAN.search(piece):
        before = len(said)
        _guess_latin(said, piece, signer)
        plain = len(said) == before and not _latin_company().search(piece) and not _latin_title().search(piece)
        return (piece,) if plain else ()
    mixed = re.match(r"(?P<latin>[a-z][a-z.'-]{1,15}(?: [a-z][a-z.'-]{1,15}){1,3}) (?P<han>[^\x00-\xff]{2,10})$", piece)
    if mixed is not None:
        _guess_latin(said, mixed["latin"], signer)
        return () if mixed["latin"] in said.values() else _guess(said, mixed["han"], signer)
    plain_piece = _ALSO.sub("", piece).strip()
    words = [word for word in re.split(r"[\s,、]+", plain_piece) if word]
    joined = "".join(words)
    if len(words) > 1 and all(len(word) == 1 for word in words) and len(joined) <= 4:  # 张 三
        words = [piece if " " in piece and len(piece) <= 6 else joined]
    return tuple(word for word in words if not _explained(said, word, signer))


def _explained(said: dict[str, str], word: str, signer: str) -> bool:
    before = len(said)
    _guess_word(said, word, signer)
    return len(said) > before or word in said.values() or _TITLE_END.search(word) is not None or _is_company(word) or (_UNIT.fullmatch(word) is not None and "department" in said)


def _is_sender(word: str, signer: str) -> bool:
    return bool(signer) and len(word) > 1 and (word == signer or (word in signer and word in re.split(r"[\s(/|_-]", signer)))


def _nickname(word: str, signer: str) -> str:
    """What colleagues call the sender: a part of the name, 小万, 竺老师; empty for other words."""
    if word[-2:] in _HONOURED and word[-2:] not in _PROFESSIONS and len(word) in (3, 4) and _surname().match(word):
        return word if not word.startswith(signer or "\0") else signer
    if not signer or not _HAN.match(signer):
        return ""
    if word in signer and 0 < len(word) <= 4:
        return word
    if word.startswith(signer) and word[len(signer) :] in _HONOURED:
        return signer
    called = re.search(r"[小老阿大][^\x00-\xff]$", word)
    if called and called[0][1] in signer:
        return called[0]
    if not 0 < len(word) <= 4:
        return ""
    own = word in signer or (word[0] == signer[0] and (len(word) == 2 or word[1:] in ("老师", "经理", "主任", "医生", "同学", "总监")))
    return word if own else ""


@cache
def _stems() -> frozenset[str]:
    return frozenset(word for word in sections("departments")["stem"] if len(word) > 1 and not word.isascii() and word not in ("总经理", "项目", "国际", "发展", "北京", "上海", "广州", "深圳"))


def _guess_word(said: dict[str, str], word: str, signer: str) -> None:
    bracketed = re.fullmatch(r"([^()]{1,12})\(([^()]{1,20})\)", word)
    if bracketed and _is_name(bracketed[1], signer):
        _guess_word(said, bracketed[1], signer)
        _guess_word(said, bracketed[2], signer)
        return
    if _CALLED.fullmatch(word) and "name" not in said and _surname().search(word):
        said["name"] = word
        return
    if not _HAN.search(word):
        if word in ("hr", "hrbp", "pm", "ceo", "cto", "cfo", "coo", "cio", "vp", "qa"):
            said.setdefault("title", word)
        return
    plain = word.replace(" ", "")
    within = _WITHIN.match(plain)
    if within and "company" not in said and _UNIT.fullmatch(within["rest"]):
        said["company"] = within["company"]
        said.setdefault("department", within["rest"])
    elif _UNIT.fullmatch(plain) and _plain_unit(plain) and not _known_title(plain):
        said.setdefault("department", word)
    elif plain in _stems():
        said.setdefault("department", word)
    elif "name" not in said and (nick := _nickname(plain, signer)):
        said["name"] = nick
        if plain[len(nick) :] in _PROFESSIONS:
            said.setdefault("title", plain[len(nick) :])
        if plain.endswith(nick) and _TITLE_END.search(plain[: -len(nick)]):
            said.setdefault("title", plain[: -len(nick)])
    elif "company" in said and "department" not in said and plain.endswith(("学院", "支行", "分行", "门店", "店", "管理处", "研究所")):
        said["department"] = word
    elif _is_company(plain):
        _company(said, plain, signer)
    elif _is_name(plain, signer):
        said.setdefault("name", word)
    else:
        _roles(said, plain, signer)


def _company(said: dict[str, str], word: str, signer: str) -> None:
    """A company, and what is glued behind it: 示例科技有限公司采购部张三."""
    end = re.match(r".{2,40}?(?:有限责任公司|有限公司|股份公司|分公司|子公司|集团公司|公司|集团|事务所|研究院|银行|医院|大学|学院)(?=\S{2,16}$)", word)
    if end and not re.match(r"\(|股份|分公司|附属|.{0,10}(?:公司|集团|分行|支行|银行|医院)", word[end.end() :]):
        said.setdefault("company", word[: end.end()])
        _guess_word(said, word[end.end() :], signer)
    else:
        said.setdefault("company", word)


def _roles(said: dict[str, str], word: str, signer: str) -> None:
    """Department, title and name of one word: 采购部经理, 采购部张三, 张三经理."""
    unit = _UNIT.fullmatch(word)
    if unit and not _known_title(word):
        said.setdefault("department", word)
        return
    head = _UNIT.match(word)
    if head and head.end() < len(word) and _TITLE_END.search(word) and (title := word[head.end() :]) and len(title) > 1 and (_known_title(title) or _TITLE_END.search(title)) and _plain_unit(head[0]):
        said.setdefault("department", head[0])
        said.setdefault("title", title)
        return
    glued = _person_line().fullmatch(word)
    if glued and "name" not in said and not _known_title(word):
        if glued["unit"]:
            said.setdefault("department", glued["unit"])
        said["name"] = glued["name"]
        if glued["title"]:
            said.setdefault("title", glued["title"])
    elif _TITLE_END.search(word) and len(word) <= 20:
        said.setdefault("title", word)
    elif unit is None and head and head.end() < len(word):
        rest = word[head.end() :]
        if _is_name(rest, signer):
            said.setdefault("department", head[0])
            said.setdefault("name", rest)


def _plain_unit(word: str) -> bool:
    return word.endswith(("部", "中心", "科", "处", "办公室", "事业部", "组", "车间", "项目部")) and len(word) > 2


def _known_title(word: str) -> bool:
    return word in _titles() or any(word.endswith(title) for title in _titles() if len(title) > 1)


@cache
def _titles() -> frozenset[str]:
    return frozenset(word for word in sections("people")["title"] if not word.isascii())


def _is_company(word: str) -> bool:
    return word.endswith(_company_ends()) or bool(re.search(r"(?:有限责任|股份有限|有限)公司|集团", word)) or bool(re.search(r"(?:公司|银行|医院|大学|学校|局|厂|事务所|集团|院)\(", word)) or (len(word) >= 5 and word.endswith(("影城", "酒店", "餐厅", "门店", "店")))


@cache
def _company_ends() -> tuple[str, ...]:
    return tuple(word for word in sections("contacts")["company"] if not word.isascii() and word not in ("中心", "股份")) + (
        "中学", "小学", "学校", "酒店", "律所", "出版社", "报社", "商行", "工厂", "政府", "幼儿园", "管理处", "街道办事处", "协会", "基金会", "商会", "研究所", "设计院", "卫生院", "诊所", "药房", "书店", "超市", "商城", "支行", "分行", "电视台", "物业", "传媒", "科技", "国际", "实业", "控股", "旅行社", "货代", "制衣", "合作社", "中行", "交警支队", "税务所", "园区管委会", "管委会", "联盟", "网点", "营业厅", "民宿", "客栈", "工坊", "农场", "牧场", "林场", "电厂", "水厂", "药店", "影院", "影城", "剧院", "剧团", "俱乐部", "琴行", "画室", "书院", "文化", "装饰", "建设集团", "物流", "快递", "商贸", "贸易", "食品", "餐饮", "酒业", "茶业", "农业", "医药", "制药", "器械", "电器", "机械", "重工", "环保", "地产", "置业", "资本", "证券", "保险", "信托", "驾校", "村委会", "居委会", "业委会", "派出所", "税务局", "信用社", "报社", "电视台", "中国区", "工程局", "建设局"
    )


def _is_name(word: str, signer: str) -> bool:
    if _is_sender(word, signer) and not (_UNIT.fullmatch(word) and not _name().fullmatch(word)):
        return True
    return bool(_name().fullmatch(word)) and word not in _titles() and not (len(word) > 2 and word[1:] in _titles())


@cache
def _surname() -> re.Pattern[str]:
    lists = sections("people")
    return re.compile(f"(?:{choice(lists['compound'])}|[{''.join(lists['surname'])}])")


@cache
def _name() -> re.Pattern[str]:
    """张三, 欧阳小明, 张*, 小李, 老王; not 经理."""
    lists = sections("people")
    surname = f"(?:{choice(lists['compound'])}|[{''.join(lists['surname'])}])"
    return re.compile(rf"{surname}(?![经工总部监组长]$|经理|总监|工程|主任|会计|老师|主管)[^\x00-\xff]{{1,2}}|{surname}[*x\u00d7某]{{1,2}}|[小老阿]{surname}|[^\x00-\xff]{{1,5}}\u00b7[^\x00-\xff]{{1,8}}")


@cache
def _person_line() -> re.Pattern[str]:
    """张三经理, 张三(市场部经理), 市场部张三, 采购部经理张三, 王工."""
    lists = sections("people")
    surname = f"(?:{choice(lists['compound'])}|[{''.join(lists['surname'])}])"
    unit = r"(?P<unit>[^\x00-\xff]{2,10}?(?:部|中心|组|处|科|室|办))?"
    titles = choice(word for word in (*lists["title"], *lists["short-title"]) if not word.isascii())
    before = rf"(?:{choice(word for word in lists['title'] if not word.isascii())})?"
    return re.compile(rf"{unit}{before}(?P<name>{surname}(?:[^\x00-\xff]{{1,2}}|[*x\u00d7]{{1,2}})?)(?P<title>[^\x00-\xff]{{0,6}}?(?:{titles}))?")


def _guess_latin(said: dict[str, str], piece: str, signer: str) -> None:
    piece = _HONORIFIC.sub("", piece).strip()
    team = re.match(r"(?:the )?.{0,20}\bteam (?:at|of) (?P<company>.{2,40})$", piece)
    if team is not None:
        said.setdefault("company", team["company"])
    elif piece.count(",") and not _ONE_PIECE.search(piece) and any(check(each) for each in piece.split(",") for check in (_latin_company().search, _latin_title().search)) and not (_may_be_unit(piece) and _latin_title().search(piece)):
        for each in re.split(r",\s*", piece):
            _guess_latin(said, each, signer)
    elif signer and "name" not in said and (piece == signer or piece in signer.split() or _initials(piece, signer)):
        said["name"] = piece
    elif _latin_company().search(piece):
        said.setdefault("company", piece)
    elif re.search(r"\b(?:department|dept|division)\b", piece) and _ENGLISH_UNIT.fullmatch(piece):
        said.setdefault("department", piece)
    elif "title" not in said and _latin_title().search(piece) and "," in piece:
        first, _, rest = piece.partition(",")
        if _latin_title().search(first):
            said["title"] = first.strip()
            _guess_latin(said, rest.strip(), signer)
            if "department" not in said and _may_be_unit(rest.strip()) and not _latin_title().search(rest):
                said["department"] = rest.strip()
        elif _is_latin_unit(first):
            said.setdefault("department", first)
            said["title"] = rest.strip()
        else:
            said["title"] = piece
    elif _latin_title().search(piece):
        said.setdefault("title", piece)
    elif _is_latin_unit(piece):
        said.setdefault("department", piece)
    elif "name" not in said and _ENGLISH_NAME.fullmatch(piece) and (" " in piece or (not said and len(piece) > 2 and not signer)) and _NO_NAME.isdisjoint(re.split(r"[ .]+", piece)):
        said["name"] = piece


def _initials(piece: str, signer: str) -> bool:
    """S. F. Lam of somebody who goes by Lam, Siu Fung."""
    words, own = re.findall(r"\w+", piece), set(re.findall(r"\w+", signer))
    return 1 < len(words) <= 4 and all(word in own or (len(word) == 1 and any(each[0] == word for each in own)) for word in words) and any(word in own for word in words)


def _is_latin_unit(piece: str) -> bool:
    return _ENGLISH_UNIT.fullmatch(piece) is not None or piece in sections("departments")["english"] or re.search(r"\b(?:ops|operations|documentation|imports?|exports?|acquisition|tribe|squad|accounts|affairs|relations|services|faculty|admissions|finance|procurement|logistics)(?:, [a-z]{2,8})?$", piece) is not None


_NO_NAME = frozenset(("best", "regards", "thanks", "cheers", "member", "of", "mvh", "follow", "us", "on", "the", "and", "sent", "yours", "at", "to", "for", "our", "your", "a", "xx", "kind", "with"))


@cache
def _latin_company() -> re.Pattern[str]:
    words = (*(w for w in sections("contacts")["company"] if w.isascii()), "hospital", "school", "institute", "foundation", "pte", "pty", "sdn", "bhd", "llp", "holdings", "technologies", "logistics", "industries", "partners", "gmbh", "trading", "electronics", "studio", "studios", "labs", "agency", "clinic", "hotel", "foods", "motors", "airlines", "shipping", "consulting", "solutions", "systems", "software", "pharma", "textiles", "garments", "machinery", "college", "academy", "ventures", "airways")
    return re.compile(rf"\b(?:{choice(words)})\b\.?(?:\s?\([^()]{{1,20}}\))?\.?$|\b(?:sp\. ?z ?o\.?o|s\.a\.|b\.v\.|s\.r\.l|pvt|k\.k\.)|\b(?:ag|bv|oy|ab|srl|spa|kg|as)$|\b(?:co\.,? ?ltd|inc\.|ltd\.|limited)|\buniversity of\b|\bhospital\b")


@cache
def _latin_title() -> re.Pattern[str]:
    words = (*(w for w in sections("people")["title"] if w.isascii()), "hr", "hrbp", "handler", "translator", "interpreter", "head of", "teacher", "nurse", "doctor", "lecturer", "editor", "clerk", "operator", "merchandiser", "technician", "recruiter", "founder", "purchaser", "associate", "intern", "trainee", "pm", "superintendent", "inspector", "auditor", "attorney", "counsel", "advisor", "adviser", "owner", "principal", "dean", "professor", "captain", "dispatcher", "planner", "strategist", "scientist", "researcher", "programmer", "receptionist", "salesperson", "sales", "registrar", "bursar", "foreman", "surveyor", "expert", "leader")
    return re.compile(rf"(?<![a-z])(?:{choice(words)})(?![a-z])")


