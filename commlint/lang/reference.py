"""The tables of the language reference, made from the code; ``python -m commlint.lang.reference FILE`` puts them into a page."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from commlint.engine.symboltable import SymbolTable
from commlint.engine.vocabulary import VOCABULARY
from commlint.lang.keywords import KEYWORDS, Keyword
from commlint.lang.slips import SYNTAX_SLUGS
from commlint.lang.slugs import SLUGS, Slug
from commlint.lang.words import DETAILS, IT, LIST_CALL, LIST_TYPE, LIST_WORDS, REGEX_TYPE, SETTINGS, STATES
from commlint.model.symbols import Attribute, Constant, Function, Names, Parameter, Symbol, TypeSymbol

_SECTION = re.compile(r"(<!-- made: (\w+) -->\n)(.*?)(<!-- end: \2 -->)", re.DOTALL)
_VARIABLE = re.compile(r"(?<![\\\w])([a-z])(?!\w)")
_ACROSS = ("thread", "gathering", "week", "handover", "message")
_FIELD = re.compile(r"\{(\w+)\}")


def keywords() -> Iterator[str]:
    """Every keyword: Chinese, English, what else is read."""
    yield from _table(("中文", "English", "也可以写 / also read"), (map(_code, _spelled(keyword)) for keyword in KEYWORDS))


def _spelled(keyword: Keyword) -> tuple[str, str, str]:
    zh = keyword.zh or "在 … 之内"
    return zh, keyword.en, "、".join(keyword.aliases)


def types(symbols: Iterable[Symbol] = VOCABULARY) -> Iterator[str]:
    """Every type and what it is a special case of."""
    known = [*(symbol for symbol in symbols if isinstance(symbol, TypeSymbol)), LIST_TYPE, REGEX_TYPE]
    rows = ((*_both(one.names), f"{one.doc.zh} / {one.doc.en}", _code(one.parent or "")) for one in known)
    yield from _table(("中文", "English", "含义 / meaning", "属于 / is a"), rows)


def vocabulary(symbols: Iterable[Symbol] = VOCABULARY) -> Iterator[str]:
    """Every word by its owner: of the record, of threads, of each type."""
    table = SymbolTable(symbols)
    owners = dict.fromkeys(symbol.owner for symbol in table.symbols if isinstance(symbol, Attribute))
    for owner in owners:
        yield from ("", f"#### {_titled(owner, table)}", "")
        yield from _words((symbol for symbol in table.symbols if isinstance(symbol, Attribute) and symbol.owner == owner), table)
    yield from ("", "#### 列表 / of any list", "")
    yield from _words(LIST_WORDS)


def _titled(owner: str, table: SymbolTable) -> str:
    titles = {"record": "记录本身 / of the record itself", "thread": "跨记录的规则 / of a thread, case or archive"}
    symbol = table.type(owner)
    return titles.get(owner) or (f"{symbol.names.zh} / of {'an' if symbol.names.en[0] in 'aeiou' else 'a'} {symbol.names.en}" if symbol else owner)


def _words(words: Iterable[Attribute], table: SymbolTable | None = None) -> Iterator[str]:
    rows = ((*_both(one.names), _code(str(one.type)), _meaning(one), *((_shown(one, table),) if table else ())) for one in words)
    yield from _table(("中文", "English", "类型 / type", "含义 / meaning", *(("例 / example",) if table else ())), rows)


def _shown(word: Attribute, table: SymbolTable) -> str:
    """The example of a word in Chinese and in English."""
    example = word.example
    if not example or example.startswith("{"):
        return _code(example)
    said = in_chinese(example, word.owner, table)
    return _code(example) if said == example else f"{_code(said)}<br>{_code(example)}"


def in_chinese(example: str, owner: str, table: SymbolTable) -> str:
    """An example in English keywords, of a word of `owner`, in Chinese ones: as the formatter writes it where the names in it stand for what they do."""
    from commlint.lang.format import formatted

    statement = example.replace("{ … }", "{ require 1 == 1 }") if example.startswith("each ") else f"require {example}"
    variable = _VARIABLE.search(example.partition(" in ")[2] if example.startswith("each ") else example)
    around = _around(owner, variable[1], table) if variable else []
    scope = " over thread" if owner in _ACROSS and (variable or owner == "thread") else ""
    block = "".join(f"{each} {{\n" for each in around) + statement + "\n}" * len(around)
    lines = [line.strip() for line in formatted(f"rule example{scope} {{\n{block}\n}}\n", "example", table, lang="zh").split("\n")]
    said = lines[1 + len(around)]
    return f"{said} … }}" if example.startswith("each ") else said.removeprefix("必须 ")


def _around(owner: str, variable: str, table: SymbolTable) -> list[str]:
    """The loops in which `variable` stands for something of the type `owner`, the outermost first; none when no collection holds such."""
    of = [one for one in table.symbols if isinstance(one, Attribute) and str(one.type) == f"list[{owner}]"]
    for one in sorted(of, key=lambda one: one.owner not in ("record", "thread")):
        if one.owner in ("record", "thread"):
            return [f"each {variable} in {one.names.en}"]
        outer = _around(one.owner, "x" + variable, table)
        if outer:
            return [*outer, f"each {variable} in x{variable}.{one.names.en}"]
    return []


def _meaning(word: Attribute) -> str:
    single = f"\uff1b单个 / one: `{word.singular.zh}` `{word.singular.en}`" if word.singular else ""
    return f"{word.doc.zh} / {word.doc.en}{single}"


def functions(symbols: Iterable[Symbol] = VOCABULARY) -> Iterator[str]:
    """Every function with its parameters."""
    known = [*(symbol for symbol in symbols if isinstance(symbol, Function)), LIST_CALL]
    rows = ((_code(_call(one, 1)), _code(_call(one, 0)), f"{one.doc.zh} / {one.doc.en}", _code(one.example)) for one in known)
    yield from _table(("中文", "English", "含义 / meaning", "例 / example"), rows)


def _call(function: Function, zh: int) -> str:
    parameters = ", ".join(_parameter(one, zh) for one in function.parameters)
    return f"{(function.names.en, function.names.zh)[zh]}({parameters})"


def _parameter(parameter: Parameter, zh: int) -> str:
    name = (parameter.names.en, parameter.names.zh)[zh]
    return name if parameter.required else f"{name}=…"


def constants(symbols: Iterable[Symbol] = VOCABULARY) -> Iterator[str]:
    """Every fixed name: kinds of records, channels, states."""
    known = [*(symbol for symbol in symbols if isinstance(symbol, Constant)), IT, *STATES]
    yield from _table(("中文", "English"), (_both(one.names) for one in known))


def holes() -> Iterator[str]:
    """What only messages can show."""
    yield from _words(DETAILS)


def settings() -> Iterator[str]:
    """What an example can say of its record."""
    yield from _words(SETTINGS)


def diagnostics() -> Iterator[str]:
    """Every problem that a rule file can have."""
    slugs: dict[str, Slug] = {**SLUGS, **SYNTAX_SLUGS}
    rows = ((_code(slug), row.severity.value, _plain(row.zh), _plain(row.en)) for slug, row in sorted(slugs.items()))
    yield from _table(("名称 / slug", "级别 / level", "中文", "English"), rows)


def _plain(template: str) -> str:
    return _FIELD.sub("…", template).replace("{{", "{").replace("}}", "}")


def _both(names: Names) -> tuple[str, str]:
    return _code("、".join([names.zh, *(alias for alias in names.aliases if not alias.isascii())])), _code(names.en)


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = tuple(head)
    yield _row(columns)
    yield "|" + "---|" * len(columns)
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


SECTIONS: dict[str, Callable[[], Iterator[str]]] = {
    "keywords": keywords, "types": types, "vocabulary": vocabulary, "functions": functions, "constants": constants,
    "holes": holes, "settings": settings, "diagnostics": diagnostics,
}  # fmt: skip


def filled(page: str) -> str:
    """`page` with every section between ``<!-- made: NAME -->`` and ``<!-- end: NAME -->`` made anew."""
    return _SECTION.sub(lambda match: match.group(1) + "\n".join(SECTIONS[match.group(2)]()) + "\n" + match.group(4), page)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.write_text(filled(place.read_text("utf-8")), "utf-8")
