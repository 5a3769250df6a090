"""A full disk: what was said to be written stays, no answer of 500, and work goes on when there is room again."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from programs.journal.models import Message
from tests.factories import make_program

pytestmark = [pytest.mark.torture, pytest.mark.point("25"), pytest.mark.django_db(transaction=True)]


def fill(folder: Path) -> Path:
    """Take all room that is left."""
    stuffing = folder / "stuffing"
    with stuffing.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
    return stuffing


def test_nothing_is_lost_and_nothing_breaks(small_disk, transactional_db, cast, as_user, told):
    if connection.vendor != "sqlite":
        pytest.skip("диск сервера PostgreSQL здесь не наш")
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    client = as_user(cast.mentee)
    client.raise_request_exception = False
    url = reverse("programs:message_post", args=[program.pk])
    memory, name = connection.connection, connection.settings_dict["NAME"]
    file = small_disk / "db.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    try:
        said, answers = [], []
        for n in range(60):
            if n == 20:
                stuffing = fill(small_disk)
            if n == 40:
                stuffing.unlink()
            text = f"Сообщение {n} " + "слово " * 300
            status = client.post(url, {"text": text, "request_key": uuid4()}).status_code
            answers.append(status)
            if status == 302 and Message.objects.filter(text=text.strip()).exists():
                said.append(n)
        kept = {int(m.text.split()[1]) for m in Message.objects.all()}
        told(answers=len(answers), refused=sum(a >= 400 for a in answers), wrong=answers.count(500))
        assert set(said) <= kept
        assert 500 not in answers
        assert set(answers[20:40]) <= {302, 503} and 503 in answers[20:40], answers[18:45]
        assert answers[41:] == [302] * 19, answers[38:]
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name
