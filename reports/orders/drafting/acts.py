"""Acts of a draft: compose, edit, visa, agree, freeze for the pen, return, drop (п. 3.1–3.3, 6.2, 7.1)."""

import re
import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.files import delete_stored
from mentoring_site.hashing import sha256_of_json
from mentoring_site.holds import hold, release
from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, claim_version, perform, record
from people.accounts.models import User
from people.language.declension import post_of
from people.rights import Right
from people.roles import letters as role_letters
from people.roles.holders import holder, signer
from reports.orders.contents import compose
from reports.orders.drafting.name_forms import prefetched_people
from reports.orders.drafting.text_changes import is_outdated, mark_edits
from reports.orders.models import Order, OrderItem, Visa, order_key
from reports.orders.order_kinds.context import OrderContext
from reports.orders.order_kinds.registry import KINDS, phrase_of, subject_name_of, subject_type_of
from reports.orders.printing import facts as printing_facts
from reports.orders.proposal_models import Proposal
from reports.orders.registration.enactment import rehearse
from reports.orders.rules import WHO_GIVES_VISAS
from reports.orders.text_check.lint import acts_cited

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without signs that look alike
MAX_ITEMS = 50


def draft(kind: str, items: list, *, by, request_key=None) -> Order:
    """Compose a draft from its items (candidates, pairings, programs, completions or a roadmap),
    without number and date.

    An order of assignment also appoints the mentors who are not appointed yet (п. 3.2, 3.3). Returns the draft, or the
    one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` when an item is of another kind or state,
    or stands in another live order.
    """
    try:
        return _draft(kind, items, by=by, request_key=request_key)
    except IntegrityError:  # the same form was sent twice at once
        if request_key and (made := Order.objects.filter(request_key=request_key).first()):
            return made
        raise


@transaction.atomic
def _draft(kind, items, *, by, request_key):
    require(by, Right.ORDERS_DRAFT)
    if request_key and (made := Order.objects.filter(request_key=request_key).first()):
        return made
    _check_items(kind, items)
    person, post = signer()
    order = Order.objects.create(
        kind=kind,
        heading=KINDS[kind].label,
        series=KINDS[kind].series_of(items) if KINDS[kind].series_of else KINDS[kind].series,
        preamble="",
        created_by=by,
        executor=by.person,
        signer=person,
        signer_post=post,
        effect_from=timezone.localdate(),
        code="".join(secrets.choice(ALPHABET) for _ in range(10)),
        request_key=request_key,
    )
    for item in [*KINDS[kind].extra_subjects(items), *items]:
        add_item(order, item)
    hold_subjects(order)
    for role in KINDS[kind].visa_roles:
        visaing = holder(role)
        if visaing and visaing != person:
            Visa.objects.get_or_create(
                order=order, person=visaing, defaults={"post": visa_post(visaing, role), "role": role}
            )
    _compose(order)
    record(order, "draft", by=by, words="составлен проект приказа", target="draft")
    for visa in order.visas.select_related("person__user"):
        if visa.person_id != by.person_id:
            role_letters.mail_person(visa.person, "order_visa", asks=str(order.pk), order=order)
    return order


def _check_items(kind, items):
    if not items:
        raise Refused("Выберите, о ком или о чём приказ")
    if len(items) > MAX_ITEMS:
        raise Refused(f"В одном приказе не больше {MAX_ITEMS} предметов. Составьте несколько приказов")
    if len({item.pk for item in items}) != len(items):
        raise Refused("Один и тот же предмет указан дважды")
    subject_type, only = KINDS[kind].subject, KINDS[kind].subject_filter
    wrong = [
        x for x in items if subject_type_of(x) is not subject_type or any(getattr(x, k) != v for k, v in only.items())
    ]
    if wrong:
        raise Refused(f"Приказ «{KINDS[kind].label}» — не об этом: {phrase_of(wrong[0])}")
    if KINDS[kind].single_subject and len(items) > 1:
        raise Refused("Такой приказ издаётся об одном предмете: составьте для каждого свой")
    early = [x for x in items if x.state not in subject_type.states]
    if early:
        raise _early(*early)


def _early(*subjects: Any) -> Refused:
    words = "сейчас «{}», в приказ внести нельзя"
    return Refused([f"{phrase_of(x)}: {words.format(x.get_state_display())}" for x in subjects])


def visa_post(person, role):
    post = "председатель методического совета" if role == "chair" else post_of(person)
    return post[:1].upper() + post[1:]


def add_item(order, subject) -> None:
    """Put one thing into a draft, inside the caller's transaction.

    Raises ``Refused`` when another unsigned order has it.
    """
    key = subject_type_of(subject).name
    subject = locked(subject)  # two drafts about one thing wait for each other here
    if subject.state not in subject_type_of(subject).states:
        raise _early(subject)
    others = OrderItem.objects.filter(**{key: subject}, order__state__in=Order.OPEN_STATES).exclude(order=order)
    if other := others.select_related("order").first():
        raise Refused(f"{phrase_of(subject)}: уже стоит в другом приказе, который ещё не подписан. {other.order}")
    OrderItem.objects.create(order=order, **{key: subject})


