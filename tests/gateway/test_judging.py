"""What the judge makes of a message under every policy, through the library: fates, header fields, words of a refusal, exemptions, what cannot be judged."""

from __future__ import annotations

from collections.abc import Mapping
from email.header import Header

import pytest
from attrs import evolve
from commlint_mail.gateway import packets
from commlint_mail.gateway.judging import Judge
from commlint_mail.gateway.packets import Does, Options, Step
from commlint_mail.gateway.policy import Action, Policy
from commlint_mail.gateway.policyfile import bound, read
from commlint_mail.gateway.session import Message
from commlint_mail.gateway.verdicts import FINDINGS, VERDICT, Fate, Verdict, replies

from commlint import Linter

LINTERS = {lang: Linter(lang=lang) for lang in ("zh", "en")}
ACTIONS = tuple(Action)
CAN = Options(6, Does.ADD_HEADERS | Does.CHANGE_HEADERS | Does.QUARANTINE, Step(0))
CHINESE = "王经理\uff0c您好\uff1a\r\n\r\n请尽快提交展会物料清单。\r\n\r\n周明\r\n"
TRADITIONAL = "王經理\uff0c您好\uff1a\r\n\r\n請盡快提交展會物料清單。\r\n\r\n周明\r\n"
ENGLISH = "Dear Ms Li,\r\n\r\nplease send the list of materials as soon as possible.\r\n\r\nRegards\r\nMing Zhou\r\n"
SOUND = "王经理\uff0c您好\uff1a\r\n\r\n请于3月6日17:00前提交展会物料清单。\r\n\r\n周明\r\n"


def policy(text: str) -> Policy:
    """The policy in a file of this text; for rules that find vague dates, when it names none."""
    there = text if "rules" in text else f'rules = ["VAG001"]\n{text}'
    return bound(read(there.encode(), "gateway.toml"), "gateway.toml", rules=LINTERS["zh"].rules, domains=("example.com",))


def judged(text: str, message: Message) -> Verdict:
    """The verdict under the policy in a file of this text."""
    return Judge(policy(text), LINTERS, ("example.com",))(message)


def message(body: str = CHINESE, *, more: Mapping[str, str] = {}, sender: str = "zhou@example.com", recipients: tuple[str, ...] = ("wang@example.cn",), subject: str = "安排") -> Message:
    """A message; `more` are further header fields."""
    named = {"From": sender, "To": recipients[0], "Subject": Header(subject, "utf-8").encode(), "Date": "Mon, 02 Mar 2026 09:00:00 +0800"}
    told = {**named, "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit", **more}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    fields = tuple((name.encode(), f" {value}".encode()) for name, value in told.items())
    return Message(sender, recipients, f"{head}\r\n{body}".encode(), fields)


@pytest.mark.parametrize(("action", "fate", "tag", "said"), [
    ("observe", Fate.PASS, "", ()),
    ("tag", Fate.PASS, "[late]", ()),
    ("enforce", Fate.REJECT, "", ("Refused by commlint: VAG001 vague-deadline", "VAG001: \u201c尽快\u201d不是期限\uff0c请写明日期和时间 \u2192 请于3月4日 18:00前提交展会物料清单", "https://norms.example.cn")),
    ("hold", Fate.HOLD, "", ("commlint: VAG001 vague-deadline",)),
])
def test_findings(action: str, fate: Fate, tag: str, said: tuple[str, ...]) -> None:
    """Told in the header, marked in the subject, refused with what to write instead, or held with the rule as reason."""
    verdict = judged(f'policy = "{action}"\nsubject-tag = "[late]"\nhelp-url = "https://norms.example.cn"\n', message())
    assert (verdict.fate, verdict.subject_tag, verdict.said) == (fate, tag, said)
    assert verdict.found == 1
    assert dict(verdict.fields) == {VERDICT: f"flag; policy={action}", FINDINGS: "VAG001 vague-deadline"}


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_found(action: str) -> None:
    """A sound mail passes under every policy with one header field."""
    assert judged(f'policy = "{action}"', message(SOUND)) == Verdict(Fate.PASS, ((VERDICT, f"pass; policy={action}"),))


