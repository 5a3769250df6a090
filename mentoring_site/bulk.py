"""Many rows of one table at once, when nobody needs them as objects: a staff list brings thousands."""

from collections.abc import Sequence

from django.db import connections, router


def insert_rows(model, rows: Sequence[dict], **same) -> None:
    """Insert rows with a tenth of the processor time of ``bulk_create``.

    Takes the model, rows as dictionaries of columns (``person_id``, not ``person``), all with the same keys, and the
    columns that are the same in every row; what is named nowhere gets the default of its field, computed once. Like
    ``bulk_create`` it calls no ``save`` and sends no signals; the database checks every row. Keys of the new rows are
    not reported.
    """
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    if unknown := {*rows[0], *same} - fields.keys():
        raise ValueError(f"{model.__name__} has no columns {', '.join(sorted(unknown))}")
    prepare = [(name, fields.pop(name).get_db_prep_save) for name in rows[0]]
    fixed = {name: same[name] if name in same else field.get_default() for name, field in fields.items()}
    fixed = {fields[name]: fields[name].get_db_prep_save(value, connection) for name, value in fixed.items()}
    columns = [model._meta.get_field(name).column for name in rows[0]] + [field.column for field in fixed]
    quote = connection.ops.quote_name
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) "
        f"VALUES ({', '.join(['%s'] * len(columns))})"
    )
    ending = list(fixed.values())
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[save(row[name], connection) for name, save in prepare] + ending for row in rows])
