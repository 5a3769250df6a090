"""The workflow of a pair or group, as a table (п. 2.3, 3.3, 3.5, 6.1, 6.2).

Requirements read only what ``Pairing.objects.with_requirements()`` prefetched. A wish is said in confidence: a
requirement names only who has not answered yet, never what somebody answered. The models import this table, so
their objects are ``Any`` here.
"""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from mentoring_site.russian import joined, plural
from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.banks.models import Candidate
from people.banks.rules import capacity_url
from people.language.names import agree
from people.register.leaving import beyond, beyond_work
from people.rights import Right
from people.roles.instead import decides_instead
from people.setup.school_parts import part_url
from programs.pairings.terms import PLAIN_LIMITS, term_complaint

CONSENT, TOPICS, MINUTES, BANK, REGULATION = (
    "Записать согласие",
    "Подтвердить темы",
    "Записать рекомендацию",
    "Открыть банк",
    "Записать приказ",
)
NUMBER = "Изменить число"
RIGHT_OF_LINK = {
    CONSENT: Right.CONSENTS_RECORD,
    TOPICS: Right.PAIRINGS_TOPICS,
    MINUTES: Right.PAIRINGS_RECOMMEND,
    BANK: Right.BANKS_SEE,
    REGULATION: Right.SCHOOL_EDIT,
    NUMBER: Right.BANKS_FILL_FOR_OTHERS,
}
"""Which right opens the page behind a link of the readiness light."""
MENTOR, MENTEE = "mentor", "mentee"
TAKES_CONSENT = f"Получить его должен {Right.CONSENTS_RECORD.who}"


def mentor_of(pairing: Any) -> Any:
    """Return the live mentor's participation, or None."""
    return next((p for p in pairing.people if p.part == MENTOR), None)


def mentees_of(pairing: Any) -> list[Any]:
    """Return the live mentees' participations."""
    return [p for p in pairing.people if p.part == MENTEE]


def pairing_title(pairing: Any) -> str:
    """Return «Мельник О. Л. — Ким Д. Э.» from the prefetched ``people``; a long group is shortened."""
    mentor, mentees = mentor_of(pairing), [p.person.short_name for p in mentees_of(pairing)]
    if len(mentees) > 4:
        mentees = [*mentees[:3], f"ещё {len(mentees) - 3}"]
    return f"{mentor.person.short_name if mentor else 'без наставника'} — {joined(mentees)}"


@requirement("Состав правильный: один наставник и столько наставляемых, сколько нужно")
def composition(pairing: Any) -> Complaint | None:
    """п. 2.3: one mentor; exactly one mentee in a pair, two or more in a group."""
    count = len({p.person_id for p in mentees_of(pairing)})
    if mentor_of(pairing) is None:
        return Complaint("Нет наставника", "Подбирает куратор")
    if pairing.kind == "pair" and count != 1:
        return Complaint(
            f"В паре один наставляемый, а сейчас — {count}",
            "Исправляет куратор: снимает предложение и предлагает заново",
        )
    if pairing.kind == "group" and count < 2:
        return Complaint(
            f"В группе от двух наставляемых (п. 2.3), а сейчас — {count}",
            "Исправляет куратор: снимает предложение и предлагает заново",
        )
    return None


@requirement("Профиль наставника отвечает запросам каждого наставляемого (п. 6.1)")
def profile(pairing: Any) -> Complaint | None:
    if not pairing.profile_fits:
        return Complaint(
            "Не подтверждено, что профиль наставника отвечает запросам (п. 6.1)", "Подтверждает тот, кто предложил пару"
        )
    return None


@requirement(f"Срок закрепления — {PLAIN_LIMITS}")
def term(pairing: Any) -> Complaint | None:
    wrong = term_complaint(pairing.planned_from, pairing.planned_to)
    return Complaint(wrong, "Указывает куратор") if wrong else None


@requirement("Все работают до конца срока")
def employed(pairing: Any) -> list[Complaint]:
    """A fixed-term contract or a dismissal that is known ends the duties (ТК 351.8)."""
    return past_work(pairing.people, pairing.planned_to, "срок закрепления", "Куратор сокращает срок или меняет состав")


