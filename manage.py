#!/usr/bin/env python
"""The shop's commands."""

import os
import sys


def main() -> None:
    """Run one command, on the embedded servers where no others are given."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.base")
    from shop.running.command_line import run_command_line  # noqa: PLC0415  only after the settings are named

    run_command_line(sys.argv)


if __name__ == "__main__":
    main()
