"""A withdrawn consent to processing: banks, site, new entries, the pair, the answer (152-ФЗ, ст. 9, 10.1, 20, 21)."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from mentoring_site.inbox import items_for
from mentoring_site.models import OutboxMail
from mentoring_site.workflow import Refused
from people.accounts.models import User
from people.banks import acts as bank_acts
from people.banks.models import Candidate
from people.consents import acts as consent_acts
from people.consents.dissemination import allowed_fields, unwilling
from people.consents.models import PUBLIC_FIELDS, Consent
from people.consents.withdrawals.models import Withdrawal
from programs.changes.dissolution.models import Dissolution
from programs.completion import acts as completion_acts
from programs.completion.models import Completion
from programs.journal import acts as journal_acts
from programs.pairings.models import Pairing
from programs.program.drafting import acts as drafting_acts
from programs.program.models import Program
from reports.orders.drafting import acts as order_acts
from tests.factories import make_consent, make_pairing, make_program
from tests.programs.journal.kit import make_running, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("8.16")]


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def withdraw(person, *, by, on=None):
    consent = person.consents.get(purpose="processing", ended_on=None)
    return consent_acts.withdraw(consent, by=by, on=on or today())


def tasks(user) -> list:
    return [i for i in items_for(User.objects.get(pk=user.pk)) if i.title.startswith("Прекратить приказом")]


def text_of(response) -> str:
    return (
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(b"".join(response.streaming_content))).pages)
        .replace("\xa0", " ")
        .replace("\n", " ")
    )


def shown_on_site(client, name: str) -> list[str]:
    pages = ("/", "/people-in-mentoring/", "/mentoring-programs/", "/results/", "/news/", "/robots.txt")
    return [page for page in pages if name in client.get(page).content.decode()]


def test_name_and_post_leave_the_site_with_the_consent_to_processing(cast, client):
    """What was found: they stayed public under «Остальные согласия останутся в силе»."""
    person = make_program(cast, "running", mentor=cast.mentor).pairing.participations.get(part="mentor").person
    make_consent(person, "dissemination", by=cast.curator, fields=list(PUBLIC_FIELDS), transfer="network")
    assert "/people-in-mentoring/" in shown_on_site(client, person.last_name)
    assert "/mentoring-programs/" in shown_on_site(client, person.last_name)
    withdraw(person, by=cast.clerk)
    assert Consent.objects.live().filter(person=person, purpose="dissemination").exists()  # no paper was withdrawn
    assert shown_on_site(client, person.last_name) == []
    assert (allowed_fields(), unwilling([person.pk])) == ({}, {person.pk})
    make_consent(person, by=cast.curator, given_on=today())
    assert allowed_fields().keys() == {person.pk}  # a new consent opens again


def test_an_expired_consent_closes_too(cast):
    person = cast.mentor.person
    make_consent(person, by=cast.curator, until=today(1))
    make_consent(person, "dissemination", by=cast.curator, fields=["name"], transfer="network")
    assert allowed_fields().keys() == {person.pk}
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert allowed_fields() == {}  # before the clock has run
        call_command("tick", verbosity=0)
        assert allowed_fields() == {}


def test_who_has_never_been_asked_is_not_closed(cast):
    make_consent(cast.mentor.person, "dissemination", by=cast.curator, fields=["name"], transfer="network")
    assert allowed_fields().keys() == {cast.mentor.person_id}


def test_an_appointed_mentor_leaves_the_bank_at_once(cast):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    withdraw(cast.mentor.person, by=cast.clerk)
    assert Candidate.objects.get(person=cast.mentor.person).state == "withdrawn"
    pairing.refresh_from_db()
    assert pairing.state == "assigned"  # an order ends it
    with pytest.raises(Refused, match="новые записи закрыты"):
        bank_acts.fill(Candidate.objects.get(person=cast.mentor.person), by=cast.curator, statements=[])


def test_nothing_new_is_written_about_the_person(cast):
    program, activity = make_running(cast)
    withdraw(cast.mentee.person, by=cast.clerk)
    people = list(program.pairing.participations.live())
    with pytest.raises(Refused, match="новые записи закрыты"):
        journal_acts.do(activity, side(program), by=cast.mentee, result="сделано")
    with pytest.raises(Refused, match="новые записи закрыты"):
        journal_acts.log_meeting(
            program, by=cast.mentor, held_on=today(), minutes=45, format="together", about="урок", participants=people
        )
    assert not program.meetings.exists()


def test_others_of_a_group_go_on(cast):
    program = make_program(cast, "running", mentees=3, mentor=cast.mentor)
    first, second, _ = program.pairing.participations.filter(part="mentee").select_related("person")
    withdraw(first.person, by=cast.clerk)
    activity = program.activities.get()
    with pytest.raises(Refused, match=first.person.short_name):
        journal_acts.do(activity, first, by=cast.curator, result="сделано")
    assert journal_acts.do(activity, second, by=cast.curator, result="сделано")
    assert [c.participation for c in Completion.objects.all()] == [first]


def test_a_draft_of_a_program_is_closed(cast):
    program = make_program(cast, "draft", mentee=cast.mentee)
    withdraw(cast.mentee.person, by=cast.clerk)
    with pytest.raises(Refused, match="новые записи закрыты"):
        drafting_acts.edit(program, by=cast.curator, version=program.version, goal="новое")


def test_a_proposal_falls(cast):
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor, mentee=cast.mentee)
    withdraw(cast.mentee.person, by=cast.mentee)
    pairing.refresh_from_db()
    assert pairing.state == Pairing.State.WITHDRAWN and "согласи" not in pairing.reason


@pytest.mark.parametrize("who", ["clerk", "mentee"])
def test_a_pair_without_a_program_ends_by_an_order_within_thirty_days(cast, as_user, who):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    withdraw(cast.mentee.person, by=getattr(cast, who))
    (task,) = tasks(cast.curator)
    assert (task.until, tasks(cast.director)) == (today(30), [])
    assert OutboxMail.objects.filter(template="consent_pair", person_id=cast.curator.person_id).exists()
    page = as_user(cast.curator).get(task.url, follow=True)
    assert page.status_code == 200
    order = order_acts.draft("dissolution", [Dissolution.objects.get(pairing=pairing)], by=cast.curator)
    text = order.points[0]["text"]
    assert "в связи с отзывом согласия наставляемой" in text and text.endswith(" на обработку персональных данных.")


def test_a_running_program_ends_without_new_words_about_the_person(cast, as_user):
    program, _ = make_running(cast)
    withdraw(cast.mentee.person, by=cast.clerk)
    completion = Completion.objects.get()
    assert (completion.reason, completion.state, completion.conclusion) == ("consent", "ready", "")
    (task,) = tasks(cast.curator)
    assert f"completion={completion.pk}" in task.url and as_user(cast.curator).get(task.url).status_code == 200
    order = order_acts.draft("completion", [completion], by=cast.curator)
    said = f"{order.preamble} {order.points}"
    assert "отзыва согласия на обработку персональных данных" in said and "Утвердить итоги" not in said
    completion_acts.enact(completion, by=cast.clerk, number="70-од", date=today(), on=today())
    program = Program.objects.get(pk=program.pk)
    assert (program.state, program.pairing.state, tasks(cast.curator)) == ("terminated", "dissolved", [])


def test_a_mentor_who_withdraws_ends_it_for_everybody(cast):
    program = make_program(cast, "running", mentees=2, mentor=cast.mentor)
    withdraw(cast.mentor.person, by=cast.clerk)
    assert Completion.objects.filter(program=program, state="ready", reason="consent").count() == 2


def test_a_completion_in_preparation_gives_way(cast):
    program, _ = make_running(cast)
    made = completion_acts.propose(program, side(program), by=cast.curator, reason="force", circumstances="переезд")
    withdraw(cast.mentee.person, by=cast.clerk)
    made.refresh_from_db()
    assert made.state == "withdrawn" and Completion.objects.filter(reason="consent", state="ready").exists()


def test_the_reason_is_only_for_withdrawn_consents(cast):
    program, _ = make_running(cast)
    with pytest.raises(Refused, match="другое основание"):
        completion_acts.propose(program, side(program), by=cast.curator, reason="consent", circumstances="так")


def test_the_answer_lists_what_stops_what_goes_on_and_why(cast, as_user):
    make_running(cast)
    withdraw(cast.mentee.person, by=cast.clerk)
    withdrawal = Withdrawal.objects.get()
    url = f"/consents/withdrawals/{withdrawal.pk}/answer.pdf"
    said = text_of(as_user(cast.clerk).get(url))
    for words in (
        "Прекращено сразу",
        "банке наставников",
        "на сайте школы",
        "прекращает приказ директора",
        "уничтожаются по акту",
        "Обработка продолжается без согласия",
        "ст. 6, ч. 1",
        "Трудовой кодекс",
        cast.mentee.person.last_name,
    ):
        assert words in said, words
    assert as_user(cast.mentee).get(url).status_code == 200
    assert as_user(cast.mentor).get(url).status_code == 404
    page = as_user(cast.clerk).get("/consents/withdrawals/").content.decode()
    assert url in page and "Ответить человеку" in page


def test_the_page_says_what_will_happen(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    consent = cast.mentee.person.consents.get(purpose="processing")
    said = " ".join(as_user(cast.clerk).get(f"/consents/{consent.pk}/withdraw/").context["consequences"])
    assert "пару прекращает приказ" in said and "С сайта школы" in said
    assert "Остальные согласия останутся в силе" not in said
    assert pairing.state == "assigned"
