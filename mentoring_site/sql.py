"""Expressions that Django has not: short lists come with the row that they belong to, without a query of their own."""

from django.db.models import Aggregate, JSONField, Subquery


class _Listed(Aggregate):
    """All values of a group as one JSON list, in no order."""

    function, output_field = "JSONB_AGG", JSONField()

    def as_sqlite(self, compiler, connection, **extra):
        """SQLite has another word for it."""
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)


def listed(rows, owner: str, value) -> Subquery:
    """Return an expression: the list of ``value`` (a field or an expression) of the rows, None when there are none.

    ``rows`` are already narrowed to the outer row, ``owner`` is the field by which they are.
    """
    return Subquery(rows.order_by().values(owner).annotate(all_values=_Listed(value)).values("all_values"))
