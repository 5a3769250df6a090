"""The health of the installation: heartbeats of its parts and a page that names what is wrong.

``/health/`` is public and says only yes or no (for a watchdog); the page for the curator and the system
administrator says everything in sentences.
"""

import shutil
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from mentoring_site import restarts
from mentoring_site.backups.nightly import GOOD, trouble
from mentoring_site.checks import unsafe_settings
from mentoring_site.mail import is_configured
from mentoring_site.models import Heartbeat, OutboxMail
from mentoring_site.russian import plural

STALE = timedelta(minutes=5)
MAIL_STALE = timedelta(minutes=30)
DISK_FREE_SHARE = 0.10
OFTEN_AN_HOUR = 3  # deaths of parts
UNKNOWN = None


def record_heartbeat(name: str, detail: str = "") -> None:
    """Write down that a part of the server is alive now (``web``, ``worker``, ``tick``, ``backup``, ``papers``)."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now(), "detail": detail[:300]})


def health_checks() -> list[dict]:
    """Return all checks as ``{"name", "ok", "sentence"}``; ``ok`` is None for what cannot be known."""
    checks = [_database()]
    if not checks[0]["ok"]:
        return [*checks, _disk(), _settings()]
    return [
        *checks,
        _migrations(),
        _disk(),
        _alive("web", "Веб-сервер"),
        _alive("worker", "Фоновые работы"),
        _alive("tick", "Ежеминутный обход"),
        _restarts(),
        _tasks(),
        _mail(),
        _backup(),
        _papers(),
        _settings(),
    ]


def is_healthy(checks: list[dict]) -> bool:
    """Return whether nothing is known to be wrong."""
    return all(check["ok"] is not False for check in checks)


@require_safe
@login_not_required
def health(request):
    """Public: 200 or 503 without details."""
    ok = is_healthy(health_checks())
    response = JsonResponse({"ok": ok}, status=200 if ok else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def health_details(request):
    """For those with the right ``health.see``: each check in a sentence."""
    if not request.user.can("health.see"):
        raise PermissionDenied
    checks = [{**check, "badge": _badge(check["ok"])} for check in health_checks()]
    return render(request, "health.html", {"checks": checks, "healthy": is_healthy(checks)})


def _badge(ok) -> dict:
    if ok is UNKNOWN:
        return {"word": "неизвестно", "tone": "draft"}
    return {"word": "в порядке", "tone": "done"} if ok else {"word": "внимание", "tone": "late"}


def _check(name: str, ok: bool | None, sentence: str) -> dict:
    return {"name": name, "ok": ok, "sentence": sentence}


def _database() -> dict:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _check("База данных", False, "База данных не отвечает")
    words = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    return _check("База данных", True, f"Отвечает ({words})")


def _migrations() -> dict:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return _check("Устройство базы", False, "База старше программы. Остановите её и запустите script/server")
    return _check("Устройство базы", True, "Соответствует программе")


def _disk() -> dict:
    try:
        disk = shutil.disk_usage(settings.DATA_DIR)
    except OSError:
        return _check("Место на диске", False, "Папка данных DATA_DIR недоступна")
    free = f"Свободно {disk.free / 2**30:.1f} ГБ из {disk.total / 2**30:.1f} ГБ".replace(".", ",")
    if disk.free < disk.total * DISK_FREE_SHARE:
        return _check("Место на диске", False, f"{free}: меньше десятой части. Освободите место")
    return _check("Место на диске", True, free)


def _alive(name: str, title: str, stale: timedelta = STALE) -> dict:
    last = Heartbeat.objects.filter(name=name).first()
    if last is None:
        return _check(title, UNKNOWN, "Ещё ни разу не отмечалось. Запущен ли script/server или служба systemd?")
    when = f"{timezone.localtime(last.at):%d.%m.%Y в %H:%M}"
    if timezone.now() - last.at > stale:
        return _check(title, False, f"Молчит с {when}. Перезапустите script/server или службу systemd")
    if last.detail:
        return _check(title, False, f"{when}: {last.detail}")
    return _check(title, True, f"Последний признак жизни {when}")


def _restarts() -> dict:
    """Parts that died and were replaced: told for a day, and a fault when it happens again and again."""
    found = restarts.since(restarts.DAY)
    if not found:
        return _check("Перезапуски", True, "За сутки ни одна часть не завершалась неожиданно")
    words = ", ".join(
        f"«{name}» — {plural(len(moments), 'раз,раза,раз')} (последний раз {_moment(moments[-1])})"
        for name, moments in sorted(found.items())
    )
    lately = sum(len(moments) for moments in restarts.since(60 * 60).values())
    said = f"За сутки неожиданно завершались и запущены снова: {words}. Причины — в журнале сервера"
    return _check("Перезапуски", lately < OFTEN_AN_HOUR, said)


def _moment(seconds: float) -> str:
    return f"{timezone.localtime(datetime.fromtimestamp(seconds, tz=UTC)):%d.%m.%Y в %H:%M}"


def _tasks() -> dict:
    since = timezone.now() - timedelta(days=1)
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=since).count()
    if failed:
        return _check("Очередь работ", False, f"За сутки не удалось выполнить: {failed}. Причины — в журнале сервера")
    return _check("Очередь работ", True, f"Ждут выполнения: {DBTaskResult.objects.ready().count()}")


def _mail() -> dict:
    if not is_configured():
        return _check("Почта", UNKNOWN, "Почтовый сервер не указан (EMAIL_URL): письма никуда не уходят")
    now = timezone.now()
    waiting = OutboxMail.objects.filter(sent_at=None, failed_at=None)
    failed = OutboxMail.objects.filter(failed_at__gte=now - timedelta(days=7)).count()
    if waiting.filter(created_at__lt=now - MAIL_STALE).exists():
        return _check("Почта", False, f"Письма не уходят, в очереди {waiting.count()}. Проверьте EMAIL_URL")
    if failed:
        return _check("Почта", False, f"За неделю не доставлено писем: {failed}. Проверьте адреса людей")
    return _check("Почта", True, "Письма уходят")


def _backup() -> dict:
    name = "Резервные копии"
    if told := trouble():
        return _check(name, False, told)
    last = Heartbeat.objects.filter(name=GOOD).first()
    if last:
        return _check(name, True, f"Последняя сделана {timezone.localtime(last.at):%d.%m.%Y в %H:%M}")
    if settings.BACKUP_NIGHTLY:
        return _check(name, UNKNOWN, "Первая будет сделана в ближайшие минуты, следующие — каждую ночь")
    return _check(name, UNKNOWN, "Ночные копии выключены (BACKUP_NIGHTLY=0). Проверьте, кто их делает")


def _papers() -> dict:
    """What the last ``manage.py verify_papers`` found; an old answer is reported, but is no fault."""
    last = Heartbeat.objects.filter(name="papers").first()
    if last is None:
        return _check("Хранимые бумаги", UNKNOWN, "Ещё ни разу не сверялись. Команда manage.py verify_papers")
    when = f"{timezone.localtime(last.at):%d.%m.%Y в %H:%M}"
    if last.detail:
        return _check("Хранимые бумаги", False, f"{when}: {last.detail}. Подробности — manage.py verify_papers")
    return _check("Хранимые бумаги", True, f"Сверены {when}, расхождений нет")


def _settings() -> dict:
    found = unsafe_settings()
    return _check("Настройки", not found, ". ".join(found) or "Безопасны")
