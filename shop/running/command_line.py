"""`manage.py`: one command, with the embedded servers under it where no others are given."""

import os
import signal
import sys
from contextlib import ExitStack

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from shop.embedded.processes import CannotStart, die_with
from shop.embedded.servers import running_servers
from shop.running.memory import collect_rarely
from shop.running.start import run_shop

# These look at the code only, or start what they need.
NEED_NO_SERVERS = {
    *("check", "compile_translations", "missing_translations", "list_urls", "help", "version", "diffsettings"),
    *("bench", "fake_stripe"),
}


def run_command_line(words: list[str]) -> None:
    """Run the command; what the person at the keyboard can mend comes as one sentence and exit code 1."""
    collect_rarely()
    try:
        if words[1:2] == ["run"]:
            if "--end-with-parent" in words:  # `make run`: a killed make takes the shop along
                die_with(os.getppid(), signal.SIGTERM)()
            run_shop()
            return
        with ExitStack() as stack:
            if settings.INSTALLED_APPS and _needs_servers(words):
                stack.enter_context(
                    running_servers(settings.VAR_DIR, postgres=settings.DATABASE_IS_EMBEDDED, valkey=settings.REDIS_IS_EMBEDDED)
                )
            execute_from_command_line(words)
    except (ImproperlyConfigured, CannotStart) as reason:
        sys.exit(f"✗ {reason}")


def _needs_servers(words: list[str]) -> bool:
    command = words[1] if len(words) > 1 else "help"
    return command not in NEED_NO_SERVERS and not {"-h", "--help"} & set(words)
