"""The home page: what waits for the user, what goes on with one's own, what is new; the pipeline at a glance."""

from datetime import timedelta

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import InboxItem, day_of, items_for
from mentoring_site.russian import joined, near, plural, ruday, rutime
from people.banks.models import Candidate
from people.inbox_counts import told_of
from people.rights import Right
from programs.journal.inbox import silent_programs
from programs.journal.models import Message
from programs.pairings.acts import year_of
from programs.pairings.inbox import PATIENCE
from programs.pairings.models import Pairing, Participation, with_consents
from programs.pairings.stages import paused_words
from programs.program.models import Activity, ActivityResult, Program, Remark

SOON = 7  # days: what is due within them stands above the rest
AT_ONCE = 20  # deeds of a section on the first look: a home is read, not searched


def sections(user, *, whole=False) -> list[dict]:
    """Return the home's sections: late, this week, later; each with its tasks as ``components/task.html`` takes them.

    ``count`` says how many there are; the first of them are given unless the ``whole`` is asked for.
    """
    today = timezone.localdate()
    groups = {"Просрочено": [], "На этой неделе": [], "Остальное": []}
    for thing in items_for(user):
        days = (thing.until - today).days if thing.until else None
        name = "Остальное" if days is None or days > SOON else "Просрочено" if days < 0 else "На этой неделе"
        groups[name].append(thing)
    found = [
        {
            "title": title,
            "count": len(things),
            "tasks": [_task(thing, late=title == "Просрочено") for thing in things[: None if whole else AT_ONCE]],
        }
        for title, things in groups.items()
        if things
    ]
    if len(found) == 1 and found[0]["title"] == "Остальное":
        found[0]["title"] = "Сейчас"
    if found:
        found[0]["tasks"][0]["primary"] = True
    return found


def _task(thing: InboxItem, *, late: bool) -> dict:
    when = near(thing.until) if thing.until else ""
    return {
        "title": thing.title,
        "why": thing.why,
        "url": thing.url,
        "verb": thing.verb,
        "post": thing.post,
        "next": reverse("reports:home"),
        "late": late,
        "primary": False,
        "when": when or (f"до {ruday(thing.until)}" if thing.until else ""),
        "since": f"ждёт с {ruday(day_of(thing.since))}" if thing.since else "",
    }


def headline(count: int) -> str:
    """Return the heading: «Шесть дел ждут Вас»."""
    if not count:
        return "Сейчас Вас ничего не ждёт"
    words = ("", "Одно", "Два", "Три", "Четыре", "Пять", "Шесть", "Семь", "Восемь", "Девять", "Десять")
    number, rest = plural(count, "дело ждёт,дела ждут,дел ждут").split("\xa0", 1)
    return f"{words[count] if count < len(words) else number} {rest} Вас"


def _alone(user) -> str:
    """Where mentees without a pair are found: the choosing page for those who propose pairs, else the bank."""
    proposes = user is None or user.can(Right.PAIRINGS_PROPOSE)
    return reverse("programs:pairing_new") if proposes else f"{reverse('people:bank_mentees')}?pair=no"


def _stages() -> dict:
    """How much stands in every stage of the pipeline."""
    engaged = Participation.objects.live().filter(
        person=OuterRef("person"), part="mentee", pairing__state__in=["proposed", "recommended", "assigned"]
    )
    free = Candidate.objects.filter(~Exists(engaged), part="mentee", state__in=["approved", "appointed"])
    live = Program.objects.live().filter(pairing=OuterRef("pk"))
    return {
        "asked": _number(Candidate.objects.filter(state="applied")),
        "alone": _number(free),
        "proposed": _number(Pairing.objects.filter(state="proposed")),
        "recommended": _number(Pairing.objects.filter(state="recommended")),
        "bare": _number(Pairing.objects.filter(~Exists(live), state="assigned")),
        **{f"is_{s}": _number(Program.objects.filter(state=s)) for s in STATES},
        "ended": _number(Program.objects.ended_in(year_of(timezone.localdate()))),
        "quiet": _number(silent_programs()),
        **_stuck(),
    }


def _stuck() -> dict:
    """How much of a stage stands still, by the reason that a look at the stage cannot tell."""
    sides = Participation.objects.live().filter(pairing=OuterRef("pk"))
    silent = Pairing.objects.filter(Exists(sides.filter(wish="")), proposed_at__lt=timezone.now() - PATIENCE)
    lacking = Pairing.objects.filter(Exists(with_consents(sides).filter(has_duties=False)))
    remarks = Remark.objects.filter(program=OuterRef("pk"), resolved_at__isnull=True)
    return {
        "unfilled": _number(Candidate.objects.filter(state="applied", filled_at__isnull=True)),
        "silent": _number(silent.filter(state="proposed")),
        "lacking": _number(lacking.filter(state="recommended")),
        "returned": _number(Program.objects.filter(Exists(remarks), state="draft")),
        "endorsed": _number(Program.objects.filter(state="submitted", endorsed_at__isnull=False)),
    }


def _waits(numbers) -> str:
    """Whose word submitted programmes wait for: «решает куратор — 1, совет — 2»."""
    sides = (("куратор", numbers.is_submitted - numbers.endorsed), ("совет", numbers.endorsed))
    told = ", ".join(f"{who} — {number}" for who, number in sides if number)
    return f"решает {told}" if told else ""


