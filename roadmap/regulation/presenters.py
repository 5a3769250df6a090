"""Words that pages of the Положение and of the roadmap share."""

from datetime import date

from django.urls import reverse

from mentoring_site.paper_ref import PaperRef
from mentoring_site.ui.elements import Crumb, Fact
from roadmap.regulation.approvals import grifs
from roadmap.regulation.models import Regulation


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list of roadmaps."""
    return [Crumb("Дорожная карта", reverse("roadmap:roadmaps")), *more]


def adopted(version: Regulation) -> list[Fact]:
    """Return the marks of the bodies that have adopted or agreed on a version."""
    return [
        Fact(mark["word"].capitalize(), ", ".join(filter(None, [mark["body"], mark["paper"]])))
        for mark in grifs(version.approvals)
    ]


def order_words(number: str, day: date | None) -> str:
    """Return «приказ от 30.08.2026 № 38-од», or an empty string while there is no order."""
    return f"приказ {PaperRef(number, day).on_screen}" if day else ""
