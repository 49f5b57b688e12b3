"""Reports hide the identifiers of persons where that is asked for, and say the same otherwise."""

from __future__ import annotations

import json

import pytest

from commlint.api import Linter
from commlint.cli import main
from commlint.report.redaction import redacted_report

TEXT = "请尽快联系王工\uff0c电话13800001234\uff0c邮箱wang.gong@corp.example.com\u3002\n"


def test_every_place_of_a_report_is_redacted():
    """Excerpts, matches and messages; places and counts stay."""
    report = Linter().check(TEXT, kind="email")
    hidden = redacted_report(report)
    assert "13800001234" in repr(report.findings)
    assert "13800001234" not in repr(hidden)
    assert "wang.gong" not in repr(hidden)
    assert [finding.location for finding in report.findings] == [finding.location for finding in hidden.findings]
    assert report.counts == hidden.counts


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_the_command_redacts_every_format(form, tmp_path, capfdbinary):
    """`--redact` and the key `redact` do the same."""
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    main(["check", str(file), "--kind", "email", "--redact", "--exit-zero", "--output-format", form])
    asked = capfdbinary.readouterr().out
    (tmp_path / "commlint.toml").write_text("redact = true\n", "utf-8")
    main(["check", str(file), "--kind", "email", "--exit-zero", "--output-format", form])
    configured = capfdbinary.readouterr().out
    assert b"13800001234" not in asked
    assert b"138****1234" in asked
    assert asked == configured


def test_without_it_nothing_is_hidden(tmp_path, capfdbinary):
    """A report is as the author wrote unless somebody asks."""
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    main(["check", str(file), "--kind", "email", "--isolated", "--exit-zero", "--output-format", "json"])
    found = json.loads(capfdbinary.readouterr().out)
    assert "13800001234" in json.dumps(found)
