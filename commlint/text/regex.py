"""Regular expressions that cannot run away: which are accepted, how they are compiled, what they need to match.

Patterns are written for folded text and folded themselves, so full width, traditional and capital letters may be typed; case
never matters. So that time stays proportional to the text, an open repeat (``*``, ``+``, ``{2,}``) ends after 1,000 characters,
a repeated group and what repeats inside it after 100, and a pattern that would still try too many ways is refused.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

from attrs import frozen

from commlint.text.regex_fold import prepared

_LONGEST = 4000


@frozen
class Problem:
    """Why a pattern is refused: `slug` is the reason's name; message and way out in English and Chinese."""

    slug: str
    message: str
    help: str
    zh: str
    zh_help: str

    def said(self, lang: str) -> tuple[str, str]:
        """The message and the way out in `lang` ("zh" | "en")."""
        return (self.zh, self.zh_help) if lang == "zh" else (self.message, self.help)


@lru_cache(maxsize=4096)
def compiled(pattern: str, flags: str = "") -> re.Pattern[str]:
    """`pattern` to be searched in folded text; `flags` out of "imsx". Raises ValueError when it is no pattern at all."""
    try:
        with warnings.catch_warnings():  # of what a future `re` may read otherwise; the pattern is refused then
            warnings.simplefilter("error")
            return re.compile(prepared(pattern, verbose="x" in flags), _flags(flags))
    except (re.error, RecursionError, OverflowError, Warning) as error:
        raise ValueError(f"not a regular expression: {error}") from error


@lru_cache(maxsize=4096)
def problem(pattern: str, flags: str = "") -> Problem | None:
    """Why `pattern` is refused, or None when it is safe to run on any text."""
    from commlint.text.regex_cost import refusal
    from commlint.text.regex_tree import Refused, tree

    if len(pattern) > _LONGEST:
        return Problem("too-large", *_WORDS["too-large"])
    try:
        compiled(pattern, flags)
        slug = refusal(tree(prepared(pattern, verbose="x" in flags), _flags(flags)))
        return None if slug is None else Problem(slug, *_WORDS[slug])
    except Refused as refused:
        return Problem(refused.slug, *_WORDS[refused.slug])
    except RecursionError:
        return Problem("too-large", *_WORDS["too-large"])
    except ValueError as error:
        return _invalid(error)


@lru_cache(maxsize=4096)
def required_literals(pattern: str, flags: str = "") -> tuple[str, ...] | None:
    """Folded strings, one of which stands in every match; None when no such list is known."""
    from commlint.text.regex_literals import required
    from commlint.text.regex_tree import Refused, tree

    try:
        return required(tree(prepared(pattern, verbose="x" in flags), _flags(flags)))
    except (Refused, re.error, RecursionError, OverflowError, Warning):
        return None


def matches_empty(pattern: str, flags: str = "") -> bool:
    """Whether `pattern` is content with nothing, so that it would match everywhere."""
    return compiled(pattern, flags).search("") is not None


def _flags(flags: str) -> re.RegexFlag:
    named = {"m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
    joined = re.RegexFlag(0)
    for flag in flags:
        joined |= named.get(flag, re.RegexFlag(0))
    return joined


def _invalid(error: ValueError) -> Problem:
    cause = str(error.__cause__)
    if "look-behind" in cause:
        return Problem("variable-lookbehind", *_WORDS["variable-lookbehind"])
    return Problem(
        "invalid-pattern",
        f"not a regular expression: {cause}",
        "write special characters such as ( [ * + ? with a backslash before them",
        f"不是合法的正则表达式\uff1a{cause}",
        "( [ * + ? 等特殊字符前面要加反斜杠",
    )


_WORDS = {
    "nested-repeat": (
        "a repeat inside a repeat can split the same text in exponentially many ways",
        "repeat only one of the two, or put a fixed separator between the rounds: (\\d+,)* instead of (\\d+,?)*",
        "重复里面套着重复\uff0c同一段文字有指数级多种切法",
        "只保留其中一个重复\uff0c或在每一轮之间放一个固定的分隔符\uff1a用 (\\d+,)*\uff0c不用 (\\d+,?)*",
    ),
    "overlapping-repeats": (
        "two repeats can take the same characters, so that far too many ways have to be tried",
        "limit them (.{0,30} instead of .*) or make them differ ([^,]*, instead of .*,)",
        "两个重复都能吃掉同样的字符\uff0c需要尝试的方式太多",
        "给重复加上上限\uff08用 .{0,30}\uff0c不用 .*\uff09\uff0c或让它们互不相同\uff08用 [^,]*, 不用 .*,\uff09",
    ),
    "backreference": (
        "a backreference cannot be matched in linear time",
        "name what may stand there, or compare the two values in the rule",
        "反向引用无法在线性时间内匹配",
        "直接写出允许的内容\uff0c或在规则里比较这两个值",
    ),
    "conditional-group": (
        "a group that depends on another group cannot be matched in linear time",
        "write both cases as alternatives: a|b",
        "条件分组无法在线性时间内匹配",
        "把两种情况写成并列\uff1aa|b",
    ),
    "variable-lookbehind": (
        "what is looked for behind must have a fixed length",
        "write alternatives of one length each, or match the text before it as part of the pattern",
        "向后断言的长度必须固定",
        "写成若干个定长的断言\uff0c或把前面的文字写进表达式本身",
    ),
    "huge-repeat": (
        "a repeat is counted higher than 1,000",
        "count to at most 1,000, or write the repeat without an upper limit",
        "重复次数超过 1000",
        "次数最多写 1000\uff0c或不写上限",
    ),
    "too-large": (
        "the pattern is too large to be judged",
        "split it into several patterns, or use a word list",
        "表达式太大\uff0c无法判断是否安全",
        "拆成几个表达式\uff0c或改用词表",
    ),
}
