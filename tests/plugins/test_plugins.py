"""Plugins: found, loaded, held against the hooks; every fault names the plugin it comes from."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from commlint import hooks, plugins
from commlint.entrypoints import Entry, installed
from commlint.errors import PluginError
from commlint.hooks import hookimpl


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed distributions."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def _install(site: Path, name: str, code: str, *, entry: str = "", version: str = "1.0") -> str:
    """A distribution with one module of `code`, as pip leaves it."""
    module = name.replace("-", "_")
    (site / f"{module}.py").write_text("from commlint.hooks import hookimpl\n" + code, "utf-8")
    info = site / f"{module}-{version}.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(f"[console_scripts]\nx = y\n\n[commlint]\n{entry or name} = {module}\n", "utf-8")
    return module


def _load(site: Path, **more: tuple[str, ...]) -> plugins.Plugins:
    return plugins.load(path=[str(site)], **more)  # type: ignore[arg-type]  # all options are tuples of names


def test_entry_points_are_found_without_importing_them(site: Path) -> None:
    """What is installed is known by name, module and distribution before anything is imported."""
    _install(site, "alpha", "raise SystemExit(9)")
    assert installed([str(site), str(site / "missing")]) == (Entry("alpha", "alpha", "alpha 1.0"),)


def test_the_built_in_plugins_come_by_the_same_door() -> None:
    """Rules, words, reporters and readers of commlint itself are entry points like a stranger's."""
    found = {entry.name for entry in installed()}
    assert {"rules", "vocabulary", "reporters", "minutes", "mail", "chat"} <= found


def test_one_scan_agrees_with_importlib() -> None:
    """The quick scan finds exactly what importlib.metadata finds."""
    from importlib.metadata import entry_points

    assert {(e.name, e.module) for e in installed()} == {(e.name, e.value) for e in entry_points(group="commlint")}


def test_values_come_sorted_whatever_the_order(site: Path) -> None:
    """Providers are called once and their values sorted by name."""
    named = "import types\n@hookimpl\ndef commlint_readers():\n    return [types.SimpleNamespace(name={!r})]\n"
    _install(site, "zeta", named.format("a-reader"))
    _install(site, "alpha", named.format("z-reader"))
    loaded = _load(site)
    assert [reader.name for reader in loaded.readers()] == ["a-reader", "z-reader"]


@pytest.mark.parametrize(("code", "said"), [
    ("import nowhere_to_be_found\n", "plugin 'alpha' (alpha 1.0) cannot be loaded: ModuleNotFoundError"),
    ("raise SystemExit(3)\n", "plugin 'alpha' (alpha 1.0) cannot be loaded: SystemExit: 3"),
    ("def (:\n", "plugin 'alpha' (alpha 1.0) cannot be loaded: SyntaxError"),
])
def test_a_plugin_that_does_not_load_is_named(site: Path, code: str, said: str) -> None:
    """Whatever a plugin raises on import, the error says which plugin it was and what to do."""
    _install(site, "alpha", code)
    with pytest.raises(PluginError) as caught:
        _load(site)
    assert caught.value.message.startswith(said)
    assert "alpha" in caught.value.help
    assert "alpha" in caught.value.zh


def test_an_optional_plugin_may_fail(site: Path) -> None:
    """An optional plugin that does not load is left out and told of; one that is not installed is told of too."""
    _install(site, "alpha", "raise OSError('no licence')\n")
    _install(site, "beta", "@hookimpl\ndef commlint_readers():\n    return []\n")
    loaded = _load(site, optional=("alpha", "gamma"))
    assert ([p.entry.name for p in loaded.plugins], loaded.missing) == (["beta"], ("gamma",))
    assert loaded.broken[0][0] == "alpha"


def test_a_disabled_plugin_is_not_imported(site: Path) -> None:
    """Disabling a plugin keeps its code from running; disabling what is not there is an error."""
    _install(site, "alpha", "raise OSError\n")
    _install(site, "beta", "@hookimpl\ndef commlint_readers():\n    return []\n")
    assert [p.entry.name for p in _load(site, disabled=("alpha",)).plugins] == ["beta"]
    with pytest.raises(PluginError, match="'gamma' that is not installed"):
        _load(site, disabled=("gamma",))


def test_two_plugins_with_one_name_are_refused(site: Path) -> None:
    """A clash of plugin names is an error that names both distributions."""
    for name in ("alpha", "beta"):
        _install(site, name, "@hookimpl\ndef commlint_readers():\n    return []\n", entry="same")
    with pytest.raises(PluginError) as caught:
        _load(site)
    assert "alpha 1.0" in caught.value.message
    assert "beta 1.0" in caught.value.message


def test_two_values_with_one_name_are_refused(site: Path) -> None:
    """Two readers of one name are an error that names both plugins."""
    for name in ("alpha", "beta"):
        _install(site, name, "import types\n@hookimpl\ndef commlint_readers():\n    return [types.SimpleNamespace(name='same')]\n")
    with pytest.raises(PluginError, match="plugins 'alpha' and 'beta' both provide 'same'"):
        _load(site).readers()


def test_a_hook_that_raises_is_named(site: Path) -> None:
    """An exception inside a hook becomes an error with the plugin and the hook."""
    _install(site, "alpha", "@hookimpl\ndef commlint_readers():\n    raise KeyError('x')\n    yield\n")
    with pytest.raises(PluginError, match=r"plugin 'alpha' .* raised in commlint_readers: KeyError"):
        _load(site).readers()


@pytest.mark.parametrize(("code", "said"), [
    ("@hookimpl\ndef commlint_raeders():\n    return []\n", "commlint_raeders"),
    ("@hookimpl\ndef commlint_readers(surprise):\n    return []\n", "surprise"),
    ("def commlint_readers():\n    return []\n", "implements no hook"),
])
def test_a_plugin_is_held_against_the_specifications(site: Path, code: str, said: str) -> None:
    """Misspelled hooks, wrong arguments and forgotten marks are errors, not silence."""
    _install(site, "alpha", code)
    with pytest.raises(PluginError) as caught:
        _load(site).validate()
    assert "'alpha'" in caught.value.message
    assert said in caught.value.message


def test_nothing_installed_is_said_so(tmp_path: Path) -> None:
    """Without any plugin there is no linter: the error tells how to install."""
    with pytest.raises(PluginError, match="no plugins found"):
        plugins.load(path=[str(tmp_path)])


def test_every_specification_has_an_example_and_a_type() -> None:
    """Each hook is documented with an example and typed; the list of providers is complete."""
    specified = {name: value for name, value in vars(hooks).items() if hasattr(value, "commlint_spec")}
    assert set(specified) == {*hooks.PROVIDERS, "commlint_run_finished"}
    for name, function in specified.items():
        assert f"def {name}(" in (function.__doc__ or "")
        assert "return" in function.__annotations__


def test_the_mark_costs_no_pluggy() -> None:
    """A marked function carries the options that pluggy reads."""
    module = types.ModuleType("marked")
    module.commlint_readers = hookimpl(lambda: [])  # type: ignore[attr-defined]  # as a plugin's module has it
    manager = plugins._manager()
    assert manager.parse_hookimpl_opts(module, "commlint_readers") == module.commlint_readers.commlint_impl
