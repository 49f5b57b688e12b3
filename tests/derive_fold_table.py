"""Write commlint/text/simplified.py from the OpenCC data of the package opencc-python-reimplemented.

Run ``python -m tests.derive_fold_table`` after an update of the package; a test compares the result with the file.
"""

from __future__ import annotations

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from commlint.text import simplified

_PACKAGE = "opencc-python-reimplemented"
_HEADER = '''"""Traditional characters and their simplified forms, one code point to one, in two parallel strings.

Derived by tests/derive_fold_table.py from TSCharacters.txt of OpenCC (https://github.com/BYVoid/OpenCC, Apache License 2.0)
as packaged in {package} {version}: the first choice of every entry, chains followed to their end.
"""

'''
_ROW = 100


def characters() -> dict[str, str]:
    """Traditional to simplified, as OpenCC says; what maps to itself or to several code points left out."""
    spec = find_spec("opencc")
    assert spec is not None
    assert spec.origin is not None
    lines = Path(spec.origin).with_name("dictionary").joinpath("TSCharacters.txt").read_text("utf-8").splitlines()
    first = {key: choices.split(" ")[0] for key, choices in (line.split("\t") for line in lines if line)}
    direct = {key: value for key, value in first.items() if len(key) == len(value) == 1 and key != value}
    return {key: direct.get(value, value) for key, value in sorted(direct.items())}


def module() -> str:
    """The text of the data module."""
    table = characters()
    header = _HEADER.format(package=_PACKAGE, version=version(_PACKAGE))
    return header + _constant("TRADITIONAL", "".join(table)) + "\n" + _constant("SIMPLIFIED", "".join(table.values()))


def _constant(name: str, value: str) -> str:
    rows = [f'    "{value[at : at + _ROW]}"\n' for at in range(0, len(value), _ROW)]
    return f"{name} = (\n{''.join(rows)})\n"


if __name__ == "__main__":
    Path(simplified.__file__).write_text(module(), "utf-8")
