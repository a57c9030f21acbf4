"""A decision with thousands of products, read, planned and applied by the command an officer would use."""

import csv
import random
from pathlib import Path

from ..operation import Goal, Job
from ..spending import spend
from ..stage import Stage

ROWS, ROWS_FOR_A_LOOK = 10_000, 1_000
HEADINGS = ("TT", "Tên sản phẩm", "Tên chủ thể", "Địa chỉ", "Xếp hạng")
WORDS = ("Chè búp", "Mật ong", "Cà phê", "Miến dong", "Nước mắm", "Hạt điều", "Gạo nếp", "Bánh đậu", "Rượu cần", "Giỏ mây")


def write_list(path: Path, rows: int) -> None:
    """Write a list of so many products; every tenth row begins another producer."""
    chance = random.Random(rows)  # noqa: S311  the same list in each run
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(1, rows + 1):
            producer = f"HTX Đo tốc độ {number // 10:05}"
            writer.writerow(
                [number, f"{chance.choice(WORDS)} số {number:06}", producer, "xã Di Linh", f"{chance.randint(3, 4)} sao"]
            )


def run(stage: Stage, *, is_quick: bool) -> dict[str, float]:
    """Import a list nobody has seen; returns the figures of one row of it."""
    rows = ROWS_FOR_A_LOOK if is_quick else ROWS
    path = stage.var_dir / "list.csv"
    write_list(path, rows)
    given = (
        "--authority",
        "UBND tỉnh Lâm Đồng",
        "--number",
        "9999/QĐ-UBND",
        "--signed-on",
        "2026-11-01",
        "--province",
        "Lâm Đồng",
    )
    spent = spend(stage, "import_decision", str(path), "--json", *given)
    return {
        "rate_alone": rows / spent.seconds,
        "python_ms": spent.python / rows * 1000,
        "postgres_ms": spent.postgres / rows * 1000,
    }


JOB = Job("import of a list (rows)", run, goals=(Goal("rate_alone", least=1000),))
