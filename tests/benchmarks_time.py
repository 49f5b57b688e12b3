"""How fast time expressions are found: `python -m tests.benchmarks_time` prints the time of a mail, speed, and growth on hostile lines."""

from __future__ import annotations

import time
from cProfile import Profile
from datetime import datetime

from commlint.calendar import china
from commlint.entities.analysis import RecordAnalysis
from commlint.entities.time import recognise
from commlint.model.environment import Environment
from commlint.model.record import Record
from commlint.model.source import Source
from commlint.text.fold import fold
from tests.benchmarks_entities import MAIL, Asker

_REF = datetime(2024, 5, 22, 10, 30)
_MAIL = """各位好:
关于项目推进会的安排,请各部门于5月25日18:00前提交材料。会议时间:2024-05-28 14:00-16:00,地点三楼会议室。市场部负责对接客户,技术部在收到通知后3个工作日内完成评审,
并尽快反馈结果。其余事项按照原计划执行,如有问题请联系张经理。本次会议讨论了产品定位、渠道政策和售后服务三个方面的内容,与会人员达成一致意见,具体分工如下。
The vendor will send the contract by Friday and we expect to finish within 3 business days. Please review the attached document and let us know your opinion about the plan.
"""
HOSTILE = {
    "digits": "1", "spaced digits": "1 ", "colons": ":", "clocks": "12:", "months": "1月", "dates": "5月1日", "numerals": "一", "spaced numerals": "一 ", "underscores": "_", "placeholders": "x ", "dashes": "1-",
    "addresses": "a@", "file names": ".doc", "URLs": "a://", "weekdays": "周一至", "lists": "每周一、", "suffixes": "前", "limits": "3个工作日内", "vague": "尽快", "English": "monday ", "within": "within ", "Q1": "q1 ", "workdays": "本周第一个工作日", "quarters": "2024年q1", "ordinals": "the 1st of each month ", "weeks of": "week of june 3 ", "compound": "1年2个月", "festivals": "双11前", "recurring lists": "每月1日、2日、3日", "hours": "每天9:00、",
    "counts": "1(1)", "past": "过三天", "leads": "大会前3天", "halves": "1h24 ", "every quarter": "每季度第一个月10日", "brackets": "【", "blanks": " ", "listed weekdays": "周一、二、三、四", "listed days": "5月1、2、3、4日", "guards": "编号 2,",
}


def seconds(text: str, *, rounds: int = 3) -> float:
    """The least CPU time of some rounds."""
    environment = Environment(china())
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        recognise(text, reference=_REF, environment=environment)
        best = min(best, time.process_time() - start)
    return best


def speed() -> float:
    """Characters a second on ordinary business text."""
    text = fold(_MAIL * 100).text
    return len(text) / seconds(text)


def growth(unit: str, length: int = 10_000) -> tuple[float, float]:
    """Seconds for a line of `length` characters, and how many times that a line of twice the length takes."""
    line = (unit * length)[:length]
    once = seconds(line)
    return once, seconds(line * 2) / max(once, 1e-6)


def mail(rounds: int = 1000) -> tuple[float, int]:
    """The least seconds that `record.deadlines` of a mail of 2 KB takes once its sentences and fields are known, and how many calls it makes."""
    asker = Asker()
    (record,) = asker.linter.records(Source("mail.eml", MAIL.encode()))
    best = min(_deadlines(asker, record) for _ in range(rounds))
    counted = Profile()
    _deadlines(asker, record, counted)
    return best, sum(entry.callcount for entry in counted.getstats())


def _deadlines(asker: Asker, record: Record, profile: Profile | None = None) -> float:
    analysis = RecordAnalysis(record, asker.environment, asker.getters)
    analysis.value("record.sentences")
    analysis.value("record.fields")
    if profile is not None:
        profile.enable()
    start = time.process_time()
    analysis.value("record.deadlines")
    spent = time.process_time() - start
    if profile is not None:
        profile.disable()
    return spent


def main() -> None:
    """Print the figures beside their goals."""
    seconds(_MAIL)
    least, calls = mail()
    print(f"deadlines of a mail of 2 KB {least * 1000:.3f} ms (goal 0.4), {calls} calls")
    print(f"speed {speed():,.0f} characters/s (goal 150,000)")
    for name, unit in HOSTILE.items():
        once, ratio = growth(unit)
        print(f"{name:18} {once:.4f} s for 10,000 characters (goal 0.08), x{ratio:.2f} for twice as many")


if __name__ == "__main__":
    main()