def pipeline(user=None) -> list[dict]:
    """Return where everything stands now: banks, pairs and programmes by stage, stuck ones with the reason."""
    numbers = told_of(_stages())
    if numbers is None:
        return []
    programs, paired = reverse("programs:programs"), reverse("programs:pairings")

    def stuck(number: int, words: str) -> str:
        return f"{number} {words}" if number else ""

    rows = [
        ("Ждут решения в банках", numbers.asked, stuck(numbers.unfilled, "без анкеты"), reverse("people:banks")),
        ("Без пары", numbers.alone, "", _alone(user)),
        (
            "Пары складываются",
            numbers.proposed,
            stuck(numbers.silent, "без ответа больше трёх дней"),
            f"{paired}?state=proposed",
        ),
        (
            "Пары ждут приказа",
            numbers.recommended,
            stuck(numbers.lacking, "без согласия на обязанности"),
            f"{paired}?state=recommended",
        ),
        (
            "Пары без программы",
            numbers.bare,
            "программу ещё не начали" if numbers.bare else "",
            f"{paired}?state=assigned",
        ),
        (
            "Пишут программу",
            numbers.is_draft,
            stuck(numbers.returned, "с неучтёнными замечаниями"),
            f"{programs}?state=draft",
        ),
        ("На согласовании", numbers.is_submitted, _waits(numbers), f"{programs}?state=submitted"),
        ("Ждут приказа об утверждении", numbers.is_agreed, "", f"{programs}?state=agreed"),
        ("Утверждены, ещё не начались", numbers.is_approved, "", f"{programs}?state=approved"),
        (
            "Реализуются",
            numbers.is_running,
            stuck(numbers.quiet, "без встреч больше трёх недель"),
            f"{programs}?state=running",
        ),
        ("Закончены в этом году", numbers.ended, "", f"{programs}?state=ended"),
    ]
    most = max([row[1] for row in rows] + [1])
    return [{"label": label, "value": value, "max": most, "note": note, "url": url} for label, value, note, url in rows]


def _number(rows):
    """Return an expression: how many rows there are, whatever the outer row."""
    return Coalesce(
        Subquery(rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")), 0
    )


STATES = ("draft", "submitted", "agreed", "approved", "running")
OWN_AT_MOST = 5
NEWS_DAYS = 14


def own(user) -> list[dict]:
    """Return the running programmes in which the user takes part: with whom, how far, what is next, one
    tap to a meeting.
    """
    if not user.roles & {"mentor", "mentee"}:
        return []
    here = Participation.objects.live().filter(person=user.person_id, pairing=OuterRef("pairing"))
    found = (
        Program.objects.filter(Exists(here), state="running")
        .with_people()
        .with_pause(timezone.localdate())
        .annotate(met=Max("meetings__held_on", filter=Q(meetings__attendances__participation__person=user.person_id)))
        .prefetch_related(
            Prefetch("activities", Activity.objects.order_by("due_on", "pk")),
            Prefetch("activities__results", ActivityResult.objects.filter(state="checked")),
        )
        .order_by("ends_on", "pk")
    )
    return [_own(program, user) for program in found[:OWN_AT_MOST]]


def _own(program, user) -> dict:
    others = [p.person.short_name for p in program.pairing.people if p.person_id != user.person_id]
    mentees = {p.pk for p in program.pairing.people if p.part == "mentee"}
    mine = {p.pk for p in program.pairing.people if p.person_id == user.person_id} & mentees or mentees
    plan = list(program.activities.all())
    done = {a.pk for a in plan if mine <= {r.participation_id for r in a.results.all()}}
    ahead = next((a for a in plan if a.pk not in done), None)
    facts = [
        *([("Сейчас", paused_words(program))] if program.paused else []),
        ("Дальше", f"{ahead.title}, до {ruday(ahead.due_on)}" if ahead else "план выполнен"),
        ("Последняя встреча", ruday(program.met) if program.met else "встреч ещё не было"),
    ]
    return {
        "title": program.title,
        "url": program.get_absolute_url(),
        "people": joined(others),
        "value": len(done),
        "max": max(len(plan), 1),
        "label": f"{len(done)} из {plural(len(plan), 'мероприятия,мероприятий,мероприятий')}",
        "facts": [{"label": label, "value": value} for label, value in facts],
        "meeting_url": reverse("programs:meeting_new", args=[program.pk]),
        "journal_url": reverse("programs:journal", args=[program.pk]) + "#thread",
    }


def news(user) -> list[dict]:
    """Return what others wrote in the user's own programmes in the last two weeks."""
    if not user.roles & {"mentor", "mentee", "curator"}:
        return []
    here = Participation.objects.live().filter(person=user.person_id, pairing=OuterRef("program__pairing"))
    since = timezone.now() - timedelta(days=NEWS_DAYS)
    found = Message.objects.visible_to(user).filter(Q(Exists(here)) | Q(program__curator=user.person_id), at__gte=since)
    found = found.exclude(author=user.pk).select_related("author__person", "program").order_by("-at", "-pk")
    return [
        {
            "who": m.author.person.short_name,
            "text": m.text if len(m.text) <= 120 else f"{m.text[:120].rsplit(' ', 1)[0]}…",
            "program": m.program.title,
            "when": f"{ruday(m.at)}, {rutime(m.at)}",
            "url": reverse("programs:journal", args=[m.program_id]) + "#thread",
        }
        for m in found[:OWN_AT_MOST]
    ]
