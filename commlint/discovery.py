"""Find the files that paths name, and read them; whatever cannot be read becomes a Failure, never a silence."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import frozen

from commlint.model.finding import Failure
from commlint.model.source import Source

_SURROGATE = re.compile("[\udc80-\udcff]")  # a byte that is no text, as Python keeps it
SKIPPED = frozenset({"CVS", "__pycache__", "node_modules", "venv"})

_SAID = {  # slug: (English, Chinese, what to do in English, in Chinese)
    "missing-path": ("there is no such file or folder", "没有这个文件或文件夹", "check the path; patterns are expanded by the shell", "请检查路径\uff1b通配符由命令行展开"),
    "permission-denied": ("no permission to read it", "没有读取权限", "give read permission, or leave the path out", "请授予读取权限\uff0c或不检查该路径"),
    "unreadable-file": ("cannot be read: {why}", "无法读取\uff1a{why}", "check the file and the disk it is on", "请检查文件及其所在磁盘"),
    "not-a-file": ("neither a file nor a folder", "既不是文件也不是文件夹", "name a file or folder; pipe other input through `-`", "请给出文件或文件夹\uff1b其他输入请通过 - 传入"),
    "directory-loop": ("the folder leads back to one above it", "该文件夹绕回了它的上级文件夹", "remove the link, or exclude it in the configuration", "请删除该链接\uff0c或在配置的 exclude 中排除"),
    "too-large": ("{size} bytes, more than the limit of {limit}", "{size} 字节\uff0c超过上限 {limit}", "split the file, or raise limits.file-size", "请拆分文件\uff0c或调高 limits.file-size"),
}


def failure(slug: str, uri: str, lang: str, **values: object) -> Failure:
    """The failure `slug` of the reading stage at `uri`, told in `lang`."""
    en, zh, help_en, help_zh = _SAID[slug]
    message, help_ = (zh, help_zh) if lang == "zh" else (en, help_en)
    return Failure(uri, "read", slug, message.format(**values), help_, uri)


@frozen(order=True)
class Found:
    """A file to check: its name as people gave it, and its absolute path with forward slashes."""

    uri: str
    path: str


def found(paths: Iterable[str], *, wanted: Callable[[str], bool], excluded: Callable[[str], bool], lang: str = "zh", looked: Callable[[str], None] | None = None) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
    """The files under `paths`, each once and in order of name, and what could not be looked into.

    A path that is named is taken as it is; in folders only files whose name is `wanted` are, and neither hidden
    nor `excluded` ones (an absolute path) nor folders of version control and dependencies. `looked` is told every
    folder that is looked into.
    """
    files: dict[str, Found] = {}
    failures: list[Failure] = []
    for path in paths:
        for item in _under(os.path.normpath(path), wanted, excluded, lang):
            if isinstance(item, str):
                if looked:
                    looked(absolute(item))
            elif isinstance(item, Failure):
                failures.append(item)
            else:
                files[item.path] = min(item, files[item.path]) if item.path in files else item  # named twice: the same name whatever the order
    return tuple(sorted(files.values(), key=lambda file: (file.uri, file.path))), tuple(sorted(failures))


def _under(path: str, wanted: Callable[[str], bool], excluded: Callable[[str], bool], lang: str) -> Iterator[str | Found | Failure]:
    """The files under one path, what could not be looked into, and the folders that were."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  # 10,000 files: pathlib would cost more than reading them
    except OSError as error:
        yield _refused(error, path, lang)
        return
    if stat.S_ISDIR(mode):
        yield from _walk(path, (), wanted, excluded, lang)
    elif stat.S_ISREG(mode):
        yield Found(_named(path), absolute(path))
    else:
        yield failure("not-a-file", _named(path), lang)


def _walk(folder: str, above: tuple[tuple[int, int], ...], wanted: Callable[[str], bool], excluded: Callable[[str], bool], lang: str) -> Iterator[str | Found | Failure]:
    yield folder
    try:
        here = os.stat(folder)  # noqa: PTH116  # see _under
        identity = (here.st_dev, here.st_ino)
        if identity in above:
            yield failure("directory-loop", _named(folder), lang)
            return
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield _refused(error, folder, lang)
        return
    place = absolute(folder).rstrip("/")
    for entry in inside:
        if entry.name.startswith(".") or entry.name in SKIPPED:
            continue
        path = f"{place}/{entry.name}"
        if entry.is_dir():
            if not excluded(path):
                yield from _walk(entry.path, (*above, identity), wanted, excluded, lang)
        elif wanted(entry.name) and not excluded(path):
            yield _entry(entry, path, lang)


def _entry(entry: os.DirEntry[str], path: str, lang: str) -> Found | Failure:
    if entry.is_symlink() and not os.path.exists(entry.path):  # noqa: PTH110  # see _under
        return failure("missing-path", _named(entry.path), lang)
    if not entry.is_file():  # a pipe: to open it would wait for ever
        return failure("not-a-file", _named(entry.path), lang)
    return Found(_named(entry.path), path)


def read(file: Found, *, limit: int, lang: str = "zh", kind: str | None = None, mapping: Sequence[tuple[str, str]] = ()) -> Source | Failure:
    """The file's bytes as a source, or why there are none."""
    try:
        with open(file.path, "rb", buffering=0) as stream:  # noqa: PTH123  # see _under
            size = os.fstat(stream.fileno()).st_size
            if size > limit:
                return failure("too-large", file.uri, lang, size=f"{size:,}", limit=f"{limit:,}")
            content = stream.read(limit + 1)
            if len(content) > limit:  # it says another size than it has, as those under /proc do
                return failure("too-large", file.uri, lang, size=f"> {limit:,}", limit=f"{limit:,}")
            return Source(file.uri, content, kind=kind, mapping=tuple(mapping))
    except OSError as error:
        return _refused(error, file.uri, lang)


def _refused(error: OSError, path: str, lang: str) -> Failure:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return failure("missing-path", _named(path), lang)
    if isinstance(error, PermissionError):
        return failure("permission-denied", _named(path), lang)
    if error.errno == errno.ELOOP:  # a link that leads to itself
        return failure("directory-loop", _named(path), lang)
    return failure("unreadable-file", _named(path), lang, why=error.strerror or error)


def _named(path: str) -> str:
    """`path` as reports name it: with forward slashes, and in Unicode even where the file system or the locale is not."""
    name = path.replace(os.sep, "/").removeprefix("./")
    return name if name.isascii() or not _SURROGATE.search(name) else os.fsencode(name).decode("utf-8", "replace")


def absolute(path: str) -> str:
    """`path` from the root, with forward slashes; links are not followed, so patterns see what people see."""
    return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100  # Path.resolve would follow links
