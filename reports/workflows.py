"""The legal life of an order, as a table: an order becomes law by a pen, not by a click (house, section 3)."""

from django.urls import reverse

from mentoring_site.workflow import Complaint, Transition, Workflow, complaints, requirement
from programs.pairings import fresh, obstacles, pairing_title

ENACTS = {
    "candidate": "appoint",
    "pairing": "assign",
    "program": "approve",
    "completion": "register",
    "roadmap": "approve",
}
"""What registration does to each kind of item."""

MOMENTS = {
    "candidate": {"approved"},
    "pairing": {"recommended"},
    "program": {"agreed"},
    "completion": {"ready"},
    "roadmap": {"submitted"},
}
"""The state in which each kind of item can be enacted."""


def kind_of(item) -> str:
    """Return which of the item's keys is filled."""
    return next(kind for kind in ENACTS if getattr(item, f"{kind}_id"))


def in_words(subject) -> str:
    """Return what an item is about: «Мельник О. Л. — Ким Д. Э.», «программа «…»», «Очирова С. Д.»."""
    kind = type(subject).__name__.lower()
    if kind == "pairing":
        return pairing_title(subject if hasattr(subject, "people") else fresh(subject))
    if kind == "candidate":
        return subject.person.short_name
    if kind == "program":
        return f"программа «{subject.title}»"
    return str(subject)


@requirement("Предметы приказа указаны")
def has_items(order):
    if not order.items.all():
        return Complaint("В приказе нет ни одного предмета", "Составьте приказ заново")


@requirement("Всё, что приказ вводит в действие, готово")
def items_ready(order):
    """Preconditions of every item: consents, agreements, terms (law-and-documents.md, 1.4)."""
    appointed_here = {item.candidate_id for item in order.items.all() if item.candidate_id}
    found = []
    for item in order.items.all():
        kind = kind_of(item)
        subject = getattr(item, kind)
        subject.has_regulation = item.has_regulation  # of the school: asked once for all items
        if subject.state not in MOMENTS[kind]:
            found.append(
                Complaint(
                    f"{in_words(subject)}: сейчас «{subject.get_state_display()}», ввести в действие нельзя",
                    "Решает тот, кто составил приказ: убрать из проекта или дождаться",
                    subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else "",
                    "Открыть",
                )
            )
            continue
        if kind == "pairing":
            found += obstacles(subject, appointing=appointed_here)
        else:
            found += complaints(subject, ENACTS[kind])
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


@requirement("Все визы получены")
def visas_given(order):
    return [
        Complaint(
            f"Нет визы: {v.person.short_name}, {lower_first(v.post)}",
            "Визирует сам человек; визу с бумаги записывает куратор или специалист по кадрам",
            remind=v.person_id,
        )
        for v in order.visas.all()
        if v.given_at is None
    ]


def lower_first(text: str) -> str:
    """Return the text with a small first letter."""
    return text[:1].lower() + text[1:]


def _drafts(order, user):
    return user.can("orders.draft")


def _registers(order, user):
    return user.can("orders.register")


WHO_DRAFTS = "куратор, специалист по кадрам или директор"

ORDER = Workflow(
    Transition(
        "agree",
        "Завершить согласование",
        ("draft",),
        "agreed",
        _drafts,
        WHO_DRAFTS,
        "согласование завершено",
        (has_items, items_ready, has_signer, visas_given),
    ),
    Transition(
        "send_to_signature",
        "Передать на подпись",
        ("agreed",),
        "at_signature",
        _drafts,
        WHO_DRAFTS,
        "передан на подпись",
        (has_items, items_ready, has_signer),
    ),
    Transition(
        "back_to_draft",
        "Вернуть в проекты",
        ("agreed", "at_signature"),
        "draft",
        _drafts,
        WHO_DRAFTS,
        "возвращён в проекты",
    ),
    Transition(
        "register",
        "Зарегистрировать подписанный приказ",
        ("at_signature",),
        "registered",
        _registers,
        WHO_DRAFTS,
        "зарегистрирован",
        (items_ready,),
    ),
)
