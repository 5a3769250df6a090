"""What pages about the banks show: filtered lists, rows, load and capacity, next steps."""

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from mentoring_site.russian import as_date, plural, rudate
from mentoring_site.workflow import action
from people.banks import acts
from people.banks.forms import QUESTIONS
from people.banks.models import Candidate, Statement
from people.consents.models import Consent
from people.language.name_text import search_terms
from people.language.names import agree
from people.register import filters
from people.register.models import Employment, Person
from people.rights import Right

BANK = {"mentees": "mentee", "mentors": "mentor"}
PLURAL = {"mentee": "mentees", "mentor": "mentors"}
TITLES = {"mentee": "Банк наставляемых", "mentor": "Банк наставников"}
IN_WORK = ("proposed", "recommended", "assigned")


def listed(part: str, chosen: dict):
    """Return the queryset of a bank for its list: everything a row needs in three queries, however long the page."""
    participations = Person._meta.get_field("participations").related_model.objects.filter(until__isnull=True)
    own = participations.filter(person=OuterRef("person"), part=part)
    mentees = participations.filter(
        part="mentee",
        pairing__state="assigned",
        pairing__participations__person=OuterRef("person"),
        pairing__participations__part="mentor",
        pairing__participations__until__isnull=True,
    )
    main_first = Case(When(kind="main", then=0), default=1)
    post = Employment.objects.current().filter(person=OuterRef("person")).order_by(main_first, "pk")
    found = Candidate.objects.filter(part=part).select_related("person")
    found = found.annotate(
        has_processing=Exists(Consent.objects.live().filter(person=OuterRef("person"), purpose="processing")),
        post=Subquery(post.values("post")[:1]),
        department=Subquery(post.values("department__name")[:1]),
        in_pair=Exists(own.filter(pairing__state="assigned")),
        in_work=Exists(own.filter(pairing__state__in=IN_WORK)),
        load=Coalesce(
            Subquery(mentees.order_by().values("part").annotate(n=Count("person", distinct=True)).values("n")), 0
        ),
    )
    return _filtered(found, chosen).prefetch_related(
        Prefetch("statements", Statement.objects.filter(resolved_on__isnull=True)), "topics"
    )


def _filtered(found, chosen):
    for term in search_terms(chosen.get("q", "")):
        found = found.filter(person__search__contains=term)
    state = chosen.get("state", "")
    if state != "all":
        found = found.filter(state__in=[state] if state else acts.LIVE)
    if "topic" in chosen:
        found = found.filter(topics=chosen["topic"])
    if "category" in chosen:
        found = found.filter(categories=chosen["category"])
    if "department" in chosen:
        posts = Employment.objects.current().filter(department=chosen["department"])
        found = found.filter(person__in=posts.values("person"))
    if "young" in chosen:
        people = Person.objects.filter(filters.young(chosen["young"] == "yes"))
        found = found.filter(person__in=people.values("pk"))
    if "pair" in chosen:
        found = found.filter(in_work=chosen["pair"] == "yes")
    return found.order_by("person__search", "pk")


def row(candidate, viewer=None) -> dict:
    """A row of the list."""
    return {
        "candidate": candidate,
        "person": candidate.person,
        "url": candidate.get_absolute_url(),
        "post": candidate.post or "",
        "department": candidate.department or "",
        "badge": acts.badge(candidate, viewer),
        "topics": ", ".join(t.name for t in candidate.topics.all()),
        "says": says(candidate),
        "load": load_words(candidate),
        "since": since(candidate),
        "pair": pair_words(candidate),
        "no_consent": not candidate.has_processing,
    }


def says(candidate) -> list[str]:
    """What the list shows of the questionnaire: requests of a mentee, competences of a mentor, at most two."""
    kind = {"mentee": "request", "mentor": "competence"}[candidate.part]
    texts = [s.text for s in candidate.statements.all() if s.kind == kind]
    return texts[:2] + ([f"и ещё {len(texts) - 2}"] if len(texts) > 2 else [])


def load_words(candidate) -> str:
    """«1 из 3»: how many mentees a mentor has, and may take."""
    return f"{candidate.load} из {candidate.capacity_persons}" if candidate.capacity_persons else str(candidate.load)


def since(candidate):
    """Since when the person stands in the bank, or was proposed."""
    return candidate.decided_at or candidate.proposed_at


def pair_words(candidate) -> str:
    """Whether there is a pair already."""
    return "в паре" if candidate.in_pair else "пара готовится" if candidate.in_work else "без пары"


