"""Facts of «Сведения для уведомления Роскомнадзора» (152-ФЗ, ст. 22, ч. 3; приказ РКН от 28.10.2022 № 180)."""

from django.utils import timezone

from mentoring_site.russian import rudate
from people.consents import texts
from people.consents.destruction import erasure, retention
from people.consents.operator.models import OperatorNotice
from people.roles.holders import signer
from people.roles.letterhead import signer_of

GROUNDS = (
    "согласие субъекта персональных данных (ст. 6, ч. 1, п. 1; ст. 9); трудовое законодательство и договор (ст. 6, ч. "
    "1, п. 2 и 5); согласие на распространение (ст. 10.1); Положение о системе наставничества школы"
)
ALWAYS = "фамилия, имя, отчество; пол; должность, место работы, отделение"


def notice_facts(notice: OperatorNotice) -> dict:
    """Return the facts of ``documents/operator_notice.html``: rows «что — сведения»; empty ones are lines for a pen."""
    school = texts.operator_facts()
    held = "; ".join(
        [ALWAYS, *(data.label for code, data in retention.categories().items() if code not in erasure.PAST_TERM)]
    )
    named = [school["full_name"], school["short_name"] and f"({school['short_name']})", school["address"]]
    rows = [
        ["Оператор", ", ".join(filter(None, [" ".join(filter(None, named[:2])), named[2]]))],
        ["ИНН, ОГРН", ", ".join(filter(None, [school["inn"], school["ogrn"]]))],
        ["Цель обработки", notice.purpose],
        ["Категории персональных данных", held],
        ["Категории субъектов", notice.people],
        ["Правовое основание", GROUNDS],
        ["Действия с персональными данными", notice.actions],
        ["Способы обработки", "смешанная; с передачей по внутренней сети; с передачей по сети «Интернет»"],
        ["Меры по статьям 18.1 и 19", notice.measures],
        ["Ответственный за организацию обработки", notice.responsible],
        ["Контакты ответственного", notice.contacts],
        ["Место нахождения базы данных", notice.place],
        ["Трансграничная передача", "не осуществляется"],
        ["Дата начала обработки", rudate(notice.started_on) if notice.started_on else ""],
        ["Срок или условие прекращения обработки", notice.ends],
    ]
    return {
        "school": school,
        "signer": signer_of(*head) if (head := signer())[0] else None,
        "rows": rows,
        "on": timezone.localdate().isoformat(),
    }
