"""The legal life of a completion, as a table (п. 7.1): one per mentee, final by the director's order."""

from django.urls import reverse

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement


def _page(completion):
    return reverse("programs:completion_of", args=[completion.pk])


def _curator(completion, user):
    return user.can("programs.act_for_others")


@requirement("План мероприятий выполнен в полном объёме")
def plan_done(completion):
    """п. 7.1: the first reason needs every activity checked; the other reasons do not."""
    if completion.reason != "plan":
        return None
    open_ones = [
        a.title
        for a in completion.program.activities.all()
        if not any(r.participation_id == completion.participation_id and r.state == "checked" for r in a.results.all())
    ]
    return [
        Complaint(
            f"Мероприятие «{title}» не выполнено или не проверено",
            "Отмечает наставляемый, проверяет наставник",
            completion.program.get_absolute_url(),
            "Открыть план",
        )
        for title in open_ones
    ]


@requirement("Итог по каждому затруднению записан")
def outcomes_written(completion):
    """п. 1.2, 5.2: results against the difficulties that the programme addressed."""
    judged = {o.difficulty_id for o in completion.outcomes.all()}
    mine = completion.participation.candidate_id
    open_ones = [d for d in completion.program.difficulties.all() if d.pk not in judged and d.candidate_id == mine]
    return [
        Complaint(f"Нет итога по затруднению «{d.text}»", "Записывает наставник", _page(completion), "Записать")
        for d in open_ones
    ]


@requirement("Заключение наставника есть")
def concluded(completion):
    if not completion.concluded_at:
        return Complaint(
            "Нет заключения наставника", "Пишет наставник, с бумаги — куратор", _page(completion), "Написать"
        )


@requirement("Отзыв наставляемого есть")
def reviewed(completion):
    if not completion.reviewed_at:
        return Complaint(
            "Нет отзыва наставляемого",
            "Пишет наставляемый, с бумаги — куратор",
            _page(completion),
            "Написать",
            remind=completion.participation.person_id,
        )


@requirement("Основание подтверждено теми, от кого оно зависит (п. 7.1)")
def agreed_by_sides(completion):
    """An initiative is dated; a mutual decision is confirmed by both sides."""
    if completion.reason in ("mentor", "mentee") and not completion.notice_on:
        return Complaint("Не указана дата заявления", "Указывает куратор", _page(completion), "Указать")
    if completion.reason == "mutual":
        sides = (("наставника", completion.mentor_agreed_at), ("наставляемого", completion.mentee_agreed_at))
        return [
            Complaint(f"Нет согласия {who} на завершение", "Подтверждает каждая сторона", _page(completion), "Открыть")
            for who, at in sides
            if not at
        ]


COMPLETION = Workflow(
    Transition(
        "ready",
        "Передать на приказ",
        ("proposed",),
        "ready",
        _curator,
        "куратор",
        "передано на приказ",
        (plan_done, agreed_by_sides, outcomes_written, concluded, reviewed),
    ),
    Transition(
        "withdraw",
        "Отменить завершение",
        ("proposed", "ready"),
        "withdrawn",
        _curator,
        "куратор",
        "завершение отменено",
    ),
    Transition(
        "register",
        "Завершить по приказу",
        ("ready",),
        "registered",
        lambda c, u: u.can("orders.register"),
        "тот, кто регистрирует приказ",
        "завершено приказом",
        (plan_done, outcomes_written, concluded, reviewed),
    ),
)
