"""Measures what the product promises about speed, as ratios taken in one run; exits 1 when one misses its goal.

Parts (all of them by default):
  pages   processor time of a page in costs of a bare Django view on the same server, one visitor, the demo school
  scale   the same pages with about 6,000 people against about 60
  locks   no request fails while many write
  calm    a list stays quick while orders are drawn
  matching  pairs of the whole school: the exact assignment, its growth, the scores, the pages of 60 by 60
  pdf xlsx import   papers and workbooks against the bare libraries
  folder  a folder for an inspection with about 6,000 people against about 60: memory, time a document

A difference of less than a fifth says nothing. Another checkout of the product is measured with --tree (pages, scale,
locks and calm), and compared page by page in the same rounds with --before.
"""

import argparse
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from benching import load, matching, numbers, pages, papers
from benching.run import Run
from benching.school import ROOT, Schools

PARTS = {
    "pages": pages.measure_pages,
    "scale": pages.measure_scale,
    "locks": load.measure_locks,
    "calm": load.measure_calm,
    "matching": matching.measure_matching,
    "pdf": papers.measure_pdf,
    "xlsx": papers.measure_xlsx,
    "folder": papers.measure_folder,
    "import": papers.measure_import,
}
ROUNDS, QUICK_ROUNDS = 7, 3


def checkout(text: str) -> Path:
    """Return the folder of a checkout of the product; raises what argparse shows when it is none."""
    path = Path(text).resolve()
    if not (path / "manage.py").is_file():
        raise argparse.ArgumentTypeError(f"в {path} нет manage.py")
    return path


def options() -> argparse.Namespace:
    """Return what is asked on the command line."""
    parser = argparse.ArgumentParser(
        prog="script/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="часть", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, help=f"сколько раундов (по умолчанию {ROUNDS})")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} коротких раунда")
    parser.add_argument("--scale", type=int, default=100, help="сколько копий школы в большой базе")
    parser.add_argument("--tree", type=checkout, default=ROOT, help="папка с программой, которую измерять")
    parser.add_argument("--before", type=checkout, help="папка с прежней программой, с которой сравнить страницы")
    parser.add_argument("--keep", action="store_true", help="не удалять папку с базами")
    found = parser.parse_args()
    if unknown := set(found.parts) - set(PARTS):
        parser.error(f"нет такой части: {', '.join(unknown)}; есть {', '.join(PARTS)}")
    return found


def main() -> int:
    """Measure the parts that are asked for and print the table."""
    asked, started = options(), time.monotonic()
    with ExitStack() as stack:
        schools, before = (
            stack.enter_context(Schools(tree, asked.scale, asked.keep)) if tree else None
            for tree in (asked.tree, asked.before)
        )
        run = Run(schools, before, asked.rounds or (QUICK_ROUNDS if asked.quick else ROUNDS), asked.quick)
        for part in asked.parts or PARTS:
            numbers.say(f"{part}: {PARTS[part].__doc__.splitlines()[0]}")
            PARTS[part](run)
    print(run.table.text())
    print(f"Измерено за {time.monotonic() - started:.0f} с, раундов {run.rounds}")
    return 1 if run.table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
