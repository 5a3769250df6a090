"""The health page names what is wrong; the public one says only yes or no."""

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone

from mentoring_site import checks, health, restarts
from mentoring_site.health import health_checks, record_heartbeat
from mentoring_site.models import Heartbeat, OutboxMail

pytestmark = [pytest.mark.point("2")]
Disk = namedtuple("Disk", "total used free")


@pytest.fixture(autouse=True)
def good_installation(settings, tmp_path, monkeypatch):
    """Nothing about the machine of the tests shows in the answer."""
    settings.DATA_DIR = tmp_path
    settings.SECRET_KEY = "0123456789abcdefghijklmnopqrstuvwxyz" * 2
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(100 * 2**30, 50 * 2**30, 50 * 2**30))


def found(name):
    return next((c["ok"], c["sentence"]) for c in health_checks() if c["name"] == name)


@pytest.mark.django_db
def test_a_living_installation_is_healthy(client):
    for part in ("web", "worker", "tick", "backup", "papers"):
        record_heartbeat(part)

    assert {c["name"]: c["ok"] for c in health_checks()} == {
        "База данных": True,
        "Устройство базы": True,
        "Место на диске": True,
        "Веб-сервер": True,
        "Фоновые работы": True,
        "Ежеминутный обход": True,
        "Перезапуски": True,
        "Очередь работ": True,
        "Почта": True,
        "Резервные копии": True,
        "Хранимые бумаги": True,
        "Настройки": True,
    }
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("web", "Веб-сервер"),
        ("worker", "Фоновые работы"),
        ("tick", "Ежеминутный обход"),
    ],
)
def test_a_silent_part_is_named(client, part, title):
    assert found(title)[0] is None
    record_heartbeat(part)
    assert found(title)[0] is True
    Heartbeat.objects.filter(name=part).update(at=timezone.now() - timedelta(minutes=6))

    ok, sentence = found(title)

    assert (ok, sentence.startswith("Молчит с ")) == (False, True)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


@pytest.mark.django_db
def test_a_failing_tick_is_named():
    record_heartbeat("tick", "обход прерван ошибкой")

    ok, sentence = found("Ежеминутный обход")

    assert (ok, sentence.endswith(": обход прерван ошибкой")) == (False, True)


@pytest.mark.django_db
def test_parts_that_died_are_counted_and_told_for_a_day(client):
    with time_machine.travel("2026-11-29T10:00:00+03:00", tick=False) as clock:
        assert found("Перезапуски") == (True, "За сутки ни одна часть не завершалась неожиданно")
        restarts.note("веб-сервер")
        clock.shift(timedelta(hours=2))
        restarts.note("веб-сервер")
        restarts.note("фоновые работы")
        assert found("Перезапуски") == (
            True,
            "За сутки неожиданно завершались и запущены снова: «веб-сервер» — 2\xa0раза "
            "(последний раз 29.11.2026 в 12:00), «фоновые работы» — 1\xa0раз "
            "(последний раз 29.11.2026 в 12:00). Причины — в журнале сервера",
        )
        clock.shift(timedelta(minutes=30))
        restarts.note("веб-сервер")
        assert found("Перезапуски")[0] is False
        assert client.get("/health/").status_code == 503
        clock.shift(timedelta(hours=23))
        ok, sentence = found("Перезапуски")
        assert (ok, "«веб-сервер» — 2\xa0раза" in sentence) == (True, True)  # that of the morning is forgotten
        clock.shift(timedelta(hours=2))
        assert found("Перезапуски")[1] == "За сутки ни одна часть не завершалась неожиданно"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "written",
    ["", "{", "[]", '{"веб-сервер": 5}', '{"веб-сервер": [1e999, NaN, 1e18]}', '{"веб-сервер": ["a"]}', "[" * 100_000],
)
def test_a_damaged_count_of_deaths_is_no_fault(tmp_path, written):
    restarts.path().write_text(written, encoding="utf-8")

    assert found("Перезапуски")[0] is True
    restarts.note("веб-сервер")
    assert "«веб-сервер» — 1\xa0раз" in found("Перезапуски")[1]


@pytest.mark.django_db
def test_a_full_disk_is_named(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(100 * 2**30, 91 * 2**30, 9 * 2**30))

    assert found("Место на диске") == (False, "Свободно 9,0 ГБ из 100,0 ГБ: меньше десятой части. Освободите место")


@pytest.mark.django_db
def test_letters_that_do_not_leave_are_named():
    letter = OutboxMail.objects.create(to="a@school.example", subject="С", text="Т")
    assert found("Почта")[0] is True
    OutboxMail.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert found("Почта") == (False, "Письма не уходят, в очереди 1. Проверьте EMAIL_URL")

    OutboxMail.objects.filter(pk=letter.pk).update(failed_at=timezone.now())

    assert found("Почта") == (False, "За неделю не доставлено писем: 1. Проверьте адреса людей")


@pytest.mark.django_db
def test_mail_without_a_server_is_unknown(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

    assert found("Почта") == (None, "Почтовый сервер не указан (EMAIL_URL): письма никуда не уходят")


@pytest.mark.django_db
def test_a_forgotten_migration_is_named(settings):
    settings.MIGRATION_MODULES = {}  # the database of the tests is laid down without them
    recorder = MigrationRecorder(connection)
    for key, migration in MigrationLoader(connection).disk_migrations.items():
        for step in migration.replaces or [key]:
            recorder.record_applied(*step)
    assert found("Устройство базы")[0] is True

    recorder.migration_qs.filter(app="mentoring_site").delete()

    assert found("Устройство базы") == (False, "База старше программы. Остановите её и запустите script/server")


@pytest.mark.django_db
def test_a_lost_database_is_named_and_nothing_else_is_asked(client, monkeypatch):
    def lost():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", lost)

    assert health.is_healthy(health_checks()) is False
    assert found("База данных") == (False, "База данных не отвечает")
    assert client.get("/health/").status_code == 503


@pytest.mark.django_db
def test_unsafe_settings_are_named(settings, tmp_path):
    (tmp_path / "env").write_text("")
    (tmp_path / "env").chmod(0o644)
    settings.SECRET_KEY, settings.DEMO, settings.HTTPS = "k" * 60, True, True

    assert [sentence.split(".")[0].split(":")[0] for sentence in checks.unsafe_settings()] == [
        "Включён показ с выдуманной школой (DEMO=1)",
        "SECRET_KEY слишком прост",
        "Файл DATA_DIR/env могут прочесть другие пользователи сервера",
    ]
    assert found("Настройки")[0] is False


@pytest.mark.django_db
def test_details_are_for_those_who_keep_the_system(cast, as_user, client):
    address = reverse("health_details")

    assert client.get(address).status_code == 302
    seen = {name: as_user(user).get(address).status_code for name, user in vars(cast).items()}

    assert seen == dict.fromkeys(vars(cast), 403) | {"curator": 200, "sysadmin": 200}
    assert "Ещё ни разу не отмечалось" in as_user(cast.sysadmin).get(address).content.decode()
