#!/usr/bin/env python
"""Django's command line for this site."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run a management command, with the development settings unless told otherwise."""
    # `site` is also a standard-library module, so the folder is no package: it goes on the path.
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

    from django.core.management import execute_from_command_line  # noqa: PLC0415 (needs the path)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
