"""The workflow of an order, as a table: signed on paper, not by a click (docs/decisions/0002)."""

from typing import Any

from django.urls import reverse

from mentoring_site.joint import Joint
from mentoring_site.russian import lower_first
from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right, label
from reports.orders.order_kinds.registry import phrase_of, subject_of, subject_type_of
from reports.orders.pay_series import right_series
from reports.orders.text_check.lint import check

WHO_GIVES_VISAS = f"Визирует сам человек; визу с бумаги записывает {Right.ORDERS_DRAFT.who}"


@requirement("Предметы приказа указаны")
def has_items(order):
    if not order.items.all():
        return Complaint("В приказе нет ни одного предмета", "Составьте приказ заново")


@requirement("Всё, что приказ вводит в действие, готово")
def items_ready(order):
    """Preconditions of every item: consents, agreements, terms (docs/law.md#orders-kinds)."""
    subjects = [(item, subject_of(item)) for item in order.items.all()]
    appointed_here = {subject.pk for _, subject in subjects if subject_type_of(subject).enact_first}
    found = []
    for item, subject in subjects:
        subject_type = subject_type_of(subject)
        subject.has_regulation = item.has_regulation  # of the school: asked once for all items
        if subject.state in subject_type.states:
            found += subject_type.complaints(subject, appointed_here)
            continue
        found.append(
            Complaint(
                f"{phrase_of(subject)}: сейчас «{subject.get_state_display()}», ввести в действие нельзя",
                "Решает тот, кто составил приказ: убрать из проекта или дождаться",
                subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else "",
                "Открыть",
            )
        )
    return found


@requirement("Кому подписывать, известно")
def has_signer(order):
    if order.signer_id is None:
        return Complaint(
            "Не записаны ни директор, ни исполняющий обязанности директора",
            "Записывает куратор на странице ролей",
            reverse("people:roles"),
            "Открыть роли",
        )


@requirement("Текст проверен: нет остатков шаблона, сомнительных ссылок и чисел, которые расходятся")
def text_checked(order: Any) -> list[Complaint]:
    """The whole text with its appendices, before anybody signs it (docs/law.md#orders-text)."""
    page = reverse("reports:order_text", args=[order.pk])
    who = f"Исправляет или оставляет как есть {Right.ORDERS_DRAFT.who}"
    return [
        Complaint(str(finding), who, page, "Разобрать")
        if finding.open
        else Complaint(str(finding), "", finding.url or page, finding.link or "Открыть")
        for finding in check(order).refusals
    ]


@requirement("Все визы получены")
def visas_given(order):
    return [_no_visa(v) for v in order.visas.all() if v.given_at is None]


def _no_visa(visa):
    if visa.role and not visa.holds:
        return Complaint(
            f"Нет визы: {visa.person.short_name} больше не {label(visa.role)}",
            "Передайте визу тому, кто держит эту роль сейчас",
            reverse("reports:visa_pass", args=[visa.pk]),
            "Передать визу",
        )
    return Complaint(
        f"Нет визы: {visa.person.short_name}, {lower_first(visa.post)}",
        WHO_GIVES_VISAS,
        remind=visa.person_id,
    )


@requirement("Всё, о чём приказ, указано")
def proposal_whole(proposal):
    """What the kind of order asks for (docs/law.md#orders-kinds)."""
    return proposal.order_kind.check(proposal)


ORDER = Workflow(
    Transition(
        "agree",
        "Завершить согласование",
        ("draft",),
        "agreed",
        "согласование завершено",
        (has_items, items_ready, right_series, text_checked, has_signer, visas_given),
        right=Right.ORDERS_DRAFT,
    ),
    Transition(
        "send_to_signature",
        "Передать на подпись",
        ("agreed",),
        "at_signature",
        "передан на подпись",
        (has_items, items_ready, right_series, text_checked, has_signer),
        right=Right.ORDERS_DRAFT,
    ),
    Transition(
        "back_to_draft",
        "Вернуть в проекты",
        ("agreed", "at_signature"),
        "draft",
        "возвращён в проекты",
        right=Right.ORDERS_DRAFT,
    ),
    Transition(
        "register",
        "Зарегистрировать подписанный приказ",
        ("at_signature",),
        "registered",
        "зарегистрирован",
        (items_ready,),
        right=Right.ORDERS_REGISTER,
    ),
    Transition(
        "revoke",
        "Признать утратившим силу",
        ("registered",),
        "revoked",
        "признан утратившим силу",
        right=Right.ORDERS_REGISTER,
    ),
)

TO_SIGNATURE = Joint("to_signature", "Завершить согласование и передать на подпись", ("agree", "send_to_signature"))
"""Whoever composed an order takes both steps one after the other; its own last visa goes with them."""

PROPOSAL = Workflow(
    Transition(
        "enact",
        "Ввести приказом",
        ("ready",),
        "enacted",
        "введено приказом",
        (proposal_whole,),
        right=Right.ORDERS_REGISTER,
    )
)
