"""The practice of a program on its page (п. 3.4)."""

from people.accounts.models import User
from programs.program.beside import Section
from programs.program.models import Program
from programs.program.states import ENDED
from roadmap.practices.presenters import of_program


def section(program: Program, user: User) -> Section | None:
    """Return the practices of an ended program and the button that drafts one, or nothing."""
    if program.state not in ENDED:
        return None
    found = of_program(program, user)
    return Section("roadmap/practices/program_section.html", found) if found else None
