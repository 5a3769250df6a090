"""A mentor proposes to honor a colleague, the council a mentor: decided, drafted as an order (п. 3.5, 4.2; ТК 191)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.evidence import places
from mentoring_site.models import Act, Evidence
from mentoring_site.workflow import NotAllowed, Refused
from programs.catalogs.models import IncentiveMeasure
from programs.requests import acts
from programs.requests.kinds.incentives.models import IncentiveWish
from programs.requests.models import Request
from reports.orders.drafting import acts as drafting_acts
from reports.orders.models import Order
from roadmap.council import acts as council_acts
from roadmap.council.models import Minutes
from tests.factories import make_person, make_program
from tests.programs.requests.kit import TEXT, ask
from tests.programs.requests.test_kinds import fresh, readers, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.2")]


@pytest.fixture
def program(cast):
    return make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)


@pytest.fixture
def encouraged(cast, program):
    """The mentor proposes to thank the mentee."""
    person = {"person": cast.mentee.person, "columns": {"about": cast.mentee.person.full_name}}
    return ask(cast, "encouragement", by=cast.mentor, program=program, data={"measures": ["thanks"]}, **person)


def said(**values):
    return {"answer": "заслужено", "order": "on", "measures": ["thanks"], "merit": "за открытый урок"} | values


@pytest.mark.clause("4.2-f2")
def test_the_mentor_proposes_and_the_curator_prepares_the_order_that_the_director_signs(cast, as_user, program):
    client = as_user(cast.mentor)
    url = f"/requests/new/encouragement/{program.pairing_id}/"
    form = client.get(url).context["form"]
    assert form.fields["honored"].initial == cast.mentee.person_id
    client.post(url, {"honored": cast.mentee.person_id, "text": TEXT, "measures": ["thanks", "diploma"]})
    made = Request.objects.get()
    assert readers(cast, made) == {"mentor", "curator", "director"}
    assert waiting(cast.curator) == ["Поддержать: предложение о поощрении"] and waiting(cast.mentee) == []
    as_user(cast.curator).post(f"{made.get_absolute_url()}accept/", said(measures=["thanks", "diploma"]))
    made.refresh_from_db()
    order = Order.objects.get()
    assert (made.state, made.led_to, order.kind, order.state) == ("accepted", order, "incentive", "draft")
    words = " ".join([order.heading, order.preamble, *(p["text"] for p in order.points)]).replace("\xa0", " ")
    assert "О поощрении работника" in words and "пунктом 4.2" in words and "статьёй 191" in words
    assert "на основании предложения наставника" in words
    assert "Объявить благодарность за открытый урок" in words and "Наградить почётной грамотой" in words
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    assert drafting_acts.agree(order, by=cast.curator).state == "agreed"  # no minutes of the council are asked for
    page = client.get(made.get_absolute_url())
    assert [fact.url for fact in page.context["facts"] if fact.label == "К чему привело"] == [""]


def test_the_decision_is_taken_back_with_its_draft_while_nobody_has_signed(cast, encouraged):
    data = {"order": True, "measures": ["thanks"], "merit": "за урок"}
    acts.decide(encouraged, "accept", by=cast.curator, answer="да", data=data)
    order = Order.objects.get()
    undo.undo(Act.objects.about(encouraged).get(verb="accept"), by=cast.curator)
    assert not Order.objects.exists() and Request.objects.get().state == "filed"
    acts.decide(encouraged, "accept", by=cast.curator, answer="да", data=data)
    order = Order.objects.get()
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    drafting_acts.agree(order, by=cast.curator)
    with pytest.raises(Refused, match="согласован или подписан"):
        undo.undo(Act.objects.about(encouraged).filter(verb="accept").last(), by=cast.curator)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"merit": "открытый урок"}, "merit"), ({"measures": ["bonus"]}, "amount"), ({"answer": ""}, "answer")],
)
def test_the_decision_says_what_the_order_needs(cast, as_user, encouraged, values, field):
    page = as_user(cast.curator).post(f"{encouraged.get_absolute_url()}accept/", said(**values))
    assert field in page.context["form"].errors and not Order.objects.exists()


def test_whom_the_school_does_not_employ_is_honored_without_an_order(cast, as_user, program):
    student = make_person()
    student.employments.all().delete()
    made = ask(cast, "encouragement", by=cast.mentor, program=program, person=student, data={"measures": ["thanks"]})
    form = as_user(cast.curator).get(f"{made.get_absolute_url()}accept/").context["form"]
    assert set(form.fields) == {"answer"}
    with pytest.raises(Refused, match="в ней не работает"):
        acts.decide(made, "accept", by=cast.curator, answer="да", data={"order": True, "merit": "за всё"})
    assert acts.decide(made, "accept", by=cast.curator, answer="поблагодарили").led_to is None


def test_a_measure_of_the_school_is_offered_and_a_closed_one_is_not(cast, as_user, program):
    data = {"name": "доска почёта", "wording": "занести на Доску почёта", "case": "accusative", "is_open": "on"}
    as_user(cast.curator).post("/settings/lists/measures/new/", data)
    IncentiveMeasure.objects.filter(code="gift").update(is_open=False)
    form = as_user(cast.mentor).get(f"/requests/new/encouragement/{program.pairing_id}/").context["form"]
    names = [label for _, label in form.fields["measures"].choices]
    assert "доска почёта" in names and "ценный подарок" not in names


def test_an_interested_curator_does_not_decide(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.curator)
    made = ask(
        cast,
        "encouragement",
        by=cast.mentor,
        program=program,
        person=cast.curator.person,
        data={"measures": ["thanks"]},
    )
    assert waiting(cast.curator) == [] and len(waiting(cast.director)) == 1
    with pytest.raises(NotAllowed):
        acts.decide(made, "accept", by=fresh(cast.curator), answer="да")


def signed_minutes(cast):
    made = council_acts.draft(
        by=cast.secretary,
        body="методический совет",
        body_genitive="методического совета",
        held_on=timezone.localdate() - timedelta(days=1),
        place="учительская",
        chair=cast.chair.person,
        secretary=cast.secretary.person,
        present=[cast.chair.person, cast.secretary.person],
    )
    Minutes.objects.filter(pk=made.pk).update(state="signed", signed_on=made.held_on, facts={}, facts_sha256="0" * 64)
    return Minutes.objects.get(pk=made.pk)


@pytest.mark.clause("3.5-j")
def test_the_council_proposes_with_its_minutes_and_the_director_decides(cast, as_user, program):
    minutes = signed_minutes(cast)
    url = f"/requests/new/mentor_incentive/{program.pairing_id}/"
    assert as_user(cast.council).get(url).status_code == 403
    client = as_user(cast.chair)
    form = client.get(url).context["form"]
    assert form.fields["minutes"].initial == f"minutes:{minutes.pk}"
    client.post(url, {"text": TEXT, "measures": ["thanks", "bonus"], "minutes": f"minutes:{minutes.pk}"})
    made = Request.objects.get()
    wish = IncentiveWish.objects.get()
    assert (made.person, wish.minutes_number, wish.minutes_date) == (
        cast.mentor.person,
        minutes.number,
        minutes.held_on,
    )
    (proof,) = Evidence.objects.filter(object_id=wish.pk)
    assert proof.latest.object == minutes and places.of(wish).code == "incentives"
    assert readers(cast, made) == {"director", "curator", "chair", "secretary", "council"}
    page = as_user(cast.director).get(made.get_absolute_url())
    assert "Протокол совета" in page.content.decode()
    values = said(measures=["thanks", "bonus"], amount="в размере 5 000 рублей", merit="за работу наставником")
    with pytest.raises(NotAllowed):
        acts.decide(made, "accept", by=cast.curator, answer="да")
    as_user(cast.director).post(f"{made.get_absolute_url()}accept/", values)
    order = Order.objects.get()
    words = " ".join([order.heading, order.preamble, *(p["text"] for p in order.points)]).replace("\xa0", " ")
    assert "О поощрении наставника" in words and "пунктом 3.5" in words
    assert "предложения методического совета (протокол от" in words
    assert "Объявить благодарность за работу наставником" in words
    assert "Премировать за работу наставником в размере 5 000 рублей" in words


def test_without_minutes_the_council_proposes_nothing(cast, as_user, program):
    with pytest.raises(Refused, match="Нет протокола"):
        ask(
            cast,
            "mentor_incentive",
            by=cast.chair,
            program=program,
            person=cast.mentor.person,
            data={"measures": ["thanks"]},
        )
    url = f"/requests/new/mentor_incentive/{program.pairing_id}/"
    page = as_user(cast.chair).post(url, {"text": TEXT, "measures": ["thanks"], "minutes": "typed"})
    assert set(page.context["form"].errors) == {"minutes_number", "minutes_date"}
    typed = {"minutes": "typed", "minutes_number": "7", "minutes_date": timezone.localdate().isoformat()}
    as_user(cast.chair).post(url, {"text": TEXT, "measures": ["thanks"], **typed})
    assert IncentiveWish.objects.get().minutes_number == "7"


def test_a_draft_with_two_measures_is_restated_with_both(cast, as_user, encouraged):
    acts.decide(
        encouraged,
        "accept",
        by=cast.curator,
        answer="да",
        data={"order": True, "measures": ["thanks", "diploma"], "merit": "за урок"},
    )
    order = Order.objects.get()
    form = as_user(cast.clerk).get(f"{order.get_absolute_url()}restate/").context["form"]
    assert form.initial["measure"] == ["thanks", "diploma"]
    assert form.initial["proposal"].startswith("предложения наставника")
