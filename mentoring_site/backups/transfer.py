"""From SQLite to PostgreSQL: the rows of a snapshot go table by table into an empty database."""

from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction

from mentoring_site.backups.database import differences as differing
from mentoring_site.backups.manifest import Manifest
from mentoring_site.tables import lay_down

SOURCE = "snapshot"
BATCH = 500


def from_sqlite(path: Path) -> None:
    """Lay the schema of this version, which the snapshot has too, down here, and copy every row."""
    connections.databases[SOURCE] = {
        **connections.databases["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {},
        "CONN_MAX_AGE": 0,
    }
    try:
        lay_down()
        with transaction.atomic():
            _copy_rows()
    finally:
        connections[SOURCE].close()
        del connections[SOURCE]
        del connections.databases[SOURCE]


def tables() -> list[type[models.Model]]:
    """Return the model of every table of ours, those of many-to-many relations too."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def _copy_rows() -> None:
    with connection.cursor() as cursor:  # lists have been planted; those of the snapshot come instead
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables())
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    for model in tables():
        fields = model._meta.concrete_fields
        columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        holes = ", ".join(["%s"] * len(fields))
        sql = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({holes})"
        rows = model._base_manager.using(SOURCE).order_by("pk").values_list(*(field.attname for field in fields))
        with connection.cursor() as cursor:
            batch: list[list] = []
            for row in rows.iterator(chunk_size=BATCH):
                pairs = zip(fields, row, strict=True)
                batch.append([field.get_db_prep_save(value, connection) for field, value in pairs])
                if len(batch) == BATCH:
                    cursor.executemany(sql, batch)
                    batch = []
            if batch:
                cursor.executemany(sql, batch)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def differences(manifest: Manifest, there: dict[str, int]) -> list[str]:
    """Compare rows with the manifest: of every table, or of our models when the kind of database has changed."""
    if manifest.vendor == connection.vendor:
        return differing(manifest.tables, there)
    names = {model._meta.db_table for model in tables()} & manifest.tables.keys()
    return differing({n: manifest.tables[n] for n in names}, {n: there.get(n, 0) for n in names})
