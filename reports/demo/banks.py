"""People of the demo school in the banks: consents on paper, questionnaires, checks by the curator (п. 3.4)."""

from django.utils import timezone

from people.banks import acts as bank_acts
from people.banks import keeping
from people.banks.models import MenteeCategory, Topic
from people.consents import acts as consent_acts


def paper_consent(demo, person, purpose: str, **more):
    """Record a consent signed on paper today, with its scan."""
    return consent_acts.record(
        person, purpose, by=demo.user("clerk"), given_on=timezone.localdate(), scan=demo.scan, **more
    )


def enter_bank(demo, person, part: str, topics, statements):
    """Put a person forward for a bank and fill in the questionnaire."""
    candidate = bank_acts.propose(person, part, by=demo.user("curator"), why="По итогам посещения уроков и беседы.")
    categories = (
        list(MenteeCategory.objects.order_by("pk")[:1]) if part == "mentee" and person.young_specialist()[0] else []
    )
    return bank_acts.fill(
        candidate,
        by=demo.user_for(person),
        statements=[(kind, topics[0], text) for kind, text in statements if text],
        topics=topics,
        categories=categories,
        capacity_hours=8 if part == "mentor" else None,
        capacity_persons=3 if part == "mentor" else None,
        wishes="",
        on_paper=demo.user_for(person).person_id != person.pk,
    )


def wait_in_bank(demo, department: str, part: str, state: str, days_ago: int):
    """Steps of somebody who stands in a bank without a pair."""
    yield days_ago + 12
    person = demo.reserve(department, experienced=part == "mentor")
    paper_consent(demo, person, "processing")
    yield days_ago + 8
    topics = list(Topic.objects.order_by("pk")[:2])
    texts = (
        [("competence", "подготовка к конкурсам"), ("interest", "ансамбли")]
        if part == "mentor"
        else [
            ("difficulty", "планирование урока"),
            ("request", "найти наставника на отделении"),
            ("strength", "любовь к детям"),
        ]
    )
    candidate = enter_bank(demo, person, part, topics, texts)
    if state == "approved":
        yield days_ago
        bank_acts.approve(candidate, by=demo.user("director"))


def banks_checked(demo, days_ago: int):
    """One step: the curator has checked both banks (п. 3.4)."""
    yield days_ago
    for part in ("mentee", "mentor"):
        keeping.review(part, by=demo.user("curator"), on=timezone.localdate(), note="Списки сверены с отделениями")
