"""Acts over many: records confirmed, one course of many people, mentors invited to learn (п. 3.4)."""

from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from mentoring_site.told import by_letter
from mentoring_site.ui.bulk_act import BulkAct, Chosen
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.roles.letters import number_of_letters, unreachable
from roadmap.training import acts
from roadmap.training.forms import CourseForm, InviteForm, NumberForm
from roadmap.training.models import Training
from roadmap.training.rules import TRAINING

PEOPLE_NOUN = "человек,человека,человек"


def _to_confirm(rows: list[Any], by: User) -> list[Chosen]:
    found = []
    for row in rows:
        reasons = []
        if row.state != Training.State.ENTERED:
            reasons.append(row.get_state_display())
        elif not TRAINING["confirm"].allows(row, by):
            reasons.append("своё обучение подтверждает другой человек")
        name = f"{row.person.short_name}: {row.topic}"
        found.append(Chosen(row, name, row.get_absolute_url(), row.get_document_display(), tuple(reasons), letters=0))
    return found


def _confirm(training: Training, *, by: User, key: UUID) -> Training:
    return acts.confirm(training, by=by)


CONFIRM = BulkAct(
    "Подтвердить",
    "roadmap:trainings_confirm",
    Right.TRAINING_EDIT,
    "запись,записи,записей",
    "Подтверждено",
    _to_confirm,
    _confirm,
    heading="Подтвердить отмеченные записи",
    consequences=lambda ready, by: ["Записи войдут в выгрузки и доли: проверьте их по документам."],
)


def _learners(people: list[Any], by: User) -> list[Chosen]:
    return [
        Chosen(person, person.short_name, person.get_absolute_url(), "; ".join(p.post for p in person.posts), letters=0)
        for person in people
    ]


def _enter(person: Person, *, by: User, key: UUID, **values: Any) -> Training:
    return acts.enter(person, by=by, request_key=key, **values)


COURSE = BulkAct(
    "Записать одно обучение многим",
    "roadmap:training_course",
    Right.TRAINING_EDIT,
    PEOPLE_NOUN,
    "Обучение записано",
    _learners,
    _enter,
    heading="Одно обучение — много людей",
    submit="Записать обучение",
    form=CourseForm,  # type: ignore[arg-type]
    each=NumberForm,
    consequences=lambda ready, by: [
        "У каждого появится своя запись; номер документа у каждого свой.",
        "Записи будут подтверждены сразу: документы должны лежать у Вас. Ваша собственная подождёт другого человека.",
    ],
)


def _invited(people: list[Any], by: User) -> list[Chosen]:
    prefetch_related_objects(people, "user")
    found = []
    for person in people:
        reasons = ("приглашение уже есть",) if person.open_invitations else ()
        note = unreachable(person, "задача всё равно встанет на первую страницу")
        found.append(Chosen(person, person.short_name, person.get_absolute_url(), note, reasons, int(not note)))
    return found


def _invite(person: Person, *, by: User, key: UUID, **values: Any) -> Any:
    return acts.invite(person, by=by, key=key, **values)


def _act(url: str) -> BulkAct:
    return BulkAct(
        "Пригласить на обучение",
        url,
        Right.TRAINING_EDIT,
        PEOPLE_NOUN,
        "Приглашены",
        _invited,
        _invite,
        heading="Пригласить на обучение о наставничестве",
        submit="Пригласить",
        form=InviteForm,
        consequences=lambda ready, by: [
            number_of_letters(sum(one.letters for one in ready)),
            by_letter("Каждый узнает из письма, куда и на что его приглашают."),
            "Приглашение стоит в «Моих задачах», пока человек не запишет обучение о наставничестве.",
        ],
    )


INVITE = _act("roadmap:training_mentors_invite")
INVITE_PEOPLE = _act("roadmap:training_people_invite")
