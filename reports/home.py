"""The home page: what waits for the user, computed from every room; the curator's pipeline at a glance."""

from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import near, plural, ruday
from mentoring_site.waiting import Waiting
from people.models import Candidate
from programs.models import Pairing, Program

NAMES = ("people.waiting.setup", "people.waiting.banks", "people.waiting.consents", "programs.waiting.pairings", "programs.waiting.programmes", "programs.waiting.running", "programs.waiting.completion", "reports.orders.waiting", "roadmap.waiting")


def _rooms():
    from importlib import import_module, util

    found = []
    for name in NAMES:
        try:
            if util.find_spec(name):
                found.append(import_module(name))
        except ModuleNotFoundError:
            continue
    return found


SOON = 7  # days: what is due within them stands above the rest


def _day(moment) -> date | None:
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date()
    return moment


def waiting(user) -> list[Waiting]:
    """Return everything that waits for the user, the most urgent first."""
    found = [thing for room in _rooms() for thing in room.waiting(user)]
    return sorted(found, key=lambda w: (w.until or date.max, -w.weight, _day(w.since) or date.max, w.title))


def sections(user) -> list[dict]:
    """Return the home's sections: late, this week, later; each with its tasks as ``components/task.html`` takes them."""
    today = timezone.localdate()
    groups = {"Просрочено": [], "На этой неделе": [], "Остальное": []}
    for thing in waiting(user):
        days = (thing.until - today).days if thing.until else None
        name = "Остальное" if days is None or days > SOON else "Просрочено" if days < 0 else "На этой неделе"
        groups[name].append(_task(thing, late=days is not None and days < 0))
    found = [{"title": title, "tasks": tasks} for title, tasks in groups.items() if tasks]
    if len(found) == 1 and found[0]["title"] == "Остальное":
        found[0]["title"] = "Сейчас"
    if found:
        found[0]["tasks"][0]["primary"] = True
    return found


def _task(thing: Waiting, *, late: bool) -> dict:
    when = near(thing.until) if thing.until else ""
    return {
        "title": thing.title,
        "why": thing.why,
        "url": thing.url,
        "verb": thing.verb,
        "late": late,
        "primary": False,
        "when": when or (f"до {ruday(thing.until)}" if thing.until else ""),
        "since": f"ждёт с {ruday(_day(thing.since))}" if thing.since else "",
    }


def headline(count: int) -> str:
    """Return the heading: «Шесть дел ждут Вас»."""
    if not count:
        return "Сейчас Вас ничего не ждёт"
    words = ("", "Одно", "Два", "Три", "Четыре", "Пять", "Шесть", "Семь", "Восемь", "Девять", "Десять")
    number, rest = plural(count, "дело ждёт,дела ждут,дел ждут").split("\xa0", 1)
    return f"{words[count] if count < len(words) else number} {rest} Вас"


def pipeline() -> list[dict]:
    """Return where everything stands now: banks, pairs and programmes by stage, stuck ones with the reason."""
    paired = Q(
        participations__until__isnull=True, participations__pairing__state__in=["proposed", "recommended", "assigned"]
    )
    alone = Candidate.objects.filter(part="mentee", state__in=["approved", "appointed"]).exclude(paired).count()
    asked = Candidate.objects.filter(state="applied").count()
    pairs = {row["state"]: row["n"] for row in Pairing.objects.values("state").annotate(n=Count("pk"))}
    states = {row["state"]: row["n"] for row in Program.objects.values("state").annotate(n=Count("pk"))}
    bare = (
        Pairing.objects.filter(state="assigned")
        .exclude(programs__state__in=["draft", "submitted", "agreed", "approved", "running"])
        .count()
    )
    quiet = quiet_programs().count()
    year = _school_year_start()
    ended = Program.objects.filter(state__in=["completed", "terminated"], ended_on__gte=year).count()
    programs = reverse("programs:programs")
    rows = [
        ("Ждут решения в банках", asked, "", reverse("people:banks")),
        ("Без пары", alone, "", reverse("programs:pairing_new")),
        ("Пары складываются", pairs.get("proposed", 0), "", reverse("programs:pairings") + "?state=proposed"),
        ("Пары ждут приказа", pairs.get("recommended", 0), "", reverse("programs:pairings") + "?state=recommended"),
        (
            "Пишут программу",
            bare + states.get("draft", 0),
            f"{bare} без черновика" if bare else "",
            programs + "?state=draft",
        ),
        ("На согласовании", states.get("submitted", 0), "", programs + "?state=submitted"),
        ("Ждут утверждения", states.get("agreed", 0), "", programs + "?state=agreed"),
        (
            "Реализуются",
            states.get("running", 0),
            f"{quiet} без встреч больше трёх недель" if quiet else "",
            programs + "?state=running",
        ),
        ("Завершены в этом году", ended, "", programs + "?state=completed"),
    ]
    most = max([row[1] for row in rows] + [1])
    return [{"label": label, "value": value, "max": most, "note": note, "url": url} for label, value, note, url in rows]


def quiet_programs():
    """Running programmes without a meeting for 21 days (a new one has a grace period of as many)."""
    since = timezone.localdate() - timezone.timedelta(days=21)
    return Program.objects.filter(state="running", started_on__lt=since).exclude(meetings__held_on__gte=since)


def _school_year_start() -> date:
    today = timezone.localdate()
    return date(today.year if today.month >= 9 else today.year - 1, 9, 1)
