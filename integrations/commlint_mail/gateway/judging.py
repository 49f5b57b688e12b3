"""A message judged: read as mail, held against the rules in the language of its sender, and what the policy makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from commlint import Linter
from commlint.model.finding import Failure, Finding
from commlint.model.record import Record
from commlint.model.source import Source
from commlint_mail import headers
from commlint_mail.gateway.policy import Action, Entry, Policy, direction
from commlint_mail.gateway.session import Message
from commlint_mail.gateway.verdicts import FINDINGS, VERDICT, Fate, Verdict
from commlint_mail.whole import whole

_NAME = "mail.eml"  # what stands before "!/" in the places of findings in attachments
_SHOWN = 5  # findings named in a refusal
_NAMED = 100  # characters of the name of an attachment
_LONGEST = 500  # characters of a line of a reply; RFC 5321 allows 512 bytes, Postfix passes more
_HAN = re.compile("[\u3400-\u9fff]")
_LETTER = re.compile("[A-Za-z]{2,}")
_AUTOMATIC = ("x-loop", "x-auto-response-suppress", "x-autoreply", "x-autorespond")
_BULK = re.compile("bulk|list|junk|auto", re.IGNORECASE)


@frozen
class Judge:
    """Judges messages; `linters` by language. `ours` are the domains that are ours."""

    policy: Policy
    linters: Mapping[str, Linter]
    ours: tuple[str, ...] = ()

    def __call__(self, message: Message) -> Verdict:
        """The verdict. Whatever rules raise is a failure in their report, never a refusal: the others have their say, and without findings the message counts as unscannable."""
        return self.at_once(message) or self.read(message)

    def at_once(self, message: Message) -> Verdict | None:
        """The verdict on a message that need not be read: it is exempt, or there is no rule. In time that grows with its header; None when it is to be judged."""
        linter = self.linters[self.policy.lang]
        reason = exempt(message, headers.split(message.content, most=linter.environment.limits.headers))
        if reason:
            return Verdict(Fate.PASS, ((VERDICT, f"exempt; {reason}"),))
        if linter.rules:
            return None
        entry = self._entry(message)
        return Verdict(Fate.PASS, ((VERDICT, f"pass; policy={entry.action}"),), entry=entry.name)

    def _entry(self, message: Message) -> Entry:
        return self.policy.entry(message.sender, message.recipients, direction(message.sender, message.recipients, self.ours))

    def read(self, message: Message) -> Verdict:
        """The verdict on a message that `at_once` has none on."""
        entry = self._entry(message)
        source = Source(message.queue_id or "<mail>", message.content)
        mail = whole(message.content, source, self.linters[self.policy.lang].environment)
        lang = language(mail.record, self.policy.lang)
        records, unread = self._attached(message, lang) if self.policy.attachments else (mail.records, "")
        report = self.linters[lang].check_records(records)
        findings = tuple(finding for finding in report.findings if entry.counts(finding))
        failed = tuple(sorted({failure.subject for failure in report.failures if _ours(failure)}))
        verdict = evolve(flagged(findings, entry, self.policy, lang), found=len(findings)) if findings else Verdict(Fate.PASS, ((VERDICT, f"pass; policy={entry.action}"),))
        why = mail.unread or unread or ("cut" if message.cut else "rule-failed" if failed and not findings else "")
        return evolve(self._unread(why, verdict, entry) if why and verdict.fate is Fate.PASS else verdict, failed=failed, entry=entry.name)

    def _attached(self, message: Message, lang: str) -> tuple[tuple[Record, ...], str]:
        """The mail with all that is attached, as files of mail are read; and why not all of that is known."""
        records, failures = self.linters[lang].contents(Source(_NAME, message.content, media_type="message/rfc822"))
        return records, "attachment" if failures else ""

    def _unread(self, why: str, found: Verdict, entry: Entry) -> Verdict:
        """What becomes of a message that not all of is known, when what was `found` stops it not; what was found is told all the same."""
        verdict = self._unscannable(why, self.policy.unscannable or entry.action, again=why == "rule-failed")
        findings = tuple((name, value) for name, value in found.fields if name == FINDINGS)
        return evolve(verdict, fields=(*verdict.fields, *findings), subject_tag=verdict.subject_tag or found.subject_tag, found=found.found)

    def unscannable(self, why: str, message: Message) -> Verdict:
        """What becomes of a message that was not judged, in time or at all."""
        entry = self._entry(message)
        return evolve(self._unscannable(why, self.policy.unscannable or entry.action, again=True), entry=entry.name)

    def _unscannable(self, why: str, action: Action, *, again: bool) -> Verdict:
        """A message that may go better `again` is put off where others are refused; one that would not is not."""
        if action is not Action.ENFORCE:
            return self._marked(action, f"unscannable; {why}; policy={action}", why)
        if not again:
            return self._marked(self.policy.give_up, f"unscannable; {why}; policy={action}", why)
        return Verdict(Fate.TEMPORARY, ((VERDICT, f"unscannable; {why}; policy={action}"),), said=(f"commlint could not scan this message ({why}), try again later",))

    def given_up(self, verdict: Verdict, bound: str) -> Verdict:
        """What becomes of a message that is put off no longer, instead of `verdict`; `bound` is the limit that was reached."""
        said = dict(verdict.fields)[VERDICT]
        instead = self._marked(self.policy.give_up, f"{said}; gave-up={bound}", said.split("; ")[1])
        return evolve(verdict, fate=instead.fate, fields=(*instead.fields, *verdict.fields[1:]), said=instead.said, subject_tag=instead.subject_tag or verdict.subject_tag)

    def _marked(self, action: Action, said: str, why: str) -> Verdict:
        if action is Action.HOLD:
            return Verdict(Fate.HOLD, ((VERDICT, said),), said=(f"commlint: unscannable ({why})",))
        return Verdict(Fate.PASS, ((VERDICT, said),), subject_tag=self.policy.subject_tag if action is Action.TAG else "")


def _ours(failure: Failure) -> bool:
    """Whether it is of this message: a plugin that the configuration calls optional may be missing."""
    return failure.stage in ("rule", "plugin") and failure.slug != "plugin-left-out"


def exempt(message: Message, head: headers.Headers) -> str:
    """Why nothing is done to a message: bounces and what programs send must never be refused, held or answered (RFC 3834, RFC 5321 4.5.5)."""
    if not message.sender:
        return "null-sender"
    if (head.text("auto-submitted") or "no").partition(";")[0].strip().lower() != "no":
        return "auto-submitted"
    if any(name.startswith("list-") or name in _AUTOMATIC for name, _ in head.fields):
        return "list-or-automatic"
    if head.text("content-type").lstrip().lower().startswith("multipart/report"):
        return "report"
    return "bulk" if _BULK.fullmatch(head.text("precedence").strip()) else ""


def language(record: Record, otherwise: str) -> str:
    """The language that a message is written in: Chinese when it has one Han character for every three words in Latin letters."""
    text = " ".join(part.text[:5_000] for part in record.parts if part.name in ("subject", "body"))
    han, words = len(_HAN.findall(text)), len(_LETTER.findall(text))
    if not han and not words:
        return otherwise
    return "zh" if han * 3 >= words else "en"


def flagged(findings: Sequence[Finding], entry: Entry, policy: Policy, lang: str) -> Verdict:
    """What becomes of a message with findings."""
    codes = ", ".join(dict.fromkeys(f"{finding.code} {finding.rule}" for finding in findings))
    fields = ((VERDICT, f"flag; policy={entry.action}"), (FINDINGS, codes[:900]))
    if entry.action is Action.ENFORCE:
        return Verdict(Fate.REJECT, fields, said=(f"Refused by commlint: {codes}"[:_LONGEST], *_advice(findings, policy, lang)))
    if entry.action is Action.HOLD:
        return Verdict(Fate.HOLD, fields, said=(f"commlint: {codes}"[:_LONGEST],))
    return Verdict(Fate.PASS, fields, subject_tag=policy.subject_tag if entry.action is Action.TAG else "")


def _advice(findings: Sequence[Finding], policy: Policy, lang: str) -> tuple[str, ...]:
    """What is wrong and what to write instead, a line each, in the language of the sender."""
    lines = [_line(finding) for finding in findings[:_SHOWN]]
    if len(findings) > _SHOWN:
        more = len(findings) - _SHOWN
        lines.append(f"另有 {more} 处" if lang == "zh" else f"and {more} more")
    return (*lines, policy.help_url) if policy.help_url else tuple(lines)


def _line(finding: Finding) -> str:
    attached = finding.location.uri.partition("!/")[2]
    said = f"{attached[:_NAMED]}: {finding.code}: {finding.message}" if attached else f"{finding.code}: {finding.message}"
    return (f"{said} \u2192 {finding.suggestion}" if finding.suggestion else said)[:_LONGEST]
