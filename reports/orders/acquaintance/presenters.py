"""The sheet of acquaintance on the page of an order and of a local act."""

from dataclasses import dataclass

from django.urls import reverse

from mentoring_site.russian import NBSP, ruday, upper_first
from people.accounts.models import User
from people.language.names import agree
from people.rights import Right
from reports.orders.acquaintance.acts import Paper, SheetLine, school_signs_here, signature_numbers

READ_AND_SIGN = "Прочитайте его и подтвердите ознакомление паролем."
READ_AND_MARK = (
    "Прочитайте его и отметьте, что ознакомились. Отметка не заменяет подписи: распишитесь и на листе ознакомления."
)
"""What a mark in the application is worth in a school without and with a local act on signing here."""


@dataclass(frozen=True)
class ReaderRow:
    """One line: who, whether read and how, and addresses of the small acts on it that are the user's."""

    person: str
    post: str
    state: str
    sheet_url: str
    remind_url: str
    protocol_url: str
    has_read: bool


@dataclass(frozen=True)
class SheetNames:
    """Names of the addresses that belong to the sheet of one type of paper, without ``reports:``."""

    read: str
    mark: str
    remind: str
    remind_all: str
    pdf: str


SHORT = 10
"""Lines of a sheet that stand open."""
ORDER_SHEET = SheetNames(
    "acquaintance_read", "acquaintance_sheet", "acquaintance_remind", "order_remind", "order_sheet"
)


@dataclass(frozen=True)
class SheetView:
    """The sheet as the user sees it, for ``reports/orders/parts/order_readers.html``.

    ``read_url``, ``read_note`` and ``read_word`` are the user's own acknowledgement while it is awaited.
    """

    rows: list[ReaderRow]
    title: str
    read_url: str
    read_note: str
    read_word: str
    remind_all_url: str
    pdf_url: str

    @property
    def parts(self) -> list[tuple[str, list[ReaderRow]]]:
        """The lines of a long sheet under their words, who has not read it first; a short one is a whole."""
        if len(self.rows) <= SHORT:
            return [("", self.rows)]
        waiting, done = ([row for row in self.rows if row.has_read is read] for read in (False, True))
        return [(words, rows) for words, rows in (("Ещё не ознакомлены", waiting), ("Ознакомлены", done)) if rows]


def lines_of(paper: Paper) -> list:
    """Return the lines of a sheet with what is shown of them."""
    return list(paper.sheet_lines.select_related("person"))


def sheet_view(paper: Paper, everybody: list, user: User, names: SheetNames, read_of: str = "") -> SheetView:
    """Return the sheet: everybody for those who keep orders, one's own line for others; ``everybody`` are its lines.

    ``read_of`` begins the words of the button: «С приказом» of «С приказом ознакомлена».
    """
    registers, sees_all = user.can(Right.ORDERS_REGISTER), user.can(Right.ORDERS_SEE_ALL)
    signatures = signature_numbers(everybody)
    mine = next((a for a in everybody if a.person_id == user.person_id and a.read_at is None), None)
    done = sum(a.read_at is not None for a in everybody)
    return SheetView(
        rows=[
            _row(a, user, registers, names, signatures.get(a.pk))
            for a in everybody
            if registers or sees_all or a.person_id == user.person_id
        ],
        title=f"Ознакомлены {done} из{NBSP}{len(everybody)}",
        read_url=reverse(f"reports:{names.read}", args=[mine.pk]) if mine else "",
        read_note=(READ_AND_SIGN if school_signs_here() else READ_AND_MARK) if mine else "",
        read_word=upper_first(f"{read_of} {agree(user.person.gender, 'ознакомлен')}".strip()),
        remind_all_url=reverse(f"reports:{names.remind_all}", args=[paper.pk])
        if registers and done < len(everybody)
        else "",
        pdf_url=reverse(f"reports:{names.pdf}", args=[paper.pk]) if everybody and sees_all else "",
    )


def _row(line: SheetLine, user: User, registers: bool, names: SheetNames, signature: int | None) -> ReaderRow:
    state = agree(line.person.gender, "ещё не ознакомлен")
    if line.read_at:
        how = "подпись на листе записана" if line.on_paper else agree(line.person.gender, "ознакомлен")
        state = f"{how} {ruday(line.read_at)}" + (", простой электронной подписью" if signature else "")
    own = line.person_id == user.person_id
    waits = registers and line.read_at is None and not own
    marked = registers and line.read_at is not None and not line.on_paper and signature is None
    return ReaderRow(
        person=line.person.full_name,
        post=line.post,
        state=state,
        sheet_url=reverse(f"reports:{names.mark}", args=[line.pk]) if waits or marked else "",
        remind_url=reverse(f"reports:{names.remind}", args=[line.pk]) if waits else "",
        protocol_url=reverse("reports:protocol", args=[signature]) if signature and (registers or own) else "",
        has_read=line.read_at is not None,
    )
