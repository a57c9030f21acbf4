"""Stripe's OpenAPI description as JSON Schema: nothing required may be missing, nothing undeclared may be there."""

import json
import re
from functools import cache
from pathlib import Path

import jsonschema

from shop.fake_stripe.parameters import nest

FILE = Path(__file__).parents[1] / "vendor/stripe-openapi-2026-08-26/openapi.json"
NAMES = {
    "checkout.session": "checkout.session",
    **{name: name for name in ("payment_intent", "charge", "refund", "dispute", "balance_transaction", "event")},
}


class NotAsDescribed(AssertionError):
    """A request or an object that Stripe's description does not allow."""


FORM = "application/x-www-form-urlencoded"


@cache
def description() -> dict:
    """The description, strict: an object that declares its fields has no others."""
    return strict(json.loads(FILE.read_text()))


def strict(thing):
    """`nullable` in the words of JSON Schema, and no field that is not declared."""
    if isinstance(thing, list):
        return [strict(item) for item in thing]
    if not isinstance(thing, dict):
        return thing
    done = {key: strict(value) for key, value in thing.items()}
    if done.get("properties") and "additionalProperties" not in done:
        done["additionalProperties"] = False
    if done.pop("nullable", False):
        return {"anyOf": [{"type": "null"}, done]}
    return done


def check_object(thing: dict) -> None:
    """Raise when an object differs from its description."""
    _check(thing, {"$ref": f"#/components/schemas/{NAMES[thing['object']]}"})


def check_error(body: dict) -> None:
    """Raise when an answer of refusal differs from its description."""
    _check(body["error"], {"$ref": "#/components/schemas/api_errors"})


def check_request(method: str, path: str, pairs: list[tuple[str, str]]) -> None:
    """Raise when a request asks for something the description does not know."""
    for template, operations in description()["paths"].items():
        if method.lower() in operations and re.fullmatch(re.sub(r"\{\w+\}", r"\\w+", template), path):
            _check(typed(nest(pairs)), _form_schema(operations[method.lower()], method))
            return
    raise NotAsDescribed(f"no operation {method} {path}")


def _form_schema(operation: dict, method: str) -> dict:
    if method == "POST":
        return operation["requestBody"]["content"][FORM]["schema"]
    parameters = [parameter for parameter in operation.get("parameters", []) if parameter["in"] == "query"]
    return {
        "type": "object",
        "properties": {parameter["name"]: parameter["schema"] for parameter in parameters},
        "additionalProperties": False,
    }


def typed(value):
    """A nested form with lists for numbered names and numbers for digits; texts that look like numbers are rare enough."""
    if isinstance(value, dict):
        if value and all(name.isdecimal() for name in value):
            return [typed(value[name]) for name in sorted(value, key=int)]
        return {name: inner if name == "metadata" else typed(inner) for name, inner in value.items()}
    return int(value) if re.fullmatch(r"-?\d+", value) else {"true": True, "false": False}.get(value, value)


def _check(thing: object, schema: dict) -> None:
    validator = jsonschema.Draft7Validator({**schema, "components": description()["components"]})
    error = jsonschema.exceptions.best_match(validator.iter_errors(thing))
    if error:
        # The error itself carries the whole description, which takes minutes to print.
        raise NotAsDescribed(f"{error.json_path}: {error.message[:300]}")
