"""The words of the norm language by owner and spelling: what `resolve`, the formatter and the engine look up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from commlint.errors import PluginError
from commlint.model.symbols import Attribute, Constant, Function, Names, Symbol, TypeSymbol

ROOTS = {"record": "record", "thread": "thread", "case": "thread", "archive": "thread"}
"""The scope of a rule ("record", or what it is `over`) -> the owner of its own words."""

_Space = dict[str, tuple[Symbol, str]]


class SymbolTable:
    """Symbols, found by any of their spellings in either language; immutable, picklable.

    `origins` names the plugin of each symbol, in step with `symbols`, for the message of a clash.
    Raises PluginError when two symbols of one owner share a spelling.
    """

    def __init__(self, symbols: Iterable[Symbol], *, origins: Sequence[str] = ()) -> None:
        self.symbols = tuple(symbols)
        self._origins = tuple(origins)
        self._spaces: dict[tuple[str, str], _Space] = {}
        for index, symbol in enumerate(self.symbols):
            self._enter(symbol, self._origin(index, symbol))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuilt, (self.symbols, self._origins))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SymbolTable) and self.symbols == other.symbols

    def __hash__(self) -> int:
        return hash(self.symbols)

    def _origin(self, index: int, symbol: Symbol) -> str:
        if index < len(self._origins):
            return self._origins[index]
        path = getattr(symbol, "get", None) or getattr(symbol, "call", None) or "commlint"
        return path if isinstance(path, str) else f"{path.__module__}:{path.__qualname__}"

    def _enter(self, symbol: Symbol, origin: str) -> None:
        if isinstance(symbol, Attribute):
            self._add(("attribute", symbol.owner), symbol.names, symbol, origin)
            if symbol.singular:
                self._add(("element", symbol.owner), symbol.singular, symbol, origin)
        else:
            self._add((_SPACES[type(symbol)], ""), symbol.names, symbol, origin)

    def _add(self, space: tuple[str, str], names: Names, symbol: Symbol, origin: str) -> None:
        taken = self._spaces.setdefault(space, {})
        for spelling in names.all:
            other, where = taken.setdefault(spelling, (symbol, origin))
            if other is not symbol:
                raise _clash(space, spelling, where, origin)

    def _find(self, space: str, owner: str, spelling: str) -> Symbol | None:
        entry = self._spaces.get((space, owner), {}).get(spelling)
        return entry[0] if entry else None

    # --- one word -------------------------------------------------------------------------------

    def root(self, name: str, scope: str = "record") -> Attribute | None:
        """The word `name` of the record itself, or of the thread in a rule over `scope`."""
        return self.attribute(ROOTS.get(scope, scope), name)

    def attribute(self, type: str, name: str) -> Attribute | None:
        """What `.name` means on a value of `type`, its parents included."""
        return self._inherited("attribute", type, name)

    def elements(self, name: str, scope: str = "record") -> Attribute | None:
        """The collection whose singular is `name` ("deadline" -> record.deadlines).

        `scope`: the scope of the rule, or a type that owns collections ("task" -> owners).
        """
        return self._inherited("element", ROOTS.get(scope, scope), name)

    def function(self, name: str) -> Function | None:
        """The function called `name`."""
        found = self._find("function", "", name)
        return found if isinstance(found, Function) else None

    def constant(self, name: str) -> Constant | None:
        """The constant called `name`."""
        found = self._find("constant", "", name)
        return found if isinstance(found, Constant) else None

    def type(self, name: str) -> TypeSymbol | None:
        """The type called `name`."""
        found = self._find("type", "", name)
        return found if isinstance(found, TypeSymbol) else None

    def _inherited(self, space: str, owner: str, name: str) -> Attribute | None:
        for type_name in self.lineage(owner):
            found = self._find(space, type_name, name)
            if isinstance(found, Attribute):
                return found
        return None

    # --- many words -----------------------------------------------------------------------------

    def lineage(self, type: str) -> tuple[str, ...]:
        """`type` and what it is a special case of, nearest first ("sentence", "text")."""
        line: list[str] = []
        name: str | None = type
        while name and name not in line:
            line.append(name)
            symbol = self.type(name)
            name = symbol.parent if symbol else None
        return tuple(line)

    def attributes(self, type: str) -> tuple[Attribute, ...]:
        """All that can be asked of a value of `type`, nearest owner first, in the order they were given."""
        return tuple(symbol for owner in self.lineage(type) for symbol in self._owned.get(owner, ()))

    def spellings(self, space: str, owner: str = "") -> tuple[str, ...]:
        """Every spelling in one of "attribute", "element" (with `owner`), "function", "constant", "type"."""
        owners = self.lineage(owner) if owner else ("",)
        return tuple(dict.fromkeys(word for name in owners for word in self._spaces.get((space, name), ())))

    @cached_property
    def _owned(self) -> dict[str, list[Attribute]]:
        owned: dict[str, list[Attribute]] = {}
        for symbol in self.symbols:
            if isinstance(symbol, Attribute):
                owned.setdefault(symbol.owner, []).append(symbol)
        return owned

    # --- what the words do ----------------------------------------------------------------------

    def getters(self) -> Mapping[str, Callable[..., Any]]:
        """What computes each attribute ("sentence.directive") and function ("phrase"), by key.

        A "module:function" is imported when its key is first asked for; raises PluginError when that fails.
        """
        return self._getters

    @cached_property
    def _getters(self) -> _Getters:
        paths: dict[str, str | Callable[..., Any]] = {}
        for symbol in self.symbols:
            if isinstance(symbol, Attribute):
                paths[symbol.key] = symbol.get
            elif isinstance(symbol, Function):
                paths[symbol.key] = symbol.call
        return _Getters(paths)


_SPACES = {Function: "function", Constant: "constant", TypeSymbol: "type"}


def _rebuilt(symbols: tuple[Symbol, ...], origins: tuple[str, ...]) -> SymbolTable:
    return SymbolTable(symbols, origins=origins)


def _clash(space: tuple[str, str], spelling: str, first: str, second: str) -> PluginError:
    kind, owner = space
    what = f"{kind} `{spelling}`" + (f" of `{owner}`" if owner else "")
    return PluginError(f"{what} is given twice: by {first} and by {second}", help="rename one of the two, or disable one of the plugins")


class _Getters(Mapping[str, Callable[..., Any]]):
    """Getters by key, each imported at its first use."""

    def __init__(self, paths: Mapping[str, str | Callable[..., Any]]) -> None:
        self._paths = paths
        self._loaded: dict[str, Callable[..., Any]] = {}

    def __getitem__(self, key: str) -> Callable[..., Any]:
        found = self._loaded.get(key)
        if found is None:
            found = self._loaded[key] = _loaded(key, self._paths[key])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_Getters, (self._paths,))


def _loaded(key: str, path: str | Callable[..., Any]) -> Callable[..., Any]:
    if not isinstance(path, str):
        return path
    from importlib import import_module

    module, _, name = path.partition(":")
    try:
        getter: Callable[..., Any] = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise PluginError(f"`{key}` cannot be computed: {path} does not load ({error})") from error
    return getter
