"""What only looks like a time: addresses and file names are hidden, numbers of other things are turned away."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from attrs import frozen

from commlint.entities.time.shape import Shape, compiled
from commlint.entities.time.starts import GUARD_ENDS

_EXTENSIONS = "docx?|xlsx?|pptx?|pdf|txt|csv|zip|rar|7z|eml|msg|md|png|jpe?g|gif|mp[34]|wps|et|json|xml|html?|log|bak|sql|py|ics|vsdx?|xmind|tar|gz"
# By what each begins with: looked for apart, since a text without @ is told at once.
_MARKS = (("@", re.compile("@")), ("://", re.compile("://")), ("www.", re.compile(r"www\.")), (".", re.compile(rf"\.(?:{_EXTENSIONS})(?![a-z0-9])")))
_REACH = 48  # no file name is looked for further back than this
_URL_END = r"[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef,;\"'<>()]{0,400}"
_ADDRESS_END = r"[a-z0-9.-]{0,80}"
_NAME = r"[\w.()\[\]+~#-]*$"
_ADDRESS = r"[a-z0-9._%+-]*$"
_SCHEME = r"[a-z][a-z0-9+.-]*$"
# Words that cannot be inside a file name: what follows is the name, what precedes is the sentence.
_BOUNDARY = r"(?s:.*(?:前|内|于|把|将|发送|提交|附件|上传|查收|参见|详见|见|请|在|反馈|更新|的文件|下载|查看)(?=\w))"


@frozen
class Hidden:
    """Stretches in which nothing is looked for, in order."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def end_of(self, at: int) -> int:
        """Where the stretch around `at` ends; `at` itself when there is none."""
        index = bisect_right(self.starts, at) - 1
        return self.ends[index] if index >= 0 and at < self.ends[index] else at


def masked(text: str) -> Hidden | None:
    """URLs, mail addresses and file names of `text`; None when there are none."""
    found = [_stretch(text, match) for begin, mark in _MARKS if begin in text for match in mark.finditer(text)]
    return _merged(found) if found else None


def _stretch(text: str, match: re.Match[str]) -> tuple[int, int]:
    mark, low = match.group(), max(0, match.start() - _REACH)
    before = text[low : match.start()]
    if mark == "@":
        return match.start() - len(_tail(_ADDRESS, before)), _reach(_ADDRESS_END, text, match.end())
    if mark in ("://", "www."):
        return match.start() - len(_tail(_SCHEME, before)) * (mark == "://"), _reach(_URL_END, text, match.end())
    title = before.rfind("《")
    if title > before.rfind("》") and title >= 0:
        return low + title, match.end()
    name = _tail(_NAME, before)
    boundary = compiled(_BOUNDARY).match(name)
    return match.start() - len(name) + (boundary.end() if boundary else 0), match.end()


def _tail(pattern: str, before: str) -> str:
    found = compiled(pattern).search(before)
    return found.group() if found else ""


def _reach(pattern: str, text: str, at: int) -> int:
    found = compiled(pattern).match(text, at)
    return found.end() if found else at


def _merged(stretches: list[tuple[int, int]]) -> Hidden:
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(stretches):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return Hidden(tuple(starts), tuple(ends))


