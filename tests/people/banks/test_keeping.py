"""The banks are kept together: the system administrator corrects entries and records the review, decides nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, perform
from people.banks import acts as bank_acts
from people.banks import inbox as bank_inbox
from people.banks import keeping
from people.banks.models import BankCorrection, BankReview, Candidate, MenteeCategory, Topic
from people.banks.rules import CANDIDATE
from tests.factories import make_candidate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.9")]


def mentor_entry(cast) -> Candidate:
    return make_candidate(make_person(consent=True, by=cast.clerk, email="m@school.example"), "mentor", by=cast.curator)


def corrected(cast, candidate, by=None, **values):
    given = {"topics": candidate.topics.all(), "capacity_hours": 8, "capacity_persons": 5, "why": "в анкете иначе"}
    version = Candidate.objects.get(pk=candidate.pk).version
    return keeping.correct(candidate, by=by or cast.sysadmin, **({"version": version} | given | values))


@pytest.mark.clause("3.4-e1")
def test_the_system_administrator_corrects_facts_and_the_curator_sees_each(cast, as_user):
    entry = mentor_entry(cast)
    made = corrected(cast, entry)
    entry.refresh_from_db()
    assert (entry.capacity_persons, entry.state) == (5, "approved")
    assert made.what == "исправлено: сколько наставляемых" and made.seen_at is None
    assert Act.objects.about(entry).last().actor == cast.sysadmin
    assert OutboxMail.objects.filter(template="candidate_corrected", person_id=entry.person_id).count() == 1
    [waits] = [item for item in bank_inbox.items(cast.curator) if item.key.startswith("bank-corrections:")]
    client = as_user(cast.curator)
    page = client.get(waits.url)
    assert made.why in page.content.decode()
    assert client.post(waits.url, {"upto": page.context["upto"]}).status_code == 302
    made.refresh_from_db()
    assert made.seen_by == cast.curator
    assert not [item for item in bank_inbox.items(cast.curator) if item.key.startswith("bank-corrections:")]
    with pytest.raises(Already):
        keeping.see("mentor", by=cast.curator, upto=made.pk)


@pytest.mark.clause("3.4-e1")
def test_the_system_administrator_decides_nothing_about_people(cast):
    """Every step of an entry, the director's remark, a proposal, the words of its person: refused with a sentence."""
    entry = mentor_entry(cast)
    tries = [lambda name=step.name: perform(entry, name, by=cast.sysadmin) for step in CANDIDATE]
    tries += [
        lambda: bank_acts.propose(make_person(), "mentee", by=cast.sysadmin),
        lambda: bank_acts.comment(entry, by=cast.sysadmin, text="против"),
        lambda: bank_acts.remind(entry, by=cast.sysadmin),
        lambda: bank_acts.set_capacity(entry, by=cast.sysadmin, persons=3, version=entry.version),
    ]
    for one in tries:
        with pytest.raises(NotAllowed) as refusal:
            one()
        assert "может" in str(refusal.value) and "системный администратор" not in str(refusal.value)
    entry.refresh_from_db()
    assert entry.state == "approved"


def test_only_two_roles_correct_and_only_what_stands(cast):
    entry = mentor_entry(cast)
    for role in ("director", "council", "clerk", "stranger"):
        with pytest.raises(NotAllowed):
            corrected(cast, entry, by=getattr(cast, role))
    with pytest.raises(Refused, match="почему"):
        corrected(cast, entry, why=" ")
    with pytest.raises(Refused, match="Ничего не изменено"):
        corrected(cast, entry, capacity_persons=entry.capacity_persons)
    with pytest.raises(Stale):
        corrected(cast, entry, version=99)
    Candidate.objects.filter(pk=entry.pk).update(filled_at=None, filled_by=None)
    with pytest.raises(Refused, match="ещё не заполнена"):
        corrected(cast, entry)
    Candidate.objects.filter(pk=entry.pk).update(state="withdrawn", reason="ушёл")
    with pytest.raises(Refused, match="больше нет"):
        corrected(cast, entry)


