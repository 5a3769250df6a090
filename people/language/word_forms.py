"""Search in long texts by any form of a word: «импровизации» finds «Импровизация», on both databases.

A text is saved with a key: its words as ``search_key`` writes them and their normal forms, each marked with ``=``. A
word of a query is looked for as a beginning of a word and, by its normal forms, as any form of it. Nothing but
``LIKE`` is asked of the database.
"""

import re
from functools import lru_cache

from django.db.models import Q

from people.language.dictionary import analyzer
from people.language.name_text import search_key

RUSSIAN = re.compile(r"[а-я]{3,}")
LONGEST = 100  # letters: what is longer is no word


@lru_cache(maxsize=20_000)
def normal_forms(word: str) -> tuple[str, ...]:
    """Return the normal forms that a word in small letters may have: «стали» → «сталь», «стать»."""
    if not RUSSIAN.fullmatch(word) or len(word) > LONGEST:
        return ()
    found = (parse.normal_form.replace("ё", "е") for parse in analyzer().parse(word))
    return tuple(dict.fromkeys(found))


def text_key(*texts: str | None) -> str:
    """Return the key under which texts are found: « импровизации =импровизация »."""
    words = list(dict.fromkeys(_words(*texts)))
    forms = dict.fromkeys(f"={form}" for word in words for form in normal_forms(word))
    return "".join(f" {word}" for word in [*words, *forms]) + " "


def _words(*texts: str | None) -> list[str]:
    return search_key(*(re.sub(r"[^\w\s]+", " ", text or "") for text in texts)).split()


def in_text(column: str, word: str) -> Q:
    """Return a condition: a text with the key in ``column`` has a word that begins so, or a form of this word."""
    found = Q(**{f"{column}__contains": f" {word}"})
    for form in normal_forms(word):
        found |= Q(**{f"{column}__contains": f" ={form} "})
    return found


def words_of(query: str) -> list[str]:
    """Return the words of a query, all of which a text must have."""
    return _words(query)
