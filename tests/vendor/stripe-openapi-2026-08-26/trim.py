"""Cuts Stripe's OpenAPI description down to the operations and objects of a shop: `trim.py spec3.json > openapi.json`.

The source is spec3.json as the PyPI package seahaven-stripe-world 0.3.0 carries it, from github.com/stripe/openapi (MIT).
Only words and branches are cut: descriptions, ways to pay other than cards, and objects a shop of this kind never meets.
"""

import json
import sys
from pathlib import Path

PATHS = (
    *("/v1/checkout/sessions", "/v1/checkout/sessions/{session}", "/v1/checkout/sessions/{session}/expire"),
    *("/v1/payment_intents", "/v1/payment_intents/{intent}", "/v1/charges", "/v1/charges/{charge}"),
    *("/v1/refunds", "/v1/refunds/{refund}", "/v1/disputes", "/v1/disputes/{dispute}"),
    *("/v1/balance_transactions", "/v1/balance_transactions/{id}", "/v1/events", "/v1/events/{id}"),
)
WRITTEN = {"/v1/checkout/sessions", "/v1/checkout/sessions/{session}/expire", "/v1/refunds"}
OBJECTS = {"checkout.session", "payment_intent", "charge", "refund", "dispute", "balance_transaction", "event", "api_errors"}
WAYS_TO_PAY = ("payment_method_details", "_payment_method_options", "refund_destination_details", "payment_intent_next_action")
KEPT_OF_WAYS = {"card", "type", "redirect_to_url"}
WORDS = {
    "description",
    "title",
    "maxLength",
    "x-expandableFields",
    "x-resourceId",
    "x-expansionResources",
    "x-stripeBypassValidation",
}


def main() -> None:
    spec = json.loads(Path(sys.argv[1]).read_text())
    schemas = spec["components"]["schemas"]
    found: dict = {}

    def cut(thing, *, names=False):
        if isinstance(thing, list):
            return [cut(item) for item in thing]
        if not isinstance(thing, dict):
            return thing
        if "$ref" in thing:
            name = thing["$ref"].rpartition("/")[2]
            if "x-resourceId" in schemas[name] and name not in OBJECTS:
                return {"type": "object"}
            keep(name)
            return thing
        return {
            key: cut(value, names=key in {"properties", "schemas"}) for key, value in thing.items() if names or key not in WORDS
        }

    def keep(name):
        if name in found:
            return
        schema = schemas[name]
        if any(name.endswith(way) for way in WAYS_TO_PAY):
            kept = {key: value for key, value in schema["properties"].items() if key in KEPT_OF_WAYS}
            schema = {**schema, "properties": kept}
        found[name] = None
        found[name] = cut(schema)

    for name in sorted(OBJECTS):
        keep(name)
    paths = {
        path: {
            method: operation_of(cut(operation))
            for method, operation in spec["paths"][path].items()
            if method == "get" or (method == "post" and path in WRITTEN)
        }
        for path in PATHS
    }
    slim = {"openapi": spec["openapi"], "info": {"title": spec["info"]["title"], "version": spec["info"]["version"]}}
    json.dump(
        {**slim, "paths": paths, "components": {"schemas": dict(sorted(found.items()))}}, sys.stdout, indent=1, sort_keys=True
    )


def operation_of(operation):
    """What may be asked; the objects of the answer are found by their name."""
    return {key: value for key, value in operation.items() if key in {"parameters", "requestBody"}}


main()
