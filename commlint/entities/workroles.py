"""Which part of a piece of work a label asks for: the task, its owner, its due time, …; lexicon/actions.txt has the endings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from commlint.entities.labels import tidy
from commlint.entities.wordlists import sections

_BY_KEY = {
    "measures": "measure", "task": "task", "task_name": "task", "requirements_of_execution": "task", "actions": "task", "next": "task", "decisions": "decision", "description": "text", "content": "text",
    "issue": "issue", "risks": "issue", "owner": "owner", "lead": "owner", "temporary_lead": "owner", "owner_department": "house", "due": "due",
    "delivery_time": "due", "milestones": "due", "resolution_time": "", "deliverable": "deliverable", "priority": "priority", "status": "status", "progress": "status",
    "support_department": "", "contact": "", "project": "text", "requester": "", "provider": "", "department": "house", "meeting_time": "date", "date": "date", "number": "",
    "name": "person", "remarks": "", "tracker": "owner", "agenda": "issue",
}
# What is to be done, the surest first: where a table has a problem and a measure, the measure is the work.
TASKS = ("measure", "task", "decision", "text", "issue")
OWNERS = ("owner", "house")
_ENDINGS = ("deliverable", "priority", "status", "due", "date", "owner", "house", "measure", "issue", "task")
_LONGEST = 24
_DOING = ("干啥", "干什么", "做啥", "做什么", "要做", "要干", "干的", "做的")
_NUMBER = " 0123456789一二三四五六七八九"
_EXACT = {"完成": "due", "人员": "person", "姓名": "person", "成员": "person", "同事": "person", "name": "person", "member": "person", "person": "person"}
_IN_CHARGE = ("责任", "负责", "承办", "主办", "牵头", "经办", "执行", "整改", "落实", "主责", "办理", "实施")
_TROUBLES = ("问题", "隐患", "缺陷", "不符合", "风险", "异常", "投诉", "故障", "现象", "客诉", "不良", "瓶颈", "困难")
_REMEDIES = ("解决", "整改", "处理", "处置", "改进", "应对", "改善", "纠正", "预防", "后续", "下一步", "下步", "控制", "防范", "补救", "跟进", "优化")
_WAYS = ("方式", "办法", "方法", "方案", "计划", "要求", "动作", "安排", "建议", "措施", "对策", "内容", "事项", "行动", "思路", "意见", "举措", "工作")
_PLANNED = ("限", "计划", "预计", "要求", "目标", "应", "拟", "最晚", "最迟", "承诺")
_WHEN = ("办结", "完成", "交付", "完工", "提交", "时间", "日期", "日", "节点", "时限", "期限")


@lru_cache(maxsize=2048)
def role(key: str, label: str) -> str:
    """The role of a column or label: one of `TASKS`, `OWNERS`, due, date, deliverable, priority or status; "" for none.

    `key` is its key in the lexicon of labels, which wins; `label` is folded.
    """
    name = tidy(label)
    if key in _BY_KEY and not (key == "issue" and _column(name) == "measure"):
        return _BY_KEY[key]
    return _column(name) if key in (name, label) else ""


def task_at(roles: Sequence[str]) -> int | None:
    """The column that says what is to be done: of the surest role, the first."""
    return next((roles.index(wanted) for wanted in TASKS if wanted in roles), None)


def may_be(wanted: str, key: str, label: str) -> bool:
    """Whether a column or label of no known role may be the `wanted` one (owner, due or measure), if what stands under it looks so."""
    if key in _BY_KEY or key not in (label, tidy(label)) or _column(tidy(label)):
        return False
    section = {"owner": "no-owner-column", "due": "no-due-column", "measure": "no-measure-column"}[wanted]
    return not any(word in label for word in _words(section))


def _column(label: str) -> str:
    if not label or len(label) > _LONGEST:
        return ""
    name = label.removesuffix("(必填)").removesuffix("栏").rstrip(_NUMBER)
    if name in _EXACT:
        return _EXACT[name]
    if "谁" in name:
        return _kept(name, "owner")
    if any(word in name for word in _DOING):
        return "task"
    if any(word in name for word in ("时候", "何时", "几号", "哪天", "哪日", "啥时")) or (name.startswith(_PLANNED) and name.endswith(_WHEN)):
        return "due"
    if any(word in name for word in _REMEDIES) and name.endswith(_WAYS):
        return "measure"
    if name.isascii() and name.startswith("what ") and not name.endswith("happened"):
        return "measure"
    if name.endswith("人") and 2 < len(name) < 6 and not _ends(name, sections("actions")["owner-column"]):
        return _kept(name, "owner")
    return _in_charge(name) or next((_kept(name, each) for each in _ENDINGS if _ends(name, sections("actions")[f"{each}-column"])), "")


def _in_charge(name: str) -> str:
    """A person or house that 责任, 承办 and the like in the label call for."""
    if not name.startswith(_IN_CHARGE) or any(word in name for word in _words("no-owner-column")):
        return ""
    if name.endswith("人"):
        return "owner"
    return "house" if name.endswith(("部门", "单位", "科室", "处室", "班组", "车间", "方")) else ""


def _kept(name: str, role_: str) -> str:
    """The role that a label ends in, unless another word in it speaks against."""
    if role_ == "task" and any(word in name for word in _TROUBLES):
        return "issue"
    section = {"owner": "no-owner-column", "house": "no-owner-column", "due": "no-due-column", "date": "no-due-column"}.get(role_)
    against = _words(section) if section else ("应急", "临时", "已") if role_ == "measure" else ()
    return "" if any(word in name for word in against) else role_


def _ends(name: str, words: Sequence[str]) -> bool:
    if name.isascii():
        return name in words
    return name.endswith(tuple(word for word in words if not word.isascii())) or name in words


@cache
def _words(section: str) -> tuple[str, ...]:
    return sections("actions")[section]
