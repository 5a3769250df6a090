"""Acts over many papers that people have to read: reminders, sheets printed, signatures recorded (ТК 22, 68)."""

from uuid import UUID

from mentoring_site.pdf.printing import printed
from mentoring_site.russian import joined, plural
from mentoring_site.ui.bulk_act import BulkAct, Chosen
from mentoring_site.workflow import Already
from people.accounts.models import User
from people.rights import Right
from reports.documents.acquaintance.papers import ReadPaper, unread_lines
from reports.orders.acquaintance import acts, reminders
from reports.orders.bulk import letters_of

PAPERS = "документ,документа,документов"
ALL_HAVE_READ = "все уже ознакомлены"


def _chosen(one: ReadPaper, note: str, *reasons: str, letters: int = 1) -> Chosen:
    return Chosen(one, one.paper.full_title, one.paper.get_absolute_url(), note, reasons, letters=letters)


def _to_remind(papers: list[ReadPaper], by: User) -> list[Chosen]:
    """Say of each paper how many letters go out, or why none."""
    unread = unread_lines(papers)
    orders = [one.paper for one in papers if one.is_order]
    local_acts = [one.paper for one in papers if not one.is_order]
    reminded = {True: reminders.reminded_about(orders), False: reminders.reminded_about(local_acts)}
    found = []
    for one in papers:
        before = reminded[one.is_order].get(one.paper.pk, set())
        written, why = reminders.divided(unread.get(one.pk, []), before, by)
        reasons = () if written else (why or ALL_HAVE_READ,)
        found.append(_chosen(one, _names(written), *reasons, letters=len(written)))
    return found


def _names(lines: list) -> str:
    names = [line.person.short_name for line in lines]
    return joined(names if len(names) <= 5 else [*names[:4], f"ещё {len(names) - 4}"])


def _remind(one: ReadPaper, *, by: User, key: UUID) -> int:
    return reminders.remind_all(one.paper, by=by)


def _to_print(papers: list[ReadPaper], by: User) -> list[Chosen]:
    return [_chosen(one, f"{one.have_read} из\N{NO-BREAK SPACE}{one.people} ознакомлены") for one in papers]


def _sheet(one: ReadPaper, *, by: User, key: UUID) -> tuple[str, dict]:
    return "documents/acquaintance.html", acts.sheet(one.paper)


def _to_record(papers: list[ReadPaper], by: User) -> list[Chosen]:
    """Say of each paper whose signatures will be recorded."""
    unread = unread_lines(papers)
    found = []
    for one in papers:
        lines = unread.get(one.pk, [])
        note = f"{plural(len(lines), 'подпись,подписи,подписей')}: {_names(lines)}" if lines else ""
        found.append(_chosen(one, note, *(() if lines else (ALL_HAVE_READ,))))
    return found


def _record(one: ReadPaper, *, by: User, key: UUID) -> int:
    """Record that everybody who had not read a paper has signed its sheet; whoever has read it meanwhile is left."""
    recorded = 0
    for line in one.paper.sheet_lines.filter(read_at__isnull=True).select_related("person"):
        try:
            acts.acquaint(line, by=by, on_paper=True)
            recorded += 1
        except Already:
            continue
    if not recorded:
        raise Already("Все уже ознакомлены")
    return recorded


REMIND, PRINT, RECORD = BULK = (
    BulkAct(
        "Напомнить",
        "reports:acquaintance_remind_many",
        Right.ORDERS_DRAFT,
        PAPERS,
        "Напоминания написаны",
        _to_remind,
        _remind,
        heading="Напомнить тем, кто не ознакомлен",
        submit="Написать",
        consequences=letters_of,
    ),
    BulkAct(
        "Напечатать листы",
        "reports:acquaintance_print",
        Right.ORDERS_SEE_ALL,
        "лист,листа,листов",
        "Напечатаны листы ознакомления",
        _to_print,
        _sheet,
        heading="Напечатать листы ознакомления",
        consequences=lambda ready, by: ["Все листы откроются одним файлом PDF. Ничего не записывается."],
        finish=lambda papers, by: printed(papers, "Листы ознакомления"),
        repeatable=True,
    ),
    BulkAct(
        "Записать подписи с листов",
        "reports:acquaintance_record",
        Right.ORDERS_REGISTER,
        PAPERS,
        "Подписи на листах записаны",
        _to_record,
        _record,
        heading="Записать подписи на листах ознакомления",
        submit="Все расписались, записать",
        consequences=lambda ready, by: [
            "На каждом из этих листов расписались все, кого он касается: подписанные листы должны лежать у Вас.",
            "Если кто-то ещё не расписался, снимите отметку с документа и запишите подписи на его странице.",
        ],
    ),
)
