"""Acts of orders: draft, edit, visa, agree, freeze for signature, register, acknowledge (п. 3.1–3.3, 6.2, 7.1)."""

import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.mail import send_template
from mentoring_site.workflow import Already, NotAllowed, Refused, claim, perform, record
from people import candidates
from people.declined import post_of
from people.heads import holder, signer
from people.models import School
from programs import completion, pairings, programmes
from reports.models import Acquaintance, NumberCounter, Order, OrderItem, Visa
from reports.orders import facts, texts
from reports.orders.appendices import concerned
from reports.workflows import kind_of
from roadmap import plans

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without signs that look alike
VISAS = {
    "appointment": ("curator", "clerk"),
    "assignment": ("curator", "clerk"),
    "programs": ("curator", "chair"),
    "roadmap": ("curator",),
    "completion": ("curator",),
}
"""Whose visas each kind of order asks for."""


def _drafts(by):
    if not by.can("orders.draft"):
        raise NotAllowed("Приказы составляют куратор, специалист по кадрам и директор")


@transaction.atomic
def draft(kind: str, items: list, *, by, request_key=None) -> Order:
    """Compose a draft from its items (candidates, pairings, programmes, completions or a roadmap), without number and date.

    An order of assignment also appoints the mentors who are not appointed yet (п. 3.2, 3.3). Returns the draft, or the
    one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` when an item stands in another live order.
    """
    _drafts(by)
    if request_key and (made := Order.objects.filter(request_key=request_key).first()):
        return made
    if not items:
        raise Refused("Выберите, о ком или о чём приказ")
    person, post = signer()
    order = Order.objects.create(
        kind=kind,
        heading=Order.Kind(kind).label,
        preamble="",
        created_by=by,
        executor=by.person,
        signer=person,
        signer_post=post,
        code="".join(secrets.choice(ALPHABET) for _ in range(10)),
        request_key=request_key,
    )
    for item in _with_appointments(kind, items):
        _add(order, item)
    for role in VISAS[kind]:
        visaing = holder(role)
        if visaing and visaing != person:
            Visa.objects.get_or_create(order=order, person=visaing, defaults={"post": _visa_post(visaing, role)})
    _compose(order)
    record(order, "draft", by=by, words="составлен проект приказа", target="draft")
    for visa in order.visas.select_related("person"):
        _write(visa.person, "order_visa", order)
    return order


def _visa_post(person, role):
    post = "председатель методического совета" if role == "chair" else post_of(person)
    return post[:1].upper() + post[1:]


def _with_appointments(kind, items):
    if kind != "assignment":
        return items
    mentors = [
        p.candidate
        for pairing in items
        for p in pairing.participations.live().select_related("candidate")
        if p.part == "mentor" and p.candidate
    ]
    return [*dict.fromkeys(c for c in mentors if c.state == "approved"), *items]


def _add(order, subject):
    kind = type(subject).__name__.lower()
    if (
        OrderItem.objects.filter(**{kind: subject}, order__state__in=["draft", "agreed", "at_signature"])
        .exclude(order=order)
        .exists()
    ):
        raise Refused(f"{subject}: уже стоит в другом приказе, который ещё не подписан")
    OrderItem.objects.create(order=order, **{kind: subject})


def _compose(order):
    full = Order.objects.with_requirements().get(pk=order.pk)
    heading, preamble, points = texts.compose(full, School.get(), holder("curator"))
    Order.objects.filter(pk=order.pk).update(heading=heading, preamble=preamble, points=points)
    order.refresh_from_db()


def _draft_only(order):
    if order.state != "draft":
        raise Refused("Правят только проект. Верните приказ в проекты: визы придётся собрать заново")


