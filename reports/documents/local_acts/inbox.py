"""Acts that wait to be read by somebody, and editions that have changed since they were read."""

from django.db.models import Exists
from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import rushort, upper_first
from people.accounts.models import User
from people.rights import Right
from reports.documents.local_acts.models import ActReader, LocalAct
from roadmap.regulation.models import Regulation


def items(user: User) -> list[InboxItem]:
    """Return the acts that the user has not read, and for the clerk the changed editions; a query for each sort."""
    return [*_to_read(user), *([*_changed(), *_new_regulation()] if user.can(Right.ORDERS_REGISTER) else [])]


def _new_regulation() -> list[InboxItem]:
    """A version of the Положение in force that nobody is asked to read, while a former one was read (п. 9.2)."""
    read = LocalAct.objects.filter(regulation__isnull=False)
    versions = Regulation.objects.filter(state=Regulation.State.APPROVED, reading__isnull=True)
    return [
        InboxItem(
            "Ознакомить с новой редакцией Положения",
            "Те, кто читал прежнюю, уже отмечены",
            reverse("reports:regulation_read", args=[version.pk]),
            "Выбрать людей",
            since=version.begins_on,
            weight=20,
            group=Group.LAW,
            key=f"regulation:{version.pk}:read",
        )
        for version in versions.filter(Exists(read)).defer("text")
    ]


def _to_read(user: User) -> list[InboxItem]:
    lines = ActReader.objects.awaited().filter(person=user.person_id)
    return [
        InboxItem(
            f"Ознакомиться: {line.act.title}",
            upper_first(line.act.basis) if line.act.is_law else f"Акт {line.act.basis}",
            line.act.get_absolute_url(),
            "Прочитать",
            since=line.act.created_at,
            weight=60,
            group=Group.READING,
            key=f"act:{line.act_id}:read",
        )
        for line in lines.select_related("act").order_by("pk")
    ]


def _changed() -> list[InboxItem]:
    acts = LocalAct.objects.outdated().select_related("legal_act").order_by("pk")
    return [
        InboxItem(
            f"Ознакомить с новой редакцией: {act.legal_act.short_name}",
            f"Действует редакция от {rushort(act.legal_act.edition)}, люди читали прежнюю",
            act.get_absolute_url(),
            "Открыть",
            since=act.legal_act.edition,
            weight=20,
            group=Group.LAW,
            key=f"act:{act.pk}:again",
        )
        for act in acts
        if act.legal_act
    ]
