"""How wide text stands on a terminal, and how hostile text is made harmless there."""

from __future__ import annotations

from unicodedata import category, east_asian_width

TAB = 4
_EMOJI_STYLE = "\ufe0f"  # asks for the wide, coloured form of the character before it
_SKIN = range(0x1F3FB, 0x1F400)  # modifies the emoji before it


def visible(character: str) -> str:
    """`character`, or a picture of it when it is a control: records may carry terminal commands or turn writing round."""
    code = ord(character)
    if code < 0x20 and character != "\t":
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0x80 <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or 0xD800 <= code < 0xE000:
        return "\ufffd"
    return character


def cells(character: str) -> int:
    """Columns that one visible character takes (UAX #11: wide and fullwidth 2, combining and format 0; ambiguous 1)."""
    if character < "\u0300":
        return 0 if character == "\u00ad" else 1
    if category(character) in ("Mn", "Me", "Cf") or ord(character) in _SKIN:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def laid_out(text: str) -> tuple[tuple[str, int], ...]:
    """What to print for each code point of one line, and how many columns it takes."""
    out: list[tuple[str, int]] = []
    column = 0
    for character in text:
        shown, wide = visible(character), 0
        if character == "\t":
            wide = TAB - column % TAB
            shown = " " * wide
        elif character == _EMOJI_STYLE and out and out[-1][1] == 1:
            wide = 1
        else:
            wide = cells(shown)
        column += wide
        out.append((shown, wide))
    return tuple(out)


def width(text: str) -> int:
    """Columns that `text` takes."""
    return sum(wide for _, wide in laid_out(text))


def harmless(text: str) -> str:
    """`text` on one line, fit for a terminal."""
    return "".join(visible(character) for character in " ".join(text.splitlines()))
