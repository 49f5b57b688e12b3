"""Seeds of web pages: what Word saves, forms, XHTML, web archives, tables that are not closed, charsets of all kinds."""

from __future__ import annotations

from tests.sample_sources.pages import web_page

_PLAIN = "<!DOCTYPE html><html><head><meta charset=utf-8><title>会议纪要</title></head><body><h1>会议纪要</h1><p>请<b>尽</b>快&nbsp;提交 &lt;材料&gt;</p><ul><li>甲<ul><li>乙</ul><li>丙</ul><div style='display:none'>隐藏</div></body></html>"
_TABLE = "<table><tr><th rowspan=2>事项<th colspan=2>安排<tr><td>张三<td>5月22日<tr><td>报价<td><table><tr><td>内</table><td>尽快</table><pre><code>a\n b</code></pre><!-- commlint: allow VAG001 -- 试 -->"
_FORM = '<form>姓名<input value="张&amp;三"><input type=checkbox checked>紧急<select><option>甲<option selected>乙</select><textarea>备注\n二</textarea><script>if (a<b) "</p>"</script></form>'
_XHTML = '<?xml version="1.0" encoding="gbk"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p>请尽快</p><div/><![CDATA[a<b]]></body></html>'
_ARCHIVE = (
    'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    "<p>=C7=EB=BE=A1=BF=EC</p>\r\n--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--B--\r\n"
)

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("word.html", web_page()), ("plain.html", _PLAIN.encode()), ("table.htm", _TABLE.encode()), ("form.html", _FORM.encode()), ("wide.html", _PLAIN.encode("utf-16")),
    ("a.xhtml", _XHTML.encode("gbk")), ("a.mht", _ARCHIVE.encode()),
)
