"""The words of the norm language that are not keywords: what plugins teach it, in English and Chinese."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen


@frozen(order=True)
class Type:
    """A static type: ``Type("text")``, ``Type("list", Type("person"))``."""

    name: str
    of: Type | None = None

    def __str__(self) -> str:
        return f"list[{self.of}]" if self.of else self.name


def list_of(name: str) -> Type:
    """The type of a collection of `name`."""
    return Type("list", Type(name))


@frozen(order=True)
class Names:
    """One word in both languages, and other spellings that are read but never written."""

    en: str
    zh: str
    aliases: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every spelling."""
        return (self.en, self.zh, *self.aliases)


@frozen
class TypeSymbol:
    """A type: its names, what it is a special case of (``sentence`` is a ``text``), what it means."""

    names: Names
    doc: Names
    parent: str | None = None


@frozen
class Attribute:
    """What can be asked of a value of type `owner`; owner ``record`` makes it a word of its own.

    `get` is called with (analysis, value) and returns the attribute or Unknown; a string
    "module:function" is imported when a rule first asks. `singular` names one element of a collection
    (``deadline`` of ``deadlines``). `collected` marks attributes of a message that thread rules may ask for:
    they are worked out with the record at hand and travel as plain facts.
    """

    owner: str
    names: Names
    type: Type
    doc: Names
    get: str | Callable[..., object]
    example: str = ""
    singular: Names | None = None
    collected: bool = False
    predicate: bool = False  # may stand behind `is`: `s is directive`

    @property
    def key(self) -> str:
        """How programs refer to it: owner.name in English."""
        return f"{self.owner}.{self.names.en}"


@frozen
class Parameter:
    """A parameter of a function; without `default` it is required."""

    names: Names
    type: Type
    default: object = None
    required: bool = True


@frozen
class Function:
    """A function; `call` gets (analysis, *arguments). Pure: the same arguments, the same answer."""

    names: Names
    parameters: tuple[Parameter, ...]
    returns: Type
    doc: Names
    call: str | Callable[..., object]
    example: str = ""

    @property
    def key(self) -> str:
        """How programs refer to it."""
        return self.names.en


@frozen
class Constant:
    """A fixed value with a name: a record kind, a status, an audience."""

    names: Names
    type: Type
    value: str
    doc: Names = Names("", "")


Symbol = TypeSymbol | Attribute | Function | Constant
