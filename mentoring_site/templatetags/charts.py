"""Charts of papers: ``{% load charts %}``, ``{{ figure|drawn }}`` for a figure among the facts."""

from django import template

from mentoring_site.charts import papers

register = template.Library()

register.filter("drawn", papers.drawn)
