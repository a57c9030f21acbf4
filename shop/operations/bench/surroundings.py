"""What a process of the bench is told by its environment."""

import os
import subprocess
import sys
from pathlib import Path

from shop.embedded import addresses
from shop.embedded.processes import CannotStart

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = "shop.settings.bench"
WEB_WORKERS = 2
# Nobody answers at this key: who measures cards brings a stand-in.
CARD_KEY, CARD_SECRET = "sk_test_of_the_bench", "whsec_of_the_bench"


def environment_of(var_dir: Path, database: str, **more: str) -> dict[str, str]:
    """Return the environment of a process that works on this database of the bench's own servers."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "VAR_DIR": str(var_dir),
        "DATABASE_URL": addresses.database_url(var_dir, database=database),
        "REDIS_URL": addresses.redis_url(var_dir),
        "WEB_WORKERS": str(WEB_WORKERS),
        "DEMO": "1",
        "STRIPE_SECRET_KEY": CARD_KEY,
        "STRIPE_WEBHOOK_SECRET": CARD_SECRET,
        **more,
    }


def manage(environment: dict[str, str], *words: str) -> str:
    """Run one command of manage.py to its end; returns what it printed."""
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    result = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise CannotStart(f"manage.py {words[0]} does not run: {(result.stderr or result.stdout).strip()[-500:]}")
    return result.stdout
