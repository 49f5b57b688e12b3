"""Asking whether a gateway answers where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from commlint_mail.gateway.command import Gateway


@pytest.mark.parametrize(("lang", "said", "advice"), [("en", "does not answer: ", "= help: "), ("zh", "没有应答\uff1a", "= 办法\uff1a")])
def test_nobody_answers(lang: str, said: str, advice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says where and what to look at, in the language that was asked for, and fails."""
    address = f"unix:{tmp_path / 'none.sock'}"
    assert Gateway().run(["--lang", lang, "--ping", "--listen", address]) == 1
    out, err = capsys.readouterr()
    assert (out, address in err, said in err, advice in err) == ("", True, True, True)
