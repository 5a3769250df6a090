"""The workflow of a best practice (п. 3.3–3.5): written, reviewed by the council, taken into the bank, shown.

An author of a practice decides nothing about it; who looks where the whole council are authors: people/roles/instead.
"""

from typing import Any

from django.urls import reverse

from mentoring_site.russian import joined
from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.consents.dissemination import allowed_fields
from people.language.mentions import FULL_NAME_FIELDS, named_without_permission
from people.rights import Right
from people.roles.instead import decides_instead

WHOLE = (("problem", "в чём была трудность"), ("done", "что сделали"), ("result", "что получилось"))
IN_WORK = ("draft", "returned")
WRITER = "автор, кроме наставляемого"
SHORTEST_QUOTE = 20  # letters: what is shorter may stand in any text


def parties(practice: Any) -> set[int]:
    """Return the keys of the authors: none of them decides (``mentoring_site/interest.py``)."""
    return {author.person_id for author in practice.authors.all()}


def writes(practice: Any, user: Any) -> bool:
    """Whether the user is an author who writes: a mentee reads the draft and decides how to be named."""
    return any(author.person_id == user.person_id and author.part != "mentee" for author in practice.authors.all())


def _reviews_instead(practice: Any, user: Any) -> bool:
    return decides_instead(user, Right.PRACTICES_REVIEW, parties(practice))


def _publishes_instead(practice: Any, user: Any) -> bool:
    return decides_instead(user, Right.PRACTICES_PUBLISH, parties(practice))


def _who_submitted(practice: Any, user: Any) -> bool:
    return practice.submitted_by_id == user.pk


@requirement("Сказано, в чём была трудность, что сделали и что получилось")
def told(practice: Any) -> Complaint | None:
    missing = [words for name, words in WHOLE if not getattr(practice, name).strip()]
    url = reverse("roadmap:practice_edit", args=[practice.pk])
    return Complaint(f"Не написано: {joined(missing)}", "Пишут авторы", url, "Написать") if missing else None


@requirement("Авторы названы")
def has_authors(practice: Any) -> Complaint | None:
    if practice.authors.all():
        return None
    url = reverse("roadmap:practice_author_new", args=[practice.pk])
    return Complaint("Не назван ни один автор", "Называет тот, кто пишет", url, "Назвать автора")


@requirement("У каждого, кто будет назван, есть действующее согласие")
def consented(practice: Any) -> list[Complaint]:
    named = [author for author in practice.authors.all() if author.shown == "name"]
    allowed = allowed_fields([author.person_id for author in named]) if named else {}
    return [
        Complaint(
            f"{author.person.short_name}: нет действующего согласия показать на сайте {what}",
            "Согласие получает куратор; без него автора можно показать без имени",
            author.practice_id and reverse("roadmap:practice_author", args=[author.pk]),
            "Показать без имени",
        )
        for author in named
        if (what := lacking(author, allowed.get(author.person_id, frozenset())))
    ]


def lacking(author: Any, fields: Any) -> str:
    """Return what an author who wants to be named has not allowed, or an empty string: of a mentee results too."""
    if not fields >= FULL_NAME_FIELDS:
        return "имя рядом с программой"
    return "результаты программы" if author.part == "mentee" and "results" not in fields else ""


@requirement("Текст никого не называет без согласия")
def names_nobody(practice: Any) -> Complaint | None:
    people = list(practice.people.all())
    named = named_without_permission(practice.words, people, allowed_fields([p.pk for p in people])) if people else []
    if not named:
        return None
    names = joined([person.short_name for person in named])
    return Complaint(
        f"Текст называет без согласия: {names}", "Авторы могут вернуть практику в работу и убрать имя из текста"
    )


@requirement("Затруднения пересказаны, а не переписаны из анкет")
def retold(practice: Any) -> Complaint | None:
    """What a mentee wrote in a questionnaire is read by few: a visitor may read it in other words only (п. 8.1)."""
    if practice.program is None:
        return None
    said = " ".join(practice.words.lower().split())
    texts = [" ".join(one.text.lower().split()) for one in practice.program.difficulties.all()]
    if not any(len(text) >= SHORTEST_QUOTE and text.rstrip(".") in said for text in texts):
        return None
    return Complaint(
        "Текст дословно повторяет затруднение из анкеты",
        "Авторы могут вернуть практику в работу и сказать то же своими словами",
    )


READY = (told, has_authors)
REVIEWER = "директор, если весь совет среди авторов"
PUBLISHER = "председатель совета, если куратор и директор среди авторов"

PRACTICE = Workflow(
    Transition("submit", "Передать на рассмотрение совета", IN_WORK, "review", "передана на рассмотрение совета",
               READY, right=Right.PRACTICES_WRITE, may=writes, who=WRITER),
    Transition("undo_submit", "Забрать у совета", ("review",), "draft", "забрана у совета",
               may=_who_submitted, who="тот, кто передал"),
    Transition("accept", "Принять в копилку", ("review",), "accepted", "принята советом в копилку", READY,
               right=Right.PRACTICES_REVIEW, may=_reviews_instead, who=REVIEWER, parties=parties),
    Transition("send_back", "Вернуть с замечаниями", ("review",), "returned", "возвращена советом с замечаниями",
               right=Right.PRACTICES_REVIEW, may=_reviews_instead, who=REVIEWER, parties=parties),
    Transition("bank", "В копилку по итогам круглого стола", ("draft", "returned", "review"), "accepted",
               "взята в копилку по итогам круглого стола", READY, right=Right.MINUTES_WRITE, parties=parties),
    Transition("publish", "Показать на сайте", ("accepted", "taken_down"), "published", "показана на сайте",
               (*READY, consented, names_nobody, retold), right=Right.PRACTICES_PUBLISH, may=_publishes_instead,
               who=PUBLISHER, parties=parties),
    Transition("take_down", "Снять с сайта", ("published",), "taken_down", "снята с сайта",
               right=Right.PRACTICES_PUBLISH),
    Transition("rework", "Вернуть в работу", ("accepted", "taken_down"), "draft", "возвращена в работу",
               right=Right.PRACTICES_WRITE, may=writes, who=WRITER),
    Transition("drop", "Снять с работы", IN_WORK, "dropped", "снята с работы",
               right=Right.PRACTICES_WRITE, may=writes, who=WRITER),
)  # fmt: skip
