"""The scenarios: what goes wrong, with mail under way. Each is told what it may say then; all else is checked by `field`."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from attrs import evolve, frozen
from commlint_mail.gateway.ping import Caller

from tests.gateway.faults import field as fields
from tests.gateway.faults.field import AWAY, QUEUED, REFUSED, Field, Options, policy_text, until
from tests.gateway.faults.mails import MARKED, VAGUE, Load, Mail, Session, mail, mails, parallel
from tests.gateway.faults.shapes import shapes
from tests.gateway.servers import Running

_QUICK = "connect_timeout=3s, command_timeout=4s, content_timeout=6s"


def _unscannable(why: str) -> str:
    return f"451 4.7.1 commlint could not scan this message ({why}), try again later"


def _serves(field: Field) -> None:
    """Afterwards all is as before."""
    field.load(6, prefix="after").join()


def _struck(field: Field) -> None:
    """Somebody has noticed."""
    field.away = True
    if field.action == "tempfail":
        field.needed.add(AWAY)


def killed_in_data(field: Field) -> None:
    """F01: all processes killed while clients are in the middle of DATA."""
    under_way = [Session(field.postfix.port, each) for each in mails("m", max(6, field.messages // 4))]
    for session in under_way:
        session.half()
    field.kill()
    for session in under_way:
        session.rest()
        session.answer(field.ledger)
    _struck(field)
    field.restart()
    _serves(field)


def killed_after_the_dot(field: Field) -> None:
    """F02: the workers are killed while a rule is at work, others waiting for their turn."""
    field.arm("w2")
    load = Load(field.postfix.port, [mail("wait0", does="wait-w2"), mail("wait1", finds=VAGUE, does="wait-w2"), *mails("m", 8)], field.ledger)
    field.here("w2")
    _struck(field)
    for pid in field.gateway.workers_pids():
        os.kill(pid, signal.SIGKILL)
    field.disarm()
    load.join()
    _serves(field)


def not_running(field: Field) -> None:
    """F03: stopped; then its socket is gone as well."""
    field.gateway.stop()
    _struck(field)
    first = field.load(max(6, field.messages // 3), prefix="first")
    until(lambda: len(field.ledger.told) >= first.count)
    Path(field.gateway.address.removeprefix("unix:")).unlink()
    second = field.load(max(6, field.messages // 3), prefix="second")
    until(lambda: len(field.ledger.told) >= first.count + second.count)
    field.restart()
    first.join()
    second.join()
    _serves(field)


def hung(field: Field) -> None:
    """F04: stopped dead (SIGSTOP), and woken later."""
    field.gateway.kill(signal.SIGSTOP)
    _struck(field)
    load = field.load(8)
    until(lambda: len(field.ledger.told) >= load.count)
    field.gateway.kill(signal.SIGCONT)
    load.join()
    _serves(field)


def _storm(field: Field, rounds: int, strike: Callable[[], object]) -> None:
    """Mail goes on all the while."""
    load = field.stream()
    for number in range(rounds):
        load.wait_for(field.messages // 4 * (number + 1))
        strike()
        field.away = True
        field.restart()
    load.join()


def kill_storm(field: Field) -> None:
    """F05: all processes killed again and again."""
    _storm(field, 8, field.kill)
    field.note = "8 kills"


def raises(field: Field) -> None:
    """F06: a rule raises; the others have their say."""
    field.arm("r6")
    odd = [mail(f"raise{number}", does="raise-r6") for number in range(3)]
    _marked(field, odd, "rule-failed")
    for each in (*odd, *(mail(f"flag{number}", finds=VAGUE, does="raise-r6") for number in range(3)), *mails("m", 6)):
        field.offer(each)
    field.check(field.gateway.events("rules-failed"), "nothing is logged")


def _marked(field: Field, odd: Sequence[Mail], why: str) -> None:
    """These cannot be scanned: the policy says what becomes of them."""
    field.exempt |= {each.key for each in odd}
    if field.policy == "enforce":
        field.allowed.add(_unscannable(why))
        field.needed.add(_unscannable(why))
        return
    wanted = f"unscannable; {why}; policy={field.policy}"

    def looked_at() -> None:
        told = {fields.verdict(content) for content in field.contents(odd)}
        field.check(told == {wanted}, f"{why}: {told}")

    field.later.append(looked_at)


def exits(field: Field) -> None:
    """F07: a rule ends the process while five other mails are under way with it."""
    under_way = [Session(field.postfix.port, each) for each in mails("m", 5)]
    for session in under_way:
        session.half()
    field.arm("x7")
    _struck(field)
    field.offer(mail("exits", does="exit-x7"))
    for session in under_way:
        session.rest()
        session.answer(field.ledger)
    _serves(field)


def next_hop_refuses(field: Field) -> None:
    """F08: the next hop answers 451 to two of three."""
    field.sink.refuse = lambda number: b"451 4.3.0 come again\r\n" if number % 3 else None
    field.load().join()


def next_hop_drops(field: Field) -> None:
    """F09: the next hop hangs up after the final dot, having kept the mail or not."""
    field.restless = True
    field.sink.refuse = lambda number: b"" if number % 3 == 0 else None
    field.load(prefix="forgotten").join()
    field.flush()
    field.sink.forgets = False
    field.load(prefix="kept").join()
    field.flush()
    field.sink.forgets = True


def ended_gently(field: Field) -> None:
    """F10: SIGTERM and a new start, under load."""
    _storm(field, 4, lambda: field.check(field.gateway.stop() == 0, "it did not end with exit code 0"))
    field.note = "4 restarts"


def postfix_restarts(field: Field) -> None:
    """F11: Postfix reads its configuration anew, stops and starts, under load."""
    field.restless = True
    load = field.stream()
    for number in range(4):
        load.wait_for(field.messages // 2 * (number + 1))
        if number % 2:
            field.postfix.stop()
            field.postfix.start()
        else:
            field.postfix.reload()
    load.join()


def odd_shapes(field: Field) -> None:
    """F12: mails of every odd shape, none of which any rule finds fault with."""
    odd = shapes()
    long = [each for each in odd if each.key == "huge"]
    field.exempt |= {"huge", "bounce"}
    parallel(field.postfix.port, odd, field.ledger)

    def looked_at() -> None:
        for each in odd:
            wanted = each.content.partition(b"\r\n\r\n")[2]
            for content in field.contents([each]):
                field.check(content.partition(b"\r\n\r\n")[2] == wanted, f"{each.key}: its body has changed")
        field.check({fields.verdict(content) for content in field.contents(long)} == {f"unscannable; cut; policy={field.policy}"}, "huge: verdict")

    field.later.append(looked_at)
    field.note = f"{len(odd)} shapes"


def every_action(field: Field) -> None:
    """F13: what can become of a mail, one by one."""
    forged = "X-Commlint-Verdict: pass; forged\r\nX-Commlint-Findings: none\r\nx-commlint-verdict: pass\r\n"
    exempt = [mail("null", finds=VAGUE, sender=""), mail("auto", finds=VAGUE, more="Auto-Submitted: auto-generated\r\n"), mail("list", finds=VAGUE, more="List-Id: <a.example.cn>\r\n")]
    field.exempt |= {each.key for each in exempt}
    if field.policy == "enforce":
        field.needed |= set(REFUSED.values())
    for each in (mail("sound"), mail("vague", finds=VAGUE), mail("marked", finds=MARKED), mail("forged", finds=VAGUE, more=forged), mail("forgery", more=forged), *exempt):
        said = field.offer(each)
        field.check(said == QUEUED or each not in exempt, f"{each.key}: {said}")
    field.later.append(lambda: field.check([fields.verdict(content).partition(";")[0] for content in field.contents(exempt)] == ["exempt"] * len(exempt), "exempt ones are not"))
    if field.policy == "hold":
        field.check("milter triggers HOLD action" in field.postfix.log(), "that it is held is not in Postfix's log")


def vanishing(field: Field) -> None:
    """F14: clients that hang up in the middle of DATA leave nothing behind."""
    _vanish(field, 40)
    before = _held_by(field.gateway)
    _vanish(field, max(100, field.messages * 5))
    until(lambda: _held_by(field.gateway)[0] <= before[0], what=f"file descriptors are left open: {before[0]}, {_held_by(field.gateway)[0]}")
    grown = _held_by(field.gateway)[1] - before[1]
    field.check(grown < 8_000, f"workers have grown by {grown} kB")
    field.check(not [each for each in field.sink.messages if each.recipients[0].startswith("gone")], "something was delivered")
    field.note = f"{max(100, field.messages * 5)} vanish: +0 fds, {grown:+} kB"
    field.load(6).join()


def _vanish(field: Field, count: int) -> None:
    def client(share: int) -> None:
        for number in range(share):
            session = Session(field.postfix.port, mail(f"gone{number}"))
            session.half()
            session.vanish()

    threads = [threading.Thread(target=client, args=(count // 8,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    field.load(8, prefix=f"settled{count}x").join()
    field.flush()


def _held_by(gateway: Running) -> tuple[int, int]:
    """Open files, and kilobytes of their own, of all workers."""
    pids = gateway.workers_pids()
    own = [line.split()[1] for pid in pids for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines() if line.startswith("RssAnon")]
    return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in pids), sum(map(int, own))


def disks_full(field: Field) -> None:
    """F15: no room for the gateway's log, cache and temporary files all the while; then none for Postfix's queue."""
    full = {"452 4.3.1 Insufficient system storage", "451 4.3.0 Queue file write error"}
    field.allowed |= full
    field.load().join()
    field.flush()
    under_way = [Session(field.postfix.port, each) for each in mails("half", 4)]
    for session in under_way:
        session.half()
    filling = fields.fill(field.home / "postfix" / "queue")
    for session in under_way:
        session.rest()
        session.answer(field.ledger)
    for each in mails("full", 4):
        field.offer(each)
    field.check(full & set(field.ledger.replies()), "nobody was told that the queue is full")
    filling.unlink()


def mixed(field: Field) -> None:
    """F16: fifteen at once, a third sound, a third vague, a third with another finding: each gets its own verdict."""
    for number in range(3):
        parallel(field.postfix.port, [mail(f"r{number}m{each}", finds=("", VAGUE, MARKED)[each % 3]) for each in range(15)], field.ledger)
    field.note = "3 rounds of 15"


def over_budget(field: Field) -> None:
    """F18: a rule that does not come back: asleep, burning, or in a pattern that keeps the interpreter to itself."""
    _told_anew(field, policy_text(field.policy, budget=1.0))
    for what in ("wait", "burn"):
        _cut_off(field, what)
    _told_anew(field, policy_text(field.policy, budget=6.0))
    field.check(_signs_of_life(field) >= 1, "no sign of life within six seconds")
    _told_anew(field, policy_text(field.policy))


def over_budget_once(field: Field) -> None:
    """F18, only the one that sleeps; the budget stays short. For a policy that puts off what is over budget."""
    _told_anew(field, policy_text(field.policy, budget=1.0))
    _allow_budget(field)  # a machine under load takes a second for a sound mail as well
    _cut_off(field, "wait")


def _cut_off(field: Field, what: str) -> None:
    workers = set(field.gateway.workers_pids())
    field.arm(f"{what}18")
    odd = [mail(f"{what}s", does=f"{what}-{what}18")]
    _marked(field, odd, "budget")
    field.offer(odd[0])
    field.load(6, prefix=f"{what}m").join()
    field.disarm()
    until(lambda: len(field.gateway.workers_pids()) == len(workers) and set(field.gateway.workers_pids()) != workers, what="the worker is not replaced")


def _signs_of_life(field: Field) -> int:
    """How often a mail server hears that its mail is being worked on, before the budget is over."""
    field.arm("p18")
    caller = _Patient(field.gateway.address, patience=60)
    answer = caller.message("zhou@example.com", ("wang@example.cn",), (("Subject", "x"),), b"fault-wait-p18\r\n")
    field.disarm()
    caller._stream.close()
    wanted = {"enforce": b"y", "hold": b"c"}.get(field.policy, b"c")
    field.check(answer[-1][0] == wanted, f"over budget: {answer}")
    return caller.signs


class _Patient(Caller):
    """Counts signs of life."""

    signs = 0

    def _frame(self) -> tuple[bytes, bytes]:
        command, data = super()._frame()
        self.signs += command == b"p"
        return command, data


def _told_anew(field: Field, policy: str) -> None:
    """Another policy, once it holds."""
    before = len(field.gateway.events("reloaded"))
    field.gateway.write(policy)
    field.gateway.hang_up()
    until(lambda: len(field.gateway.events("reloaded")) > before and len(field.gateway.leaders()) == 1, what=f"not reloaded: {field.gateway.log()}")


def keeps_the_interpreter(field: Field) -> None:
    """F18b: a pattern that blows up keeps the interpreter to itself: the worker is killed, which counts as the gateway being away."""
    _told_anew(field, policy_text(field.policy, budget=1.0))
    field.arm("g18")
    _struck(field)
    odd = [mail("regex", does="regex-g18")]
    field.exempt.add("regex")
    _allow_budget(field)
    field.offer(odd[0])
    field.load(6).join()
    field.disarm()
    _told_anew(field, policy_text(field.policy))


def _allow_budget(field: Field) -> None:
    if field.policy == "enforce":
        field.allowed.add(_unscannable("budget"))


def one_of_many(field: Field) -> None:
    """F19: one worker after another is killed, from outside and as the kernel does it in the middle of judging; the others serve."""
    wanted, before = field.gateway.workers, len(field.gateway.events("worker-died"))
    field.away = True
    load = field.stream()
    for number in range(3):
        load.wait_for(field.messages // 2 * (number + 1))
        field.arm(f"k19x{number}")
        until(partial(_killed_one, field.gateway), what="no worker to kill")
        field.offer(mail(f"kills{number}", does=f"kill-k19x{number}"))
    load.join()
    until(lambda: len(field.gateway.workers_pids()) == wanted, what="workers are missing")
    until(lambda: len(field.gateway.events("worker-died")) >= before + 6, what="a death is not logged")
    _serves(field)
    field.note = f"6 deaths of {wanted} workers"


def _killed_one(gateway: Running) -> bool:
    """Whether there was a worker to kill."""
    for pid in gateway.workers_pids():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        return True
    return False


def new_rules(field: Field) -> None:
    """F20: rules are changed under load, every second time to ones that are not sound: each mail is judged by one set."""
    first, second = policy_text(field.policy, rules='["VAG001"]'), policy_text("tag" if field.policy != "tag" else "observe", rules='["FLT002"]')
    if field.policy == "enforce":
        second = policy_text("enforce", rules='["FLT002"]')
    _told_anew(field, first)
    load = Load(field.postfix.port, (), field.ledger, clients=6, endless=_twice_wrong)
    refused = len(field.gateway.events("reload-refused"))
    for number in range(4):
        load.wait_for(field.messages // 2 * (number + 1))
        field.gateway.write('policy = "nonsense"\n')
        field.gateway.hang_up()
        until(partial(_refused_more, field, refused + number), what="not refused")
        _told_anew(field, first if number % 2 else second)
    load.join()
    both = list(field.ledger.sent.values())
    field.exempt |= set(field.ledger.sent)
    _one_set_each(field, both)
    _told_anew(field, policy_text(field.policy))


def _twice_wrong(number: int) -> Mail:
    """A mail in which there are findings of two rules."""
    made = mail(f"b{number}", finds=MARKED)
    return evolve(made, content=made.content.replace("王经理".encode(), "请尽快提交材料。".encode(), 1))


def _refused_more(field: Field, than: int) -> bool:
    return len(field.gateway.events("reload-refused")) > than


def _one_set_each(field: Field, both: Sequence[Mail]) -> None:
    other = "observe" if field.policy == "tag" else "tag"
    wanted = {(f"flag; policy={field.policy}", VAGUE), (f"flag; policy={other}", MARKED)}
    if field.policy == "enforce":
        told = {reply.partition("\n")[0] for reply in field.ledger.replies()}
        field.allowed |= {reply for reply in field.ledger.replies() if reply.count("Refused by commlint") == 1 and reply.count("VAG001") in (0, 2) and ("FLT002" in reply) != ("VAG001" in reply)}
        field.check(told <= {f"550 5.7.1 Refused by commlint: {finds}" for finds in (VAGUE, MARKED)}, f"told {told}")
        field.note = f"{len(told)} sets seen"
        field.check(len(told) == 2, "no mail has seen the other set")
        return

    def looked_at() -> None:
        seen = {(fields.verdict(content), ", ".join(fields.ours(content, "findings"))) for content in field.contents(both)}
        field.check(seen <= wanted, f"a mix: {seen - wanted}")
        tags = {(fields.verdict(content), b"[late]" in fields.head(content)) for content in field.contents(both)}
        field.check(all(tagged == ("policy=tag" in said) for said, tagged in tags), f"a mix: {tags}")
        field.check(len(seen) == 2, "no mail has seen the other set")
        field.note = f"{len(seen)} sets seen"

    field.later.append(looked_at)


def odd_surroundings(field: Field) -> None:
    """F24: no network but its socket (no DNS, no IPv6), another time zone, nowhere to write temporary files, and a clock that jumps."""
    clock = field.home / "clock"
    load = field.stream()
    for number, jump in enumerate(("+400d", "-400d", "+1d", "+0")):
        load.wait_for(field.messages // 2 * (number + 1))
        clock.write_text(f"{jump}\n", "utf-8")
    load.join()
    _serves(field)
    field.note = "clock +400 d, -400 d, +1 d" if _FAKETIME.exists() else "clock not stepped: faketime is not installed"


_FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")


def _elsewhere(running: Running) -> Running:
    home = running.home.parent
    fields.mount(home / "readonly", "1m", more=",ro")
    (home / "clock").write_text("+0\n", "utf-8")
    stepped = {"LD_PRELOAD": str(_FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(home / "clock"), "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"} if _FAKETIME.exists() else {}
    return evolve(running, before=("unshare", "-n"), more={**running.more, "TZ": "America/St_Johns", "TMPDIR": str(home / "readonly"), **stepped})


# the list

COMMON = Options()


@frozen
class Scenario:
    """One row of the matrix."""

    does: Callable[[Field], None]
    options: Options = COMMON

    @property
    def says(self) -> str:
        """What it is."""
        return (self.does.__doc__ or "").partition("\n")[0].partition(": ")[2].rstrip(".")


SCENARIOS: Mapping[str, Scenario] = {
    "F01": Scenario(killed_in_data),
    "F02": Scenario(killed_after_the_dot),
    "F03": Scenario(not_running),
    "F04": Scenario(hung, Options(timeouts=_QUICK)),
    "F05": Scenario(kill_storm),
    "F06": Scenario(raises),
    "F07": Scenario(exits, Options(workers=1)),
    "F08": Scenario(next_hop_refuses),
    "F09": Scenario(next_hop_drops),
    "F10": Scenario(ended_gently),
    "F11": Scenario(postfix_restarts),
    "F12": Scenario(odd_shapes, Options(postfix="smtp_line_length_limit = 0\n")),
    "F13": Scenario(every_action),
    "F14": Scenario(vanishing),
    "F15": Scenario(disks_full, Options(postfix="message_size_limit = 1000000\n", small_queue=True, full_disk=True)),
    "F16": Scenario(mixed),
    "F18": Scenario(over_budget),
    "F18b": Scenario(keeps_the_interpreter),
    "F19": Scenario(one_of_many, Options(workers=3)),
    "F20": Scenario(new_rules),
    "F24": Scenario(odd_surroundings, Options(gateway=_elsewhere)),
}
