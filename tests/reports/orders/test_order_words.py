"""What orders say, kind by kind and over all kinds: dated grounds, pay, agreements, no repeated or odd words."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from mentoring_site.russian import rudate
from mentoring_site.workflow import Refused, complaints
from people.language.declension import name_in
from people.school.workdays import add_workdays, is_workday, on_or_before
from programs.changes.dissolution.models import Dissolution
from programs.changes.pause.models import Pause
from programs.completion.models import Completion
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.program.sections import sections
from reports.orders import contents
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.models import Order
from reports.orders.order_kinds.pay.draft import PayDraft
from reports.orders.order_kinds.pay.kind import is_dated
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import because, because_of, in_place
from reports.orders.pay_series import pay_words, words_about_pay
from tests.factories import make_program
from tests.programs.changes import kit as changed
from tests.programs.mentor_agreements.kit import make_agreement
from tests.reports.orders.kit import SUBJECTS, enter, make_completion, make_order

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23 09:00+03:00"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(MONDAY, tick=False):
        yield date(2026, 11, 23)


def read(order) -> Order:
    return Order.objects.with_papers().get(pk=order.pk)


def points(order) -> str:
    return " ".join(" ".join(t for row in order.points for t in (row["text"], *row["subpoints"])).split())


def whole(order) -> str:
    return " ".join(f"{order.heading} {order.preamble} {points(order)}".split())


def cells(order) -> list[str]:
    """Every text of the appendices, tables and blocks of a text alike."""
    found: list[str] = []
    for sheet in KINDS[order.kind].appendices(read(order)):
        found += [*sheet["text"], *(cell for row in sheet["rows"] for cell in row)]
        for section in sheet.get("sections", ()):
            found += [section["title"], *(text for block in section["blocks"] for text in _texts(block))]
    return found


def _texts(block) -> list[str]:
    rows = [*block.get("pairs", ()), *block.get("table", {"rows": ()})["rows"]]
    single = [block[name] for name in ("text", "note", "subtitle") if name in block]
    return [*single, *block.get("list", ()), *(cell for row in rows for cell in row)]


# --- over all kinds


@pytest.mark.point("9.9")
@pytest.mark.parametrize("kind", KINDS)
def test_no_order_has_odd_signs(cast, kind):
    order = make_order(cast, kind)
    for text in (order.heading, order.preamble, points(order), *cells(order)):
        text = text.replace("\xa0", " ")
        assert ".." not in text and "  " not in text and " ," not in text and "группа;" not in text, text
        assert "в связи с в связи" not in text and text != "оба" and "(а)" not in text, text
    if kind != "regulation":  # its appendix is the text of the school
        for text in cells(order):
            after = re.search(r"^[^«»]*?[а-яё]: ([А-ЯЁ])[а-яё]", text.replace("\xa0", " "))
            assert not after or kind in ("event", "assignment"), text


@pytest.mark.point("9.7", "9.9")
@pytest.mark.parametrize("kind", KINDS)
def test_every_cited_paper_has_its_date(cast, kind):
    """After «на основании» each paper is followed by its date."""
    order = make_order(cast, kind)
    grounds = order.preamble.replace("\xa0", " ").partition("на основании ")[2]
    assert all(day for _, day in contents.cited_papers(read(order)))
    words = (
        "согласия",
        "заключения",
        "отзыва",
        "заявления",
        "предложения",
        "ходатайства",
        "уведомления",
        "приказа",
        "соглашения",
    )
    if grounds and kind != "assignment":  # the dates stand in the appendix
        assert re.search(r"\d\d\.\d\d\.\d{4}", grounds), grounds
        for word in words:
            for found in re.finditer(rf"\b{word}\b", grounds):
                assert re.search(r"от \d\d\.\d\d\.\d{4}", grounds[found.start() :]), grounds


@pytest.mark.point("9.7")
@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].series == "main"])
def test_no_order_of_the_main_series_speaks_of_pay(cast, kind):
    assert pay_words(make_order(cast, kind)) == [] or kind == "change"


def test_who_prepares_the_order_on_pay_sets_none():
    task = "подготовить приказ по личному составу о прекращении выплаты за наставничество Ким А. Э."
    assert words_about_pay(task) == []
    assert words_about_pay(f"{task}; установить доплату") == ["доплату"]


# --- replacement, agreement, pay


@pytest.mark.point("9.7")
@pytest.mark.parametrize("ahead", [1, 3, 6, 7])
def test_a_mentor_hands_over_a_working_day_before_the_absence(cast, today, ahead):
    made = changed.make_replacement(cast, "ready", since=ahead)
    text = points(make_order(cast, "replacement", items=[made]))
    last = on_or_before(made.since - timedelta(days=1))
    assert last < made.since and is_workday(last)
    assert f"не позднее {last.day}" in text.replace("\xa0", " ") and "передать, а наставнику" in text


@pytest.mark.point("9.7")
def test_who_is_away_already_hands_nothing_over(cast):
    made = changed.make_replacement(cast, "ready", since=0)
    text = points(make_order(cast, "replacement", items=[made]))
    assert "передать, а наставнику" not in text
    assert re.search(r"уратору.{0,60} передать наставнику", text) or "передать наставнику" in text


@pytest.mark.point("9.7")
def test_an_agreement_is_cited_or_falls_due_before_the_mentoring(cast):
    first = make_order(cast, "assignment")
    assert "до начала наставничества" in points(first) and "351.8" in points(first)
    pairing = SUBJECTS["assignment"](cast)
    lead = pairing.participations.get(part="mentor")
    MentorAgreement.objects.create(
        person=lead.person,
        employment=lead.employment,
        kind="agreement",
        pairing=pairing,
        created_by=cast.clerk,
        assigned_on=timezone.localdate(),
        content="Помогать",
        work_form="очно",
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=90),
        pay_kind="percent",
        pay_amount=10,
        pay_act="Положение от 01.09.2026 № 5",
        pay_from=timezone.localdate(),
        pay_to=timezone.localdate() + timedelta(days=90),
        number="14",
        signed_on=timezone.localdate(),
        signed_by_words="директор",
    )
    order = make_order(cast, "assignment", items=[type(pairing).objects.get(pk=pairing.pk)])
    assert "до начала наставничества" not in points(order)
    assert "дополнительного соглашения к трудовому договору с " in whole(order) and "№ 14" in whole(order)
    assert ("соглашение с наставником № 14", timezone.localdate()) in contents.cited_papers(read(order))


@pytest.mark.point("9.7")
@pytest.mark.parametrize("kind", ["completion", "dissolution", "pause"])
def test_an_order_that_ends_the_work_names_the_order_that_stops_its_pay(cast, kind):
    made = SUBJECTS[kind](cast)
    pairing = made.pairing if kind == "dissolution" else made.program.pairing
    agreement = make_agreement(cast, "order")
    lead = pairing.participations.get(part="mentor")
    MentorAgreement.objects.filter(pk=agreement.pk).update(
        pairing=pairing, person=lead.person, order_number="4-лс", order_date="2026-11-10"
    )
    text = points(make_order(cast, kind, items=[made]))
    assert "подготовить приказ по личному составу о прекращении выплаты за наставничество" in text
    assert "установленной приказом от 10.11.2026 № 4-лс" in text
    MentorAgreement.objects.filter(pk=agreement.pk).update(order_number="", order_date=None)
    other = SUBJECTS[kind](cast)
    assert "выплат" not in points(make_order(cast, kind, items=[other]))


@pytest.mark.point("9.7")
def test_the_assignment_is_ended_by_the_day_on_which_the_pair_ends(cast):
    made = SUBJECTS["dissolution"](cast)
    Dissolution.objects.filter(pk=made.pk).update(on=add_workdays(timezone.localdate(), 2))
    text = points(make_order(cast, "dissolution", items=[Dissolution.objects.get(pk=made.pk)]))
    until = f"в срок до {rudate(add_workdays(timezone.localdate(), 2))} оформить прекращение поручения о наставничестве"
    assert until.replace("\xa0", " ") in text.replace("\xa0", " ")


@pytest.mark.point("9.9")
def test_an_encouragement_rests_on_the_labour_code_too(cast):
    order = make_order(cast, "incentive")
    assert "со статьёй 191 Трудового кодекса Российской Федерации, пунктом 3.5 Положения" in whole(order)


@pytest.mark.point("9.9")
def test_pay_names_its_act_its_past_days_and_the_bookkeeper(cast):
    agreement = make_agreement(cast, "order")
    MentorAgreement.objects.filter(pk=agreement.pk).update(pay_act="Положение об оплате труда")
    first = timezone.localdate() - timedelta(days=5)
    MentorAgreement.objects.filter(pk=agreement.pk).update(starts_on=first, pay_from=first)

    def propose(act):
        draft = PayDraft((agreement.pk,), stop=False, last_days={agreement.pk: agreement.paid_through}, act=act)
        return drafting_proposals.propose("pay", Particulars(draft, {"main": [agreement.person]}), by=cast.curator)

    order = propose("")
    told = [str(c) for c in KINDS["pay"].check(order.items.get().proposal)]
    assert any("нет даты и номера" in text for text in told)
    order = propose("Положение об оплате труда, утверждённое приказом от 28.08.2025 № 37-од")
    text = whole(order)
    assert KINDS["pay"].check(order.items.get().proposal) == []
    assert "Установить выплату стимулирующего характера за наставничество" in text
    assert "Акт, которым определён размер выплаты: положение об оплате труда, утверждённое приказом" in text
    assert "За дни до издания настоящего приказа выплату произвести с 18 ноября 2026 г." in text
    assert "Бухгалтерии" in text


def test_an_act_is_dated_in_digits_or_in_words():
    assert is_dated("Положение от 28.08.2025 № 37-од") and is_dated("Положение от 28 августа 2025 г. № 5")
    assert not is_dated("Положение об оплате труда") and not is_dated("Положение № 5")


# --- completion and dissolution


@pytest.mark.point("9.7")
def test_a_mentor_refuses_without_a_reason_and_without_a_fault(cast):
    made = make_completion(cast)
    Completion.objects.filter(pk=made.pk).update(reason="mentor", notice_on="2026-11-20", circumstances="")
    made.refresh_from_db()
    text = whole(make_order(cast, "completion", items=[made]))
    assert "уважительн" not in text and "недолжн" not in text
    assert "в связи с досрочным отказом наставника от осуществления наставничества (статья 351.8" in text
    assert "от 20.11.2026" in text and "статьёй 351.8" in text


@pytest.mark.point("9.7")
@pytest.mark.parametrize(
    ("reason", "words"),
    [("improper", "служебной записки куратора"), ("mentee", "заявления"), ("mutual", "на завершение")],
)
def test_the_paper_of_each_reason_is_dated(cast, reason, words):
    made = make_completion(cast)
    now = timezone.now()
    Completion.objects.filter(pk=made.pk).update(
        reason=reason, notice_on="2026-11-20", circumstances="переезд", mentor_agreed_at=now, mentee_agreed_at=now
    )
    made.refresh_from_db()
    grounds = make_order(cast, "completion", items=[made]).preamble.partition("на основании")[2]
    assert words in grounds and "заключения наставника от 23.11.2026" in grounds
    assert ("от 20.11.2026" in grounds) == (reason != "mutual")


@pytest.mark.point("9.9")
def test_outcomes_are_removed_or_not(cast):
    order = make_order(cast, "completion")
    assert any("— устранено" in cell for cell in cells(order))
    assert not any("снято" in cell or "осталось" in cell for cell in cells(order))


@pytest.mark.point("9.7", "9.9")
def test_a_dissolution_says_whose_dismissal_by_which_paper(cast):
    made = changed.make_dissolution(cast, "ready")
    lead = made.pairing.participations.get(part="mentor")
    Dissolution.objects.filter(pk=made.pk).update(
        about=lead, reason="увольнением наставника", paper="order", paper_number="61-лс", paper_on="2026-11-20"
    )
    text = whole(make_order(cast, "dissolution", items=[Dissolution.objects.get(pk=made.pk)]))
    assert "на основании приказа от 20.11.2026 № 61-лс" in text
    assert re.search(r"в связи с увольнением наставника [А-ЯЁ]\S+ [А-ЯЁ]\. [А-ЯЁ]\.", text)


@pytest.mark.point("9.7")
def test_a_notice_ends_a_pair_without_a_reason(cast):
    made = changed.make_dissolution(cast, "ready")
    lead = made.pairing.participations.get(part="mentor")
    Dissolution.objects.filter(pk=made.pk).update(about=lead, reason="", paper="notice", paper_on="2026-11-20")
    text = whole(make_order(cast, "dissolution", items=[Dissolution.objects.get(pk=made.pk)]))
    assert "в связи с досрочным отказом наставника" in text and "пунктом 3.3" in text and "7.1" not in text


@pytest.mark.point("9.7", "9.9")
def test_without_its_paper_nothing_goes_to_an_order(cast):
    made = changed.make_pause(cast)
    Pause.objects.filter(pk=made.pk).update(paper="", paper_on=None)
    told = [str(c) for c in complaints(Pause.objects.with_requirements().get(pk=made.pk), "ready")]
    assert any("Не названа бумага" in text for text in told)


@pytest.mark.point("9.7")
def test_the_employers_cancellation_rests_on_the_law_alone(cast):
    order = make_order(cast, "relief")
    assert "пунктом 4.1 Положения" in order.preamble and "утверждённого приказом" in order.preamble
    notice = order.items.get().proposal.draft.notices[0]
    Notice.objects.filter(pk=notice).update(giver="employer")
    _, preamble, _ = contents.compose(Order.objects.with_requirements().get(pk=order.pk))
    assert "7.1" not in preamble and "Положения" not in preamble and "статьёй 351.8" in preamble


# --- amendment, pause, event, change, programs


@pytest.mark.point("9.9")
def test_a_prolongation_names_the_old_end_and_the_consents(cast):
    made = changed.make_amendment(cast, "ready")
    text = whole(make_order(cast, "amendment", items=[made])).replace("\xa0", " ")
    old, new = made.program.ends_on, made.new_end
    assert f"истекающий {old.day} " in text and f"до {new.day} " in text
    assert len(re.findall(r"от \d\d\.\d\d\.\d{4}", order_grounds(text))) >= 2


def order_grounds(text: str) -> str:
    return text.partition("обоюдного согласия")[2].partition("Продлить")[0]


@pytest.mark.point("9.9")
def test_a_suspension_speaks_like_a_person(cast):
    made = changed.make_pause(cast, "ready")
    order = make_order(cast, "pause", items=[made])
    assert "7.2" not in order.preamble and "на основании приказа от 23.11.2026 № 58-лс" in order.preamble
    assert "мероприятия программы не проводятся и просроченными не считаются" in points(order)
    assert "наставляемую" in points(order) or "наставляемого" in points(order)


@pytest.mark.point("9.9")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("малый зал", "в малом зале"),
        ("Концертный зал школы", "в концертном зале школы"),
        ("большая сцена", "на большой сцене"),
        ("в музее", "в музее"),
        ("каб. 12", "в каб. 12"),
    ],
)
def test_a_place_is_said_as_it_is_read(typed, said):
    assert in_place(typed) == said


@pytest.mark.point("9.9")
def test_an_event_is_held_in_one_sentence(cast):
    assert re.search(
        r"Провести \d+ декабря 2026 г\. в малом зале круглый стол «Наставник в школе искусств»\.",
        points(make_order(cast, "event")).replace("\xa0", " "),
    )


@pytest.mark.point("9.9")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("отпуском", "в связи с отпуском"),
        ("в связи с отпуском наставника.", "в связи с отпуском наставника"),
        ("сменой расписания", "в связи со сменой расписания"),
        ("вступлением в силу", "в связи со вступлением в силу"),
    ],
)
def test_a_reason_is_joined_however_it_was_typed(typed, said):
    assert because(typed) == said


@pytest.mark.point("9.9")
def test_a_change_is_read_by_those_in_the_changed_order(cast):
    order = make_order(cast, "change")
    base = order.items.get().proposal.base
    assert f"ознакомить с настоящим приказом работников, указанных в приказе {base.ref}" in points(order).replace(
        "\xa0", " "
    )
    on_sheet = {row["person"] for row in contents.on_the_sheet(read(order))}
    assert set(base.acquaintances.values_list("person", flat=True)) <= on_sheet


@pytest.mark.point("9.9")
def test_the_list_of_pairs_has_form_and_kind(cast):
    order = make_order(cast, "assignment")
    sheet = KINDS["assignment"].appendices(read(order))[0]
    assert [c["label"] for c in sheet["columns"]][3] == "Форма и вид; направление"
    assert sheet["rows"][0][3].startswith("педагог – педагог; традиционная форма")
    assert re.search(r"от \d\d\.\d\d\.\d{4}", sheet["rows"][0][5])


@pytest.mark.point("9.9")
def test_an_appointment_names_the_dates_of_consents(cast):
    assert re.search(
        r"письменного согласия [А-ЯЁ]\S+ \S+ \S+ от \d\d\.\d\d\.2026",
        make_order(cast, "appointment").preamble.replace("\xa0", " "),
    )


@pytest.mark.point("9.9")
def test_the_appendix_is_what_the_council_agreed(cast):
    program = make_program(cast, "agreed")
    order = make_order(cast, "programs", items=[program])
    sheet = KINDS["programs"].appendices(read(order))[0]
    version = program.versions.filter(stage="agreed").get()
    assert sheet["sections"] == sections(version.text) and sheet["approved"] == "УТВЕРЖДЕНА"
    type(program).objects.filter(pk=program.pk).update(goal="Другая цель")  # what the council has not agreed
    assert KINDS["programs"].appendices(read(order))[0]["sections"] == sheet["sections"]


@pytest.mark.point("9.9")
@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("увольнением по собственному желанию", "в связи с увольнением наставника {} по собственному желанию"),
        ("ежегодным отпуском", "в связи с ежегодным отпуском наставника {}"),
        ("сменой места работы", "в связи со сменой места работы наставника {}"),
        ("отпуском наставника", "в связи с отпуском наставника {}"),
    ],
)
def test_whose_circumstances_they_are(cast, reason, said):
    lead = SUBJECTS["assignment"](cast).participations.get(part="mentor")
    change = Pause(reason=reason, about=lead)
    assert because_of(change) == said.format(name_in(lead.person, "genitive", short=True))


@pytest.mark.point("9.9")
def test_pay_of_days_before_the_order_is_never_silent(cast):
    agreement = make_agreement(cast, "order")
    first = timezone.localdate() + timedelta(days=2)
    MentorAgreement.objects.filter(pk=agreement.pk).update(pay_from=first)
    draft = PayDraft((agreement.pk,), stop=False, last_days={agreement.pk: agreement.paid_through})
    order = make_order(cast, "pay", "at_signature", items=Particulars(draft, {"main": [agreement.person]}))
    assert "За дни" not in points(order)
    with time_machine.travel("2026-11-26 09:00+03:00", tick=False), pytest.raises(Refused, match="раньше даты приказа"):
        enter(order, cast)


@pytest.mark.point("9.9")
def test_each_task_has_one_day(cast):
    made = changed.make_pause(cast, "ready")
    rows = make_order(cast, "pause", items=[made]).points[2]
    assert "в срок до" not in rows["text"] and rows["text"].endswith("наставничества:")
    assert rows["subpoints"][0].startswith("в срок до") and rows["subpoints"][1].startswith("до окончания")


@pytest.mark.point("9.9")
def test_an_act_on_pay_is_declined_where_it_can_be(cast):
    agreement = make_agreement(cast, "order")
    day = timezone.localdate() - timedelta(days=30)
    act = {"pay_act": "Положение об оплате труда", "pay_act_date": day, "pay_act_number": "37-од"}
    MentorAgreement.objects.filter(pk=agreement.pk).update(**act, pay_act_point="4.2")
    draft = PayDraft((agreement.pk,), stop=False, last_days={agreement.pk: agreement.paid_through})
    particulars = Particulars(draft, {"main": [agreement.person]})
    text = whole(drafting_proposals.propose("pay", particulars, by=cast.curator))
    assert f"определён на основании положения об оплате труда от {day:%d.%m.%Y} № 37-од, пункт 4.2." in text
    assert "производить выплату в размере и в срок, указанные в пункте 1 настоящего приказа." in text
