"""A process with the product loaded on one school: prepares visits and counts queries, asked line by line by the bench.

Models are fetched by their labels: the same worker serves checkouts whose modules lie elsewhere.
"""

import json
import re
import sys
from contextlib import ExitStack

import django
from django.apps import apps
from django.conf import settings


class Answers:
    """What the process can be asked; every answer is a dict."""

    def __init__(self):
        self.clients = {}

    def client(self, user: str):
        """Return a test client with a session of the user; anonymous for an empty name."""
        from django.contrib.auth import get_user_model
        from django.test import Client

        if user not in self.clients:
            self.clients[user] = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
            if user:
                self.clients[user].force_login(get_user_model().objects.get(username=user))
        return self.clients[user]

    def session(self, user: str) -> dict:
        """Return the key of a session of the user."""
        return {"key": self.client(user).session.session_key}

    def queries(self, user: str, url: str) -> dict:
        """Return how many queries the second visit of a page makes, and the characters of the longest statement."""
        from django.db import connections

        statements = []

        def note(execute, sql, params, many, context):
            statements.append(sql)
            return execute(sql, params, many, context)

        client = self.client(user)
        client.get(url)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(note))
            client.get(url)
        return {"number": len(statements), "longest": max(map(len, statements), default=0)}

    def count(self, model: str, **conditions) -> dict:
        """Return how many rows of a model fulfil the conditions."""
        return {"number": apps.get_model(model).objects.filter(**conditions).count()}

    def objects(self) -> dict:
        """Return the key of one object of every kind, the busiest of its kind, never one of a copied school."""
        from django.db.models import Count

        def all_of(label: str):
            return apps.get_model(label).objects.order_by("pk")

        real = {"person__copied": False}
        programs = all_of("programs.Program").exclude(pairing__participations__person__copied=True)
        program = programs.filter(state="running").annotate(n=Count("meetings")).order_by("-n", "pk").first()
        mentor = program.pairing.participations.get(part="mentor", until=None).person_id
        orders = all_of("reports.Order").exclude(items__candidate__person__copied=True)
        unsigned = orders.filter(state__in=["draft", "agreed", "at_signature"]).annotate(n=Count("items"))
        account = all_of("people.User").get(username="mentor")
        roadmap = all_of("roadmap.Roadmap").filter(state="approved").first()
        found = {
            "program": program,
            "own_program": programs.filter(pairing__participations__person=account.person_id).last(),
            "draft": programs.filter(state="draft").first(),
            "activity": all_of("programs.Activity").filter(program=program).first(),
            "completion": all_of("programs.Completion").first(),
            "proposed": all_of("programs.Pairing").filter(state="proposed").first(),
            "candidate": all_of("people.Candidate").filter(person=mentor, part="mentor").last(),
            "consent": all_of("people.Consent").filter(**real, person=mentor).first(),
            "order": orders.filter(state="registered", items__program__isnull=False).first(),
            "open_order": unsigned.order_by("state", "-n", "pk").last(),
            "roadmap": roadmap,
            "task": all_of("roadmap.Task").filter(stage__roadmap=roadmap).first(),
            "account": account,
        }
        keys = {name: row.pk for name, row in found.items()}
        choice = self.client("curator").get("/pairings/new/").content.decode()
        return keys | {
            "person": mentor,
            "pairing": program.pairing_id,
            "year": roadmap.school_year,
            "mentee": re.search(r"mentee=(\d+)", choice)[1],
        }


def main():
    """Answer questions until the input ends."""
    django.setup()
    answers = Answers()
    for line in sys.stdin:
        question = json.loads(line)
        print(json.dumps(getattr(answers, question.pop("ask"))(**question)), flush=True)


if __name__ == "__main__":
    main()
