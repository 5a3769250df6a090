"""What a kind or a form of mentoring declares, and what its program answers (п. 2.3)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mentoring_site.russian import rudate

LINE, TEXT, LINES, DAY, CHOICE, LINK = "line", "text", "lines", "day", "choice", "link"


@dataclass(frozen=True)
class Ask:
    """A field of the program that only this kind has. Its answer is plain JSON: text, a code, an ISO date."""

    name: str
    label: str
    hint: str = ""
    type: str = TEXT
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True
    printed: bool = True  # also frozen in versions; a link to a video call is for its people only

    def words(self, answer: Any) -> str:
        """Return the answer in words."""
        if self.type == CHOICE:
            return dict(self.choices).get(answer, "")
        if self.type == DAY and answer:
            return rudate(answer)
        if self.type == LINES:
            return "; ".join(line.strip(" .;") for line in str(answer or "").splitlines() if line.strip(" .;"))
        return str(answer or "")


def _nothing(program: Any, answers: dict) -> list:
    return []


@dataclass(frozen=True)
class Declaration:
    """A kind or a form: ``about`` says how it goes and who takes part, ``clause`` where it stands.

    ``unfit(program)`` returns sentences about people whom it does not suit; ``lacking(program, answers)`` what is
    wrong with the answers besides fields left empty; ``more(program, answers)`` further rows that follow from them.
    """

    code: str
    about: str
    asks: tuple[Ask, ...] = ()
    clause: str = "п.\u00a02.3"
    unfit: Callable[[Any], list[str]] = lambda program: []
    lacking: Callable[[Any, dict], list[str]] = _nothing
    more: Callable[[Any, dict], list[tuple[str, str]]] = _nothing
    suggest: Callable[[Any], dict[str, str]] = lambda program: {}
    is_program: bool = True  # False: an event, of which a program may only grow
    meets_by_plan: bool = True  # False: meetings follow the need, nobody is reminded of a long silence

    def missing(self, program: Any, answers: dict) -> list[str]:
        """Return what has still to be written, each as a sentence of its own."""
        empty = [f"не заполнено «{ask.label}»" for ask in self.asks if ask.required and not answers.get(ask.name)]
        return [*empty, *self.lacking(program, answers)]

    def rows(self, program: Any, answers: dict, *, printed: bool = False) -> Iterator[tuple[str, str]]:
        """Yield what is answered as (label, words); ``printed`` leaves out what stands on no paper."""
        for ask in self.asks:
            if (words := ask.words(answers.get(ask.name))) and (ask.printed or not printed):
                yield ask.label, words
        yield from self.more(program, answers)


def mentor_of(program: Any) -> Any:
    """Return the mentor of a program whose people are read, or None."""
    return next((p for p in program.pairing.people if p.part == "mentor"), None)


def mentees_of(program: Any) -> list:
    """Return the mentees of a program whose people are read."""
    return [p for p in program.pairing.people if p.part == "mentee"]
