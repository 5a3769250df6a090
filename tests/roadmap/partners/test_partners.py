"""Partners: organisations, agreements with their terms and paper, networks, contacts of the region, talks."""

import io
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from pypdf import PdfReader

from mentoring_site import undo
from mentoring_site.inbox import items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, reload
from people.consents.destruction import retention
from people.register.models import Person
from people.school.models import Organisation
from roadmap.partners import acts, agreement_acts, handover, network_acts
from roadmap.partners.documents import agreement_facts
from roadmap.partners.leaving import PART
from roadmap.partners.models import Contact, Network, NetworkMember, Partner, PartnerAgreement, Talk
from tests.conftest import ROLES
from tests.factories import make_person
from tests.paper import pdf
from tests.roadmap.partners.kit import a_partner, an_agreement, day, signed

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.7")]


def keys(user) -> list[str]:
    return [item.key for item in items_for(user)]


@pytest.mark.clause("3.3-f1")
def test_a_partner_is_an_organisation_of_the_register_or_a_new_one(cast, as_user):
    known = Organisation.objects.create(kind="school", name="Базовая школа № 1", short_name="Школа № 1")
    url = reverse("roadmap:partner_new")
    data = {"organisation": known.pk, "is_base_school": "on", "request_key": str(uuid4())}
    for _ in range(2):
        assert as_user(cast.director).post(url, data).status_code == 302
    made = Partner.objects.get()
    assert (made.organisation, made.is_base_school) == (known, True)
    with pytest.raises(Already, match="уже среди партнёров"):
        acts.add(by=cast.curator, organisation=known)
    empty = as_user(cast.curator).post(url, {"request_key": str(uuid4())})
    assert "Напишите полное название" in empty.content.decode()
    data = {"name": "Методический центр", "short_name": "Центр", "kind": "methodical", "request_key": str(uuid4())}
    as_user(cast.curator).post(url, data)
    assert Organisation.objects.get(kind="methodical").partner
    with pytest.raises(Refused, match="уже есть в списке организаций"):
        acts.add(by=cast.curator, name="Методический центр", short_name="", kind="other")
    page = as_user(cast.council).get(reverse("roadmap:partners"), {"place": "base"})
    assert [row.name for row in page.context["listing"].rows] == ["Школа № 1"]
    assert as_user(cast.council).get(url).status_code == 403
    assert as_user(cast.mentor).get(made.get_absolute_url()).status_code == 404


def test_a_partner_is_changed_with_its_names(cast, as_user):
    one = a_partner(cast)
    url = reverse("roadmap:partner_edit", args=[one.pk])
    data = {
        "name": "Колледж искусств",
        "short_name": "Колледж",
        "kind": "college",
        "city": "Элиста",
        "inn": "0814000001",
    }
    page = as_user(cast.curator).post(url, data | {"version": 1})
    assert "В ИНН опечатка" in page.content.decode()
    assert as_user(cast.curator).post(url, data | {"version": 1, "inn": ""}).status_code == 302
    one.refresh_from_db()
    assert (str(one), one.version) == ("Колледж", 2) and "колледж" in one.search
    with pytest.raises(Stale):
        acts.change(one, by=cast.curator, version=1, about="x")


@pytest.mark.clause("3.3-f2")
def test_an_agreement_is_drafted_printed_signed_and_kept_with_its_scan(cast, as_user):
    partner, client = a_partner(cast), as_user(cast.curator)
    url = reverse("roadmap:partner_agreement_new", args=[partner.pk])
    data = {
        "kind": "social",
        "subject": "Обмен опытом наставничества",
        "ours": "Проводит открытые уроки\nПринимает стажёров;",
        "their_signer": "директора Ивановой Анны Петровны",
        "their_basis": "Устава",
        "starts_on": day().isoformat(),
        "ends_on": day(300).isoformat(),
        "prolong_months": 12,
        "request_key": str(uuid4()),
    }
    for _ in range(2):
        assert client.post(url, data).status_code == 302
    one = PartnerAgreement.objects.get()
    facts = agreement_facts(one)
    assert facts["title"] == "о социальном партнёрстве" and facts["ours"] == [
        "проводит открытые уроки",
        "принимает стажёров",
    ]
    paper = client.get(reverse("roadmap:partner_agreement_paper", args=[one.pk]))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.getvalue())).pages)
    text = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{SOFT HYPHEN}", "").split())
    assert "о социальном партнёрстве" in text and "директора Ивановой Анны Петровны" in text
    sign = reverse("roadmap:partner_agreement_sign", args=[one.pk])
    data = {"number": "7", "signed_on": day(1).isoformat(), "starts_on": day().isoformat(), "ends_on": ""}
    assert "ещё не наступил" in client.post(sign, data).content.decode()
    assert client.post(sign, data | {"signed_on": day().isoformat()}).status_code == 302
    one = reload(one)
    assert (one.state, one.number, one.ends_on) == ("signed", "7", None)
    scan = SimpleUploadedFile("договор.pdf", pdf())
    client.post(reverse("evidence:add", args=["partner-agreements", one.pk]), {"evidence": scan})
    page = as_user(cast.clerk).get(one.get_absolute_url())
    assert [file.name for file in page.context["evidence"].files] == ["договор.pdf"]
    assert page.context["badge"].word == "действует"
    with pytest.raises(Refused, match="уже подписан"):
        agreement_acts.edit(one, by=cast.curator, version=one.version, subject="другое")
    for role in ("clerk", "council"):
        with pytest.raises(NotAllowed):
            agreement_acts.draft(partner, by=getattr(cast, role), kind="other", subject="x")


