"""Programs written down by hand, so that the engine is tested without the language."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from commlint.calendar import weekdays
from commlint.engine.engine import Engine
from commlint.engine.evaluate import Linked
from commlint.engine.expressions import Linker
from commlint.engine.frame import Frame
from commlint.engine.program import Program
from commlint.engine.symboltable import SymbolTable
from commlint.entities.analysis import RecordAnalysis
from commlint.model.environment import Environment
from commlint.model.finding import Severity
from commlint.model.record import Party, Record
from commlint.model.symbols import Attribute, Function, Names, Parameter, Type, list_of
from commlint.model.values import Duration, Passage, Unknown

TZ = ZoneInfo("Asia/Shanghai")
S = [0, 0]
ROOT = ["root", S]
DOC = Names("", "")


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def body(analysis, _):
    index = analysis.record.part("body")
    return analysis.passage(index, 0, len(analysis.folded(index)))


def words(analysis, _):
    """Every stretch of Latin letters in the body: a collection that needs no recogniser."""
    import re

    index = analysis.record.part("body")
    return tuple(analysis.passage(index, *m.span()) for m in re.finditer("[a-z]+", analysis.folded(index)))


def lines(analysis, _):
    import re

    index = analysis.record.part("body")
    return tuple(analysis.passage(index, *m.span()) for m in re.finditer("[^\n]+", analysis.folded(index)))


def loud(analysis, value):
    return value.text.isupper()


def guarded(analysis, value):
    return Unknown("no-roster") if value.folded.startswith("q") else value.folded.startswith("x")


def broken(analysis, _):
    raise RuntimeError("a plugin's getter")


def _attribute(owner, en, of, get, **more):
    return Attribute(owner, Names(en, f"{en}_zh"), of, DOC, get, **more)


SYMBOLS = (
    _attribute("record", "body", Type("text"), body),
    _attribute("record", "words", list_of("text"), words, singular=Names("word", "词")),
    _attribute("record", "lines", list_of("text"), lines, singular=Names("line", "行")),
    _attribute("record", "sent", Type("instant"), lambda a, r: r.sent_at or Unknown("no-sent-time")),
    _attribute("record", "today", Type("instant"), lambda a, r: a.environment.as_of or r.sent_at or Unknown("no-as-of")),
    _attribute("record", "subject", Type("text"), lambda a, r: None),
    _attribute("record", "nothing", Type("text"), lambda a, r: None),
    _attribute("record", "roster", Type("bool"), lambda a, r: Unknown("no-roster")),
    _attribute("record", "broken", Type("text"), broken),
    _attribute("record", "to", list_of("party"), lambda a, r: r.to),
    _attribute("record", "automatic", Type("bool"), lambda a, r: dict(r.headers).get("auto-submitted") is not None, collected=True),
    _attribute("text", "loud", Type("bool"), loud, predicate=True),
    _attribute("text", "guarded", Type("bool"), guarded, predicate=True),
    _attribute("text", "length", Type("int"), lambda a, v: len(v.folded)),
    _attribute("party", "external", Type("bool"), lambda a, p: p.domain not in a.environment.organisation.domains if a.environment.organisation.domains else Unknown("no-organisation"), predicate=True),
    _attribute("thread", "messages", list_of("message"), "commlint.engine.threads:messages"),
    _attribute("message", "reply", Type("message"), "commlint.engine.threads:reply"),
    _attribute("message", "answered", Type("bool"), "commlint.engine.threads:answered"),
    _attribute("message", "sent", Type("instant"), lambda a, r: r.sent_at or Unknown("no-sent-time"), collected=True),
    _attribute("message", "automatic", Type("bool"), lambda a, r: False, collected=True),
    Function(Names("phrase", "短语"), (Parameter(Names("words", "词"), list_of("string")),), Type("pattern"), DOC, "commlint.engine.functions:phrase"),
    Function(Names("between", "相隔"), (), Type("interval"), DOC, "commlint.engine.functions:between"),
    Function(Names("workday", "工作日"), (), Type("instant"), DOC, "commlint.engine.functions:workday"),
)
TABLE = SymbolTable(SYMBOLS)


def environment(**more) -> Environment:
    return Environment(weekdays(), **more)


def record(text: str, **more) -> Record:
    return Record.from_text(text, **more)


def const(value):
    return ["const", S, value]


def word(name: str):
    return ["attr", S, ROOT, f"record.{name}"]


def phrase(*said: str, but: tuple[str, ...] = ()):
    return ["call", S, "phrase", [["list", S, [const(w) for w in said]], ["list", S, [const(w) for w in but]] if but else None]]


def quant(q, source, scope=None, n=None):
    return ["quant", S, q, n, source, scope]


def days(n, unit="days"):
    return ["duration", S, n, unit]


def check(verb, condition, *, unless=None, at=None, severity=None, **messages):
    return ["check", S, verb, condition, unless, at, severity, messages]


def require(condition, **more):
    return check("require", condition, **more)


def forbid(condition, **more):
    return check("forbid", condition, **more)


def each(name, source, *statements, where=None):
    return ["each", S, name, source, where, list(statements), {}]


def var(name):
    return ["var", S, name]


def text(*parts):
    return ["text", S, list(parts)]


def show(expression, spec=""):
    return ["show", S, expression, spec]


def detail(name):
    return ["detail", S, name]


def program(*body, name="rule", code="AAA001", **more) -> Program:
    return Program(name, code, more.pop("severity", Severity.ERROR), body=tuple(body), **more)


def value(expression, content: str = "", *, params=None, its=(), env=None, **more):
    """What an expression gives on a record of `content`."""
    analysis = RecordAnalysis(record(content, **more), env or environment(), TABLE.getters())
    frame = Frame(analysis, analysis.record, params or {}, size=len(content))
    frame.its.extend(its)
    return Linker(TABLE.getters(), params or {}).link(expression)(frame)


def outcome(compiled: Program, content: str, *, env=None, **more):
    """The breaches and doubts of a program on a record of `content`."""
    analysis = RecordAnalysis(record(content, **more), env or environment(), TABLE.getters())
    return Linked(compiled, TABLE.getters()).run(analysis, size=len(content))


def engine(*programs: Program, **more) -> Engine:
    env = more.pop("env", None) or environment(**{k: more.pop(k) for k in ("as_of", "coverage", "organisation", "lang") if k in more})
    return Engine(tuple(programs), TABLE, env, **more)


__all__ = ["Duration", "Party", "Passage", "Unknown"]