def past_work(people: Any, day: Any, what: str, who: str) -> list[Complaint]:
    """Say of each person whom ``what`` outlasts; one query where ``last_day`` is not annotated."""
    if any(not hasattr(p, "last_day") for p in people):
        return [Complaint(said, who) for said in beyond_work([p.person for p in people], day, what)]
    return [Complaint(said, who) for p in people if (said := beyond(p.person, p.last_day, day, what))]


@requirement("Все стоят в банках наставников и наставляемых")
def in_banks(pairing: Any) -> list[Complaint]:
    """п. 3.3: candidates are approved by the director."""
    return [
        Complaint(
            f"{p.person.short_name} не стоит в банке ({p.get_part_display()})",
            f"Кандидата утверждает {Right.BANKS_APPROVE.who}",
            reverse("people:banks"),
            BANK,
        )
        for p in pairing.people
        if p.candidate is None or p.candidate.state not in Candidate.STANDING_STATES
    ]


@requirement("Все участники ответили, что хотят этой пары")
def wishes(pairing: Any) -> list[Complaint]:
    """п. 6.1, 6.2: mutual interest and free will; the answers themselves stay in confidence."""
    return [
        Complaint(
            f"{p.person.short_name} {agree(p.person.gender, 'ещё не ответил')}, хочет ли этой пары",
            "Отвечает только сам человек, ответ записывает и куратор",
            remind=p.person_id,
        )
        for p in pairing.people
        if p.wish != "yes"
    ]


@requirement("Темы подтверждены методическим советом")
def topics(pairing: Any) -> Complaint | None:
    """п. 3.5: the council attaches pairs on certain questions."""
    if not pairing.topics_confirmed_at:
        return Complaint(
            "Темы ещё не подтверждены",
            f"Подтверждает {Right.PAIRINGS_TOPICS.who}",
            reverse("programs:pairing_topics", args=[pairing.pk]),
            TOPICS,
        )
    return None


@requirement("Методический совет рекомендовал")
def recommended(pairing: Any) -> Complaint | None:
    if not pairing.minutes_date:
        return Complaint(
            "Нет рекомендации методического совета",
            f"Записывает {Right.PAIRINGS_RECOMMEND.who}",
            reverse("programs:pairing_recommend", args=[pairing.pk]),
            MINUTES,
        )
    return None


@requirement("У наставника есть место")
def capacity(pairing: Any) -> Complaint | None:
    """Counted with all proposed pairs, so that two proposals never share one place."""
    mentor = mentor_of(pairing)
    limit = mentor.candidate.capacity_persons if mentor and mentor.candidate else None
    if limit is not None and mentor.load > limit:
        return Complaint(
            f"{mentor.person.short_name} может взять не больше"
            f" {plural(limit, 'наставляемого,наставляемых,наставляемых')}, а с этим предложением их {mentor.load}",
            "Решает куратор: снять одно из предложений или, если наставник согласен, изменить число",
            capacity_url(mentor.candidate_id, pairing.get_absolute_url()),
            NUMBER,
        )
    return None


@requirement("Согласия на обработку персональных данных есть")
def processing(pairing: Any) -> list[Complaint]:
    return [
        _consent(p, "Нет согласия на обработку персональных данных", purpose="processing")
        for p in pairing.people
        if not p.has_processing
    ]


@requirement("Письменные согласия на дополнительные обязанности есть у всех")
def duties(pairing: Any) -> list[Complaint]:
    """п. 3.2, 3.3: no order without the written consent of every participant."""
    words = {"mentor": "наставника", "mentee": "наставляемого"}
    return [
        _consent(
            p,
            f"Нет письменного согласия на обязанности {words[p.part]}",
            purpose="duties",
            part=p.part,
            matter=pairing.uuid,
        )
        for p in pairing.people
        if not p.has_duties
    ]


def _consent(participation: Any, words: str, **query: Any) -> Complaint:
    url = reverse("people:consent_new", args=[participation.person_id])
    return Complaint(
        f"{words}: {participation.person.short_name}",
        TAKES_CONSENT,
        f"{url}?{urlencode(query)}",
        CONSENT,
        remind=participation.person_id,
    )


