"""The demo school has a small folder, handed over by an act."""

from types import SimpleNamespace

import pytest

from reports.demo.inspected import SCOPE, inspected
from reports.inspection.models import Folder, FolderAct
from reports.orders.printing.pdf import print_order
from tests.factories import make_consent
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.7")]


def test_the_demo_school_has_been_inspected(cast):
    print_order.call(make_order(cast, state="registered").pk)
    make_consent(cast.mentor.person, by=cast.clerk)
    inspected(SimpleNamespace(user=vars(cast).get))
    folder = Folder.objects.get()
    assert folder.file_id and folder.files > 2 and folder.scope == list(SCOPE)
    assert FolderAct.objects.get().folder == folder
