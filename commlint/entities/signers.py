"""Which words of a signature are a name, a title, a department or a company. All texts are folded."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from commlint.entities.departments import choice
from commlint.entities.wordlists import sections

_ALSO = re.compile(r"\s?\([a-z][a-z .,'-]{1,40}\)|(?<=[^\x00-\xff])\s[a-z][a-z .'-]{1,30}$")  # a name in Latin script beside the Chinese one
_HONORIFIC = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof|eng|madam|from|by)\.? |\s?\((?:mr|ms|mrs|miss|he/him|she/her|they/them)\.?\)$|,? (?:ph\.?d|msc|bsc|llm|llb|mph|mba|cpa|pmp|m\.?d|esq|cfa|rn)\.?$")
_HONOURED = ("同学", "老师", "先生", "女士", "小姐", "医生", "博士", "教授", "律师", "护士", "师傅")
_PROFESSIONS = ("律师", "医生", "教授", "护士")
_WITHIN = re.compile(r"(?P<company>[^\x00-\xff()]{2,20}?(?:公司|集团|银行|医院|大学|研究院))(?P<rest>[^\x00-\xff]{2,12}(?:部|中心|科|处|室|组|办))$")
_ONE_PIECE = re.compile(r"^[^,]{1,40}(?:, ?| )(?:co\.?,? ?)?(?:ltd|inc|llc|limited|plc|corp)\.?(?:, [^,]{2,20})?$")
_CALLED = re.compile(r"[a-z]{2,12}(?:老师|哥|姐|总|[\u3400-\u9fff]{1,3})")
HAN = re.compile(r"[\u3400-\u9fff]")
UNIT = re.compile(
    r"[^\x00-\xff]{1,16}?(?:事业部|事业群|项目部|项目组|办公室|办公厅|委员会|服务部|分公司|部门|团队|车间|大区|工段|班组|工作组|中心|部|处|科|室|组|办|课|院|系|站|所|厅|社|队|支行|门店|店)(?:[一二三四五六七八九十\d](?:部|组|处|科|室|队))?(?:\([^()]{1,10}\))?"
)
_ENGLISH_UNIT = re.compile(r"(?:[a-z&/-]{1,20} ){0,4}(?:department|dept\.?|division|team|office|unit|desk|section)(?: \d)?(?: of (?:[a-z&-]{2,20} ?){1,3})?|(?:department|dept\.?|division|office) of (?:the )?(?:[a-z&-]{2,20} ?){1,4}")
_ENGLISH_NAME = re.compile(r"[^\W\d_][a-z\u00df-\u017f'\u2019-]*\.?(?: (?:[^\W\d_][a-z\u00df-\u017f'\u2019-]*\.?|\([a-z]{2,15}\)|\"[a-z]{2,15}\")){1,3}|[a-z]{2,14}")
TITLE_END = re.compile(r"(?:[理监管员师长记任计纳书事裁代表席工问理授士生总]|负责人|编辑|记者|策划|文案|护士|技师|教练|导师|班主任|调度|内勤|跟单|仓管|品管|督导|领班|编导|主播|专家|委员|法人|创始人|助理|负责|顾问|秘书|岗|经办|联络人|对接人|联系人|教研员|合伙人|博士|院士|lead|pmo?|hr(?:bp)?)(?:\([^()]{1,12}\))?$")
_NO_WORD = re.compile(r"[期待谢祝致敬您我你请欢迎如的了是不同号扫码关注版权微信电话地址网邮以上知悉收到办理通知附件]")
_NO_UNIT = frozenset(("follow", "us", "sent", "regards", "you", "we", "our", "member", "mvp", "the", "and", "on"))
_NO_NAME = frozenset(("best", "regards", "thanks", "cheers", "member", "of", "mvh", "follow", "us", "on", "the", "and", "sent", "yours", "at", "to", "for", "our", "your", "a", "xx", "kind", "with"))


_NO_LAST = ("办", "会", "台", "委", "库", "仓", "班", "区", "园", "楼", "岗", "线", "窗口", "城", "店", "厂", "校", "报", "网", "群")


def may_be_name(word: str, *, alone: bool) -> bool:
    """Whether a word that nothing else explains can be a name of whatever surname."""
    if HAN.search(word):
        return not word.endswith(_NO_LAST) and re.fullmatch(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,4}\*{1,2}", word) is not None and _NO_WORD.search(word) is None
    return re.fullmatch(r"[^\W\d_]{2,14}" if alone else r"[^\W\d_]{2,14}(?: [^\W\d_]{1,14}\.?){0,2}", word) is not None and _NO_NAME.isdisjoint(word.split())


def may_be_unit(piece: str) -> bool:
    """Whether a piece that nothing else explains, beside the name, is short and plain enough to be a department."""
    if HAN.search(piece):
        return _NO_WORD.search(piece) is None and re.fullmatch(r"(?![于在致由向])[a-z]{0,4}[\u3400-\u9fff]{2,6}(?<![年月日春节夏秋冬])(?: / [a-z ]{2,30})?", piece) is not None
    return re.fullmatch(r"[a-z&-]{2,16}(?:,? [a-z&-]{2,16}){0,3}", piece) is not None and _NO_UNIT.isdisjoint(re.split(r"[, ]+", piece))


@lru_cache(maxsize=1024)
def person(signer: str) -> str:
    """The sender's name where it is a person's; empty where a company, a unit or a mailbox sends."""
    plain = re.sub(r"\([^()]*\)$", "", signer).strip()
    if _is_company(plain) or UNIT.fullmatch(plain) or plain in _stems() or plain.endswith(("客服", "行政", "人事", "财务", "教务", "通知", "邮箱", "系统", "助手", "办事处")):
        return signer if _name().fullmatch(plain) and not _plain_unit(plain) else ""
    return signer


_MIXED = re.compile(r"(?P<latin>[a-z][a-z.'-]{1,15}(?: [a-z][a-z.'-]{1,15}){1,3}) (?P<han>[^\x00-\xff]{2,10})$")
_GAP = re.compile(r"[\s,、]+")


def guess(said: dict[str, str], piece: str, signer: str) -> tuple[str, ...]:
    """A piece without a label: words of company, department, title and name, in any order; returns those that are none."""
    if not piece or len(piece) > 60:
        return ()
    if not HAN.search(piece):
        before = len(said)
        _guess_latin(said, piece, signer)
        plain = len(said) == before and not _latin_company().search(piece) and not _latin_title().search(piece)
        return (piece,) if plain else ()
    mixed = _MIXED.match(piece) if piece[0].isascii() else None
    if mixed is not None:
        _guess_latin(said, mixed["latin"], signer)
        return () if mixed["latin"] in said.values() else guess(said, mixed["han"], signer)
    plain_piece = _ALSO.sub("", piece).strip()
    words = [word for word in _GAP.split(plain_piece) if word]
    joined = "".join(words)
    if len(words) > 1 and all(len(word) == 1 for word in words) and len(joined) <= 4:  # 张 三
        words = [piece if " " in piece and len(piece) <= 6 else joined]
    return tuple(word for word in words if not _explained(said, word, signer))


def _explained(said: dict[str, str], word: str, signer: str) -> bool:
    before = len(said)
    _guess_word(said, word, signer)
    return len(said) > before or word in said.values() or TITLE_END.search(word) is not None or _is_company(word) or (UNIT.fullmatch(word) is not None and "department" in said)


def _is_sender(word: str, signer: str) -> bool:
    return bool(signer) and len(word) > 1 and (word == signer or (word in signer and word in re.split(r"[\s(/|_-]", signer)))


def _nickname(word: str, signer: str) -> str:
    """What colleagues call the sender: a part of the name, 小万, 竺老师; empty for other words."""
    if word[-2:] in _HONOURED and word[-2:] not in _PROFESSIONS and len(word) in (3, 4) and _surname().match(word):
        return word if not word.startswith(signer or "\0") else signer
    if not signer or not HAN.match(signer):
        return ""
    if word in signer and 0 < len(word) <= 4:
        return word
    if word.startswith(signer) and word[len(signer) :] in _HONOURED:
        return signer
    called = word[-2:]
    if len(called) == 2 and called[0] in "小老阿大" and called[1] in signer and called[1] > "\xff":
        return called
    if not 0 < len(word) <= 4:
        return ""
    own = word in signer or (word[0] == signer[0] and (len(word) == 2 or word[1:] in ("老师", "经理", "主任", "医生", "同学", "总监")))
    return word if own else ""


@cache
def _stems() -> frozenset[str]:
    return frozenset(word for word in sections("departments")["stem"] if len(word) > 1 and not word.isascii() and word not in ("总经理", "项目", "国际", "发展", "北京", "上海", "广州", "深圳"))


def _guess_word(said: dict[str, str], word: str, signer: str) -> None:
    bracketed = re.fullmatch(r"([^()]{1,12})\(([^()]{1,20})\)", word) if "(" in word else None
    if bracketed and _is_name(bracketed[1], signer):
        _guess_word(said, bracketed[1], signer)
        _guess_word(said, bracketed[2], signer)
    elif word[0].isascii() and "name" not in said and _CALLED.fullmatch(word) and _surname().search(word):
        said["name"] = word
    elif HAN.search(word):
        _guess_han(said, word, word.replace(" ", ""), signer)
    elif word in _SHORT_TITLES:
        said.setdefault("title", word)


_SHORT_TITLES = frozenset(("hr", "hrbp", "pm", "ceo", "cto", "cfo", "coo", "cio", "vp", "qa"))
_INSIDE_A_COMPANY = ("学院", "支行", "分行", "门店", "店", "管理处", "研究所")


def _guess_han(said: dict[str, str], word: str, plain: str, signer: str) -> None:
    within = _WITHIN.match(plain) if "company" not in said else None
    if within and UNIT.fullmatch(within["rest"]):
        said["company"] = within["company"]
        said.setdefault("department", within["rest"])
    elif (_plain_unit(plain) and UNIT.fullmatch(plain) and not known_title(plain)) or (plain in _stems() and not TITLE_END.search(plain)):
        said.setdefault("department", word)
    elif "name" not in said and (nick := _nickname(plain, signer)):
        _named(said, plain, nick)
    elif "company" in said and "department" not in said and plain.endswith(_INSIDE_A_COMPANY):
        said["department"] = word
    elif _is_company(plain):
        _company(said, plain, signer)
    elif _is_name(plain, signer):
        said.setdefault("name", word)
    else:
        _roles(said, plain, signer)


def _named(said: dict[str, str], word: str, nick: str) -> None:
    """The name, and a profession behind it or a title before it: 高山律师, 店长大刘."""
    said["name"] = nick
    if word[len(nick) :] in _PROFESSIONS:
        said.setdefault("title", word[len(nick) :])
    if word.endswith(nick) and TITLE_END.search(word[: -len(nick)]):
        said.setdefault("title", word[: -len(nick)])


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
    unit = UNIT.fullmatch(word)
    if unit and not known_title(word):
        said.setdefault("department", word)
        return
    head = UNIT.match(word)
    if head and head.end() < len(word) and TITLE_END.search(word) and (title := word[head.end() :]) and len(title) > 1 and (known_title(title) or TITLE_END.search(title)) and _plain_unit(head[0]):
        said.setdefault("department", head[0])
        said.setdefault("title", title)
        return
    glued = _person_line().fullmatch(word)
    if glued and "name" not in said and not known_title(word):
        if glued["unit"]:
            said.setdefault("department", glued["unit"])
        said["name"] = glued["name"]
        if glued["title"]:
            said.setdefault("title", glued["title"])
    elif TITLE_END.search(word) and len(word) <= 20:
        said.setdefault("title", word)
    elif unit is None and head and head.end() < len(word):
        rest = word[head.end() :]
        if _is_name(rest, signer):
            said.setdefault("department", head[0])
            said.setdefault("name", rest)


def _plain_unit(word: str) -> bool:
    return word.endswith(("部", "中心", "科", "处", "办公室", "事业部", "组", "车间", "项目部")) and len(word) > 2


def known_title(word: str) -> bool:
    """Whether a word is a title of the list, or ends in a longer one."""
    return word in _titles() or word.endswith(_title_ends())


@cache
def _title_ends() -> tuple[str, ...]:
    return tuple(title for title in sorted(_titles()) if len(title) > 1)


@cache
def _titles() -> frozenset[str]:
    return frozenset(word for word in sections("people")["title"] if not word.isascii())


def _is_company(word: str) -> bool:
    if word.endswith(_company_ends()) or "有限公司" in word or "有限责任公司" in word or "集团" in word:
        return True
    return ("(" in word and _BRANCH.search(word) is not None) or (len(word) >= 5 and word.endswith(("影城", "酒店", "餐厅", "店")))


_BRANCH = re.compile(r"(?:公司|银行|医院|大学|学校|局|厂|事务所|集团|院)\(")


@cache
def _company_ends() -> tuple[str, ...]:
    return (*(word for word in sections("contacts")["company"] if not word.isascii() and word not in ("中心", "股份")), *(word for word in sections("signature")["company"] if not word.isascii()))


def _is_name(word: str, signer: str) -> bool:
    if _is_sender(word, signer) and not (UNIT.fullmatch(word) and not _name().fullmatch(word)):
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


def _guess_latin(said: dict[str, str], written: str, signer: str) -> None:
    piece = _HONORIFIC.sub("", written).strip()
    team = re.match(r"(?:the )?.{0,20}\bteam (?:at|of) (?P<company>.{2,40})$", piece)
    if team is not None:
        said.setdefault("company", team["company"])
    elif _is_a_list(piece):
        for each in re.split(r",\s*", piece):
            _guess_latin(said, each, signer)
    elif signer and "name" not in said and (piece == signer or piece in signer.split() or _initials(piece, signer)):
        said["name"] = piece
    elif _latin_company().search(piece):
        said.setdefault("company", piece)
    elif _LATIN_DEPARTMENT.search(piece) and _ENGLISH_UNIT.fullmatch(piece):
        said.setdefault("department", piece)
    elif _latin_title().search(piece):
        _latin_role(said, piece, signer)
    elif _is_latin_unit(piece):
        said.setdefault("department", piece)
    elif "name" not in said and _ENGLISH_NAME.fullmatch(piece) and (" " in piece or (not said and len(piece) > 2 and not signer)) and _NO_NAME.isdisjoint(re.split(r"[ .]+", piece)):
        said["name"] = piece


_LATIN_DEPARTMENT = re.compile(r"\b(?:department|dept|division)\b")


def _is_a_list(piece: str) -> bool:
    """Whether commas part a name, a title and a company: Ann Lee, Finance Manager, Example Ltd."""
    if "," not in piece or _ONE_PIECE.search(piece) or (may_be_unit(piece) and _latin_title().search(piece)):
        return False
    return any(check(each) for each in piece.split(",") for check in (_latin_company().search, _latin_title().search))


def _latin_role(said: dict[str, str], piece: str, signer: str) -> None:
    """A title, and what stands behind a comma: Accountant, Finance Department; QA Lead, Payments Tribe."""
    first, _, rest = (part.strip() for part in piece.partition(","))
    if "title" in said or not rest:
        said.setdefault("title", piece)
    elif _latin_title().search(first):
        said["title"] = first
        _guess_latin(said, rest, signer)
        if "department" not in said and may_be_unit(rest) and not _latin_title().search(rest):
            said["department"] = rest
    elif _is_latin_unit(first):
        said.setdefault("department", first)
        said["title"] = rest
    else:
        said["title"] = piece


def _initials(piece: str, signer: str) -> bool:
    """S. F. Lam of somebody who goes by Lam, Siu Fung."""
    words, own = re.findall(r"\w+", piece), set(re.findall(r"\w+", signer))
    return 1 < len(words) <= 4 and all(word in own or (len(word) == 1 and any(each[0] == word for each in own)) for word in words) and any(word in own for word in words)


def _is_latin_unit(piece: str) -> bool:
    return _ENGLISH_UNIT.fullmatch(piece) is not None or piece in sections("departments")["english"] or re.search(r"\b(?:ops|operations|documentation|imports?|exports?|acquisition|tribe|squad|accounts|affairs|relations|services|faculty|admissions|finance|procurement|logistics)(?:, [a-z]{2,8})?$", piece) is not None


@cache
def _latin_company() -> re.Pattern[str]:
    words = (*(w for name in ("contacts", "signature") for w in sections(name)["company"] if w.isascii()),)
    return re.compile(rf"\b(?:{choice(words)})\b\.?(?:\s?\([^()]{{1,20}}\))?\.?$|\b(?:sp\. ?z ?o\.?o|s\.a\.|b\.v\.|s\.r\.l|pvt|k\.k\.)|\b(?:ag|bv|oy|ab|srl|spa|kg|as)$|\b(?:co\.,? ?ltd|inc\.|ltd\.|limited)|\buniversity of\b|\bhospital\b")


@cache
def _latin_title() -> re.Pattern[str]:
    words = (*(w for w in sections("people")["title"] if w.isascii()), *sections("signature")["title"])
    return re.compile(rf"(?<![a-z])(?:{choice(words)})(?![a-z])")
