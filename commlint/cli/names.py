"""What words, fixed names, unknowns and explanations are called in the language of messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commlint.engine.symboltable import SymbolTable
    from commlint.model.symbols import Attribute

_ZH = {
    "parts": "各部分", "unknown": "未知", "layout": "版式", "clock": "有钟点", "senses": "句意", "cells": "各格",
    "True": "是", "False": "否",
    "reader": "文件格式", "caller": "调用者", "nothing": "无依据", "file name": "文件名", "title": "标题", "labels": "栏目", "opening": "开头", "front matter": "文件头",
    # how a person, a field, an item is written
    "full": "全名", "familiar": "昵称", "masked": "隐写", "mention": "提及", "title_only": "职务", "surname_title": "姓加职务", "department_title": "部门加职务", "address": "邮箱",
    "colon": "冒号", "heading": "小标题", "row": "左侧表头", "column": "顶端表头", "bracket": "括号", "bold": "加粗", "meta": "文件头", "table": "表格", "list": "列表", "sentence": "句子",
    "tail": "括注", "block": "栏目组",
    # what a sentence does
    "directive": "指令", "promise": "承诺", "past": "过往", "policy": "规定", "question": "提问", "conditional": "假设", "reported": "转述", "wish": "愿望", "plan": "打算", "description": "描述",
}  # fmt: skip
_WHY = {
    "overruled ": "不成立\uff1a", " by ": "\uff0c因", "no order, promise or plan": "并非指令、承诺或打算", "without a term": "没有期限", "question mark": "问号", "table cell": "表格的一格",
    "it qualifies a noun": "修饰名词", "it qualifies": "修饰", "it is spoken about": "在谈论该词", "it is replaced": "要替换该词", "it is left open how much": "未说明多少",
    "it waits for something": "有待他事", "a promise rests on it": "承诺以它为准", "a term is hoped for": "只是期望的期限", "is hoped for": "只是期望", "report of somebody else": "他人的情况",
    "past tense": "过去时", "property of": "特性", "value of": "栏目内容", "a count": "数目", "polite_question": "客气的请求", "says_will": "表示将要", "open_plan": "未定",
    "urgency": "催促", "approximation": "约略", "degree": "程度", "request": "请求", "obligation": "义务", "assignment": "分工", "manner": "方式", "measure": "约数", "imperative": "祈使",
    "appointed": "指派", "object-first": "把字句", "mention": "提及", "deadline": "期限", "term": "期限", "condition": "条件", "wording": "谈论措辞", "habit": "惯常", "hope": "希望",
    "negation": "否定", "purpose": "目的", "thanks": "致谢", "resolution": "决议", "quotation": "引文", "heading": "标题", "title": "书名号", "label": "标签", "order": "指令", "open": "未定",
    "policy": "规定", "promise": "承诺", "reported": "转述", "past": "过往", "plan": "打算", "question": "提问", "wish": "愿望", "property": "特性", "delivery": "交付", "will": "将要",
}  # fmt: skip
_FRAGMENT = re.compile("|".join(rf"(?:(?<![a-z])|(?= )){re.escape(said)}(?:(?![a-z])|(?<= ))" for said in sorted(_WHY, key=len, reverse=True)))
_TYPES = frozenset(("choice", "bool"))  # whose values have names of their own; strings are as the author or the lexicon has them
_NAMED = frozenset(("layout", "form", "senses", "clock", "open"))


class Names:
    """Names in `lang`; in English everything is called as the data has it."""

    def __init__(self, table: SymbolTable, lang: str) -> None:
        self._table, self._lang = table, lang

    @cached_property
    def words(self) -> Mapping[str, tuple[Attribute, ...]]:
        """The words by the type they are asked of."""
        from commlint.model.symbols import Attribute

        found: dict[str, list[Attribute]] = {}
        for symbol in self._table.symbols:
            if isinstance(symbol, Attribute):
                found.setdefault(symbol.owner, []).append(symbol)
        return {owner: tuple(words) for owner, words in found.items()}

    @cached_property
    def _fixed(self) -> Mapping[str, str]:
        from commlint.model.symbols import Constant

        return {str(symbol.value): symbol.names.zh for symbol in self._table.symbols if isinstance(symbol, Constant)}

    @cached_property
    def _called(self) -> Mapping[tuple[str, str], str]:
        return {(owner, word.names.en): word.names.zh for owner, words in self.words.items() for word in words}

    @cached_property
    def _types(self) -> Mapping[tuple[str, str], str]:
        return {(owner, word.names.en): word.type.name for owner, words in self.words.items() for word in words}

    def element(self, word: str) -> str:
        """The type of what a word of the record holds, or of each of what it holds."""
        return next(((each.type.of or each.type).name for each in self.words["record"] if each.names.en == word), "text")

    def word(self, name: str, owner: str = "record") -> str:
        """A word of the type `owner`."""
        if self._lang != "zh":
            return name
        found = (self._called.get((each, name)) for each in (owner, "text", "sentence"))
        return next(filter(None, found), _ZH.get(name, name))

    def value(self, value: Any, word: str = "kind", owner: str = "record") -> str:
        """What `word` of the type `owner` says: a fixed name, yes or no; anything else as it is."""
        said = str(value)
        if self._lang != "zh" or not (word in _NAMED or self._types.get((owner, word)) in _TYPES):
            return said
        return _ZH.get(said) or self._fixed.get(said, said)

    def why(self, explanation: str) -> str:
        """What decided a reading: senses and grounds in `lang`, cues as they stand in the text."""
        return explanation if self._lang != "zh" else _FRAGMENT.sub(lambda match: _WHY[match[0]], explanation)

    def unknown(self, reason: str, detail: str) -> str:
        """What is missing."""
        from commlint.engine.reasons import reason as said
        from commlint.model.values import Unknown

        return said(Unknown(reason, detail), self._lang)
