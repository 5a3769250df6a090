"""Says what a new list of known type errors adds to the old one, wherever the files have moved.

Usage: ``python -m script.linting.type_errors OLD NEW``. A list is what ``mypy-baseline sync`` writes: one error a line,
``path:0: error: message  [code]``. An error that only stands in another file now is not an addition.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path


def without_place(line: str) -> str:
    """Return an error without its file and line."""
    return line.split(": ", 1)[1] if ": " in line else line


def additions(old: Iterable[str], new: Iterable[str]) -> Counter[str]:
    """Return the errors of the new list that the old one has not, or has less often, in whatever file."""
    return Counter(map(without_place, new)) - Counter(map(without_place, old))


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    old, new = (Path(name).read_text(encoding="utf-8").splitlines() for name in arguments)
    added = additions(old, new)
    for message, count in sorted(added.items()):
        print(f"прибавилось {count}: {message}")
    print(f"Известных ошибок типов было {len(old)}, стало {len(new)}, из них новых {added.total()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
