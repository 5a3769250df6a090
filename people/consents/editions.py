"""Editions of the texts of consents: which is in force, who has signed an earlier one, asking them again."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from people.consents import acts as consent_acts
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING, Consent
from people.consents.texts import text_date, versions

KINDS = ((PROCESSING, ""), (DISSEMINATION, ""), (DUTIES, "mentor"), (DUTIES, "mentee"))
AGAIN = timedelta(days=14)
SHOWN = 50


def outdated() -> Q:
    """The condition of live consents whose text is of an earlier edition than the one in force today."""
    found, today = Q(pk__in=[]), timezone.localdate()
    for purpose, part in KINDS:
        found |= Q(purpose=purpose, part=part, text_date__lt=text_date(purpose, part, today))
    return found & Q(ended_on__isnull=True)


def kinds() -> list[dict]:
    """Return every kind of consent with its editions, the latest first: since when, how many live
    consents; one query.
    """
    live = Consent.objects.filter(ended_on__isnull=True).order_by()
    counted = live.values_list("purpose", "part", "text_date").annotate(n=Count("pk"))
    numbers = {(purpose, part, day): n for purpose, part, day, n in counted}
    return [_kind(purpose, part, numbers) for purpose, part in KINDS]


def _kind(purpose, part, numbers) -> dict:
    today, query = timezone.localdate(), urlencode({"purpose": purpose} | ({"part": part} if part else {}))
    blank = reverse("people:consent_form")
    current = text_date(purpose, part, today)
    return {
        "title": consent_acts.consent_title(Consent(purpose=purpose, part=part)).capitalize(),
        "blank_url": f"{blank}?{query}",
        "withdrawal_url": f"{blank}?{query}&paper=withdrawal",
        "editions": [
            {"day": day, "live": numbers.get((purpose, part, day), 0), "badge": _badge(day, current, today)}
            for day in reversed(versions(purpose, part))
        ],
    }


def _badge(day, current, today) -> dict:
    if day == current:
        return {"word": "действует", "tone": "done"}
    return {"word": "вступит в силу", "tone": "ahead"} if day > today else {"word": "прежняя", "tone": "stopped"}


def signed_earlier() -> list[dict]:
    """Return those who have signed an earlier edition, with the day when they were last asked; two queries."""
    found = list(
        Consent.objects.filter(outdated())
        .select_related("person")
        .defer("text")
        .order_by("person__last_name", "person__first_name", "purpose")[:SHOWN]
    )
    asked = _asked([c.pk for c in found])
    return [
        {
            "person": c.person.short_name,
            "url": c.get_absolute_url(),
            "title": consent_acts.consent_title(c),
            "signed": c.text_date,
            "asked": asked.get(c.pk),
            "ask_url": reverse("people:consent_edition", args=[c.pk]),
        }
        for c in found
    ]


def _asked(keys) -> dict:
    kind = ContentType.objects.get_for_model(Consent)
    acts = Act.objects.filter(object_type=kind, object_id__in=keys, verb="ask_new_edition").order_by()
    return dict(acts.values_list("object_id").annotate(last=Max("at")))


def ask_all(*, by) -> int:
    """Ask everybody with an earlier edition who was not asked in the last two weeks; return how many letters."""
    found = list(Consent.objects.filter(outdated()).select_related("person__user").defer("text"))
    asked, since = _asked([c.pk for c in found]), timezone.now() - AGAIN
    due = [c for c in found if c.pk not in asked or asked[c.pk] < since]
    for consent in due:
        consent_acts.ask_new_edition(consent, by=by)
    return len(due)
