"""A reader of as much JSON Schema as report.schema.json uses; anything else in a schema is an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {"object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "boolean": (bool,), "null": (type(None),)}
_KNOWN = {"$schema", "$id", "$defs", "$ref", "title", "description", "type", "enum", "const", "oneOf", "minimum", "minItems", "items", "properties", "required", "additionalProperties"}


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str = "$") -> Iterator[str]:
    """Where `value` does not fit `schema`."""
    assert set(schema) <= _KNOWN, set(schema) - _KNOWN
    if "$ref" in schema:
        yield from problems(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, place)
    elif "oneOf" in schema:
        fitting = [one for one in schema["oneOf"] if not list(problems(value, one, root, place))]
        if len(fitting) != 1:
            yield f"{place}: fits {len(fitting)} of oneOf"
    elif "const" in schema or "enum" in schema:
        if value not in schema.get("enum", [schema.get("const")]):
            yield f"{place}: {value!r} is not allowed"
    else:
        yield from _typed(value, schema, root, place)


def _typed(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str) -> Iterator[str]:
    if not isinstance(value, _TYPES[schema["type"]]) or (schema["type"] == "integer" and isinstance(value, bool)):
        yield f"{place}: {value!r} is no {schema['type']}"
    elif isinstance(value, dict):
        properties = schema["properties"]
        yield from (f"{place}: lacks {name}" for name in schema["required"] if name not in value)
        yield from (f"{place}: does not know {name}" for name in value if name not in properties)
        for name in value.keys() & properties.keys():
            yield from problems(value[name], properties[name], root, f"{place}.{name}")
    elif isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{place}: too short"
        for number, item in enumerate(value):
            yield from problems(item, schema["items"], root, f"{place}[{number}]")
    elif isinstance(value, int) and value < schema.get("minimum", value):
        yield f"{place}: {value} is too small"
