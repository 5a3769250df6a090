"""Who has read an order or a local act, on paper or in the application, and reminders about visas and
reading (ТК 22, 68).
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from mentoring_site.models import Act, SimpleSignature
from mentoring_site.russian import quoted, rushort
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from people.accounts import signatures
from people.rights import Right
from people.roles import letters as role_letters
from people.school.models import School
from reports.documents.local_acts.models import ActReader, LocalAct
from reports.orders.models import Acquaintance, Order, Visa


def paper_of(row):
    """Return what a line of a sheet is about: an order or a local act."""
    return row.act if isinstance(row, ActReader) else row.order


def lines_of(paper):
    """Return the lines of the sheet of an order or of a local act."""
    return paper.readers if isinstance(paper, LocalAct) else paper.acquaintances


@transaction.atomic
def acquaint(row: Acquaintance | ActReader, *, by, on_paper: bool = False) -> Acquaintance | ActReader:
    """Acknowledge a paper in the application, or record a signature on the sheet. Raises ``NotAllowed``, ``Already``.

    A signature on the sheet may also follow a mark in the application that is no electronic signature.
    """
    own = by.person_id == row.person_id
    if not own and not (on_paper and by.can(Right.ORDERS_REGISTER)):
        raise NotAllowed("Знакомится с приказом сам человек; подпись на листе записывает специалист по кадрам")
    if row.read_at and on_paper and not row.on_paper and not signed(row):
        return _sheet_after_mark(row, by)
    moved = (
        type(row)
        .objects.filter(pk=row.pk, read_at__isnull=True)
        .update(read_at=timezone.now(), on_paper=on_paper, recorded_by=by)
    )
    if not moved:
        raise Already("Ознакомление уже записано")
    what = "ознакомление с локальным актом" if isinstance(row, ActReader) else "ознакомление с приказом"
    words = "записана подпись на листе ознакомления" if on_paper else what
    record(paper_of(row), "acquaint", by=by, words=words, person=row.person_id)
    row.refresh_from_db()
    return row


def _sheet_after_mark(row, by):
    type(row).objects.filter(pk=row.pk).update(on_paper=True, recorded_by=by)
    record(paper_of(row), "acquaint", by=by, words="записана подпись на листе ознакомления", person=row.person_id)
    row.refresh_from_db()
    return row


def signed(row) -> bool:
    """Whether the line was confirmed by a simple electronic signature."""
    return SimpleSignature.objects.about(row).exists()


def signed_lines(rows) -> dict[int, int]:
    """Return line -> number of the simple electronic signature by which it was confirmed; one query."""
    return {s.object_id: s.pk for s in SimpleSignature.objects.about_all(rows)}


def signs_here() -> bool:
    """Whether the school has recorded the local act by which people sign here (docs/law.md#signatures)."""
    return not signatures.refusal("acquaintance", School.get())


def acquaint_signed(row, *, by, password: str, address: str | None) -> SimpleSignature:
    """Acknowledge a paper by a simple electronic signature. Raises what ``signatures.sign`` and ``acquaint`` raise."""
    if by.person_id != row.person_id:
        raise NotAllowed("Знакомится с документом сам человек")
    if row.read_at:
        raise Already("Ознакомление уже записано")
    title, text = words_of(row)
    return signatures.sign(
        "acquaintance",
        row,
        user=by,
        password=password,
        title=title,
        text=text,
        address=address,
        act=lambda: acquaint(row, by=by),
    )


def words_of(row) -> tuple[str, str]:
    """Return the title and the exact text that a reader signs: the declaration, then the paper itself or its hash."""
    paper, person = paper_of(row), row.person
    done = "ознакомлена" if person.gender == "f" else "ознакомлен"
    who = f"Я, {person.full_name}{f', {row.post}' if row.post else ''},"
    if isinstance(paper, LocalAct):
        title = f"{paper.title} ({paper.basis})"
        return (
            title,
            (
                f"{who} {done} с {paper.instrumental} ({paper.basis}).\n\nФайл акта: {paper.file.name}, SHA-256"
                f" {paper.file.sha256}"
            ),
        )
    title = f"Приказ от {rushort(paper.date)} № {paper.full_number} {quoted(paper.heading)}"
    points = []
    for number, point in enumerate(paper.points, 1):
        points += [f"{number}. {point['text']}", *[f"{number}.{n}. {s}" for n, s in enumerate(point["subpoints"], 1)]]
    head = f"{who} {done} с приказом от {rushort(paper.date)} № {paper.full_number} {quoted(paper.heading)}."
    return title, "\n".join([head, "", paper.preamble, "ПРИКАЗЫВАЮ:", *points])


@transaction.atomic
def remind(about: Visa | Acquaintance | ActReader, *, by) -> None:
    """Remind somebody of a visa or of reading by letter, at most once a day.

    Raises ``NotAllowed``, ``Already``, ``Refused``.
    """
    if not by.can(Right.ORDERS_DRAFT):
        raise NotAllowed("Напоминает куратор, специалист по кадрам или директор")
    found = paper_of(about)
    paper = type(found).objects.select_for_update().get(pk=found.pk)
    visa = isinstance(about, Visa)
    if (about.given_at if visa else about.read_at) or (visa and paper.state != "draft"):
        raise Refused("Напоминать уже не о чем")
    if about.person_id in _reminded(paper):
        raise Already("Сегодня об этом уже напоминали")
    _remind(about, paper, by)


@transaction.atomic
def remind_all(paper: Order | LocalAct, *, by) -> int:
    """Remind everybody who has not read a paper, each at most once a day; returns how many letters were written.

    Raises ``NotAllowed``; ``Refused`` when all have read it, ``Already`` when everybody was reminded today.
    """
    if not by.can(Right.ORDERS_DRAFT):
        raise NotAllowed("Напоминает куратор, специалист по кадрам или директор")
    paper = type(paper).objects.select_for_update().get(pk=paper.pk)
    rows = list(lines_of(paper).filter(read_at__isnull=True).select_related("person__user"))
    if not rows:
        raise Refused("Напоминать уже не о чем: все ознакомлены")
    today = _reminded(paper)
    rows = [row for row in rows if row.person_id not in today and row.person_id != by.person_id]
    if not rows:
        raise Already("Сегодня об этом уже напоминали. Следующий раз — завтра")
    for row in rows:
        _remind(row, paper, by)
    return len(rows)


def _reminded(paper) -> set[int]:
    """Return who was reminded about a paper within a day."""
    day_ago = timezone.now() - timedelta(days=1)
    acts = Act.objects.about(paper).filter(verb="remind", at__gte=day_ago)
    return set(acts.values_list("facts__person", flat=True))


def _remind(about, paper, by):
    if isinstance(about, ActReader):
        role_letters.mail_person(about.person, "act_to_read", local_act=paper)
    else:
        role_letters.mail_person(
            about.person, "order_visa" if isinstance(about, Visa) else "order_registered", order=paper, concerned=True
        )
    what = "виза" if isinstance(about, Visa) else "ознакомление"
    record(paper, "remind", by=by, words=f"отправлено напоминание: {what}", person=about.person_id)


def sheet(paper) -> dict:
    """Return the facts of ``documents/acquaintance.html``: for an order and for a local act alike."""
    school = School.get()
    rows = list(lines_of(paper).select_related("person"))
    if isinstance(paper, LocalAct):
        title, basis = paper.instrumental, paper.basis
    else:
        title, basis = f"приказом от {rushort(paper.date)} № {paper.full_number} {quoted(paper.heading)}", ""
    return {
        "school": {"short_name": school.organisation.short_name},
        "title": title,
        "basis": basis,
        "people": [
            {"name": r.person.full_name, "post": r.post, "mark": mark}
            for r, mark in zip(rows, _marks(rows), strict=True)
        ],
    }


def _marks(rows) -> list[str]:
    """Return what stands in place of a live signature: only a confirmation by a simple electronic signature does."""
    found = {s.object_id: s for s in SimpleSignature.objects.about_all(rows)}
    return [
        (
            f"Подтверждено в информационной системе (простая электронная подпись) {rushort(found[r.pk].at)}, запись №"
            f" {found[r.pk].pk}"
            if r.pk in found
            else ""
        )
        for r in rows
    ]
