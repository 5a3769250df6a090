"""«Кто что может»: the rights of people/roles.py in words, for the screen of roles and the README."""

from people.roles import RIGHTS, ROLES

GROUPS = {
    "Люди": {
        "people.see_all": "видит всех людей школы",
        "people.edit": "ведёт список людей",
        "people.import": "загружает список сотрудников из файла",
        "people.history": "видит, кто и что менял в сведениях",
        "consents.see_all": "видит реестр согласий",
        "consents.record": "записывает согласия на бумаге",
        "agreements.see_all": "видит соглашения с наставниками и уведомления",
        "agreements.record": "ведёт соглашения с наставниками и записывает уведомления",
        "consents.destroy": "утверждает уничтожение персональных данных",
    },
    "Банки": {
        "banks.see": "видит банки наставников и наставляемых",
        "banks.propose": "предлагает кандидатов",
        "banks.fill_for_others": "заполняет анкеты со слов",
        "banks.comment": "пишет замечания к кандидатам",
        "banks.approve": "утверждает и отклоняет кандидатов",
    },
    "Пары и группы": {
        "pairings.see_all": "видит все пары и группы",
        "pairings.propose": "предлагает пары и группы",
        "pairings.topics": "подтверждает темы пар от имени совета",
        "pairings.recommend": "записывает рекомендацию совета",
        "pairings.answer_for_others": "записывает ответы участников с их слов",
    },
    "Программы": {
        "programs.see_all": "видит все программы",
        "programs.write": "составляет программы",
        "programs.endorse": "визирует программы как ответственный куратор",
        "programs.remark": "пишет замечания к программам",
        "programs.agree": "записывает согласование совета",
        "programs.act_for_others": "записывает дела участников с бумаги",
        "programs.publish": "публикует результаты",
        "paper.enter": "вносит пары и программы, которые уже есть на бумаге",
    },
    "Приказы": {
        "orders.see_all": "видит все приказы",
        "orders.draft": "готовит проекты приказов",
        "orders.visa": "визирует приказы",
        "orders.register": "регистрирует подписанные приказы",
        "papers.see_all": "видит все документы",
    },
    "Дорожная карта и обзор": {
        "roadmap.see": "видит дорожную карту",
        "roadmap.write": "составляет дорожную карту",
        "roadmap.approve": "утверждает дорожную карту",
        "minutes.see": "видит протоколы методического и других советов",
        "minutes.write": "ведёт протоколы и записывает их подписание",
        "reports.pipeline": "видит, где стоит каждое дело",
    },
    "Сайт и справочники": {
        "site.preview": "видит страницы сайта до публикации",
        "site.edit": "ведёт публичный раздел",
        "lists.edit": "ведёт списки тем, форм и видов",
        "workdays.edit": "ведёт календарь рабочих дней",
    },
    "Школа и система": {
        "school.edit": "меняет сведения о школе",
        "roles.manage": "даёт и заканчивает роли",
        "roles.see": "видит, у кого какие роли",
        "accounts.invite": "заводит учётные записи и выдаёт приглашения",
        "accounts.manage": "закрывает учётные записи, сбрасывает вход с кодом",
        "health.see": "следит за работой системы",
    },
}


def table() -> list[dict]:
    """Return groups of rows: a right in words and, for each role, whether it has the right."""
    return [
        {
            "title": title,
            "rows": [
                {"words": words, "cells": [{"role": ROLES[role][0], "may": right in RIGHTS[role]} for role in ROLES]}
                for right, words in rights.items()
            ],
        }
        for title, rights in GROUPS.items()
    ]