def test_what_cannot_be_so_is_refused(cast):
    partner = a_partner(cast)
    for changed, words in (
        ({"subject": " "}, "предмет договора"),
        ({"ends_on": day(-400)}, "раньше первого"),
        ({"ends_on": None, "prolongs": True}, "по какой день"),
    ):
        with pytest.raises(Refused, match=words):
            an_agreement(cast, partner, **changed)
    signed(cast, partner)
    with pytest.raises(Refused, match="уже записан"):
        signed(cast, partner)
    draft = an_agreement(cast, partner)
    assert agreement_acts.drop(draft, by=cast.curator) == partner
    with pytest.raises(Refused, match="не убирают"):
        agreement_acts.drop(PartnerAgreement.objects.get(state="signed"), by=cast.curator)


@pytest.mark.clause("3.3-f2")
def test_whoever_keeps_partners_is_reminded_two_months_and_a_month_before_the_end(cast, as_user):
    Person.objects.filter(pk__in=[cast.curator.person_id, cast.director.person_id]).update(email="x@school.example")
    soon = signed(cast, ends_on=day(50))
    signed(cast, number="8", ends_on=day(61))
    letters = OutboxMail.objects.filter(template="partner_agreement_ends")
    assert agreement_acts.remind_due() == 1 and agreement_acts.remind_due() == 0
    assert letters.count() == 2
    PartnerAgreement.objects.filter(pk=soon.pk).update(ends_on=day(30))
    assert agreement_acts.remind_due() == 1 and agreement_acts.remind_due() == 0
    assert letters.count() == 4
    key = f"partner-agreement:{soon.pk}:ends:{day(30)}"
    assert key in keys(cast.curator) and key in keys(cast.director) and key not in keys(cast.clerk)
    page = as_user(cast.director).get(reverse("roadmap:partner_agreements"), {"state": "ending"})
    assert [row.title for row in page.context["listing"].rows] == ["Договор о сотрудничестве № 7"]
    agreement_acts.renew(reload(soon), by=cast.curator)
    assert key not in keys(cast.curator), "a new one is being prepared"


def test_the_clock_prolongs_what_prolongs_itself_and_ends_the_rest(cast):
    itself = signed(cast, ends_on=day(-1), prolongs=True, prolong_months=6)
    other = signed(cast, number="8", ends_on=day(-1))
    today = signed(cast, number="9", ends_on=day())
    call_command("tick")
    itself, other, today = (reload(row) for row in (itself, other, today))
    assert itself.state == "signed" and day(170) < itself.ends_on < day(190)
    assert (other.state, other.ended_on) == ("ended", day(-1)) and today.state == "signed"


def test_a_new_agreement_takes_the_place_of_the_old_one_when_it_is_signed(cast, as_user):
    old = signed(cast, ends_on=day(-1) + timedelta(days=1), theirs="проводит стажировки")
    client = as_user(cast.director)
    client.post(reverse("roadmap:partner_agreement_renew", args=[old.pk]))
    client.post(reverse("roadmap:partner_agreement_renew", args=[old.pk]))
    new = PartnerAgreement.objects.get(previous=old)
    assert (new.state, new.theirs, new.starts_on) == ("draft", "проводит стажировки", day(1))
    agreement_acts.sign(new, by=cast.curator, number="11", signed_on=day(), starts_on=day(), ends_on=None)
    assert (reload(old).state, reload(old).end_reason) == ("ended", "Заключён новый договор")
    undo.undo(Act.objects.about(new).get(verb="sign"), by=cast.curator)
    assert (reload(new).state, reload(old).state) == ("draft", "signed")


