"""Mails of many shapes that are sound or vague, and the exact answer that each policy has for them."""

from __future__ import annotations

import base64
import quopri
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from email.header import Header
from random import Random

from attrs import evolve, frozen

from tests.gateway.fuzzing.wire import CONTINUE, frame, text_frame

Shape = Callable[[str], tuple[list[tuple[bytes, bytes]], bytes]]
POLICIES = ("observe", "tag", "enforce", "hold")
TAG = "[commlint]"
CAP = 300_000  # bytes of a body that are read
POLICY = f'policy = "observe"\nunscannable = "observe"\nbudget = 60\nbody = "{CAP // 1000} KB"\nsubject-tag = "{TAG}"\n' + "".join(
    f'\n[[policies]]\nsenders = ["*@{policy}.example.com"]\npolicy = "{policy}"\n' for policy in POLICIES[1:]
)
ADD, CHANGE, QUARANTINE = 0x01, 0x10, 0x20
FOUND = "VAG001 vague-deadline"
_THINGS = {"zh": ("展会物料清单", "三月份的报价单", "年度预算表"), "en": ("booth list", "price list of March", "yearly budget")}
_LETTERS = {
    "zh": ("王经理\uff0c您好\uff1a\r\n\r\n{asked}\r\n\r\n林晓岚\r\n市场部经理\r\n示例科技有限公司\r\n电话\uff1a010-5550 0100\r\n", "二季度展会物料-市场部-林晓岚"),
    "en": ("Dear Ms Wang,\r\n\r\n{asked}\r\n\r\nBest regards,\r\nZhou Ming\r\nMarketing Manager, Example Ltd.\r\nTel: 010-5550 0100\r\n", "Booth - Marketing - Zhou Ming"),
}
_SOUND = {"zh": "请于3月6日17:00前提交{thing}。", "en": "Please send the {thing} by Friday, March 6, 17:00."}
_VAGUE = {"zh": "请尽快提交{thing}。", "en": "Please send the {thing} as soon as possible."}
_ADVICE = {
    "zh": "VAG001: \u201c尽快\u201d不是期限\uff0c请写明日期和时间 \u2192 请于3月4日 18:00前提交{thing}",
    "en": "VAG001: 'as soon as possible' is not a deadline; give a date and a time \u2192 Please send the {thing} by March 4, 18:00.",
}
_FORGED = (b"X-Commlint-Verdict", b"x-COMMLINT-verdict", b"X-Commlint-Findings", b"X-Commlint-Anything")


@frozen
class Mail:
    """One mail: who sends it, its header fields as a mail server has them, its body. `advice` is what a refusal says, empty for a sound one; `unread` why not all of it is read."""

    sender: str
    fields: tuple[tuple[bytes, bytes], ...]
    body: bytes
    advice: str = ""
    unread: str = ""

    @property
    def policy(self) -> str:
        """Which holds for its sender."""
        return self.sender.partition("@")[2].partition(".")[0]

    def answer(self, does: int) -> tuple[bytes, ...]:
        """The frames that answer it, when so much may be done to a message."""
        if self.advice and self.policy == "enforce":
            lines = (f"Refused by commlint: {FOUND}", self.advice)
            return (frame(b"y", "\r\n".join((f"550-5.7.1 {lines[0]}", f"550 5.7.1 {lines[1]}")).encode() + b"\0"),)
        edits = [*self._changed(), *self._tagged()] if does & CHANGE else []
        if does & ADD:
            edits += [text_frame(b"i", number=0, told=told) for told in self._told()]
        if self.advice and self.policy == "hold" and does & QUARANTINE:
            edits.append(text_frame(b"q", told=(f"commlint: {FOUND}",)))
        return (*edits, CONTINUE)

    def _changed(self) -> Iterable[bytes]:
        counts = Counter(name.lower().decode() for name, _ in self.fields if name.lower().startswith(b"x-commlint-"))
        for name, count in counts.items():
            yield from (text_frame(b"m", number=number, told=(name, "")) for number in range(count, 0, -1))

    def _tagged(self) -> Iterable[bytes]:
        if self.advice and self.policy == "tag":
            subject = next(value.decode() for name, value in self.fields if name.lower() == b"subject")
            yield text_frame(b"m", number=1, told=("Subject", f"{TAG} {subject}"))

    def _told(self) -> tuple[tuple[str, str], ...]:
        found = (("X-Commlint-Findings", FOUND),) if self.advice else ()
        if self.unread and not (self.advice and self.policy == "hold"):
            return (*found, ("X-Commlint-Verdict", f"unscannable; {self.unread}; policy=observe"))
        return (*found, ("X-Commlint-Verdict", f"{'flag' if self.advice else 'pass'}; policy={self.policy}"))


