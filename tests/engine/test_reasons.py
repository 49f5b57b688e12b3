"""What people are told about what could not be judged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commlint.engine.reasons import REASONS, reason, way_out
from commlint.model.values import Unknown

ROOT = Path(__file__).parents[2]
GIVEN = re.compile(r'Unknown\("([a-z-]+)"(?:, "([a-z_]+)")?')


def test_every_reason_is_told() -> None:
    """Each slug that the core and its readers give has words in both languages and a way out; no words are left over."""
    found = {match for folder in ("commlint", "integrations") for path in (ROOT / folder).rglob("*.py") for match in GIVEN.findall(path.read_text("utf-8"))} - {("none", "")}
    assert {slug for slug, _ in found} == {key.partition(" ")[0] for key in REASONS}
    assert {f"no-header {detail}" for slug, detail in found if slug == "no-header" and detail} <= REASONS.keys()
    for told in REASONS.values():
        assert all((told.zh, told.en, told.zh_help, told.en_help))


@pytest.mark.parametrize(("unknown", "zh", "en"), [
    (Unknown("no-sent-time"), "不知道发送时间", "the time of sending is not known"),
    (Unknown("no-sent-time", "下周内"), "不知道发送时间\uff08下周内\uff09", "the time of sending is not known (下周内)"),
    (Unknown("no-header", "channel"), "看不出这条消息发在群里还是私聊", "it cannot be told whether this message went to a group or to one person"),
    (Unknown("no-header", "x-priority"), "缺少邮件头 x-priority", "the mail header x-priority is missing"),
    (Unknown("no-organisation", "a@example.com"), "不知道 a@example.com 是本单位还是外部", "it is not known whether a@example.com is one of ours or from outside"),
    (Unknown("of-a-plugin", "x"), "of-a-plugin x", "of-a-plugin x"),
])
def test_words(unknown: Unknown, zh: str, en: str) -> None:
    """The detail stands where the sentence wants it; the reason of a plugin is shown as it is."""
    assert (reason(unknown, "zh"), reason(unknown, "en")) == (zh, en)


@pytest.mark.parametrize(("slug", "names"), [("no-organisation", "[organisation]"), ("no-as-of", "--as-of"), ("no-coverage", "[coverage]"), ("no-roster", "--roster"), ("unannounced-year", "[calendar]")])
def test_what_to_configure(slug: str, names: str) -> None:
    """The way out names the option or the section of the configuration, in both languages."""
    assert names in way_out(Unknown(slug), "zh")
    assert names in way_out(Unknown(slug), "en")