@pytest.mark.parametrize(("body", "said"), [
    (CHINESE, "VAG001: \u201c尽快\u201d不是期限"),
    (TRADITIONAL, "VAG001: \u201c盡快\u201d不是期限"),
    (ENGLISH, "VAG001: 'as soon as possible' is not a deadline"),
    (f"{ENGLISH}\r\n{CHINESE}", "VAG001: \u201c"),
    ("ASAP\r\n", "VAG001: "),
])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_language_of_a_refusal(body: str, said: str, lang: str) -> None:
    """That of the sender's mail, whatever is set for others; the sender's own words are quoted as they were written."""
    verdict = judged(f'policy = "enforce"\nlang = "{lang}"', message(body, subject="" if body.isascii() else "安排"))
    assert verdict.said[1].startswith(said)


def test_a_mail_without_words() -> None:
    """Where a mail shows no language, that of the policy file is used."""
    from commlint_mail.gateway.judging import language
    from commlint_mail.message import parse

    record = parse(b"From: a@example.com\r\n\r\n123\r\n")
    assert [language(record, lang) for lang in ("zh", "en")] == ["zh", "en"]


EXEMPT = [
    ("null-sender", {}, ""),
    ("auto-submitted", {"Auto-Submitted": "auto-replied"}, "zhou@example.com"),
    ("auto-submitted", {"auto-submitted": "Auto-Generated; owner-email=a@example.com"}, "zhou@example.com"),
    ("list-or-automatic", {"List-Id": "<list.example.com>"}, "zhou@example.com"),
    ("list-or-automatic", {"List-Post": "<mailto:list@example.com>"}, "zhou@example.com"),
    ("list-or-automatic", {"List-Unsubscribe": "<https://example.com/u>"}, "zhou@example.com"),
    ("list-or-automatic", {"X-Auto-Response-Suppress": "All"}, "zhou@example.com"),
    ("list-or-automatic", {"X-Loop": "a@example.com"}, "zhou@example.com"),
    ("bulk", {"Precedence": "bulk"}, "zhou@example.com"),
    ("bulk", {"Precedence": "LIST"}, "zhou@example.com"),
    ("bulk", {"Precedence": "junk"}, "zhou@example.com"),
    ("report", {"Content-Type": 'multipart/report; boundary="b"; report-type=delivery-status'}, "postmaster@example.com"),
]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(("why", "more", "sender"), EXEMPT)
def test_exempt(action: str, why: str, more: dict[str, str], sender: str) -> None:
    """Bounces, automatic mail, lists and reports pass with a header field and nothing else, under every policy, even when they could not be read to their end."""
    text = f'policy = "{action}"\nunscannable = "{action}"'
    for mail in (message(more=more, sender=sender), evolve(message(more=more, sender=sender), cut=True)):
        assert judged(text, mail) == Verdict(Fate.PASS, ((VERDICT, f"exempt; {why}"),))


@pytest.mark.parametrize("more", [{"Auto-Submitted": "no"}, {"Precedence": "first-class"}, {"X-Priority": "1"}])
def test_not_exempt(more: dict[str, str]) -> None:
    """What people send is judged, whatever their programs put into its header."""
    assert judged('policy = "enforce"', message(more=more)).fate is Fate.REJECT


@pytest.mark.parametrize("action", ACTIONS)
def test_forged_fields_of_exempt_mail(action: str) -> None:
    """What somebody says in our name is taken out of mail that is not judged, too."""
    mail = message(more={"X-Commlint-Verdict": "pass; forged", "x-commlint-other": "a", "List-Id": "<list.example.com>"})
    verdict = judged(f'policy = "{action}"', mail)
    told = replies(verdict, mail, CAN)
    assert packets.changed(1, "x-commlint-verdict", "") in told
    assert packets.changed(1, "x-commlint-other", "") in told
    assert told.endswith(packets.inserted(0, VERDICT, "exempt; list-or-automatic") + packets.CONTINUE)


@pytest.mark.parametrize(("action", "unscannable", "give_up", "fate", "verdict", "tag"), [
    ("observe", "", "", Fate.PASS, "unscannable; cut; policy=observe", ""),
    ("tag", "", "", Fate.PASS, "unscannable; cut; policy=tag", "[commlint]"),
    ("hold", "", "", Fate.HOLD, "unscannable; cut; policy=hold", ""),
    ("enforce", "", "", Fate.PASS, "unscannable; cut; policy=enforce", ""),
    ("enforce", "", "tag", Fate.PASS, "unscannable; cut; policy=enforce", "[commlint]"),
    ("enforce", "", "hold", Fate.HOLD, "unscannable; cut; policy=enforce", ""),
    ("enforce", "hold", "", Fate.HOLD, "unscannable; cut; policy=hold", ""),
    ("enforce", "observe", "", Fate.PASS, "unscannable; cut; policy=observe", ""),
])
def test_what_is_too_long(action: str, unscannable: str, give_up: str, fate: Fate, verdict: str, tag: str) -> None:
    """Mail beyond the cap, nothing found before it, would be as long another time: nobody is asked to come again."""
    text = f'policy = "{action}"\n' + (f'unscannable = "{unscannable}"\n' if unscannable else "") + (f'give-up = "{give_up}"\n' if give_up else "")
    found = judged(text, evolve(message(SOUND), cut=True))
    assert (found.fate, dict(found.fields)[VERDICT], found.subject_tag) == (fate, verdict, tag)


