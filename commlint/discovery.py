"""Find the files that paths name, and read them; whatever cannot be read becomes a Failure, never a silence."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from attrs import frozen

from commlint.engine.globs import readable
from commlint.errors import RecordError
from commlint.model.finding import Failure
from commlint.model.source import Source

_GLANCE = 65_536  # bytes of a large file that tell what it is
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
    """A file to check: its name as people gave it, and its absolute path with forward slashes; `named` when people gave just that.

    `media_type` is what its place tells of it. Of a folder that is one source `names` are the files in it.
    """

    uri: str
    path: str
    named: bool = True
    media_type: str = ""
    names: tuple[str, ...] = ()


@frozen
class Search:
    """What is looked for in folders: files whose name is `wanted`, and folders that are one source (`export`, by the names in them).

    Neither hidden nor `excluded` ones (an absolute path), nor folders of version control and dependencies. Files in the folders of
    a Maildir are messages whatever they are called; a file without extension is taken when it begins as a mailbox does.
    """

    wanted: Callable[[str], bool]
    excluded: Callable[[str], bool]
    export: Callable[[Sequence[str]], bool] = lambda names: False
    lang: str = "zh"

    def found(self, paths: Iterable[str], *, looked: Callable[[str], None] | None = None) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
        """The files under `paths`, each once and in order of name, and what could not be looked into.

        A path that is named is taken as it is. `looked` is told every folder that is looked into.
        """
        files: dict[str, Found] = {}
        failures: list[Failure] = []
        for path in paths:
            for item in self._under(os.path.normpath(path)):
                if isinstance(item, str):
                    if looked:
                        looked(absolute(item))
                elif isinstance(item, Failure):
                    failures.append(item)
                else:
                    files[item.path] = min(item, files[item.path]) if item.path in files else item  # named twice: the same name whatever the order
        return tuple(sorted(files.values(), key=lambda file: (file.uri, file.path))), tuple(sorted(failures))

    def _under(self, path: str) -> Iterator[str | Found | Failure]:
        """The files under one path, what could not be looked into, and the folders that were."""
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116  # 10,000 files: pathlib would cost more than reading them
        except OSError as error:
            yield _refused(error, path, self.lang)
            return
        if stat.S_ISDIR(mode):
            yield from self._walk(path, ())
        elif stat.S_ISREG(mode):
            yield Found(_named(path), absolute(path))
        else:
            yield failure("not-a-file", _named(path), self.lang)

    def _walk(self, folder: str, above: tuple[tuple[int, int], ...]) -> Iterator[str | Found | Failure]:
        yield folder
        try:
            here = os.stat(folder)  # noqa: PTH116  # see _under
            identity = (here.st_dev, here.st_ino)
            if identity in above:
                yield failure("directory-loop", _named(folder), self.lang)
                return
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield _refused(error, folder, self.lang)
            return
        names = [entry.name for entry in inside]
        if self.export(names):
            yield from _whole(folder)
            return
        mailbox = _MAILDIR.issubset(names)
        for entry in inside:
            yield from self._entry(entry, f"{absolute(folder).rstrip('/')}/{entry.name}", (*above, identity), mailbox=mailbox)

    def _entry(self, entry: os.DirEntry[str], path: str, above: tuple[tuple[int, int], ...], *, mailbox: bool) -> Iterator[str | Found | Failure]:
        hidden = entry.name.startswith(".") or entry.name in SKIPPED
        if (hidden and not (mailbox and entry.is_dir())) or self.excluded(path):
            return
        if mailbox and entry.name in _MAILDIR:
            yield from self._messages(entry.path) if entry.name != "tmp" else ()
        elif entry.is_dir():
            if not hidden or _MAILDIR.issubset(_listed(entry.path)):  # Maildir++: folders begin with a dot
                yield from self._walk(entry.path, above)
        elif self.wanted(entry.name) or ("." not in entry.name and _begins_as_mailbox(entry)):
            yield self._file(entry, path)

    def _messages(self, folder: str) -> Iterator[str | Found | Failure]:
        """The messages in cur or new of a Maildir (cr.yp.to/proto/maildir.html)."""
        yield folder
        for name in _listed(folder):
            if not name.startswith("."):
                yield Found(_named(f"{folder}/{name}"), absolute(f"{folder}/{name}"), named=False, media_type="message/rfc822")

    def _file(self, entry: os.DirEntry[str], path: str) -> Found | Failure:
        if entry.is_symlink() and not os.path.exists(entry.path):  # noqa: PTH110  # see _under
            return failure("missing-path", _named(entry.path), self.lang)
        if not entry.is_file():  # a pipe: to open it would wait for ever
            return failure("not-a-file", _named(entry.path), self.lang)
        return Found(_named(entry.path), path, named=False)


_MAILDIR = frozenset({"cur", "new", "tmp"})
_MOST = 1_000_000  # files of a folder that is one source


def _listed(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208  # see _under
    except OSError:
        return []


def _begins_as_mailbox(entry: os.DirEntry[str]) -> bool:
    """Whether a file begins as mbox does (RFC 4155)."""
    try:
        if not entry.is_file() or entry.stat().st_size < 6:
            return False
        with open(entry.path, "rb", buffering=0) as stream:  # noqa: PTH123  # see _under
            return stream.read(5) == b"From "
    except OSError:
        return False


def _whole(folder: str) -> Iterator[str | Found]:
    """A folder that is one source, and the folders in it."""
    names: list[str] = []
    for place, folders, files in os.walk(folder):
        folders.sort()
        if place != folder:
            yield place
        below = os.path.relpath(place, folder).replace(os.sep, "/")
        names += (name if below == "." else f"{below}/{name}" for name in sorted(files))
        if len(names) >= _MOST:
            break
    yield Found(_named(folder), absolute(folder), named=False, names=tuple(names[:_MOST]))


@frozen(slots=False)  # the cached property needs a dict
class Directory:
    """A folder on disk that is one source (a `commlint.model.protocols.Folder`)."""

    uri: str
    path: str
    stored: tuple[str, ...]  # as the file system has them
    limit: int
    lang: str = "zh"
    mapping: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> Sequence[str]:
        """As people read them."""
        return tuple(self._stored)

    @cached_property
    def _stored(self) -> dict[str, str]:
        return {_named(name): name for name in self.stored}

    def source(self, name: str) -> Source:
        """One of its files. Raises RecordError when it cannot be read."""
        found = read(Found(f"{self.uri}/{name}", f"{self.path}/{self._stored.get(name, name)}", named=False), limit=self.limit, lang=self.lang, mapping=self.mapping)
        if isinstance(found, Source):
            return found
        raise RecordError(found.slug, found.message, help=found.help, zh=found.message, zh_help=found.help)


def supply(file: Found, *, limit: int, lang: str = "zh", kind: str | None = None, mapping: Sequence[tuple[str, str]] = ()) -> Source | Directory | Failure:
    """What there is to read at `file`: its bytes as a source, a folder that is one, or why there is none."""
    if file.names:
        return Directory(file.uri, file.path, file.names, limit, lang, tuple(mapping))
    return read(file, limit=limit, lang=lang, kind=kind, mapping=mapping)


def read(file: Found, *, limit: int, lang: str = "zh", kind: str | None = None, mapping: Sequence[tuple[str, str]] = ()) -> Source | Failure:
    """The file's bytes as a source, only the first of them when there are more than `limit`; or why there are none."""
    told = (file.media_type or None, kind, tuple(mapping))
    try:
        with open(file.path, "rb", buffering=0) as stream:  # noqa: PTH123  # see _under
            size = os.fstat(stream.fileno()).st_size
            if size > limit:
                return Source(file.uri, stream.read(_GLANCE), *told, large=file.path, named=file.named)
            content = stream.read(limit + 1)
            if len(content) > limit:  # it says another size than it has, as those under /proc do
                return failure("too-large", file.uri, lang, size=f"> {limit:,}", limit=f"{limit:,}")
            return Source(file.uri, content, *told, named=file.named)
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
    return readable(path.replace(os.sep, "/").removeprefix("./"))


def absolute(path: str) -> str:
    """`path` from the root, with forward slashes; links are not followed, so patterns see what people see."""
    return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100  # Path.resolve would follow links
