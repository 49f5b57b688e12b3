"""HTML as mail programs write it: pages of the usual kinds to time, and pages with what a person sees of them."""

from __future__ import annotations

from commlint.model.reading.html import Page, seen
from commlint.model.span import Span

_SENTENCE = "请市场部于6月10日18:00前将二季度推广物料的报价单发给张三\uff0c由林晓岚经理汇总后报送财务部复核。"

_WORD_P = (
    "<p class=\"MsoNormal\" style=\"margin-left:21.0pt;text-indent:21.0pt\"><span style=\"font-size:12.0pt;font-family:'宋体',serif;color:black\">请市场部于</span><b><span lang=\"EN-US\" style=\"color:red\">6</span></b>"
    '<span style="font-size:12.0pt">月</span><span lang="EN-US">10</span><span style="font-size:12.0pt">日前将二季度推广物料的报价单发给张三。</span><span lang="EN-US"><o:p></o:p></span></p>\r\n'
)
_WORD = (
    '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style><!-- @font-face {font-family:宋体;} '
    "p.MsoNormal, li.MsoNormal, div.MsoNormal {margin:0cm; font-size:10.5pt; font-family:等线;} a:link {color:#0563C1; text-decoration:underline;} --></style></head>"
    '<body lang="ZH-CN" link="#0563C1" vlink="#954F72" style="word-wrap:break-word"><div class="WordSection1">{}</div></body></html>'
)
_CELL = '<td width="120" valign="top" style="width:90.0pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt"><p class="MsoNormal"><span style="font-family:宋体">{}</span></p></td>'
_TABLE = '<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;border:none"><tbody>{}</tbody></table>'
_CARD = (
    '<tr><td align="center" valign="top" style="padding:10px 20px;font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:22px;color:#333333"><a href="https://news.example.com/c/{n}?utm_source=mail&amp;utm_id={n}" '
    'target="_blank" style="color:#1a73e8;text-decoration:none"><img src="https://img.example.com/{n}.png" width="260" height="120" alt="" border="0" style="display:block"></a><br>{text}<br><a href="https://news.example.com/u/{n}">了解更多</a></td></tr>\n'
)

CORPUS = {
    "Outlook, paragraphs": _WORD.replace("{}", _WORD_P * 40),
    "Outlook, a table": _WORD.replace("{}", _TABLE.format("".join(f"<tr>{_CELL.format(f'事项{n}')}{_CELL.format('张三')}{_CELL.format('2026-06-10&nbsp;18:00')}</tr>\r\n" for n in range(40)))),
    "Foxmail": "<div><span></span>各位同事\uff1a</div>" + f'<div><span style="font-size: 14px; line-height: 1.5; background-color: window;">&nbsp;&nbsp;&nbsp;&nbsp;{_SENTENCE}</span></div>\r\n' * 60,
    "QQ Mail": f"<div style=\"font-family:&quot;Microsoft YaHei&quot;,Verdana;font-size:14px;line-height:23px;color:#000;\">{_SENTENCE}</div><div><br></div>" * 60,
    "Gmail": '<div dir="ltr"><div>Hi all,</div><div><br></div>' + "<div>Please send the price list of the second quarter to Ann Lee by <b>June 10</b>, so that finance can check it &amp; reply.</div><div><br></div>" * 60 + "</div>",
    "Apple Mail": '<html><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space;">' + f'<div class="">{_SENTENCE}</div><div class=""><br class=""></div><ul class="MailOutline"><li class="">报价单</li><li class="">样品</li></ul>' * 40 + "</body></html>",
    "a newsletter": '<table width="600" cellpadding="0" cellspacing="0" border="0" align="center">' + "".join(_CARD.format(n=n, text=_SENTENCE[:30]) for n in range(40)) + "</table>",
    "a quoted thread": "<div>好的。</div>" + '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">' * 12 + f"<div>{_SENTENCE}</div>" * 60 + "</blockquote>" * 12,
    "plain paragraphs": "<html><body>" + f"<p>{_SENTENCE}</p>\n" * 100 + "</body></html>",
}


def read_all() -> int:
    """Read the corpus, the way back to every character made; the number of characters in it."""
    for html in CORPUS.values():
        assert seen(html).source_map.runs
    return sum(map(len, CORPUS.values()))


# What a person sees: the name, the page, its text, and a stretch of the page with the phrase that stands there.
SEEN: tuple[tuple[str, str, str, tuple[str, str]], ...] = (
    ("script, style and head", "<head><title>t</title><style>a{}</style></head><p>请于<script>document.write('尽快')</script>周五交</p>", "请于周五交\n", ("周五", "周五")),
    ("what display:none hides", "<p>请于<span style='display:none'>下下</span>周五交</p>", "请于周五交\n", ("周五", "周五")),
    ("what visibility:hidden hides", '<p>a<i style="color:red; VISIBILITY: hidden">x</i>b</p>', "ab\n", ("b", "b")),
    ("the attribute hidden", "<div hidden>x</div><div>y</div>", "y\n", ("y", "y")),
    ("zero-width characters stay for the rules to see through", "<p>尽\u200b快</p>", "尽\u200b快\n", ("尽\u200b快", "尽\u200b快")),
    ("marks of direction stay too", "<p>尽\u202e快</p>", "尽\u202e快\n", ("快", "快")),
    ("references", "<p>A&amp;B &#36820;&#x56DE; &nbsp;&lt;</p>", "A&B \u8fd4\u56de \u00a0<\n".replace("\u00a0", " "), ("B", "B")),
    ("a word in pieces", "<p>请<b>尽</b><span lang=ZH-CN>快</span>交</p>", "请尽快交\n", ("尽快", "尽</b><span lang=ZH-CN>快")),
    ("lines of Chinese joined", "<p>请于周五\r\n    提交</p>", "请于周五提交\n", ("周五提交", "周五\r\n    提交")),
    ("blocks on lines", "<div>a<div>b</div>c</div>d<br>e", "a\nb\nc\nd\ne", ("e", "e")),
    ("a table", "<table><tr><td>事项</td><td>时间</td></tr><tr><td>交</td><td>周五</td></tr></table>", "事项\t时间\n交\t周五\n", ("周五", "周五")),
    ("text at a depth of 20,000 and behind it", "<div>" * 20_000 + "深" + "</div>" * 20_000 + "后", "深\n后", ("后", "后")),
    ("tags never closed", "<p>一<b>二<table><tr><td>三", "一二\n三\n", ("三", "三")),
    ("a tag in a value", "<p title='>尽快<'>好</p>", "好\n", ("好", "好")),
    ("Word's own comments", "<!--[if gte mso 9]><xml>x</xml><![endif]--><p class=MsoNormal>好<o:p></o:p></p>", "好\n", ("好", "好")),
    ("a stray sign", "<p>3 < 5 && 5 > 4</p>", "3 < 5 && 5 > 4\n", ("5 > 4", "5 > 4")),
)  # fmt: skip


def place(page: Page, phrase: str, html: str) -> str:
    """The stretch of `html` that a phrase of the page came from."""
    at = page.text.index(phrase)
    return page.source_map.to_source(Span(at, at + len(phrase))).of(html)
