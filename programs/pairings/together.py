"""Acts for a whole pair or group at once: answers said aloud, consents to duties signed on paper (п. 3.2, 6.1)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from mentoring_site.workflow import Refused
from people.accounts.models import User
from people.consents import acts as consent_acts
from people.consents.models import DUTIES, Consent
from programs.pairings import acts
from programs.pairings.models import Pairing, Participation


@transaction.atomic
def answer_several(said: Iterable[tuple[Participation, str, str]], *, by: User) -> list[Participation]:
    """Write down several answers ``(participation, wish, reason)``; a «no» comes last, because it closes the proposal.

    Raises what ``acts.answer`` raises; then nothing is written.
    """
    return [acts.answer(participation, wish, by=by, reason=reason) for participation, wish, reason in said]


@transaction.atomic
def record_duties(pairing: Pairing, people: Iterable[Participation], *, by: User, given_on: date) -> list[Consent]:
    """Record the consents to the duties of several participants of a pairing, signed on paper on one day.

    Raises what the recording of a consent raises; ``Refused`` when nobody is chosen.
    """
    chosen = list(people)
    if not chosen:
        raise Refused("Отметьте, чьи согласия подписаны")
    return [
        consent_acts.record(p.person, DUTIES, by=by, given_on=given_on, part=p.part, matter=pairing.uuid)
        for p in chosen
    ]
