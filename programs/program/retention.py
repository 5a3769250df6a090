"""What of a person programs keep when personal data are destroyed (приказ РКН № 179)."""

from django.db.models import Q

from people.register.models import Person
from programs.program.models import Activity, LeftOut, Program


def used_statements() -> Q:
    """Return the condition of statements that programs and their activities name."""
    relations = (Program.difficulties, Program.strengths, Program.requests, Activity.statements)
    condition = Q(pk__in=[])
    for relation in relations:
        condition |= Q(pk__in=relation.through.objects.values("statement"))
    return condition | Q(pk__in=LeftOut.objects.values("statement"))


def reasons(person: Person) -> list[str]:
    """Names and answers in agreed versions stay as parts of approved papers."""
    return [
        "Имя и ответы в согласованных редакциях программ: часть утверждённого документа, его хранение требует закон об"
        " архивном деле (152-ФЗ, ст. 1, ч. 2)"
    ]
