"""What of a photograph can be destroyed: all of it."""

from people.consents.destruction.retention import ErasableData
from people.photos import acts
from people.photos.models import Photo
from people.register.models import Person


def _found(person: Person) -> list[str]:
    return ["фотография"] if Photo.objects.filter(person=person).exists() else []


DATA = ErasableData("photo", "фотография", _found, acts.erase)
