"""The dry run: rows of pairs and programs decided against what is here; a handful of queries for any number of rows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from mentoring_site.paper_numbers import number_key
from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import joined, plural, quoted, ruday
from people.banks.models import Candidate, Topic
from people.consents.models import DUTIES, PROCESSING, Consent
from people.language.name_text import search_key
from people.register.models import Person
from people.roles.holders import holder
from programs.catalogs.models import MentoringForm, MentoringKind
from programs.pairings.models import Pairing, Participation
from programs.paper_entry.acts import (
    Paper,
    PaperProgram,
    World,
    end_of,
    pair_complaints,
    people_complaints,
    program_complaints,
)
from programs.program.states import LIVE
from reports.past.choices import ENDED, REASONS, RUNNING, STATES, chosen_from, code_of
from reports.past.names import Names
from reports.past.plan import (
    ConsentPaper,
    PairRow,
    Plan,
    ProgramRow,
    Question,
    confirm_doubts,
    place,
)
from reports.past.planning_orders import OrdersPlan, years_of
from reports.past.sheets import RawBook, RawRow, names_in

MANY = 5  # mentees of one mentor at a time that are taken for a slip of the pen
MENTEES = "наставляемый,наставляемых,наставляемых"
PairKey = tuple[int, frozenset[int], date, str]


def make_plan(raw: RawBook, answers: Mapping[str, str]) -> Plan:
    """Return what the rows of a book would do now, with these answers to its doubts."""
    every = [row for rows in raw.rows.values() for row in rows]
    names = Names()
    orders = OrdersPlan(raw.rows["orders"], answers, names, years_of(every))
    pairs = _Pairs(raw.rows["pairs"], answers, names, orders)
    programs = _Programs(raw.rows["programs"], answers, names, orders, pairs)
    for pair in pairs.rows:  # the end of a pair depends on its programs
        pairs.conclude(pair)
    programs.conclude()
    return Plan(raw, orders.rows, pairs.rows, programs.rows)


class _Pairs:
    """Decides the rows of pairs."""

    def __init__(self, rows: list[RawRow], answers: Mapping[str, str], names: Names, orders: OrdersPlan):
        self._orders = orders
        self._topics = {topic.pk: topic for topic in Topic.objects.filter(is_open=True)}
        self.rows = [self._people(raw, answers, names) for raw in rows]
        people = {person.pk: person for row in self.rows for person in [row.mentor, *row.mentees] if person}
        self._world = World.of(people.values())
        self._led = _led(people)
        self._capacity = dict(
            Candidate.objects.filter(
                person__in=people, part="mentor", state__in=Candidate.STANDING_STATES, capacity_persons__isnull=False
            ).values_list("person", "capacity_persons")
        )
        self._consents = {
            (person, purpose, part, matter)
            for person, purpose, part, matter in Consent.objects.live()
            .filter(person__in=people)
            .order_by()
            .values_list("person", "purpose", "part", "matter")
        }
        self.known = known_pairings(people)
        self._seen: dict[PairKey, PairRow] = {}
        self._engaged: dict[int, PairRow] = {}
        self._codes: dict[str, PairRow] = {}
        for row in self.rows:
            self._decide(row)

    def _people(self, raw: RawRow, answers: Mapping[str, str], names: Names) -> PairRow:
        row = PairRow(raw, answers)
        confirm_doubts([row])
        mentor, mentees = raw.values["mentor"], names_in(raw.values["mentees"])
        row.name = f"{mentor or '—'} — {joined(mentees) or '—'}"
        if mentor:
            row.mentor = row.take_person(mentor, names, "Наставник")
        found = [row.take_person(name, names, "Наставляемый") for name in mentees]
        row.mentees = [person for person in found if person]
        return row

    def _decide(self, row: PairRow) -> None:
        values = row.raw.values
        if code := search_key(values["code"]):
            if earlier := self._codes.get(code):
                row.wrong.append(f"№ пары {values['code']} уже стоит в строке {earlier.raw.number}")
            self._codes.setdefault(code, row)
        self._take_topics(row)
        if row.wrong:
            return
        paper = Paper(values["order_number"], values["order_date"])
        row.order = self._orders.find(row, paper, "assignment", "Приказ о закреплении")
        if values["since"] < values["order_date"]:
            row.confirm("early", "Работают вместе раньше, чем подписан приказ о закреплении")
        if row.mentor and len(row.mentees) == len(names_in(values["mentees"])):
            mentees = frozenset(person.pk for person in row.mentees)
            self._compare(row, (row.mentor.pk, mentees, paper.day, number_key(paper.number)))
        if not row.wrong:
            self._take_consents(row)

    def _take_topics(self, row: PairRow) -> None:
        names = {str(pk): topic.name for pk, topic in self._topics.items()}
        for text in names_in(row.raw.values["topics"]):
            if code := code_of(text, names):
                row.topics.append(self._topics[int(code)])
            else:
                row.wrong.append(f"Темы: {quoted(text)} нет в списке тем")

    def _compare(self, row: PairRow, key: Any) -> None:
        if earlier := self._seen.get(key):
            row.wrong.append(f"Та же пара с тем же приказом уже стоит в строке {earlier.raw.number}")
            return
        self._seen[key] = row
        row.known = self.known.get(key)
        known, minutes = row.known, row.minutes
        if known is None:
            return
        row.questions = _about_people(row)
        if minutes.number and not known.minutes_number and known.from_paper:
            row.changes.append(f"протокол {PaperRef(minutes.number, minutes.day)}")
        elif minutes.number and (known.minutes_number, known.minutes_date) != (minutes.number, minutes.day):
            row.notes.append("Протокол здесь записан другой, он не изменится")
        if row.ended_on and known.state == Pairing.State.ASSIGNED:
            row.notes.append("Здесь пара работает: её заканчивают приказом, не загрузкой")

    def _take_consents(self, row: PairRow) -> None:
        """Match dates with people; what is recorded here already is not recorded again (152-ФЗ, ст. 9)."""
        today = timezone.localdate()
        matter = row.known.uuid if row.known else None
        sides: tuple[tuple[str, list[Person]], ...] = (
            ("mentor", [row.mentor] if row.mentor else []),
            ("mentee", row.mentees),
        )
        for part, people in sides:
            for purpose, column in ((PROCESSING, f"{part}_processing"), (DUTIES, f"{part}_duties")):
                days = row.raw.values[column]
                if len(days) > 1 and len(days) != len(people):
                    row.wrong.append(f"{_column(row, column)}: дат {len(days)}, а людей {len(people)}")
                    continue
                for n, person in enumerate(people if days else ()):
                    given = days[n] if len(days) > 1 else days[0]
                    if given > today:
                        row.wrong.append(f"{_column(row, column)}: этот день ещё не наступил")
                    elif person.birth_date and given < person.birth_date:
                        row.wrong.append(f"{_column(row, column)}: раньше дня рождения, {person.short_name}")
                    elif not self._is_recorded(person, purpose, part, matter):
                        paper = ConsentPaper(person, purpose, given, part if purpose == DUTIES else "")
                        row.consents.append(paper)
        if row.known is not None and row.consents:
            whose = joined(dict.fromkeys(paper.person.short_name for paper in row.consents))
            row.changes.append(f"согласия на бумаге: {whose}")

    def _is_recorded(self, person: Person, purpose: str, part: str, matter: Any) -> bool:
        if purpose == PROCESSING:
            return (person.pk, PROCESSING, "", None) in self._consents
        return matter is not None and (person.pk, DUTIES, part, matter) in self._consents

    def row_of(self, code: str) -> PairRow | None:
        """Return the row with this number of a pair."""
        return self._codes.get(search_key(code))

    def conclude(self, row: PairRow) -> None:
        """Decide what depends on the programs of the pair: whether it goes on, and what stands against that."""
        if row.wrong or row.known is not None or row.mentor is None:
            return
        papers = [program.paper for program in row.programs if program.paper and not program.wrong]
        ended = row.ended_on or end_of(papers)
        values = row.raw.values
        paper = Paper(values["order_number"], values["order_date"])
        row.wrong.extend(pair_complaints(paper, row.minutes, values["since"], ended))
        if not row.open_questions:
            row.wrong.extend(people_complaints(row.mentor, row.mentees, self._world, finished=ended is not None))
        if row.ended_on and not papers and not values["end_reason"]:
            row.confirm("why", "Пара прекращена, а почему — не указано")
        if ended:
            if any(consent.purpose == DUTIES for consent in row.consents):
                row.notes.append("Пара уже закончена: согласия на её обязанности не записываются")
            row.consents = [consent for consent in row.consents if consent.purpose != DUTIES]
        elif not row.wrong:
            self._goes_on(row)

    def _goes_on(self, row: PairRow) -> None:
        """Check what a pair at work needs: nobody in two pairs, room at the mentor, consents to processing."""
        assert row.mentor is not None
        for person in row.mentees:
            if earlier := self._engaged.get(person.pk):
                row.wrong.append(f"{person.short_name}: уже в паре, которая работает, — строка {earlier.raw.number}")
            self._engaged.setdefault(person.pk, row)
        if row.wrong:
            return
        led = self._led.setdefault(row.mentor.pk, set())
        led |= {person.pk for person in row.mentees}
        limit = self._capacity.get(row.mentor.pk)
        if limit is not None and len(led) > limit:
            most = plural(limit, "наставляемого,наставляемых,наставляемых")
            row.confirm("load", f"{row.mentor.short_name} берёт не больше {most}, а станет {len(led)} (п. 6.1)")
        elif limit is None and len(led) >= MANY:
            row.confirm("load", f"{row.mentor.short_name} ведёт сразу {plural(len(led), 'человека,человека,человек')}")
        with_paper = {consent.person.pk for consent in row.consents if consent.purpose == PROCESSING}
        bare = [
            person.short_name
            for person in (row.mentor, *row.mentees)
            if person.pk not in with_paper and (person.pk, PROCESSING, "", None) not in self._consents
        ]
        if bare:
            row.confirm(
                "processing",
                f"Нет согласия на обработку персональных данных: {joined(bare)}. Получите и запишите после внесения",
            )


class _Programs:
    """Decides the rows of programs."""

    def __init__(self, rows: list[RawRow], answers: Mapping[str, str], names: Names, orders: OrdersPlan, pairs: _Pairs):
        self._names, self._orders, self._pairs = names, orders, pairs
        self._forms = {str(form.pk): form for form in MentoringForm.objects.all()}
        self._kinds = {str(kind.pk): kind for kind in MentoringKind.objects.all()}
        self._curator = holder("curator")
        self._seen: dict[tuple[str, str], ProgramRow] = {}
        named = [row for row in rows if not pairs.row_of(row.values["code"])]
        people = {p.pk for row in named if (p := names.exact(row.values["mentor"]))}
        self._known = list(known_pairings(people).values()) if people else []
        self.rows = [self._row(raw, answers) for raw in rows]

    def _row(self, raw: RawRow, answers: Mapping[str, str]) -> ProgramRow:
        row = ProgramRow(raw, answers, name=quoted(raw.values["title"]) or "Программа без названия")
        confirm_doubts([row])
        self._find_pair(row)
        paper = None if row.wrong else self._paper(row)
        if paper is None or row.wrong:
            return row
        row.paper = paper
        since = row.pair.raw.values["since"] if row.pair else row.pairing.assigned_on if row.pairing else None
        row.wrong.extend(program_complaints(paper, since or paper.starts_on))
        if not row.wrong:
            self._doubts(row, paper, since)
            self._compare(row)
        if row.pair is not None:
            row.pair.programs.append(row)
        return row

    def _find_pair(self, row: ProgramRow) -> None:
        """Find the pair by its number in the book, else by its people, in the book or here."""
        values = row.raw.values
        if values["code"]:
            row.pair = self._pairs.row_of(values["code"])
            if row.pair is None:
                row.wrong.append(f"№ пары {values['code']}: такой пары на листе «Пары и группы» нет")
            return
        if not values["mentor"]:
            row.wrong.append("Укажите № пары или наставника: не видно, чья это программа")
            return
        mentor = row.take_person(values["mentor"], self._names, "Наставник")
        mentees = [row.take_person(name, self._names, "Наставляемый") for name in names_in(values["mentees"])]
        if mentor is None or None in mentees:
            return
        wanted = {person.pk for person in mentees if person}
        in_book = [pair for pair in self._pairs.rows if pair.mentor == mentor and _fits(wanted, pair.mentees)]
        booked = {pair.known.pk for pair in in_book if pair.known}
        here = [
            pairing
            for pairing in self._known
            if pairing.pk not in booked and _mentor(pairing) == mentor.pk and wanted <= _mentees(pairing)
        ]
        if len(in_book) + len(here) != 1:
            found = "нет" if not in_book + here else "несколько, укажите № пары или наставляемых"
            row.wrong.append(f"Пар, где наставник — {mentor.short_name}, {found}")
            return
        row.pair, row.pairing = next(iter(in_book), None), next(iter(here), None)

    def _paper(self, row: ProgramRow) -> PaperProgram | None:
        values = row.raw.values
        curator = self._curator
        if values["curator"]:
            curator = row.take_person(values["curator"], self._names, "Ответственный куратор")
        elif curator is None:
            row.wrong.append("Ответственный куратор не указан, и в школе его нет")
        ended = self._is_ended(row)
        reason = chosen_from(row, "reason", REASONS, "Основание завершения") or ""
        if ended and not values["reason"]:
            row.wrong.append("Основание завершения: не указано, а у завершённой программы оно одно из трёх (п. 7.1)")
        forms = self._listed(row, "form", self._forms, "Форма")
        kinds = self._listed(row, "kind", self._kinds, "Вид")
        if row.wrong or curator is None:
            return None
        return PaperProgram(
            title=values["title"],
            curator=curator,
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            order=Paper(values["order_number"], values["order_date"]),
            goal=values["goal"],
            minutes=Paper(values["minutes_number"], values["minutes_date"]),
            ended_on=values["ended_on"] if ended else None,
            term_decision=values["term_decision"],
            reason=reason if ended else "",
            circumstances=values["circumstances"],
            completion=Paper(values["end_number"], values["end_date"]) if ended else Paper(),
            forms=forms,
            kinds=kinds,
        )

    def _is_ended(self, row: ProgramRow) -> bool:
        values = row.raw.values
        state = chosen_from(row, "state", STATES, "Состояние")
        if state == ENDED and not values["ended_on"]:
            row.wrong.append("Завершена: укажите, когда")
        if state == RUNNING and (values["ended_on"] or values["end_number"] or values["end_date"]):
            row.wrong.append("Состояние «идёт», а день или приказ завершения указан: уберите одно из двух")
        if bool(values["end_number"]) != bool(values["end_date"]):
            row.wrong.append("Укажите и номер, и дату приказа о завершении — или не указывайте ничего")
        return state == ENDED or (state is None and values["ended_on"] is not None)

    def _listed(self, row: ProgramRow, column: str, known: dict[str, Any], what: str) -> tuple[Any, ...]:
        names = {code: thing.name for code, thing in known.items()}
        found = []
        for text in names_in(row.raw.values[column]):
            if code := code_of(text, names):
                found.append(known[code])
            else:
                row.wrong.append(f"{what}: {quoted(text)} нет в списке школы")
        return tuple(found)

    def _doubts(self, row: ProgramRow, paper: PaperProgram, since: date | None) -> None:
        row.order = self._orders.find(row, paper.order, "programs", "Приказ об утверждении программы")
        if since and paper.starts_on < since:
            row.confirm("early", f"Программа началась раньше, чем пара работает вместе ({ruday(since)})")
        if paper.order.day and paper.order.day > paper.starts_on:
            row.confirm("late-order", "Программа началась раньше, чем подписан приказ о ней")
        if paper.ended_on and paper.ended_on > paper.ends_on:
            row.confirm("long", "Программа завершена позже, чем была запланирована")
        if paper.ended_on and not paper.completion.day:
            row.confirm("no-end-order", "Приказа о завершении нет: он останется среди недостающих бумаг программы")
        if paper.ended_on and paper.completion.day:
            row.end_order = self._orders.find(row, paper.completion, "completion", "Приказ о завершении")
        if not paper.ended_on and paper.ends_on < timezone.localdate():
            row.notes.append("Срок по плану уже вышел: после внесения подведите итоги и завершите её приказом")

    def _compare(self, row: ProgramRow) -> None:
        """Find the program here or in an earlier row; fill what is empty, change nothing that stands."""
        assert row.paper is not None
        paper, pairing = row.paper, row.pair.known if row.pair else row.pairing
        whose = row.pair.key if row.pair else str(pairing and pairing.pk)
        key = (whose, search_key(paper.title))
        if (earlier := self._seen.setdefault(key, row)) is not row:
            row.wrong.append(f"Та же программа уже стоит в строке {earlier.raw.number}")
        if pairing is None or row.wrong:
            return
        programs = list(pairing.programs.all())
        row.known = next((p for p in programs if search_key(p.title) == key[1]), None)
        known = row.known
        if known is None:
            if not paper.ended_on and pairing.state != Pairing.State.ASSIGNED:
                row.wrong.append("Пара уже завершена: программа в ней идти не может")
            if not paper.ended_on and any(p.state in LIVE for p in programs):
                row.wrong.append("У этой пары уже есть программа, которая не закончена")
            return
        row.questions = _about_people(row)
        if (known.state in LIVE) != (paper.ended_on is None):
            row.notes.append(f"Здесь программа в состоянии «{known.get_state_display()}»: загрузка его не меняет")
        if known.from_paper and paper.goal and not known.goal:
            row.changes.append("цель программы")
        if known.from_paper and paper.minutes.number and not known.minutes_number:
            row.changes.append(f"протокол {PaperRef(paper.minutes.number, paper.minutes.day)}")

    def conclude(self) -> None:
        """Let a program come in only with its pair; two programs of one pair do not go on at a time."""
        running: dict[str, ProgramRow] = {}
        for row in self.rows:
            pair = row.pair
            if pair is None or row.wrong:
                continue
            if pair.outcome in ("refused", "skipped"):
                row.wrong.append(f"Пара не вносится: {place(pair)}")
            elif pair.outcome == "doubtful":
                row.waits = f"ждёт ответа о паре: {place(pair)}"
            if row.paper and not row.paper.ended_on and row.known is None:
                if earlier := running.get(pair.key):
                    row.wrong.append(f"У пары уже идёт программа из строки {earlier.raw.number}")
                running.setdefault(pair.key, row)


def known_pairings(people: Any) -> dict[PairKey, Pairing]:
    """Return the pairs and groups assigned by order in which one of these people takes part."""
    participations = Participation.objects.select_related("person")
    found = (
        Pairing.objects.filter(
            participations__person__in=list(people), state__in=[Pairing.State.ASSIGNED, Pairing.State.DISSOLVED]
        )
        .distinct()
        .prefetch_related(Prefetch("participations", participations), "programs")
    )
    keys: dict[PairKey, Pairing] = {}
    for pairing in found:
        mentor = _mentor(pairing)
        if mentor and pairing.order_date:
            keys[mentor, frozenset(_mentees(pairing)), pairing.order_date, number_key(pairing.order_number)] = pairing
    return keys


def _mentor(pairing: Pairing) -> int | None:
    return next((p.person_id for p in pairing.participations.all() if p.part == "mentor"), None)


def _mentees(pairing: Pairing) -> set[int]:
    return {p.person_id for p in pairing.participations.all() if p.part == "mentee"}


def _fits(wanted: set[int], mentees: list[Person]) -> bool:
    return wanted <= {person.pk for person in mentees}


def _led(people: Any) -> dict[int, set[int]]:
    """Return whom each mentor leads now."""
    live = Participation.objects.live().filter(pairing__state__in=Pairing.LIVE_STATES)
    mentors = dict(live.filter(part="mentor", person__in=list(people)).order_by().values_list("pairing", "person"))
    found: dict[int, set[int]] = {}
    for pairing, mentee in live.filter(part="mentee", pairing__in=mentors).order_by().values_list("pairing", "person"):
        found.setdefault(mentors[pairing], set()).add(mentee)
    return found


def _column(row: PairRow, code: str) -> str:
    return next(column.name for column in row.raw.sheet.columns if column.code == code)


def _about_people(row: PairRow | ProgramRow) -> list[Question]:
    """Return who is meant: of what stands here already nothing else is asked."""
    return [question for question in row.questions if question.key.startswith("person:")]
