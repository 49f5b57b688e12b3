"""What .docx, .xlsx and .pptx share: the package is looked over before anything reads it, and its XML may declare nothing.

A package is a zip (ECMA-376 part 2). What it declares to unpack to is checked before a byte is unpacked, and no member gives more
than it declares; only the two compressions that packages may have are read, the others have no bound. A part with a document type
is refused (part 2 forbids them): no entity can grow, no DTD is fetched. Relationships that lead out are told, never followed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote

from attrs import frozen

from commlint.errors import RecordError

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from commlint.model.environment import Limits
    from commlint.model.source import Source

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: what Word 97 wrote, and what an encrypted package is wrapped in
_ENCRYPTED = tuple(name.encode("utf-16-le") for name in ("EncryptedPackage", "EncryptionInfo"))
_LARGE = 10_000_000  # bytes of a member from which on its ratio counts (see Limits.ratio)
_PIECE = 1 << 16
_OPENING = 5_000  # characters in which a title stands
_DEEP = 100  # elements in elements: styles and lists have ten
_COMPRESSIONS = (0, 8)  # stored, deflated
_OFFICES = {  # by the relationship of the package to its main part, and by how content types of main parts begin
    "word": ("a Word document", "Word 文档", ".docx"),
    "spreadsheet": ("an Excel workbook", "Excel 工作簿", ".xlsx"),
    "presentation": ("a PowerPoint presentation", "PowerPoint 演示文稿", ".pptx"),
    "opendocument": ("an OpenDocument file", "OpenDocument 文件", ".odt"),
}
_MAIN = {"word/": "word", "xl/": "spreadsheet", "ppt/": "presentation"}  # where programs keep the main part
_PROPERTIES = {"title": "title", "creator": "author", "lastModifiedBy": "last_modified_by", "created": "created", "modified": "modified"}
_DOCUMENT_RELATIONSHIPS = ("/relationships/officeDocument", "/relationships/officedocument")


@frozen
class Relationship:
    """A tie from one part to another: `target` is the name of the part, or an address that leads out when `external`."""

    id: str
    type: str
    target: str
    external: bool = False


class Package:
    """The members of a zip that was looked over; names without a leading slash, in any case."""

    def __init__(self, archive: ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._members: dict[str, ZipInfo] = {_key(info.filename): info for info in archive.infolist() if not info.is_dir()}

    @property
    def names(self) -> Collection[str]:
        """What lies in it, in lower case, in the order it is listed."""
        return self._members.keys()

    def size(self, name: str) -> int:
        """The bytes of a member, unpacked."""
        return self._members[_key(name)].file_size

    def written(self, name: str) -> str:
        """The name of a member as it is spelled."""
        return self._members[_key(name)].filename.replace("\\", "/")

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._members

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, one piece at a time. Raises RecordError ``damaged-file`` when it is missing or cut off."""
        info = self._members.get(_key(name))
        if info is None:
            raise damaged(f"{name} is missing", f"缺少 {name}")
        try:
            with self._archive.open(info) as file:
                while piece := file.read(_PIECE):
                    yield piece
        except RecordError:
            raise
        except Exception as error:  # the edge that isolates zipfile: a damaged member makes it raise whatever its decoders do
            raise damaged(f"{name} cannot be unpacked", f"{name} 无法解开") from error

    def measured(self, name: str) -> None:
        """Raises RecordError ``archive-limit`` when a member is more XML than is read."""
        most = self._limits.xml
        if name in self and self.size(name) > most:
            raise past("xml", f"{name} is XML of {self.size(name):,} bytes, more than the limit of {most:,}", f"{name} 的 XML 有 {self.size(name):,} 字节\uff0c超过上限 {most:,}")

    def read(self, name: str) -> bytes:
        """All of a member. Raises RecordError ``damaged-file``."""
        return b"".join(self.pieces(name))

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """The relationships of a part, or of the package, in the order they are written; () when it has none."""
        folder, _, name = part.rpartition("/")
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self:
            return ()
        found = []
        for tag, given in elements(self, listing):
            if tag == "Relationship":
                external = given.get("TargetMode") == "External"
                target = given.get("Target", "")
                found.append(Relationship(given.get("Id", ""), given.get("Type", ""), target if external else _resolved(folder, target), external))
        return tuple(found)

    def main(self) -> str:
        """The name of the part that the package is about. Raises RecordError ``damaged-file``."""
        for each in self.relationships():
            if each.type.endswith(_DOCUMENT_RELATIONSHIPS) and not each.external and each.target in self:
                return each.target
        raise damaged("the package does not say which part is the document", "文件包中没有指明正文部件")

    def properties(self) -> tuple[tuple[str, str], ...]:
        """What the file says of itself: title, author, last_modified_by, created, modified, as far as it is written."""
        for each in self.relationships():
            if each.type.endswith("/core-properties") and not each.external and each.target in self:
                return core_properties(self, each.target)
        return ()


