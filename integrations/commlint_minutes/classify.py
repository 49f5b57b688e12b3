"""What kind a document is, by evidence: the name of its file, its title, how it opens, the labels of a known template."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from commlint.model.record import BlockKind, Evidence, Kind, Record

# In order of preference: the first pattern that fits a name or title decides. Both scripts, width as written.
_NAMED = (
    (Kind.CONFIRMATION_LETTER, r"确认函|確認函|confirmation[ _-]?letter"),
    (Kind.EMERGENCY_REPORT, r"紧急事件|緊急事件|事件快报|突发事件|事故报告|emergency[ _-]?report|incident[ _-]?report"),
    (Kind.ISSUE_TRACKING, r"问题(?:协调)?跟踪|問題(?:協調)?(?:跟蹤|追蹤)|问题(?:清单|台账|列表)|(?<!任务)(?<!待办)(?<!事项)(?<!行动项)跟踪表|issue[ _-]?(?:tracking|log|list)"),
    (Kind.REQUIREMENT_FORM, r"需求(?:沟通)?(?:确认)?[表单]|需求溝通確認表|requirement[ _-]?form"),
    (Kind.PROGRESS_REPORT, r"进度(?:报告|同步|汇报|表)|進度(?:報告|同步|匯報|表)|进展(?:报告|通报)|周报|月报|progress[ _-]?report|weekly[ _-]?(?:report|status)|status[ _-]?report"),
    (Kind.CONTACT_RECORD, r"联络表|联络记录|聯絡表|沟通信息表|沟通记录|對接記錄|对接记录|对接表|contact[ _-]?record"),
    (Kind.MINUTES, r"纪要|紀要|会议记录|會議記錄|meeting[ _-]minutes|\Aminutes\b|(?<!\d)[-_]minutes\b|(?<!\d )(?<!few )\bminutes[ \t]*(?:[:|\u2013\u2014-]|\Z)|meeting[ _-]notes"),
    (Kind.MEETING_NOTICE, r"会议(?:的)?通知|會議(?:的)?通知|开会通知|沟通邀约|会议邀请|meeting[ _-](?:notice|invitation)|invitation to"),
    (Kind.TASK, r"任务(?:单|书|卡|跟踪|清单|台账|列表)|任務[單書卡]|(?:待办|行动项)(?:事项)?(?:跟踪|清单|台账|列表|表)|事项跟踪表|(?:task|action)(?:[ _-]items?)?[ _-](?:card|sheet|list|tracker|log)"),
)
_LABELS: tuple[tuple[Kind, tuple[tuple[str, ...], ...], int], ...] = (
    # the labels of a template (spellings of one label together), and how many of them are evidence enough
    (Kind.ISSUE_TRACKING, (("问题描述", "問題描述", "Issue"), ("责任部门", "責任部門"), ("解决措施", "解决措施与方案", "解決措施"), ("计划完成时限", "計劃完成時限"), ("进展更新", "進展更新"), ("结果确认", "結果確認")), 3),
    (Kind.REQUIREMENT_FORM, (("需求编号", "需求編號"), ("需求方",), ("承接方",), ("需求背景", "需求背景与目标", "需求背景與目標"), ("期望交付时间", "期望交付時間"), ("承接方评估意见",)), 3),
    (Kind.PROGRESS_REPORT, (("已完成工作",), ("进行中工作", "進行中工作"), ("下一步计划", "下一步計劃"), ("当前阶段", "當前階段"), ("本阶段进展", "本階段進展"), ("需配合事项", "需协同支持事项")), 3),
    (Kind.MINUTES, (
        ("会议主题", "會議主題", "沟通主题", "议题", "議題", "Topic"), ("讨论要点", "討論要點", "讨论", "討論", "讨论内容", "讨论过程", "討論事項", "Discussion"),
        ("决议事项", "决议", "決議事項", "決議", "结论", "結論", "会议结论", "会议决议", "Decisions"), ("待办事项", "待辦事項", "待办", "待辦", "行动项", "Action items", "TODO"),
        ("记录人", "記錄人", "记录", "紀錄"), ("参会人员", "参会人", "参会", "與會人員", "参会部门及人员", "参与人", "出席", "出席人员", "Attendees"), ("共识结论", "达成的共识结论"),
    ), 3),
    (Kind.MEETING_NOTICE, (("会议时间", "會議時間", "时间"), ("会议地点", "會議地點", "地点", "地點"), ("议程", "議程", "会议议程"), ("参会人", "参会人员", "與會人員"), ("前置资料", "需准备材料", "需提前准备的材料")), 4),
    (Kind.EMERGENCY_REPORT, (("事件现状", "事件現狀"), ("影响范围", "影響範圍"), ("处理进展", "處理進展")), 2),
    (Kind.CONTACT_RECORD, (("协作主题",), ("发起部门/人", "发起人"), ("对接部门/人", "对接人"), ("沟通时间",), ("沟通内容", "核心需求")), 3),
    (Kind.TASK, (("任务名称", "任務名稱"), ("负责人", "負責人"), ("截止时间", "截止時間"), ("优先级", "優先級"), ("描述",)), 4),
)
_COLUMNS = (  # of a table that is all of a record: what kind it is when each of the columns is there
    (Kind.ISSUE_TRACKING, (r"问题|問題|缺陷|\bissues?\b|\bbugs?\b", r"负责|責任|责任|负責|處理人|处理人|owner|assignee|department", r"时限|時限|时间|時間|日期|措施|方案|状态|狀態|due|date|status|action")),
    (Kind.TASK, (r"任务|任務|待办|待辦|行动项|工作(?:项|内容|事项)|^事项|\btasks?\b|\baction items?\b|\bto-?dos?\b", r"负责|責任|责任|负責|执行人|執行人|承办|承辦|owner|assignee", r"时限|時限|时间|時間|日期|状态|狀態|due|deadline|date|status")),
)
_ALL = 0.6  # of a text: a table that stands in as much of it is all of it
_LABEL = r"^[ \t\u3000]*(?:[-*+#>|\u3010\[]+[ \t]*)?(?:\*\*)?(?:[一二三四五六七八九十\d]{1,3}[\u3001.\uff0e)\uff09][ \t]*)?(?P<label>[\w\u4e00-\u9fff/ ]{1,14}?)[ \t]*(?:\*\*)?(?:[:\uff1a|\u3011\]]|$)"
_OPENINGS = (  # what only a document of that kind begins with
    (Kind.MEETING_NOTICE, r"(?:[兹茲](?:[定订訂]|决定|決定)(?:[于於])?|兹通知|茲通知)[^\u3002\n]{0,60}(?:召开|召開|举行|舉行|召集)[^\u3002\n]{0,30}[会會]"),
)
_SENTENCE = r"[\u3002\uff0c,;\uff1b!?\uff01\uff1f]|请|請|\.\Z"  # what a title does not have
_TITLE = 40  # characters of a first line that may be a title
_OPENING = 300  # characters in which a document says what it is for
_READ = 20_000  # characters that are looked at for labels


class Documents:
    """Classifies records of unknown kind; a mail or chat message knows its kind from its format."""

    name = "documents"
    priority = 100

    def classify(self, record: Record) -> tuple[Kind, Evidence] | None:
        """See `classify`."""
        return classify(record)


def classify(record: Record) -> tuple[Kind, Evidence] | None:
    """The kind that the file name, else the title, the opening, the labels of a template, the columns of a table tell; None when nothing does."""
    if record.kind is not Kind.DOCUMENT:
        return None
    if (sheet := dict(record.meta).get("sheet")) is not None:  # the file's name is that of all its sheets
        found = _by_title(record) or _named(sheet, "title") or _by_columns(record)
        if found:
            return found
    return _by_name(record) or _by_title(record) or _by_opening(record) or _by_labels(record) or _by_columns(record)


def _by_name(record: Record) -> tuple[Kind, Evidence] | None:
    name = record.uri.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    return _named(name, "file name")


def _by_title(record: Record) -> tuple[Kind, Evidence] | None:
    title = _title(record)
    return _named(title, "title") if title else None


def _named(text: str, by: str) -> tuple[Kind, Evidence] | None:
    for kind, pattern in _NAMED:
        match = _pattern(pattern).search(text)
        if match:
            return kind, Evidence(by, match.group())
    return None


@cache
def _pattern(written: str) -> re.Pattern[str]:
    """Compiled when first needed: most runs classify nothing."""
    return re.compile(written, re.IGNORECASE | re.MULTILINE)


def _title(record: Record) -> str:
    """The subject or title it is given, else its first heading, else its first line."""
    meta = dict(record.meta)
    said = meta.get("subject") or meta.get("title")
    body = record.part("body")
    if said or body is None:
        return said or ""
    part = record.parts[body]
    heading = next((block for block in part.blocks if block.kind is BlockKind.HEADING), None)
    first = next((line.strip() for line in part.text.split("\n", 20) if line.strip()), "")
    if heading is not None and heading.level == 1:
        return heading.span.of(part.text)
    return "" if _pattern(_SENTENCE).search(first) or len(first) > _TITLE else first


def _by_opening(record: Record) -> tuple[Kind, Evidence] | None:
    body = record.part("body")
    start = record.parts[body].text[:_OPENING] if body is not None else ""
    found = ((kind, _pattern(opening).search(start)) for kind, opening in _OPENINGS)
    return next(((kind, Evidence("opening", match.group())) for kind, match in found if match), None)


def _by_labels(record: Record) -> tuple[Kind, Evidence] | None:
    present = _labels(record)
    best: tuple[int, Kind, tuple[str, ...]] | None = None
    for kind, template, enough in _LABELS:
        hits = tuple(next(name for name in names if name in present) for names in template if present & set(names))
        if len(hits) >= enough and (best is None or len(hits) > best[0]):
            best = (len(hits), kind, hits)
    return (best[1], Evidence("labels", "、".join(best[2]))) if best else None


def _by_columns(record: Record) -> tuple[Kind, Evidence] | None:
    """What the first table is, in a record that is hardly more than that."""
    body = record.part("body")
    part = record.parts[body] if body is not None else None
    if part is None or not part.grids or sum(len(grid.span) for grid in part.grids) < _ALL * len(part.text):
        return None
    header = [cell.span.of(part.text).strip() for cell in islice(part.grids[0].cells, 50) if cell.row == 0]
    for kind, columns in _COLUMNS:
        hits = [next((label for label in header if _pattern(column).search(label)), "") for column in columns]
        if all(hits):
            return kind, Evidence("labels", "、".join(dict.fromkeys(hits)))
    return None


def _labels(record: Record) -> set[str]:
    """What stands where labels stand: before a colon, in a heading, in the header of a table."""
    found: set[str] = set()
    for part in record.parts:
        if part.name != "body":
            continue
        found |= {match["label"].strip() for match in islice(_pattern(_LABEL).finditer(part.text[:_READ]), 500)}
        found |= {cell.span.of(part.text).strip() for grid in part.grids for cell in grid.cells if cell.row == 0 or cell.column == 0}
    return found
