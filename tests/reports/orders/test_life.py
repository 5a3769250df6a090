"""Each kind of order from its draft to registration: what it enacts, what its paper says, what it refuses."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from mentoring_site.files import store_bytes
from mentoring_site.hashing import sha256_of_json
from mentoring_site.holds import held_by
from mentoring_site.models import Act, OutboxMail, ReplacedFile
from mentoring_site.pdf import resources
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.banks import acts as bank_acts
from people.consents.models import Consent
from people.register.models import NameForm
from people.rights import ACTING
from people.school.models import School
from reports.orders.acquaintance import acts as acquaintance_acts
from reports.orders.acquaintance import reminders
from reports.orders.drafting import acts as drafting_acts
from reports.orders.models import Order
from reports.orders.printing import facts as printing_facts
from reports.orders.printing import pdf as printing_pdf
from reports.orders.registration import numbers
from reports.orders.registration.signed_scan import SignedScan, attach_scan
from tests.factories import make_candidate, make_pairing, make_person, make_program
from tests.reports.orders.kit import SUBJECTS, advance, enter, make_mentor, make_order, read, with_unappointed

pytestmark = [pytest.mark.django_db, pytest.mark.point("14")]


@pytest.mark.clause("3.2-a")
def test_an_order_appoints_mentors(cast):
    one, two = make_mentor(cast), make_mentor(cast)
    order = make_order(cast, "appointment", "registered", [one, two])
    for candidate in (one, two):
        candidate.refresh_from_db()
        assert (candidate.state, candidate.order_number, candidate.order_date) == (
            "appointed",
            order.number,
            order.date,
        )


@pytest.mark.clause("3.2-b")
def test_no_appointment_without_a_written_consent(cast):
    candidate = make_mentor(cast)
    order = make_order(cast, "appointment", "at_signature", [candidate])
    Consent.objects.filter(person=candidate.person, purpose="duties").delete()
    with pytest.raises(Refused, match="согласия"):
        enter(order, cast)
    candidate.refresh_from_db()
    order.refresh_from_db()
    assert (candidate.state, order.state, order.number) == ("approved", "at_signature", "")


@pytest.mark.clause("3.2-a", "3.3-e1", "6.2-c", "П.1-b")
def test_an_order_assigns_pairs_and_groups_and_appoints_their_mentors(cast):
    pair = with_unappointed(make_pairing(cast, "recommended"))
    group = make_pairing(cast, "recommended", mentees=3)
    order = make_order(cast, "assignment", "registered", [pair, group])
    for pairing in (pair, group):
        pairing.refresh_from_db()
        assert (pairing.state, pairing.order_number, pairing.assigned_on) == (
            "assigned",
            order.number,
            order.effective_on,
        )
    assert pair.participations.get(part="mentor").candidate.state == "appointed"
    assert order.acquaintances.count() == 6 + 2  # and the curator and the clerk, whom it charges
    told = set(OutboxMail.objects.filter(template="order_registered").values_list("person_id", flat=True))
    assert told <= set(order.acquaintances.values_list("person", flat=True)) | {cast.curator.person_id}
    assert cast.curator.person_id in told


@pytest.mark.clause("3.3-e2", "П.1-b")
def test_no_assignment_without_the_consent_of_every_participant(cast):
    pairing = make_pairing(cast, "recommended", mentees=2)
    order = make_order(cast, "assignment", items=[pairing])
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    last = pairing.participations.filter(part="mentee").last().person
    Consent.objects.filter(person=last, matter=pairing.uuid).delete()
    with pytest.raises(Refused, match=last.last_name):
        drafting_acts.agree(order, by=cast.curator)


def test_an_order_approves_programs(cast):
    first, second = make_program(cast, "agreed", starts_in=5), make_program(cast, "agreed")
    order = make_order(cast, "programs", "registered", [first, second])
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("approved", "running")
    assert first.order_number == second.order_number == order.number


@pytest.mark.clause("3.3-d")
def test_an_order_approves_the_roadmap(cast):
    order = make_order(cast, "roadmap", "registered")
    roadmap = order.items.get().roadmap
    assert (roadmap.state, roadmap.order_number, roadmap.order_date) == ("approved", order.number, order.date)


@pytest.mark.point("14", "17")
def test_an_order_completes_a_program_and_tells_both_sides(cast):
    order = make_order(cast, "completion", "registered")
    program = order.items.get().completion.program
    program.refresh_from_db()
    assert (program.state, program.pairing.state) == ("completed", "dissolved")
    assert order.acquaintances.count() == 2 + 1  # and the curator


@pytest.mark.point("15")
@pytest.mark.clause("3.3-b2")
@pytest.mark.parametrize("kind", SUBJECTS)
def test_the_paper_has_every_requisite_and_its_number_only_after_registration(cast, kind):
    order = make_order(cast, kind, "at_signature")
    blank = read(printing_pdf.pdf_of(order))
    for words in (
        "ПРИКАЗ",
        "г. Элиста",
        "ПРИКАЗЫВАЮ:",
        "от 30.08.2026 № 38-од",
        "Контроль за исполнением настоящего приказа оставляю за собой.",
    ):
        assert words.replace(" ", "") in blank.replace(" ", "")
    assert cast.director.person.signature_name.replace("\xa0", " ") in blank
    assert "Согласовано:" in blank and "№ 1-од" not in blank
    order = enter(order, cast, number=1)
    printing_pdf.print_order.call(order.pk)
    order.refresh_from_db()
    final = read(printing_pdf.intact(order.pdf))
    assert "№ 1-од" in final and f"{order.date:%d.%m.%Y}" in final and order.code in final
    assert order.pdf.name.startswith(f"{order.date}_1-од_О")
    assert printing_pdf.print_order.call(order.pk) == order.pdf.sha256


@pytest.mark.point("15")
def test_names_stand_in_their_cases(cast):
    mentor = make_person("Басангов", "Очир", "Санджиевич", "m", post="преподаватель по классу домбры")
    mentee = make_person("Санджи-Горяева", "Кермен", "Бадмаевна", "f", post="концертмейстер")
    pairing = with_unappointed(make_pairing(cast, "recommended", mentor=mentor, mentee=mentee))
    paper = read(printing_pdf.pdf_of(make_order(cast, items=[pairing])))
    assert "Назначить наставником Басангова Очира Санджиевича, преподавателя по классу домбры." in paper
    assert "Наставнику Басангову О. С. в срок до" in paper
    assert "совместно с наставляемой Санджи-Горяевой К. Б. разработать" in paper
    assert "Заместителю директора по учебно-воспитательной работе" in paper


@pytest.mark.point("15")
def test_a_corrected_form_enters_the_recomposed_text_and_the_rest_of_the_draft_is_told_outdated(cast):
    mentor = make_person("Заяц", "Очир", "Санджиевич", "m")
    order = make_order(cast, items=[make_pairing(cast, "recommended", mentor=mentor)])
    assert not drafting_acts.outdated(Order.objects.with_requirements().get(pk=order.pk))
    NameForm.objects.create(person=mentor, case="dative", last="Зайцу")
    assert drafting_acts.outdated(Order.objects.with_requirements().get(pk=order.pk))
    order = drafting_acts.recompose(order, by=cast.curator)
    assert "Зайцу\xa0О.\xa0С." in " ".join(p["text"] for p in order.points)


def test_frozen_facts_do_not_change_with_the_people(cast):
    mentor = make_person("Басангов", "Очир", "Санджиевич", "m")
    order = make_order(cast, state="at_signature", items=[make_pairing(cast, "recommended", mentor=mentor)])
    mentor.last_name = "Другой"
    mentor.save()
    order = enter(order, cast)
    printing_pdf.print_order.call(order.pk)
    order.refresh_from_db()
    paper = read(printing_pdf.intact(order.pdf))
    assert "Басангову" in paper and "Другой" not in paper and "Другому" not in paper
    assert sha256_of_json(order.facts) == order.facts_sha256


def test_tampered_facts_are_not_printed(cast):
    order = make_order(cast, state="registered")
    Order.objects.filter(pk=order.pk).update(facts=order.facts | {"heading": "О другом"})
    with pytest.raises(resources.PdfError, match="отличаются"):
        printing_pdf.print_order.call(order.pk)


def test_registration_is_printed_after_the_commit_and_the_clock_prints_what_was_left(
    cast, django_capture_on_commit_callbacks
):
    order = make_order(cast, state="at_signature")
    with django_capture_on_commit_callbacks() as callbacks:
        enter(order, cast)
    assert len(callbacks) == 1
    assert printing_pdf.print_missing() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        assert (printing_pdf.print_missing(), printing_pdf.print_missing()) == (1, 0)


def test_only_what_was_approved_goes_into_an_order(cast):
    applied = make_candidate(make_person(consent=True), "mentor", by=cast.curator, state="applied")
    mentee = make_candidate(make_person(consent=True), "mentee", by=cast.curator)
    for kind, items, why in (
        ("appointment", [applied], "предложен"),
        ("appointment", [mentee], "не об этом"),
        ("appointment", [make_pairing(cast, "recommended")], "не об этом"),
        ("assignment", [make_pairing(cast, "proposed")], "предложена"),
        ("assignment", [], "Выберите"),
        ("programs", [make_program(cast, "submitted")], "на согласовании"),
    ):
        with pytest.raises(Refused, match=why):
            drafting_acts.draft(kind, items, by=cast.curator)


def test_one_thing_stands_in_one_unsigned_order(cast):
    pairing = make_pairing(cast, "recommended")
    order = make_order(cast, items=[pairing])
    with pytest.raises(Refused, match="другом приказе"):
        drafting_acts.draft("assignment", [pairing], by=cast.curator)
    drafting_acts.discard(order, by=cast.curator, reason="ошибка")
    assert drafting_acts.draft("assignment", [pairing], by=cast.curator).state == "draft"


def test_the_same_key_gives_the_same_draft(cast):
    key, pairing = "7b1ab3f0-3b0c-4a8e-9a39-0f6ad70a1d11", make_pairing(cast, "recommended")
    first = drafting_acts.draft("assignment", [pairing], by=cast.curator, request_key=key)
    assert drafting_acts.draft("assignment", [pairing], by=cast.curator, request_key=key) == first


def test_an_item_is_dropped_with_its_appointment(cast):
    one, two = with_unappointed(make_pairing(cast, "recommended")), make_pairing(cast, "recommended")
    order = make_order(cast, items=[one, two])
    assert order.items.count() == 3
    drafting_acts.drop_item(order.items.get(pairing=one), by=cast.curator)
    order.refresh_from_db()
    assert order.items.get().pairing == two and "Закрепить наставническую пару" in order.points[0]["text"]
    with pytest.raises(Refused, match="единственный"):
        drafting_acts.drop_item(order.items.get(), by=cast.curator)


def test_an_edited_point_is_marked_and_visas_are_asked_again(cast):
    order = make_order(cast)
    drafting_acts.give_visa(order.visas.first(), by=cast.clerk)
    points = ["\n".join([p["text"], *[f"— {s}" for s in p["subpoints"]]]) for p in order.points]
    points.insert(1, "Разместить приказ на сайте до 5 сентября.")
    order = drafting_acts.edit(
        order, by=cast.curator, version=order.version, heading=order.heading, preamble=order.preamble, points=points
    )
    assert [p["edited"] for p in order.points] == [False, True] + [False] * (len(points) - 2)
    assert not order.visas.filter(given_at__isnull=False).exists()
    with pytest.raises(Stale):
        drafting_acts.edit(order, by=cast.curator, version=order.version - 1, heading="О", preamble="", points=["Да."])
    with pytest.raises(Refused, match="хотя бы один"):
        drafting_acts.edit(order, by=cast.curator, version=order.version, heading="О", preamble="", points=["  "])


def test_a_visa_is_given_to_the_text_that_was_read(cast):
    order = make_order(cast)
    visa = order.visas.get(person=cast.curator.person)
    with pytest.raises(Stale):
        drafting_acts.give_visa(visa, by=cast.curator, version=order.version - 1)
    with pytest.raises(NotAllowed):
        drafting_acts.give_visa(visa, by=cast.stranger)
    drafting_acts.give_visa(visa, by=cast.curator, version=order.version)
    with pytest.raises(Already):
        drafting_acts.give_visa(visa, by=cast.curator)
    with pytest.raises(Refused, match="Нет визы"):
        drafting_acts.agree(order, by=cast.curator)
    drafting_acts.give_visa(order.visas.get(person=cast.clerk.person), by=cast.curator)
    assert drafting_acts.agree(order, by=cast.curator).state == "agreed"


def test_a_visa_given_here_is_told_and_one_from_paper_waits_for_a_pen(cast):
    order = make_order(cast)
    drafting_acts.give_visa(order.visas.get(person=cast.curator.person), by=cast.curator)
    drafting_acts.give_visa(order.visas.get(person=cast.clerk.person), by=cast.curator)
    known = printing_facts.of(Order.objects.with_papers().get(pk=order.pk))
    own, paper = known["visas"]
    assert own["mark"].startswith("Завизировано в информационной системе") and paper["mark"] == ""
    assert own["date"] == paper["date"] == str(timezone.localdate())


def test_back_to_draft_asks_everything_again(cast):
    order = make_order(cast, state="at_signature")
    with pytest.raises(Refused, match="почему"):
        drafting_acts.back_to_draft(order, by=cast.curator, reason=" ")
    order = drafting_acts.back_to_draft(order, by=cast.curator, reason="опечатка")
    assert (order.state, order.facts, order.frozen_at) == ("draft", None, None)
    assert not order.visas.filter(given_at__isnull=False).exists()
    assert Act.objects.about(order).filter(verb="back_to_draft").get().facts["reason"] == "опечатка"


def test_the_acting_head_of_the_day_signs(cast):
    order = make_order(cast, state="agreed")
    cast.chair.person.roles.create(role=ACTING, since=timezone.localdate())
    order = drafting_acts.send_to_signature(order, by=cast.curator)
    assert order.signer == cast.chair.person
    assert order.facts["signer"] == {
        "post": "Исполняющий обязанности директора",
        "name_before": cast.chair.person.signature_name,
    }


def test_people_acknowledge_on_screen_and_on_paper(cast):
    order = make_order(cast, items=[make_pairing(cast, "recommended", mentor=cast.mentor)], state="registered")
    own, other = (
        order.acquaintances.get(person=cast.mentor.person),
        order.acquaintances.get(person=order.items.get().pairing.participations.get(part="mentee").person),
    )
    with pytest.raises(NotAllowed):
        acquaintance_acts.acquaint(other, by=cast.mentor)
    acquaintance_acts.acquaint(own, by=cast.mentor)
    acquaintance_acts.acquaint(other, by=cast.clerk, on_paper=True)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.on_paper, other.on_paper, other.recorded_by) == (False, True, cast.clerk)
    with pytest.raises(Already):
        acquaintance_acts.acquaint(own, by=cast.mentor)


def test_reminders_go_once_a_day(cast):
    order = make_order(cast)
    visa = order.visas.get(person=cast.clerk.person)
    reminders.remind(visa, by=cast.curator)
    with pytest.raises(Already):
        reminders.remind(visa, by=cast.curator)
    with pytest.raises(NotAllowed):
        reminders.remind(visa, by=cast.mentor)
    drafting_acts.give_visa(visa, by=cast.clerk)
    with pytest.raises(Refused):
        reminders.remind(order.visas.get(pk=visa.pk), by=cast.curator)


def test_a_scan_is_attached_once_and_replaced_with_a_reason(cast):
    order = make_order(cast, state="registered")
    scan, other = (
        SignedScan(
            store_bytes(data, name="скан.pdf", content_type="application/pdf", by=cast.clerk), 1, recognised=True
        )
        for data in (b"%PDF-1", b"%PDF-2")
    )
    with pytest.raises(NotAllowed):
        attach_scan(order, scan, by=cast.mentor)
    assert attach_scan(order, scan, by=cast.clerk).scan == scan.file
    for wrong, reason in ((other, ""), (other, "  "), (scan, "тот же файл")):
        with pytest.raises(Already):
            attach_scan(order, wrong, by=cast.clerk, reason=reason)
    with pytest.raises(NotAllowed):
        attach_scan(order, other, by=cast.mentor, reason="не тот лист")
    assert attach_scan(order, other, by=cast.clerk, reason="не тот лист").scan == other.file
    former = ReplacedFile.objects.get()
    assert (former.object, former.file, former.reason) == (order, scan.file, "не тот лист")
    act = Act.objects.about(order).last()
    assert (act.actor, act.facts["former"]) == (cast.clerk, scan.file.pk) and "не тот лист" in act.words
    with pytest.raises(Refused):
        attach_scan(make_order(cast), scan, by=cast.clerk)


def test_a_failing_item_undoes_the_whole_registration(cast):
    good, bad = make_mentor(cast), make_mentor(cast)
    order = make_order(cast, "appointment", "at_signature", [good, bad])
    bank_acts.withdraw(bad, by=cast.curator, reason="передумал")
    with pytest.raises(Refused, match=bad.person.last_name):
        enter(order, cast)
    good.refresh_from_db()
    order.refresh_from_db()
    assert (good.state, order.state, order.number) == ("approved", "at_signature", "")
    assert numbers.next_plain("main", timezone.localdate().year) == 1


@pytest.mark.point("15")
def test_hostile_text_stays_text(cast):
    nasty = '<img src="http://127.0.0.1:9/x">{{ order }} =1+1 \u202e<script>'
    School.objects.update(founder=nasty)
    order = make_order(cast)
    order = drafting_acts.edit(
        order,
        by=cast.curator,
        version=order.version,
        heading=f"О {nasty}",
        preamble=nasty,
        points=[f"{nasty}\n— {nasty}"],
    )
    paper = read(printing_pdf.pdf_of(order))
    assert "<script>" in paper and "{{ order }}" in paper


def test_an_unsigned_order_holds_what_it_is_about_until_it_is_registered_or_discarded(cast):
    """The hold is firm while the order is closed for edits; lower features read it instead of orders."""
    first, second = make_mentor(cast), make_mentor(cast)
    order = make_order(cast, "appointment", items=[first, second])
    assert held_by(first).holder == order and held_by(first, firm=True) is None
    drafting_acts.drop_item(order.items.get(candidate=second), by=cast.curator)
    assert held_by(second) is None
    order = advance(order, cast, "agreed")
    assert held_by(first, firm=True)
    order = drafting_acts.back_to_draft(order, by=cast.curator, reason="опечатка")
    assert held_by(first) and held_by(first, firm=True) is None
    for state in ("agreed", "at_signature", "registered"):
        order = advance(order, cast, state)
    assert held_by(first) is None
    other = make_order(cast, "appointment", items=[second])
    drafting_acts.discard(other, by=cast.curator, reason="не нужен")
    assert held_by(second) is None
