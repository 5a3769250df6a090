"""The workflow of a completion (п. 7.1): one for each mentee, final by the director's order."""

from typing import Any

from django.urls import reverse

from mentoring_site.russian import plural
from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right


def _step(completion: Any, name: str) -> str:
    return reverse(f"programs:completion_{name}", args=[completion.pk])


def _closed(completion: Any) -> bool:
    """Whether a consent to processing was withdrawn: nothing new is written about the person (152-ФЗ, ст. 21)."""
    return completion.reason == "consent"


@requirement("План мероприятий выполнен в полном объёме")
def plan_done(completion: Any) -> Complaint | None:
    """п. 7.1: the first reason needs every activity checked; the other reasons do not."""
    if completion.reason != "plan" or not completion.undone:
        return None
    amount = plural(completion.undone, "мероприятие,мероприятия,мероприятий")
    return Complaint(
        f"Не выполнено или не проверено {amount}, ближайшее — «{completion.first_undone}»",
        "Отмечает наставляемый, проверяет наставник",
        completion.program.get_absolute_url(),
        "Открыть план",
    )


@requirement("Итог по каждому затруднению записан")
def outcomes_written(completion: Any) -> Complaint | None:
    """п. 1.2, 5.2: results against the difficulties that the program addressed."""
    if not completion.unjudged or _closed(completion):
        return None
    more = completion.unjudged - 1
    rest = f" и ещё по {plural(more, 'затруднению,затруднениям,затруднениям')}" if more else ""
    return Complaint(
        f"Нет итога по затруднению «{completion.first_unjudged}»{rest}",
        "Записывает наставник, с бумаги — куратор",
        _step(completion, "conclude"),
        "Записать итог",
    )


@requirement("Заключение наставника есть")
def concluded(completion: Any) -> Complaint | None:
    if not completion.concluded_at and not _closed(completion):
        return Complaint(
            "Нет заключения наставника",
            "Пишет наставник, с бумаги — куратор",
            _step(completion, "conclude"),
            "Написать заключение",
        )
    return None


@requirement("Наставляемый написал отзыв и прочитал итоги")
def reviewed(completion: Any) -> Complaint | None:
    """A difficulty is closed by both: the mentee's review comes after the mentor's outcomes (п. 5.2)."""
    if _closed(completion):
        return None
    who, url = "Пишет наставляемый, с бумаги — куратор", _step(completion, "review")
    if not completion.reviewed_at:
        return Complaint("Нет отзыва наставляемого", who, url, "Написать отзыв")
    if completion.concluded_at and completion.reviewed_at < completion.concluded_at and completion.has_outcomes:
        return Complaint(
            "Итоги по затруднениям записаны позже отзыва, наставляемый их ещё не подтвердил (п. 5.2)",
            "Подтверждает наставляемый, сохраняя отзыв",
            url,
            "Прочитать итоги и подтвердить",
        )
    return None


@requirement("Основание подтверждено теми, от кого оно зависит (п. 7.1)")
def agreed_by_sides(completion: Any) -> Complaint | list[Complaint] | None:
    """An initiative is dated; a mutual decision is confirmed by both sides."""
    if completion.reason in ("mentor", "mentee", "improper", "force") and not completion.notice_on:
        what = "служебной записки" if completion.reason in ("improper", "force") else "заявления"
        return Complaint(f"Не указана дата {what}", f"Отмените завершение и начните его с датой {what}")
    if completion.reason != "mutual":
        return None
    sides = (("наставника", completion.mentor_agreed_at), ("наставляемого", completion.mentee_agreed_at))
    return [
        Complaint(
            f"Нет согласия {whose} на завершение",
            "Даёт каждая сторона, с бумаги записывает куратор",
            _step(completion, "agree"),
            "Записать согласие",
        )
        for whose, at in sides
        if not at
    ]


COMPLETION = Workflow(
    Transition(
        "ready",
        "Передать на приказ",
        ("proposed",),
        "ready",
        "завершение передано на приказ",
        (plan_done, agreed_by_sides, outcomes_written, concluded, reviewed),
        right=Right.PROGRAMS_CHANGE,
    ),
    Transition(
        "reopen",
        "Вернуть к правке",
        ("ready",),
        "proposed",
        "завершение возвращено к правке",
        right=Right.PROGRAMS_CHANGE,
    ),
    Transition(
        "withdraw",
        "Отменить завершение",
        ("proposed", "ready"),
        "withdrawn",
        "завершение отменено",
        right=Right.PROGRAMS_CHANGE,
    ),
    Transition(
        "register",
        "Завершить по приказу",
        ("ready",),
        "registered",
        "завершено приказом",
        (plan_done, agreed_by_sides, outcomes_written, concluded, reviewed),
        right=Right.ORDERS_REGISTER,
    ),
)
