"""The parser's tables as JSON: plain data that takes 30 ms to read where building them takes 400, and cannot run code."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from commlint.resources import bundled

GRAMMAR = ("norm.lark", "terminals.lark")

Plain = dict[str, Any]


def key(version: str) -> str:
    """What the tables were made from: the grammar, and lark in `version`."""
    digest = blake2b(version.encode(), digest_size=16)
    for name in GRAMMAR:
        digest.update(b"\0" + (bundled("grammar") / name).read_bytes())
    return digest.hexdigest()


def keep(folder: Path, key: str, data: Plain, memo: Mapping[int, Any]) -> None:
    """Write tables in one step; a folder that cannot be written is no fault."""
    path = folder / f"grammar-{key}.json"
    temporary = folder / f"{path.name}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps({"key": key, "data": data, "memo": memo}), "utf-8")
        temporary.replace(path)
        for old in folder.glob("grammar-*.json"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return


def kept(folder: Path, key: str) -> tuple[Plain, dict[int, Any]] | None:
    """Tables that `keep` wrote; None when there are none, or they are not tables."""
    try:
        read = json.loads((folder / f"grammar-{key}.json").read_text("utf-8"))
        if read["key"] != key:
            return None
        parser = read["data"]["parser"]["parser"]
        parser["tokens"] = _numbered(parser["tokens"])
        parser["states"] = {int(state): _numbered(actions) for state, actions in parser["states"].items()}
        return read["data"], _numbered(read["memo"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _numbered(mapping: Mapping[str, Any]) -> dict[int, Any]:
    return {int(number): value for number, value in mapping.items()}