# What must not stand right before a shape, by its name, its role or what it begins with.
LEFT = {
    # Parts of numbers, codes, versions, amounts and paths.
    "digit": r"[a-z_/\\^]$|[#$\uffe5\u00a5\u00a3\u20ac\u2116\u7b2c] ?$|[a-z][-.]$|\d-$|(?<!\n)(?<!\n\d)\d\.$|(?<!\n)(?<!\n\d)\d[.,:]$|[+]$|[a-z]{2,}[- ]?[vr]?\d*[-.]$|(?<![a-z])(?:no|vol|ver|rev|id|room|rm|gate|tel|fax|ext|utc|gmt|port|line|art|sec|fig)[.: ]{0,2}[+-]?$|[x×*]$|(?:编号|单号|工号|文号|房号|车牌|代码|邮编|电话|手机|分机|座机|热线|账号|卡号|会议号|会议id|工位|机位|料号|批号|批次|版本|图号|楼号|序号|流水号|标段)[: ]{0,2}$",
    "numeral": r"[第]$",
    "DAY": r"[第]$",
    "day-number": r"叫号?到$|排到第?$|[路街道巷弄村里区幢栋座楼层室〕\])】期批组a-z-] ?$|(?:编号|文号|房号|工位|机位|员工|学|尾|型|编|排|列|井|站|院|馆|桌|台)$|(?:第|no\.?) ?$",
    "day-number-chinese": r"[路街道巷弄幢栋座楼〕第]$",
    "day-only": r"(?:期限|时限|工期|周期|有效期|交期|账期|时效)[: 为是]{0,3}$|[第周星礼如复]$|(?:为期|历时|连续|共计?|满|逾期|超期|超过|账期|近|前|后|每|延期|延迟|不足|剩余?|试用)$",
    "relative-day": r"先天$|[之以年月星周往目先]$|(?:之|以)$",
    "weekday": r"(?<![名清菜订账简工表])单$|[色末每隔双一二三四五六七八九十两几\d个度]$",
    "next-workday": r"[每]$",
    "week": r"[基根版原成资样标脚文剧课范日书话]$",
    "month-relative": r"[基]$",
    "close": r"[上]$",
    "month-end": r"[\d岁每正腊]$",
    "year-end": r"[\d每往历一二三四五六七八九十百千]$",
    "before-new-year": r"[\d一二三四五六七八九十百千多几今去明前后半同当往早两数近上调环细情季音章枝关过佳春国]$",
    "after-new-year": r"[\d一二三四五六七八九十百千多几今去明前后半同当往早两数近调环细情季音章枝关国]$",
    "year-month-inside": r"[\d一二三四五六七八九十百千多几半本今去明当全同两每个周年上下]$",
    "third-of-month": r"[/\d个正腊岁当每整年明花星]$",
    "part-of-day": r"[第]$",
    "clock": r"(?:端口|port) ?:? ?$|(?:比例?|比分|按|以|尺|配比|率|汇率|胜|负|战绩|图幅|诗篇|福音|约翰|马太)[为是约: ]{0,2}$",
    "clock-hour": r"[第达共有分]$",
    "clock-hour-bare": r"[第下列上述这那几各每有分共提补讲谈说到百]$|(?:以下|如下|以上|几个|共计|下列|总结|强调)$|[.]$",
    "clock-hours": r"[第有提]$",
    "short-date": r"[a-z0-9第(v]$|(?:版本|章节|第|见|图|表|比分|评分|得分|单价|价格|金额|共|约|为|比例|占比)[: ]{0,2}$",
    "LENGTH": r"第 ?$",
    "duration-days": r"如$",
    "duration-compound": r"[第]$",
    "duration": r"[日月周年]均$|[复每某哪这那有前头第逐旧同另当]$|(?<!间)隔$|(?:^|[^\u4e00-\u9fff]|[最其往])后$|[7七] ?[x*×] ?$|(?:有|某|同|每|另|第|前)一?$",
    "trading-day": r"[a-z0-9]$",
    "lead": r"(?:不|未)$",
    "from-now-past": r"[超经通不越度路错渡难胜熬挺撑]$",
    "every": r"[a-z]$",
    "half": r"[第]$",
    "quarter": r"[a-z0-9]$|(?:faq ?|第|奥迪 ?|audi )$",
    "en-weekday": r"(?:black|good|tgi|cyber|ash|fat) $",
    "en-every-weekday": r"(?:black|good|tgi|cyber) $",
    "year": r"[第近过前后a-z]$",
    "vague": r"挽$",
    "placeholder-pending": r"(?:地点|人选|人员|负责人|方案|价格|金额|预算|会议室|主题|名额|地址|供应商|内容|议题|单价|名单|主持人|渠道|方式|形式)[: ]{0,2}(?:[^,;。\n:]{0,3})\n?$",
    "en-pending": r"(?:venue|location|place|room|owner|price|name|address|budget|speaker|host|link|地点|负责人|会议室|预算|价格|金额|名单|供应商)(?: is|:| -)? ?$",
    "placeholder-date": r"[a-z0-9]$",
    "placeholder-length": r"[a-z0-9]$",
    "en-month-day": r"[a-z]$",
}


