"""What must be right before anything listens: folders that can be written and a database that opens and is ours.

Each mistake is one Russian sentence that says what to do; nothing is changed by looking.
"""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError, connection, transaction

MARK = ".prepared-database"  # which database this folder worked with
LOST = (
    "База данных {place} {how}, а эта папка данных с ней уже работала. Ничего не изменено. Верните базу из "
    "резервной копии. Если школа действительно начинается заново, укажите новую папку данных (DATA_DIR)"
)
DAMAGED = (
    "Файл базы данных {place} повреждён ({why}). Ничего не изменено. Отложите его в сторону и верните базу из "
    "резервной копии"
)


def complaint() -> str:
    """Return the first thing that is wrong with this installation, or nothing."""
    return _folders() or _database()


def _folders() -> str:
    if not settings.DATA_DIR.is_dir():
        return f"Папки данных {settings.DATA_DIR} нет. Создайте её или укажите другую в DATA_DIR"
    wanted = [("данных", settings.DATA_DIR, "DATA_DIR"), ("статических файлов", settings.STATIC_ROOT, "STATIC_ROOT")]
    if not settings.STORAGE_URL:
        wanted.append(("файлов людей", settings.MEDIA_ROOT, "DATA_DIR"))
    for what, folder, name in wanted:
        if not writable(folder):
            return (
                f"В папку {what} {folder} нельзя писать. Дайте на неё право тому, от чьего имени запускается "
                f"программа, или укажите другую в {name}"
            )
    return ""


def writable(folder: Path) -> bool:
    """Return whether files can be made in a folder, or in the nearest one above it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


def _database() -> str:
    try:
        return _sqlite() if connection.vendor == "sqlite" else _postgresql()
    except ImproperlyConfigured:  # the driver is not installed
        return "Для PostgreSQL не хватает библиотеки psycopg. Запустите script/bootstrap"
    finally:
        connection.close()


def _sqlite() -> str:
    """Look at the file before it is opened: opening it would already create it."""
    file = Path(settings.DATABASES["default"]["NAME"])
    if not file.parent.is_dir():
        return f"Папки {file.parent} для базы данных нет. Проверьте DATABASE_URL"
    if not file.exists():
        if not writable(file.parent):
            return f"В папку базы данных {file.parent} нельзя писать. Проверьте DATABASE_URL и права на папку"
        return LOST.format(place=file, how="исчезла") if had_database() else ""
    if not file.is_file():
        return f"{file} — не файл базы данных. Проверьте DATABASE_URL"
    if not file.stat().st_size:
        return LOST.format(place=file, how="пуста") if had_database() else ""
    if not writable(file.parent):  # SQLite keeps its journal beside the file
        return f"В папку базы данных {file.parent} нельзя писать. Проверьте DATABASE_URL и права на папку"
    try:
        with connection.cursor() as cursor:
            found = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            return DAMAGED.format(place=file, why=found.splitlines()[-1])
        tables = connection.introspection.table_names()
        with transaction.atomic():  # begins as a writer (BEGIN IMMEDIATE)
            pass
    except OperationalError as error:
        return f"База данных {file} не открывается для записи ({error}). Проверьте права на файл и его папку"
    except DatabaseError as error:
        return DAMAGED.format(place=file, why=error)
    if "django_migrations" not in tables and had_database():
        return LOST.format(place=file, how="пуста")
    return ""


def _postgresql() -> str:
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        return not_connected(error, settings.DATABASES["default"])
    if "django_migrations" not in tables and had_database():
        return LOST.format(place=identity(), how="пуста")
    return ""


def unprepared() -> str:
    """Say that the database has no tables yet, or nothing; asked when a command did not find what it needs."""
    try:
        there = connection.introspection.table_names()
    except DatabaseError as error:
        return f"База данных не отвечает: {(str(error).strip().splitlines() or [type(error).__name__])[0]}"
    finally:
        connection.close()
    if "django_migrations" in there:
        return ""
    return f"База данных {identity()} ещё не подготовлена. Запустите script/server или manage.py prepare"


def not_connected(error: DatabaseError, found: dict) -> str:
    """Say in Russian why PostgreSQL did not let us in; the words of libpq follow, for there are many more reasons."""
    server, name, user = f"{found['HOST'] or 'localhost'}:{found['PORT'] or 5432}", found["NAME"], found["USER"]
    words = " ".join(str(error).split())
    if "authentication failed" in words or "no password supplied" in words:
        why = f"сервер {server} не принял имя «{user}» или пароль"
    elif f'role "{user}"' in words:
        why = f"на сервере {server} нет пользователя «{user}»"
    elif f'database "{name}"' in words:
        why = f"на сервере {server} нет базы «{name}» или она закрыта для «{user}». Создайте её: createdb"
    else:
        why = f"сервер {server} не отвечает"
    return f"База данных не открывается: {why}. Проверьте DATABASE_URL. Ответ: {words[:200]}"


def identity() -> str:
    """Name the database without its password: the file, or server, port and name."""
    found = settings.DATABASES["default"]
    if connection.vendor == "sqlite":  # in the data folder by its name alone: the folder may be moved
        file = Path(found["NAME"])
        return file.name if file.parent == settings.DATA_DIR else str(file)
    return f"{found['HOST'] or 'localhost'}:{found['PORT'] or 5432}/{found['NAME']}"


def had_database() -> bool:
    """Whether this data folder has worked with this very database before."""
    mark = settings.DATA_DIR / MARK
    return mark.is_file() and mark.read_text(encoding="utf-8") == identity()


def remember_database() -> None:
    """Write down which database this folder works with."""
    if not had_database():
        (settings.DATA_DIR / MARK).write_text(identity(), encoding="utf-8")
