"""Values that say nothing: empty, a dash, a placeholder (norms.toml [meta].blank)."""

from __future__ import annotations

import re

from commlint.entities.wordlists import sections

_PLACEHOLDER = re.compile(
    r"[\s\-_/\\.,:;~*|=#\u2014\u2013\u2026\u3001\u3002\u00b7]*"  # only marks: -, /, ___, …
    r"|[x\u00d7]{2,}"
    r"|[\[<(\u3010{](?:请|待|填|具体|此处|如有|xx|tbd|todo|your |insert |name|date)[^\[\](){}<>\u3010\u3011]{0,20}[\]>)\u3011}]"
    r"|[x_\s]*年?[x_\s]+月[x_\s]*日?前?"
)
_MARKS = " \t\r\n*_`\u3000"


def is_blank(folded: str, *, none_allowed: bool = False) -> bool:
    """Whether a folded value says nothing; ``无`` does unless `none_allowed`."""
    value = folded.strip(_MARKS).rstrip("。.")
    if len(value) > 40:
        return False
    words = sections("blanks")
    if value in words["blank"] or (not none_allowed and value in words["none"]):
        return True
    return _PLACEHOLDER.fullmatch(value) is not None
