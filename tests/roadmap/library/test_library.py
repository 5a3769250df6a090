"""The library: materials reviewed by the council, in versions, for forms, kinds, programs, the roadmap, the site."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mentoring_site.evidence import acts as evidence_acts
from mentoring_site.files import store_bytes
from mentoring_site.inbox import items_for
from mentoring_site.models import Evidence, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.consents.models import Consent
from programs.catalogs.models import MentoringForm, MentoringKind
from roadmap.library import acts
from roadmap.library.models import Material
from roadmap.library.retention import DATA
from roadmap.plan import acts as plan_acts
from tests.factories import make_consent, make_program
from tests.paper import pdf
from tests.programs.journal.kit import make_published, make_running
from tests.roadmap.library.kit import VALUES, make_accepted, make_material

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.8")]


def status(client, address) -> int:
    """Open a file and close it."""
    answer = client.get(address)
    answer.close()
    return answer.status_code


@pytest.mark.clause("3.5-a2")
def test_the_council_uploads_a_material_with_its_file(cast, as_user):
    """A member of the council puts a file into the library by the form; another member accepts it; mentors read it."""
    upload = SimpleUploadedFile("Памятка.pdf", pdf(), "application/pdf")
    values = VALUES | {"files": [upload], "url": "", "request_key": ""}
    answer = as_user(cast.council).post(reverse("roadmap:material_new"), values)
    made = Material.objects.get()
    assert answer.status_code == 302 and made.evidence.get().latest.name == "Памятка.pdf"
    as_user(cast.council).post(reverse("roadmap:material_submit", args=[made.pk]))
    made.refresh_from_db()
    review = reverse("roadmap:material_review", args=[made.pk])
    assert review in {item.url for item in items_for(cast.chair)}
    assert review not in {item.url for item in items_for(cast.council)}
    assert as_user(cast.council).get(review).status_code == 403
    as_user(cast.chair).post(review, {"decision": "accept", "version": made.version})
    made.refresh_from_db()
    assert made.state == "accepted"
    assert OutboxMail.objects.filter(template="material_accepted", person_id=cast.council.person_id).exists()
    make_running(cast)
    page = as_user(cast.mentor).get(reverse("roadmap:library"))
    assert made.title in page.content.decode()


def test_who_may_add_and_who_reads(cast, as_user):
    """Curator, council and mentors add; a mentee reads what is for mentees, a mentor both, others what is for all."""
    make_running(cast)
    for user in (cast.curator, cast.chair, cast.mentor):
        acts.add(by=user, **VALUES)
    for user in (cast.mentee, cast.stranger, cast.clerk, cast.sysadmin):
        with pytest.raises(NotAllowed):
            acts.add(by=user, **VALUES)
    kinds = {name: make_accepted(cast, audience=name, title=name) for name in ("all", "mentor", "mentee", "council")}

    def read(user):
        return {m.title for m in Material.objects.visible_to(user) if m in kinds.values()}

    assert read(cast.curator) == read(cast.director) == set(kinds)
    assert read(cast.mentor) == {"all", "mentor", "mentee"}
    assert read(cast.mentee) == {"all", "mentee"}
    assert read(cast.stranger) == {"all"}
    file = kinds["mentor"].evidence.get().latest
    assert status(as_user(cast.mentor), reverse("evidence:file", args=[file.pk])) == 200
    assert status(as_user(cast.mentee), reverse("evidence:file", args=[file.pk])) == 404


def test_without_a_file_nothing_goes_to_the_council_and_a_return_says_why(cast):
    bare = acts.add(by=cast.curator, **VALUES)
    with pytest.raises(Refused, match="Не приложены ни файл, ни ссылка"):
        acts.submit(bare, by=cast.curator)
    linked = acts.add(by=cast.curator, url="https://example.org/urok", **VALUES)
    linked = acts.submit(linked, by=cast.curator)
    with pytest.raises(Refused, match="что поправить"):
        acts.answer(linked, by=cast.chair, accepts=False)
    linked = acts.answer(linked, by=cast.chair, accepts=False, remarks="Укажите автора")
    assert linked.get_absolute_url() in {item.url for item in items_for(cast.curator)}


def test_a_new_version_is_looked_at_again_and_the_old_one_stays_readable(cast, as_user):
    made = make_accepted(cast)
    evidence = made.evidence.get()
    first = evidence.latest
    new = store_bytes(pdf(3), name="Памятка 2.pdf", content_type="application/pdf", by=cast.curator)
    with pytest.raises(Refused, match="нажмите «Обновить»"):
        evidence_acts.renew(evidence, by=cast.curator, file=new)
    made = acts.rework(made, by=cast.curator)
    evidence_acts.renew(Evidence.objects.get(pk=evidence.pk), by=cast.curator, file=new)
    made = acts.answer(acts.submit(made, by=cast.curator), by=cast.chair, accepts=True)
    page = as_user(cast.stranger).get(reverse("evidence:page", args=[evidence.pk])).content.decode()
    assert "Памятка 2.pdf" in page and first.name in page
    assert status(as_user(cast.stranger), reverse("evidence:file", args=[first.pk])) == 200


@pytest.mark.clause("3.5-e")
def test_guidance_attached_to_a_form_is_shown_where_it_is_chosen(cast, as_user):
    """The council attaches a material to a form and a kind: it stands on their pages and in the step of a program."""
    made = make_accepted(cast)
    form, kind = MentoringForm.objects.first(), MentoringKind.objects.filter(is_open=True).first()
    answer = as_user(cast.council).post(
        reverse("roadmap:material_suits", args=[made.pk]), {"forms": [form.pk], "kinds": [kind.pk]}
    )
    assert answer.status_code == 302
    assert list(made.forms.all()) == [form] and list(made.kinds.all()) == [kind]
    client = as_user(cast.mentor)
    program = make_program(cast, "draft", mentor=cast.mentor, mentee=cast.mentee)
    for address in (
        reverse("roadmap:library_form", args=[form.pk]),
        reverse("roadmap:library_kind", args=[kind.pk]),
        reverse("programs:kinds"),
        reverse("programs:program_step", args=[program.pk, "forms"]),
    ):
        assert made.title in client.get(address).content.decode(), address
    assert as_user(cast.mentor).get(reverse("roadmap:material_suits", args=[made.pk])).status_code == 403
    draft = make_material(cast)
    with pytest.raises(Refused, match="которые принял совет"):
        acts.suit(draft, by=cast.council, forms=[form], kinds=[])


@pytest.mark.clause("3.5-g2")
def test_the_council_keeps_the_list_of_materials_of_a_program(cast, as_user):
    """A member of the council attaches a material to a program and takes it off; its participants read it meanwhile."""
    made = make_accepted(cast, audience="council")
    program = make_running(cast)[0]
    assert made not in Material.objects.visible_to(cast.mentee)
    client = as_user(cast.council)
    new = reverse("roadmap:program_material_new", args=[program.pk])
    client.post(new, {"material": made.pk, "note": "К открытому уроку"})
    page = as_user(cast.mentee).get(program.get_absolute_url()).content.decode()
    assert made.title in page and "К открытому уроку" in page
    assert made in Material.objects.visible_to(cast.mentee)
    assert Material.objects.with_uses().get(pk=made.pk).uses == 1
    with pytest.raises(Already):
        acts.take(program, made, by=cast.mentor)
    with pytest.raises(NotAllowed):
        acts.put_off(program.library.get(), by=cast.mentee)
    client.post(reverse("roadmap:program_material_drop", args=[program.library.get().pk]))
    assert not program.library.exists()
    assert made not in Material.objects.visible_to(cast.mentee)


def test_a_mentor_takes_a_material_into_the_own_program_and_not_into_an_ended_one(cast, as_user):
    made = make_accepted(cast)
    program = make_running(cast)[0]
    page = as_user(cast.mentor).get(made.get_absolute_url()).content.decode()
    assert "Взять в программу" in page
    as_user(cast.mentor).post(reverse("roadmap:material_take", args=[made.pk]), {"program": program.pk, "note": ""})
    assert program.library.get().material == made
    assert as_user(cast.stranger).get(reverse("roadmap:material_take", args=[made.pk])).status_code == 403


def test_an_ended_program_keeps_its_materials_as_they_are(cast):
    program, _, _ = make_published(cast)
    with pytest.raises(Refused, match="Программа закончена"):
        acts.take(program, make_accepted(cast), by=cast.curator)


def test_an_archived_material_stays_with_its_programs(cast):
    made = make_accepted(cast, audience="council")
    program = make_running(cast)[0]
    acts.take(program, made, by=cast.council)
    made = acts.archive(made, by=cast.curator)
    assert made in Material.objects.visible_to(cast.mentee)
    with pytest.raises(Refused, match="принял совет"):
        acts.take(program, made, by=cast.council)


def approved(cast):
    """The roadmap of a year, approved, with the words that the template leaves to the school."""
    plan = plan_acts.draft(2026, by=cast.curator)
    for task in (t for stage in plan.stages.all() for t in stage.tasks.all()):
        task.due_on = task.due_on or timezone.localdate()
        task.responsible_words = task.responsible_words or "куратор"
        task.expected_result = task.expected_result or "сделано"
        task.save()
    plan_acts.submit(plan, by=cast.curator)
    return plan_acts.approve(plan, by=cast.clerk, number="12-од", date=timezone.localdate())


@pytest.mark.clause("П.4-b1")
def test_materials_are_attached_to_stage_four_of_the_roadmap(cast, as_user):
    """The curator puts an accepted material to a task of stage 4 as its evidence, and the task shows it."""
    made = make_accepted(cast)
    task = approved(cast).stages.get(number=4).tasks.first()
    prove = reverse("roadmap:material_prove", args=[made.pk])
    as_user(cast.curator).post(prove, {"task": task.pk})
    proof = task.evidence.get().latest
    assert proof.object == made
    page = as_user(cast.curator).get(task.get_absolute_url()).content.decode()
    assert made.title in page and made.get_absolute_url() in page
    with pytest.raises(Already):
        acts.prove(made, task, by=cast.curator)
    assert as_user(cast.council).get(prove).status_code == 403


def test_the_curator_shows_on_the_site_what_may_be_shown(cast, as_user, client):
    closed, open_one = make_accepted(cast, title="Закрытая", licence="inside"), make_accepted(cast, licence="own")
    show = reverse("roadmap:material_show", args=[open_one.pk])
    assert as_user(cast.council).get(show).status_code == 403
    as_user(cast.curator).post(show)
    with pytest.raises(Refused, match="вне школы нельзя"):
        acts.show(closed, by=cast.curator, public=True)
    listed = client.get(reverse("public:materials")).content.decode()
    assert open_one.title in listed and closed.title not in listed
    file = open_one.evidence.get().latest
    address = reverse("public:material_file", args=[file.pk])
    assert status(client, address) == 200
    assert status(client, reverse("public:material_file", args=[closed.evidence.get().latest.pk])) == 404
    assert client.get(reverse("public:material", args=[open_one.pk])).status_code == 200
    acts.rework(open_one, by=cast.curator)
    assert status(client, address) == 404
    assert client.get(reverse("public:material", args=[open_one.pk])).status_code == 404


def test_an_old_revision_is_not_served_to_visitors(cast, client):
    made = make_accepted(cast, licence="own")
    evidence = made.evidence.get()
    old = evidence.latest
    made = acts.rework(made, by=cast.curator)
    new = store_bytes(pdf(2), name="Новая.pdf", content_type="application/pdf", by=cast.curator)
    evidence_acts.renew(Evidence.objects.get(pk=evidence.pk), by=cast.curator, file=new)
    made = acts.answer(acts.submit(made, by=cast.curator), by=cast.chair, accepts=True)
    acts.show(made, by=cast.curator, public=True)
    assert status(client, reverse("public:material_file", args=[old.pk])) == 404


def test_words_that_name_a_participant_keep_a_material_off_the_site(cast, client):
    make_running(cast)
    made = make_accepted(cast, licence="own", annotation=f"Конспект урока, который вела {cast.mentor.person.last_name}")
    with pytest.raises(Refused, match="называют без согласия"):
        acts.show(made, by=cast.curator, public=True)
    consent = make_consent(cast.mentor.person, "dissemination", by=cast.curator, fields=["name", "program"])
    acts.show(made, by=cast.curator, public=True)
    page = reverse("public:material", args=[made.pk])
    assert client.get(page).status_code == 200
    Consent.objects.filter(pk=consent.pk).delete()
    assert client.get(page).status_code == 404


def test_the_list_is_searched_by_forms_of_words_and_filtered(cast, as_user):
    form = MentoringForm.objects.first()
    made = make_accepted(cast, title="Разбор урока сольфеджио", kind="lesson", audience="mentor")
    acts.suit(made, by=cast.curator, forms=[form], kinds=[])
    other = make_accepted(cast, title="Совсем иное")
    client = as_user(cast.curator)
    for query in ({"q": "разбора уроков"}, {"kind": "lesson"}, {"audience": "mentor"}, {"form": form.pk}):
        listing = client.get(reverse("roadmap:library"), query).context["listing"]
        assert [row.title for row in listing.rows] == [made.title], query
    assert [row.title for row in client.get(reverse("roadmap:library")).context["latest"]] == [other.title, made.title]
    assert status(client, reverse("roadmap:library") + "?format=xlsx") == 200


def test_destroyed_data_leave_a_material(cast):
    make_running(cast)
    made = make_accepted(cast, source=f"{cast.mentor.person.full_name}")
    assert DATA.found(cast.mentor.person) == ["1\u00a0материал"]
    assert DATA.erase(cast.mentor.person) == 1
    made.refresh_from_db()
    assert cast.mentor.person.last_name not in made.words
