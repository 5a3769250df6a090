"""What tests of the frame share."""

from collections.abc import Iterator

from django.urls import get_resolver

from mentoring_site.forms import PlainMixin


def every_form() -> Iterator[type]:
    """Yield every form of the product; the addresses import them all."""
    get_resolver().url_patterns  # noqa: B018
    seen, queue = set(), [PlainMixin]
    while queue:
        for form in queue.pop().__subclasses__():
            if form not in seen and not form.__module__.startswith("tests."):
                seen.add(form)
                queue.append(form)
                yield form
