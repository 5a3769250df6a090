"""The demo school's practices and library: made by the acts of their people, in different states."""

import pytest

from reports.demo.library import library
from reports.demo.practices import practices
from roadmap.library.models import Material
from roadmap.practices.models import Practice
from tests.programs.journal.kit import make_published

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.8")]


class DemoSchool:
    """Stands for the demo school: its users by their logins."""

    def __init__(self, cast):
        self.cast = cast

    def user(self, name):
        return getattr(self.cast, name)


def test_six_practices_and_a_dozen_materials(cast):
    """Three practices stand on the site; materials of different kinds with real files, one waits for the council."""
    make_published(cast)
    school = DemoSchool(cast)
    assert all(days >= 0 for days in (*library(school, 70), *practices(school, 45)))
    assert Practice.objects.count() == 6 and Practice.objects.for_visitors().count() == 3
    assert {"accepted", "review", "draft"} <= set(Practice.objects.values_list("state", flat=True))
    assert Material.objects.count() == 12 and Material.objects.for_visitors().count() == 3
    assert len(set(Material.objects.values_list("kind", flat=True))) == 7
    assert all(material.evidence.exists() for material in Material.objects.all())
