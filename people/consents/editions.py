"""Editions of the texts of consents: which is in force, who has signed an earlier one, asking them again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.ui.elements import Badge
from people.accounts.models import User
from people.consents import acts as consent_acts
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING, Consent
from people.consents.texts import text_date, versions
from people.rights import Right

TEXTS = ((PROCESSING, ""), (DISSEMINATION, ""), (DUTIES, Consent.Part.MENTOR), (DUTIES, Consent.Part.MENTEE))
"""Purpose and part of every consent that has a text of its own."""
SAME_MEANING = {(PROCESSING, ""): {date(2026, 12, 1): date(2026, 9, 1)}}
"""Editions that correct the words only -> the edition with the same meaning: nobody is asked to sign again."""
ASK_AGAIN_AFTER = timedelta(days=14)
SHOWN = 50


@dataclass(frozen=True)
class Edition:
    """A dated text; ``live`` is how many consents in force are signed in it."""

    day: date
    live: int
    badge: Badge


@dataclass(frozen=True)
class ConsentText:
    """The text of one consent with its editions, the latest first, and its empty forms."""

    title: str
    editions: list[Edition]
    blank_url: str
    withdrawal_url: str


@dataclass(frozen=True)
class EarlierSigned:
    """A consent in force of an earlier edition; ``asked`` is when the person was last asked to sign the present one."""

    consent: Consent
    asked: datetime | None


def meant_since(purpose: str, part: str, on: date) -> date:
    """Return the earliest edition that says the same as the one in force on a day."""
    day = text_date(purpose, part, on)
    return SAME_MEANING.get((purpose, part), {}).get(day, day)


def outdated() -> Q:
    """The condition of live consents whose text is of an earlier edition than the one in force today."""
    found, today = Q(pk__in=[]), timezone.localdate()
    for purpose, part in TEXTS:
        found |= Q(purpose=purpose, part=part, text_date__lt=meant_since(purpose, part, today))
    return found & Q(ended_on__isnull=True)


def texts_with_editions() -> list[ConsentText]:
    """Return every text with its editions; one query."""
    live = Consent.objects.filter(ended_on__isnull=True).order_by()
    counted = live.values_list("purpose", "part", "text_date").annotate(n=Count("pk"))
    numbers = {(purpose, part, day): n for purpose, part, day, n in counted}
    return [_text(purpose, part, numbers) for purpose, part in TEXTS]


def _text(purpose: str, part: str, numbers: dict[tuple, int]) -> ConsentText:
    today, query = timezone.localdate(), urlencode({"purpose": purpose} | ({"part": part} if part else {}))
    blank = f"{reverse('people:consent_form')}?{query}"
    current = text_date(purpose, part, today)
    return ConsentText(
        title=Consent(purpose=purpose, part=part).title.capitalize(),
        editions=[
            Edition(day, numbers.get((purpose, part, day), 0), _badge(day, current, today))
            for day in reversed(versions(purpose, part))
        ],
        blank_url=blank,
        withdrawal_url=f"{blank}&paper=withdrawal",
    )


def _badge(day: date, current: date, today: date) -> Badge:
    if day == current:
        return Badge("действует", "done")
    return Badge("вступит в силу", "ahead") if day > today else Badge("прежняя", "stopped")


def signed_earlier() -> list[EarlierSigned]:
    """Return those who have signed an earlier edition, with the day when they were last asked; two queries."""
    found = Consent.objects.filter(outdated()).select_related("person").defer("text")
    shown = list(found.order_by("person__last_name", "person__first_name", "purpose")[:SHOWN])
    asked = _last_asked([c.pk for c in shown])
    return [EarlierSigned(c, asked.get(c.pk)) for c in shown]


def _last_asked(keys: list[int]) -> dict[int, datetime]:
    consents = ContentType.objects.get_for_model(Consent)
    acts = Act.objects.filter(object_type=consents, object_id__in=keys, verb="ask_new_edition").order_by()
    return dict(acts.values_list("object_id").annotate(last=Max("at")))


def ask_all(*, by: User) -> int:
    """Ask everybody with an earlier edition who was not asked in the last two weeks; return how many letters.

    Raises ``NotAllowed``.
    """
    require(by, Right.CONSENTS_RECORD)
    found = list(Consent.objects.filter(outdated()).select_related("person__user").defer("text"))
    asked, since = _last_asked([c.pk for c in found]), timezone.now() - ASK_AGAIN_AFTER
    due = [c for c in found if c.pk not in asked or asked[c.pk] < since]
    for consent in due:
        consent_acts.ask_new_edition(consent, by=by)
    return len(due)
