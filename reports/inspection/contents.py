"""What belongs into a folder: sections by дело, what each record gives, and what of it is missing.

A section asks ``visible_to`` the maker, so a folder never holds more than its maker may open on the pages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from mentoring_site.models import Evidence, StoredFile
from mentoring_site.russian import rushort, school_year
from people.accounts.models import User
from people.consents.models import DUTIES, PROCESSING, Consent
from people.promises import Promise
from people.rights import Right
from people.roles.letterhead import approves_by_grif
from programs.completion import documents as completion_documents
from programs.completion.models import Completion
from programs.journal.models import Meeting
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.pairings.models import Pairing
from programs.program import content_presenters
from programs.program import documents as program_documents
from programs.program.models import ActivityResult, AgreedVersion, Program
from programs.program.states import ENDED, IN_FORCE, NOT_AGREED
from reports.documents.local_acts.models import LocalAct
from reports.orders.models import Order
from reports.orders.presenters import KEPT_AS
from roadmap.council.models import Minutes
from roadmap.legal_base.models import LegalAct
from roadmap.plan.documents import roadmap_facts
from roadmap.plan.models import Roadmap
from roadmap.regulation.models import Regulation

KEEPERS = "Прикладывает куратор или специалист по кадрам"
SIGNED_IN = "подписано в системе"


@dataclass(frozen=True)
class Scope:
    """Who makes the folder, of which days; or of which program."""

    user: User
    since: date | None = None
    until: date | None = None
    program: Program | None = None

    def within(self, day: str) -> Q:
        """Return the condition that a day of a record falls into the days of the folder."""
        return Q() if self.since is None else Q(**{f"{day}__gte": self.since, f"{day}__lte": self.until})

    def during(self, first: str, last: str) -> Q:
        """Return the condition that a record was in force on a day of the folder."""
        if self.since is None:
            return Q()
        begun = Q(**{f"{first}__isnull": True}) | Q(**{f"{first}__lte": self.until})
        return begun & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": self.since}))


@dataclass
class Item:
    """One document: what stands in the inventory, and where its bytes come from (one of the last four)."""

    title: str
    day: date | None
    name: str
    mark: str = ""  # after the name: «скан», «текст»
    number: str = ""
    since: date | None = None  # from when its term of keeping runs
    term: str = ""  # of the section by default
    people: tuple[int, ...] = ()
    of: tuple[Model, ...] = ()  # what must be visible to give it; by default the record itself
    stored: StoredFile | None = None
    drawn: tuple | None = None  # template, facts, title
    text: str = ""
    table: tuple | None = None  # title, columns, rows


@dataclass(frozen=True)
class Gap:
    """What is missing, and who supplies it."""

    title: str
    words: str
    who: str = ""


Found = Iterator[Item | Gap]


@dataclass(frozen=True)
class Section:
    """One дело: its code, what the form calls it, its term, the records it is made of and what each gives."""

    code: str
    label: str
    term: str
    records: Callable[[Scope], list[QuerySet]]
    papers: Callable[[Any, Scope], Found]
    right: Right | None = None
    of_program: bool = True
    register: tuple = field(default=())  # name of its table, columns, row


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def _scan(stored: StoredFile | None, title: str, day: date | None, name: str, why: str, **more: Any) -> Item | Gap:
    """Return the scan as a document, or that it is missing."""
    return Item(f"{title}: скан", day, name, "скан", stored=stored, **more) if stored else Gap(title, why, KEEPERS)


# --- orders


def _orders(scope: Scope) -> list[QuerySet]:
    found = Order.objects.visible_to(scope.user).filter(scope.within("date"), state__in=Order.ISSUED_STATES)
    if scope.program:
        pairing = Pairing.objects.with_requirements(topics=False).get(pk=scope.program.pairing_id)
        found = found.about_pairing(pairing)
    found = found.select_related("pdf", "scan").prefetch_related("signatures__paper", "signatures__file")
    return [found.order_by("date", "series", "number_key", "pk")]


def _of_order(order: Any, scope: Scope) -> Found:
    title, term = f"Приказ {order.ref} «{order.heading}»", KEPT_AS[order.series]
    name = f"{order.date} {order.number} {order.heading}"
    more: dict[str, Any] = {"number": order.number, "since": order.date, "term": term}
    if order.pdf:
        yield Item(title, order.date, name, stored=order.pdf, **more)
    elif not order.from_paper:
        yield Gap(title, "PDF ещё не напечатан", "Печатается сам; если нет — системный администратор")
    signed = [one for one in order.signatures.all() if one.file]
    for one in signed:
        yield Item(f"{title}: подписанный PDF", order.date, name, "подписанный", stored=one.paper, **more)
        yield Item(f"{title}: файл подписи", order.date, name, "подпись", stored=one.file, **more)
    if order.scan or not signed:
        why = "издан на бумаге, скан не приложен" if order.from_paper else "скана подписанного приказа нет"
        yield _scan(order.scan, title, order.date, name, why, **more)


# --- consents and agreements


def _consents(scope: Scope) -> list[QuerySet]:
    found = Consent.objects.visible_to(scope.user).filter(scope.during("given_on", "ended_on"))
    if scope.since:
        found = found.filter(Q(until__isnull=True) | Q(until__gte=scope.since))
    if scope.program:
        people = scope.program.pairing.participations.values("person")
        found = found.filter(
            Q(purpose=DUTIES, matter=scope.program.pairing.uuid) | Q(purpose=PROCESSING, person__in=people)
        )
    return [found.select_related("person", "scan").order_by("given_on", "pk")]


def _of_consent(consent: Any, scope: Scope) -> Found:
    title = f"Согласие: {consent.title}, {consent.person.full_name}"
    name = f"{consent.given_on} {consent.person.short_name} {consent.title}"
    more: dict[str, Any] = {"since": consent.ended_on, "people": (consent.person_id,)}
    if consent.erased_on:
        yield Gap(title, f"текст и скан уничтожены {rushort(consent.erased_on)} по акту")
        return
    yield Item(f"{title}: текст", consent.given_on, name, "текст", text=consent.text, **more)
    if consent.scan or consent.form == Consent.Form.PAPER:
        yield _scan(consent.scan, title, consent.given_on, name, "дано на бумаге, скана нет", **more)


CONSENT_COLUMNS = ("Человек", "Согласие", "О ком и о чём", "Как дано", "Дата", "Действует по", "Прекращено", "Скан")


def _consent_row(consent: Any) -> tuple:
    return (
        consent.person.full_name,
        consent.title,
        consent.matter_words,
        consent.get_form_display(),
        consent.given_on,
        consent.until,
        consent.ended_on,
        "есть" if consent.scan_id else "нет" if consent.form == Consent.Form.PAPER else SIGNED_IN,
    )


def _agreements(scope: Scope) -> list[QuerySet]:
    made = MentorAgreement.objects.visible_to(scope.user).filter(
        scope.during("signed_on", "closed_on"), dropped_at__isnull=True, exempt_reason=""
    )
    told = Notice.objects.visible_to(scope.user).live().filter(scope.within("received_on"))
    if scope.program:
        made = made.filter(pairing=scope.program.pairing_id)
        told = told.filter(pairing=scope.program.pairing_id)
    made = made.select_related("person", "scan", "assignment_scan").order_by("signed_on", "pk")
    return [made, told.select_related("person", "scan").order_by("received_on", "pk")]


def _of_agreement(made: Any, scope: Scope) -> Found:
    who = made.person.full_name
    if isinstance(made, Notice):
        title, day = f"Предупреждение о прекращении, {who}", made.received_on
        if made.scan or made.form == Notice.Form.PAPER:
            name = f"{day} {made.person.short_name} предупреждение"
            yield _scan(made.scan, title, day, name, "подано на бумаге, скана нет", people=(made.person_id,), since=day)
        return
    more: dict[str, Any] = {"people": (made.person_id,), "since": made.closed_on or made.ends_on, "number": made.number}
    for stored, day, words in (
        (made.assignment_scan, made.assigned_on, "Поручение работодателя"),
        (made.scan, made.signed_on, made.get_kind_display()),
    ):
        title = f"{words}, {who}"
        if day is None:
            yield Gap(title, "не подписано", "Готовит специалист по кадрам или куратор")
        else:
            yield _scan(stored, title, day, f"{day} {made.person.short_name} {words}", "скана нет", **more)


# --- programs, journals, reports


def _programs(scope: Scope) -> list[QuerySet]:
    found = Program.objects.visible_to(scope.user).for_page().select_related("grif_scan")
    if scope.program:
        return [found.filter(pk=scope.program.pk)]
    found = found.filter(scope.during("starts_on", "ended_on"), state__in=(*IN_FORCE, *ENDED))
    return [found.order_by("starts_on", "pk")]


def _people(program: Any) -> tuple[int, ...]:
    return tuple(sorted({part.person_id for part in program.pairing.people}))


def _of_program(program: Any, scope: Scope) -> Found:
    title, people = f"Программа «{program.title}»", _people(program)
    versions = AgreedVersion.objects.visible_to(scope.user).filter(program=program)
    agreed = program.state not in NOT_AGREED
    version = (versions.filter(stage=AgreedVersion.Stage.AGREED) if agreed else versions).order_by("-number").first()
    more: dict[str, Any] = {"number": program.order_number, "since": program.ended_on, "people": people}
    if version is None:
        yield Gap(title, "согласованной редакции нет", "Составляют наставник и наставляемый, согласует совет")
    else:
        own = content_presenters.own_candidates(program, scope.user)
        facts = program_documents.facts(program, version, own=own, by_grif=approves_by_grif())
        day = program.order_date or _day(version.at)
        drawn = ("documents/program.html", facts, title)
        yield Item(title, day, f"{day} Программа {program.title}", drawn=drawn, of=(program, version), **more)
    if agreed and not program.approval:
        yield Gap(title, "не утверждена", "Утверждает директор")
    if program.by_grif or program.grif_scan:
        name = f"{program.order_date} Гриф {program.title}"
        yield _scan(program.grif_scan, title, program.order_date, name, "листа с грифом «УТВЕРЖДАЮ» нет", **more)
    for activity in program.activities.all():
        for stored in sorted(activity.materials.all(), key=lambda one: one.pk):
            name = f"{activity.due_on} материал {program.title}"
            words = f"{title}: материал мероприятия «{activity.title}»"
            yield Item(words, activity.due_on, name, stored=stored, since=program.ended_on, people=people)


JOURNAL_COLUMNS = ("Дата", "Начало", "Минут", "Как", "Подтверждена обеими сторонами", "О чём говорили", "Шаг дальше")


HIDDEN = f"читают только {Promise.ENTRY.readers}"


def _of_journal(program: Any, scope: Scope) -> Found:
    held = Meeting.objects.visible_to(scope.user).filter(scope.within("held_on"), program=program)
    read = set(Meeting.objects.read_by(scope.user).filter(program=program).values_list("pk", flat=True))
    meetings = list(held.with_confirmed().order_by("held_on", "pk"))
    title, people = f"Журнал встреч, «{program.title}»", _people(program)
    more: dict[str, Any] = {"since": program.ended_on, "people": people}
    if not meetings:
        yield Gap(title, "за это время встреч не записано", "Записывают наставник и наставляемый")
    else:
        rows = [
            (
                one.held_on,
                one.starts_at,
                one.minutes,
                one.get_format_display(),
                one.confirmed,
                *((one.about, one.next_step) if one.pk in read else (HIDDEN, "")),
            )
            for one in meetings
        ]
        name = f"{meetings[-1].held_on} Журнал {program.title}"
        made = ("Журнал встреч", JOURNAL_COLUMNS, rows)
        yield Item(title, meetings[-1].held_on, name, table=made, of=(program, *meetings), **more)
    waits = sum(not one.confirmed for one in meetings)
    if waits:
        yield Gap(title, f"встреч без подтверждения обеих сторон: {waits}", "Подтверждают наставник и наставляемый")
    yield from _evidence(program, scope, more)


def _evidence(program: Any, scope: Scope, more: dict[str, Any]) -> Found:
    """What was put to activities and meetings of a program."""
    results = ActivityResult.objects.visible_to(scope.user).filter(activity__program=program)
    meetings = Meeting.objects.visible_to(scope.user).filter(program=program)
    about = Q(pk__in=())
    for rows in (results, meetings):
        kind = ContentType.objects.get_for_model(rows.model)
        about |= Q(object_type=kind, object_id__in=rows.order_by().values("pk"))
    found = Evidence.objects.visible_to(scope.user).kept().filter(about, scope.within("created_at__date"))
    for one in found.prefetch_related("revisions__file").order_by("created_at", "pk"):
        last, day = one.latest, timezone.localdate(one.created_at)
        if last.file:
            title = f"Подтверждение к программе «{program.title}»"
            yield Item(title, day, f"{day} Подтверждение {program.title}", stored=last.file, of=(one,), **more)


def _completions(scope: Scope) -> list[QuerySet]:
    found = Completion.objects.visible_to(scope.user).exclude(state=Completion.State.WITHDRAWN)
    if scope.program:
        found = found.filter(program=scope.program)
    found = found.filter(scope.within("created_at__date") | scope.within("ended_on"))
    return [found.select_related("program__pairing", "participation__person").order_by("created_at", "pk")]


def _of_completion(done: Any, scope: Scope) -> Found:
    who = done.participation.person
    for words, at, template, facts, by in (
        ("Отчёт наставника", done.concluded_at, "mentor_report", completion_documents.report, "Пишет наставник"),
        ("Отзыв наставляемого", done.reviewed_at, "mentee_review", completion_documents.review, "Пишет наставляемый"),
    ):
        title = f"{words}: {who.full_name}, «{done.program.title}»"
        if at is None:
            yield Gap(title, "ещё не написан", by)
            continue
        day = timezone.localdate(at)
        drawn = (f"documents/{template}.html", facts(done.program, done.participation, done), title)
        name = f"{day} {words} {who.short_name}"
        yield Item(title, day, name, drawn=drawn, since=done.ended_on, people=(who.pk,))


# --- the council, the school, the law


def _minutes(scope: Scope) -> list[QuerySet]:
    found = (
        Minutes.objects.visible_to(scope.user)
        .filter(scope.within("held_on"))
        .exclude(state__in=[Minutes.State.PLANNED, Minutes.State.CANCELLED])
    )
    if scope.program:
        found = found.filter(items__programs=scope.program).distinct()
    return [found.with_requirements().select_related("scan").order_by("held_on", "pk")]


def _of_minutes(minutes: Any, scope: Scope) -> Found:
    numbered = f" № {minutes.number}" if minutes.number else ""
    title = f"Протокол {minutes.body_genitive} от {rushort(minutes.held_on)}{numbered}"
    if minutes.facts is None:
        yield Gap(title, "не подписан", "Готовит секретарь, подписывает председатель")
        return
    more: dict[str, Any] = {"number": minutes.number, "since": minutes.held_on}
    drawn, name = ("documents/minutes.html", minutes.facts, title), f"{minutes.held_on} Протокол {minutes.number}"
    yield Item(title, minutes.held_on, name, drawn=drawn, **more)
    yield _scan(minutes.scan, title, minutes.held_on, name, "скана подписанного протокола нет", **more)


def _local_acts(scope: Scope) -> list[QuerySet]:
    acts = LocalAct.objects.visible_to(scope.user).filter(legal_act__isnull=True, regulation__isnull=True)
    acts = acts.filter(date__lte=scope.until).select_related("file").order_by("date", "pk")
    versions = Regulation.objects.visible_to(scope.user).filter(
        order_date__lte=scope.until, state__in=[Regulation.State.APPROVED, Regulation.State.SUPERSEDED]
    )
    return [versions.select_related("scan").order_by("order_date", "pk"), acts]


def _of_local_act(act: Any, scope: Scope) -> Found:
    if isinstance(act, Regulation):
        day, title = act.order_date, f"{act.title}, приказ № {act.order_number} от {rushort(act.order_date)}"
        more: dict[str, Any] = {"number": act.order_number, "since": day}
        yield Item(f"{title}: текст", day, f"{day} {act.title}", "текст", text=act.text, **more)
        yield _scan(act.scan, title, day, f"{day} {act.title}", "скана утверждённого экземпляра нет", **more)
        return
    yield _scan(
        act.file, str(act), act.date, f"{act.date} {act}", "файл не приложен", number=act.number, since=act.date
    )


def _roadmaps(scope: Scope) -> list[QuerySet]:
    assert scope.since and scope.until, "a folder of a program has no roadmap"
    years = range(scope.since.year - (scope.since.month < 8), scope.until.year - (scope.until.month < 8) + 1)
    return [
        Roadmap.objects.visible_to(scope.user)
        .filter(school_year__in=years, state__in=[Roadmap.State.APPROVED, Roadmap.State.SUPERSEDED])
        .order_by("school_year", "pk")
    ]


def _of_roadmap(plan: Any, scope: Scope) -> Found:
    title = f"Дорожная карта на {school_year(plan.school_year, full=True)} учебный год"
    facts, day = roadmap_facts(plan), plan.order_date
    name = f"{day} Дорожная карта {plan.school_year}-{plan.school_year + 1}"
    yield Item(title, day, name, number=plan.order_number, since=day, drawn=("documents/roadmap.html", facts, title))


def _law(scope: Scope) -> list[QuerySet]:
    acts = LegalAct.objects.visible_to(scope.user).filter(scope.during("since", "ends_on"))
    return [acts.select_related("file").order_by("level", "date", "pk")]


def _of_law(act: Any, scope: Scope) -> Found:
    if act.file:
        yield Item(str(act), act.date, f"{act.date} {act.number} {act.title}", number=act.number, stored=act.file)


LAW_COLUMNS = ("Акт", "Номер", "Дата", "В редакции от", "Действует с", "Не действует с", "Ссылка на текст")


def _law_row(act: Any) -> tuple:
    return str(act), act.number, act.date, act.edition, act.since, act.ends_on, act.url


SECTIONS: tuple[Section, ...] = (
    Section("acts", "Положение и локальные акты", "local_act", _local_acts, _of_local_act, of_program=False),
    Section("orders", "Приказы о наставничестве", "", _orders, _of_order),
    Section("minutes", "Протоколы советов", "minutes", _minutes, _of_minutes, Right.MINUTES_SEE),
    Section("plan", "Дорожная карта", "plan", _roadmaps, _of_roadmap, Right.ROADMAP_SEE, of_program=False),
    Section(
        "consents",
        "Реестр согласий, тексты и сканы",
        "consent",
        _consents,
        _of_consent,
        Right.CONSENTS_SEE_ALL,
        register=("Реестр согласий", CONSENT_COLUMNS, _consent_row),
    ),
    Section(
        "agreements",
        "Соглашения с наставниками",
        "agreement",
        _agreements,
        _of_agreement,
        Right.AGREEMENTS_SEE_ALL,
    ),
    Section("programs", "Программы наставничества", "program", _programs, _of_program),
    Section("journals", "Журналы встреч и подтверждения", "journal", _programs, _of_journal),
    Section("reports", "Отчёты и отзывы о завершении", "program", _completions, _of_completion),
    Section(
        "law",
        "Правовая база",
        "",
        _law,
        _of_law,
        of_program=False,
        register=("Перечень правовых актов", LAW_COLUMNS, _law_row),
    ),
)
BY_CODE = {one.code: one for one in SECTIONS}
OF_PROGRAM = tuple(one.code for one in SECTIONS if one.of_program)