def as_written(properties: Iterable[tuple[str, str]], text: str) -> Iterator[tuple[str, str]]:
    """The properties; a title that does not stand in `text` is that of a template, as ``file_title``: no title to go by."""
    seen = "".join(text[:_OPENING].split())
    for name, value in properties:
        yield ("file_title" if name == "title" and "".join(value.split()) not in seen else name), value


def opened_package(source: Source, limits: Limits, *, office: str) -> Package:
    """The package that `source` is, of the `office` ("word", "spreadsheet", "presentation").

    Raises RecordError: empty-record, encrypted-file, legacy-format, damaged-file, archive-limit, unknown-format.
    """
    package = opened_zip(source, limits)
    found = office_of(package)
    if found != office:
        raise another(office, found)
    return package


def opened_zip(source: Source, limits: Limits) -> Package:
    """The zip that `source` is, looked over. Raises RecordError: empty-record, encrypted-file, legacy-format, damaged-file, archive-limit."""
    from zipfile import ZipFile

    content = source.content
    _refused_by_its_opening(content)
    if content.count(b"PK\x01\x02") > limits.members:  # before zipfile makes a value of each
        raise past("members", f"more than {limits.members:,} members", f"成员超过 {limits.members:,} 个")
    try:
        archive = ZipFile(BytesIO(content))
    except Exception as error:  # the edge that isolates zipfile: it raises several kinds for what is no zip
        raise damaged("the zip it is cannot be opened, or it ends too early", "作为 zip 无法打开\uff0c或文件不完整") from error
    for info in archive.infolist():
        _look_over(info, limits)
    total = sum(info.file_size for info in archive.infolist())
    if total > limits.unpacked_size:
        raise past("unpacked-size", f"{total:,} bytes unpacked, more than the limit of {limits.unpacked_size:,}", f"解开后 {total:,} 字节\uff0c超过上限 {limits.unpacked_size:,}")
    return Package(archive, limits)


def vetted(package: Package, names: Collection[str] | None = None) -> None:
    """Look into the XML of `names` (all of it when None) before a library reads it. Raises RecordError ``damaged-file`` for a document type."""
    for name in package.names if names is None else names:
        if name.lower().endswith((".xml", ".rels", ".vml")):
            for _ in elements(package, name):
                break


