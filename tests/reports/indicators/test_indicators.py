"""Indicators: every number is reckoned again over the rows, equals its list, and is compared with the year before."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring_site.russian import rudate
from mentoring_site.workflow import Stale
from people.register.models import Employment, Person
from people.school.models import Organisation
from programs.completion.models import Completion, Outcome
from programs.journal.models import Meeting
from programs.learning.models import Skill
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.requests.kinds.contest.models import Contest
from programs.requests.models import Request
from reports.home.pipeline import pipeline
from reports.indicators import acts, passports, presenters, queries
from reports.indicators.definitions import ALL
from reports.indicators.measuring import measure, measure_parts
from reports.indicators.models import IndicatorGoal
from reports.indicators.passports import PASSPORTS, How, Measured, Passport
from reports.indicators.periods import Period
from roadmap.practices.models import Practice
from roadmap.training.models import Training
from tests.programs.journal.kit import make_running, others
from tests.programs.program.test_documents import text_of_pdf
from tests.reports.indicators.kit import days, make_counted

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.2")]

OWN = Organisation.Kind.OWN


@pytest.fixture
def counted(cast):
    make_counted(cast)
    return Period(days(-120), days(0))


# --- another way to every number: plain Python over the rows ---


def works(person, day, *, teaching=False):
    return any(
        job.organisation.kind == OWN
        and (job.is_teaching or not teaching)
        and (job.since is None or job.since <= day)
        and (job.until is None or job.until >= day)
        for job in person.employments.all()
    )


def people():
    return list(Person.objects.prefetch_related("employments__organisation"))


def teachers(period):
    return {p.pk for p in people() if works(p, period.last, teaching=True)}


def stands(part, first, last):
    pair = part.pairing
    begun = pair.assigned_on is not None and pair.assigned_on <= last and (part.since is None or part.since <= last)
    over = (pair.ended_on is not None and pair.ended_on < first) or (part.until is not None and part.until < first)
    return begun and not over


def parts(first, last, which=("mentor", "mentee")):
    found = Participation.objects.select_related("pairing")
    return [p for p in found if p.part in which and stands(p, first, last)]


def persons(period, *which):
    return {p.person_id for p in parts(period.last, period.last, which or ("mentor", "mentee"))}


def years(since, day):
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def young(period):
    known = [p for p in people() if p.birth_date and p.teaching_since and p.pk in teachers(period)]
    return {p.pk for p in known if p.young_specialist(period.last)[0]}


def inside(day, period):
    return day is not None and period.first <= day <= period.last


def local(moment):
    return timezone.localdate(moment) if moment else None


def ends(period):
    return [c for c in Completion.objects.all() if c.state == "registered" and inside(c.ended_on, period)]


def meetings(period):
    found = []
    for meeting in Meeting.objects.prefetch_related("attendances__participation"):
        said = {a.participation.part for a in meeting.attendances.all() if a.confirmed_at}
        if inside(meeting.held_on, period) and said == {"mentor", "mentee"}:
            found.append(meeting)
    return found


def learnt(period, **more):
    found = [t for t in Training.objects.all() if t.state == "confirmed" and inside(t.ended_on, period)]
    return {t.person_id for t in found if all(getattr(t, name) == value for name, value in more.items())}


def skills(period):
    found = []
    for skill in Skill.objects.prefetch_related("ratings"):
        own = {r.moment: r for r in skill.ratings.all() if r.part == "mentee"}
        if "start" in own and "end" in own and inside(local(own["end"].rated_at), period):
            found.append(own["end"].value - own["start"].value)
    return found


def contests(period):
    held = [c for c in Contest.objects.select_related("request") if inside(c.ends_on, period)]
    return [c for c in held if c.result not in ("", "cancelled") and c.request.state in ("filed", "accepted", "done")]


def requests(period):
    found = [r for r in Request.objects.all() if inside(local(r.decided_at), period)]
    return [r for r in found if r.filed_on.month not in (6, 7, 8)]


def share(part, whole):
    return 100 * len(part) / len(whole) if whole else None


def mean(values):
    return sum(values) / len(values) if values else None


def months(period):
    total, day = 0, period.first
    programs = [p for p in Program.objects.all() if p.started_on]
    while day <= period.last:
        if day.month not in (6, 7, 8):
            total += sum(p.started_on <= day and (p.ended_on is None or p.ended_on >= day) for p in programs)
        day += timedelta(days=1)
    return total * 12 / 365


def in_forms(period):
    found = set()
    for part in parts(period.first, period.last):
        for program in part.pairing.programs.all():
            begun = program.started_on and program.started_on <= period.last
            if begun and (program.ended_on is None or program.ended_on >= period.first) and program.forms.exists():
                found.add(part.person_id)
    return found


def loads(period):
    now = parts(period.last, period.last)
    found = []
    for person in {p.person_id for p in now if p.part == "mentor"}:
        led = {p.pairing_id for p in now if p.part == "mentor" and p.person_id == person}
        found.append(len({p.person_id for p in now if p.part == "mentee" and p.pairing_id in led}))
    return found


def year_ago(period):
    return Period(period.first - timedelta(days=365), period.last - timedelta(days=365))


def stayed(period):
    found = []
    for c in ends(year_ago(period)):
        jobs = c.participation.person.employments.select_related("organisation")
        day = c.ended_on + timedelta(days=365)
        if any(j.organisation.kind == OWN and (j.until is None or j.until >= day) for j in jobs):
            found.append(c)
    return found


def outcomes(period):
    keys = {c.pk for c in ends(period)}
    return [o for o in Outcome.objects.all() if o.completion_id in keys]


def raised(period):
    order = ["", "fit", "first", "highest"]
    ever = {p.person_id for p in parts(date.min, period.last)}
    found = set()
    for entry in LogEntry.objects.filter(content_type__model="person", action=LogEntry.Action.UPDATE):
        old, new = (entry.changes or {}).get("category", ["", ""])
        rose = order.index(new) > max(order.index(old), 1)
        if entry.object_id in ever and rose and inside(local(entry.timestamp), period):
            found.add(entry.object_id)
    return found


AGAIN = {
    "involved": lambda p: share(teachers(p) & persons(p), teachers(p)),
    "mentors": lambda p: share(teachers(p) & persons(p, "mentor"), teachers(p)),
    "mentees": lambda p: len(persons(p, "mentee")),
    "young": lambda p: share(young(p) & persons(p, "mentee"), young(p)),
    "forms": lambda p: len(in_forms(p)),
    "training": lambda p: share(teachers(p) & learnt(p), teachers(p)),
    "mentors_trained": lambda p: share(
        persons(p, "mentor")
        & learnt(Period(date(p.last.year - 3, p.last.month, p.last.day), p.last), about_mentoring=True),
        persons(p, "mentor"),
    ),
    "practices": lambda p: len(
        [
            one
            for one in Practice.objects.all()
            if one.state in ("accepted", "published", "taken_down") and inside(local(one.reviewed_at), p)
        ]
    ),
    "running": lambda p: len(
        [
            one
            for one in Program.objects.all()
            if one.started_on and one.started_on <= p.last and (one.ended_on is None or one.ended_on > p.last)
        ]
    ),
    "meetings": lambda p: len(meetings(p)),
    "hours": lambda p: sum(m.minutes for m in meetings(p)) / 60,
    "rhythm": lambda p: len([m for m in meetings(p) if m.held_on.month not in (6, 7, 8)]) / months(p),
    "load": lambda p: mean(loads(p)),
    "ended": lambda p: len(
        [o for o in Program.objects.all() if o.state in ("completed", "terminated") and inside(o.ended_on, p)]
    ),
    "reasons": lambda p: len(ends(p)),
    "by_plan": lambda p: share([c for c in ends(p) if c.reason == "plan"], ends(p)),
    "difficulties": lambda p: share([o for o in outcomes(p) if o.level == "resolved"], outcomes(p)),
    "outcomes": lambda p: len(outcomes(p)),
    "skills": lambda p: share([rise for rise in skills(p) if rise > 0], skills(p)),
    "skills_rise": lambda p: mean(skills(p)),
    "retained": lambda p: share(stayed(p), ends(year_ago(p))),
    "contests": lambda p: len(contests(p)),
    "contests_won": lambda p: share(
        [c for c in contests(p) if c.result in ("grand_prix", "first", "second", "third", "laureate")], contests(p)
    ),
    "categories": lambda p: len(raised(p)),
    "answer_days": lambda p: mean([(local(r.decided_at) - r.filed_on).days for r in requests(p)]),
    "in_time": lambda p: share(
        [r for r in requests(p) if r.due_on and local(r.decided_at) <= r.due_on], [r for r in requests(p) if r.due_on]
    ),
}
EXPECTED = {  # some numbers said in advance, so that two equal mistakes are seen
    "mentees": 3,
    "meetings": 4,
    "hours": (33 + 50 + 70 + 60) / 60,
    "load": 1.5,
    "skills": 50,
    "skills_rise": 1,
    "retained": 50,
    "contests": 2,
    "contests_won": 50,
    "practices": 1,
    "categories": 1,
    "reasons": 1,
    "by_plan": 100,
}


@pytest.mark.clause("3.4-k1", "3.4-k2", "3.4-k3")
def test_every_indicator_is_reckoned_again_over_the_rows(counted):
    assert set(AGAIN) == {one.code for one in ALL}
    whole_life = Period(days(-700), days(0))
    for period in (counted, counted.before, whole_life, Period(days(-3), days(-3))):
        found = measure(ALL, period)
        for code, again in AGAIN.items():
            value = again(period) if code != "rhythm" or months(period) else None
            assert found[code].value == pytest.approx(value), (code, period)
    now = measure(ALL, counted)
    assert {code: now[code].value for code in EXPECTED} == pytest.approx(EXPECTED)
    assert None not in {now[code].value for code in AGAIN}, "the school of the test must have something of each"


def test_every_number_is_made_of_its_list(counted, cast, as_user):
    client = as_user(cast.curator)
    now = measure(ALL, counted)
    for one in ALL:
        url = f"/indicators/{one.code}/list/?{counted.query}"
        answer = client.get(url)
        assert answer.status_code == 200, one.code
        assert answer.context["listing"].page.paginator.count == now[one.code].rows, one.code
        book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{url}&format=xlsx").streaming_content)))
        rows = list(book.active.iter_rows(min_row=2, values_only=True))
        assert len([row for row in rows if any(row)]) == now[one.code].rows, one.code
        for part in measure_parts(one, counted):
            listed = client.get(f"{url}&part={part.part.key}").context["listing"]
            assert listed.page.paginator.count == part.rows, (one.code, part.part.key)


def test_the_parts_make_up_the_whole(counted):
    for code in ("reasons", "outcomes", "contests", "meetings"):
        parts_of = measure_parts(PASSPORTS[code], counted)
        assert sum(part.rows for part in parts_of) == measure([PASSPORTS[code]], counted)[code].rows, code
    by_form = {part.part.label: part.rows for part in measure_parts(PASSPORTS["forms"], counted)}
    assert max(by_form.values()) > 0 and len(by_form) >= 4, "forms that nobody is in are counted too: with nothing"


def test_the_parts_of_a_share_are_numbers_of_people(counted):
    shares = [one for one in ALL if one.unit == "%" and one.how is How.SHARE and one.parts]
    assert shares
    for one in shares:
        told = {row[0].text: row[1].text for row in presenters.by_parts(one, counted).rows}
        assert told == {part.part.label: str(part.rows) for part in measure_parts(one, counted)}, one.code


def test_the_page_says_number_change_target_and_leads_to_the_list(counted, cast, as_user):
    acts.set_goal(
        PASSPORTS["mentees"],
        by=cast.director,
        version=1,
        baseline=None,
        target=Decimal(5),
        why_target="Решение совета",
        answers="куратор",
    )
    text = as_user(cast.director).get(f"/indicators/?{counted.query}").content.decode()
    assert f'href="/indicators/mentees/list/?{counted.query.replace("&", "&amp;")}"' in text
    assert "цель — 5\xa0чел., не достигнута" in text and "год назад — 0\xa0чел." in text
    for one in ALL:
        assert one.name in text, one.code
    page = as_user(cast.council).get(f"/indicators/mentees/?{counted.query}").content.decode()
    for said in ("Как считается", "Откуда", "Решение совета", "3.4-l", "действует с"):
        assert said in page, said
    assert "Изменить цель" not in page


def test_a_goal_needs_a_reason_and_does_not_overwrite_another_hand(cast, as_user):
    client = as_user(cast.curator)
    refused = client.post("/indicators/involved/goal/", {"target": "80", "answers": "куратор", "version": "1"})
    assert "Напишите, почему цель такая" in refused.content.decode() and not IndicatorGoal.objects.exists()
    sent = {"target": "80,5", "why_target": "Программа развития", "answers": "куратор", "version": "1"}
    assert client.post("/indicators/involved/goal/", sent).status_code == 302
    goal = IndicatorGoal.objects.get(code="involved")
    assert (goal.target, goal.version) == (Decimal("80.5"), 2)
    with pytest.raises(Stale):
        acts.set_goal(
            PASSPORTS["involved"], by=cast.curator, version=1, baseline=None, target=None, why_target="", answers=""
        )
    assert as_user(cast.council).get("/indicators/involved/goal/").status_code == 403


def test_the_workbook_and_the_paper_carry_the_same_numbers(counted, cast, as_user):
    client = as_user(cast.curator)
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(f"/indicators/?{counted.query}&format=xlsx").streaming_content))
    )
    rows = {row[1]: row[2] for row in book.active.iter_rows(min_row=2, values_only=True)}
    now = measure(PASSPORTS.values(), counted)
    assert rows == {one.name: passports.words(now[one.code].value, one) for one in PASSPORTS.values()}
    text = text_of_pdf(client.get(f"/indicators/pdf/?{counted.query}")).replace("\xa0", " ")
    for said in ("Показатели наставничества", "Участие", "Часы встреч"):
        assert said in text


def test_further_rows_cost_no_query(cast, as_user):
    client = as_user(cast.curator)

    def asked(url):
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    urls = ["/indicators/", "/indicators/reasons/", "/indicators/meetings/list/", "/indicators/answer_days/list/"]
    make_running(cast)
    few = [asked(url) for url in urls]
    make_counted(others(cast))
    assert all(now <= before + 1 for now, before in zip(map(asked, urls), few, strict=True)), few
    assert max(few) <= 34, few  # two of them are of satisfaction, for the period and the one before


def test_days_of_the_address(monkeypatch):
    day = date(2026, 11, 30)
    monkeypatch.setattr("reports.indicators.periods.timezone.localdate", lambda *a: day)
    monkeypatch.setattr("mentoring_site.ui.list_filters.timezone.localdate", lambda *a: day)
    assert Period.asked({}) == Period(date(2026, 8, 1), day)
    assert Period.asked({"since": "2026-09-01", "until": "2026-09-30"}).before == Period(
        date(2025, 9, 1), date(2025, 9, 30)
    )
    assert Period.asked({"until": "2030-01-01"}) == Period(date(2026, 8, 1), day), "the future is not counted"
    assert Period.asked({"since": "вчера"}) == Period(date(2026, 8, 1), day)
    assert Period(day, day).words == f"на {rudate(day)}"
    assert Period.of_year(2025, day) == Period(date(2025, 8, 1), date(2026, 7, 31))


def test_summer_is_left_out():
    assert queries._school_days(date(2026, 5, 30), date(2026, 9, 2)) == 4
    assert queries._school_days(date(2026, 6, 1), date(2026, 8, 31)) == 0
    assert queries._school_days(date(2026, 9, 1), date(2026, 8, 1)) == 0
    assert {one.code for one in ALL if one.without_summer} == {"rhythm", "answer_days", "in_time"}


def test_the_home_says_the_same(counted, cast):
    stages = {stage.label: stage.value for stage in pipeline(cast.curator)}
    now = measure(ALL, Period.asked({}))
    assert stages["Закончены в этом году"] == now["ended"].value
    assert stages["Реализуются"] + stages["Срок истёк, подводятся итоги"] == now["running"].value


def test_another_feature_adds_an_indicator_without_a_list(cast, as_user, monkeypatch):
    monkeypatch.setattr(passports, "PASSPORTS", PASSPORTS)
    content = Passport(
        "content",
        "Довольные наставляемые",
        "Отзывы",
        "Анкета",
        "ответы «доволен» ÷ все ответы × 100",
        "анкеты",
        "%",
        "за все дни периода",
        "3.4-j",
        "куратор",
        How.SHARE,
        measured=lambda period: Measured(75.0, 3, 4),
    )
    passports.register(content)
    try:
        client = as_user(cast.curator)
        text = client.get("/indicators/").content.decode()
        assert "Довольные наставляемые" in text and "75\xa0%" in text and "3 из 4" in text
        assert client.get("/indicators/content/").status_code == 200
        assert client.get("/indicators/content/list/").status_code == 404
    finally:
        del PASSPORTS["content"]


def test_a_reader_sees_in_the_list_only_what_rights_open(counted, cast, as_user):
    """A member of the council who is a mentee of a group does not read of the others' ends; the number stays."""
    client = as_user(cast.council)
    assert client.get(f"/indicators/training/list/?{counted.query}").status_code == 200
    listed = client.get(f"/indicators/training/list/?{counted.query}").context["listing"].page.paginator.count
    bare = client.get("/indicators/training/list/").context["listing"].page.paginator.count
    assert 0 < bare <= listed < queries.teachers_learning(counted).count()
    seen = Person.objects.visible_to(cast.council)
    assert listed == queries.teachers_learning(counted).filter(pk__in=seen.values("pk")).count()
    assert Employment.objects.exists()