DEEP = "".join(f'--b{n}\r\nContent-Type: multipart/mixed; boundary="b{n + 1}"\r\n\r\n' for n in range(200))


@pytest.mark.parametrize(("action", "fate"), [("observe", Fate.PASS), ("tag", Fate.PASS), ("enforce", Fate.PASS), ("hold", Fate.HOLD)])
def test_what_cannot_be_read_to_its_end(action: str, fate: Fate) -> None:
    """Nobody writes mails like this; the verdict says why it is not known, never that all is well."""
    verdict = judged(f'policy = "{action}"', message(DEEP, more={"Content-Type": 'multipart/mixed; boundary="b0"'}))
    assert (verdict.fate, dict(verdict.fields)[VERDICT]) == (fate, f"unscannable; depth; policy={action}")


@pytest.mark.parametrize(("action", "fate"), [("observe", Fate.PASS), ("tag", Fate.PASS), ("enforce", Fate.TEMPORARY), ("hold", Fate.HOLD)])
def test_what_was_not_judged_in_time(action: str, fate: Fate) -> None:
    """Another time it may go better: where mail is refused it is put off, else it is treated as the policy treats findings."""
    verdict = Judge(policy(f'policy = "{action}"'), LINTERS).unscannable("budget", message())
    assert (verdict.fate, dict(verdict.fields)[VERDICT]) == (fate, f"unscannable; budget; policy={action}")


@pytest.mark.parametrize(("unscannable", "fate"), [("", Fate.PASS), ('unscannable = "hold"', Fate.HOLD), ('unscannable = "enforce"', Fate.TEMPORARY)])
def test_mail_that_is_only_observed(unscannable: str, fate: Fate) -> None:
    """What becomes of mail that cannot be judged is what its own policy says, unless the file says it for all."""
    text = f'policy = "enforce"\n{unscannable}\n[[policies]]\nname = "calm"\nsenders = ["zhou@*"]\npolicy = "observe"\n'
    verdict = Judge(policy(text), LINTERS).unscannable("budget", message())
    assert (verdict.fate, verdict.entry) == (fate, "calm")


def test_found_before_the_cap() -> None:
    """What was found in the part that was read counts."""
    assert judged('policy = "enforce"', evolve(message(), cut=True)).fate is Fate.REJECT


@pytest.mark.parametrize(("sender", "recipients", "expected"), [
    ("zhou@example.com", ("wang@example.cn",), "out"),
    ("zhou@example.com", ("li@example.com", "wang@example.cn"), "out"),
    ("zhou@example.com", ("li@example.com",), "ours"),
    ("wang@example.cn", ("zhou@example.com",), ""),
    ("boss@example.com", ("wang@example.cn",), "boss"),
])
def test_the_policy_that_holds(sender: str, recipients: tuple[str, ...], expected: str) -> None:
    """It is chosen by the envelope, and named in the verdict for the log."""
    text = 'policy = "observe"\n[[policies]]\nname = "boss"\nsenders = ["boss@*"]\n[[policies]]\nname = "out"\ndirection = "outbound"\n[[policies]]\nname = "ours"\ndirection = "internal"\n'
    assert judged(text, message(sender=sender, recipients=recipients)).entry == expected


def test_level() -> None:
    """Findings below the level of the policy are as if they were not there."""
    assert [judged(f'policy = "enforce"\nlevel = "{level}"', message()).fate for level in ("error", "warning", "info")] == [Fate.PASS, Fate.REJECT, Fate.REJECT]


def test_many_findings() -> None:
    """A refusal names the first five and how many more there are."""
    lines = "".join(f"请王芳{what}尽快提交。\r\n" for what in ("清单", "方案", "合同", "报价", "样品", "图纸", "名单"))
    verdict = judged('policy = "enforce"', message(lines))
    assert len(verdict.said) == 7
    assert verdict.said[-1] == "另有 2 处"
