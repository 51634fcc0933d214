"""`python -m bench`: make the benchmark's database, set Django up on it, then run."""

import argparse
import os
import sys
from importlib import import_module

import django

from bench.database import ROOT, prepare


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description="Measures the catalogue; pass options as ARGS='--size 10000'"
    )
    parser.add_argument("--size", type=_positive, default=1000, help="offerings (%(default)s)")
    parser.add_argument(
        "--seconds", type=_positive, default=2, help="length of a spell of load (%(default)s)"
    )
    parser.add_argument(
        "--engine",
        choices=["postgres", "sqlite"],
        help="database; PostgreSQL where one answers on 127.0.0.1:5432 when left out",
    )
    parser.add_argument(
        "--workers", type=_positive, default=os.cpu_count(), help="server processes (%(default)s)"
    )
    parser.add_argument(
        "--threads", type=_positive, default=2, help="threads of each process (%(default)s)"
    )
    parser.add_argument(
        "--rounds", type=_positive, default=3, help="spells of load on each (%(default)s)"
    )
    parser.add_argument(
        "--keep", action="store_true", help="measure the catalogue that the last run loaded"
    )
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def main() -> None:
    """Run the benchmark; a problem is said in one sentence, with exit status 1."""
    options = _arguments()
    sys.path.insert(0, str(ROOT / "site"))  # `site` is also a standard-library module: no package
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    try:
        os.environ["DATABASE_URL"] = prepare(options.engine, options.keep)
        django.setup()
        # Models can be imported from here on only.
        import_module("bench.run").run(options)
    except (RuntimeError, LookupError) as error:
        sys.exit(f"The benchmark stopped: {error}")


if __name__ == "__main__":
    main()
