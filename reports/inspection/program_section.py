"""«Папка программы» on the page of a program (п. 3.4)."""

from uuid import uuid4

from django.urls import reverse

from people.accounts.models import User
from programs.program.beside import Section
from programs.program.models import Program
from programs.program.states import NOT_AGREED
from reports.inspection import presenters
from reports.inspection.models import Folder


def section(program: Program, user: User) -> Section | None:
    """Return the button and one's own folders of the program; nothing before the council has agreed it."""
    if program.state in NOT_AGREED:
        return None
    own = Folder.objects.owned_by(user).filter(program=program, gone_at__isnull=True).select_related("program")
    context = {
        "make_url": reverse("reports:program_folder", args=[program.pk]),
        "key": uuid4(),
        "rows": [(one, presenters.badge(one)) for one in own.order_by("-pk")[:3]],
    }
    return Section("reports/inspection/program_section.html", context)
