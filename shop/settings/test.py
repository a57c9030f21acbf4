"""Settings of the tests: the same servers and the same paths as everywhere, in a folder of this run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from shop.embedded import addresses

# The first process of a run makes the folder; workers, servers and browsers started from it inherit the name.
if not os.environ.get("SHOP_TEST_RUN"):
    os.environ["SHOP_TEST_RUN"] = tempfile.mkdtemp(prefix="shop-test-")
    atexit.register(shutil.rmtree, os.environ["SHOP_TEST_RUN"], ignore_errors=True)
RUN_DIR = Path(os.environ["SHOP_TEST_RUN"])
# xdist names its workers gw0, gw1, …; each has a database and a Valkey number of its own.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
os.environ.update(
    VAR_DIR=str(RUN_DIR),
    DATABASE_URL=addresses.database_url(RUN_DIR, database=f"shop_{WORKER}"),
    REDIS_URL=addresses.redis_url(RUN_DIR, database=WORKER),
)

# Most tests write rows past the acts that would tell the page cache; those about it switch it on.
os.environ.setdefault("PAGE_CACHE_SECONDS", "0")

from shop.settings.base import *  # noqa: E402, F403  base reads what was just set

# Tests write rows and look at once; those about remembering switch it on.
SHELF_INDEX_SECONDS = PIECES_SECONDS = PAGE_TRUST_SECONDS = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
