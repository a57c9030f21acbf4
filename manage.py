#!/usr/bin/env python
"""The shop's commands."""

import os
import sys


def main() -> None:
    """Run one command, on the embedded servers where no others are given."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.base")
    try:
        import django  # noqa: F401, PLC0415  before Celery, which would only wonder aloud

        from shop.running.command_line import run_command_line  # noqa: PLC0415  only after the settings are named
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"shop", "catalogue_ext"}:
            raise
        sys.exit(f"✗ The environment is half-made ({error}): remove the folder .venv and run make run again.")

    run_command_line(sys.argv)


if __name__ == "__main__":
    main()
