"""What Stripe answers when it refuses."""

from http import HTTPStatus


class Refused(Exception):
    """An answer in Stripe's form of an error; `is_final` when a repetition with the same idempotency key gets it again."""

    def __init__(self, message: str, *, status: int = HTTPStatus.BAD_REQUEST, kind: str = "invalid_request_error", **details):
        super().__init__(message)
        self.status = int(status)
        # Stripe keeps no answer to a request that never began to be carried out.
        self.is_final = details.pop("is_final", False)
        self.body = {"error": {"type": kind, "message": message, **{name: text for name, text in details.items() if text}}}


def missing(kind: str, identifier: str) -> Refused:
    """Nothing has this id."""
    return Refused(
        f"No such {kind}: '{identifier}'", status=HTTPStatus.NOT_FOUND, code="resource_missing", param=kind, is_final=True
    )
