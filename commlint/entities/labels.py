"""What a label means, and whether a stretch reads like one: synonyms, compounds, words that labels are made of (lexicon/labels.txt)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from commlint.entities.wordlists import cues, sections
from commlint.model.environment import Lexicon
from commlint.text.fold import fold_string

_DECORATION = " \t\n\u3000*_`#\u3010\u3011[]<>\u300a\u300b\u300c\u300d\u300e\u300f\"'\u201c\u201d:."
_HINT = re.compile(r"\([^()]*\)?$")
_BLANKS = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_COMPOUND = re.compile(r"[/\u3001&+]|及其|及|和|与|\band\b|\bor\b|\s{2,}")
_BILINGUAL = re.compile(r"([\u3400-\u9fff]{2,12})[\s/]{0,3}([a-z][a-z .'-]{1,30})|([a-z][a-z .'-]{1,30}?)[\s/]{0,3}([\u3400-\u9fff]{2,12})")
_NUMBER = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-z])[.)\u3001:](?!\d)|\(?[一二三四五六七八九十]{1,3}[)\u3001.]|第[一二三四五六七八九十\d]{1,3}[章节条项部分]+[\u3001:]?|[\u2460-\u2473])\s*"
)
_COUNTED = re.compile(r"\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[\u2460-\u2468])$")
_PRESENT = re.compile(r"本(?:周|月|次|期|季度|阶段)|今[日天]")  # 下次会议时间 is not the time of this meeting
_PLAIN = re.compile(r"[\u3400-\u9fff\u2460-\u2468a-z0-9/&()\-\u3001. \u00b7'#*+%]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DIGITS = re.compile(r"\d{3}|\d+[年月日%]")
_SENTENCE = re.compile(
    r"请(?![假示款购领求])|我(?![方司])|你(?!方)|您|他(?![方项])|她|它|如(?!需)|若|因(?!素)|但|所以|并(?![购发])|这|那|现(?![场象状有任住职用货金款])|特(?![殊别点征长])|经(?![办手理费验济营销度])"
    r"|从(?!业)|在(?![招办建职册岗校院途库])|把|将|对于|关于|根据|按照|以下|上述|(?:please|i|we|you|if|because|https?|file|ftp|mailto|dear|hi|hello|hey|to whom|good|re|fw|fwd)\b"
)
_SPOKEN = re.compile(r"了(?!解)|[吗呢吧嘛也很]|就(?![诊业餐读位寝])|已经|正在|觉得|可以|应该|必须|大家|我们|你们|他们|怎么|什么|没有|还是|不要|不能")
_ASKS = re.compile(r"(?<![顾提疑访慰])问$|(?<![解问应抢])答$")
LONGEST = 24  # characters; no label of the lexicon is longer
EXACT, KNOWN, MADE, PLAUSIBLE, NONE = 4, 3, 2, 1, 0


def tidy(folded: str) -> str:
    """A folded label without marks, numbering, a hint in brackets and blanks between characters."""
    label = folded.strip(_DECORATION)
    if not label:
        return label
    if label[0] < "a" or label[0] in "第一二三四五六七八九十" or label[1:2] in (".", ")"):
        numbered = _NUMBER.match(label)
        if numbered and numbered.end() < len(label):
            label = label[numbered.end() :]
    if "(" in label:
        label = _HINT.sub("", label).strip(_DECORATION) or label
    return _BLANKS.sub("", label) if " " in label or "\t" in label or "\n" in label else label


@lru_cache(maxsize=64)
def synonyms(lexicon: Lexicon) -> Mapping[str, str]:
    """Every known label, folded, and its key; what the configuration adds wins."""
    known = {word: key for key, words in sections("labels").items() if not key.startswith(":") for word in words}
    keys = set(known.values())
    for key, synonym in lexicon.labels:
        folded = tidy(fold_string(key))
        known[tidy(fold_string(synonym))] = folded if folded in keys else known.get(folded, folded)
    return known


@lru_cache(maxsize=256)
def spellings(lexicon: Lexicon, key: str) -> tuple[str, ...]:
    """Every label that has this key."""
    return tuple(word for word, each in synonyms(lexicon).items() if each == key)


@lru_cache(maxsize=256)
def words(section: str, lexicon: Lexicon | None = None) -> tuple[str, ...]:
    """A list that belongs to labels, such as ``greetings``, with what the configuration adds to it."""
    bundled = sections("labels")[f":{section}"]
    return bundled + cues(lexicon, "labels", section) if lexicon and lexicon.cues else bundled


@lru_cache(maxsize=256)
def _set(section: str, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(words(section, lexicon))


@lru_cache(maxsize=4096)
def keys_of(lexicon: Lexicon, folded: str) -> tuple[str, ...]:
    """The keys of a label, its own first; a compound (时间/地点) has those of its parts too.

    An unknown label is its own key.
    """
    label = tidy(folded)
    known = synonyms(lexicon)
    if label in known:
        return (known[label],)
    pieces = _COMPOUND.split(label)
    parts = tuple(dict.fromkeys(known[piece] for piece in map(tidy, pieces) if piece in known)) if len(pieces) > 1 else ()
    if len(parts) > 1:
        return (parts[0], *parts[1:], label)
    if parts and len(pieces) == 2 and tidy(pieces[0]) in known:
        return (parts[0], label)
    plainer = _plainer(known, label)
    if plainer:
        return (plainer, label)
    ending = _by_ending(lexicon, known, label)
    return (ending, label) if ending else (label, *parts)


def _plainer(known: Mapping[str, str], label: str) -> str | None:
    """The key of the label without a counter (议题一), a word for now (本周讨论), or its name in the other language (主持 Host)."""
    for plainer in (_COUNTED.sub("", label), _PRESENT.sub("", label, count=1)):
        if plainer in known:
            return known[plainer]
    both = _BILINGUAL.fullmatch(label)
    return next((known[name.strip()] for name in both.groups() if name and name.strip() in known), None) if both else None


def _by_ending(lexicon: Lexicon, known: Mapping[str, str], label: str) -> str | None:
    if label.endswith(words("not-suffix", lexicon)):
        return None
    return next((known[end] for end in words("suffix-keys", lexicon) if label.endswith(end)), None)


def is_known(lexicon: Lexicon, folded: str) -> bool:
    """Whether the lexicon has the label, or every part of a compound."""
    return grade(lexicon, folded) >= KNOWN


@lru_cache(maxsize=8192)
def grade(lexicon: Lexicon, folded: str) -> int:
    """How surely a stretch is a label by its own words.

    EXACT: the lexicon has it. KNOWN: it has the key of one by its parts, its ending or a counter. MADE: it is made of words that
    labels are made of (验收 + 人). PLAUSIBLE: nothing speaks against it. NONE: it is a sentence, a greeting, a number.
    """
    label = tidy(folded)
    if not label or len(label) > 2 * LONGEST:
        return NONE
    if label in _set("never", lexicon):
        return NONE
    if label in synonyms(lexicon):
        return EXACT
    if not _PLAIN.fullmatch(label) or _DIGITS.search(label) or label.endswith(words("no-label-ends", lexicon)) or _ASKS.search(label):
        return NONE
    said = _SENTENCE.match(label) or (label.startswith(words("greetings", lexicon)) and not label.isascii())
    if keys_of(lexicon, folded)[0] != label and not (said and len(label) > 8):
        return KNOWN
    if said or label.isdigit():
        return NONE
    if is_made(label, lexicon):
        return MADE
    if label.isascii() and " " in label and label.split(None, 1)[0] in _set("english-starts", lexicon):
        return NONE
    if _SPOKEN.search(label):
        return NONE
    size = len(label) if _HAN.search(label) else len(label) / 2.5
    return PLAUSIBLE if size <= 14 and (_HAN.search(label) is not None or len(label.split()) <= 4) else NONE


@lru_cache(maxsize=8192)
def reading(lexicon: Lexicon, folded: str) -> tuple[int, str]:
    """How surely a stretch is a label, and its first key."""
    return grade(lexicon, folded), keys_of(lexicon, folded)[0]


@lru_cache(maxsize=8192)
def is_tag(lexicon: Lexicon, folded: str) -> bool:
    """Whether a stretch is a word that marks a whole text or line (紧急, 通知), not a label."""
    return tidy(folded) in _set("tags", lexicon)


def is_made(label: str, lexicon: Lexicon) -> bool:
    """Whether a label nobody listed is made of words that labels are made of."""
    if label.isascii():
        last = label.split()
        return 0 < len(last) <= 4 and last[-1].rstrip("s") in _english(lexicon)
    if "/" in label or "\u3001" in label:
        pieces = [piece for piece in re.split(r"[/\u3001]", label) if piece]
        return bool(pieces) and len(label) <= 16 and all(piece in synonyms(lexicon) or is_made(piece, lexicon) for piece in pieces)
    heads, before = _set("heads", lexicon), _set("before-heads", lexicon)
    if label in heads or (len(label) <= 4 and label[-2:] in before and label.isalpha()):
        return True
    if len(label) <= 8 and (label[-2:] in heads or label[-3:] in heads or label[-4:] in heads):
        return True
    return 2 < len(label) <= 8 and label[-1] in _set("letters", lexicon) and label[-3:-1] in before


def made_ending(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """How long the label is that a stretch ends in, where nothing parts it from the words before (…6月18日验收人); 0 for none."""
    heads, before = _set("heads", lexicon), _set("before-heads", lexicon)
    if end - start > 4 and text[end - 2 : end] in heads and text[end - 4 : end - 2] in before:
        return 4
    if end - start > 3 and text[end - 1] in _set("letters", lexicon) and text[end - 3 : end - 1] in before:
        return 3
    return 0


@lru_cache(maxsize=64)
def _english(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in words("english-heads", lexicon))


def may_be_none(lexicon: Lexicon, key: str, label: str) -> bool:
    """Whether ``无`` answers a label (its key, and as written): absentees and remarks yes, an owner no, of others what asks for no name or time."""
    allowed = _set("may-be-none", lexicon)
    if key in allowed:
        return True
    label = tidy(label)
    if label in allowed:
        return True
    return key == label and label not in synonyms(lexicon) and not label.endswith(words("wants-an-answer", lexicon))
