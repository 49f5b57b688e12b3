"""The tools that commlint is measured against, those that are on this machine, and how to get the others."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from attrs import frozen

FLOOR = """
import os, sys
from ahocorasick_rs import AhoCorasick
words = open(sys.argv[1], encoding="utf-8").read().split()
find = AhoCorasick(words, store_patterns=False).find_matches_as_indexes
for name in sorted(os.listdir(sys.argv[2])):
    with open(os.path.join(sys.argv[2], name), "rb") as stream:
        text = stream.read().decode()
    line, last = 1, 0
    for index, start, end in find(text):
        line, last = line + text.count("\\n", last, start), start
        sys.stdout.write(f"{name}:{line}:{start - text.rfind(chr(10), 0, start)}: {words[index]}\\n")
"""

ALTERNATION = """
import os, re, sys
find = re.compile("|".join(map(re.escape, open(sys.argv[1], encoding="utf-8").read().split()))).finditer
for name in sorted(os.listdir(sys.argv[2])):
    with open(os.path.join(sys.argv[2], name), "rb") as stream:
        text = stream.read().decode()
    line, last = 1, 0
    for match in find(text):
        start = match.start()
        line, last = line + text.count("\\n", last, start), start
        sys.stdout.write(f"{name}:{line}:{start - text.rfind(chr(10), 0, start)}: {match[0]}\\n")
"""


@frozen
class Peer:
    """A tool: the command that makes it look through a folder; `slow` ones get few files; `own` checks its own rules."""

    name: str
    binary: str
    arguments: tuple[str, ...]
    install: str
    slow: bool = False
    own: bool = False

    def command(self, folder: Path, words: Path) -> list[str] | None:
        """The command, or None when the tool is not here."""
        found = shutil.which(self.binary)
        if found is None:
            return None
        files = [str(path) for path in sorted(folder.iterdir())]
        known = {"{folder}": [str(folder)], "{words}": [str(words)], "{files}": files, "{prh}": [str(_prh(words))]}
        return [found, *(part for argument in self.arguments for part in known.get(argument, [argument]))]


PEERS = (
    Peer("ripgrep -F, 1 thread", "rg", ("-F", "-j1", "--column", "-f", "{words}", "{folder}"), "apt install ripgrep"),
    Peer("Python, one automaton", sys.executable, ("-c", FLOOR, "{words}", "{folder}"), ""),
    Peer("Python, re alternation", sys.executable, ("-c", ALTERNATION, "{words}", "{folder}"), ""),
    Peer("AutoCorrect", "autocorrect", ("--lint", "{folder}"), "npm i autocorrect-node", own=True),
    Peer("proselint", "proselint", ("check", "{folder}"), "pip install proselint", slow=True, own=True),
    Peer("Vale", "vale", ("--no-exit", "{folder}"), "https://vale.sh/docs/vale-cli/installation", own=True),
    Peer("textlint, prh", "textlint", ("--config", "{prh}", "{files}"), "npm i textlint textlint-rule-prh", slow=True),
    Peer("zhlint", "zhlint", ("{files}",), "npm i zhlint", slow=True, own=True),
    Peer("alex", "alex", ("{files}",), "npm i alex", slow=True, own=True),
    Peer("write-good", "write-good", ("{files}",), "npm i write-good", slow=True, own=True),
)


def _prh(words: Path) -> Path:
    """A configuration of textlint that bans the words through its rule prh."""
    rules = words.with_name("prh.yml")
    lines = "".join(f"  - pattern: {json.dumps(word, ensure_ascii=False)}\n    expected: x\n" for word in words.read_text("utf-8").split())
    rules.write_text(f"version: 1\nrules:\n{lines}", "utf-8")
    config = words.with_name("textlintrc.json")
    config.write_text(json.dumps({"rules": {"prh": {"rulePaths": [str(rules)]}}}), "utf-8")
    return config
