"""Answers without a name: what keeps a second answer away, and what makes the rows unlike each other (decision 0015).

* While a survey runs, a keyed hash says that somebody has answered. One half of the key is the secret of the server,
  the other half (``Survey.salt``) stands in the database; that half and the hashes are destroyed at the end.
* An answer has a random key, no day, no person. All answers of the survey are written again in a random order with new
  keys whenever one comes, so neither the number of a row nor a column of the system tells which is the last.
* SQLite writes zeros over what is deleted, so that the file does not keep what the tables have lost.
* Nothing is written to the log of acts when somebody answers.
"""

import random
import uuid

from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from reports.surveys.models import Response, SpentToken, Survey, SurveyInvitation
from reports.surveys.rules import FEWEST

MIXED = 500
"""So many rows are written again with a new one: in a school all, in a database of thousands enough to hide it."""


def wipe_what_is_deleted() -> None:
    """Let SQLite overwrite what this connection deletes from now on."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def digest(survey: Survey, person_id: int) -> str:
    """Return the token of a person for an open survey; without the secret of the server nobody can reckon it."""
    salt = f"{survey.salt}:{survey.pk}:{person_id}"
    return salted_hmac("reports.surveys.token", salt, algorithm="sha256").hexdigest()


def has_answered(survey: Survey, person_id: int) -> bool:
    """Whether the token of a person is spent; only the act and the page of that person ask."""
    return SpentToken.objects.filter(survey=survey, digest=digest(survey, person_id)).exists()


def spend(survey: Survey, person_id: int) -> None:
    """Spend the token of a person; inside the caller's transaction."""
    SpentToken.objects.create(survey=survey, digest=digest(survey, person_id))


def role_of(survey: Survey, role: str) -> str:
    """Return the role that an answer without a name may carry: none as soon as one role has too few people in it."""
    counts: dict[str, int] = {}
    for one in SurveyInvitation.objects.filter(survey=survey).values_list("role", flat=True):
        counts[one] = counts.get(one, 0) + 1
    return role if counts and min(counts.values()) >= FEWEST else ""


def put(survey: Survey, role: str, answers: dict) -> None:
    """Write an answer among the others so that nothing tells it from them; inside the caller's transaction."""
    wipe_what_is_deleted()
    rows = list(Response.objects.filter(survey=survey).order_by("pk")[:MIXED])
    Response.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _write([*rows, Response(survey=survey, role=role, answers=answers)])
    Survey.objects.filter(pk=survey.pk).update(answered=F("answered") + 1)


def _write(rows: list[Response]) -> None:
    """Write rows in a random order under new keys."""
    random.SystemRandom().shuffle(rows)
    for row in rows:
        row.pk = uuid.uuid4()
        row._state.adding = True
    Response.objects.bulk_create(rows)


def forget(survey: Survey) -> None:
    """Destroy what told who has answered, and mix the answers for the last time; inside the caller's transaction."""
    wipe_what_is_deleted()
    SpentToken.objects.filter(survey=survey).delete()
    rows = list(Response.objects.filter(survey=survey))
    Response.objects.filter(survey=survey).delete()
    _write(rows)
