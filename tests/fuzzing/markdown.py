"""Seeds of Markdown and plain text: lists in lists, quotations, code, HTML, tables, front matter of both kinds, charsets."""

from __future__ import annotations

_MINUTES = """---
kind: minutes # 会议纪要
to:
  - 张三
  - "李四 <l@example.cn>"
subject: >-
  排期会
sent: 2026-05-22 10:00
---
# 会议纪要 #

一、会议信息
时间\uff1a2026-05-21

- 项
  续行
  - 子项

    ```py
    x = 1
    ```
- [ ] 待办
1. 第一
   > 引用
   懒行
2)

| 事项 | 负责人 |
|:-----|-------:|
| a\\|b | `c` |

<!-- commlint: allow VAG001 -- 试 -->
请尽快。

<!--
模板说明
-->
<div>
文字
</div>

[链接]: http://example.com "题"

标题
----

    code
"""
_TOML = '+++\nkind = "minutes"\nto = ["张三", "李四"]\ncc = [\n  "王五",\n]\n+++\n正文\n===\n\n~~~\n- 不是\n~~~\n> - 引项\n> \n* * *\n'
_TEXT = "主题\uff1a关于排期\n发件人\uff1a张三 <zhang@example.cn>\n收件人\uff1a李四\n\n一、事项\n1、第一项\n\u2460 第二\n事项 | 负责人\n提交 | 张三\n> 引用\n"

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("minutes.md", _MINUTES.encode()), ("toml.md", _TOML.encode()), ("crlf.md", _MINUTES.replace("\n", "\r\n").encode("gb18030")), ("mail.txt", _TEXT.encode()), ("gbk.txt", _TEXT.encode("gbk")),
    ("wide.txt", _TEXT.encode("utf-16-le")), ("big5.txt", "關於召開會議的通知\n請盡快提交\n".encode("big5")), ("seven.txt", "关于召开会议的通知".encode("utf-7")), ("hz.txt", "关于召开会议的通知".encode("hz")),
)