_RIGHT = {
    "weekday": r"(?:福(?:珠宝|金|首饰|,|、)|福$|一练|五见|餐厅|餐吧|酒吧|酒店|酒馆|俱乐部|乐队|乐团|书店|书屋|咖啡|影院|剧院|效应|综合征|超市|便利店)",
    "relative-day": r"(?:达(?!成|到|标|产|不)|形成|养成|培养|因素|努力|习得|获得|津|系公司|系企业|方舟|香港|资讯|重现|黄花|青年报|美术|资本|控股)",
    "day-only": r"(?:千里|三餐|之计|之雅|之长|三秋)",
    "en-weekend-day": r" (?:times|post|roast|inc|night football)(?![a-z])",
    "en-weekday": r" (?:sale|agreement|prayer|night football|times|post|roast)(?![a-z])|-(?:like|style|ish|type)| (?:ami|amie|dieu|cher)(?![a-z])",
    "clock": r" ?(?:战胜|获胜|领先|大胜|击败|胜出|落败|的比例|比例|的?比分|稀释|配比|混合|缩放|小时制)",
    "duration": r"(?:陈酿|陈皮|老店|连锁|酒店|三夜|动态|保价|价保|四季|一度|到晚|到头|千里|三餐|之计|之长|如一日|不间断|无休|热线|客服|在线|营业|服务热线|全天候|便利|值守|监控|响应机制|无理由|营业时间|小时制|待命|供暖|供电|供水|运行|专线|自助|保姆)",
    "short-date": r" ?(?:版|章|节|条|%|分|倍|元|级|万|亿|吨|米|公里|寸|折|点|度)",
}
_THOUSAND = r"\d{3}(?!\d)"
_LIMITED = r" ?(?:(?:之|以)?前|截止|下班|[~\-至到\u2013\u2014] ?\d{1,2}/\d)"  # (6/17前) is a day, (6/17) may be a page
_BEFORE = 10


def _line_before(text: str, start: int) -> str:
    """What stands before `start`; the beginning of a line or sentence as a line break, so that 1. is seen to count a list."""
    before = text[max(0, start - _BEFORE) : start]
    before = ("\n" + before if start <= _BEFORE else before).replace("。", "\n").replace("\n ", "\n")
    if before.endswith(",") and not compiled(_THOUSAND).match(text, start):
        return before[:-1] + " "  # 12:00,14:00 goes on; 12,300 is one number
    return before


class _Any(frozenset[str]):
    """Any character."""

    def __contains__(self, character: object) -> bool:
        return character != ""


_ANY = _Any()


class Guards(NamedTuple):
    """What must not stand before a shape: patterns, each with the characters that what it finds can end with; and these together."""

    each: tuple[tuple[frozenset[str], re.Pattern[str]], ...]
    ends: frozenset[str]


def not_behind(shape: Shape) -> Callable[[str, int], re.Match[str] | None] | None:
    """What must not stand behind a shape."""
    return compiled(_RIGHT[shape.name]).match if shape.name in _RIGHT else None


def not_before(shape: Shape, first: str) -> Guards | None:
    """What must not stand before a shape, by its name, its role and the character that it begins with."""
    keys = (shape.name, shape.role.name, *(["numeral"] if not first.isascii() else ["digit"] if first.isdigit() else []))
    each = tuple((GUARD_ENDS.get(key, _ANY), compiled(LEFT[key])) for key in keys if key in LEFT)
    ends = [ends for ends, _ in each]
    return Guards(each, _ANY if any(every is _ANY for every in ends) else frozenset().union(*ends)) if each else None


def rejected(left: Guards, mark: str, shape: Shape, text: str, start: int, end: int) -> bool:  # noqa: PLR0917  # in the inner loop
    """Whether what stands before a match, by these guards, says that it is no time; `mark` is the one before it."""
    before = ""
    for ends, guard in left.each:
        if mark in ends:
            before = before or _line_before(text, start)
            found = guard.search(before)
            if found is not None and found.end() == len(before):  # $ also finds what ends the line above
                return not (shape.name == "short-date" and before.endswith("(") and compiled(_LIMITED).match(text, end))
    return False


def mark_before(text: str, start: int) -> str:
    """The character before `start`, blanks and the comma of an enumeration passed over; any digit as an ASCII one."""
    last = text[start - 1]
    if last == " " or (last == "," and not compiled(_THOUSAND).match(text, start)):
        last = text[max(0, start - _BEFORE) : start - 1].rstrip(" ")[-1:]
    return "0" if last.isdecimal() and not last.isascii() else last