def test_a_correction_goes_back_until_the_curator_has_seen_it(cast):
    entry = make_candidate(make_person(consent=True, by=cast.clerk), "mentee", by=cast.curator)
    category, topic = MenteeCategory.objects.create(name="Из колледжа"), Topic.objects.create(name="Ансамбль")
    corrected(cast, entry, categories=[category], topics=[topic])
    assert list(entry.categories.all()) == [category] and list(entry.topics.all()) == [topic]
    undo.undo(Act.objects.about(entry).get(verb="correct"), by=cast.sysadmin)
    assert not entry.categories.exists() and entry.topics.get().name == "Методика урока"
    assert not BankCorrection.objects.exists()
    made = corrected(cast, entry, categories=[category])
    keeping.see("mentee", by=cast.curator, upto=made.pk)
    with pytest.raises(Refused, match="уже посмотрел"):
        undo.undo(Act.objects.about(entry).filter(verb="correct").last(), by=cast.sysadmin)


@pytest.mark.clause("3.4-e1")
def test_the_review_has_two_names(cast, as_user):
    make_candidate(make_person(), "mentee", by=cast.curator)
    Candidate.objects.update(proposed_at=timezone.now() - timedelta(days=500))
    client, today = as_user(cast.sysadmin), timezone.localdate()
    assert client.post(reverse("people:bank_review", args=["mentees"]), {"on": today}).status_code == 302
    made = BankReview.objects.get()
    assert made.waits and keeping.review_due("mentee") is not None  # it does not count yet
    assert OutboxMail.objects.filter(template="bank_review_recorded", person_id=cast.curator.person_id).exists()
    with pytest.raises(Refused, match="два имени"):
        keeping.confirm(made, by=cast.sysadmin)
    [waits] = [item for item in bank_inbox.items(cast.curator) if item.key == f"bank-review:{made.pk}"]
    assert as_user(cast.curator).post(waits.url).status_code == 302
    made.refresh_from_db()
    assert (made.recorded_by, made.confirmed_by, made.waits) == (cast.sysadmin, cast.curator, False)
    assert keeping.review_due("mentee") is None
    lead = client.get("/banks/mentees/").content.decode()
    assert cast.sysadmin.person.short_name in lead and cast.curator.person.short_name in lead
    with pytest.raises(Already):
        keeping.confirm(made, by=cast.curator)


def test_the_curators_review_counts_and_asks_for_the_second_name(cast):
    made = keeping.review("mentor", by=cast.curator, on=timezone.localdate())
    assert not made.waits
    assert f"bank-review:{made.pk}" in {item.key for item in bank_inbox.items(cast.sysadmin)}
    assert f"bank-review:{made.pk}" not in {item.key for item in bank_inbox.items(cast.curator)}
    assert keeping.confirm(made, by=cast.sysadmin).confirmed_by == cast.sysadmin


def test_a_review_is_returned_or_taken_back(cast, as_user):
    made = keeping.review("mentor", by=cast.sysadmin, on=timezone.localdate())
    with pytest.raises(NotAllowed):
        keeping.send_back(made, by=cast.sysadmin, reason="ещё раз")
    url = reverse("people:bank_review_return", args=[made.pk])
    client = as_user(cast.curator)
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "нет двоих из отделения домры"}).status_code == 302
    assert not BankReview.objects.exists()
    assert OutboxMail.objects.filter(template="bank_review_returned", person_id=cast.sysadmin.person_id).exists()
    made = keeping.review("mentor", by=cast.sysadmin, on=timezone.localdate())
    undo.undo(Act.objects.about(made).get(verb="review"), by=cast.sysadmin)
    assert not BankReview.objects.exists()


def test_pages_of_a_correction(cast, as_user):
    entry = mentor_entry(cast)
    client, url = as_user(cast.sysadmin), reverse("people:candidate_correct", args=[entry.pk])
    assert url in {action.url for action in client.get(entry.get_absolute_url()).context["actions"]}
    form = client.get(url).context["form"]
    assert set(form.fields) == {"topics", "capacity_hours", "capacity_persons", "why", "version"}
    data = {"topics": form.initial["topics"], "capacity_persons": 6, "version": entry.version, "why": "опечатка"}
    assert client.post(url, data).status_code == 302
    entry.refresh_from_db()
    assert entry.capacity_persons == 6
    assert "опечатка" in client.get(reverse("people:bank_corrections", args=["mentors"])).content.decode()
    assert as_user(cast.stranger).get(url).status_code == 404
    assert as_user(cast.council).get(url).status_code == 403
