"""`make prove`: every scenario without its guard, which must lose, and with it, which must hold. Exit 0 when both are so.

`python -m tests.proving --tiny LastUnits Revoked` plays two of them, as small as they can be told.
"""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings.test"

import django

django.setup()

from tests.proving.commanding import write_log
from tests.proving.playing import play_row
from tests.proving.programme import PROVE, TINY
from tests.proving.scenario import Words
from tests.proving.stage import open_stage
from tests.proving.table import Table

PREPARING = Words(
    "· Mở PostgreSQL, Valkey và các máy chủ riêng cho buổi thử (nhật ký: var/prove.log) …",
    "· Starting PostgreSQL, Valkey and servers for this alone (log: var/prove.log) …",
)


def main(words: list[str]) -> int:
    write_log("prove")
    print(PREPARING.say(), flush=True)
    programme = TINY if "--tiny" in words else PROVE
    wanted = set(words) - {"--tiny"}
    table = Table([one for one in programme if not wanted or type(one).__name__ in wanted])
    with open_stage() as stage:
        table.begin()
        for row in table.rows:
            for guarded in (False, True):
                table.playing(row, guarded=guarded)
                result = play_row(row.scenario, stage, guarded=guarded)
                table.over(
                    row,
                    guarded=guarded,
                    kept=result.kept,
                    sentence=result.sentence,
                    seconds=result.seconds,
                    went_wrong=result.went_wrong,
                )
    table.end()
    return 0 if table.proves else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