def cells(candidate) -> list:
    """A row of the workbook."""
    statements = list(candidate.statements.all())
    said = ["; ".join(s.text for s in statements if s.kind == kind) for kind in acts.KINDS[candidate.part]]
    ends = [candidate.capacity_hours, candidate.capacity_persons, candidate.load] if candidate.part == "mentor" else []
    return [
        candidate.person.full_name,
        candidate.post,
        candidate.department,
        candidate.get_state_display(),
        as_date(since(candidate)),
        pair_words(candidate),
        "; ".join(t.name for t in candidate.topics.all()),
        *said,
        *ends,
        candidate.wishes,
    ]


def columns(part: str) -> list[str]:
    """Headings of the workbook."""
    said = {"mentee": ["Затруднения", "Запросы", "Сильные стороны"], "mentor": ["Компетенции", "Интересы"]}[part]
    ends = ["Часов в месяц", "Может взять", "Наставляемых сейчас"] if part == "mentor" else []
    return ["Человек", "Должность", "Отделение", "Состояние", "С даты", "Пара", "Темы", *said, *ends, "Пожелания"]


def actions(user, candidate) -> list[dict]:
    """What the user may do with a candidate; an impossible act stays with its reasons."""

    def address(name):
        return reverse(f"people:candidate_{name}", args=[candidate.pk])

    found = []
    live = candidate.state in acts.LIVE
    if live and (user.person_id == candidate.person_id or user.can(Right.BANKS_FILL_FOR_OTHERS)):
        own = user.person_id == candidate.person_id
        label = "Исправить анкету" if candidate.filled_at else "Заполнить анкету"
        found.append(
            _act("fill", label if own else f"{label} со слов", address("fill"), primary=candidate.filled_at is None)
        )
    approve = action(candidate, "approve", user, address("approve"), primary=True)
    found += [approve, action(candidate, "decline", user, address("decline"))]
    if live and user.can(Right.BANKS_COMMENT):
        found.append(_act("comment", "Оставить замечание", address("comment")))
    found.append(action(candidate, "withdraw", user, address("withdraw")))
    return [{"danger": False, **act} for act in found if act]


def _act(verb, label, url, *, primary=False) -> dict:
    return {
        "verb": verb,
        "label": label,
        "url": url,
        "primary": primary,
        "enabled": True,
        "reasons": [],
        "confirm": False,
    }


def facts(candidate) -> list[dict]:
    """The facts of a candidate for ``components/facts.html``."""
    decided = (
        f"{rudate(candidate.decided_at)}, {candidate.decided_by.person.short_name}" if candidate.decided_at else ""
    )
    filled = (
        f"{rudate(candidate.filled_at)}, {candidate.filled_by.person.short_name}" if candidate.filled_at else "пока нет"
    )
    found = [
        (
            agree(candidate.proposed_by.person.gender, "Предложил", "Предложила"),
            f"{candidate.proposed_by.person.short_name}, {rudate(candidate.proposed_at)}",
            "",
        ),
        ("Почему", candidate.why, ""),
        ("Анкета заполнена", filled, "со слов или с бумаги" if candidate.on_paper else ""),
        ("Категории", ", ".join(c.name for c in candidate.categories.all()), ""),
        ("Темы", ", ".join(t.name for t in candidate.topics.all()), ""),
        (
            "Может уделить",
            plural(candidate.capacity_hours, "час,часа,часов") + " в месяц" if candidate.capacity_hours else "",
            "",
        ),
        (
            "Может взять",
            plural(candidate.capacity_persons, "человека,человека,человек") if candidate.capacity_persons else "",
            "",
        ),
        ("Пожелания", candidate.wishes, ""),
        ("Решение директора", decided, ""),
        ("Замечание директора", candidate.comment, ""),
        ("Причина", candidate.reason, ""),
        (
            "Приказ о назначении",
            f"№ {candidate.order_number} от {rudate(candidate.order_date)}" if candidate.order_date else "",
            "",
        ),
    ]
    return [{"label": label, "value": value, "note": note, "url": ""} for label, value, note in found if value]


def said(candidate) -> list[dict]:
    """The statements of a questionnaire by kind; what is past stands apart."""
    statements = list(candidate.statements.all())
    return [
        {
            "title": QUESTIONS[kind][0],
            "now": [s for s in statements if s.kind == kind and s.resolved_on is None],
            "past": [s for s in statements if s.kind == kind and s.resolved_on is not None],
        }
        for kind in acts.KINDS[candidate.part]
    ]
