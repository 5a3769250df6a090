"""Versions of the Положение: which act has called for a new one, what is different, who reads it again (п. 9.2)."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import items_for
from mentoring_site.workflow import Already, Refused
from reports.documents.local_acts import acts as reading_acts
from reports.documents.local_acts.models import LocalAct
from reports.orders.acquaintance import acts as acquaintance_acts
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.order_kinds.regulation.draft import RegulationDraft
from reports.orders.order_kinds.typed import Particulars
from reports.orders.printing.pdf import pdf_of
from roadmap.legal_base.models import LegalAct
from roadmap.regulation import acts
from roadmap.regulation.comparison import differences
from roadmap.regulation.models import Regulation
from tests.factories import make_pairing
from tests.reports.orders.kit import enter, read

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.2")]
FORMER = """# 1. Общие положения
1.1. Положение определяет порядок наставничества в школе.
1.2. Наставник ведёт не более трёх наставляемых.
1.3. Программа длится от трёх месяцев.
"""
NEW = """# 1. Общие положения
1.1. Положение определяет порядок наставничества в школе.
1.2. Наставник ведёт не более двух наставляемых.
1.3. Программа длится от трёх месяцев.
1.4. Встречи проводятся не реже раза в неделю.
"""


def version(text=FORMER, number="38-од", day=date(2026, 8, 30), **more) -> Regulation:
    title = "Положение о системе наставничества педагогических работников"
    return acts.approve(title=title, text=text, by=None, number=number, date=day, **more)


@pytest.fixture
def pair(cast):
    return make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)


def keys(user) -> list[str]:
    return [item.key for item in items_for(user)]


@pytest.mark.clause("9.2-a")
def test_a_new_version_cites_the_act_that_has_called_for_it(cast, as_user):
    """The form asks for the act, the order cites it, the version keeps it with the approval, history stays."""
    old = version()
    act = LegalAct.objects.get(number="777")
    client = as_user(cast.curator)
    page = client.get(reverse("reports:order_new"), {"kind": "regulation"}).content.decode()
    assert "Каким актом вызваны изменения" in page and "№\xa0777" in page
    why = "Число наставляемых у одного наставника"
    draft = RegulationDraft(NEW * 4, since=timezone.localdate(), ground=act.pk, why=why)
    order = drafting_proposals.propose("regulation", Particulars(draft, {"main": []}), by=cast.curator)
    assert f"в связи с вступлением в силу {act.cited('genitive')}" in order.preamble
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.curator)
    order = drafting_acts.send_to_signature(drafting_acts.agree(order, by=cast.curator), by=cast.curator)
    order = enter(order, cast)
    made = Regulation.objects.get(state="approved")
    assert (made.ground, made.why, made.order_number) == (act, why, order.number)
    old.refresh_from_db()
    assert old.state == "superseded"
    shown = as_user(cast.mentor).get(made.get_absolute_url()).content.decode()
    assert act.name in shown and why in shown and "Редакция от 30.08.2026" in shown
    assert old.get_absolute_url() in as_user(cast.mentor).get(reverse("roadmap:regulation")).content.decode()


def test_the_order_prints_the_act_and_the_new_text(cast):
    version()
    act = LegalAct.objects.get(number="777")
    draft = RegulationDraft(NEW * 4, since=timezone.localdate(), ground=act.pk)
    order = drafting_proposals.propose("regulation", Particulars(draft, {"main": []}), by=cast.curator)
    words = " ".join(read(pdf_of(order)).replace("\xa0", " ").split())
    assert "в связи с вступлением в силу приказа" in words and "№ 777" in words
    assert "не более двух наставляемых" in words


def test_what_differs_stands_side_by_side_by_clause():
    rows = {row.label: row for row in differences(FORMER, NEW)}
    assert set(rows) == {"Пункт 1.2", "Пункт 1.4"}
    changed = [piece.text for piece in rows["Пункт 1.2"].new if piece.changed]
    assert changed == ["двух"] and [p.text for p in rows["Пункт 1.2"].old if p.changed] == ["трёх"]
    assert rows["Пункт 1.4"].old == [] and "раза в неделю" in rows["Пункт 1.4"].new[0].text


def test_a_moved_and_a_removed_clause_are_told():
    removed = differences(NEW, FORMER)
    assert [row.label for row in removed if not row.new] == ["Пункт 1.4"]
    assert differences(FORMER, FORMER) == []
    renumbered = differences("1.1. А.\n1.2. Б.", "1.1. В.\n1.2. А.\n1.3. Б.")
    assert [(row.label, bool(row.old), bool(row.new)) for row in renumbered]


def test_who_has_read_the_former_version_reads_the_new_one(cast, pair, as_user):
    old = version()
    first = reading_acts.read_regulation(old, by=cast.clerk, audience=["mentor"], persons=[cast.mentee.person])
    acquaintance_acts.acquaint(first.readers.get(person=cast.mentor.person), by=cast.mentor)
    new = version(NEW, "51-од", date(2026, 11, 20))
    assert f"regulation:{new.pk}:read" in keys(cast.clerk) and f"regulation:{new.pk}:read" not in keys(cast.mentor)
    client, url = as_user(cast.clerk), reverse("reports:regulation_read", args=[new.pk])
    page = client.get(url)
    assert set(page.context["form"].initial["persons"]) == {cast.mentor.person_id, cast.mentee.person_id}
    assert cast.mentee.person.short_name in page.content.decode()
    client.post(url, {"audience": ["mentor"], "persons": [cast.mentee.person_id]})
    again = LocalAct.objects.get(regulation=new)
    assert {line.person_id for line in again.readers.all()} == {cast.mentor.person_id, cast.mentee.person_id}
    assert [line.person_id for line in first.readers.all()] == [cast.mentor.person_id]  # who has read it
    assert f"act:{again.pk}:read" in keys(cast.mentor) and f"act:{first.pk}:read" not in keys(cast.mentee)
    assert f"regulation:{new.pk}:read" not in keys(cast.clerk)
    with pytest.raises(Already):
        reading_acts.read_regulation(new, by=cast.clerk, audience=["mentor"])
    with pytest.raises(Refused, match="которое действует"):
        reading_acts.read_regulation(Regulation.objects.get(pk=old.pk), by=cast.clerk, audience=["mentor"])
