"""Russian filters of templates: ``{% load ru %}``. ``mentoring_site.russian`` says what each makes of None.

All return plain text, which the template escapes.
"""

from typing import Any

from django import template

from mentoring_site import russian

register = template.Library()

for text_filter in (
    russian.plural,
    russian.plural_word,
    russian.number_text,
    russian.ruday,
    russian.rudate,
    russian.rushort,
    russian.rutime,
    russian.isotime,
    russian.settlement,
    russian.near,
    russian.ago,
    russian.period,
    russian.term,
    russian.months_between,
    russian.joined,
    russian.quoted,
    russian.full_stop,
    russian.nbsp,
):
    register.filter(text_filter.__name__, text_filter, is_safe=False)


@register.filter
def school_year(year: Any, form: str = "") -> str:
    """``{{ year|school_year }}`` is «2026/27», ``{{ year|school_year:"full" }}`` is «2026/2027»."""
    return russian.school_year(year, full=form == "full")
