"""What code and documents cite is there: files of docs/, sections of docs/law.md, links between documents."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").rglob("*.md"))
CODE = sorted(
    path
    for top in (
        "mentoring_site",
        "people",
        "programs",
        "roadmap",
        "reports",
        "templates",
        "tests",
        "script",
        "static/css",
    )
    for path in (ROOT / top).rglob("*")
    if path.suffix in {".py", ".html", ".txt", ".css"} and "vendor" not in path.parts and path != Path(__file__)
)
CITED = re.compile(r"docs/[\w/.-]*\w(?:#[\w-]+)?")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.M)
PRIVATE = re.compile(r"law-and-documents|\bhouse, section|\bhouse\.md|/work/|law-update")

pytestmark = pytest.mark.point("26")


def anchors(path: Path) -> set[str]:
    """Return the anchors of the headings of a document, as forges make them."""
    headings = HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def is_there(target: str, base: Path = ROOT) -> bool:
    """Whether a cited file or folder exists; a record of a decision may be cited by its number; an
    anchor has its heading.
    """
    name, _, anchor = target.partition("#")
    path = (base / name).resolve()
    if re.fullmatch(r"\d{4}", path.name):
        return len(list(path.parent.glob(f"{path.name}-*.md"))) == 1
    return path.exists() and (not anchor or anchor in anchors(path))


def test_what_the_code_cites_is_there():
    lost = {
        f"{path.relative_to(ROOT)}: {target}"
        for path in CODE
        for target in CITED.findall(path.read_text(encoding="utf-8"))
        if not is_there(target)
    }
    assert lost == set()


def test_no_private_notes_are_cited():
    assert [str(p.relative_to(ROOT)) for p in [*CODE, *DOCS] if PRIVATE.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_links_of_a_document_lead_somewhere(path):
    links = [target for target in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in target]
    here = [f"{path.name}{target}" if target.startswith("#") else target for target in links]
    assert [target for target in here if not is_there(target, path.parent)] == []


def test_every_decision_stands_in_the_index():
    index = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    records = [path for path in DOCS if re.match(r"\d{4}-", path.name)]
    assert [path.name for path in records if f"({path.name})" not in index] == []
    assert [path.name[:4] for path in records] == [f"{n:04}" for n in range(1, len(records) + 1)]


def test_every_difference_is_numbered_once_and_cited():
    """Numbers of «Known differences» in docs/law.md: no gap, and each is named by a rule above it."""
    text, known = (ROOT / "docs/law.md").read_text(encoding="utf-8").split("\n## Known differences\n")
    numbers = re.findall(r"^\| (\d+) \|", known, re.M)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    cited = {n for found in re.findall(r"differences? ([\d, ]+)", text) for n in re.findall(r"\d+", found)}
    assert set(numbers) - cited == set()


def test_a_lost_citation_is_found():
    """The switch: an unknown file, section and record are caught."""
    assert not is_there("docs/nothing.md")
    assert not is_there("docs/law.md#no-such-section")
    assert not is_there("docs/decisions/9999")
    assert is_there("docs/law.md#orders-numbers") and is_there("docs/decisions/0001")


NAME = re.compile(r"`([A-Za-z_][\w.]*)`")


def test_every_name_in_the_register_of_law_is_in_the_code():
    words = {word for path in CODE for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    words |= {path.stem for path in CODE} | {path.name for path in ROOT.iterdir()}
    named = NAME.findall((ROOT / "docs" / "law.md").read_text(encoding="utf-8"))
    assert sorted({name for name in named if name.rpartition(".")[2] not in words}) == []
