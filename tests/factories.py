"""Small builders of real rows for tests; names are invented."""

import itertools
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

from mentoring_site import ciphers
from people.accounts.models import User
from people.banks.models import Candidate, Statement, Topic
from people.consents.models import Consent
from people.register.models import Employment, Person
from people.rights import PRIVILEGED
from people.roles.models import RoleGrant
from people.school.models import Department, Organisation, School
from tests.replay import replayed

_n = itertools.count(1)
WORDS = ["Аршан", "Булгун", "Виктор", "Герел", "Дольган", "Елена", "Зоя", "Ирина", "Кермен", "Лариса"]
PASSWORD = "верный пароль 1"


def make_school(**values):
    """Return the school with the signed order on the Положение recorded."""
    own, _ = Organisation.objects.get_or_create(
        kind="own",
        defaults={
            "name": "Муниципальное бюджетное учреждение дополнительного образования «Школа искусств имени Проверки»",
            "short_name": "МБУ ДО «Школа искусств»",
            "city": "Элиста",
        },
    )
    defaults = {
        "organisation": own,
        "regulation_number": "38-од",
        "regulation_date": date(2026, 8, 30),
        "founder": "Администрация города",
        "inn": "0814000000",
        "ogrn": "1020800000000",
        "site": "https://school.example/",
        "address": "г. Элиста, ул. Проверочная, 1",
    }
    school, _ = School.objects.get_or_create(pk=1, defaults=defaults | values)
    return school


@replayed
def make_person(
    last=None,
    first=None,
    middle="Бадмаевна",
    gender="f",
    *,
    post="преподаватель по классу фортепиано",
    department="Фортепианное отделение",
    consent=False,
    by=None,
    **values,
):
    """Return a person with one current employment; with ``consent`` also a live consent to processing."""
    n = next(_n)
    person = Person.objects.create(
        last_name=last or f"Проверкина{chr(1072 + n % 32)}{chr(1072 + n // 32 % 32)}",
        first_name=first or WORDS[n % 10],
        middle_name=middle,
        gender=gender,
        **({"birth_date": date(1980, 1, 1) + timedelta(days=n % 1000), "teaching_since": date(2005, 9, 1)} | values),
    )
    school = make_school()
    department = (
        Department.objects.get_or_create(organisation=school.organisation, name=department)[0] if department else None
    )
    Employment.objects.create(person=person, organisation=school.organisation, department=department, post=post)
    if consent:
        make_consent(person, by=by)
    return person


@replayed
def make_user(person=None, *roles, username=None, **values):
    """Return a user with the given roles since a year ago (fast hash for tests is set by conftest)."""
    person = person or make_person(**values)
    user = User.objects.create_user(
        username or f"user{next(_n)}", person, email=f"u{next(_n)}@school.example", password=PASSWORD
    )
    for role in roles:
        RoleGrant.objects.create(person=person, role=role, since=timezone.localdate() - timedelta(days=365))
    if PRIVILEGED & set(roles):
        Authenticator.objects.create(user=user, type="totp", data={"secret": ciphers.encrypt("JBSWY3DPEHPK3PXP")})
    return user


@replayed
def make_consent(person, purpose="processing", *, by=None, given_on=None, **values):
    """Return a live consent recorded by ``by`` (by the person's own or a new user by default)."""
    by = by or User.objects.first() or make_user()
    given_on = given_on or timezone.localdate() - timedelta(days=30)
    return Consent.objects.create(
        person=person,
        purpose=purpose,
        text_date=date(2026, 9, 1),
        text="текст",
        text_sha256="0" * 64,
        given_on=given_on,
        recorded_by=by,
        **values,
    )


@replayed
def make_candidate(person, part, *, by, state="approved", capacity=3):
    """Return a candidate with a filled questionnaire, in the bank since its approval."""
    now = timezone.now()
    decided = {} if state == "applied" else {"decided_at": now, "decided_by": by}
    candidate = Candidate.objects.create(
        person=person,
        part=part,
        proposed_by=by,
        state=state,
        capacity_hours=8,
        capacity_persons=capacity if part == "mentor" else None,
        filled_at=now,
        filled_by=by,
        **decided,
    )
    topic = Topic.objects.get_or_create(name="Методика урока")[0]
    candidate.topics.add(topic)
    kinds = ("competence", "interest") if part == "mentor" else ("difficulty", "request", "strength")
    texts = {
        "competence": "ведение урока в подвижном темпе",
        "interest": "импровизация",
        "difficulty": "чтение с листа",
        "request": "помочь с открытым уроком",
        "strength": "артистизм",
    }
    for kind in kinds:
        Statement.objects.create(candidate=candidate, kind=kind, topic=topic, text=texts[kind])
    return candidate


