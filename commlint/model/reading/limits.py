"""What readers say when something lies behind a limit, in the same words everywhere."""

from __future__ import annotations

from commlint.errors import RecordError

_BEYOND = {
    "depth": ("it lies in more than {most:,} archives or messages, one in another", "它套在 {most:,} 层以上的压缩包或邮件之中"),
    "members": ("there are more than {most:,} files inside", "内含文件超过 {most:,} 个"),
    "unpacked-size": ("it unpacks to more than {most:,} bytes", "解开后超过 {most:,} 字节"),
    "ratio": ("it unpacks to more than {most:,} times its size", "解开后超过原大小的 {most:,} 倍"),
}


def beyond(limit: str, most: int) -> RecordError:
    """What lies behind a limit on archives (depth | members | unpacked-size | ratio) is not read."""
    en, zh = _BEYOND[limit]
    return RecordError(
        "archive-limit", f"{en.format(most=most)}; the rest was not checked", help=f"unpack it and check the folder, or raise limits.{limit}",
        zh=f"{zh.format(most=most)}\uff0c其余未检查", zh_help=f"请解开后检查文件夹\uff0c或调高 limits.{limit}",
    )


def too_large(size: int, limit: int) -> RecordError:
    """A file that is not held in memory."""
    return RecordError(
        "too-large", f"{size:,} bytes, more than the limit of {limit:,}", help="split the file, or raise limits.file-size",
        zh=f"{size:,} 字节\uff0c超过上限 {limit:,}", zh_help="请拆分文件\uff0c或调高 limits.file-size",
    )