def test_an_agreement_ends_with_a_reason_and_that_is_taken_back(cast, as_user):
    one = signed(cast)
    url = reverse("roadmap:partner_agreement_end", args=[one.pk])
    assert as_user(cast.curator).post(url, {"ended_on": day().isoformat()}).status_code == 200
    as_user(cast.curator).post(url, {"ended_on": day().isoformat(), "reason": "Стороны договорились"})
    assert (reload(one).state, reload(one).end_reason) == ("ended", "Стороны договорились")
    undo.undo(Act.objects.about(one).get(verb="end"), by=cast.curator)
    assert reload(one).state == "signed" and reload(one).ended_on is None


@pytest.mark.clause("3.4-g1")
def test_talks_with_representatives_of_the_region_are_logged_with_the_next_step(cast, as_user):
    client = as_user(cast.curator)
    data = {"part": "official", "name": "Манджиева А. В.", "post": "координатор", "ground": "site"}
    client.post(reverse("roadmap:contact_new"), data | {"request_key": str(uuid4())})
    contact = Contact.objects.get()
    helper = cast.mentor
    talk = {
        "contact": contact.pk,
        "held_on": day().isoformat(),
        "how": "call",
        "about": "Региональный форум наставников",
        "agreed": "Школа покажет практику",
        "next_step": "Прислать тезисы",
        "request_key": str(uuid4()),
    }
    url = reverse("roadmap:talk_new")
    assert "Укажите, до какого дня" in client.post(url, talk).content.decode()
    talk |= {"next_on": day(5).isoformat(), "responsible": helper.person_id}
    for _ in range(2):
        assert client.post(url, talk).status_code == 302
    row = Talk.objects.get()
    [item] = [item for item in items_for(helper) if item.key == f"talk:{row.pk}:step"]
    assert (item.title, item.until) == ("Прислать тезисы", day(5))
    page = as_user(cast.director).get(contact.get_absolute_url())
    assert page.context["talks"][0].agreed == "Школа покажет практику"
    with pytest.raises(NotAllowed):
        network_acts.step_done(row, by=cast.council)
    assert as_user(helper).post(reverse("roadmap:talk_done", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.done_by == helper and f"talk:{row.pk}:step" not in keys(helper)
    regional = as_user(cast.council).get(reverse("roadmap:contacts"), {"part": "regional"}).context["listing"].rows
    assert [one.name for one in regional] == ["Манджиева А. В."]
    assert as_user(cast.mentor).get(contact.get_absolute_url()).status_code == 404
    acts.forget_contact(contact, by=cast.curator)
    row.refresh_from_db()
    assert row.contact is None and not Contact.objects.exists(), "the talk stays without the name"


def test_a_talk_is_with_somebody_and_taken_back(cast):
    with pytest.raises(Refused, match="с кем был разговор"):
        network_acts.talk(by=cast.curator, held_on=day(), how="call", about="О чём-то")
    partner = a_partner(cast)
    with pytest.raises(Refused, match="ещё не состоялся"):
        network_acts.talk(by=cast.curator, partner=partner, held_on=day(1), how="call", about="О чём-то")
    row = network_acts.talk(
        by=cast.curator, partner=partner, held_on=day(), how="call", about="План", next_step="Позвонить", next_on=day(2)
    )
    assert row.responsible == cast.curator.person, "whoever writes it down does it"
    network_acts.step_done(row, by=cast.curator)
    undo.undo(Act.objects.about(row).get(verb="step"), by=cast.curator)
    assert Talk.objects.get().done_at is None
    undo.undo(Act.objects.about(row).get(verb="talk"), by=cast.curator)
    assert not Talk.objects.exists()


@pytest.mark.clause("3.4-g2")
def test_network_communities_with_links_and_who_takes_part(cast, as_user):
    client = as_user(cast.curator)
    data = {"kind": "community", "name": "Домбристы Калмыкии", "level": "region", "url": "https://dombra.example/"}
    client.post(reverse("roadmap:network_new"), data | {"request_key": str(uuid4())})
    network = Network.objects.get()
    assert (
        "уже есть" in client.post(reverse("roadmap:network_new"), data | {"request_key": str(uuid4())}).content.decode()
    )
    url = reverse("roadmap:network_member_new", args=[network.pk])
    member = {"person": cast.mentor.person_id, "part": "ведёт раздел", "since": day(-9).isoformat()}
    assert client.post(url, member).status_code == 302
    page = as_user(cast.mentor).get(network.get_absolute_url())
    assert [row["name"] for row in page.context["members"]] == [cast.mentor.person.full_name]
    assert {fact.label: fact.url for fact in page.context["facts"]}["Ссылка"] == "https://dombra.example/"
    assert as_user(cast.mentee).get(network.get_absolute_url()).status_code == 404
    with pytest.raises(Already):
        network_acts.take_in(network, cast.mentor.person, by=cast.curator, since=day())
    end = reverse("roadmap:network_member_end", args=[NetworkMember.objects.get().pk])
    client.post(end, {"until": day(-1).isoformat()})
    assert as_user(cast.mentor).get(network.get_absolute_url()).status_code == 404


@pytest.mark.clause("3.3-f1")
def test_joint_events_stand_on_the_page_of_the_partner(cast, as_user):
    partner, client = a_partner(cast), as_user(cast.director)
    url = reverse("roadmap:partner_event_new", args=[partner.pk])
    data = {"title": "Круглый стол", "held_on": day(9).isoformat(), "url": "", "request_key": str(uuid4())}
    for _ in range(2):
        assert client.post(url, data).status_code == 302
    [event] = as_user(cast.council).get(partner.get_absolute_url()).context["events"]
    assert event.title == "Круглый стол"
    client.post(reverse("roadmap:partner_event_remove", args=[event.pk]))
    assert not partner.events.exists()


def test_only_the_curator_shows_a_partner_on_the_site(cast, as_user, client):
    partner = a_partner(cast, site="https://college.example/")
    signed(cast, partner)
    acts.save_contact(None, by=cast.curator, part="partner", partner=partner, name="Пюрвеев Б. О.", ground="own")
    url = reverse("roadmap:partner_site", args=[partner.pk])
    assert as_user(cast.director).post(url).status_code == 403
    assert str(partner) not in client.get(reverse("public:documents")).content.decode()
    as_user(cast.curator).post(url)
    partner.refresh_from_db()
    assert partner.shown_by == cast.curator
    page = client.get(reverse("public:documents"))
    [shown] = page.context["partners"]
    assert (shown.name, shown.agreements) == (str(partner), "договор о сотрудничестве")
    assert "https://college.example/" in page.content.decode() and "Пюрвеев" not in page.content.decode()
    with pytest.raises(Already):
        acts.show(partner, by=cast.curator)
    as_user(cast.curator).post(url)
    partner.refresh_from_db()
    assert partner.shown_at is None


def test_who_reads_about_partners(cast):
    one = signed(cast)
    for role in (*ROLES, "mentor", "mentee", "stranger"):
        seen = PartnerAgreement.objects.visible_to(getattr(cast, role)).filter(pk=one.pk).exists()
        assert seen == (role in {"director", "curator", "chair", "secretary", "council", "clerk", "acting"}), role


def test_a_partner_is_found_by_the_search_of_the_whole_system(cast, as_user):
    partner = a_partner(cast)
    groups = {group.title: group for group in as_user(cast.director).get("/search/", {"q": "колл"}).context["groups"]}
    assert [row.url for row in groups["Партнёры"].rows] == [partner.get_absolute_url()]
    assert "Партнёры" not in [g.title for g in as_user(cast.mentor).get("/search/", {"q": "колл"}).context["groups"]]


def test_lists_go_out_as_workbooks(cast, as_user):
    signed(cast)
    client = as_user(cast.director)
    for name, rows in (("partners", 1), ("partner_agreements", 1), ("networks", 0), ("talks", 0)):
        book = b"".join(client.get(reverse(f"roadmap:{name}"), {"format": "xlsx"}).streaming_content)
        assert len(list(openpyxl.load_workbook(io.BytesIO(book)).active.values)) == rows + 1, name


def test_who_leaves_leaves_the_networks_and_hands_over_next_steps(cast):
    person, partner = make_person(), a_partner(cast)
    network = network_acts.save_network(None, by=cast.curator, kind="network", name="Сеть школ", level="city")
    member = network_acts.take_in(network, person, by=cast.curator, since=day(-5))
    row = network_acts.talk(
        by=cast.curator,
        partner=partner,
        held_on=day(),
        how="call",
        about="План",
        next_step="Позвонить",
        next_on=day(2),
        responsible=person,
    )
    hanging = list(PART.hanging({person.pk: day(1)}))
    assert [(one.what, one.by_itself) for one in hanging] == [
        ("участие в сети «Сеть школ»", True),
        ("следующий шаг по разговору: Позвонить", False),
    ]
    PART.end(person, day(1))
    member.refresh_from_db()
    assert member.until == day(1)
    [thing] = handover.PART.things(person, cast.curator)
    handover.PART.hand(thing.key, person, cast.mentor.person, cast.curator)
    assert f"talk:{row.pk}:step" in keys(cast.mentor) and not list(handover.PART.things(person, cast.curator))
    Talk.objects.filter(pk=row.pk).update(responsible=person)
    data = retention.categories()["networks"]
    assert len(data.found(person)) == 2 and data.erase(person) == 2
    row.refresh_from_db()
    assert row.responsible is None and not NetworkMember.objects.exists()