def hold_subjects(order) -> None:
    """Let an unsigned order hold what it is about: nobody takes it back meanwhile (``mentoring_site.holds``)."""
    hold([item.subject for item in order.items.all()], by=order, firm=order.state != Order.State.DRAFT)


def _compose(order):
    full = Order.objects.with_requirements().get(pk=order.pk)
    full.effect_from = order.effect_from
    context = OrderContext.of(full)
    prefetched_people(full, context)
    heading, preamble, points = compose(full, context)
    Order.objects.filter(pk=order.pk).update(
        heading=heading,
        preamble=preamble,
        points=points,
        search=order_key(heading, points),
        effect_from=order.effect_from,
    )
    order.refresh_from_db()


def lock_draft(order, version=None) -> Order:
    """Return the draft under a lock.

    Raises ``Refused`` for an order that is no draft, ``Stale`` for another version.
    """
    fresh = locked(order)
    if fresh.state != Order.State.DRAFT:
        raise Refused("Правят только проект. Верните приказ в проекты: визы придётся собрать заново")
    if version is not None and fresh.version != version:
        raise Stale("Текст проекта изменился, пока Вы читали. Прочитайте его ещё раз")
    return fresh


def _ask_visas_again(order):
    order.visas.filter(given_at__isnull=False).update(given_at=None, given_by=None)


def split(text: str) -> tuple[str, list[str]]:
    """Return a point and its subpoints from a text area: the first line, then every further line."""
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines() if line.strip()]
    return (lines[0], [line.removeprefix("—").strip() for line in lines[1:]]) if lines else ("", [])


