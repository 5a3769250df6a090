"""Which papers a pair or a person needs, in the order in which they are signed (п. 3.2, 3.3, 8.1; ТК 351.8; 152-ФЗ)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from mentoring_site.russian import rushort
from people.accounts.models import User
from people.consents import acts as consent_acts
from people.consents import texts as consent_texts
from people.consents.matters import matter_in_words
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING, Consent
from people.promises import Promise
from people.roles.letterhead import approves_by_grif
from programs.changes.replacement.models import Replacement
from programs.completion import documents as completion_documents
from programs.completion.models import Completion
from programs.mentor_agreements import documents as agreement_documents
from programs.mentor_agreements import employers
from programs.mentor_agreements.models import MentorAgreement
from programs.pairings.models import Pairing, Participation
from programs.program import documents as program_documents
from programs.program.models import Program
from programs.program.states import ENDED, IN_FORCE
from reports.orders.models import Order
from reports.orders.order_kinds.base import OrderKind
from reports.orders.order_kinds.registry import kind_for
from reports.orders.printing.docx import docx_name, docx_of
from reports.orders.printing.pdf import file_name, intact, pdf_of

DONE, MISSING, DRAFT, OPTIONAL = "done", "missing", "draft", "optional"
CLERK = "Получает куратор или специалист по кадрам"


@dataclass
class Paper:
    """One paper: whose, what, in which state; how it is drawn.

    ``drawn`` gives ``(template, facts)`` when it is called: a list costs no facts; ``files`` are callables that give
    ``(name, bytes)`` of papers that exist already or are drawn apart (orders). ``who`` says whose move it is while the
    paper is missing.
    """

    group: str
    title: str
    state: str
    words: str
    who: str = ""
    url: str = ""
    name: str = ""
    drawn: Callable[[], tuple] | None = None
    files: list[Callable] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        """Whether nothing is left to do about the paper."""
        return self.state in (DONE, OPTIONAL)


def of_pairing(pairing: Pairing, user: User) -> list[Paper]:
    """Return the papers of a pair or group read ``with_requirements()``, grouped by whose they are.

    Of programs and completions that ``user`` may not read the papers are named, but not given.
    """
    people = [*pairing.people, *_to_lead(Q(pairing=pairing))]
    live = list(Consent.objects.live().filter(person__in=[p.person_id for p in people]).defer("text"))
    made = _agreements([p.person_id for p in people if p.part == "mentor"])
    found = [paper for p in people for paper in (*_own(p.person, live), *_duties(pairing, p, live, made))]
    return found + _orders(pairing) + _programs(pairing, user)


def of_person(person) -> list[Paper]:
    """Return the papers of one person in all live pairs, so that everything is signed in one visit."""
    live = list(Consent.objects.live().filter(person=person).defer("text"))
    mine = Pairing.objects.filter(participations__person=person, participations__until__isnull=True)
    pairings = mine.live().with_requirements().distinct().order_by("pk")
    found, made = _own(person, live), _agreements([person.pk])
    for pairing in pairings:
        found += [
            paper for p in pairing.people if p.person_id == person.pk for paper in _duties(pairing, p, live, made)
        ]
    for part in _to_lead(Q(candidate__person=person)):
        found += _duties(part.pairing, part, live, made)
    return found


def _to_lead(about) -> list[Participation]:
    """Return the parts that replacements will open, not saved: whoever is to lead signs the papers before the order."""
    ahead = Replacement.objects.filter(about, opened__isnull=True, state__in=Replacement.LIVE_STATES)
    return [
        Participation(
            pairing=s.pairing, person=s.candidate.person, candidate=s.candidate, employment=s.employment, part="mentor"
        )
        for s in ahead.select_related("pairing", "candidate__person", "employment")
    ]


def _agreements(mentors) -> dict:
    """Return the last agreement of each mentor for each pair that was not dropped; one query."""
    rows = MentorAgreement.objects.with_stage().with_consent().filter(person__in=mentors, dropped_at__isnull=True)
    return {
        (a.person_id, a.pairing_id): a for a in rows.select_related("person", "employment__organisation").order_by("pk")
    }


def _own(person, live) -> list[Paper]:
    """The two consents of 152-ФЗ, which are about no pair."""
    return [
        _consent(person, PROCESSING, live, "Согласие на обработку персональных данных"),
        _consent(person, DISSEMINATION, live, "Согласие на распространение (по желанию)", optional=True),
    ]


def _duties(pairing, participation, live, made) -> list[Paper]:
    """The consent to the duties of this pair and, for a mentor, the papers of ТК 351.8."""
    person, part = participation.person, participation.part
    title = f"Согласие на обязанности {Consent.Part(part).label}"
    found = [_consent(person, DUTIES, live, title, part=part, matter=pairing.uuid)]
    return found + _labour(participation, made.get((person.pk, pairing.pk))) if part == "mentor" else found


def _consent(person, purpose, live, title, *, part="", matter=None, optional=False) -> Paper:
    mine = (c for c in live if (c.person_id, c.purpose, c.part, c.matter) == (person.pk, purpose, part, matter))
    given = next(mine, None)
    group, name = person.full_name, f"{title} {person.short_name}"
    if given:
        scan = "" if given.scan_id or given.form != "paper" else ", скана ещё нет"
        return Paper(group, title, DONE, f"от {rushort(given.given_on)}{scan}", url=given.get_absolute_url(), name=name)
    state, what = (OPTIONAL, "не дано") if optional else (MISSING, "нет")
    url = reverse("people:person_consents", args=[person.pk])
    return Paper(
        group, title, state, what, "" if optional else CLERK, url, name, partial(_blank, person, purpose, part, matter)
    )


def _blank(person, purpose, part, matter) -> tuple:
    template = consent_texts.template_name(purpose, part, consent_acts.latest_text(purpose, part))
    words = {"matter_words": matter_in_words(person, part, matter)} if matter else {}
    return template, consent_texts.paper_facts(person, purpose, **words)


def _labour(participation, made) -> list[Paper]:
    """Assignment and agreement of a mentor, one of cooperation for an outsider, a letter to the founder
    for the director.
    """
    person = participation.person
    group = person.full_name
    if made is None:
        kind = employers.paper_kind(participation.employment) if participation.employment_id else "agreement"
        url = reverse("programs:agreement_new", args=[person.pk])
        title = agreement_documents.TITLES[kind]
        return [Paper(group, title, MISSING, "не начато", "Начинает специалист по кадрам или куратор", url, title)]
    if made.is_exempt:
        return [
            Paper(
                group,
                "Соглашение о наставничестве",
                OPTIONAL,
                f"не нужно: {made.exempt_reason}",
                url=made.get_absolute_url(),
            )
        ]
    steps = (
        ("assignment", made.assigned_on, agreement_documents.assignment),
        (made.kind, made.signed_on, agreement_documents.paper),
    )
    found = []
    for code, day, facts in steps:
        state, words = (DONE, f"от {rushort(day)}") if day else (MISSING, "не подписано")
        who = "" if day else "Подписывают наставник и работодатель" if code != "assignment" else "Подписывает директор"
        title, name = agreement_documents.TITLES[code], agreement_documents.file_name(code, person)
        drawn = partial(_agreement, made, code, facts)
        found.append(Paper(group, title, state, words, who, made.get_absolute_url(), name, drawn))
    return found


def _agreement(made, code, facts) -> tuple:
    return agreement_documents.TEMPLATES[code], made.papers.get(str(code)) or facts(made)


def _orders(pairing) -> list[Paper]:
    """The orders that appoint, assign, approve, change, pay and end; a draft goes with its editable DOCX."""
    kind = kind_for(pairing)
    orders = list(Order.objects.about_pairing(pairing).select_related("pdf", "scan").order_by("created_at"))
    assigned = any(order.kind == kind.code for order in orders)
    return [*([] if assigned else [_assignment(pairing, kind)]), *map(_order, orders)]


def _assignment(pairing: Pairing, kind: OrderKind) -> Paper:
    """The order of assignment that is not in the register: on paper, or still to be drafted."""
    if pairing.from_paper and pairing.order_number:
        words = f"{pairing.order_ref}, внесён с бумаги"
        return Paper("Приказы", "О закреплении", DONE, words, url=pairing.get_absolute_url())
    url = f"{reverse('reports:order_new')}?kind={kind.code}&{kind.subject.name}={pairing.pk}"
    who = "Составляет куратор или специалист по кадрам"
    return Paper("Приказы", "О закреплении", MISSING, "ещё не составлен", who, url)


def _order(order: Order) -> Paper:
    if order.number:
        words, state, who = str(order.ref), DONE, ""
    else:
        words, state = order.get_state_display(), DRAFT
        who = (
            "Подписывает директор"
            if order.state == Order.State.AT_SIGNATURE
            else "Готовят куратор и специалист по кадрам"
        )
    files: list[Callable] = [lambda: (file_name(order), intact(order.pdf) if order.pdf_id else pdf_of(order))]
    if order.from_paper and not order.pdf_id:  # its text is not here
        scan = order.scan
        files = [lambda: (scan.name, intact(scan))] if scan else []
        words = words if scan else f"{words}, издан на бумаге, скан не приложен"
    if not order.number:
        files.append(lambda: (docx_name(order), docx_of(order)))
    return Paper("Приказы", order.heading, state, words, who, order.get_absolute_url(), files=files)


def _programs(pairing, user: User) -> list[Paper]:
    found = []
    visible = Program.objects.visible_to(user).filter(pk=OuterRef("pk"))
    ends = (
        Completion.objects.exclude(state=Completion.State.WITHDRAWN)
        .select_related("participation__person")
        .order_by("pk")
    )
    rows = Program.objects.filter(pairing=pairing).annotate(is_readable=Exists(visible))
    for one in rows.prefetch_related(Prefetch("completions", ends, to_attr="ends")).order_by("pk"):
        approved = one.state in (*IN_FORCE, *ENDED)
        state, words = DONE if approved else DRAFT, one.approval or one.get_state_display()
        who = "" if approved else "Составляют наставник и наставляемый, согласует совет"
        paper = Paper("Программа", one.title, state, words, who, one.get_absolute_url(), f"Программа {one.title}")
        if one.is_readable:
            paper.drawn = partial(_program, one)
        else:
            paper.words, paper.url = f"{words}; читают {Promise.PROGRAM.readers}", ""
        found += [paper, *_ending(one, one.is_readable)]
    if not found:
        url = pairing.get_absolute_url()
        found = [
            Paper(
                "Программа",
                "Персонализированная программа",
                MISSING,
                "ещё нет",
                "Составляют наставник и наставляемый",
                url,
            )
        ]
    return found


def _program(one) -> tuple:
    version = one.versions.filter(stage="agreed").order_by("-number").first()
    if version is None:  # not agreed yet: the present words are printed, as a draft
        one = Program.objects.for_page().get(pk=one.pk)
    return "documents/program.html", program_documents.facts(one, version, by_grif=approves_by_grif())


def _ending(one, readable: bool) -> list[Paper]:
    found = []
    for c in one.ends:
        for title, facts, template, day, who in (
            ("Отчёт наставника", completion_documents.report, "mentor_report", c.concluded_at, "Пишет наставник"),
            ("Отзыв наставляемого", completion_documents.review, "mentee_review", c.reviewed_at, "Пишет наставляемый"),
        ):
            name = f"{title} {c.participation.person.short_name}"
            words, state = (f"от {rushort(day)}", DONE) if day else ("ещё нет", MISSING)
            drawn = partial(_ended, template, facts, one, c) if readable else None
            found.append(
                Paper(
                    "Завершение",
                    name,
                    state,
                    words,
                    "" if day else who,
                    one.get_absolute_url() if readable else "",
                    name,
                    drawn,
                )
            )
    return found


def _ended(template, facts, one, c) -> tuple:
    return f"documents/{template}.html", facts(one, c.participation, c)
