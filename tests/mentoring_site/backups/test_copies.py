"""Names of backups, and which of them newer ones replace."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mentoring_site.backups.copies import Copy, Keep, copies_in, copy_at, find, name_of, superseded
from mentoring_site.backups.errors import BackupError

MOSCOW = ZoneInfo("Europe/Moscow")
pytestmark = pytest.mark.point("13")


def nights(*days_ago: int, hour: int = 0) -> list[Copy]:
    last = datetime(2026, 11, 29, hour, tzinfo=UTC)
    return [Copy(Path(f"{n}"), last - timedelta(days=n)) for n in days_ago]


def kept(copies, keep, zone=MOSCOW) -> list[str]:
    gone = superseded(copies, keep, zone)
    return [str(copy.path) for copy in copies if copy not in gone]


@pytest.mark.parametrize("cipher", ["", "gpg", "age"])
@pytest.mark.parametrize("before_update", [False, True])
def test_a_name_tells_when_and_how(tmp_path, cipher, before_update):
    at = datetime(2026, 11, 29, 3, 15, 7, tzinfo=MOSCOW)
    path = tmp_path / name_of(at, cipher=cipher, before_update=before_update)
    assert copy_at(path) == Copy(path, at.astimezone(UTC), cipher, before_update)


def test_half_written_and_foreign_files_are_no_backups(tmp_path):
    name = name_of(datetime(2026, 11, 29, tzinfo=UTC))
    for other in (f".{name}.part", "db.sqlite3", "destructions.json", f"{name}.txt"):
        (tmp_path / other).touch()
    assert copies_in(tmp_path) == [] and copies_in(tmp_path / "nowhere") == []


def test_a_folder_means_its_newest(tmp_path):
    for day in (27, 29, 28):
        (tmp_path / name_of(datetime(2026, 11, day, tzinfo=UTC))).touch()
    assert find(tmp_path).made_at.day == 29
    with pytest.raises(BackupError, match="нет ни одной резервной копии"):
        find(tmp_path.parent / tmp_path.name / "..")
    with pytest.raises(BackupError, match="Нет ни файла, ни папки"):
        find(tmp_path / "nowhere")


def test_days_weeks_and_months_keep_their_newest():
    copies = nights(*range(120))
    assert kept(copies, Keep(3, 0, 0)) == ["0", "1", "2"]
    assert kept(copies, Keep(1, 3, 0)) == ["0", "7", "14"]  # 29 November is a Sunday
    assert kept(copies, Keep(1, 0, 3)) == ["0", "29", "60"]  # the last of each month
    assert len(kept(copies, Keep(7, 4, 12))) == 7 + 3 + 3  # the first of four weeks and of four months is a day too


def test_old_ones_stay_when_no_new_ones_come():
    copies = nights(0, 100, 200, 300)
    assert kept(copies, Keep(4, 0, 0)) == ["0", "100"]  # none older than half a year


def test_what_was_made_on_the_day_of_the_newest_stays():
    """Two updates of one day leave two different databases."""
    morning, noon, old = nights(0)[0], nights(0, hour=9)[0], nights(5)[0]
    assert superseded([noon, morning, old], Keep(1, 0, 0), MOSCOW) == [old]


def test_a_day_is_that_of_the_school():
    late, early = (Copy(Path(n), datetime(2026, 11, 20, hour, tzinfo=UTC)) for n, hour in (("a", 20), ("b", 22)))
    newest = nights(0)[0]
    assert superseded([newest, late, early], Keep(9, 0, 0), UTC) == [late]
    assert superseded([newest, late, early], Keep(9, 0, 0), MOSCOW) == []


@pytest.mark.parametrize("text", ["", "7", "7,4", "7,4,-1", "0,4,12", "семь,4,12", "7,4,12,1"])
def test_a_wrong_rule_of_keeping_is_refused(text):
    with pytest.raises(ValueError):
        Keep.parse(text)
