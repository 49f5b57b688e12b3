"""Sessions of every kind. A number and a seed say all about one, so that it can be held again."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from random import Random

from attrs import evolve, frozen

from tests.fuzzing.mail import SEEDS
from tests.fuzzing.mutate import mutant, some_bytes
from tests.gateway.fuzzing.mails import SHAPES, Mail, longer, mail
from tests.gateway.fuzzing.wire import CONTINUE, End, Script, Step, frame

_OURS = 0x31  # add and change header fields, hold
_QUIET = {b"L": 0x80, b"C": 0x1000, b"H": 0x2000, b"M": 0x4000, b"R": 0x8000, b"T": 0x10000, b"U": 0x20000, b"N": 0x40000, b"B": 0x80000}
_LEFT_OUT = 0x342  # HELO, the end of the header, unknown commands, DATA: they need not be told
_ALL_QUIET = sum(_QUIET.values()) | _LEFT_OUT
_MOST = 1_048_577  # the longest frame
_EMLS = tuple((name, content) for name, content in SEEDS if name.endswith(".eml"))


@frozen
class Agreed:
    """What was agreed on with OPTIONS: what may be done, what is not answered."""

    does: int
    quiet: int

    def step(self, command: bytes, data: bytes = b"") -> Step:
        """A packet, and the answer that must come where one is due."""
        due = command in _QUIET and not _QUIET[command] & self.quiet
        return Step(frame(command, data), (CONTINUE,) if due else ())


def options(dice: Random, *, postfix: bool = True) -> tuple[Step, Agreed]:
    """The beginning of a session: with what Postfix offers, or anything. Unknown versions and bits are left out of the answer."""
    version, does, steps = (6, 0x1FF, 0x1FFFFF) if postfix else (dice.choice((2, 3, 4, 5, 6, 7, 99, 2**32 - 1)), dice.getrandbits(32), dice.getrandbits(32))
    agreed = Agreed(does & _OURS, steps & _ALL_QUIET)
    said = frame(b"O", struct.pack("!III", version, does, steps))
    return Step(said, (frame(b"O", struct.pack("!III", min(version, 6), agreed.does, agreed.quiet)),)), agreed


def _macros(command: bytes, *told: str) -> Step:
    return Step(frame(b"D", command + b"".join(each.encode() + b"\0" for each in told)))


def client(agreed: Agreed) -> list[Step]:
    """Who connects, as Postfix tells it."""
    return [
        _macros(b"C", "j", "mx.example.cn", "{daemon_name}", "mx.example.cn", "v", "Postfix 3.7"),
        agreed.step(b"C", b"client.example.com\x004\x9c\x40192.0.2.7\0"),
        agreed.step(b"H", b"client.example.com\0"),
    ]


def message(letter: Mail, number: int, agreed: Agreed, dice: Random) -> list[Step]:
    """One message from MAIL to its end, and its exact answer."""
    steps = [
        _macros(b"M", "i", f"FZ{number}", "{mail_addr}", letter.sender, "{auth_authen}", "zhou"),
        agreed.step(b"M", f"<{letter.sender}>\0SIZE=1000\0".encode()),
        _macros(b"R", "{rcpt_addr}", "wang@example.cn"),
        *(agreed.step(b"R", f"<{name}@example.cn>\0".encode()) for name in ("wang", "li", "chen")[: dice.randint(1, 3)]),
        agreed.step(b"T"),
        *(agreed.step(b"L", name + b"\0" + value + b"\0") for name, value in letter.fields),
        agreed.step(b"N"),
    ]
    at = 0
    while at < len(letter.body):
        size = dice.choice((65_535, dice.randint(1, 65_535)))
        steps.append(agreed.step(b"B", letter.body[at : at + size]))
        at += size
    return [*steps, Step(frame(b"E"), letter.answer(agreed.does))]


_QUIT = Step(frame(b"Q"))


def _whole(dice: Random, number: int, letter: Mail | None = None) -> list[Step]:
    begun, agreed = options(dice)
    return [begun, *client(agreed), *message(letter or mail(dice), number, agreed, dice), _QUIT]


def _said(steps: Sequence[Step]) -> bytes:
    return b"".join(step.said for step in steps)


# sound sessions: every answer is known


def one_message(dice: Random, number: int) -> Script:
    """As Postfix holds it."""
    return Script("one message", tuple(_whole(dice, number)), messages=1)


def several(dice: Random, number: int) -> Script:
    """Messages of one connection, some broken off, some of another client."""
    begun, agreed = options(dice)
    steps, count = [begun, *client(agreed)], 0
    for _ in range(dice.randint(2, 5)):
        whole = message(mail(dice), number, agreed, dice)
        event = dice.choice(("message", "message", "aborted", "new client"))
        if event == "aborted":
            steps += [*whole[: dice.randrange(len(whole))], Step(frame(b"A"))]
        elif event == "new client":
            steps += [Step(frame(b"K")), begun, *client(agreed)]
        else:
            steps, count = [*steps, *whole], count + 1
    return Script("several messages", (*steps, _QUIT), messages=count)


def at_once(dice: Random, number: int) -> Script:
    """Everything is said before anything is listened to."""
    steps = _whole(dice, number)
    return Script("all at once", (Step(_said(steps), tuple(each for step in steps for each in step.heard)),), messages=1)


def in_pieces(dice: Random, number: int) -> Script:
    """Cut where no packet ends."""
    return evolve(at_once(dice, number), kind="in pieces", piece=dice.randint(2, 400))


def by_bytes(dice: Random, number: int) -> Script:
    """A byte at a time."""
    steps = _whole(dice, number, mail(dice, SHAPES[:2]))
    return Script("a byte at a time", (Step(_said(steps), tuple(each for step in steps for each in step.heard)),), piece=1, messages=1)


def odd_options(dice: Random, number: int) -> Script:
    """Unknown versions, flags and masks; what the mail server does not allow is not done, what it wants answered is."""
    begun, agreed = options(dice, postfix=False)
    return Script("odd options", (begun, *client(agreed), *message(mail(dice), number, agreed, dice), _QUIT), messages=1)


def options_again(dice: Random, number: int) -> Script:
    """OPTIONS in the midst of all; the last ones hold."""
    steps: list[Step] = []
    for _ in range(dice.randint(2, 4)):
        begun, agreed = options(dice, postfix=False)
        steps += [begun, *client(agreed)[: dice.randrange(4)]]
    return Script("options again", (*steps, *message(mail(dice), number, agreed, dice), _QUIT), messages=1)


def odd_macros(dice: Random, number: int) -> Script:
    """Macros that are no UTF-8, are an odd number, have no end, or are for a command that there is not."""
    steps = _whole(dice, number)
    for _ in range(dice.randint(1, 6)):
        odd = dice.choice((b"", b"M", b"Mi", b"Mi\0\xff\xfe\x80", b"R{rcpt_addr}\0\xd0\xc5\0{", b"\xffa\0b\0", b"M" + dice.randbytes(dice.randrange(200)), b"L" + b"a\0" * dice.randrange(3000), b"E\0\0\0\0"))
        steps.insert(dice.randint(1, len(steps) - 1), Step(frame(b"D", odd)))
    return Script("odd macros", tuple(steps), messages=1)


def odd_headers(dice: Random, number: int) -> Script:
    """Header fields without NUL, with many, without a name or value, of raw bytes."""
    letter = mail(dice)
    odd = [dice.choice((b"", b"X-A", b"X-A\0", b"\0\0\0\0", b"\0value\0", b"X-B\0\xd0\xc5\xcf\xa2\0", b"X-C\0a\n b\n\tc\0", b"X-\xe4\xb8\x80\0\xff\xfe\0", b"X-D\0a\0b\0c", b"Received\0" + b"x" * 998 + b"\0")) for _ in range(dice.randint(1, 8))]
    begun, agreed = options(dice)
    steps = message(letter, number, agreed, dice)
    first = next(at for at, step in enumerate(steps) if step.said[4:5] == b"N")
    return Script("odd header fields", (begun, *client(agreed), *steps[:first], *(agreed.step(b"L", each) for each in odd), *steps[first:], _QUIT), messages=1)


def many_headers(dice: Random, number: int) -> Script:
    """Ten thousand header fields."""
    letter = mail(dice)
    more = tuple((b"X-Trace-%d" % at, b"hop %d" % dice.getrandbits(30)) for at in range(10_000))
    steps = _whole(dice, number, evolve(letter, fields=(*letter.fields, *more), unread="headers"))
    return Script("10,000 header fields", (Step(_said(steps), tuple(each for step in steps for each in step.heard)),), messages=1)


def long_values(dice: Random, number: int) -> Script:
    """Fields, names, addresses and greetings as long as a packet can be."""
    letter = mail(dice)
    size = dice.choice((998, 65_535, 200_000, _MOST - 20))
    begun, agreed = options(dice)
    steps = [begun, *client(agreed), agreed.step(b"H", b"h" * size + b"\0"), *message(evolve(letter, fields=(*letter.fields, (b"X-Long", b"v" * size))), number, agreed, dice), _QUIT]
    at = next(at for at, step in enumerate(steps) if step.said[4:5] == b"R")
    steps.insert(at, dice.choice((agreed.step(b"R", b"<" + b"r" * size + b"@example.cn>\0"), _macros(b"R", "{rcpt_addr}", "m" * size), agreed.step(b"U", b"u" * size))))
    return Script("long values", tuple(steps), messages=1)


def many_recipients(dice: Random, number: int) -> Script:
    """A thousand of them."""
    steps = _whole(dice, number)
    at = next(at for at, step in enumerate(steps) if step.said[4:5] == b"R")
    steps[at:at] = [Step(frame(b"R", b"<r%d@example.cn>\0" % one)) for one in range(1000)]
    return Script("1,000 recipients", tuple(steps), messages=1)


def long_body(dice: Random, number: int) -> Script:
    """More of a body than is read."""
    return Script("long body", tuple(_whole(dice, number, longer(dice))), messages=1)


# sessions that break off


def hang_up(dice: Random, number: int) -> Script:
    """Between two packets, at any stage, without a word."""
    steps = _whole(dice, number)
    return Script("hung up between packets", tuple(steps[: dice.randrange(len(steps))]), End.DROPPED)


def hang_up_unheard(dice: Random, number: int) -> Script:
    """While the answer is due."""
    steps = _whole(dice, number)[:-1]
    return Script("hung up before the answer", (Step(_said(steps)), Step(pause=dice.choice((0.0, 0.01)))), End.DROPPED, messages=1)


def truncated(dice: Random, number: int) -> Script:
    """In the midst of a packet; the gateway hears that nothing more will come, and hangs up."""
    steps = _whole(dice, number)
    at = dice.randrange(len(steps) - 1)
    said = steps[at].said
    return Script("broken off in a packet", (*steps[:at], Step(said[: dice.randrange(len(said))])), dice.choice((End.GOODBYE, End.DROPPED)))


def silent(dice: Random, number: int) -> Script:
    """Never speaks, or stops speaking."""
    steps = _whole(dice, number)
    return Script("slow and silent", (*steps[: dice.choice((0, 0, 1, dice.randrange(len(steps) - 1)))], Step(pause=dice.uniform(0.2, 3.0))), dice.choice((End.GOODBYE, End.DROPPED)))


def deaf(dice: Random, number: int) -> Script:
    """Asks for answers and does not listen: what waits for it must not pile up."""
    return Script("never listens", (Step(frame(b"O", struct.pack("!III", 6, 0x1FF, 0)), (frame(b"O", struct.pack("!III", 6, _OURS, 0)),)), Step(frame(b"U") * dice.randint(1_000, 20_000))), End.DROPPED)


# sessions that are wrong: the gateway hangs up


def _wrong(kind: str, wrong: bytes, dice: Random, number: int) -> Script:
    """Somewhere in a session."""
    steps = _whole(dice, number)[:-1]
    kept = tuple(steps[: dice.randint(1, len(steps))])
    return Script(kind, (*kept, Step(wrong)), End.REFUSED, messages=int(len(kept) == len(steps)))


def length_zero(dice: Random, number: int) -> Script:
    """A frame without a command."""
    return _wrong("length 0", bytes(4) + dice.randbytes(dice.randrange(9)), dice, number)


def length_over(dice: Random, number: int) -> Script:
    """A byte more than the longest frame."""
    return _wrong("length 1 MiB + 2", struct.pack("!I", _MOST + 1) + b"B" + bytes(dice.randrange(9)), dice, number)


def length_huge(dice: Random, number: int) -> Script:
    """The longest that can be said."""
    return _wrong("length 4 GiB - 1", b"\xff\xff\xff\xff" + b"B" * dice.randrange(9), dice, number)


def unknown_command(dice: Random, number: int) -> Script:
    """A command that there is not."""
    return _wrong("unknown command", frame(dice.choice([bytes((code,)) for code in range(256) if code not in b"ODCHMRTLNBEAKQU"]), dice.randbytes(dice.randrange(50))), dice, number)


def no_options(dice: Random, number: int) -> Script:
    """Something else before OPTIONS."""
    return Script("no options", (Step(dice.choice(_whole(dice, number)[1:-1]).said),), End.REFUSED)


def bad_options(dice: Random, number: int) -> Script:
    """Too short, or of a version before our time."""
    wrong = dice.choice((dice.randbytes(dice.randrange(12)), struct.pack("!III", dice.randrange(2), 0x1FF, 0x1FFFFF)))
    return Script("options too short or old", (Step(frame(b"O", wrong)),), End.REFUSED)


# sessions that may be anything: whatever comes back is an answer of the protocol, and the connection ends


def wrong_order(dice: Random, number: int) -> Script:
    """All packets of two messages, shuffled."""
    begun, agreed = options(dice, postfix=dice.random() < 0.5)
    steps = [*client(agreed), *message(mail(dice), number, agreed, dice), *message(mail(dice), number, agreed, dice)]
    dice.shuffle(steps)
    return Script("wrong order", (begun, Step(_said(steps))), exact=False, messages=2)


def random_bytes(dice: Random, number: int) -> Script:
    """No protocol at all, or frames of it that hold noise."""
    begun, _ = options(dice)
    if dice.random() < 0.3:
        return Script("random bytes", (Step(dice.randbytes(dice.randint(1, 3000))),), exact=False)
    noise = b"".join(frame(bytes((dice.choice(b"DCHMRTLNBEAKU"),)), dice.randbytes(dice.choice((0, 1, 7, dice.randrange(300))))) for _ in range(dice.randint(1, 60)))
    return Script("random bytes", (begun, Step(noise)), exact=False)


def mutated(dice: Random, number: int) -> Script:
    """A good session with bytes changed, cut out, doubled."""
    said = _said(_whole(dice, number))
    for _ in range(dice.randint(1, 4)):
        said = some_bytes(dice, said, [said])
    return Script("mutated session", (Step(said),), exact=False, piece=dice.choice((0, 0, dice.randint(20, 2000))))


def hostile_mail(dice: Random, number: int) -> Script:
    """A message of mutated MIME: it has an answer, whichever."""
    _, content = mutant(dice, _EMLS)
    head, _, body = content.replace(b"\r\n", b"\n").partition(b"\n\n")
    fields = [line.partition(b":") for line in head.replace(b"\n ", b"\0 ").replace(b"\n\t", b"\0\t").split(b"\n")]
    begun, agreed = options(dice)
    letter = Mail("zhou@observe.example.com", tuple((name, value.replace(b"\0", b"\n")) for name, _, value in fields), body.replace(b"\n", b"\r\n"))
    steps = message(letter, number, agreed, dice)
    return Script("mutated MIME", (begun, *client(agreed), *(evolve(step, heard=()) for step in steps), _QUIT), exact=False, messages=1)


Kind = Callable[[Random, int], Script]
KINDS: tuple[tuple[Kind, float], ...] = (  # and how many of a hundred
    (one_message, 12), (several, 8), (at_once, 5), (in_pieces, 4), (by_bytes, 0.7), (odd_options, 6), (options_again, 4), (odd_macros, 4), (odd_headers, 5),
    (many_headers, 0.1), (long_values, 0.5), (many_recipients, 0.5), (long_body, 0.4),
    (hang_up, 7), (hang_up_unheard, 3), (truncated, 6), (silent, 3), (deaf, 0.5),
    (length_zero, 3), (length_over, 3), (length_huge, 3), (unknown_command, 3), (no_options, 2), (bad_options, 2),
    (wrong_order, 4), (random_bytes, 4), (mutated, 4), (hostile_mail, 2),
)  # fmt: skip


def script(seed: int, number: int) -> Script:
    """The session of that number. The first ones are one of each kind."""
    dice = Random(f"{seed} {number}")
    kind = KINDS[number][0] if number < len(KINDS) else dice.choices([kind for kind, _ in KINDS], [share for _, share in KINDS])[0]
    return kind(dice, number)


def control(number: int) -> Script:
    """A session whose every answer is known, to see that the gateway still knows them."""
    return evolve(several(Random(number), number), kind="control")
