"""What of questionnaires is destroyed: every paper that refers to a statement says so itself (приказ РКН № 179)."""

import re

import pytest
from django.db.models import Q

from people.banks import retention
from people.banks.models import Statement

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.8")]


def test_every_model_that_refers_to_statements_keeps_them():
    """A new key to ``Statement`` without its condition would let a statement of an approved paper be destroyed."""
    tables = {
        relation.related_model._meta.db_table
        for relation in Statement._meta.get_fields(include_hidden=True)
        if relation.one_to_many
    }
    condition = Q(pk__in=[])
    for use in retention.USES:
        condition |= use()
    asked = set(re.findall(r'FROM "(\w+)"', str(Statement.objects.filter(condition).query)))
    assert tables and asked - {Statement._meta.db_table} == tables
