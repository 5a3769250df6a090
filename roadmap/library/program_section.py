"""Materials of a program on its page: what the council and the mentor have taken from the library (п. 3.5)."""

from django.urls import reverse

from people.accounts.models import User
from programs.program.beside import Section
from programs.program.models import Program
from roadmap.library.acts import may_take
from roadmap.library.presenters import taken_rows


def section(program: Program, user: User) -> Section | None:
    """Return the materials of a program and where one more is taken, or nothing."""
    rows = taken_rows(program, user)
    new_url = reverse("roadmap:program_material_new", args=[program.pk]) if may_take(program, user) else ""
    if not rows and not new_url:
        return None
    return Section("roadmap/library/program_section.html", {"rows": rows, "new_url": new_url})
