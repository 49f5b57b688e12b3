"""``commlint rules new``: a rule file to start from, in either keyword language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from commlint.cli.codes import CLEAN
from commlint.cli.options import parsed
from commlint.cli.screen import put
from commlint.cli.words import say
from commlint.errors import UsageError

NAMES = ("name", "code", "folder", "keywords")

_EN = """\
# What is wrong, in one line. Change the phrases, the reasons and the examples; `commlint rules check` tells what is missing.
rule {name} ({code}) "say what is wrong" : warning {{
  cites "{document}"
  why zh "写明这样做为什么不好。"
  why en "Say why this does harm."
  param words: list = ["some phrase", "another phrase"]
  each s in sentences {{
    forbid any phrase(words)[not quoted] in s unless any deadline in s
  }}
  message zh "不要写“{{match}}”"
  message en "do not write '{{match}}'"
  bad "This is [[some phrase]] here."
  bad "Here is [[another phrase]] too."
  bad "We saw [[some phrase]] again."
  good "Nothing of the kind stands here."
  good "The word “some phrase” is only quoted."
  good "This is some phrase, due by 10 June 2026 at 17:00."
}}
"""

_ZH = """\
# 用一句话写明错在哪里。请改成自己的词语、理由与示例; commlint rules check 会指出还缺什么。
规则 {name} ({code}) "写明错在哪里" : 警告 {{
  依据 "{document}"
  理由 中文 "写明这样做为什么不好。"
  理由 英文 "Say why this does harm."
  参数 词语: 列表 = ["某个说法", "另一说法"]
  逐个 句 在 句子 中 {{
    禁止 句 中 有 短语(词语)[非 被引用] 除非 句 中 有 期限
  }}
  消息 中文 "不要写“{{match}}”"
  消息 英文 "do not write '{{match}}'"
  反例 "这里用了[[某个说法]]。"
  反例 "这里又用了[[另一说法]]。"
  反例 "还是[[某个说法]]。"
  正例 "这里没有这类说法。"
  正例 "“某个说法”只是引用。"
  正例 "这是某个说法，请于2026年6月10日17:00前办结。"
}}
"""


def run(arguments: Sequence[str], lang: str) -> int:
    """Write ``FOLDER/NAME.norm``; never over a file that is there."""
    options = parsed("rules new", NAMES, arguments, lang)
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*|[\u4e00-\u9fff][\u4e00-\u9fff\w-]*", options.name):
        raise UsageError(
            f"{options.name!r} is no name for a rule", help="words with hyphens, such as vague-deadline", zh=f"“{options.name}”不能作规则名", zh_help="用连字符连接的小写词或汉字,如 vague-deadline"
        )
    path = Path(options.folder) / f"{options.name}.norm"
    if path.exists():
        raise UsageError(say("exists", "en", path=path), help="choose another name", zh=say("exists", "zh", path=path), zh_help="请换一个名称")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(skeleton(options.name, options.code or _free_code(path.parent), options.keywords or lang), "utf-8")
    put(say("written", lang, path=path) + "\n")
    return CLEAN


def _free_code(folder: Path) -> str:
    """The first LOC code that no rule file of the folder has."""
    taken = {int(number) for file in folder.rglob("*.norm") for number in re.findall(r"\bLOC(\d{3})\b", file.read_text("utf-8", "replace"))}
    return f"LOC{next(number for number in range(1, 1001) if number not in taken):03}"


def skeleton(name: str, code: str, lang: str) -> str:
    """A complete rule that passes its own examples, to be rewritten."""
    return (_ZH if lang == "zh" else _EN).format(name=name, code=code, document="LOCAL-001")
