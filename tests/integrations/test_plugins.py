"""The integrations join commlint like anybody's plugin, and cost nothing until they read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import commlint_archives.plugin
import commlint_chat.plugin
import commlint_mail.plugin
import commlint_minutes.plugin
import pytest

from commlint.model.protocols import Reader
from commlint.model.source import Source

PLUGINS = (commlint_archives.plugin, commlint_chat.plugin, commlint_mail.plugin, commlint_minutes.plugin)
READERS = sorted((reader for plugin in PLUGINS for reader in plugin.commlint_readers()), key=lambda reader: reader.name)
JSON = {".json", ".jsonl", ".ndjson"}  # which chat program a file of JSON comes from shows in what it says
FORMATS = Path(__file__).parents[1] / "samples" / "formats"
BY_SUFFIX = [(reader, suffix) for reader in READERS for suffix in reader.suffixes if suffix not in JSON]


def first(source: Source) -> str | None:
    """The reader that takes a source: commlint asks them by name."""
    return next((reader.name for reader in READERS if reader.claims(source)), None)


def test_no_two_readers_claim_the_same_files() -> None:
    """Names tell readers apart; a suffix belongs to one reader, but for those of JSON."""
    for claims in ([reader.name for reader in READERS], [suffix for _, suffix in BY_SUFFIX]):
        assert len(claims) == len(set(claims))


@pytest.mark.parametrize(("reader", "suffix"), BY_SUFFIX, ids=lambda each: getattr(each, "name", each))
def test_a_reader_claims_what_it_says(reader: Reader, suffix: str) -> None:
    """By suffix in any case, whatever is in the file: what it makes of that is told when it is read."""
    assert first(Source(f"a/B{suffix.upper()}", b"x")) == reader.name


@pytest.mark.parametrize("reader", [reader for reader in READERS if not JSON & {*reader.suffixes}], ids=lambda reader: reader.name)
def test_a_reader_claims_its_media_types(reader: Reader) -> None:
    """What comes without a name, from standard input or a mail, goes by its media type; a foreign name and type are nobody's."""
    assert all(first(Source("-", b"x", media_type=media)) == reader.name for media in reader.media_types)
    assert not reader.claims(Source("a.xyz", b"x", media_type="application/x-nothing"))


READ = {
    "archive-packed": ("协调会纪要.md.gz", "项目归档.tar.gz"), "archive-zip": ("供应商资料.zip", "Slack导出.zip"), "chat-dingtalk": ("钉钉机器人回调.jsonl",),
    "chat-export": ("Discord频道.json", "Mattermost批量导出.jsonl", "Teams频道消息.json", "Teams频道消息.jsonl", "Telegram群聊/result.json"),
    "chat-feishu": ("飞书事件.jsonl", "飞书会话.json"), "chat-jsonl": ("自有系统导出.json",), "chat-log": ("LINE群組.txt", "QQ群消息记录.txt", "WhatsApp群聊.txt", "微信聊天.txt"),
    "chat-wecom": ("企业微信会话存档.jsonl",), "csv": ("任务清单.csv", "会务待办.tsv"), "eml": ("会议邀请.eml",), "html": ("新品排期会会议纪要.html",), "ics": ("渠道复盘会.ics",),
    "legacy": ("系统导出待办清单.xls",), "mbox": ("项目收件箱.mbox",), "msg": ("预算评审会.msg",), "ods": ("问题跟踪.ods",), "opendocument": ("客户沟通会通知.odt",),
    "pdf": ("会议通知.pdf",), "slides": ("项目周报.pptx",), "word": ("上线协调会纪要.docx",), "xlsx": ("问题跟踪.xlsx",),
}  # fmt: skip


@pytest.mark.parametrize(("reader", "name"), [(reader, name) for reader, names in READ.items() for name in names])
def test_a_file_of_each_format_is_claimed_by_its_reader(reader: str, name: str) -> None:
    """Real files: which of the readers of JSON takes one is told by what it says."""
    assert first(Source(name, (FORMATS / name).read_bytes())) == reader


@pytest.mark.parametrize("content", ['{"name": "x", "version": "1.0", "dependencies": {"a": "1"}}', '{"compilerOptions": {"a": 1}}', "[1, 2, 3]", '{"type": "FeatureCollection", "features": [{"type": "Feature"}]}'])
def test_json_that_is_no_chat(content: str) -> None:
    """Come across in a folder, it is nobody's."""
    assert first(Source("package.json", content.encode(), named=False)) is None


@pytest.mark.parametrize(
    ("uri", "content", "name"),
    [
        ("a.txt", "2026-05-21 09:30 张三: 好\n2026-05-21 09:31 李四: 好\n", "chat-log"),
        ("a.txt", "会议纪要\n\n会议时间: 2026-05-21 09:30\n", "text"),
        ("a.log", "2026-05-21 09:30 张三: 好\n2026-05-21 09:31 李四: 好\n", "chat-log"),
        ("A.EML", "From: a@example.com\n\nx", "eml"),
        ("a.md", "# x", "markdown"),
        ("a.jsonl", "{}", "chat-jsonl"),
    ],
)
def test_the_first_reader_that_claims_is_the_right_one(uri: str, content: str, name: str) -> None:
    """commlint asks readers by name: logs are told from texts by a look, before the text reader is asked."""
    assert next(reader.name for reader in READERS if reader.claims(Source(uri, content.encode()))) == name


def test_listing_the_readers_imports_nothing_that_reads() -> None:
    """A run over Markdown never loads what mail, HTML or JSON need."""
    code = (
        "import sys\n"
        "import commlint_archives.plugin, commlint_chat.plugin, commlint_mail.plugin, commlint_minutes.plugin\n"
        "for plugin in (commlint_archives.plugin, commlint_chat.plugin, commlint_mail.plugin, commlint_minutes.plugin):\n"
        "    list(plugin.commlint_readers())\n"
        "print(*[m for m in ('email', 'html.parser', 'json', 'commlint_mail.message', 'commlint_chat.log', 'commlint_minutes.document', 'zipfile', 'tarfile', 'icalendar', 'pypdfium2_raw', 'xml', 'pluggy') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
