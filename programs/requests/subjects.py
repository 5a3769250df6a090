"""What a request is about: a pair, a program, an activity of its plan, a person; how each is found and named."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from mentoring_site.russian import quoted
from mentoring_site.ui.elements import Crumb
from people.accounts.models import User
from people.register.models import Person
from programs.pairings.models import Pairing
from programs.pairings.presenters import crumbs as pairing_crumbs
from programs.pairings.rules import pairing_title
from programs.program.models import Activity, Program
from programs.program.presenters import crumbs as program_crumbs


@dataclass(frozen=True)
class Subject:
    """A thing with everything around it: the pairing has its ``people`` prefetched."""

    thing: Any
    pairing: Pairing | None = None
    program: Program | None = None
    activity: Activity | None = None
    person: Person | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a request about it."""
        found = {"pairing": self.pairing, "program": self.program, "activity": self.activity, "about": self.words[:300]}
        return found | ({"person": self.person} if self.person else {})

    @property
    def words(self) -> str:
        """«мероприятие «Открытый урок»», «программа «…»», «Мельник О. Л. — Ким Д. Э.», «Ким Диана Эрдниевна»."""
        if self.activity:
            return f"мероприятие {quoted(self.activity.title)}"
        if self.program:
            return f"программа {quoted(self.program.title)}"
        return pairing_title(self.pairing) if self.pairing else self.thing.full_name

    @property
    def url(self) -> str:
        """Where it stands; a pair at work has the page of its requests."""
        if self.activity:
            return reverse("programs:activity", args=[self.activity.pk])
        if self.program:
            return reverse("programs:program_requests", args=[self.program.pk])
        if self.pairing:
            return reverse("programs:pairing_requests", args=[self.pairing.pk])
        return self.thing.get_absolute_url()

    def crumbs(self, last: str) -> list[Crumb]:
        """Return the way to a page below it."""
        if self.program:
            return program_crumbs(self.program, last)
        return pairing_crumbs(self.pairing, last) if self.pairing else [Crumb(self.words, self.url), Crumb(last)]


def find(user: User, about: str, pk: int) -> Subject:
    """Return the subject that the user may see. Raises ``Http404``."""
    if about == "person":
        person = get_object_or_404(Person.objects.visible_to(user), pk=pk)
        return Subject(person, person=person)
    if about == "pairing":
        return of_pairing(get_object_or_404(Pairing.objects.visible_to(user).with_people(), pk=pk))
    if about == "program":
        return of_program(get_object_or_404(Program.objects.visible_to(user).for_head(), pk=pk))
    if about == "activity":
        activity = get_object_or_404(Activity, pk=pk)
        of = of_program(get_object_or_404(Program.objects.visible_to(user).for_head(), pk=activity.program_id))
        return Subject(activity, of.pairing, of.program, activity)
    raise Http404


def of_pairing(pairing: Pairing) -> Subject:
    """Return a pair read ``with_people()`` with the program that it carries out."""
    return Subject(pairing, pairing)


def of_program(program: Program) -> Subject:
    """Return a program read ``for_head()``."""
    return Subject(program, program.pairing, program)