def elements(package: Package, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The elements of a small part as they begin: local name, attributes (by local name). Raises RecordError ``damaged-file``."""
    for kind, tag, given in _events(package, name):
        if kind == "start":
            yield tag, given


def nested(package: Package, name: str) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    """The same with the names of the elements that each lies in, outermost first, and its own."""
    path: list[str] = []
    for kind, tag, given in _events(package, name):
        if kind == "start":
            path.append(tag)
            if len(path) <= _DEEP:
                yield tuple(path), given
        elif kind == "end":
            path.pop()


def core_properties(package: Package, name: str, names: Mapping[str, str] = MappingProxyType(_PROPERTIES)) -> tuple[tuple[str, str], ...]:
    """The properties in a part, by `names` under those that records have for them."""
    found: dict[str, str] = {}
    text: list[str] = []
    for kind, tag, _ in _events(package, name):
        if kind == "start":
            text.clear()
        elif kind == "text":
            text.append(tag)
        elif tag in names and (value := " ".join("".join(text).split())):
            found.setdefault(names[tag], value)
    return tuple((key, found[key]) for key in names.values() if key in found)


def _events(package: Package, name: str) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """("start", local name, attributes), ("text", characters, {}) and ("end", local name, {}), piece by piece."""
    events: list[tuple[str, str, Mapping[str, str]]] = []
    parser = Parser(
        lambda tag, given: events.append(("start", _local(tag), {_local(key): value for key, value in given.items()})),
        lambda tag: events.append(("end", _local(tag), {})),
        lambda text: events.append(("text", text, {})),
    )
    for _ in parser.pieces(package, name):
        yield from events
        events.clear()


class Parser:
    """expat that refuses document types, so that no entity but XML's five is known. It reads nesting of any depth."""

    def __init__(self, start: Start, end: End, text: Text) -> None:
        """The handlers are called with ``{namespace} {name}`` and attributes of such names, and with text."""
        from xml.parsers import expat

        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.buffer_text = True
        self._expat.StartElementHandler = start
        self._expat.EndElementHandler = end
        self._expat.CharacterDataHandler = text
        self._expat.StartDoctypeDeclHandler = _doctype

    def pieces(self, package: Package, name: str) -> Iterator[None]:
        """Read the part `name`, piece by piece. Raises RecordError: damaged-file, archive-limit; what the handlers raise passes through."""
        package.measured(name)
        for piece in package.pieces(name):
            self._parse(piece, name, final=False)
            yield
        self._parse(b"", name, final=True)
        yield

    def _parse(self, piece: bytes, name: str, *, final: bool) -> None:
        from xml.parsers.expat import ExpatError

        try:
            self._expat.Parse(piece, final)
        except (ExpatError, LookupError, ValueError) as error:  # the last two: an encoding that is none
            if error.__traceback__ is not None and error.__traceback__.tb_next is not None:
                raise  # of a handler
            raise damaged(f"the XML of {name} is broken: {error}", f"{name} 的 XML 已损坏") from error


if TYPE_CHECKING:
    from collections.abc import Callable

    Start = Callable[[str, dict[str, str]], object]
    End = Callable[[str], object]
    Text = Callable[[str], object]


def _doctype(*_: object) -> None:
    raise damaged("its XML declares a document type, which office files never do", "其 XML 含有文档类型声明\uff0c正常的 Office 文件不会有", hostile=True)


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


def _key(name: str) -> str:
    """Part names are equal in any case (ECMA-376 part 2, 6.2.2); some programs write backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, unquote(target.partition("#")[0]))).lstrip("/")


def _look_over(info: ZipInfo, limits: Limits) -> None:
    if info.flag_bits & 1:
        raise encrypted()
    if info.compress_type not in _COMPRESSIONS:
        raise damaged(f"{info.filename} is packed in a way that office files are not", f"{info.filename} 的压缩方式不是 Office 文件所用")
    if info.file_size > _LARGE and info.file_size > limits.ratio * max(1, info.compress_size):
        raise past("ratio", f"{info.filename} unpacks to more than {limits.ratio:,} times its size", f"{info.filename} 解开后超过原大小的 {limits.ratio:,} 倍")


def office_of(package: Package) -> str:
    """Which office wrote it: by where its main part lies; "" when it is no package."""
    if "mimetype" in package and "content.xml" in package:
        return "opendocument"
    if "[content_types].xml" not in package:
        return ""
    main = package.main()
    return next((office for place, office in _MAIN.items() if main.lower().startswith(place)), "") or _by_content_type(package, main)


def _by_content_type(package: Package, main: str) -> str:
    """The same for packages that keep their parts elsewhere."""
    for tag, given in elements(package, "[Content_Types].xml"):
        if tag == "Override" and _key(given.get("PartName", "")) == main.lower():
            kind = given.get("ContentType", "")
            return next((office for office in _OFFICES if office in kind), "")
    return ""


def _refused_by_its_opening(content: bytes) -> None:
    if not content.strip(b"\0\t\n\r "):
        raise RecordError(
            "empty-record", "the file is empty", help="export the record again, or exclude the path in the configuration",
            zh="文件是空的", zh_help="请重新导出\uff0c或在配置中排除该路径",
        )
    if content.startswith(_OLE):
        raise encrypted() if any(name in content for name in _ENCRYPTED) else legacy()


def encrypted() -> RecordError:
    """A file that opens with a password only."""
    return RecordError(
        "encrypted-file", "the file is encrypted and cannot be read", help="save it without a password, or exclude the path in the configuration",
        zh="文件已加密\uff0c无法读取", zh_help="请另存为不带密码的文件\uff0c或在配置中排除该路径",
    )


def legacy() -> RecordError:
    """A file of Office 97 to 2003, whatever it is called."""
    return RecordError(
        "legacy-format", "the file is in the format of Office 97-2003, which is not read", help="save it as .docx, .xlsx or .pptx",
        zh="文件是 Office 97-2003 格式\uff0c无法读取", zh_help="请另存为 .docx、.xlsx 或 .pptx",
    )


def damaged(en: str, zh: str, *, hostile: bool = False) -> RecordError:
    """A file that is not what it should be."""
    if hostile:
        return RecordError("damaged-file", en, help="ask where the file comes from before opening it", zh=zh, zh_help="打开之前请先核实文件来源")
    return RecordError(
        "damaged-file", f"the file is damaged: {en}", help="open it in an office program and save it again, or fetch it again",
        zh=f"文件已损坏\uff1a{zh}", zh_help="请用办公软件打开并重新保存\uff0c或重新获取",
    )


def no_text() -> RecordError:
    """A file that nothing is written in: empty, or pictures only."""
    return RecordError(
        "empty-record", "there is no text in the file", help="pictures are not read: add the text, or exclude the path in the configuration",
        zh="文件中没有文字", zh_help="图片无法读取\uff1a请补充文字\uff0c或在配置中排除该路径",
    )


def past(limit: str, en: str, zh: str) -> RecordError:
    """A file that would cost too much to unpack; `limit` as the configuration calls it."""
    return RecordError("archive-limit", en, help=f"look at the file, or raise limits.{limit}", zh=zh, zh_help=f"请检查该文件\uff0c或调高 limits.{limit}")


def another(wanted: str, found: str) -> RecordError:
    """A file of another office, by the names that `office_of` has for them."""
    en, zh, suffix = _OFFICES.get(found, ("something else", "其他文件", ""))
    return RecordError(
        "unknown-format", f"the file is not {_OFFICES[wanted][0]} but {en}", help=f"name it {suffix}" if suffix else "give it the suffix of what it is",
        zh=f"文件不是 {_OFFICES[wanted][1]}\uff0c而是{zh}", zh_help=f"请把后缀改为 {suffix}" if suffix else "请按实际格式更改后缀",
    )
