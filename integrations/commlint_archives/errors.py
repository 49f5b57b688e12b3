"""What can be wrong with archives, told in both languages."""

from __future__ import annotations

from commlint.errors import RecordError


def empty() -> RecordError:
    """Nothing in it at all."""
    return RecordError("empty-record", "the archive is empty", help="pack the files again, or exclude the path", zh="压缩包是空的", zh_help="请重新打包\uff0c或在配置中排除该路径")


def damaged(what: str, zh: str) -> RecordError:
    """It cannot be read, or not all of it; `what` and `zh` say what is wrong."""
    return RecordError("damaged-file", what, help="get or pack the archive again", zh=zh, zh_help="请重新获取或重新打包")


def cut_off() -> RecordError:
    """The packed bytes end in the middle."""
    return damaged("it is cut off: what lay behind was not checked", "文件不完整\uff0c其后的内容未检查")


def garbled() -> RecordError:
    """The packed bytes make no sense."""
    return damaged("the packed bytes are damaged: what lay behind was not checked", "压缩数据已损坏\uff0c其后的内容未检查")


def encrypted() -> RecordError:
    """A password is needed."""
    return RecordError("encrypted-file", "it is protected by a password; it was not checked", help="unpack it with its password and check the files", zh="有密码保护\uff0c未检查", zh_help="请用密码解开后检查其中的文件")


def unsupported(method: str) -> RecordError:
    """A member that is packed in a way that is not read."""
    return RecordError(
        "unknown-format", f"it is packed with {method}, which is not read; it was not checked", help="unpack it and check the files, or pack them as an ordinary .zip",
        zh=f"压缩方式 {method} 不支持\uff0c未检查", zh_help="请解开后检查其中的文件\uff0c或改用普通 .zip 打包",
    )


def foreign(kind: str) -> RecordError:
    """A whole archive of another kind."""
    return RecordError(
        "unknown-format", f"archives of this kind ({kind}) are not opened; nothing in it was checked", help="unpack it and check the folder, or pack the files as .zip or .tar.gz",
        zh=f"不支持这种压缩包\uff08{kind}\uff09\uff0c其中的内容未检查", zh_help="请解开后检查文件夹\uff0c或改用 .zip、.tar.gz 打包",
    )


def volume() -> RecordError:
    """One piece of an archive that was split."""
    return RecordError(
        "unknown-format", "this is one volume of a split archive", help="put the volumes together (zip -s 0) and check the result", zh="这是分卷压缩包的其中一卷", zh_help="请先合并分卷\uff08zip -s 0\uff09再检查"
    )


def unreadable(error: OSError) -> RecordError:
    """The disk failed, or there is no room to unpack."""
    why = error.strerror or str(error)
    return RecordError("unreadable-file", f"cannot be read: {why}", help="check the disk and the room on it", zh=f"无法读取\uff1a{why}", zh_help="请检查磁盘及剩余空间")


def missing(name: str) -> RecordError:
    """What one file in it says is there is not."""
    return RecordError("missing-path", f"there is no {name} in the archive", help="export it again", zh=f"压缩包里没有 {name}", zh_help="请重新导出")
