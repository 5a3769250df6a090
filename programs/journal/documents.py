"""Facts of the memo on the hours of mentoring actually given in a month (ТК 351.8)."""

from dataclasses import asdict

from django.utils import timezone

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import joined, rushort, upper_first
from people.language.declension import name_in, post_in, post_of
from people.register.models import Person
from people.roles.letterhead import director_facts, place, school_facts, signer_of
from people.school.models import School
from programs.journal.hours import MentorHours, MonthHours, hours_words, in_hours, month_words

PAY_NAME = "стимулирующая выплата за наставничество"


def facts(month: MonthHours, author: Person) -> dict:
    """Return what ``documents/hours_memo.html`` reads about the hours of a month; ``author`` signs the memo."""
    post = post_of(author)
    return {
        "school": school_facts(),
        "pay_name": upper_first(school.mentor_pay_name if (school := School.get()) else PAY_NAME),
        "director": director_facts(),
        "author": {
            "genitive": name_in(author, "genitive", short=True),
            "post_genitive": post_in(author, post, "genitive") if post else "",
        },
        "signer": signer_of(author, post),
        "place": place(),
        "date": str(timezone.localdate()),
        "month": month_words(month.first),
        "mentors": [_mentor(m) for m in month.mentors],
        "total": {
            "hours": in_hours(month.minutes),
            "words": hours_words(month.minutes),
            "minutes": month.minutes,
            "meetings": sum(len(m.meetings) for m in month.mentors),
        },
        "waiting": [asdict(m) | {"on": rushort(m.on)} for m in month.unconfirmed],
        "others": [asdict(row) | {"on": rushort(row.on)} for row in month.others],
        "others_words": hours_words(sum(row.minutes for row in month.others)),
    }


def _mentor(mentor: MentorHours) -> dict:
    orders = [str(PaperRef(number, day)) for day, number in mentor.orders]
    word = "приказ о закреплении" if len(orders) == 1 else "приказы о закреплении"
    return {
        "name": mentor.person.full_name,
        "post": "; ".join(mentor.posts),
        "orders": f"{word} {joined(orders)}" if orders else "",
        "rows": [asdict(m) | {"on": rushort(m.on)} for m in mentor.meetings],
        "minutes": mentor.minutes,
        "hours": in_hours(mentor.minutes),
        "words": hours_words(mentor.minutes),
    }
