"""Who has read an order or a local act, on paper or in the application (ТК 22, 68).

A sheet of acquaintance has a line for each person concerned. Orders have their own lines (``Acquaintance``), local acts
theirs (``ActReader``); both, and both papers, offer what ``SheetLine`` and ``Paper`` name.
"""

from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from mentoring_site.models import SimpleSignature
from mentoring_site.rights import require
from mentoring_site.russian import rushort
from mentoring_site.workflow import Already, NotAllowed, record
from people.accounts import signatures
from people.accounts.models import User
from people.language.names import agree
from people.rights import Right
from people.roles import letterhead
from people.school.models import School

THE_PERSON = "сам человек"


class Paper(Protocol):
    """What people acknowledge: an order or a local act."""

    pk: Any

    @property
    def full_title(self) -> str: ...  # «Приказ от 02.09.2026 № 41-од «О закреплении …»»

    @property
    def sheet_title(self) -> str: ...  # with what people are acquainted: «приказом от …»

    @property
    def sheet_basis(self) -> str: ...  # «утверждено приказом от …», empty for an order

    @property
    def signed_content(self) -> str: ...  # what stands for the paper in the text that a reader signs

    @property
    def sheet_lines(self) -> Any: ...  # the related manager of the lines


class SheetLine(Protocol):
    """One person on the sheet of a paper."""

    pk: Any
    person: Any
    person_id: int
    post: str
    read_at: Any
    on_paper: bool

    @property
    def paper(self) -> Any: ...

    @property
    def history_words(self) -> str: ...  # «ознакомление с приказом»

    def refresh_from_db(self) -> None: ...


@transaction.atomic
def acquaint(line: SheetLine, *, by: User, on_paper: bool = False) -> SheetLine:
    """Acknowledge a paper in the application, or record a signature on the sheet. Raises ``NotAllowed``, ``Already``.

    A signature on the sheet may also follow a mark in the application that is no electronic signature.
    """
    own = by.person_id == line.person_id
    if not own and not on_paper:
        raise NotAllowed("В системе знакомится с документом только сам человек")
    require(by, Right.ORDERS_REGISTER, unless=own, also=THE_PERSON, act="отметить ознакомление")
    lines = type(line).objects.filter(pk=line.pk)  # type: ignore[attr-defined]
    now = lines.select_for_update().get()
    if now.read_at and on_paper and not now.on_paper and not is_signed(line):
        lines.update(on_paper=True, recorded_by=by)
    elif not lines.filter(read_at__isnull=True).update(read_at=timezone.now(), on_paper=on_paper, recorded_by=by):
        raise Already("Ознакомление уже записано")
    words = "записана подпись на листе ознакомления" if on_paper else line.history_words
    record(line.paper, "acquaint", by=by, words=words, person=line.person_id)
    line.refresh_from_db()
    return line


def is_signed(line: SheetLine) -> bool:
    """Whether the line was confirmed by a simple electronic signature."""
    return SimpleSignature.objects.about(line).exists()


def signature_numbers(lines: list) -> dict[int, int]:
    """Return line pk -> number of the simple electronic signature by which it was confirmed; one query."""
    return {s.object_id: s.pk for s in SimpleSignature.objects.about_all(lines)}


def school_signs_here() -> bool:
    """Whether the school has recorded the local act by which people sign here (docs/law.md#signatures)."""
    return not signatures.refusal("acquaintance", School.get())


def acquaint_signed(line: SheetLine, *, by: User, password: str, address: str | None) -> SimpleSignature:
    """Acknowledge a paper by a simple electronic signature. Raises what ``signatures.sign`` and ``acquaint`` raise."""
    if by.person_id != line.person_id:
        raise NotAllowed("Знакомится с документом сам человек")
    if line.read_at:
        raise Already("Ознакомление уже записано")
    return signatures.sign(
        "acquaintance",
        line,
        user=by,
        password=password,
        title=line.paper.full_title,
        text=declaration(line),
        address=address,
        act=lambda: acquaint(line, by=by),
    )


def declaration(line: SheetLine) -> str:
    """Return the exact text that a reader signs: the declaration, then the paper itself or the hash of its file."""
    paper, person = line.paper, line.person
    who = f"Я, {person.full_name}{f', {line.post}' if line.post else ''},"
    read = agree(person.gender, "ознакомлен")
    basis = f" ({paper.sheet_basis})" if paper.sheet_basis else ""
    return f"{who} {read} с {paper.sheet_title}{basis}.\n\n{paper.signed_content}"


def sheet(paper: Paper) -> dict:
    """Return the facts of ``documents/acquaintance.html``: for an order and for a local act alike."""
    lines = list(paper.sheet_lines.select_related("person"))
    found = {s.object_id: s for s in SimpleSignature.objects.about_all(lines)}
    return {
        "school": letterhead.school_facts(),
        "title": paper.sheet_title,
        "basis": paper.sheet_basis,
        "people": [
            {"name": line.person.full_name, "post": line.post, "mark": _mark(found.get(line.pk))} for line in lines
        ],
    }


def _mark(signature: SimpleSignature | None) -> str:
    """Return what stands in place of a live signature: only a confirmation by a simple electronic signature does."""
    if signature is None:
        return ""
    return (
        "Подтверждено в информационной системе (простая электронная подпись)"
        f" {rushort(signature.at)}, запись № {signature.pk}"
    )
