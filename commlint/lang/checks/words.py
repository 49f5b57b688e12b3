"""A rule speaks to people: a message and a reason, in each language that it speaks at all."""

from __future__ import annotations

from collections.abc import Iterator

from commlint.engine.program import Messages
from commlint.lang.ast import Message, Why
from commlint.lang.checks.context import Context, head, said, tell
from commlint.lang.study import Study
from commlint.model.diagnostic import Diagnostic
from commlint.model.span import Span

_LANGUAGES = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}


def messages_and_reasons(context: Context) -> Iterator[Diagnostic]:
    """missing-message, missing-why."""
    for rule in context.sound:
        yield from _reasons(rule)
        if rule.program:
            yield from _messages(rule, list(rule.program.body), rule.program.messages)


def _spoken(rule: Study) -> list[str]:
    """The languages of its reasons and messages, Chinese first; that of its keywords when it says nothing.

    A rule written for one office need not be translated; one that starts to speak a language speaks it throughout.
    """
    texts = [piece.statement.text.lang for piece in rule.whole.pieces if isinstance(piece.statement, Why | Message)]
    spoken = {lang for lang in texts if lang}
    if not spoken and "" not in texts:
        spoken.add(rule.whole.file.lang)
    return [lang for lang in _LANGUAGES if lang in spoken]


def _reasons(rule: Study) -> Iterator[Diagnostic]:
    given = {piece.statement.text.lang for piece in rule.whole.pieces if isinstance(piece.statement, Why)}
    for lang in _spoken(rule) or [""]:
        if not given & {"", lang}:  # without a language it is for both, like a message
            yield _missing(rule, "missing-why", head(rule), lang or rule.whole.file.lang)


def _messages(rule: Study, body: list[list[object]], around: Messages) -> Iterator[Diagnostic]:
    """Every check has a message in each language spoken: its own, or one of the blocks around it."""
    spoken = _spoken(rule) or [rule.whole.file.lang]
    lacking = {lang: place for place, messages in _checks(body, [around]) for lang in spoken if not _says(messages, lang)}
    for lang, place in sorted(lacking.items(), reverse=True):
        yield _missing(rule, "missing-message", place if len(rule.judged) > 1 else head(rule), lang)


def _checks(body: list[list[object]], around: list[Messages]) -> Iterator[tuple[Span, list[Messages]]]:
    for statement in body:
        if statement[0] == "check":
            yield Span(*statement[1]), [*around, statement[7]]  # type: ignore[misc, list-item]  # laid out in engine.program
        elif statement[0] == "each":
            yield from _checks(statement[5], [*around, statement[6]])  # type: ignore[arg-type, list-item]  # laid out in engine.program


def _says(messages: list[Messages], lang: str) -> bool:
    return any(said_in in ("", lang) for block in messages for said_in in block.get("message", ()))


def _missing(rule: Study, slug: str, span: Span, lang: str) -> Diagnostic:
    zh, en = _LANGUAGES[lang]
    return tell(rule, slug, span, language=said(rule.whole.file, zh, en), lang=lang)
