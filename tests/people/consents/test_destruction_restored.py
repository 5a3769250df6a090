"""What was destroyed by act after a backup is destroyed again after its restore, proved anew under the old number."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from mentoring_site.backups import companions
from mentoring_site.models import StoredFile
from people.consents import acts as consent_acts
from people.consents.destruction import acts as destruction_acts
from people.consents.destruction import register
from people.consents.destruction.models import Destruction
from people.register.models import Person
from tests.factories import make_consent, make_person
from tests.mentoring_site.backups.kit import ask, manage
from tests.people.consents.test_destruction import MEN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.point("13", "3.8")]


@pytest.fixture
def leaving(cast):
    person = make_person("Уходящая", "Анна", phone="+79051234567", birth_date=date(1980, 1, 1))
    make_consent(person, by=cast.clerk)
    return person


def destroy(person, cast) -> Destruction:
    """Withdraw the consent and destroy by act."""
    consent_acts.withdraw(person.consents.get(purpose="processing"), by=cast.clerk, on=date(2026, 11, 1))
    withdrawal = person.consents.get(purpose="processing").withdrawals.first()
    act = destruction_acts.prepare(
        person,
        by=cast.clerk,
        categories=["contacts", "birth"],
        reason="withdrawn",
        commission=MEN,
        withdrawal=withdrawal,
    )
    return destruction_acts.approve(act, by=cast.director)


STATE = """
from people.register.models import Person
from people.consents.destruction.models import Destruction
person = Person.objects.get(pk={person})
act = Destruction.objects.filter(person=person).first()
proof = act and (act.number, act.approved_at.isoformat(), bool(act.paper.file.size))
print(repr(person.phone), person.birth_date, proof)
"""


def test_a_restore_destroys_again(ours, cast, leaving, target, place, settings):
    folder, url = place
    settings.BACKUP_DIR = target
    call_command("backup")
    act = destroy(leaving, cast)
    exported = json.loads((target / register.FILE).read_text())
    assert [entry["person"] for entry in exported] == [leaving.pk]  # written at once, by the act itself
    assert "Уходящая" not in (target / register.FILE).read_text()

    done = manage(folder, "restore", target, url=url)

    assert done.returncode == 0, done.stderr
    assert f"Акт об уничтожении № {act.number}" in done.stdout and "исполнен снова" in done.stdout
    assert "Отзыв согласия, поступивший 1 ноября 2026 г., в копию не попал" in done.stdout.replace("\xa0", " ")
    proof = (act.number, act.approved_at.isoformat(), True)
    assert ask(folder, STATE.format(person=leaving.pk), url=url) == f"'' None {proof}"
    assert manage(folder, "verify_papers", url=url).returncode == 0


def test_a_restore_without_the_register_is_refused_unless_told(ours, cast, leaving, target, place, tmp_path):
    folder, url = place
    call_command("backup", target)
    newest = tmp_path / "newest"
    newest.mkdir()
    (target / register.FILE).rename(newest / register.FILE)

    refused = manage(folder, "restore", target, url=url)
    assert refused.returncode == 1 and "реестр уничтожений" in refused.stderr
    (newest / "broken.json").write_text("{")
    broken = manage(folder, "restore", target, "--records", newest / "broken.json", url=url)
    assert broken.returncode == 1 and "повреждён" in broken.stderr
    destroy(leaving, cast)
    companions.export(newest)

    done = manage(folder, "restore", target, "--records", newest, url=url)

    assert done.returncode == 0, done.stderr
    assert ask(folder, STATE.format(person=leaving.pk), url=url).startswith("'' None ")


def test_the_register_loses_nothing_to_an_older_database(ours, cast, leaving, target):
    target.mkdir()
    destroy(leaving, cast)
    companions.export(target)
    before = (target / register.FILE).read_text()
    Destruction.objects.all()._raw_delete("default")
    companions.export(target)
    assert (target / register.FILE).read_text() == before


def test_what_is_not_there_any_more_or_not_yet_is_passed_over(ours, cast, leaving):
    act = destroy(leaving, cast)
    entry = register.entries()[0]
    assert register.repeat(entry | {"person": 10**6}) == ""
    Person.objects.filter(pk=leaving.pk).update(phone="+79051234567")
    Destruction.objects.filter(pk=act.pk)._raw_delete("default")

    told = register.repeat(entry | {"approved_by": 10**6})  # whoever approved came after the backup

    assert "Кто утвердил акт, в копии не записан" in told
    assert Person.objects.get(pk=leaving.pk).phone == "" and not Destruction.objects.exists()


def test_an_act_that_waits_in_the_backup_is_the_one_that_is_done(ours, cast, leaving):
    act = destroy(leaving, cast)
    entry = register.entries()[0]
    Destruction.objects.filter(pk=act.pk).update(
        number=None, approved_at=None, approved_by=None, paper=None, log=None, keep_until=None
    )
    Person.objects.filter(pk=leaving.pk).update(phone="+79051234567")

    register.repeat(entry)

    again = Destruction.objects.get()
    assert (again.pk, again.number, again.approved_at.isoformat()) == (act.pk, entry["number"], entry["at"])
    assert Person.objects.get(pk=leaving.pk).phone == ""
    assert StoredFile.objects.filter(pk__in=[again.paper_id, again.log_id]).count() == 2
    assert register.entries() == [entry]
