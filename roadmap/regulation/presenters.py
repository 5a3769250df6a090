"""Words that pages of the Положение and of the roadmap share."""

from datetime import date
from typing import Any

from django.urls import reverse

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import rushort, upper_first
from mentoring_site.ui.elements import Badge, Crumb, Fact
from people.rights import Actor, Right
from roadmap.regulation.approvals import grifs
from roadmap.regulation.models import Regulation


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list of roadmaps."""
    return [Crumb("Дорожная карта", reverse("roadmap:roadmaps")), *more]


def adopted(version: Any) -> list[Fact]:
    """Return the marks of the bodies that have adopted or agreed on a version, or on another act with ``approvals``."""
    return [
        Fact(mark["word"].capitalize(), ", ".join(filter(None, [mark["body"], mark["paper"]])))
        for mark in grifs(version.approvals)
    ]


def order_words(number: str, day: date | None) -> str:
    """Return «приказ от 30.08.2026 № 38-од», or an empty string while there is no order."""
    return f"приказ {PaperRef(number, day).on_screen}" if day else ""


def version_words(version: Regulation) -> str:
    """Return «Редакция от 01.09.2026», or «Проект» of a version that is not approved."""
    return f"Редакция от {rushort(version.begins_on)}" if version.begins_on else "Проект редакции"


def badge(version: Regulation) -> Badge:
    """Return whether a version is in force."""
    in_force = version.state == Regulation.State.APPROVED
    return Badge(version.get_state_display(), "done" if in_force else "stopped")


def former_of(version: Regulation) -> Regulation | None:
    """Return the version that was in force before this one."""
    kept = Regulation.objects.filter(state__in=(Regulation.State.APPROVED, Regulation.State.SUPERSEDED))
    return kept.filter(pk__lt=version.pk).order_by("-pk").first()


def facts(version: Regulation) -> list[Fact]:
    """Return by which order a version is in force, which act has called for it, what is different, who adopted it."""
    rows = Fact.known([("Приказ", upper_first(order_words(version.order_number, version.order_date)))])
    if version.ground:
        rows.append(Fact("Чем вызвана", version.ground.name, url=version.ground.get_absolute_url()))
    return rows + Fact.known([("Что изменилось", version.why)]) + adopted(version)


def read_url(version: Regulation | None, user: Actor) -> str:
    """Return where people are asked to read the version in force; empty for those who do not ask."""
    if version is None or version.state != Regulation.State.APPROVED or not user.can(Right.ORDERS_REGISTER):
        return ""
    return reverse("reports:regulation_read", args=[version.pk])
