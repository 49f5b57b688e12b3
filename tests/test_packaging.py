"""What is shipped is what is there."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import tomli

import commlint
from commlint.resources import bundled

ROOT = Path(__file__).parent.parent
PROJECT = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_every_integration_is_packaged() -> None:
    """The wheel's packages are the core and all folders under integrations/."""
    folders = sorted(f"integrations/{path.parent.name}" for path in (ROOT / "integrations").glob("*/__init__.py"))
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert sorted(packages) == sorted(["commlint", *folders])


def test_every_integration_is_checked() -> None:
    """mypy and the import contracts know every integration."""
    names = sorted(path.parent.name for path in (ROOT / "integrations").glob("*/__init__.py"))
    assert sorted(PROJECT["tool"]["mypy"]["packages"]) == sorted(["commlint", *names])
    assert sorted(PROJECT["tool"]["importlinter"]["root_packages"]) == sorted(["commlint", *names])


def test_every_entry_point_leads_to_a_module() -> None:
    """Each plugin of our own names a module that is there."""
    from importlib.util import find_spec

    for module in PROJECT["project"]["entry-points"]["commlint"].values():
        assert find_spec(module) is not None


def test_versions_agree() -> None:
    """The package says the version that the project is built as, and the changelog speaks of it."""
    assert commlint.__version__ == PROJECT["project"]["version"]
    assert f"## {commlint.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_bundled_data_is_found() -> None:
    """Rules and grammar are found from a checkout."""
    assert (bundled("rules") / "norms.toml").is_file()
    assert (bundled("grammar") / "norm.lark").is_file()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built without network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_everything(wheel: zipfile.ZipFile) -> None:
    """Every module, rule, list, profile, the grammar, the schema and the typing marks are in the wheel; no test is."""
    names = set(wheel.namelist())
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "commlint").rglob("*.py")}
    readers = {str(path.relative_to(ROOT / "integrations")) for path in (ROOT / "integrations").rglob("*.py")}
    data = {f"commlint/_bundled/{path.relative_to(ROOT)}" for folder in ("rules", "grammar") for path in (ROOT / folder).rglob("*.*") if path.is_file()}
    marks = {"commlint/py.typed", "commlint/report/report.schema.json", *(f"{name.partition('/')[0]}/py.typed" for name in readers)}
    assert modules | readers | data | marks <= names
    assert not [name for name in names if name.startswith("tests/")]


def test_the_license_travels(wheel: zipfile.ZipFile) -> None:
    """The wheel carries the licence text."""
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())
