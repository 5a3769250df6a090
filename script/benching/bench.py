"""Measures what the specification promises about speed, as ratios taken in one run; exits 1 when one misses its goal.

Usage: script/bench [part …] [--quick] [--scale N] [--keep]
Parts: pages scale locks calm pdf xlsx import (all of them by default).
"""

import argparse
import sys
import time

from benching import numbers, pages, papers, school, servers

PARTS = {
    "pages": pages.measure_pages,
    "scale": pages.measure_scale,
    "locks": servers.measure_locks,
    "calm": servers.measure_calm,
    "pdf": papers.measure_pdf,
    "xlsx": papers.measure_xlsx,
    "import": papers.measure_import,
}


def main() -> int:
    """Measure the wanted parts and print the table."""
    parser = argparse.ArgumentParser(
        prog="script/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="часть", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="три коротких раунда вместо пяти")
    parser.add_argument("--scale", type=int, default=100, help="сколько копий школы в большой базе")
    parser.add_argument("--keep", action="store_true", help="не удалять папку с базами")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"нет такой части: {', '.join(unknown)}; есть {', '.join(PARTS)}")
    wanted = options.parts or list(PARTS)
    started = time.monotonic()
    with school.Schools(options.scale, keep=options.keep) as schools:
        table = numbers.Table()
        for part in wanted:
            numbers.say(f"{part}: {PARTS[part].__doc__.splitlines()[0]}")
            PARTS[part](schools, table, quick=options.quick)
    print(table.text())
    print(f"Измерено за {time.monotonic() - started:.0f} с")
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
