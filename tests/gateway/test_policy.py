"""The policy file: whom an entry is for, which findings count, which entry holds, and what is said of mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import evolve
from commlint_mail.gateway.policy import Action, Direction, Policy, among, direction
from commlint_mail.gateway.policyfile import _ENTRY, _WHOLE, bound, read

from commlint import Linter
from commlint.cli import main
from commlint.errors import ConfigError
from commlint.model.finding import Severity
from tests.tables import ROOT

LINTER = Linter()
RULES, ALL = LINTER.rules, LINTER.all_rules


def policy(text: str) -> Policy:
    """The policy in a file of this text, whose rules there are."""
    return bound(read(text.encode(), "gateway.toml"), "gateway.toml", rules=RULES, known=ALL, domains=("example.com",))


@pytest.mark.parametrize(("pattern", "there", "elsewhere"), [
    ("zhou@example.com", ["zhou@example.com"], ["li@example.com", "zhou@example.com.cn", "azhou@example.com"]),
    ("Zhou@Example.COM", ["zhou@example.com"], ["li@example.com"]),
    ("*@example.com", ["zhou@example.com"], ["zhou@sales.example.com", "zhou@badexample.com"]),
    ("*@*.example.com", ["zhou@sales.example.com"], ["zhou@example.com"]),
    ("sales-*@example.com", ["sales-east@example.com"], ["sales@example.com"]),
    ("example.com", ["zhou@example.com", "zhou@sales.example.com"], ["zhou@badexample.com", "example.com@example.cn"]),
    ("*.example.com", ["zhou@sales.example.com"], ["zhou@example.com"]),
    ("*", ["zhou@example.com", "postmaster"], []),
    ("张三@example.com", ["张三@example.com"], ["李四@example.com"]),
])
def test_whom_a_pattern_means(pattern: str, there: list[str], elsewhere: list[str]) -> None:
    """An address, a pattern of the whole address, or a domain with all below it; in any case."""
    (meant,) = policy(f'[[policies]]\nsenders = ["{pattern}"]').entries[0].senders
    assert [address for address in (*there, *elsewhere) if among(address.lower(), [meant])] == there


def test_groups() -> None:
    """A group is named with @; its members are patterns, domains and other groups."""
    text = '[[policies]]\nsenders = ["@all"]\n[groups]\nall = ["@sales", "boss@example.com"]\nsales = ["*@sales.example.com", "sales.example.cn"]\n'
    assert policy(text).entries[0].senders == ("*@sales.example.com", "sales.example.cn", "boss@example.com")


@pytest.mark.parametrize(("sender", "recipients", "expected"), [
    ("zhou@example.com", ["wang@example.com"], Direction.INTERNAL),
    ("zhou@sales.example.com", ["wang@example.com"], Direction.INTERNAL),
    ("zhou@example.com", ["wang@example.com", "li@example.cn"], Direction.OUTBOUND),
    ("li@example.cn", ["wang@example.com"], Direction.INBOUND),
    ("li@example.cn", ["wang@EXAMPLE.com"], Direction.INBOUND),
    ("li@example.cn", ["wang@example.com", "chen@example.org"], Direction.OTHER),
    ("li@badexample.com", ["wang@example.com"], Direction.INBOUND),
])
def test_directions(sender: str, recipients: list[str], expected: Direction) -> None:
    """By the domains that are ours, and those below them; one recipient outside makes mail outbound."""
    assert direction(sender, recipients, ["Example.com"]) is expected


FILE = """
policy = "observe"
level = "error"
rules = ["VAG001"]

[[policies]]
name = "board"
recipients = ["@board"]
policy = "hold"

[[policies]]
name = "sales"
senders = ["sales.example.com"]
direction = "outbound"
policy = "enforce"
level = "warning"
rules = ["VAG", "DDL001"]
ignore = ["VAG002"]

[[policies]]
name = "out"
direction = ["outbound", "internal"]
policy = "tag"

