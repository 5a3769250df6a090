"""The workflow of a petition (п. 4.1, 5.1)."""

from typing import Any

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import CHAIR, Right, label
from people.roles.instead import decides_instead
from programs.pairings.rules import parties as pairing_parties


def parties(petition: Any) -> set[int]:
    """Return the keys of the people of the pair: whoever takes part in it decides nothing (п. 4.1, 5.1)."""
    return pairing_parties(petition.pairing)


def other_parties(petition: Any) -> set[int]:
    """Return the keys of the people of the pair but the one who filed the petition."""
    return parties(petition) - {petition.participation.person_id}


def _decides_instead(petition: Any, user: Any) -> bool:
    return decides_instead(user, Right.PETITIONS_DECIDE, parties(petition))


@requirement("Если в паре директор, есть письмо учредителя")
def founder_decided(petition: Any) -> Complaint | None:
    """Nobody of the school decides about the director, whose employer is the founder."""
    if petition.about_director and not petition.founder_number:
        return Complaint(
            "В паре участвует директор: о нём решает учредитель. Укажите номер и дату письма учредителя",
            "Записывает тот, кто решает ходатайство",
        )
    return None


@requirement("Пара закреплена")
def pair_at_work(petition: Any) -> Complaint | None:
    if petition.pairing.state != petition.pairing.State.ASSIGNED:
        return Complaint("Пара уже завершена: решать нечего")
    return None


DECIDERS = ", ".join([*Right.PETITIONS_DECIDE.holders, f"если оба участвуют в паре — {label(CHAIR)}"])

PETITION = Workflow(
    Transition(
        "accept",
        "Удовлетворить",
        ("filed",),
        "accepted",
        "ходатайство удовлетворено",
        (pair_at_work, founder_decided),
        right=Right.PETITIONS_DECIDE,
        may=_decides_instead,
        parties=parties,
    ),
    Transition(
        "decline",
        "Отклонить",
        ("filed",),
        "declined",
        "ходатайство отклонено",
        (pair_at_work, founder_decided),
        right=Right.PETITIONS_DECIDE,
        may=_decides_instead,
        parties=parties,
    ),
    Transition(
        "withdraw",
        "Отозвать",
        ("filed",),
        "withdrawn",
        "ходатайство отозвано",
        right=Right.PROGRAMS_ACT_FOR_OTHERS,
        may=lambda petition, user: petition.participation.person_id == user.person_id,
        who="тот, кто его подал",
        parties=other_parties,
    ),
    Transition(
        "lapse",
        "Снять вслед за парой",
        ("filed",),
        "lapsed",
        "ходатайство отпало: участие в паре закончилось",
        right=Right.ORDERS_REGISTER,
    ),
)
