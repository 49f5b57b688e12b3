"""Who a record comes from and goes to, read from one line: `张三 <zhang@example.cn>; 李四, "Wang, W" <w@example.com>`."""

from __future__ import annotations

import re

from commlint.model.record import Party

# One pass, one token at a time: nothing here can backtrack or recurse (RFC 5322 comments do not nest in practice).
_TOKEN = re.compile(r'"(?P<quoted>(?:[^"\\]|\\.)*)"?|<(?P<angle>[^<>]*)>?|(?P<comma>[,;\uff0c\uff1b\u3001])|(?P<group>:)|(?P<plain>[^"<,;:\uff0c\uff1b\u3001]+|.)', re.DOTALL)
_ADDRESS = re.compile(r"(?<![^\s<>()\[\],;:\"])[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")  # tried once a word: at each letter it would take quadratic time
_LIMIT = 10_000  # parties in one header: more are no people


def parties(text: str) -> tuple[Party, ...]:
    """The parties in `text`, in order; names unquoted, addresses as written. Never fails."""
    found: list[Party] = []
    name: list[str] = []
    address = ""
    for token in _TOKEN.finditer(text):
        if token["comma"]:
            _keep(found, name, address)
            name, address = [], ""
        elif token["group"]:
            name = []  # RFC 5322 groups: "Team: a@example.com, b@example.com;"
        elif token["angle"] is not None:
            address = token["angle"].strip()
        else:
            name.append(re.sub(r"\\(.)", r"\1", token["quoted"]) if token["quoted"] is not None else token["plain"])
        if len(found) >= _LIMIT:
            return tuple(found)
    _keep(found, name, address)
    return tuple(found)


def _keep(found: list[Party], name: list[str], address: str) -> None:
    words = " ".join("".join(name).split())
    bare = None if address else _ADDRESS.search(words)
    if bare is not None:
        address = bare.group()
        words = (words[: bare.start()] + words[bare.end() :]).strip(" ()\uff08\uff09[]")
    if words or address:
        found.append(Party(words, address))
