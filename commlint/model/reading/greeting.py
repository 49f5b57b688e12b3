"""The salutation that a letter opens with: 各位同事:, 王经理、李工:, 大家好!, Dear all,. Whose lines they are, nothing else."""

from __future__ import annotations

import re

from commlint.model.span import Span

_LINES = 3
_LONGEST = 48
_BLANK = " \t\u3000\u00a0"
_END = ",\uff0c:\uff1a!\uff01~\uff5e\u3002."
_HAIL = r"(?:您好|你好|你们好|大家好|各位好|[早晚]上好|[上中下]午好|早安|晚安|新年好|过年好|节日好|周末好|[早好]|辛苦了?|幸会|安好|亲启|台鉴|钧鉴|惠鉴|敬启)"
_OPENS = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的|親愛的|尊貴的|尊贵的|致[:\uff1a]?(?=[^\n]{2,20}(?:公司|部|局|会|同[事仁学]|经理|先生|女士))|@?(?:各位|诸位|諸位|各[部位单區区项班门网分子直级科地参承供科室社街在大中小学兄相有]|全体|全體|所有(?:同事|人员|员工))"
    r"|(?:dear|hi|hello|hey|greetings|good (?:morning|afternoon|evening|day)|to whom it may concern|ladies and gentlemen|(?:mr|ms|mrs|dr|prof)\.? )(?![a-z]))",
    re.IGNORECASE,
)
_HAILS = re.compile(rf"[^\u3002;\uff1b?\uff1f]{{0,20}}{_HAIL}[啊呀哈哇呢]?[!\uff01,\uff0c.\u3002~\uff5e:\uff1a]{{0,3}}$")
_CHEER = re.compile(r"[^\u3002\uff0c,;\uff1b]{0,10}(?:欢迎|歡迎|辛苦|安康|愉快|快乐|顺利|hope)[^\u3002\uff0c,;\uff1b]{0,8}[!\uff01~\uff5e]$")
_NO_NAME = re.compile(
    r"(?:本[周月期次年季]|下[周月]|上[周月]|今[天日]|昨[天日]|明[天日]|已完成|未完成|待办)[^\n]{0,8}[:\uff1a]$|(?:如下|以下|完成|时间|地点|主题|内容|事项|要求|说明|通知|安排|清单|附件|计划|总结|背景|目的|议题|议程|情况|进展|名单|报告|问题|链接|资料|结果|方案|日期|材料|原因|流程|步骤|标准|目标|结论|摘要|地址|电话|备注|概述|纪要|公告|日报|周报|月报|数据|意见|建议|反馈|更新|进度|总览|风险|编号|名称|如次|几点|见下|同步|分工|任务|待办|跟进|行动|件事|决议|决定|议定|交办|布置|分派|派工|工作|记录|要点)[\uff09)]?[:\uff1a]$"
    r"|.*(?:如下|以下|关于|請見|请见|详见)|(?:subject|agenda|summary|date|time|place|note|notes|update|background|re|fyi|attached|minutes|status|topic|action items?|next steps|highlights)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"(?:好[的滴啊]|好[,\uff0c!\uff01\u3002]|收到|谢|多谢|感谢|同意|可以|行[,\uff0c]|没问题|是的|对[,\uff0c]|确认|已|嗯|不|另|附|见|请|ps|thank|ok\b|okay|sure|yes|no\b|noted|fine|great|well|agreed|confirmed|understood|got it|done|sorry|please|as |per |according|further|following|regarding|with )", re.IGNORECASE)
_MARKED = re.compile(r"\s*(?:[-*#>|\u2022\u25cf]|\d{1,3}[.、)\uff09:\uff1a]|[一二三四五六七八九十]{1,3}[、.\uff0e]|[(\uff08\u3010\[])")
_LATIN = re.compile(r"[A-Za-z][A-Za-z .,'&/\u2019-]{0,38}[,:\uff0c\uff1a!]$")


def greeting(text: str) -> Span | None:
    """The lines that greet, of a text whose only line break is "\\n"; None where it starts with something else."""
    start = end = -1
    at = 0
    for taken in range(_LINES):
        line, begins, ends = _next(text, at)
        if not line or not (_greets_on(line, text[at:begins].count("\n") > 0) if taken else _greets(line)):
            break
        start, end, at = (start if taken else begins), ends, ends + 1
    return Span(start, end) if start >= 0 else None


def _next(text: str, at: int) -> tuple[str, int, int]:
    """The next line that is not blank, without blanks around, and where it stands; empty when it is too long."""
    size = len(text)
    while at < size and (text[at] == "\n" or text[at] in _BLANK):
        at += 1
    end = text.find("\n", at, at + 4 * _LONGEST)
    end = end if end >= 0 else size if size - at <= _LONGEST else -1
    if end < 0:
        return "", at, at
    line = text[at:end].rstrip()
    return (line if len(line) <= _LONGEST else ""), at, at + len(line)


def _greets(line: str) -> bool:
    """Whether the first line of a letter addresses somebody."""
    if _MARKED.match(line) or _ANSWER.match(line):
        return False
    if "\u3002" in line[:-1] or ";" in line or "\uff1b" in line or "\uff1f" in line or "?" in line:
        return False
    last = line[-1]
    if _HAILS.match(line):
        return True
    if _OPENS.match(line):
        return last in _END or len(line) <= 16
    if last in ":\uff1a":
        return len(line) <= 26 and "\uff0c" not in line and "," not in line and not _NO_NAME.search(line) and not any(character.isdecimal() for character in line[-6:-1])
    if last in ",\uff0c":
        return not _NO_NAME.match(line) and (len(line) <= 9 or _LATIN.match(line) is not None or _titled(line))
    return False


_TITLED = re.compile(r"(?:经理|經理|总监|總監|主管|专员|專員|工程师|主任|老师|老師|同事|同仁|同学|总|總|工|哥|姐|先生|女士|小姐|团队|团队|[部组处科室]|团队|们|领导|医生|师傅|局长|院长|校长|书记|董|长)[,\uff0c]$")


def _titled(line: str) -> bool:
    return len(line) <= 24 and _TITLED.search(line) is not None


def _greets_on(line: str, apart: bool) -> bool:
    """Whether a line behind a greeting goes on greeting; `apart`: an empty line stands between."""
    if _MARKED.match(line) or _ANSWER.match(line):
        return False
    if _HAILS.match(line) and len(line) <= 20:
        return True
    return not apart and (_CHEER.match(line) is not None or (len(line) <= 26 and line[-1] in ":\uff1a" and _OPENS.match(line) is not None))