@transaction.atomic
def edit(order, *, by, version: int, heading: str, preamble: str, points: list[str]) -> Order:
    """Edit the text of a draft; a point that differs from the composed one is marked for whoever signs.

    ``points`` are texts with subpoints on lines that begin with «— ». Given visas are asked again.
    Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    _drafts(by)
    _draft_only(order)
    claim(order, version)
    full = Order.objects.with_requirements().get(pk=order.pk)
    composed = texts.compose(full, School.get(), holder("curator"))[2]
    made = []
    for text in points:
        if not text.strip():
            continue
        lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
        row = texts.point(lines[0], *[line.removeprefix("—").strip() for line in lines[1:]])
        made.append(row if row in composed else row | {"edited": True})
    Order.objects.filter(pk=order.pk).update(heading=heading.strip(), preamble=preamble.strip(), points=made)
    order.visas.filter(given_at__isnull=False).update(given_at=None, given_by=None)
    record(order, "edit", by=by, words="текст проекта изменён")
    order.refresh_from_db()
    return order


@transaction.atomic
def recompose(order, *, by) -> Order:
    """Write the text of a draft anew from its items. Raises ``NotAllowed``, ``Refused``."""
    _drafts(by)
    _draft_only(order)
    _compose(order)
    order.visas.filter(given_at__isnull=False).update(given_at=None, given_by=None)
    record(order, "recompose", by=by, words="текст проекта составлен заново")
    return order


@transaction.atomic
def give_visa(visa: Visa, *, by) -> Visa:
    """Give a visa oneself, or record one given on paper (curator, clerk, director). Raises ``NotAllowed``, ``Refused``, ``Already``."""
    if by.person_id != visa.person_id and not by.can("orders.draft"):
        raise NotAllowed("Визирует сам человек; визу с бумаги записывает куратор или специалист по кадрам")
    _draft_only(visa.order)
    if not Visa.objects.filter(pk=visa.pk, given_at__isnull=True).update(given_at=timezone.now(), given_by=by):
        raise Already("Виза уже стоит")
    own = by.person_id == visa.person_id
    record(visa.order, "visa", by=by, words="завизирован" + ("" if own else " (виза с бумаги)"), person=visa.person_id)
    visa.refresh_from_db()
    return visa


def agree(order, *, by) -> Order:
    """Finish the visas of a draft. Raises what ``perform`` raises."""
    return perform(order, "agree", by=by)


@transaction.atomic
def send_to_signature(order, *, by) -> Order:
    """Freeze the facts of an agreed order and let it be printed with blank number and date. Raises what ``perform`` raises."""
    order = Order.objects.with_requirements().get(pk=order.pk)
    frozen = facts.of(order)
    order = perform(
        order,
        "send_to_signature",
        by=by,
        columns={"facts": frozen, "facts_sha256": facts.sha256(frozen), "frozen_at": timezone.now()},
    )
    if order.signer:
        _write(order.signer, "order_to_sign", order)
    return order


@transaction.atomic
def back_to_draft(order, *, by, reason: str) -> Order:
    """Return an unsigned order to drafting with a reason; its visas are asked again. Raises what ``perform`` raises."""
    if not reason.strip():
        raise Refused("Напишите, почему приказ возвращён")
    order = perform(
        order, "back_to_draft", by=by, columns={"facts": None, "facts_sha256": "", "frozen_at": None}, reason=reason
    )
    order.visas.filter(given_at__isnull=False).update(given_at=None, given_by=None)
    return order


def suggest_number(series: str, year: int) -> int:
    """Return the next number of a series in a calendar year."""
    counter = NumberCounter.objects.filter(series=series, year=year).first()
    return (counter.last if counter else 0) + 1


@transaction.atomic
def register(
    order, *, by, number: int, date, effective_on=None, suffix: str | None = None, gap_reason: str = "", scan=None
) -> Order:
    """Register a signed order and enact all its items in one transaction; a second press changes nothing.

    ``number`` is unique per year of ``date`` and series; a skipped number needs ``gap_reason``. Raises ``NotAllowed``,
    ``Already``; ``Refused`` for a taken number, a gap without a reason, a future date, a date before a cited paper, or
    when an item cannot be enacted. The final PDF is rendered after the commit.
    """
    if not by.can("orders.register"):
        raise NotAllowed("Регистрируют приказ специалист по кадрам, куратор или директор")
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.state == "registered":
        raise Already(f"{order} уже зарегистрирован")
    if order.state != "at_signature":
        raise Refused("Регистрируют подписанный приказ: сначала передайте его на подпись")
    effective_on = effective_on or date
    _check_dates(order, date, effective_on)
    _take_number(order.series, number, date.year, gap_reason)
    school = School.get()
    suffix = (school.main_suffix if order.series == "main" else school.staff_suffix) if suffix is None else suffix
    final = facts.registered(order, number=f"{number}{suffix}", date=date)
    try:
        order = perform(
            order,
            "register",
            by=by,
            number=number,
            columns={
                "number": number,
                "suffix": suffix,
                "date": date,
                "year": date.year,
                "effective_on": effective_on,
                "gap_reason": gap_reason.strip(),
                "registered_at": timezone.now(),
                "registered_by": by,
                "scan": scan,
                "facts": final,
                "facts_sha256": facts.sha256(final),
            },
        )
    except IntegrityError as error:
        raise Refused(f"Номер {number} в {date.year} году уже занят другим приказом") from error
    _enact(order, by=by)
    _acquaint_concerned(order)
    transaction.on_commit(lambda: _print_later(order.pk))
    return order


def _check_dates(order, date, effective_on):
    if date > timezone.localdate():
        raise Refused("Дата приказа — день подписания, она не может быть в будущем")
    if effective_on < date:
        raise Refused("Приказ не может действовать раньше своей даты")
    if early := facts.too_early(order.facts, date):
        raise Refused(early)


def _take_number(series, number, year, gap_reason):
    counter, _ = NumberCounter.objects.select_for_update().get_or_create(series=series, year=year)
    if taken := Order.objects.filter(series=series, year=year, number=number).first():
        raise Refused(f"Номер {number} уже занят: {taken} «{taken.heading}»")
    if number > counter.last + 1 and not gap_reason.strip():
        skipped = f"{counter.last + 1}–{number - 1}" if number > counter.last + 2 else str(number - 1)
        raise Refused(f"Пропущены номера: {skipped}. Напишите, почему (например, их заняли другие приказы школы)")
    if number > counter.last:
        NumberCounter.objects.filter(pk=counter.pk).update(last=number)


def _enact(order, *, by):
    """Let every item take effect: appointments first, because pairs need appointed mentors."""
    number = order.full_number
    items = order.items.select_related("candidate", "pairing", "program", "completion", "roadmap")
    for item in sorted(items, key=lambda i: kind_of(i) != "candidate"):
        subject = getattr(item, kind_of(item))
        if item.candidate_id:
            candidates.appoint(subject, by=by, number=number, date=order.date)
        elif item.pairing_id:
            pairings.assign(subject, by=by, number=number, date=order.date, on=order.effective_on)
        elif item.program_id:
            programmes.approve(subject, by=by, number=number, date=order.date, on=order.effective_on)
        elif item.completion_id:
            completion.register(subject, by=by, number=number, date=order.date, on=order.effective_on)
        else:
            plans.approve(subject, by=by, number=number, date=order.date)


def _acquaint_concerned(order):
    full = Order.objects.with_requirements().get(pk=order.pk)
    posts = {row["name"]: row["post"] for row in order.facts["acquaintance"]}
    for person in concerned(full):
        Acquaintance.objects.get_or_create(
            order=order, person=person, defaults={"post": posts.get(person.full_name, "")}
        )
        _write(person, "order_registered", order)


def _print_later(pk):
    from reports.orders.printing import print_order

    print_order.enqueue(pk)


@transaction.atomic
def attach_scan(order, scan, *, by) -> Order:
    """Attach the scan of a registered order once. Raises ``NotAllowed``, ``Already``, ``Refused``."""
    if not by.can("orders.register"):
        raise NotAllowed("Скан прикладывает тот, кто регистрирует приказы")
    if order.state != "registered":
        raise Refused("Скан прикладывают к зарегистрированному приказу")
    if not Order.objects.filter(pk=order.pk, scan__isnull=True).update(scan=scan):
        raise Already("Скан уже приложен")
    record(order, "scan", by=by, words="приложен скан подписанного приказа", file=scan.pk)
    order.refresh_from_db()
    return order


@transaction.atomic
def acquaint(acquaintance: Acquaintance, *, by, on_paper: bool = False) -> Acquaintance:
    """Acknowledge an order in the application, or record a signature on the sheet. Raises ``NotAllowed``, ``Already``."""
    own = by.person_id == acquaintance.person_id
    if not own and not (on_paper and by.can("orders.register")):
        raise NotAllowed("Знакомится с приказом сам человек; подпись на листе записывает специалист по кадрам")
    moved = Acquaintance.objects.filter(pk=acquaintance.pk, read_at__isnull=True).update(
        read_at=timezone.now(), on_paper=on_paper, recorded_by=by
    )
    if not moved:
        raise Already("Ознакомление уже записано")
    record(
        acquaintance.order,
        "acquaint",
        by=by,
        words="ознакомление" + (" по подписи на листе" if on_paper else ""),
        person=acquaintance.person_id,
    )
    acquaintance.refresh_from_db()
    return acquaintance


def _write(person, name: str, order):
    if person.email:
        send_template(name, to=person.email, context={"person": person, "order": order}, person_id=person.pk)
