"""Request and competence: the explanation in words, the order of mentors, warnings, the queue of
those without a pair.
"""

import pytest

from people.banks.models import MenteeCategory, Statement, Topic
from programs.catalogs.models import MentoringForm, MentoringKind
from programs.pairings import acts as pairing_acts
from programs.pairings import pool
from tests.factories import make_candidate, make_pairing, make_person

pytestmark = [pytest.mark.point("12")]


def says(candidate, kind, text, topic=None):
    return Statement.objects.create(candidate=candidate, kind=kind, text=text, topic=topic)


@pytest.fixture
def mentee(cast):
    candidate = make_candidate(make_person(department="Хоровое отделение", consent=True), "mentee", by=cast.director)
    candidate.statements.all().delete()
    return candidate


def mentor(cast, *statements, department="Фортепианное отделение", post="преподаватель", capacity=2):
    candidate = make_candidate(
        make_person(department=department, post=post, consent=True), "mentor", by=cast.director, capacity=capacity
    )
    candidate.statements.all().delete()
    for text, topic in statements:
        says(candidate, "competence", text, topic)
    return candidate


def fits(cast, mentee):
    one = pool.with_statements(pool.free_mentees()).get(pk=mentee.pk)
    return pool.group_fits(cast.curator, [one], pool.mentors(near=[one]))


@pytest.mark.clause("6.1-a")
def test_a_request_meets_a_competence_by_topic(cast, mentee):
    topic = Topic.objects.create(name="Импровизация")
    says(mentee, "request", "хочу свободно играть", topic)
    mentor(cast, ("джаз", topic))
    (fit,) = fits(cast, mentee)
    assert [(a.need, a.offer, a.by) for a in fit.answers] == [("хочу свободно играть", "джаз", "тема «Импровизация»")]
    assert (fit.requests_met, fit.wanted, fit.unmet) == (1, 1, [])


@pytest.mark.clause("6.1-a")
def test_a_request_meets_a_competence_by_words_in_any_form(cast, mentee):
    says(mentee, "request", "Провести открытый урок")
    mentor(cast, ("подготовка открытых уроков", None))
    (fit,) = fits(cast, mentee)
    assert fit.answers[0].by == "слова «открытый», «урок»"


def test_common_words_meet_nothing(cast, mentee):
    says(mentee, "request", "помочь с работой")
    mentor(cast, ("большой опыт работы", None))
    (fit,) = fits(cast, mentee)
    assert (fit.answers, fit.unmet) == ([], ["помочь с работой"])


def test_resolved_difficulties_are_left_out(cast, mentee):
    said = says(mentee, "difficulty", "чтение с листа")
    mentor(cast, ("чтение с листа", None))
    assert len(fits(cast, mentee)[0].answers) == 1
    said.resolved_on = "2026-01-01"
    said.save()
    assert fits(cast, mentee)[0].answers == []


@pytest.mark.clause("2.3-c4", "П.4-a")
def test_the_order_is_answers_department_load_and_full_ones_last(cast, mentee):
    topic = Topic.objects.create(name="Сцена")
    says(mentee, "request", "страх сцены", topic)
    full = mentor(cast, ("сцена", topic), capacity=1)
    busy = make_candidate(make_person(), "mentee", by=cast.director)
    far = mentor(cast, ("кларнет", None))
    near = mentor(cast, ("сольфеджио", None), department="Хоровое отделение")
    best = mentor(cast, ("сцена", topic))
    _propose(cast, full, busy)
    assert [f.mentor.pk for f in fits(cast, mentee)] == [best.pk, near.pk, far.pk, full.pk]
    assert [f.free for f in fits(cast, mentee)] == [2, 2, 2, 0]


def _propose(cast, lead, led):
    from datetime import timedelta

    from django.utils import timezone

    today = timezone.localdate()
    return pairing_acts.propose(
        by=cast.curator,
        kind="pair",
        mentor=lead,
        mentees=[led],
        topics=[Topic.objects.first()],
        why="да",
        profile_fits=True,
        planned_from=today,
        planned_to=today + timedelta(days=120),
    )


def test_a_head_of_the_mentee_is_warned_about(cast, mentee):
    mentor(cast, ("хор", None), post="заведующая отделением", department="Хоровое отделение")
    mentor(cast, ("хор", None), post="заведующая отделением", department="Другое отделение")
    mentor(cast, ("хор", None), post="директор", department=None)
    warned = {f.mentor.posts[0].department is None or f.same_department: bool(f.warnings) for f in fits(cast, mentee)}
    assert warned == {True: True, False: False}


def test_a_failed_pair_is_remembered(cast, mentee):
    lead = mentor(cast, ("хор", None))
    pairing_acts.decline(_propose(cast, lead, mentee), by=cast.chair, reason="нет")
    assert fits(cast, mentee)[0].warnings == [f"{mentee.person.short_name}: эту пару уже предлагали, она не сложилась"]


def test_nobody_is_offered_to_oneself(cast, mentee):
    make_candidate(mentee.person, "mentor", by=cast.director)
    assert fits(cast, mentee) == []


@pytest.mark.clause("П.4-a")
def test_a_group_is_weighed_together(cast, mentee):
    topic = Topic.objects.create(name="Сцена")
    other = make_candidate(make_person(), "mentee", by=cast.director)
    says(mentee, "request", "страх сцены", topic)
    small, large = mentor(cast, ("сцена", topic), capacity=1), mentor(cast, ("танец", None), capacity=2)
    both = list(pool.with_statements(pool.free_mentees()).filter(pk__in=[mentee.pk, other.pk]))
    assert [f.mentor.pk for f in pool.group_fits(cast.curator, both, pool.mentors(near=both))] == [large.pk, small.pk]


def test_the_queue_without_a_pair(cast, mentee):
    assert [c.pk for c in pool.free_mentees()] == [mentee.pk]
    make_pairing(cast, "assigned")
    make_pairing(cast, "dissolved")
    assert pool.without_pair() == 2


def test_the_lists_of_the_regulation_are_there(db):
    assert list(MentoringForm.objects.values_list("name", flat=True)) == [
        "педагог – педагог",
        "руководитель Учреждения – педагог",
        "работодатель – студент",
        "педагог вуза/колледжа – молодой педагог Учреждения",
    ]
    assert set(MentoringKind.objects.values_list("code", flat=True)) == {
        "virtual",
        "group",
        "short",
        "reverse",
        "situational",
        "speed",
        "traditional",
    }
    assert Topic.objects.filter(name__in=["Предметное содержание", "Воспитательная деятельность"]).count() == 2
    assert MenteeCategory.objects.count() == 7
