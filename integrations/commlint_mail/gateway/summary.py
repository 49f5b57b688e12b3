"""What a policy file comes to, for whoever has just written it: who, which rules, what becomes of mail, in the order in which it is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from commlint_mail.gateway.policy import Action, Entry, Policy
from commlint_mail.gateway.words import say

_NAMED = 3  # people or rules that are named; of more, how many there are


def summary(policy: Policy, where: str, *, rules: int, lang: str) -> str:
    """Some lines; `rules` is how many run."""
    lines = [say("sound", lang, name=where or say("built-in", lang))]
    lines += [f"{number}. {_entry(entry, rules, lang)}" for number, entry in enumerate((*policy.entries, policy.default), 1)]
    lines += [say("unscannable", lang, action=_unscannable(policy, lang)), say("limits", lang, budget=policy.budget, cap=policy.cap)]
    return "".join(f"{line}\n" for line in lines)


def _entry(entry: Entry, rules: int, lang: str) -> str:
    who = [
        *([say("senders", lang, names=_some(entry.senders))] if entry.senders else ()),
        *([say("recipients", lang, names=_some(entry.recipients))] if entry.recipients else ()),
        *(["/".join(say(each, lang) for each in entry.directions)] if entry.directions else ()),
    ]
    what = [_rules(entry, rules, lang), f"{entry.level}+", say(entry.action, lang)]
    return " | ".join([*filter(None, [entry.name]), *(who or [say("all-else", lang)]), *what])


def _rules(entry: Entry, rules: int, lang: str) -> str:
    if entry.selected is not None and len(entry.selected) <= _NAMED:
        return ", ".join(sorted(entry.selected))
    count = rules if entry.selected is None else len(entry.selected)
    return say("one-rule" if count == 1 else "rules", lang, count=count)


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" +{more}" if more > 0 else "")


def _unscannable(policy: Policy, lang: str) -> str:
    if policy.unscannable is None and all(entry.action is not Action.ENFORCE for entry in (*policy.entries, policy.default)):
        return say("as-found", lang)
    if policy.unscannable not in (None, Action.ENFORCE):
        return say(policy.unscannable, lang)
    return ("" if policy.unscannable else say("as-found-but", lang)) + say("put-off", lang, share=policy.put_off_share, minutes=policy.put_off_seconds / 60, action=say(policy.give_up, lang))
