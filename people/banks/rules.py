"""The workflow of a candidate, as a table (п. 3.3–3.5).

Requirements read only what ``with_requirements()`` prefetched.
"""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right
from people.roles.instead import decides_instead

NEEDED_STATEMENTS = {"mentor": ("competence",), "mentee": ("difficulty", "request")}
NEEDED_WORDS = {"competence": "компетенции", "difficulty": "затруднения", "request": "запросы"}


@requirement("Согласие на обработку персональных данных есть")
def consent_to_processing(candidate: Any) -> Complaint | None:
    """Roadmap stages 2 and 3: without it nobody stands in a bank."""
    if not candidate.has_processing:
        return Complaint(
            f"Нет согласия на обработку персональных данных: {candidate.person.short_name}",
            f"Получить его должен {Right.CONSENTS_RECORD.who}",
            reverse("people:consent_new", args=[candidate.person_id]) + "?purpose=processing",
            "Записать согласие",
        )
    return None


@requirement("Согласие на обработку персональных данных больше не действует")
def consent_is_gone(candidate: Any) -> Complaint | None:
    """The way out of the bank that only the end of a consent opens."""
    if candidate.has_processing:
        return Complaint("Согласие на обработку персональных данных действует")
    return None


def capacity_url(candidate: int, back: str = "") -> str:
    """Return the address of the form of that one number; ``back`` is where it comes back to."""
    url = reverse("people:candidate_capacity", args=[candidate])
    return f"{url}?{urlencode({'next': back})}" if back else url


@requirement("Анкета заполнена")
def questionnaire(candidate: Any) -> Complaint | None:
    """п. 3.4, roadmap stages 2 and 3: requests of a mentee, competences and capacity of a mentor."""
    have = {s.kind for s in candidate.statements.all() if s.resolved_on is None}
    missing = [NEEDED_WORDS[code] for code in NEEDED_STATEMENTS[candidate.part] if code not in have]
    no_number = candidate.part == "mentor" and not candidate.capacity_persons
    if no_number and not missing:
        return Complaint(
            "Не указано, сколько наставляемых можно взять",
            f"Указывает {candidate.person.short_name}, за него может {Right.BANKS_FILL_FOR_OTHERS.who}",
            capacity_url(candidate.pk),
            "Указать число",
            remind=candidate.person_id,
        )
    if no_number:
        missing.append("сколько наставляемых можно взять")
    if missing:
        return Complaint(
            f"В анкете не указаны: {', '.join(missing)}",
            f"Заполняет {candidate.person.short_name}, за него может {Right.BANKS_FILL_FOR_OTHERS.who}",
            reverse("people:candidate_fill", args=[candidate.pk]),
            "Заполнить анкету",
            remind=candidate.person_id,
        )
    return None


def _oneself(candidate: Any, user: Any) -> bool:
    return user.person_id == candidate.person_id


def _the_candidate(candidate: Any) -> tuple[int]:
    return (candidate.person_id,)


def _decides_instead(candidate: Any, user: Any) -> bool:
    """The director who is a candidate is decided about by another one."""
    return decides_instead(user, Right.BANKS_APPROVE, _the_candidate(candidate))


def _registrar_of_mentors(candidate: Any, user: Any) -> bool:
    return user.can(Right.ORDERS_REGISTER) and candidate.part == "mentor"


@requirement("Письменное согласие быть наставником есть")
def consent_to_duties(candidate: Any) -> Complaint | None:
    """п. 3.2: a mentor is appointed with a written consent."""
    if not candidate.has_duties:
        return Complaint(
            f"Нет письменного согласия на обязанности наставника: {candidate.person.short_name}",
            f"Получить его должен {Right.CONSENTS_RECORD.who}",
            candidate.person.get_absolute_url(),
            "Открыть карточку",
            remind=candidate.person_id,
        )
    return None


CANDIDATE = Workflow(
    Transition(
        "approve",
        "Утвердить кандидата",
        ("applied",),
        "approved",
        "запись в банке утверждена",
        (consent_to_processing, questionnaire),
        right=Right.BANKS_APPROVE,
        may=_decides_instead,
        parties=_the_candidate,
    ),
    Transition(
        "decline",
        "Отклонить кандидата",
        ("applied",),
        "declined",
        "предложение в банк отклонено",
        right=Right.BANKS_APPROVE,
        may=_decides_instead,
        parties=_the_candidate,
    ),
    Transition(
        "withdraw",
        "Снять из банка",
        ("applied", "approved"),
        "withdrawn",
        "запись в банке снята",
        right=Right.BANKS_PROPOSE,
        may=_oneself,
        who="сам человек",
    ),
    Transition(
        "follow_consent",
        "Снять вслед за согласием",
        ("applied", "approved", "appointed"),
        "withdrawn",
        "запись в банке снята: нет согласия на обработку персональных данных",
        (consent_is_gone,),
        right=Right.CONSENTS_RECORD,
        may=_oneself,
        who="сам человек",
    ),
    Transition(
        "leave",
        "Снять вслед за увольнением",
        ("applied", "approved", "appointed"),
        "withdrawn",
        "запись в банке снята: работа окончена",
        right=Right.PEOPLE_EDIT,
    ),
    Transition(
        "appoint",
        "Назначить приказом",
        ("approved",),
        "appointed",
        "назначение наставником по приказу",
        (consent_to_processing, consent_to_duties),
        may=_registrar_of_mentors,
        who=Right.ORDERS_REGISTER.who,
    ),
    Transition(
        "relieve",
        "Освободить",
        ("appointed", "approved"),
        "relieved",
        "освобождение от обязанностей наставника",
        right=Right.ORDERS_REGISTER,
    ),
)
