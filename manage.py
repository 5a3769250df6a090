#!/usr/bin/env python
"""Django's command line for this project; a wrong setting or a database out of reach is one sentence, no traceback."""

import importlib
import os
import sys


def main() -> None:
    """Run the command given on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring_site.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except DatabaseError:
        from mentoring_site import start

        if complaint := start.complaint() or start.unprepared():
            sys.exit(complaint)
        raise


if __name__ == "__main__":
    main()