[groups]
board = ["boss@*"]
"""


@pytest.mark.parametrize(("sender", "recipients", "where", "expected"), [
    ("x@sales.example.com", ["c@example.cn"], Direction.OUTBOUND, "sales"),
    ("X@SALES.example.com", ["c@example.cn"], Direction.OUTBOUND, "sales"),
    ("x@sales.example.com", ["c@example.com"], Direction.INTERNAL, "out"),
    ("x@example.com", ["c@example.cn"], Direction.OUTBOUND, "out"),
    ("x@sales.example.com", ["c@example.cn", "Boss@example.com"], Direction.OUTBOUND, "board"),
    ("c@example.cn", ["x@example.com"], Direction.INBOUND, ""),
])
def test_the_first_that_fits(sender: str, recipients: list[str], where: Direction, expected: str) -> None:
    """All conditions of an entry must hold, of recipients one is enough; the first such entry holds, else what stands above all entries."""
    assert policy(FILE).entry(sender, recipients, where).name == expected


def test_what_entries_take_over() -> None:
    """Policy, level and rules stand for all entries that say nothing else."""
    told = policy(FILE)
    board, sales, out = told.entries
    assert (told.default.action, board.action, sales.action, out.action) == (Action.OBSERVE, Action.HOLD, Action.ENFORCE, Action.TAG)
    assert (told.default.level, board.level, sales.level) == (Severity.ERROR, Severity.ERROR, Severity.WARNING)
    assert (board.selected, out.selected) == (frozenset({"vague-deadline"}),) * 2


def codes(text: str) -> set[str]:
    """The codes of the rules that count by default."""
    selected = policy(text).default.selected
    return {rule.code for rule in RULES if selected is None or rule.name in selected}


@pytest.mark.parametrize(("text", "chosen"), [
    ("", lambda rule: True),
    ('rules = ["ALL"]', lambda rule: True),
    ('rules = ["VAG001"]', lambda rule: rule.code == "VAG001"),
    ('rules = ["vague-deadline"]', lambda rule: rule.code == "VAG001"),
    ('rules = ["VAG"]', lambda rule: rule.code.startswith("VAG")),
    ('rules = ["vague-*", "DDL00?"]', lambda rule: rule.name.startswith("vague-") or rule.code.startswith("DDL00")),
    ('ignore = ["VAG001"]', lambda rule: rule.code != "VAG001"),
    ('rules = ["VAG"]\nignore = ["vague-deadline"]', lambda rule: rule.code.startswith("VAG") and rule.code != "VAG001"),
])
def test_which_rules_count(text: str, chosen: object) -> None:
    """Names, codes, beginnings of codes, ALL as for --select, and patterns; `ignore` has the last word."""
    assert codes(text) == {rule.code for rule in RULES if chosen(rule)}  # type: ignore[operator]  # a function of a rule
    assert codes(text)


def test_tags() -> None:
    """A tag means the rules that have it."""
    tag = next(tag for rule in RULES for tag in rule.tags)
    assert codes(f'rules = ["{tag}"]') == {rule.code for rule in RULES if tag in rule.tags}


@pytest.mark.parametrize(("level", "counted"), [("error", ["error"]), ("warning", ["error", "warning"]), ("info", ["error", "warning", "info"])])
def test_levels(level: str, counted: list[str]) -> None:
    """What is as bad as `level`, or worse."""
    (finding,) = LINTER.check("请尽快提交材料。", kind="task").findings
    entry = policy(f'level = "{level}"').default
    assert [each for each in ("error", "warning", "info") if entry.counts(evolve(finding, severity=Severity(each)))] == counted


MISTAKES = [
    ('policy = "tagg"', "`policy`: should be one of observe, tag, enforce, hold, not 'tagg'", ""),
    ("polcy = 1", "unknown key `polcy`", "did you mean `policy`?"),
    ('[[policies]]\nname = "sales"\nsender = ["a@b"]', "[[policies]] 1 (sales): unknown key `sender`", "did you mean `senders`?"),
    ("[[policies]]\n[[policies]]\nbudget = 3", "[[policies]] 2: unknown key `budget`", "`budget` is for the whole file: put it above the first [[policies]]"),
    ("[policies]\nname = 'a'", "`policies`: should be tables, each under a line [[policies]]", ""),
    ('[[policies]]\nsenders = ["@sales"]', "[[policies]] 1: `senders`: there is no group 'sales'", ""),
    ('[[policies]]\nsenders = ["@example.com"]', "[[policies]] 1: `senders`: there is no group 'example.com'", "`example.com` means a domain"),
    ('[[policies]]\nsenders = "a@example.com"', "[[policies]] 1: `senders`: should be a list of strings", 'such as ["a", "b"]'),
    ('[[policies]]\nrecipients = ["a b"]', "[[policies]] 1: `recipients`: 'a b' is no address", "name@example.com, *@example.com, example.com, @group"),
    ('[groups]\na = ["@b"]\nb = ["@a"]', "`groups.a`: this group is in itself: a > b > a", ""),
    ('[groups]\na = ["@c"]', "`groups.a`: there is no group 'c'", ""),
    ("[[policies]]\nlevel = 3", "[[policies]] 1: `level`: should be one of error, warning, info, not 3", ""),
    ('level = "off"', "`level`: should be one of error, warning, info, not 'off'", ""),
    ("[[policies]]\ndirection = 5", "[[policies]] 1: `direction`: should be one of inbound, outbound, internal, other, not 5", ""),
    ('rules = ["VAG0001"]', "`rules`: there is no rule 'VAG0001'", "did you mean `VAG001`?"),
    ('[[policies]]\nrules = ["VAG001"]\nignore = ["VAG"]', "[[policies]] 1: `ignore`: no rule is left", ""),
    ("budget = 0", "`budget`: should be a number from 0.001 to 600", ""),
    ("budget = nan", "`budget`: should be a number from 0.001 to 600", ""),
    ("budget = true", "`budget`: should be a number from 0.001 to 600", ""),
    ('body = "ten"', '`body`: should be a size such as "10 MB"', ""),
    ('body = "0 MB"', '`body`: should be a size such as "10 MB"', ""),
    ('body = "\u00b2"', '`body`: should be a size such as "10 MB"', ""),
    ("tempfail-percent = 101", "`tempfail-percent`: should be a number from 0 to 100", ""),
    ('give-up = "enforce"', "`give-up`: should be one of observe, tag, hold, not 'enforce'", ""),
    ('subject-tag = "a\\nBcc: b"', "`subject-tag`: should be a single line", ""),
    ('lang = "de"', "`lang`: should be one of zh, en, not 'de'", ""),
    ("x = [", "not valid TOML: Invalid value (at end of document)", ""),
]


@pytest.mark.parametrize(("text", "said", "advice"), MISTAKES)
def test_mistakes(text: str, said: str, advice: str) -> None:
    """The file, the entry and the key are named, what may stand there, and a way out; in Chinese as well."""
    with pytest.raises(ConfigError) as raised:
        policy(text)
    assert raised.value.said("en") == (f"gateway.toml: {said}", advice)
    chinese, chinese_advice = raised.value.said("zh")
    assert any("\u4e00" <= each <= "\u9fff" for each in chinese)
    assert bool(chinese_advice) == bool(advice)


def test_a_direction_without_domains() -> None:
    """An entry for a direction would fit no mail as long as nobody says which domains are ours, so that is a mistake."""
    with pytest.raises(ConfigError, match=r"\[\[policies\]\] 1: `direction`: nobody has said which domains are ours") as raised:
        bound(read(b'[[policies]]\ndirection = "outbound"', "gateway.toml"), "gateway.toml", rules=RULES)
    assert "[organisation]" in raised.value.help


def test_a_rule_that_does_not_run() -> None:
    """A rule that is there but switched off is told apart from one that is not there."""
    only = tuple(rule for rule in RULES if rule.code != "VAG001")
    with pytest.raises(ConfigError, match="the rule 'VAG001' does not run") as raised:
        bound(read(b'rules = ["VAG001"]', "gateway.toml"), "gateway.toml", rules=only, known=RULES)
    assert "extend-select" in raised.value.help


def test_without_a_file() -> None:
    """Everything is observed, nothing is done."""
    assert policy("") == Policy()


@pytest.mark.parametrize(("text", "size"), [('"10 MB"', 10_000_000), ('"1.5mb"', 1_500_000), ('"300 kB"', 300_000), ("5000", 5000), ('"2k"', 2000), ('"7 b"', 7)])
def test_sizes(text: str, size: int) -> None:
    """Sizes as people write them."""
    assert policy(f"body = {text}").cap == size


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_file_in_the_readme(name: str) -> None:
    """The policy file that the README shows is sound, has every key that there is, and shows the default of each that has one."""
    texts = re.findall(r"```text\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    (text,) = (text for text in texts if "[[policies]]" in text)
    shown, plain = policy(text), Policy()
    assert {key for key in (*_WHOLE, *_ENTRY) if not re.search(rf"^\[*{key}\b", text, re.MULTILINE)} == set()
    kept = ("give_up", "put_off_share", "put_off_seconds", "subject_tag", "budget", "cap", "attachments", "help_url", "lang")
    assert [getattr(shown, key) for key in kept] == [getattr(plain, key) for key in kept]
    assert shown.default.level is plain.default.level


def test_rule_files_with_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule file with an error stops the check, and what is wrong with it is shown."""
    (tmp_path / "bad.norm").write_text('rule broken {\n  code LOC001\n}\nrule "', "utf-8")
    (tmp_path / "commlint.toml").write_text('rule-files = ["bad.norm"]\n', "utf-8")
    assert main(["gateway", "--check", "--config", str(tmp_path / "commlint.toml")]) == 2
    assert "bad.norm" in capsys.readouterr().err
