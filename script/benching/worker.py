"""A process that holds one school open and measures requests in CPU time, asked line by line by script/bench.

The requests go straight into the WSGI application: the whole middleware, a logged-in session, no test client.
"""

import io
import json
import sys
import time
import types

import django
from django.conf import settings

YARDSTICK = "/yardstick/"


def addresses():
    """Put the yardstick beside the addresses of the product, in this process only."""
    from django.http import HttpResponse
    from django.urls import include, path

    module = types.ModuleType("measured_urls")
    module.urlpatterns = [
        path(YARDSTICK.strip("/") + "/", lambda request: HttpResponse("ok")),
        path("", include("mentoring_site.urls")),
    ]
    module.handler500 = "mentoring_site.errors.server_error"
    sys.modules["measured_urls"] = module
    settings.ROOT_URLCONF = "measured_urls"


def session_of(username: str) -> str:
    """Log a user in and return the key of the session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from people.accounts.models import User

    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY], session["seen"] = settings.AUTHENTICATION_BACKENDS[0], int(time.time())
    User.objects.filter(pk=user.pk).update(last_seen_at=django.utils.timezone.now())
    session.create()
    return session.session_key


class Measured:
    """The application with the cookies of its users."""

    def __init__(self):
        from mentoring_site.wsgi import application

        self.application = application
        self.sessions: dict[str, str] = {}

    def environ(self, user: str, url: str) -> dict:
        """Return what a server would hand over for one GET."""
        if user and user not in self.sessions:
            self.sessions[user] = session_of(user)
        path, _, query = url.partition("?")
        cookie = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={self.sessions[user]}"} if user else {}
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SCRIPT_NAME": "",
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
        } | cookie

    def get(self, environ: dict) -> tuple[int, bytes]:
        """Ask once; return status and body."""
        said = []
        answer = self.application(environ | {"wsgi.input": io.BytesIO()}, lambda status, headers: said.append(status))
        body = b"".join(answer)
        answer.close()
        return int(said[0][:3]), body

    def cpu(self, user: str, url: str, times: int) -> dict:
        """Return milliseconds of CPU per request of ``times`` in a row, with the status and size of the last."""
        environ = self.environ(user, url)
        begun = time.process_time()
        for _ in range(times):
            status, body = self.get(environ)
        return {"ms": (time.process_time() - begun) * 1000 / times, "status": status, "size": len(body)}

    def queries(self, user: str, url: str) -> dict:
        """Return how many queries one request costs, session and user included."""
        from django.db import connection

        asked = []

        def count(execute, sql, params, many, context):
            asked.append(sql)
            return execute(sql, params, many, context)

        environ = self.environ(user, url)
        self.get(environ)
        with connection.execute_wrapper(count):
            status, body = self.get(environ)
        asked = [sql for sql in asked if not sql.startswith(("PRAGMA", "SELECT 1"))]
        return {"queries": len(asked), "status": status, "rows": self.rows(body), "size": len(body)}

    @staticmethod
    def rows(body: bytes) -> int:
        """Return how many rows, things to choose from or shown programmes a page lists."""
        return max(body.count(b"<tr") - 1, body.count(b'name="items"'), body.count(b"story-side"))

    def messages(self, program: int) -> dict:
        """Return how many messages stand in the talk of a programme."""
        from programs.journal.models import Message

        return {"number": Message.objects.filter(program=program).count()}

    def login(self, user: str) -> dict:
        """Return the key of a new session of a user."""
        return {"session": session_of(user)}

    def objects(self) -> dict:
        """Return one representative object of every kind, the busiest of its kind among those that are not copies."""
        from django.db.models import Count

        from people.accounts.models import User
        from people.banks.models import Candidate
        from people.consents.models import Consent
        from people.register.models import Person
        from programs.completion.models import Completion
        from programs.pairings.models import Pairing
        from programs.program.models import Activity, Program
        from reports.orders.models import Order
        from roadmap.plan.models import Roadmap, Task

        running = Program.objects.filter(state="running").exclude(pairing__participations__person__copied=True)
        program = running.annotate(n=Count("meetings")).order_by("-n", "pk").first()
        mentor = program.pairing.participations.get(part="mentor", until=None).person_id
        roadmap = Roadmap.objects.filter(state="approved").first().pk
        unsigned = Order.objects.filter(state__in=["draft", "agreed", "at_signature"]).annotate(n=Count("items"))
        return {
            "person": mentor,
            "program": program.pk,
            "pairing": program.pairing_id,
            "candidate": Candidate.objects.filter(person=mentor, part="mentor").latest("pk").pk,
            "consent": Consent.objects.filter(person=mentor).first().pk,
            "order": Order.objects.filter(state="registered", items__program__isnull=False).order_by("pk").first().pk,
            "completion": Completion.objects.order_by("pk").first().pk,
            "roadmap": roadmap,
            "task": Task.objects.filter(stage__roadmap=roadmap).first().pk,
            "open_order": unsigned.order_by("state", "-n", "pk").last().pk,
            "account": User.objects.get(username="mentor").pk,
            "draft": Program.objects.filter(state="draft")
            .exclude(pairing__participations__person__copied=True)
            .first()
            .pk,
            "proposed": Pairing.objects.filter(state="proposed").order_by("pk").first().pk,
            "activity": Activity.objects.filter(program=program.pk).first().pk,
            "people": Person.objects.count(),
            "programs": Program.objects.count(),
            "pairings": Pairing.objects.count(),
        }


def main():
    """Answer questions until the input ends."""
    django.setup()
    addresses()
    measured = Measured()
    for line in sys.stdin:
        question = json.loads(line)
        answer = getattr(measured, question.pop("ask"))(**question)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
