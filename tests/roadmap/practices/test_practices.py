"""Best practices: drafted from a program in one press, reviewed by others than authors, shown with consent only."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.undo import undo
from mentoring_site.workflow import NotAllowed, Refused
from people.accounts.models import User
from people.consents.models import Consent
from people.rights import Right
from programs.program.models import Program
from roadmap.practices import acts, public
from roadmap.practices.models import Practice
from roadmap.practices.retention import DATA
from tests.factories import make_consent, make_person, make_user
from tests.programs.journal.kit import make_published, make_running
from tests.roadmap.events.kit import a_held_event
from tests.roadmap.practices.kit import NAMED, TEXTS, consent_of_all, make_accepted, make_draft, make_public, nameless

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.8")]


def status(client, address) -> int:
    """Open a file and close it."""
    answer = client.get(address)
    answer.close()
    return answer.status_code


def lines(practice):
    return [line.words for line in public.shown([Practice.objects.with_authors().get(pk=practice.pk)])[0].authors]


@pytest.mark.clause("3.4-f2")
def test_a_case_is_drafted_in_one_press_and_written_together_with_council_and_administrator(cast, as_user):
    """The curator presses once on a finished program; co-authors of the council and administrator edit the draft."""
    program, completion, _ = make_published(cast)
    page = as_user(cast.curator).get(program.get_absolute_url())
    address = reverse("roadmap:practice_from", args=[program.pk])
    assert address in page.content.decode()
    as_user(cast.curator).post(address)
    made = Practice.objects.get(program=program)
    assert program.goal.strip() in made.problem
    assert all(one.text in made.problem for one in program.difficulties.all())
    assert program.activities.first().title in made.done
    assert made.result == completion.public_text
    assert "Мероприятий плана выполнено: " in made.figures and "Затруднений снято: " in made.figures
    assert {a.part for a in made.authors.all()} == {"mentor", "mentee", "curator"}
    acts.name_author(made, cast.sysadmin.person, by=cast.curator, part="admin", shown="hidden")
    acts.name_author(made, cast.council.person, by=cast.curator, part="council", shown="name")
    for user in (cast.sysadmin, cast.council):
        made.refresh_from_db()
        client = as_user(user)
        assert client.get(reverse("roadmap:practice_edit", args=[made.pk])).status_code == 200
        made = acts.change(made, by=user, version=made.version, **TEXTS)
    made = acts.submit(made, by=cast.curator)
    made = acts.answer(made, by=cast.chair, accepts=True)
    nameless(made)
    assert acts.publish(made, by=cast.director).state == "published"


def test_one_program_has_one_case_and_one_that_runs_has_none(cast):
    program, _, _ = make_published(cast)
    first = acts.from_program(program, by=cast.curator)
    assert acts.from_program(program, by=cast.council) == first
    acts.drop(first, by=cast.curator)
    assert acts.from_program(program, by=cast.council) != first


def test_a_running_program_has_no_case_yet(cast):
    with pytest.raises(Refused, match="ещё не закончена"):
        acts.from_program(make_running(cast)[0], by=cast.curator)


def test_a_mentor_drafts_the_own_program_and_a_mentee_does_not(cast):
    program, _, _ = make_published(cast)
    with pytest.raises(NotAllowed):
        acts.from_program(program, by=cast.mentee)
    made = acts.from_program(program, by=cast.mentor)
    assert made.authors.get(person=cast.mentor.person).part == "mentor"
    with pytest.raises(NotAllowed):
        acts.change(made, by=cast.mentee, version=made.version, **TEXTS)


def test_of_a_group_only_topics_are_taken(cast):
    program, _, _ = make_published(cast)
    program.pairing.kind = "group"
    type(program.pairing).objects.filter(pk=program.pairing_id).update(kind="group")
    made = acts.from_program(Program.objects.get(pk=program.pk), by=cast.curator)
    assert not any(one.text in made.problem for one in program.difficulties.all())


@pytest.mark.clause("3.5-k1")
def test_the_council_writes_cases_and_looks_at_those_of_others(cast, as_user):
    """A member of the council submits a case from scratch; another member takes it into the bank, never an author."""
    client = as_user(cast.council)
    client.post(reverse("roadmap:practice_new"), TEXTS | {"summary": "", "figures": "", "advice": ""})
    made = Practice.objects.get()
    assert made.created_by == cast.council and made.authors.get().part == "council"
    client.post(reverse("roadmap:practice_submit", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == "review"
    review = reverse("roadmap:practice_review", args=[made.pk])
    assert review in {item.url for item in items_for(cast.chair)}
    assert review not in {item.url for item in items_for(cast.council)}
    assert client.post(review, {"decision": "accept", "version": made.version}).status_code == 403
    with pytest.raises(NotAllowed, match="но не тот, кого это касается"):
        acts.answer(made, by=cast.council, accepts=True)
    answer = {"decision": "send_back", "remarks": "Добавьте цифры", "version": made.version}
    as_user(cast.chair).post(review, answer)
    made.refresh_from_db()
    assert (made.state, made.remarks) == ("returned", "Добавьте цифры")
    assert made.get_absolute_url() in {item.url for item in items_for(User.objects.get(pk=cast.council.pk))}
    acts.submit(made, by=cast.council)
    as_user(cast.secretary).post(review, {"decision": "accept", "version": Practice.objects.get().version})
    made.refresh_from_db()
    assert made.state == "accepted" and made in Practice.objects.in_bank()


def test_where_the_whole_council_are_authors_the_director_looks(cast):
    made = make_draft(cast)
    for user in (cast.chair, cast.secretary, cast.council):
        acts.name_author(made, user.person, by=cast.curator, part="council", shown="post")
    made = acts.submit(made, by=cast.curator)
    assert acts.answer(made, by=cast.director, accepts=True).state == "accepted"


def test_a_return_says_what_to_correct_and_letters_reach_who_writes(cast):
    made = acts.submit(make_draft(cast), by=cast.curator)
    asked = OutboxMail.objects.filter(template="practice_review")
    assert {mail.person_id for mail in asked} == {u.person_id for u in (cast.chair, cast.secretary, cast.council)}
    with pytest.raises(Refused, match="что поправить"):
        acts.answer(made, by=cast.chair, accepts=False)
    acts.answer(made, by=cast.chair, accepts=False, remarks="Короче")
    told = OutboxMail.objects.filter(template="practice_returned").values_list("person_id", flat=True)
    assert cast.mentor.person_id in told and cast.mentee.person_id not in told


def test_an_empty_case_does_not_go_to_the_council(cast):
    made = make_draft(cast, done="", result="")
    with pytest.raises(Refused, match="Не написано: что сделали и что получилось"):
        acts.submit(made, by=cast.curator)


def test_what_the_council_has_is_not_changed_and_can_be_taken_back(cast):
    made = acts.submit(make_draft(cast), by=cast.curator)
    with pytest.raises(Refused, match="Практика уже у совета"):
        acts.change(made, by=cast.curator, version=made.version, **TEXTS)
    undo(Act.objects.about(made).filter(verb="submit").last(), by=cast.curator)
    made.refresh_from_db()
    assert (made.state, made.submitted_at) == ("draft", None)
    acts.change(made, by=cast.curator, version=made.version, **TEXTS)


def test_an_accepted_case_goes_back_to_work_and_is_looked_at_again(cast):
    made = acts.rework(make_accepted(cast), by=cast.curator)
    assert made.state == "draft"
    assert acts.submit(made, by=cast.curator).state == "review"


@pytest.mark.clause("3.3-g2")
def test_the_director_shows_a_case_of_the_bank_on_the_site(cast, as_user, client):
    """The bank has a switch to the site: the director decides, a visitor reads the case, a reason takes it down."""
    made = make_accepted(cast)
    nameless(made)
    case = reverse("public:case", args=[made.pk])
    assert client.get(case).status_code == 404
    page = reverse("roadmap:practice_publish", args=[made.pk])
    as_user(cast.director).post(page, {"version": made.version})
    assert TEXTS["problem"] in client.get(case).content.decode()
    assert TEXTS["title"] in client.get(reverse("public:cases")).content.decode()
    down = reverse("roadmap:practice_take_down", args=[made.pk])
    as_user(cast.director).post(down, {"reason": ""})
    assert client.get(case).status_code == 200
    as_user(cast.director).post(down, {"reason": "Уточняем цифры"})
    made.refresh_from_db()
    assert (made.state, made.taken_down_reason) == ("taken_down", "Уточняем цифры")
    assert client.get(case).status_code == 404


def test_a_named_author_needs_a_live_consent(cast):
    made = make_accepted(cast)
    with pytest.raises(Refused, match="нет действующего согласия показать на сайте имя рядом с программой"):
        acts.publish(made, by=cast.director)
    consent_of_all(made, cast.curator)
    assert acts.publish(made, by=cast.director).state == "published"


def test_a_named_mentee_allows_the_results_too(cast):
    made = make_accepted(cast)
    nameless(made)
    Consent.objects.filter(purpose="dissemination").delete()
    mentee = made.authors.get(part="mentee")
    make_consent(mentee.person, "dissemination", by=cast.curator, fields=["name", "program"])
    acts.show_author(mentee, by=cast.mentee, shown="name")
    with pytest.raises(Refused, match="показать на сайте результаты программы"):
        acts.publish(made, by=cast.director)


def test_withdrawn_consent_takes_the_name_away_at_once(cast, client):
    made = make_public(cast)
    name = cast.mentor.person.full_name
    page = reverse("public:case", args=[made.pk])
    assert name in client.get(page).content.decode()
    Consent.objects.filter(person=cast.mentor.person, purpose="dissemination").delete()
    shown = client.get(page).content.decode()
    assert name not in shown and "Преподаватель" in shown
    assert name not in client.get(reverse("public:cases")).content.decode()


def test_without_a_name_a_department_is_told_only_where_many_work(cast):
    made = make_accepted(cast)
    nameless(made)
    assert "Преподаватель фортепианного отделения" in lines(made)
    acts.show_author(made.authors.get(part="mentee"), by=cast.mentee, shown="hidden")
    mentor = made.authors.get(part="mentor").person
    department = type(mentor.employments.first().department).objects.create(
        organisation=mentor.employments.first().organisation, name="Отделение домры"
    )
    mentor.employments.update(department=department)
    assert "Преподаватель школы" in lines(made)


def test_an_author_decides_alone_how_to_be_told_of_also_on_the_site(cast, as_user):
    made = make_public(cast)
    mentor = made.authors.get(part="mentor")
    assert cast.mentor.person.full_name in " ".join(lines(made))
    with pytest.raises(Refused):
        acts.show_author(mentor, by=cast.curator, shown="hidden")
    as_user(cast.mentor).post(reverse("roadmap:practice_author", args=[mentor.pk]), {"shown": "hidden"})
    assert cast.mentor.person.full_name not in " ".join(lines(made))


def test_words_that_name_somebody_without_consent_are_not_shown(cast, client):
    named = f"Урок вела {cast.mentee.person.last_name}: {TEXTS['done']}"
    made = make_accepted(cast, done=named)
    nameless(made)
    Consent.objects.filter(purpose="dissemination").delete()
    with pytest.raises(Refused, match="Текст называет без согласия"):
        acts.publish(made, by=cast.director)
    consent = make_consent(cast.mentee.person, "dissemination", by=cast.curator, fields=NAMED)
    acts.publish(made, by=cast.director)
    page = reverse("public:case", args=[made.pk])
    assert client.get(page).status_code == 200
    Consent.objects.filter(pk=consent.pk).delete()
    assert client.get(page).status_code == 404


def test_a_difficulty_of_a_questionnaire_is_retold_before_it_is_shown(cast):
    program = Program.objects.filter(practices__isnull=True).first()
    made = make_accepted(cast)
    program = made.program
    said = program.difficulties.first()
    type(said).objects.filter(pk=said.pk).update(text="не получается вести репетицию ансамбля")
    Practice.objects.filter(pk=made.pk).update(problem="Не получается вести репетицию ансамбля.")
    nameless(made)
    with pytest.raises(Refused, match="дословно повторяет затруднение"):
        acts.publish(made, by=cast.director)


def test_an_author_does_not_decide_about_the_site(cast):
    made = make_accepted(cast)
    nameless(made)
    assert cast.curator.person_id in {a.person_id for a in made.authors.all()}
    with pytest.raises(NotAllowed):
        acts.publish(made, by=cast.curator)


def test_it_may_stay_inside_the_school(cast):
    made = make_accepted(cast)
    waits = f"practice:{made.pk}:site"
    assert waits in {item.key for item in items_for(cast.director)}
    acts.keep_inside(made, by=cast.director)
    assert waits not in {item.key for item in items_for(cast.director)}
    with pytest.raises(NotAllowed):
        acts.keep_inside(made, by=cast.council)


@pytest.mark.clause("П.6-c2")
def test_a_practice_nominated_at_a_round_table_goes_into_the_bank(cast, as_user):
    """The chair records what the round table has decided; the case is in the bank with the event and its day."""
    made = make_draft(cast)
    assert made not in Practice.objects.in_bank()
    values = {"on": timezone.localdate().isoformat(), "where": "круглый стол «Итоги года»", "into_bank": "on"}
    as_user(cast.chair).post(reverse("roadmap:practice_nominate", args=[made.pk]), values)
    made.refresh_from_db()
    assert (made.nominated_on, made.nominated_at) == (timezone.localdate(), "круглый стол «Итоги года»")
    assert made in Practice.objects.in_bank()
    page = as_user(cast.council).get(reverse("roadmap:practices"), {"state": "nominated"})
    assert made.title in page.content.decode()


@pytest.mark.clause("П.6-c1")
def test_a_round_table_of_the_school_nominates_practices(cast, as_user):
    """A held round table is chosen at the nomination; its page names the practice, the practice names it."""
    made = make_draft(cast)
    table = a_held_event(cast, kind="round_table", title="Итоги года", present=[cast.mentor])
    url = reverse("roadmap:practice_nominate", args=[made.pk])
    chair = as_user(cast.chair)
    assert "Итоги года" in chair.get(url).content.decode()
    assert "Выберите событие или напишите, где" in chair.post(url, {"into_bank": "on"}).content.decode()
    chair.post(url, {"event": table.pk, "into_bank": "on"})
    made.refresh_from_db()
    assert (made.nominated_event, made.nominated_on) == (table, table.starts_on)
    assert made.nominated_at == "круглый стол «Итоги года»" and made in Practice.objects.in_bank()
    page = as_user(cast.council).get(table.get_absolute_url()).content.decode()
    assert f"Выдвинута практика «{made.title}»" in page


def test_a_nomination_alone_moves_nothing_and_is_not_of_a_day_to_come(cast):
    made = make_draft(cast)
    with pytest.raises(Refused, match="ещё не наступил"):
        acts.nominate(made, by=cast.chair, on=timezone.localdate() + timedelta(days=1), where="стол", into_bank=True)
    with pytest.raises(NotAllowed):
        acts.nominate(made, by=cast.curator, on=timezone.localdate(), where="стол", into_bank=False)
    assert acts.nominate(made, by=cast.chair, on=timezone.localdate(), where="стол", into_bank=False).state == "draft"


def test_who_reads_what(cast, as_user):
    """Inside all; authors their own; others what visitors read, without names that visitors do not read."""
    made = make_public(cast)
    address = made.get_absolute_url()
    mentee = cast.mentee.person.full_name
    assert mentee in as_user(cast.council).get(address).content.decode()
    assert mentee in as_user(cast.mentor).get(address).content.decode()
    page = as_user(cast.stranger).get(address).content.decode()
    assert mentee not in page and cast.mentor.person.full_name in page
    row = as_user(cast.stranger).get(reverse("roadmap:practices")).content.decode()
    assert cast.mentee.person.short_name not in row
    acts.take_down(made, by=cast.director, reason="Правим")
    assert as_user(cast.stranger).get(address).status_code == 404


def test_materials_are_shown_when_the_publisher_says_so(cast, as_user, client):
    from mentoring_site.evidence import acts as evidence_acts
    from mentoring_site.files import store_bytes
    from tests.paper import pdf

    made = make_draft(cast)
    file = store_bytes(pdf(), name="Ноты.pdf", content_type="application/pdf", by=cast.curator)
    evidence = evidence_acts.add(made, by=cast.curator, files=[file])[0]
    made.refresh_from_db()
    made = acts.answer(acts.submit(made, by=cast.curator), by=cast.council, accepts=True)
    with pytest.raises(Refused):
        evidence_acts.remove(evidence, by=cast.curator)
    nameless(made)
    address = reverse("public:case_file", args=[evidence.latest.pk])
    made = acts.publish(made, by=cast.director)
    assert status(client, address) == 404
    assert status(as_user(cast.stranger), reverse("evidence:file", args=[evidence.latest.pk])) == 404
    acts.take_down(made, by=cast.director, reason="Добавляем материалы")
    made.refresh_from_db()
    acts.publish(made, by=cast.director, files=True)
    assert status(client, address) == 200
    assert "Ноты.pdf" in client.get(reverse("public:case", args=[made.pk])).content.decode()


def test_the_list_is_searched_by_forms_of_words_filtered_and_taken_away(cast, as_user):
    made = make_accepted(cast)
    client = as_user(cast.council)
    found = client.get(reverse("roadmap:practices"), {"q": "незнакомых пьес"}).content.decode()
    assert made.title in found
    assert made.title not in client.get(reverse("roadmap:practices"), {"q": "скрипка"}).content.decode()
    assert made.title in client.get(reverse("roadmap:practices"), {"state": "bank"}).content.decode()
    assert made.title not in client.get(reverse("roadmap:practices"), {"state": "draft"}).content.decode()
    assert status(client, reverse("roadmap:practices") + "?format=xlsx") == 200


def test_the_paper_of_a_contest_names_only_who_allows_it(cast, as_user):
    from roadmap.practices import documents

    made = make_public(cast)
    facts = documents.facts(Practice.objects.with_requirements().get(pk=made.pk), whole=False)
    assert cast.mentor.person.full_name in " ".join(facts["authors"])
    assert cast.mentee.person.full_name not in " ".join(facts["authors"])
    whole = documents.facts(Practice.objects.with_requirements().get(pk=made.pk), whole=True)
    assert cast.mentee.person.full_name in " ".join(whole["authors"]) and whole["inside"]
    paper = as_user(cast.stranger).get(reverse("roadmap:practice_paper", args=[made.pk]) + "?names=all")
    assert paper["Content-Type"] == "application/pdf"


def test_destroyed_data_leave_the_practice(cast):
    made = make_draft(cast, done=f"Урок вела {cast.mentee.person.last_name}.")
    assert DATA.found(cast.mentee.person) == ["1\u00a0практика"]
    assert DATA.erase(cast.mentee.person) == 1
    made.refresh_from_db()
    assert not made.authors.filter(person=cast.mentee.person).exists()
    assert cast.mentee.person.last_name not in made.words
    assert DATA.found(cast.mentee.person) == []


def test_the_last_writer_stays_and_nobody_is_named_twice(cast):
    made = acts.write(by=cast.council, **TEXTS)
    with pytest.raises(Refused, match="последний"):
        acts.drop_author(made.authors.get(), by=cast.council)
    with pytest.raises(Refused, match="уже среди авторов"):
        acts.name_author(made, cast.council.person, by=cast.council, part="council", shown="post")
    other = make_user(make_person())
    added = acts.name_author(made, other.person, by=cast.council, part="other", shown="post")
    assert OutboxMail.objects.filter(template="practice_author", person_id=other.person_id).exists()
    acts.drop_author(added, by=cast.council)
    assert not Practice.objects.visible_to(other).exists()


def test_who_may_is_told_by_the_screen_of_roles():
    assert Right.PRACTICES_PUBLISH.holders == ["директор", "куратор"]
    assert "куратор" not in Right.PRACTICES_REVIEW.holders


@pytest.mark.clause("3.5-k2")
def test_the_council_drafts_news_and_the_administrator_or_curator_publishes(cast, as_user, client):
    """A member of the council writes a piece of news for the site; curator and administrator let it stand there."""
    from reports.site.models import News

    values = {"title": "Итоги года", "text": "Четыре программы завершены", "published_on": "2026-01-12", "version": 1}
    as_user(cast.council).post(reverse("reports:news_new"), values | {"is_public": "on"})
    item = News.objects.get()
    assert not item.is_public and item.created_by == cast.council
    assert "Итоги года" not in client.get(reverse("public:news")).content.decode()
    edit = reverse("reports:news_edit", args=[item.pk])
    as_user(cast.sysadmin).post(edit, values | {"is_public": "on", "version": item.version})
    item.refresh_from_db()
    assert item.is_public
    assert "Итоги года" in client.get(reverse("public:news")).content.decode()
    assert as_user(cast.council).get(edit).status_code == 403
    assert as_user(cast.mentor).get(reverse("reports:news_new")).status_code == 403
