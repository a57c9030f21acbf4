"""What is measured, in the order of the table. One more is one more file here and one more line below."""

from ..operation import Job, Operation
from . import audit, checkout, desk, detail, events, filtered, first_add, home, import_list, listing, mixed, search, webhook

OPERATIONS: tuple[Operation, ...] = (
    home.OPERATION,
    listing.OPERATION,
    filtered.OPERATION,
    detail.OPERATION,
    search.OPERATION,
    first_add.OPERATION,
    checkout.OPERATION,
    webhook.OPERATION,
    desk.OPERATION,
    mixed.OPERATION,
)
JOBS: tuple[Job, ...] = (import_list.JOB, events.JOB, audit.JOB)
