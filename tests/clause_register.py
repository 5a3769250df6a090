"""The register of clauses: which test proves which clause of the regulation (tests/clauses.tsv and the marks).

Marks are read from the source, so nothing is imported or run. A mark stands on the very test function: marks of a
module, a class or a parameter would cover tests that prove another thing.
"""

import ast
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
REGISTER = ROOT / "tests" / "clauses.tsv"
CLAUSES = ROOT / "roadmap" / "data" / "clauses.tsv"
HEADER = ["clause", "test", "how it proves"]
AT_MOST = 4  # a test with more clauses walks past most of them


class Row(NamedTuple):
    """A line of the register: the test is a pytest node id without parameters."""

    clause: str
    test: str
    how: str


class Marks(NamedTuple):
    """What the tests claim: all tests, (clause, test) pairs, and the places of marks that are on no test function."""

    tests: set[str]
    pairs: list[tuple[str, str]]
    stray: list[str]


def known_clauses() -> set[str]:
    """Return the ids of all clauses of the regulation."""
    lines = CLAUSES.read_text(encoding="utf-8").splitlines()[1:]
    return {line.split("\t")[0] for line in lines}


def rows() -> list[Row]:
    """Return the lines of the register. Raises ``ValueError`` when a line does not have its three columns."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    if header != HEADER or any(len(line) != len(HEADER) for line in lines):
        raise ValueError(f"{REGISTER.name}: three columns, {HEADER}")
    return [Row(*line) for line in lines]


def marks() -> Marks:
    """Return the marks ``clause`` of all files under tests/."""
    found = Marks(set(), [], [])
    for path in sorted((ROOT / "tests").rglob("*.py")):
        read = marks_of(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
        found.tests.update(read.tests)
        found.pairs.extend(read.pairs)
        found.stray.extend(read.stray)
    return found


def marks_of(source: str, path: str) -> Marks:
    """Return the marks of one file; ``path`` is relative to the root of the project."""
    found, on_tests = Marks(set(), [], []), set()
    tree = ast.parse(source)
    for test, function in _functions(tree, path):
        found.tests.add(test)
        for mark in filter(_is_clause, function.decorator_list):
            on_tests.add(mark)
            found.pairs.extend((ast.literal_eval(argument), test) for argument in mark.args)
    found.stray.extend(f"{path}:{node.lineno}" for node in ast.walk(tree) if _is_clause(node) and node not in on_tests)
    return found


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}::{child.name}")
        elif isinstance(child, ast.FunctionDef) and child.name.startswith("test"):
            yield f"{prefix}::{child.name}", child


def _is_clause(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.clause")


def faults(marked: Marks, register: list[Row], known: set[str]) -> list[str]:
    """Say everything in which marks and register disagree with each other or with the regulation."""
    pairs = Counter((row.clause, row.test) for row in register)
    crowded = Counter(test for _, test in marked.pairs)
    claimed = {clause for clause, _ in marked.pairs} | {row.clause for row in register}
    return [
        *(f"{place}: the mark is on no test function" for place in marked.stray),
        *(f"{clause}: no such clause" for clause in sorted(claimed - known)),
        *(f"{clause} is marked on {test} without a row" for clause, test in sorted(set(marked.pairs) - set(pairs))),
        *(f"{test}: no such test" for test in sorted({row.test for row in register} - marked.tests)),
        *(f"{clause} has a row for {test} without a mark" for clause, test in sorted(set(pairs) - set(marked.pairs))),
        *(f"{clause} has two rows for {test}" for (clause, test), count in pairs.items() if count > 1),
        *(f"{row.clause} for {row.test}: not said how" for row in register if len(row.how.split()) < 3),
        *(f"{test} has {count} clauses" for test, count in crowded.items() if count > AT_MOST),
    ]
