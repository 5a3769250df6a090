"""What differs between two versions of the Положение, paragraph by paragraph and word by word (п. 9.2)."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from programs.program.version_comparison import Difference, marked


def differences(old: str, new: str) -> list[Difference]:
    """Return the paragraphs that are not the same, each under the number of its clause or its first words."""
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[Difference] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [Difference(_label(was or now), *marked(was, now)) for was, now in _pairs(before[a:b], after[c:d])]
    return found


def _paragraphs(text: str) -> list[str]:
    lines = (" ".join(line.lstrip("# ").replace("**", "").split()) for line in text.splitlines())
    return [line for line in lines if line.strip("|-: ")]


def _pairs(was: list[str], now: list[str]) -> Iterator[tuple[str, str]]:
    """Pair paragraphs of a changed stretch: those of one number with each other, the rest in their order."""
    numbered = {_number(line): line for line in now if _number(line)}
    rest = [line for line in now if _number(line) not in {_number(line) for line in was if _number(line)}]
    left = iter(rest)
    for line in was:
        number = _number(line)
        yield line, numbered.get(number, "") if number else next(left, "")
    yield from zip_longest([], left, fillvalue="")


def _number(line: str) -> str:
    """Return «3.4» of «3.4. Куратор…», or an empty string."""
    first = line.split(" ", 1)[0].rstrip(".)")
    return first if first and all(part.isdigit() for part in first.split(".")) else ""


def _label(line: str) -> str:
    number = _number(line)
    return f"Пункт {number}" if number else line[:60] + ("…" if len(line) > 60 else "")
