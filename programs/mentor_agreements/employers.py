"""Who is a mentor's employer and who signs for the employer: never the mentor for both sides (ТК 20, 275, 351.8)."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from mentoring_site.russian import rudate
from mentoring_site.workflow import Refused
from people.language.name_text import search_key
from people.register.models import Employment
from people.rights import ACTING, DIRECTOR, Right
from people.roles.holders import holder, signer
from people.school.models import Organisation
from programs.mentor_agreements.models import MentorAgreement
from programs.pairings.models import Pairing

AGREEMENT, COOPERATION, FOUNDER = MentorAgreement.Kind


def paper_kind(employment: Employment, on: date | None = None) -> str:
    """Return which paper a mentor signs: an additional agreement, one of cooperation, or one with the founder.

    ТК 351.8 covers an employee of the school only; the employer of the director is the founder, whoever acts for the
    director meanwhile. ``employment`` is the one for which the mentor works as such.
    """
    if employment.organisation.kind != Organisation.Kind.OWN:
        return COOPERATION
    head = holder(DIRECTOR, on)
    return FOUNDER if head is not None and head.pk == employment.person_id else AGREEMENT


STUDENT = (
    "Форма наставничества — «работодатель – студент»: студент на практике не работник, соглашение по статье 351.8 ТК РФ"
    " не заключают"
)
Provider = Callable[[Iterable[int]], set[int]]
_STUDENTS: list[Provider] = []


def register_students(*providers: Provider) -> None:
    """Add functions «keys of pairings -> those whose mentee is a student on practice»; called once by the app."""
    _STUDENTS.extend(p for p in providers if p not in _STUDENTS)


def with_students(pairings: Iterable[int]) -> set[int]:
    """Return the keys of the pairings that are outside of ТК 351.8: «работник» helps «другой работник» only.

    (Роструд, 06.05.2025 № ПГ/08578-6-1.)
    """
    keys = list(pairings)
    return {key for provider in _STUDENTS for key in provider(keys)}


def outside_labour_code(pairing: Pairing) -> str:
    """Return why no agreement of ТК 351.8 is made about a pairing, or an empty string."""
    return STUDENT if with_students([pairing.pk]) else ""


def employer_signs(agreement: MentorAgreement, on: date) -> str:
    """Return who signs for the school on a day. Raises ``Refused`` when it is nobody or the mentor."""
    head, post = signer(on)
    if head is None:
        raise Refused(
            f"На {rudate(on)} не записан директор: подписать за школу некому. Записать его может"
            f" {Right.ROLES_MANAGE.who} в «Ролях»"
        )
    if head.pk == agreement.person_id:
        raise Refused(
            f"{head.short_name} — наставник по этому соглашению и не подписывает его за обе стороны: за школу"
            " подписывает директор"
        )
    return f"{post} {head.signature_name}"


def founder_signs(words: str, on: date) -> str:
    """Return who signed for the founder, as typed: neither the director nor whoever acts for the
    director is the director's employer.
    """
    if not words.strip():
        raise Refused(
            "Соглашение с директором подписывает учредитель: укажите должность и фамилию того, кто подписал за него"
        )
    typed = set(search_key(re.sub(r"[.,;()]", " ", words)).split())
    for head in filter(None, (holder(DIRECTOR, on), holder(ACTING, on))):
        if set(search_key(head.last_name).split()) <= typed:
            raise Refused(
                f"{head.short_name} не подписывает соглашение с директором за работодателя: работодатель директора —"
                " учредитель, и исполняющий обязанности его не заменяет"
            )
    return words.strip()
