"""Acts of the banks: propose, fill in, comment, approve, decline, withdraw, appoint (п. 3.3–3.5, 6.1)."""
from django.db import transaction
from django.utils import timezone

from mentoring_site.workflow import NotAllowed, Refused, perform, record
from people.models import Candidate, Consent


@transaction.atomic
def propose(person, part: str, *, by, why: str = "", request_key=None) -> Candidate:
    """Put a person forward for a bank (п. 3.4, 3.5; a potential mentor may also put oneself forward, п. 2.3).

    Returns the new candidate, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` when
    the person stands in this bank already or has not consented to the processing of personal data.
    """
    if not by.can("banks.propose") and by.person_id != person.pk:
        raise NotAllowed("Предложить кандидата может куратор, член совета или сам человек")
    if request_key and (made := Candidate.objects.filter(request_key=request_key).first()):
        return made
    if Candidate.objects.filter(person=person, part=part, state__in=["applied", "approved", "appointed"]).exists():
        raise Refused(f"{person.short_name}: уже стоит в этом банке")
    if not Consent.objects.live().filter(person=person, purpose="processing").exists():
        raise Refused(
            f"{person.short_name}: нет согласия на обработку персональных данных, без него нельзя войти в банк. "
            "Получить согласие должен куратор или специалист по кадрам"
        )
    candidate = Candidate.objects.create(person=person, part=part, proposed_by=by, why=why, request_key=request_key)
    record(candidate, "propose", by=by, words="предложен(а) в банк", target="applied")
    return candidate


def approve(candidate, *, by, comment: str = "") -> Candidate:
    """The director approves a candidate (п. 3.3). Raises what ``perform`` raises."""
    columns = {"decided_at": timezone.now(), "decided_by": by}
    return perform(candidate, "approve", by=by, columns=columns | ({"comment": comment} if comment else {}))


def decline(candidate, *, by, reason: str) -> Candidate:
    """The director declines a candidate with a reason. Raises what ``perform`` raises; ``Refused`` without a reason."""
    if not reason.strip():
        raise Refused("Напишите, почему кандидат отклонён")
    return perform(candidate, "decline", by=by, columns={"decided_at": timezone.now(), "decided_by": by, "reason": reason})


def withdraw(candidate, *, by, reason: str) -> Candidate:
    """Take a candidate out of the bank with a reason. Raises what ``perform`` raises; ``Refused`` without a reason."""
    if not reason.strip():
        raise Refused("Напишите, почему кандидат снят")
    return perform(candidate, "withdraw", by=by, columns={"reason": reason})


def appoint(candidate, *, by, number: str, date) -> Candidate:
    """Enact the director's order of appointment on a mentor (п. 3.2). Called by the registration of an order."""
    return perform(candidate, "appoint", by=by, columns={"order_number": number, "order_date": date}, number=number)
