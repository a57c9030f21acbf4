"""Every invariant of stock, orders and money asked of a year's orders, by the command an operator would use.

A break of one ends the bench: the copied orders have to be as right as those that were played.
"""

from .. import databases
from ..operation import Goal, Job
from ..spending import spend
from ..stage import Stage

ORDERS, ORDERS_FOR_A_LOOK = 100_000, 1_000


def run(stage: Stage, *, is_quick: bool) -> dict[str, float]:
    """Audit so many orders; returns what one audit takes."""
    databases.take_orders(stage.var_dir, ORDERS_FOR_A_LOOK if is_quick else ORDERS)
    spent = spend(stage, "audit_money")
    return {"p50_ms": spent.seconds * 1000, "python_ms": spent.python * 1000, "postgres_ms": spent.postgres * 1000}


JOB = Job("audit of 100,000 orders", run, goals=(Goal("p50_ms", most=20_000),), is_of_products=False)
