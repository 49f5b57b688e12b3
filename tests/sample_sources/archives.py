"""Archives as they are sent around: a zip of Chinese Windows (names in GBK), a tar of Linux, one file packed with gzip."""

from __future__ import annotations

import gzip
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

MINUTES = """# 供应商协调会会议纪要

会议时间: 2026-05-21 14:00-15:00
参会人员: 林晓岚、周启明、孙悦

| 议题 | 结论 | 负责人 | 完成时间 |
| --- | --- | --- | --- |
| 样品确认 | 由供应商重新送样 | 周启明 | 2026-05-28 |
| 付款安排 | 待财务确认 |  |  |
"""
NOTICE = "各位同事\uff1a\n\n归档资料还差三份\uff0c请尽快补齐。\n\n行政部\n2026-05-22\n"
MAIL = "From: 孙悦 <sun@example.com>\nTo: zhou@example.com\nSubject: 样品进度\nDate: Fri, 22 May 2026 10:05:00 +0800\nContent-Type: text/plain; charset=utf-8\n\n周工\uff1a\n\n样品什么时候能到\uff1f请尽快回复。\n\n孙悦\n"


def windows() -> bytes:
    """Explorer writes names in the system's charset and says nothing of it."""
    members = {"供应商协调会/会议纪要.md": MINUTES, "供应商协调会/补充通知.txt": NOTICE}
    body, directory = b"", b""
    for path, text in members.items():
        name, plain = path.encode("gbk"), text.encode("gbk")
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = deflate.compress(plain) + deflate.flush()
        common = struct.pack("<4H3L2H", 0, 8, 0x7000, 0x5CB5, zlib.crc32(plain), len(packed), len(plain), len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<2H", 20, 20) + common + struct.pack("<3H2L", 0, 0, 0, 0x20, len(body)) + name
        body += b"PK\x03\x04" + struct.pack("<H", 20) + common + name + packed
    return body + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), len(body), 0)


def linux() -> bytes:
    """What GNU tar makes of a folder, with the zip in it and the files that nobody wants."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "项目归档"
        (folder / ".git").mkdir(parents=True)
        for name, content in {"邮件/样品进度.eml": MAIL.encode(), "附件.zip": windows(), ".git/说明.md": b"# no record\n", "现场.jpg": b"\xff\xd8\xff" + bytes(200)}.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        command = ["tar", "--create", "--format=gnu", "--sort=name", "--mtime=2026-05-22 12:00Z", "--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX", "--directory", place, folder.name]
        packed = subprocess.run(command, check=True, capture_output=True).stdout
    return gzip.compress(packed, mtime=0)


def packed() -> bytes:
    """One file."""
    return gzip.compress(MINUTES.encode(), mtime=0)


MAKERS = {"供应商资料.zip": windows, "项目归档.tar.gz": linux, "协调会纪要.md.gz": packed}