@transaction.atomic
def edit(
    order, *, by, version: int, heading: str, preamble: str, points: list[str], series: str | None = None
) -> Order:
    """Edit the text of a draft; a point that differs from the composed one is marked for whoever signs.

    ``points`` are texts with subpoints on further lines, which may begin with «— ». Given visas are asked again.
    Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    require(by, Right.ORDERS_DRAFT)
    order = lock_draft(order)
    claim_version(order, version)
    full = Order.objects.with_requirements().get(pk=order.pk)
    composed = [*compose(full)[2], *[row for row in order.points if not row["edited"]]]
    typed = [{"text": text, "subpoints": subpoints} for text, subpoints in map(split, points) if text]
    made = mark_edits(typed, composed)
    if not made or not heading.strip():
        raise Refused("В приказе должны быть заголовок и хотя бы один пункт")
    Order.objects.filter(pk=order.pk).update(
        heading=heading.strip(),
        preamble=preamble.strip(),
        points=made,
        search=order_key(heading, made),
        series=series or order.series,
    )
    _ask_visas_again(order)
    record(order, "edit", by=by, words="текст проекта изменён")
    order.refresh_from_db()
    return order


@transaction.atomic
def recompose(order, *, by, day=None) -> Order:
    """Write the text of a draft again from its items and today's signer, with terms counted from ``day``
    (today by default).

    Given visas are asked again. Raises ``NotAllowed``, ``Refused``.
    """
    require(by, Right.ORDERS_DRAFT)
    order = lock_draft(order)
    claim_version(order, order.version)
    order.effect_from = day or timezone.localdate()
    return rewrite(order, by=by)


def rewrite(order, *, by) -> Order:
    """Compose the text of a draft again, inside the caller's transaction; given visas are asked again.

    Raises ``Refused``.
    """
    lock_draft(order)
    _name_signer(order)
    _compose(order)
    _ask_visas_again(order)
    record(order, "recompose", by=by, words="текст проекта составлен заново")
    return order


def outdated(order, context: OrderContext | None = None) -> bool:
    """Whether the composed parts of a draft would be written otherwise now: a name or a post has been corrected.

    Takes an order read with ``with_requirements()``.
    """
    return is_outdated(order.points, compose(order, context)[2])


def _name_signer(order):
    person, post = signer()
    if person and (person.pk, post) != (order.signer_id, order.signer_post):
        Order.objects.filter(pk=order.pk).update(signer=person, signer_post=post)
        order.visas.filter(person=person).delete()


@transaction.atomic
def drop_item(item: OrderItem, *, by) -> Order:
    """Take one thing out of a draft and compose the text again. Raises ``NotAllowed``, ``Refused`` for the last one."""
    require(by, Right.ORDERS_DRAFT)
    order = lock_draft(item.order)
    claim_version(order, order.version)
    kind = KINDS[order.kind]
    own = [other for other in order.items.all() if subject_name_of(other) == kind.subject.name]
    rest = [other for other in own if other != item]
    if not rest:
        raise Refused("Это единственный предмет приказа. Если приказ не нужен, удалите проект")
    item.delete()
    extra = kind.extra_subjects([other.subject for other in rest])
    for other in order.items.all():  # what came with the item goes with it
        if subject_name_of(other) != kind.subject.name and other.subject not in extra:
            other.delete()
    hold_subjects(order)
    _compose(order)
    _ask_visas_again(order)
    record(order, "drop_item", by=by, words="предмет убран из проекта")
    return order


@transaction.atomic
def discard(order, *, by, reason: str) -> None:
    """Delete a draft, so that its items can go into another order.

    Raises ``NotAllowed``; ``Refused`` without a reason.
    """
    require(by, Right.ORDERS_DRAFT)
    if not reason.strip():
        raise Refused("Напишите, почему проект не нужен")
    order = lock_draft(order)
    if order.signatures.filter(file__isnull=False).exists():
        raise Refused("К этому приказу приложена электронная подпись: удалить его нельзя")
    for signature in order.signatures.select_related("paper"):
        signature.delete()
        delete_stored(signature.paper)
    record(order, "discard", by=by, words="проект удалён", source="draft", reason=reason.strip(), heading=order.heading)
    proposals = list(order.items.filter(proposal__isnull=False).values_list("proposal", flat=True))
    release(by=order)
    order.delete()
    Proposal.objects.filter(pk__in=proposals).delete()  # they have no life besides their order


@transaction.atomic
def give_visa(visa: Visa, *, by, version: int | None = None, sent: bool = False) -> Visa:
    """Give a visa oneself, or record one given on paper (curator, clerk, director); ``sent`` when the same press sends
    the order to the pen.

    Raises ``NotAllowed``, ``Refused``, ``Already``; ``Stale`` when the text is no longer of ``version``.
    """
    own = by.person_id == visa.person_id
    if not own and not by.can(Right.ORDERS_DRAFT):
        raise NotAllowed(WHO_GIVES_VISAS)
    order = lock_draft(visa.order, version)
    if not Visa.objects.filter(pk=visa.pk, given_at__isnull=True).update(given_at=timezone.now(), given_by=by):
        raise Already("Виза уже стоит")
    record(order, "visa", by=by, words="завизирован" + ("" if own else " (виза с бумаги)"), person=visa.person_id)
    visa.refresh_from_db()
    if not order.visas.filter(given_at__isnull=True).exists():
        _tell_executor(order, "order_visaed", by=by, asks="" if sent else str(order.pk), sent=sent)
    return visa


def _tell_executor(order, name: str, *, by, **context) -> None:
    """Write to whoever composed an order: the next step is theirs again."""
    if order.executor_id and order.executor_id != by.person_id:
        role_letters.mail_person(order.executor, name, order=order, **context)


@transaction.atomic
def agree(order, *, by, rehearsed: bool = True) -> Order:
    """Finish the visas of a draft. Raises what ``perform`` raises, ``Refused`` with what registration would refuse.

    ``rehearsed`` is false where the next step of the same transaction rehearses the registration.
    """
    order = perform(order, "agree", by=by)
    if rehearsed:
        _refuse_unregistrable(order, by)
    hold_subjects(order)
    return order


@transaction.atomic
def send_to_signature(order, *, by) -> Order:
    """Freeze the facts of an agreed order and let it be printed with blank number and date.

    Raises what ``perform`` raises, ``Refused`` with what registration would refuse.

    Whoever is the head of the school on this day signs.
    """
    order = locked(order)
    if order.state == Order.State.AGREED:
        _name_signer(order)
    frozen = printing_facts.of(Order.objects.with_papers().get(pk=order.pk))
    order = perform(
        order,
        "send_to_signature",
        by=by,
        columns={"facts": frozen, "facts_sha256": sha256_of_json(frozen), "frozen_at": timezone.now()},
    )
    _refuse_unregistrable(order, by)
    order.cited_acts.set(acts_cited(frozen))
    if order.signer_id != by.person_id:
        role_letters.mail_person(order.signer, "order_to_sign", asks=str(order.pk), order=order)
    return order


def _refuse_unregistrable(order: Order, by: User) -> None:
    """Refuse a step towards the pen when registration would refuse (docs/decisions/0002)."""
    if found := rehearse(order, by=by):
        raise Refused([complaint.text for complaint in found])


@transaction.atomic
def back_to_draft(order, *, by, reason: str) -> Order:
    """Return an unsigned order to drafting with a reason; its visas are asked again. Raises what ``perform`` raises."""
    if not reason.strip():
        raise Refused("Напишите, почему приказ возвращён")
    order = perform(
        order,
        "back_to_draft",
        by=by,
        columns={"facts": None, "facts_sha256": "", "frozen_at": None},
        reason=reason.strip(),
    )
    hold_subjects(order)
    _ask_visas_again(order)
    _tell_executor(order, "order_returned", by=by, asks=str(order.pk), reason=reason.strip())
    return order
