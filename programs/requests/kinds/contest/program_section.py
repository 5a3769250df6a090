"""Contests of a program on its page, counted (п. 4.2)."""

from people.accounts.models import User
from programs.program.beside import Section
from programs.program.models import Program
from programs.requests.kinds.contest.list_page import row, with_reading
from programs.requests.kinds.contest.models import Contest

MOST = 20


def section(program: Program, user: User) -> Section | None:
    """Return the contests of a program that the user may see, or nothing; one query."""
    found = list(with_reading(Contest.objects.visible_to(user).filter(program=program), user)[:MOST])
    if not found:
        return None
    won = sum(contest.result in Contest.WON for contest in found)
    context = {"rows": [row(contest, user) for contest in found], "number": len(found), "won": won}
    return Section("programs/requests/program_contests.html", context)
