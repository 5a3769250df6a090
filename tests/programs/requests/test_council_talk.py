"""Consultation and mediation by the council (п. 3.5): named readers, invitation, agreement, nothing leaks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.consents.destruction import retention as destruction
from people.rights import CHAIR
from people.roles.models import RoleGrant
from programs.pairings import acts as pairing_acts
from programs.requests import acts
from programs.requests.interests import Interest
from programs.requests.kinds.council_talk import acts as talks
from programs.requests.kinds.council_talk.models import CouncilCase
from programs.requests.models import Request
from tests.crawl import everything_read
from tests.factories import make_program
from tests.programs.requests.kit import ask
from tests.programs.requests.test_kinds import fresh, readers, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.2")]
CANARY, RESULT = "канарейкассора", "канарейкамир"
OTHERS = ("secretary", "director", "curator", "clerk", "sysadmin", "stranger")


@pytest.fixture
def program(cast):
    return make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)


@pytest.fixture
def mediation(cast, program):
    """The mentee asks for a mediator between the two."""
    return ask(cast, "mediation", program=program, text=CANARY, person=cast.mentor.person)


@pytest.fixture
def consultation(cast, program):
    return ask(cast, "consultation", program=program, text=CANARY)


def invitation(cast, **values):
    meets_at = timezone.now() + timedelta(days=2)
    return {"mediator": cast.council.person, "meets_at": meets_at, "place": "кабинет 5"} | values


def invite(cast, request, **values):
    return acts.decide(request, "accept", by=fresh(cast.chair), data=invitation(cast, **values))


def hold(request, by, **values):
    known = {"held_on": timezone.localdate(), "result": RESULT, "reached": True} | values
    return talks.hold(request, by=by, **known)


@pytest.mark.clause("3.5-i1")
def test_a_consultation_is_asked_for_and_given_and_the_council_is_told(cast, as_user, program):
    as_user(cast.mentee).post(f"/requests/new/consultation/{program.pairing_id}/", {"text": CANARY})
    made = Request.objects.get()
    assert readers(cast, made) == {"mentee", "chair"}
    assert waiting(cast.chair) == ["Назначить беседу: просьба о консультации совета"]
    told = OutboxMail.objects.filter(template="council_asked")
    assert set(told.values_list("person_id", flat=True)) == {cast.council.person_id, cast.secretary.person_id}
    assert not [one for one in told if CANARY in one.text or cast.mentee.person.last_name in one.text]
    assert not Request.objects.visible_to(fresh(cast.council)).exists()
    meets_at = timezone.localtime() + timedelta(days=2)
    data = {"mediator": cast.council.person_id, "meets_at": f"{meets_at:%Y-%m-%dT%H:%M}", "place": "кабинет 5"}
    as_user(cast.chair).post(f"{made.get_absolute_url()}accept/", data)
    assert readers(cast, made) == {"mentee", "chair", "council"}
    invited = OutboxMail.objects.filter(template="talk_invited")
    assert set(invited.values_list("person_id", flat=True)) == {cast.mentee.person_id, cast.council.person_id}
    assert waiting(cast.council) == ["Провести беседу"] and "Прийти на беседу" in waiting(cast.mentee)[0]
    assert waiting(cast.mentor) == []
    url = f"{made.get_absolute_url()}held/"
    as_user(cast.council).post(url, {"held_on": timezone.localdate().isoformat(), "result": RESULT})
    made.refresh_from_db()
    assert made.state == "done" and waiting(cast.council) == waiting(cast.mentee) == []
    assert RESULT in as_user(cast.mentee).get(made.get_absolute_url()).content.decode()


@pytest.mark.clause("3.5-i3")
def test_a_mediation_ends_when_both_sides_confirm_what_was_agreed(cast, as_user, program):
    as_user(cast.mentee).post(f"/requests/new/mediation/{program.pairing_id}/", {"text": CANARY})
    made = Request.objects.get()
    assert (made.person, readers(cast, made)) == (cast.mentor.person, {"mentee", "chair"})
    assert not OutboxMail.objects.filter(template="council_asked").exists() and waiting(cast.mentor) == []
    invite(cast, made)
    assert readers(cast, made) == {"mentee", "mentor", "chair", "council"}
    assert "Прийти на беседу" in waiting(cast.mentor)[0]
    with pytest.raises(NotAllowed):
        hold(made, cast.mentor)
    with pytest.raises(Refused, match="Подтверждать пока нечего"):
        talks.confirm(made, by=cast.mentor)
    hold(made, cast.council)
    assert waiting(cast.mentor) == waiting(cast.mentee) == ["Подтвердить договорённость"]
    as_user(cast.mentor).post(f"{made.get_absolute_url()}confirm/")
    with pytest.raises(Already):
        talks.confirm(made, by=cast.mentor)
    hold(made, cast.council, result=f"{RESULT}, точнее")  # other words are confirmed anew
    assert CouncilCase.objects.get().other_agreed_at is None
    talks.confirm(made, by=cast.mentor)
    as_user(cast.council).post(f"{made.get_absolute_url()}confirm/", {"side": "author"})
    made.refresh_from_db()
    assert made.state == "done" and waiting(cast.mentor) == waiting(cast.mentee) == []
    assert "записано с бумаги" in " ".join(Act.objects.about(made).values_list("words", flat=True))


def test_a_talk_without_an_agreement_ends_it(cast, mediation):
    invite(cast, mediation)
    assert hold(mediation, cast.council, reached=False).state == "done"


def test_an_interested_member_never_mediates(cast, as_user, program, mediation):
    for person in (cast.mentor.person, cast.stranger.person):  # a side, and no member
        with pytest.raises(Refused, match="член методического совета"):
            invite(cast, mediation, mediator=person)
    Interest.objects.create(
        person=cast.council.person, about=cast.mentor.person, reason="брат", declared_by=cast.council
    )
    with pytest.raises(Refused, match="которого дело не касается"):
        invite(cast, mediation)
    form = as_user(cast.chair).get(f"{mediation.get_absolute_url()}accept/").context["form"]
    assert cast.council.person not in form.fields["mediator"].queryset


def test_a_chair_who_takes_part_does_not_name_the_mediator(cast):
    program = make_program(cast, "running", mentor=cast.chair, mentee=cast.mentee)
    made = ask(cast, "mediation", program=program, text=CANARY, person=cast.chair.person)
    assert readers(cast, made) == {"mentee", "secretary"}
    with pytest.raises(NotAllowed):
        acts.decide(made, "accept", by=fresh(cast.chair), data=invitation(cast))
    acts.decide(made, "accept", by=fresh(cast.secretary), data=invitation(cast))
    with pytest.raises(NotAllowed):
        talks.move(made, by=fresh(cast.chair), **invitation(cast))


def test_the_invitation_is_moved_and_taken_back(cast, as_user, mediation):
    invite(cast, mediation)
    with pytest.raises(Refused, match="впереди"):
        talks.move(mediation, by=cast.council, **invitation(cast, meets_at=timezone.now() - timedelta(days=1)))
    talks.move(mediation, by=cast.council, **invitation(cast, place="малый зал"))
    assert CouncilCase.objects.get().place == "малый зал"
    assert as_user(cast.mentor).get(f"{mediation.get_absolute_url()}move/").status_code == 403


def test_the_decision_is_taken_back_with_its_letters(cast, mediation):
    invite(cast, mediation)
    undo.undo(Act.objects.about(mediation).get(verb="accept"), by=cast.chair)
    assert (CouncilCase.objects.get().mediator, readers(cast, mediation)) == (None, {"mentee", "chair"})
    assert waiting(cast.mentor) == waiting(cast.council) == []


def test_without_a_chair_the_secretary_decides(cast, mediation):
    RoleGrant.objects.filter(role=CHAIR).delete()
    assert len(waiting(cast.secretary)) == 1


@pytest.mark.clause("3.5-i3")
@pytest.mark.parametrize(("invited", "others"), [(False, ("mentor", "council", "curator")), (True, OTHERS)])
def test_nobody_but_those_named_meets_a_word_of_it_anywhere(cast, as_user, program, mediation, invited, others):
    if invited:
        invite(cast, mediation)
        hold(mediation, cast.council)
    acts.remind_due()
    for name in others:
        user = getattr(cast, name)
        starts = [program.get_absolute_url(), program.pairing.get_absolute_url(), "/requests/", "/search/?q=канарейка"]
        read = everything_read(as_user(user), starts)
        secret = (CANARY, RESULT, "посредничеств", mediation.get_absolute_url())
        kind = "Попросить совет помочь договориться"  # a participant may ask too
        found = {(at, word) for at, text in read.items() for word in secret if word in text.replace(kind, "")}
        assert {one for one in found if not one[0].startswith(("/people/roles/", "/roles/"))} == set(), name
        assert as_user(user).get(mediation.get_absolute_url()).status_code == 404
        letters = OutboxMail.objects.filter(person_id=user.person_id)
        assert not letters.filter(template__startswith="request").exists()
    assert not [one for one in OutboxMail.objects.all() if CANARY in one.text or RESULT in one.text]


def test_words_go_with_the_data_of_a_side(cast, mediation):
    kept = destruction.categories()["asked"]
    assert kept.found(cast.mentor.person) == []  # who is not invited yet knows nothing of it
    invite(cast, mediation)
    assert kept.found(cast.mentor.person) == ["1\xa0просьба"]
    hold(mediation, cast.council)
    assert destruction.categories()["asked"].erase(cast.mentor.person) == 1
    assert (CouncilCase.objects.get().result, CANARY in Request.objects.get().text) == ("уничтожено", False)


def test_whoever_records_a_paper_comes_back_to_the_pair(cast, as_user, program):
    url = f"/requests/new/consultation/{program.pairing_id}/"
    data = {"text": CANARY, "author": cast.mentee.person_id, "filed_on": timezone.localdate().isoformat()}
    page = as_user(cast.curator).post(url, data, follow=True)
    made = Request.objects.get()
    assert (page.status_code, made.on_paper, CANARY in page.content.decode()) == (200, True, False)
    assert page.redirect_chain[-1][0] != made.get_absolute_url()
    assert "Отправлено председателю" in page.content.decode() and "/undo/" not in page.content.decode()


def test_an_appointed_talk_goes_on_after_the_pair_has_ended(cast, as_user, program, mediation):
    waits = ask(cast, "consultation", program=program, text=CANARY)
    invite(cast, mediation)
    pairing_acts.dissolve(program.pairing, by=cast.clerk, on=timezone.localdate(), reason="программа завершена")
    waits.refresh_from_db()
    mediation.refresh_from_db()
    assert (waits.state, mediation.state) == ("lapsed", "accepted")
    assert OutboxMail.objects.filter(template="request_lapsed").count() == 1
    for user in (cast.mentee, cast.mentor, cast.council):
        assert as_user(user).get(mediation.get_absolute_url()).status_code == 200
    assert waiting(cast.council) == ["Провести беседу"] and "Прийти на беседу" in waiting(cast.mentor)[0]
    with pytest.raises(Refused, match="Пара уже завершена"):
        undo.undo(Act.objects.about(mediation).get(verb="accept"), by=cast.chair)
    hold(mediation, cast.council)
    talks.confirm(mediation, by=cast.mentor)
    assert talks.confirm(mediation, by=cast.mentee).state == "done"
    assert as_user(cast.mentor).get(mediation.get_absolute_url()).status_code == 200
