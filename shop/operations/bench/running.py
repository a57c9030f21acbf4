"""One run: database by database and operation by operation, into the rows of the table."""

import random
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

from . import databases
from .extent import Extent
from .measuring import Maker, measure, repeated, visit_for
from .operation import Job, Operation
from .operations import JOBS, OPERATIONS
from .operations.pages import LIKE_A_BROWSER, pages
from .processes import memory_mb
from .stage import Server, Stage, opened
from .table import MISSED, REACHED, Row
from .world import World, look_around

PREPARING_VISITS = 60
SECONDS_TO_PREPARE = 60
HALF = 0.5
WITHOUT_PAGE_CACHE = {"PAGE_CACHE_SECONDS": "0"}
KEPT = ", kept"


class Run:
    """What is common to one run: the stage, for how long to visit, and the rows so far."""

    def __init__(self, stage: Stage, extent: Extent, *, tell: Callable[[str], None]) -> None:
        self.stage, self.extent, self.tell = stage, extent, tell
        self.operations = [each for each in OPERATIONS if extent.covers(each.name)]
        self.jobs = [job for job in JOBS if extent.covers(job.name)]
        self.rows: list[Row] = []

    def measure_constant_page(self) -> None:
        """The row all others are held against."""
        with self.stage.constant_page() as server:
            make = pages(lambda _world, _chance: "/")(None)
            self.rows.append(self._row("constant page of 20 KB", None, make, server))

    def measure_shop(self, products: int) -> None:
        """All operations on one database: pages made anew, then pages kept, then all that writes."""
        self.tell(f"· With {products:,} products …")
        databases.take(self.stage.var_dir, products)
        with self.stage.web(**WITHOUT_PAGE_CACHE) as server, self.stage.connect() as connection:
            world = look_around(connection, self.stage.var_dir, port=server.port)
            for operation in self.operations:
                if operation.is_kept:
                    self.rows.append(self._operate(operation, products, world, server))
        with self.stage.web() as server:
            for operation in self.operations:
                if operation.is_kept:
                    self.rows.append(self._operate_kept(operation, products, world, server))
            for operation in self.operations:
                if not operation.is_kept:
                    self.rows.append(self._operate(operation, products, world, server))
            if not self.extent.only:
                self.rows += self._weigh(products, server)
        self.rows += [self._work(job, products) for job in self.jobs if job.is_of_products]

    def measure_beside_products(self) -> None:
        """What does not depend on how many products there are."""
        self.rows += [self._work(job, None) for job in self.jobs if not job.is_of_products]

    def _operate(self, operation: Operation, products: int, world: World, server: Server) -> Row:
        if operation.prepare:
            visit_for(operation.prepare(world), port=server.port, clients=1, seconds=SECONDS_TO_PREPARE, most=PREPARING_VISITS)
        with repeated(operation.beside(world), port=server.port) if operation.beside else nullcontext():
            row = self._row(operation.name, products, operation.visits(world), server, is_mixed=operation.is_mixed)
        row.goals = operation.goals
        smaller = next((each for each in self.rows if each.name == operation.name), None)
        if operation.growth and smaller:
            row.remarks.append(_growth(row, smaller, operation.growth))
        return row

    def _operate_kept(self, operation: Operation, products: int, world: World, server: Server) -> Row:
        """The same page again and again, as it is while the page cache has it."""
        path = next(operation.visits(world)(random.Random(1))).path  # noqa: S311  any of them
        row = self._row(operation.name + KEPT, products, pages(lambda _world, _chance: path, LIKE_A_BROWSER)(world), server)
        share = row.figures["rate_many"] / self.rows[0].figures["rate_many"]
        row.remarks.append(f"{share:.0%} of the constant page {REACHED if share >= HALF else MISSED}")
        return row

    def _row(self, name: str, products: int | None, make: Maker, server: Server, *, is_mixed: bool = False) -> Row:
        self.tell(f"  {name}")
        cost = measure(make, server=server, stage=self.stage, seconds=self.extent.seconds, is_mixed=is_mixed)
        return Row(name, products, asdict(cost))

    def _weigh(self, products: int, server: Server) -> Iterator[Row]:
        self.tell("  memory")
        with self.stage.worker_and_scheduler() as others:
            parts = {
                "web": memory_mb(server.pid),
                "worker and scheduler": sum(map(memory_mb, others)),
                "PostgreSQL": memory_mb(self.stage.postgres_pid),
                "Valkey": memory_mb(self.stage.valkey.process.pid),
            }
        remark = ", ".join(f"{name} {size:,.0f}" for name, size in parts.items())
        yield Row("memory (PSS), MB", products, remarks=[f"{sum(parts.values()):,.0f}: {remark}"])
        yield Row("cold start, s", products, remarks=[f"{server.seconds_to_start:.1f} to the first page"])

    def _work(self, job: Job, products: int | None) -> Row:
        self.tell(f"  {job.name}")
        return Row(job.name, products, job.run(self.stage, is_quick=self.extent.is_quick), job.goals)


def _growth(row: Row, smaller: Row, most: float) -> str:
    """How much more processor time than with the smaller number of products."""
    costs = [each.figures["python_ms"] + each.figures["postgres_ms"] for each in (row, smaller)]
    factor = costs[0] / costs[1]
    return f"{factor:.2f} × that of {smaller.products:,}, ≤ {most:g} {REACHED if factor <= most else MISSED}"


def run_bench(var_dir: Path, extent: Extent, *, tell: Callable[[str], None]) -> list[Row]:
    """Measure what is wanted with so many products each time; returns the rows of the table."""
    with opened(var_dir, extent.sizes, tell) as stage:
        run = Run(stage, extent, tell=tell)
        run.measure_constant_page()
        for products in extent.sizes:
            run.measure_shop(products)
        run.measure_beside_products()
    return run.rows
