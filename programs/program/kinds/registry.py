"""All kinds and forms by their codes, and what of them a program has (п. 1.2, 2.3)."""

from collections.abc import Iterator
from typing import Any

from programs.program.kinds.college import COLLEGE
from programs.program.kinds.declaration import Declaration
from programs.program.kinds.employer import EMPLOYER
from programs.program.kinds.group import GROUP
from programs.program.kinds.head import HEAD
from programs.program.kinds.reverse import REVERSE
from programs.program.kinds.short import SHORT
from programs.program.kinds.situational import SITUATIONAL
from programs.program.kinds.speed import ORIGIN, SPEED
from programs.program.kinds.teachers import TEACHERS
from programs.program.kinds.traditional import TRADITIONAL
from programs.program.kinds.virtual import VIRTUAL

KINDS = {d.code: d for d in (VIRTUAL, GROUP, SHORT, REVERSE, SITUATIONAL, SPEED, TRADITIONAL)}
FORMS = {d.code: d for d in (TEACHERS, HEAD, EMPLOYER, COLLEGE)}
EVENTS = tuple(code for code, kind in KINDS.items() if not kind.is_program)
"""Codes of what is an event of the school: no program is of such a kind."""
BY_NEED = tuple(code for code, kind in KINDS.items() if not kind.meets_by_plan)


def declared(program: Any) -> list[tuple[str, Declaration]]:
    """Return the name and the declaration of every form and kind of a program; reads prefetched relations."""
    found = [(form.name, FORMS.get(form.code)) for form in program.forms.all()]
    found += [(kind.name, KINDS.get(kind.code)) for kind in program.kinds.all()]
    return [(name, declaration) for name, declaration in found if declaration is not None]


def answers(program: Any, declaration: Declaration) -> dict:
    """Return what the program answers to one kind or form."""
    return program.details.get(declaration.code) or {}


def asking(program: Any) -> list[tuple[str, Declaration]]:
    """Return those forms and kinds of a program that ask for something."""
    return [(name, declaration) for name, declaration in declared(program) if declaration.asks]


def chosen_details(program: Any) -> dict:
    """Return the answers to the chosen forms and kinds only, and the origin; empty while nothing is answered."""
    codes = [declaration.code for _, declaration in declared(program)]
    kept = {code: values for code in codes if (values := program.details.get(code))}
    return kept | ({SPEED.code: origin} if (origin := program.details.get(SPEED.code)) else {})


def described(program: Any, *, printed: bool = False) -> list[dict]:
    """Return ``{"title", "pairs": [[label, words]]}`` of each form and kind that has something to say."""
    found = []
    for name, declaration in asking(program):
        rows = [list(row) for row in declaration.rows(program, answers(program, declaration), printed=printed)]
        if rows:
            found.append({"title": name, "pairs": rows})
    origin = (program.details.get(SPEED.code) or {}).get(ORIGIN, "")
    if origin and SPEED not in [declaration for _, declaration in declared(program)]:
        found.append({"title": "Из чего выросла программа", "pairs": [[SPEED.asks[0].label, origin]]})
    return found


def unfit(program: Any) -> Iterator[str]:
    """Yield sentences about forms and kinds that do not suit the people of the program."""
    for _, declaration in declared(program):
        yield from declaration.unfit(program)


def missing(program: Any) -> Iterator[tuple[str, str]]:
    """Yield (name of the form or kind, what is missing or wrong)."""
    for name, declaration in declared(program):
        for words in declaration.missing(program, answers(program, declaration)) if declaration.is_program else ():
            yield name, words
