"""``manage.py verify_papers``: is every stored paper still what was printed, signed and uploaded?"""

import sys

from django.core.management.base import BaseCommand

from reports.documents.verification import verify


class Command(BaseCommand):
    """A line for each damaged or missing file, a summary, exit code 1 when something is wrong."""

    help = "Сверяет все хранимые бумаги с их SHA-256; с --render печатает приказы заново и сравнивает"

    def add_arguments(self, parser):
        parser.add_argument(
            "--render", action="store_true", help="напечатать приказы заново тем же выпуском и сравнить"
        )

    def handle(self, *args, **options):
        verdict = verify(render=options["render"])
        for problem in verdict.problems:
            self.stdout.write(problem)
        self.stdout.write(f"{verdict.summary[:1].upper()}{verdict.summary[1:]}")
        if verdict.problems:
            sys.exit(1)
