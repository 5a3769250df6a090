"""One dash for all papers: people, lists and templates write it as they like."""

import re

_DASH = re.compile(r"—|(?<=\s)-(?=\s)")


def one_dash(text: str) -> str:
    """Return the text with the short dash of office typing for every long one and every hyphen between blanks.

    «педагог – педагог», «01.10.2026 – 01.06.2027»: the dash of the Положение and of its forms (п. 2.3).
    """
    return _DASH.sub("–", text)
