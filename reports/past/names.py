"""People of a workbook found in the staff list: one, several namesakes, somebody alike, nobody."""

from difflib import get_close_matches

from mentoring_site.russian import rudate
from people.language.name_text import initials_after, search_key
from people.register.models import FormerName, Person

ALIKE = 0.8
OFFERED = 5


class Names:
    """All persons by full name, present and former, and by surname with initials: two queries."""

    def __init__(self) -> None:
        self._full: dict[str, list[Person]] = {}
        self._short: dict[str, list[Person]] = {}
        self._former: dict[str, list[Person]] = {}
        for person in Person.objects.order_by("pk"):
            parts = (person.last_name, person.first_name, person.middle_name)
            self._full.setdefault(search_key(*parts), []).append(person)
            self._short.setdefault(search_key(initials_after(*parts)), []).append(person)
        for row in FormerName.objects.select_related("person").order_by("pk"):
            key = search_key(row.last_name, row.first_name, row.middle_name)
            self._former.setdefault(key, []).append(row.person)

    def exact(self, name: str) -> Person | None:
        """Return the one person with exactly this full name."""
        found = self._full.get(search_key(name), [])
        return found[0] if len(found) == 1 else None

    def alike(self, name: str) -> list[Person]:
        """Return who may be meant, the likeliest first: namesakes, a shortened or a former name, a slip of the pen."""
        key = search_key(name)
        for index in (self._full, self._short, self._former):
            if found := index.get(key):
                return found[:OFFERED]
        close = get_close_matches(key, self._full, n=OFFERED, cutoff=ALIKE)
        return [person for one in close for person in self._full[one]][:OFFERED]


def distinct(person: Person) -> str:
    """Return «Мельник Ольга Львовна, 4 марта 1980 г. рождения»: enough to choose among namesakes."""
    born = f", {rudate(person.birth_date)} рождения" if person.birth_date else f", запись №\u00a0{person.pk}"
    return f"{person.full_name}{born}"