@requirement("Наставник назначен приказом")
def appointed(pairing: Any) -> Complaint | None:
    """п. 3.2: appointed before, or by an earlier item of the same order."""
    mentor = mentor_of(pairing)
    if mentor and mentor.candidate and mentor.candidate.state != Candidate.State.APPOINTED:
        return Complaint(
            f"{mentor.person.short_name} {agree(mentor.person.gender, 'ещё не назначен')} наставником",
            "Назначение можно внести в тот же приказ: его готовит куратор",
        )
    return None


@requirement("Приказ об утверждении Положения записан (п. 3.1)")
def regulation(pairing: Any) -> Complaint | None:
    if not pairing.has_regulation:
        return Complaint(
            "Не записан приказ об утверждении Положения о наставничестве",
            f"Записывает {Right.SCHOOL_EDIT.who}",
            part_url("regulation", pairing.get_absolute_url()),
            REGULATION,
        )
    return None


def parties(pairing: Any) -> set[int]:
    """Return the keys of the people of a pair: none of them decides about it (``mentoring_site/interest.py``).

    One query where ``people`` is not prefetched.
    """
    if (people := getattr(pairing, "people", None)) is not None:
        return {p.person_id for p in people}
    return set(pairing.participations.live().values_list("person", flat=True))


def recommends(pairing: Any, user: Any) -> bool:
    """Who records decisions of the council where its chair and secretary take part themselves."""
    return decides_instead(user, Right.PAIRINGS_RECOMMEND, parties(pairing))


def _has_refused(pairing: Any, user: Any) -> bool:
    return any(p.wish == "no" and p.wish_by_id == user.pk for p in pairing.people)


def _takes_part(pairing: Any, user: Any) -> bool:
    return any(p.person_id == user.person_id for p in pairing.people)


REOPENED, REFUSER = "отказ отменён, предложение снова рассматривается", "тот, кто записал отказ"

PAIRING = Workflow(
    Transition(
        "recommend",
        "Записать рекомендацию совета",
        ("proposed",),
        "recommended",
        "рекомендована методическим советом",
        (composition, profile, term, employed, in_banks, capacity, wishes, topics),
        right=Right.PAIRINGS_RECOMMEND,
        may=recommends,
        parties=parties,
    ),
    Transition(
        "refuse",
        "Отказаться от пары",
        ("proposed", "recommended"),
        "declined",
        "пара не сложилась",
        right=Right.PAIRINGS_ANSWER_FOR_OTHERS,
        may=_takes_part,
        who="участник пары",
    ),
    Transition(
        "reopen",
        "Отменить отказ",
        ("declined",),
        "proposed",
        REOPENED,
        may=_has_refused,
        who=REFUSER,
    ),
    Transition(
        "reopen_recommended",
        "Отменить отказ",
        ("declined",),
        "recommended",
        REOPENED,
        may=_has_refused,
        who=REFUSER,
    ),
    Transition(
        "decline",
        "Отклонить",
        ("proposed", "recommended"),
        "declined",
        "отклонена",
        right=Right.PAIRINGS_RECOMMEND,
        may=lambda p, u: u.can(Right.BANKS_APPROVE),
        who=Right.BANKS_APPROVE.who,
        parties=parties,
    ),
    Transition(
        "withdraw",
        "Снять предложение",
        ("proposed", "recommended"),
        "withdrawn",
        "предложение снято",
        right=Right.PAIRINGS_ANSWER_FOR_OTHERS,
        may=lambda p, u: u.can(Right.PAIRINGS_PROPOSE) and p.proposed_by_id == u.pk,
        who="тот, кто предложил пару",
    ),
    Transition(
        "assign",
        "Закрепить приказом",
        ("recommended",),
        "assigned",
        "закреплена приказом",
        (
            composition,
            profile,
            term,
            employed,
            in_banks,
            wishes,
            topics,
            recommended,
            capacity,
            processing,
            duties,
            appointed,
            regulation,
        ),
        right=Right.ORDERS_REGISTER,
    ),
    Transition(
        "dissolve",
        "Завершить",
        ("assigned",),
        "dissolved",
        "завершена",
        right=Right.ORDERS_REGISTER,
    ),
)
