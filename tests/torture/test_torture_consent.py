"""A consent to dissemination is withdrawn: from that moment no public address shows the person."""

import time

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from people.consents import acts as consent_acts
from people.consents.models import DISSEMINATION, PUBLIC_FIELDS
from programs.completion import acts as completion_acts
from programs.completion import publication
from reports.site import visibility
from tests.factories import make_program

pytestmark = [pytest.mark.torture, pytest.mark.point("25", "18"), pytest.mark.django_db]


@pytest.fixture
def published(cast):
    """A finished program whose results are on the site, with both people named."""
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    mentee = program.pairing.participations.get(part="mentee")
    made = completion_acts.propose(program, mentee, by=cast.curator, reason="force", circumstances="переезд")
    outcomes = {d.pk: ("partly", "часть") for d in program.difficulties.all()}
    completion_acts.conclude(
        made, by=cast.mentor, conclusion="Работали", verdict="ready", discipline="Да", outcomes=outcomes
    )
    completion_acts.review(made, by=cast.mentee, review="Спасибо")
    publication.write_public(made, by=cast.curator, public_text="Подготовлен открытый урок.")
    made.refresh_from_db()
    publication.approve_public(made, by=cast.mentee)
    made.refresh_from_db()
    made = completion_acts.submit_for_order(made, by=cast.curator)
    today = timezone.localdate()
    completion_acts.enact(made, by=cast.clerk, number="44-од", date=today, on=today)
    given = [
        consent_acts.record(user.person, DISSEMINATION, by=cast.clerk, given_on=today, fields=list(PUBLIC_FIELDS))
        for user in (cast.mentor, cast.mentee)
    ]
    program.refresh_from_db()
    publication.publish(program, by=cast.curator)
    return given


def public_addresses() -> list[str]:
    """Return every public address that needs no argument, and feeds or files among them."""
    found = []
    for entry in get_resolver().url_patterns:
        if getattr(entry, "namespace", "") == "public":
            for page in entry.url_patterns:
                if isinstance(page, URLPattern) and not page.pattern.converters:
                    found.append(reverse(f"public:{page.name}"))
    return found


def shows(text: str) -> list[str]:
    """Return the public addresses whose answer contains the text."""
    client = Client(raise_request_exception=False)
    return [url for url in public_addresses() if text in client.get(url).content.decode(errors="replace")]


def test_withdrawn_means_gone(published, cast, figures, told):
    name = cast.mentor.person.last_name
    assert shows(name), "имени нет на сайте и до отзыва"
    consent_acts.withdraw(published[0], by=cast.clerk, on=timezone.localdate())
    asked, found, until = 0, [], time.monotonic() + 1
    while asked < figures.asks or (figures.asks > 100 and time.monotonic() < until):
        found += shows(name)
        asked += len(public_addresses())
    told(asked=asked, wrong=len(found))
    assert found == []


def test_a_page_without_the_filter_is_caught(published, cast, monkeypatch):
    """The switch: a page that keeps what was once allowed still shows the name."""
    name = cast.mentor.person.last_name
    everything = frozenset(PUBLIC_FIELDS)
    monkeypatch.setattr(visibility, "allowed_fields", lambda ids: dict.fromkeys(ids, everything))
    consent_acts.withdraw(published[0], by=cast.clerk, on=timezone.localdate())
    assert shows(name) != []
