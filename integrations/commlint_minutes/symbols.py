"""Characters of symbol fonts as the characters they look like."""

from __future__ import annotations

# By font and code: what forms and lists use of Wingdings, Wingdings 2 and Symbol.
_WINGDINGS = {
    0x6C: "\u25cf", 0x6E: "\u25a0", 0x6F: "\u25a1", 0x71: "\u2751", 0x72: "\u2752", 0x75: "\u25c6", 0x76: "\u2756", 0x77: "\u25c6", 0x78: "\u2612", 0x9F: "\u2022", 0xA7: "\u25aa",
    0xA8: "\u2610", 0xD8: "\u27a2", 0xE0: "\u2192", 0xE8: "\u2794", 0xFB: "\u2717", 0xFC: "\u2713", 0xFD: "\u2612", 0xFE: "\u2611", 0x28: "\u260e", 0x2A: "\u2709", 0x4A: "\u263a",
}
_WINGDINGS_2 = {0x4F: "\u2717", 0x50: "\u2713", 0x51: "\u2612", 0x52: "\u2611", 0x53: "\u2612", 0x54: "\u2612", 0xA2: "\u25a0", 0xA3: "\u2610", 0x2A: "\u2610"}
_SYMBOL = {0xB7: "\u2022", 0xAE: "\u2192", 0xB3: "\u2265", 0xA3: "\u2264", 0xB4: "\u00d7", 0xB8: "\u00f7", 0xB1: "\u00b1", 0xB0: "\u00b0", 0x6D: "\u03bc", 0x57: "\u03a9"}
_PRIVATE = {0xF000 + code: look for code, look in _WINGDINGS.items()}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """The character `code` (hexadecimal, maybe in the private area F000) of `font`; "" for one that has no look in text."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    table = _FONTS.get(font.strip().lower(), {})
    known = table.get(number & 0xFF) if number < 0x100 or 0xF000 <= number <= 0xF0FF else None
    if known is not None:
        return known
    if 0xE000 <= number <= 0xF8FF or number < 0x20 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return ""
    return chr(number)


def plain(text: str) -> str:
    """`text`, with what Wingdings has in the private area as what it looks like: nearly all that stands there is of that font."""
    return text if text.isascii() or not any("\uf000" <= letter <= "\uf0ff" for letter in text) else text.translate(_PRIVATE)
