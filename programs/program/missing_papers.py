"""Papers that a program entered from paper lacks here: what, who supplies it, and where (п. 3.1–3.5, 7.1)."""

from django.urls import reverse

from mentoring_site.ui.elements import Check
from people.consents.models import Consent
from people.rights import Right
from people.setup.school_parts import part_url
from programs.pairings.models import Pairing
from programs.program.models import Program

COUNCIL_SEEKS = "Ищет секретарь совета"


def missing_papers(program: Program, user) -> list[Check]:
    """Return the papers that are not recorded here, for those who see all programs; none unless it is from paper.

    For components/readiness.html. Takes a program read ``for_page()``.
    """
    if not program.from_paper or not user.can(Right.PROGRAMS_SEE_ALL):
        return []
    return [*_regulation(program), *_consents(program.pairing), *_minutes_of_pairing(program.pairing), *_own(program)]


def _check(text: str, who: str, url: str = "", link: str = "") -> Check:
    return Check(False, text, who, url, link, waiting=not url)


def _regulation(program: Program):
    if not program.has_regulation:
        url = part_url("regulation", program.get_absolute_url())
        yield _check("Приказ об утверждении Положения", f"Записывает {Right.SCHOOL_EDIT.who}", url, "Записать")


def _consents(pairing: Pairing):
    ids = [p.person_id for p in pairing.people]
    have = {
        (c.person_id, c.purpose, c.part)
        for c in Consent.objects.live().filter(person__in=ids)
        if c.purpose == "processing" or c.matter == pairing.uuid
    }
    who = f"Получает {Right.CONSENTS_RECORD.who}"
    for p in pairing.people:
        url, name = reverse("people:consent_new", args=[p.person_id]), p.person.short_name
        if (p.person_id, "processing", "") not in have:
            text = f"Согласие на обработку персональных данных: {name}"
            yield _check(text, who, f"{url}?purpose=processing", "Записать согласие")
        if (p.person_id, "duties", p.part) not in have:
            query = f"?purpose=duties&part={p.part}&matter={pairing.uuid}"
            yield _check(f"Письменное согласие на обязанности: {name}", who, url + query, "Записать согласие")


def _minutes_of_pairing(pairing: Pairing):
    if not pairing.minutes_number:
        yield _check("Протокол методического совета о паре", COUNCIL_SEEKS)


def _own(program: Program):
    """What the program itself lacks: minutes, its text, its plan, the papers of its end."""
    if not program.minutes_number:
        yield _check("Протокол методического совета о программе", COUNCIL_SEEKS)
    texts = program.goal and program.justification and program.directions
    if not (texts and program.forms.all() and program.kinds.all()):
        text = "Текст программы: цель, формы и виды, обоснование, направления"
        url = reverse("programs:program_edit", args=[program.pk])
        yield _check(text, "Переносит куратор", url, "Дополнить")
    if not program.activities.all():
        url = reverse("programs:program_plan", args=[program.pk])
        yield _check("План мероприятий", "Переносит куратор", url, "Внести план")
    if program.ended_on:
        yield _check("Приказ о завершении, заключение наставника и отзыв наставляемого", "Ищет куратор")
