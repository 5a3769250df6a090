"""The workflow of a replacement of a mentor: what must be there before its order (п. 3.2, 3.3, 4.1, 5.1)."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from mentoring_site.russian import plural
from mentoring_site.workflow import Complaint, requirement
from people.banks.models import Candidate
from people.language.names import agree
from people.rights import Right
from programs.changes.rules import change_workflow
from programs.pairings.models import Pairing, Participation


@requirement("Пара закреплена, прежний наставник её ведёт")
def pair_at_work(change: Any) -> Complaint | None:
    if change.pairing.state != Pairing.State.ASSIGNED:
        return Complaint("Пара уже не закреплена: заменять некого", "Куратор отменяет замену")
    if change.former.until is not None:
        return Complaint(
            f"{change.former.person.short_name} эту пару уже не ведёт", "Куратор отменяет замену и начинает новую"
        )
    if change.is_temporary and change.lasting:
        return Complaint("Наставник уже заменён временно", "Сначала верните прежнего наставника или дождитесь его")
    return None


@requirement("Новый наставник стоит в банке и не участвует в этой паре")
def successor_fits(change: Any) -> Complaint | None:
    """п. 3.3: candidates are approved by the director; mentor and mentee are different people."""
    name = change.candidate.person.short_name
    if change.candidate.state not in Candidate.STANDING_STATES:
        return Complaint(
            f"{name} не стоит в банке наставников",
            "Кандидата утверждает директор",
            reverse("people:banks"),
            "Открыть банк",
        )
    if any(p.person_id == change.candidate.person_id for p in change.pairing.people):
        return Complaint(
            f"{name} уже участвует в этой паре", "Куратор выбирает другого наставника", _edit(change), "Изменить"
        )
    return None


@requirement("У нового наставника есть место")
def successor_has_room(change: Any) -> Complaint | None:
    limit, led = (
        change.candidate.capacity_persons,
        sum(p.part == Participation.Part.MENTEE for p in change.pairing.people),
    )
    if limit is not None and change.load + led > limit:
        return Complaint(
            f"{change.candidate.person.short_name} может взять не больше "
            f"{plural(limit, 'наставляемого,наставляемых,наставляемых')}, а с этой заменой их будет"
            f" {change.load + led}",
            "Куратор выбирает другого наставника или меняет анкету",
            _edit(change),
            "Изменить",
        )
    return None


@requirement("Согласие нового наставника на обработку персональных данных есть")
def successor_processing(change: Any) -> Complaint | None:
    if not change.has_processing:
        return _consent(change, "Нет согласия на обработку персональных данных", purpose="processing")
    return None


@requirement("Письменное согласие нового наставника на обязанности в этой паре есть")
def successor_duties(change: Any) -> Complaint | None:
    """п. 3.2: nobody becomes a mentor without a written consent."""
    if not change.has_duties:
        words = "Нет письменного согласия на обязанности наставника этой пары"
        return _consent(change, words, purpose="duties", part="mentor", matter=change.pairing.uuid)
    return None


def _consent(change: Any, words: str, **query: Any) -> Complaint:
    person = change.candidate.person
    url = f"{reverse('people:consent_new', args=[person.pk])}?{urlencode(query)}"
    who = f"Получить его должен {Right.CONSENTS_RECORD.who}"
    return Complaint(f"{words}: {person.short_name}", who, url, "Записать согласие")


@requirement("Новый наставник назначен приказом")
def successor_appointed(change: Any) -> Complaint | None:
    if change.candidate.state == Candidate.State.APPROVED:
        return Complaint(
            f"{change.candidate.person.short_name} ещё не"
            f" {agree(change.candidate.person.gender, 'назначен')} наставником",
            "Назначение можно внести в тот же приказ: его готовит куратор",
        )
    return None


@requirement("Основание замены записано")
def ground_dated(change: Any) -> Complaint | None:
    if change.ground in ("petition", "refusal") and not change.paper_on:
        return Complaint("Не указана дата ходатайства или заявления", "Указывает куратор", _edit(change), "Указать")
    return None


@requirement("Сказано, что передаётся новому наставнику")
def handover_described(change: Any) -> Complaint | None:
    if not change.handover.strip():
        return Complaint(
            "Не записано, что передано новому наставнику: на чём остановилась программа, какие материалы",
            "Записывает куратор",
            _edit(change),
            "Записать",
        )
    return None


def _edit(change: Any) -> str:
    return reverse("programs:replacement_edit", args=[change.pk])


_BEFORE_READY = (
    pair_at_work,
    successor_fits,
    ground_dated,
    handover_described,
    successor_has_room,
    successor_processing,
    successor_duties,
)
REPLACEMENT = change_workflow("замена наставника", "а", *_BEFORE_READY)
TO_ENACT = (*_BEFORE_READY, successor_appointed)
"""What an order of replacement needs; the appointment may stand in the same order (п. 3.2)."""