@replayed
def make_pairing(cast, state="proposed", *, mentees=1, mentor=None, mentee=None, capacity=3, complete=True):
    """Return a pairing brought to ``state`` through the acts; ``complete`` gives it everything that its order needs.

    ``mentor`` and ``mentee`` are users (or persons) who take part; the others are made.
    """
    from programs.pairings import acts as pairing_acts

    def person(one):
        return getattr(one, "person", one) or make_person()

    lead = make_candidate(person(mentor), "mentor", by=cast.director, capacity=max(capacity, mentees))
    led = [make_candidate(person(mentee if i == 0 else None), "mentee", by=cast.director) for i in range(mentees)]
    today = timezone.localdate()
    pairing = pairing_acts.propose(
        by=cast.curator,
        kind="pair" if mentees == 1 else "group",
        mentor=lead,
        mentees=led,
        topics=list(lead.topics.all()),
        why="компетенция отвечает запросу",
        profile_fits=True,
        planned_from=today,
        planned_to=today + timedelta(days=200),
    )
    people = list(pairing.participations.select_related("person"))
    if complete:
        Candidate.objects.filter(pk=lead.pk).update(state="appointed", order_number="40-од", order_date=today)
        for p in people:
            Consent.objects.filter(person=p.person, purpose="processing").exists() or make_consent(
                p.person, by=cast.curator
            )
            make_consent(p.person, "duties", by=cast.curator, part=p.part, matter=pairing.uuid)
    if state == "withdrawn":
        return pairing_acts.withdraw(pairing, by=cast.curator, reason="передумали")
    if state == "declined":
        return pairing_acts.decline(pairing, by=cast.chair, reason="профиль не тот")
    if state != "proposed":
        for p in people:
            if p.wish != "yes":  # the proposer's own answer comes with the proposal
                pairing_acts.answer(p, "yes", by=_speaker(cast, p, people))
        council = _impartial(cast, people, "chair", "secretary", "director")
        pairing_acts.confirm_topics(pairing, by=council)
        pairing_acts.recommend(pairing, by=council, minutes_number="3", minutes_date=today)
    if state in {"assigned", "dissolved"}:
        pairing_acts.assign(pairing, by=cast.clerk, number="41-од", date=today, on=today)
    if state == "dissolved":
        pairing_acts.dissolve(pairing, by=cast.clerk, on=today, reason="программа завершена")
    pairing.refresh_from_db()
    return pairing


def _impartial(cast, people, *roles):
    """Return the first of the roles who takes no part: nobody decides about oneself."""
    inside = {p.person_id for p in people}
    return next(user for role in roles if (user := getattr(cast, role)).person_id not in inside)


def _speaker(cast, participation, people):
    """Return who writes a person's answer down: the curator, or the person where the curator takes part."""
    users = User.objects.filter(person=participation.person_id)
    inside = cast.curator.person_id in {p.person_id for p in people}
    return (users.first() if inside else None) or _impartial(cast, people, "curator", "director", "chair")


KIND_DETAILS = {  # what the two usual kinds ask (programs/program/kinds)
    "traditional": {"experience_mark": "yes", "skills_mark": "yes", "person_mark": "partly"},
    "group": {"together": "Взаимные посещения уроков", "apart": "Задания по своим затруднениям"},
}


@replayed
def make_program(cast, state="draft", *, mentees=1, mentor=None, mentee=None, complete=True, starts_in=0):
    """Return a program brought to ``state`` through the acts; ``complete`` fills in everything that agreement needs.

    ``starts_in`` days from today is its first day: an approved program waits for it, others begin at once.
    """
    from programs.catalogs.models import MentoringForm, MentoringKind
    from programs.program.approval import acts as approval_acts
    from programs.program.drafting import acts as drafting_acts
    from programs.program.models import Activity

    pairing = make_pairing(cast, "assigned", mentees=mentees, mentor=mentor, mentee=mentee)
    today = timezone.localdate()
    first = today + timedelta(days=starts_in or (10 if state == "approved" else 0))
    program = drafting_acts.start(
        pairing, by=cast.curator, title="Импровизация в младших классах", curator=cast.curator.person
    )
    program = drafting_acts.edit(
        program, by=cast.curator, version=program.version, starts_on=first, ends_on=first + timedelta(days=180)
    )
    if complete:
        program = drafting_acts.edit(
            program,
            by=cast.curator,
            version=program.version,
            goal="Свободно читать с листа",
            justification="Так выбрано",
            directions="Чтение с листа",
            forms=[MentoringForm.objects.first()],
            kinds=[MentoringKind.objects.get(code="group" if mentees > 1 else "traditional")],
            details=KIND_DETAILS,
        )
        drafting_acts.save_activity(
            program,
            Activity(title="Взаимопосещение уроков", due_on=first + timedelta(days=30), expected_result="четыре урока"),
            list(program.difficulties.all()),
            by=cast.curator,
            version=program.version,
        )
        for p in pairing.participations.filter(part="mentee"):
            drafting_acts.confirm_draft(program, p, by=_speaker(cast, p, pairing.participations.all()))
    program.refresh_from_db()
    order = ["draft", "submitted", "agreed", "approved", "running"]
    for name in order[1 : order.index(state) + 1] if state in order else []:
        if name == "submitted":
            approval_acts.submit(program, by=cast.curator)
        elif name == "agreed":
            people = pairing.participations.all()
            approval_acts.endorse(program, by=_impartial(cast, people, "curator", "director", "chair"))
            council = _impartial(cast, people, "chair", "secretary")
            approval_acts.agree(program, by=council, minutes_number="4", minutes_date=today)
        elif name == "approved":
            approval_acts.approve(program, by=cast.clerk, number="42-од", date=today, on=today)
        program.refresh_from_db()
    return program
