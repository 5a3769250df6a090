"""``manage.py import_staff FILE [--commit]``: show, and with ``--commit`` write, what a staff list changes."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from mentoring_site.russian import plural, quoted
from mentoring_site.workflow import Refused
from mentoring_site.xlsx.reader import DamagedFile
from people.staff_list.checking import StaffList, read_staff_list
from people.staff_list.commit import commit as write
from people.staff_list.plan import Plan, PlannedRow, make_plan

WORDS = {
    "new": "новый",
    "changed": "изменён",
    "unchanged": "без изменений",
    "doubtful": "сомнение",
    "refused": "отказ",
    "skipped": "пропущен",
}
TOTALS = ("new", "changed", "unchanged", "doubtful", "refused")


class Command(BaseCommand):
    """Exits 0 when every row is accepted, 1 when any was doubtful or refused, 2 when the file cannot be read."""

    help = "Загрузить список сотрудников (.xlsx): показать, что изменится, и с --commit внести принятые строки"

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="ФАЙЛ", help="список сотрудников, .xlsx")
        parser.add_argument("--commit", action="store_true", help="внести принятые строки")

    def handle(self, *args, file, commit: bool, **options):
        try:
            staff_list = read_staff_list(file, timezone.localdate())
            plan = write(staff_list, by=None) if commit else make_plan(staff_list)
        except (DamagedFile, Refused) as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        self._table(plan, staff_list)
        self._told(staff_list)
        self._totals(plan, commit)
        if plan.outcome("doubtful", "refused"):
            sys.exit(1)

    def _told(self, staff_list: StaffList) -> None:
        """What is not read, and what only the page can ask."""
        for note in staff_list.notes:
            self.stdout.write(note)
        if staff_list.unread:
            self.stdout.write(f"Столбцы не читаются: {', '.join(map(quoted, staff_list.unread))}")
        if staff_list.other_sheets:
            names = ", ".join(quoted(other.sheet) for other in staff_list.other_sheets)
            self.stdout.write(f"Листы не читаются: {names}. Прочитать их можно на странице загрузки")
        for question in staff_list.questions:
            self.stdout.write(f"{question.text} Ответить можно на странице загрузки")
        for left in staff_list.ignored:
            self.stdout.write(
                f"Строка {staff_list.place(left.number)} не о человеке: {left.taken_for} {left.text}".rstrip()
            )

    def _table(self, plan: Plan, staff_list: StaffList) -> None:
        lines = [("Строка", "Ф. И. О.", "Итог", "Столбец", "Что замечено")]
        lines += [line for row in plan.rows for line in _lines(row, staff_list.place(row.number))]
        widths = [max(len(line[column]) for line in lines) for column in range(4)]
        for line in lines:
            cells = [text.ljust(width) for text, width in zip(line, widths, strict=False)]
            self.stdout.write("  ".join([*cells, line[4]]).rstrip())

    def _totals(self, plan: Plan, committed: bool) -> None:
        counts = plan.counts
        self.stdout.write("")
        self.stdout.write(", ".join(f"{WORDS[outcome]} — {counts[outcome]}" for outcome in TOTALS) + " (строк)")
        if plan.vanished:
            names = ", ".join(person.full_name for person in plan.vanished)
            self.stdout.write(f"В списке больше нет: {names}")
        people = plural(len(plan.to_write), "человек,человека,человек")
        if not plan.to_write:
            self.stdout.write("В реестре уже всё так: ничего не изменено" if committed else "Ничего не изменится")
        elif committed:
            self.stdout.write(f"Внесено: {people}")
        else:
            self.stdout.write(f"Будет внесено: {people}. Пока ничего не записано: для записи добавьте --commit")
        if plan.outcome("doubtful", "refused"):
            self.stdout.write(
                "Сомнительные и отказанные строки не вносятся: исправьте их или ответьте на странице загрузки"
            )


def _lines(row: PlannedRow, place: str) -> list[tuple[str, str, str, str, str]]:
    """Lines of the table about one row: one for each finding and change."""
    staff = row.checked.staff
    said = [(finding.column, finding.sentence) for finding in row.findings]
    said += [("", str(change)) for change in row.changes]
    first = (place, staff.full_name or "—", WORDS[row.outcome])
    rest = ("", "", "")
    return [(*(first if index == 0 else rest), *words) for index, words in enumerate(said or [("", "")])]
