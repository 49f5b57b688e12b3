"""Find plugins, load them, and gather what they provide; every fault names the plugin it comes from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from commlint import hooks
from commlint.entrypoints import Entry, installed
from commlint.errors import PluginError

if TYPE_CHECKING:
    from pluggy import PluginManager

    from commlint.engine.symboltable import SymbolTable
    from commlint.model.finding import Report
    from commlint.model.protocols import Calendar, Classifier, Command, Reader, Reporter, RulePack, Suppressor

@frozen
class Plugin:
    """A loaded plugin."""

    entry: Entry
    module: ModuleType


@frozen
class Plugins:
    """All plugins of a run, by name; what they provide is asked for once and kept.

    `missing` names the optional plugins that are not installed, `broken` says why an optional plugin was left out.
    """

    plugins: tuple[Plugin, ...]
    missing: tuple[str, ...] = ()
    broken: tuple[tuple[str, str], ...] = ()
    _known: dict[str, tuple[tuple[Any, str], ...]] = field(factory=dict, init=False, repr=False, eq=False)

    @property
    def fingerprint(self) -> str:
        """Changes whenever another set or version of plugins is at work."""
        return "\n".join(f"{p.entry.name}={p.entry.module} {p.entry.origin} {_stamp(p.module)}" for p in self.plugins)

    def provided(self, hook: str) -> tuple[tuple[Any, str], ...]:
        """What all plugins give for `hook`, each with the plugin's name. Raises PluginError when one raises."""
        if hook not in self._known:
            self._known[hook] = tuple(pair for plugin in self.plugins for pair in _given(plugin, hook))
        return self._known[hook]

    def _named(self, hook: str) -> tuple[Any, ...]:
        values = self.provided(hook)
        _no_clash(hook, ((value.name, plugin) for value, plugin in values))
        return tuple(sorted((value for value, _ in values), key=lambda value: value.name))

    def readers(self) -> tuple[Reader, ...]:
        """Sorted by name, like everything here."""
        return self._named("commlint_readers")

    def rule_packs(self) -> tuple[RulePack, ...]:
        """Folders of rules."""
        return self._named("commlint_rule_packs")

    def calendars(self) -> tuple[Calendar, ...]:
        """Working-day calendars."""
        return self._named("commlint_calendars")

    def classifiers(self) -> tuple[Classifier, ...]:
        """By priority, then name."""
        return tuple(sorted(self._named("commlint_classifiers"), key=lambda c: (c.priority, c.name)))

    def suppressors(self) -> tuple[Suppressor, ...]:
        """Who may permit findings."""
        return self._named("commlint_suppressors")

    def reporters(self) -> tuple[Reporter, ...]:
        """Output formats."""
        return self._named("commlint_reporters")

    def commands(self) -> tuple[Command, ...]:
        """Subcommands."""
        return self._named("commlint_commands")

    def table(self) -> SymbolTable:
        """The words of the norm language. Raises PluginError when two plugins give the same one."""
        from commlint.engine.symboltable import SymbolTable

        pairs = (*self.provided("commlint_entities"), *self.provided("commlint_functions"))
        return SymbolTable((symbol for symbol, _ in pairs), origins=tuple(plugin for _, plugin in pairs))

    def validate(self) -> None:
        """Hold every plugin against the hook specifications. Raises PluginError naming the plugin and the hook."""
        manager = _manager()
        for plugin in self.plugins:
            _register(manager, plugin)
        _check_pending(manager, self.plugins)

    def have(self, hook: str) -> bool:
        """Whether any plugin implements `hook`."""
        return any(hasattr(plugin.module, hook) for plugin in self.plugins)

    def run_finished(self, report: Report) -> None:
        """Tell the plugins that asked for it. Raises PluginError when one raises."""
        for plugin in self.plugins:
            if hasattr(plugin.module, "commlint_run_finished"):
                manager = _manager()
                _register(manager, plugin)
                _guarded(plugin, "commlint_run_finished", partial(manager.hook.commlint_run_finished, report=report))


def load(
    *, extra: Iterable[str] = (), optional: Iterable[str] = (), disabled: Iterable[str] = (), origin: str = "", path: Sequence[str] | None = None
) -> Plugins:
    """The installed plugins and the modules in `extra`, without those `disabled`.

    Raises PluginError when one cannot be imported (unless `optional`), when two bear one name, or when there is none at all.
    """
    off, may_fail = frozenset(disabled), frozenset(optional)
    entries = (*installed(path), *(Entry(module, module, origin or "configuration") for module in extra))
    _distinct(entries)
    wanted = sorted(entry for entry in entries if entry.name not in off)
    if not wanted:
        raise PluginError(
            "no plugins found, not even the built-in ones", help="install commlint (`pip install commlint`, or `pip install -e .` in a checkout)",
            zh="没有找到任何插件\uff0c内置插件也没有", zh_help="请先安装 commlint(pip install commlint;在源码目录中用 pip install -e .)",
        )
    _all_known({*off, *may_fail} - {entry.name for entry in entries} - may_fail, entries, origin)
    plugins: list[Plugin] = []
    broken: list[tuple[str, str]] = []
    for entry in wanted:
        try:
            plugins.append(Plugin(entry, _imported(entry)))
        except PluginError as error:
            if entry.name not in may_fail:
                raise
            broken.append((entry.name, error.message))
    return Plugins(tuple(plugins), tuple(sorted(may_fail - {entry.name for entry in entries})), tuple(broken))


