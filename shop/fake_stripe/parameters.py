"""Reading a form the way Stripe does: nested names, declared types, and a refusal for what nobody declared.

A shape is `str`, `int`, `bool`, METADATA, CREATED, a dictionary of shapes, or a list with the shape of its items.
"""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from .errors import Refused

METADATA = "metadata"
CREATED = "created"
METADATA_KEYS_MAX, METADATA_NAME_MAX, METADATA_TEXT_MAX = 50, 40, 500
NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def read_form(text: str, shape: dict) -> dict:
    """The typed values of a form or query."""
    return _read(nest(parse_qsl(text, keep_blank_values=True)), shape, "")


def nest(pairs: Iterable[tuple[str, str]]) -> dict:
    """`a[b][0]=x` as {"a": {"b": {"0": "x"}}}; `a[]=x` counts up by itself."""
    tree: dict = {}
    for name, value in pairs:
        matched = NAME.fullmatch(name)
        if not matched:
            raise Refused(f"Invalid name of a parameter: {name}")
        steps = [matched[1], *re.findall(r"\[([^\[\]]*)\]", matched[2])]
        place = tree
        for step in steps[:-1]:
            place = place.setdefault(step or str(len(place)), {})
            if not isinstance(place, dict):
                raise Refused(f"Invalid object: {name}", param=name)
        place[steps[-1] or str(len(place))] = value
    return tree


def _read(value: object, shape: object, path: str) -> object:
    if isinstance(shape, dict):
        return _read_object(value, shape, path)
    if isinstance(shape, list):
        if not isinstance(value, dict):
            raise Refused("Invalid array", param=path)
        return [_read(value[place], shape[0], f"{path}[{place}]") for place in sorted(value, key=int)]
    if shape == METADATA:
        return _read_metadata(value, path)
    if shape == CREATED:
        return _read(value, dict.fromkeys(("gt", "gte", "lt", "lte"), int) if isinstance(value, dict) else int, path)
    if not isinstance(value, str):
        raise Refused(f"Invalid {getattr(shape, '__name__', shape)}: {path}", param=path)
    return _read_word(value, shape, path)


def _read_object(value: object, shape: dict, path: str) -> dict:
    if not isinstance(value, dict):
        raise Refused("Invalid object", param=path)
    read = {}
    for name, inner in value.items():
        place = f"{path}[{name}]" if path else name
        if name not in shape:
            raise Refused(f"Received unknown parameter: {place}", code="parameter_unknown", param=place)
        read[name] = _read(inner, shape[name], place)
    return read


def _read_word(value: str, shape: object, path: str) -> str | int | bool:
    if shape is int:
        if not re.fullmatch(r"-?\d{1,18}", value):
            raise Refused(f"Invalid integer: {value}", code="parameter_invalid_integer", param=path)
        return int(value)
    if shape is bool:
        if value not in {"true", "false"}:
            raise Refused(f"Invalid boolean: {value}", param=path)
        return value == "true"
    if not value:
        raise Refused(f"You passed an empty string for '{path}'.", code="parameter_invalid_empty", param=path)
    return value


def _read_metadata(value: object, path: str) -> dict:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise Refused("Invalid metadata: it is a list of names and texts", param=path)
    if len(value) > METADATA_KEYS_MAX or any(len(name) > METADATA_NAME_MAX for name in value):
        raise Refused(f"Metadata has at most {METADATA_KEYS_MAX} names of {METADATA_NAME_MAX} letters", param=path)
    if any(len(text) > METADATA_TEXT_MAX for text in value.values()):
        raise Refused(f"Metadata has texts of at most {METADATA_TEXT_MAX} letters", param=path)
    return value


def require(asked: dict, *names: str) -> None:
    """Refuse a form that leaves one of these out."""
    for name in names:
        if name not in asked:
            raise Refused(f"Missing required param: {name}.", code="parameter_missing", param=name)
