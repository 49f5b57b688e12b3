"""Diagnostics in the making: where a problem is, said in the language of the file, with words that may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from commlint.lang.ast import File
from commlint.lang.slugs import SLUGS
from commlint.model.diagnostic import Diagnostic, Note
from commlint.model.span import Span


def diagnostic(slug: str, file: File, span: Span, /, *, notes: tuple[Note, ...] = (), **values: Any) -> Diagnostic:
    """The problem `slug` at `span` of `file`; `values` fill its templates (`hint` may be left out)."""
    known = SLUGS[slug]
    message, help = known.said(file.lang, **{"hint": "", **values})
    return Diagnostic(slug, known.severity, message, file.path, span, help, notes, file.text)


def nearest(name: str, words: Iterable[str]) -> str | None:
    """The one of `words` that `name` was most likely meant to be."""
    dissimilarity, word = min(((-_likeness(name, word), word) for word in set(words)), default=(0.0, ""))
    return word if word and -dissimilarity >= _threshold(name, word) else None


def did_you_mean(name: str, words: Iterable[str], lang: str) -> str:
    """The hint, or nothing when no word is near."""
    word = nearest(name, words)
    if word is None:
        return ""
    return f"是不是 `{word}`\uff1f" if lang == "zh" else f"did you mean `{word}`?"


def among(words: Iterable[str], lang: str, *, most: int = 8) -> str:
    """What there is to choose from, shortened."""
    listed = list(words)
    shown = "、".join(listed[:most]) if lang == "zh" else ", ".join(listed[:most])
    rest = ("等" if lang == "zh" else ", …") if len(listed) > most else ""
    return f"可用\uff1a{shown}{rest}" if lang == "zh" else f"there is {shown}{rest}"


def _likeness(name: str, word: str) -> float:
    return SequenceMatcher(None, name.lower(), word.lower()).ratio()


def _threshold(name: str, word: str) -> float:
    """Chinese words are short: sharing one character of two is already a hint."""
    return 0.5 if not (name + word).isascii() else 0.65
