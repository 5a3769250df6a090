"""A new installation: the tables of today, the lists and the word that every migration is applied, or nothing."""

from urllib.parse import urlsplit

import pytest
from auditlog.models import LogEntry
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings

from mentoring_site.management.commands.prepare import unknown_steps
from mentoring_site.tables import bring_up_to_date, lay_down
from people.school.models import DayOff
from programs.catalogs.models import MentoringForm
from roadmap.legal_base.models import LegalAct
from tests.databases import another_database
from tests.mentoring_site.backups.kit import new_database


@pytest.fixture
def empty(transactional_db):
    """An empty database of the kind of the tests, whose migrations count."""
    disk = override_settings(MIGRATION_MODULES={})
    with new_database() as url, another_database(urlsplit(url).path[1:] or ":memory:"), disk:
        yield


def test_an_empty_database_gets_the_tables_of_today_with_their_lists(empty):
    bring_up_to_date()
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert unknown_steps(executor.loader) == []
    assert DayOff.objects.exists() and MentoringForm.objects.exists() and LegalAct.objects.exists()
    assert not LogEntry.objects.exists()  # nobody has acted yet
    before = {model: model.objects.count() for model in (DayOff, MentoringForm, LegalAct)}
    bring_up_to_date()  # nothing is missing any more
    assert {model: model.objects.count() for model in before} == before


def test_what_is_interrupted_leaves_nothing_behind(empty):
    """The name of one table is taken, so they cannot all be laid down."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE reports_order (id integer)")
    with pytest.raises(Error):
        lay_down()
    assert connection.introspection.table_names() == ["reports_order"]
