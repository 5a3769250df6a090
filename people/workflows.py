"""The legal life of a candidate, as a table (п. 3.3–3.5). Requirements read only what ``with_requirements()`` prefetched."""
from django.urls import reverse

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement


@requirement("Согласие на обработку персональных данных есть")
def consent_to_processing(candidate):
    """Roadmap stages 2 and 3: without it nobody stands in a bank."""
    if not candidate.has_processing:
        return Complaint(
            f"Нет согласия на обработку персональных данных: {candidate.person.short_name}",
            "Получить его должен куратор или специалист по кадрам",
            reverse("people:consent_new", args=[candidate.person_id]) + "?purpose=processing", "Записать согласие",
        )


@requirement("Анкета заполнена")
def questionnaire(candidate):
    """п. 3.4, roadmap stages 2 and 3: requests of a mentee, competences and capacity of a mentor."""
    need = {"mentor": ("competence",), "mentee": ("difficulty", "request")}[candidate.part]
    have = {s.kind for s in candidate.statements.all()}
    words = {"competence": "компетенции", "difficulty": "затруднения", "request": "запросы"}
    missing = [words[kind] for kind in need if kind not in have]
    if candidate.part == "mentor" and not candidate.capacity_persons:
        missing.append("сколько наставляемых можно взять")
    if missing:
        return Complaint(
            f"В анкете не указаны: {', '.join(missing)}", f"Заполняет {candidate.person.short_name}, за него может куратор",
            reverse("people:candidate_fill", args=[candidate.pk]), "Заполнить анкету", remind=candidate.person_id,
        )


CANDIDATE = Workflow(
    Transition("approve", "Утвердить кандидата", ("applied",), "approved", lambda c, u: u.can("banks.approve"), "директор",
               "утверждён(а) в банке", (consent_to_processing, questionnaire)),
    Transition("decline", "Отклонить кандидата", ("applied",), "declined", lambda c, u: u.can("banks.approve"), "директор", "отклонён(а)"),
    Transition("withdraw", "Снять из банка", ("applied", "approved"), "withdrawn",
               lambda c, u: u.can("banks.propose") or u.person_id == c.person_id, "куратор, совет или сам человек", "снят(а) из банка"),
    Transition("appoint", "Назначить приказом", ("approved",), "appointed", lambda c, u: u.can("orders.register") and c.part == "mentor",
               "тот, кто регистрирует приказ", "назначен(а) наставником по приказу", (consent_to_processing,)),
    Transition("relieve", "Освободить", ("appointed", "approved"), "relieved", lambda c, u: u.can("orders.register"),
               "тот, кто регистрирует приказ", "освобождён(а)"),
)
