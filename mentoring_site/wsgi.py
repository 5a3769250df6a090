"""WSGI entry point for granian and other servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring_site.settings")
application = get_wsgi_application()

# Pages are loaded before the first visitor comes. What is loaded by then stays to the end: the collector of garbage
# does not scan it during requests, and what a request leaves behind is collected a little later,
# at the latest after a million of objects: a worker does not grow by what is dead.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 5)