def mail(dice: Random, shapes: Sequence[Shape] = ()) -> Mail:
    """Any mail, or one of these shapes."""
    lang, thing = dice.choice(("zh", "en")), dice.randrange(3)
    vague = dice.random() < 0.5
    letter, subject = _LETTERS[lang]
    told = _THINGS[lang][thing]
    text = letter.format(asked=(_VAGUE if vague else _SOUND)[lang].format(thing=told))
    kind, body = dice.choice(shapes or SHAPES)(text)
    head = [
        (b"From", b"Zhou Ming <zhou@example.com>"), (b"To", b"wang@example.cn"), (b"Subject", Header(subject, "utf-8" if lang == "zh" else "ascii").encode().encode()),
        (b"Date", b"Mon, 02 Mar 2026 09:00:00 +0800"), (b"Message-ID", b"<%d@example.com>" % dice.getrandbits(60)), (b"MIME-Version", b"1.0"), *kind,
    ]
    dice.shuffle(head)
    forged = [(name, b"pass; said by the sender") for name in _FORGED for _ in range(dice.randrange(3))] if dice.random() < 0.2 else []
    fields = [*forged, *head] if dice.random() < 0.5 else [*head, *forged]
    return Mail(f"zhou@{dice.choice(POLICIES)}.example.com", tuple(fields), body, _ADVICE[lang].format(thing=told) if vague else "")


def longer(dice: Random) -> Mail:
    """A mail whose last attachment goes beyond what is read of a body."""
    made = mail(dice, [_mixed])
    head, _, end = made.body.rpartition(b"\r\n--=_b--")
    return evolve(made, body=head + b"".join(b"\r\n" + b"A" * 76 for _ in range(CAP // 70)) + b"\r\n--=_b--" + end, unread="cut")


def _type(value: str, encoding: str) -> list[tuple[bytes, bytes]]:
    return [(b"Content-Type", value.encode()), (b"Content-Transfer-Encoding", encoding.encode())]


def _eight(charset: str) -> Shape:
    return lambda text: (_type(f"text/plain; charset={charset}", "8bit"), text.encode("gb18030" if charset.startswith("gb") else charset))


def _coded(charset: str) -> Shape:
    return lambda text: (_type(f"text/plain;\n charset={charset}", "base64"), base64.encodebytes(text.encode(charset)).replace(b"\n", b"\r\n"))


def _quoted(text: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
    return _type("text/plain; charset=utf-8", "quoted-printable"), quopri.encodestring(text.replace("\r\n", "\n").encode()).replace(b"\n", b"\r\n")


def _marked(text: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
    lines = "".join(f"<p>{line}</p>\r\n" for line in text.split("\r\n"))
    return _type("text/html; charset=utf-8", "8bit"), f"<html><body>\r\n{lines}</body></html>\r\n".encode()


def _mixed(text: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
    part = b"--=_b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text.encode()
    picture = b"\r\n--=_b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=a.png\r\n\r\niVBORw0KGgo=\r\n--=_b--\r\n"
    return _type('multipart/mixed; boundary="=_b"', "8bit"), part + picture


SHAPES: tuple[Shape, ...] = (_eight("utf-8"), _eight("gb2312"), _coded("utf-8"), _coded("gb18030"), _coded("utf-16"), _quoted, _marked, _mixed)
