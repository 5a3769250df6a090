"""``{% fresh_steps program %}``: legal steps taken right after the access of who took them had changed."""

from django import template
from django.db.models import Model

from mentoring_site.models import Act

register = template.Library()


@register.inclusion_tag("components/fresh_steps.html")
def fresh_steps(obj: Model) -> dict:
    """Show a note for each such step; the history of an object marks them too (docs/decisions/0013)."""
    return {"acts": Act.objects.moved_with_fresh_access(obj)}