def _imported(entry: Entry) -> ModuleType:
    module, _, attribute = entry.module.partition(":")
    try:
        found = import_module(module)
        for name in filter(None, attribute.split(".")):
            found = getattr(found, name)
    except (Exception, SystemExit) as error:  # the edge that isolates plugins: whatever it raises, the plugin is named
        raise PluginError(
            f"plugin {entry.name!r} ({entry.origin}) cannot be loaded: {_told(error)}",
            help=f"reinstall or remove it, or list it under [plugins] disabled or optional: {entry.name!r}",
            zh=f"插件 {entry.name!r}({entry.origin})无法加载\uff1a{_told(error)}",
            zh_help=f"请重装或移除该插件\uff0c或在 [plugins] 的 disabled 或 optional 中列出 {entry.name!r}",
        ) from error
    return found


def _given(plugin: Plugin, hook: str) -> tuple[tuple[Any, str], ...]:
    function = getattr(plugin.module, hook, None)
    if function is None or not hasattr(function, "commlint_impl"):
        return ()
    values: tuple[Any, ...] = _guarded(plugin, hook, lambda: tuple(function()))
    return tuple((value, plugin.entry.name) for value in values)


def _guarded(plugin: Plugin, hook: str, call: Callable[[], Any]) -> Any:
    try:
        return call()
    except (Exception, SystemExit) as error:  # the edge that isolates plugins
        name = plugin.entry.name
        raise PluginError(
            f"plugin {name!r} ({plugin.entry.origin}) raised in {hook}: {_told(error)}",
            help=f"report it to the plugin's authors; [plugins] disabled = [{name!r}] runs without it",
            zh=f"插件 {name!r}({plugin.entry.origin})在 {hook} 中出错\uff1a{_told(error)}",
            zh_help=f"请告知插件作者\uff1b在 [plugins] 中写 disabled = [{name!r}] 可以先不用它",
        ) from error


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _stamp(module: ModuleType) -> str:
    """When the plugin's own module last changed: an editable install keeps its version while its author works."""
    file = getattr(module, "__file__", None)
    return str(os.stat(file).st_mtime_ns) if file and os.path.exists(file) else ""  # noqa: PTH110, PTH116  # see _text


def _distinct(entries: Iterable[Entry]) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        other = seen.setdefault(entry.name, entry)
        if other is not entry:
            raise PluginError(
                f"two plugins are called {entry.name!r}: {other.module} ({other.origin}) and {entry.module} ({entry.origin})",
                help="uninstall one of them, or ask an author to rename the entry point",
                zh=f"两个插件都叫 {entry.name!r}: {other.module}({other.origin})与 {entry.module}({entry.origin})",
                zh_help="请卸载其中一个\uff0c或请作者改入口点的名称",
            )


def _all_known(unknown: set[str], entries: Iterable[Entry], origin: str) -> None:
    for name in sorted(unknown):
        known = ", ".join(sorted(entry.name for entry in entries))
        raise PluginError(
            f"{origin or 'the configuration'} disables a plugin {name!r} that is not installed", help=f"installed: {known}",
            zh=f"{origin or '配置'} 停用的插件 {name!r} 并未安装", zh_help=f"已安装\uff1a{known}",
        )


def _no_clash(hook: str, pairs: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for name, plugin in pairs:
        if name in seen:
            raise PluginError(
                f"plugins {seen[name]!r} and {plugin!r} both provide {name!r} ({hook})", help="disable one of them under [plugins] disabled",
                zh=f"插件 {seen[name]!r} 与 {plugin!r} 都提供了 {name!r}({hook})", zh_help="请在 [plugins] 的 disabled 中停用其中一个",
            )
        seen[name] = plugin


def _manager() -> PluginManager:
    from pluggy import PluginManager

    manager = PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    return manager


def _register(manager: PluginManager, plugin: Plugin) -> None:
    from pluggy import PluginValidationError

    try:
        manager.register(plugin.module, plugin.entry.name)
    except (PluginValidationError, ValueError) as error:
        raise _invalid(plugin.entry.name, str(error).strip().replace("\n", " ")) from error
    if not manager.get_hookcallers(plugin.module):
        raise _invalid(plugin.entry.name, f"{plugin.entry.module} implements no hook: is `@hookimpl` missing?")


def _check_pending(manager: PluginManager, plugins: Iterable[Plugin]) -> None:
    from pluggy import PluginValidationError

    try:
        manager.check_pending()
    except PluginValidationError as error:
        name = next((p.entry.name for p in plugins if p.module is error.plugin), "?")
        known = ", ".join((*hooks.PROVIDERS, "commlint_run_finished"))
        raise _invalid(name, f"{str(error).splitlines()[0]}; hooks: {known}") from error


def _invalid(name: str, why: str) -> PluginError:
    return PluginError(f"plugin {name!r} does not fit the hooks: {why}", zh=f"插件 {name!r} 与钩子规范不符\uff1a{why}")
