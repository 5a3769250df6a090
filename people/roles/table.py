"""«Кто что может»: the rights of people/rights.py in words, for the screen of roles and the README."""

from people.rights import RIGHTS, ROLES, Right

GROUPS: dict[str, tuple[Right, ...]] = {
    "Люди": (
        Right.PEOPLE_SEE_ALL,
        Right.PEOPLE_EDIT,
        Right.PEOPLE_IMPORT,
        Right.PEOPLE_HISTORY,
        Right.CONSENTS_SEE_ALL,
        Right.CONSENTS_RECORD,
        Right.AGREEMENTS_SEE_ALL,
        Right.AGREEMENTS_RECORD,
        Right.CONSENTS_DESTROY,
    ),
    "Банки": (
        Right.BANKS_SEE,
        Right.QUESTIONNAIRES_SEE,
        Right.BANKS_PROPOSE,
        Right.BANKS_FILL_FOR_OTHERS,
        Right.BANKS_COMMENT,
        Right.BANKS_APPROVE,
        Right.BANKS_CORRECT,
    ),
    "Пары и группы": (
        Right.PAIRINGS_SEE_ALL,
        Right.PAIRINGS_PROPOSE,
        Right.PAIRINGS_TOPICS,
        Right.PAIRINGS_RECOMMEND,
        Right.PAIRINGS_ANSWER_FOR_OTHERS,
    ),
    "Программы": (
        Right.PROGRAMS_SEE_ALL,
        Right.PROGRAMS_WRITE,
        Right.PROGRAMS_TERM,
        Right.PROGRAMS_ENDORSE,
        Right.PROGRAMS_REMARK,
        Right.PROGRAMS_AGREE,
        Right.PROGRAMS_SUPPORT,
        Right.PROGRAMS_ASSESS,
        Right.PROGRAMS_RETURN,
        Right.PROGRAMS_ACT_FOR_OTHERS,
        Right.PROGRAMS_CHANGE,
        Right.PETITIONS_DECIDE,
        Right.REQUESTS_DECIDE,
        Right.RELATIONSHIPS_SEE,
        Right.RELEASES_DECIDE,
        Right.CONTESTS_DECIDE,
        Right.INCENTIVES_DECIDE,
        Right.DISCIPLINE_SEE,
        Right.DISCIPLINE_DECIDE,
        Right.COUNCIL_TALKS,
        Right.PERSONAL_FILES_OPEN,
        Right.PERSONAL_FILES_RECORD,
        Right.PROGRAMS_PUBLISH,
        Right.PAPER_ENTER,
        Right.PAST_LOAD,
    ),
    "Приказы": (
        Right.ORDERS_SEE_ALL,
        Right.ORDERS_DRAFT,
        Right.ORDERS_VISA,
        Right.ORDERS_REGISTER,
        Right.PAPERS_SEE_ALL,
    ),
    "Обучение и партнёры": (
        Right.TRAINING_SEE,
        Right.TRAINING_EDIT,
        Right.PARTNERS_SEE,
        Right.PARTNERS_EDIT,
    ),
    "Дорожная карта и обзор": (
        Right.ROADMAP_SEE,
        Right.ROADMAP_WRITE,
        Right.ROADMAP_APPROVE,
        Right.ACT_DRAFTS_EDIT,
        Right.ACT_DRAFTS_LEAD,
        Right.LEGAL_BASE_EDIT,
        Right.LEGAL_BASE_SETTLE,
        Right.MINUTES_SEE,
        Right.MINUTES_WRITE,
        Right.BODIES_EDIT,
        Right.PRACTICES_WRITE,
        Right.PRACTICES_REVIEW,
        Right.PRACTICES_PUBLISH,
        Right.LIBRARY_WRITE,
        Right.EVENTS_SEE,
        Right.EVENTS_WRITE,
        Right.SURVEYS_SEE,
        Right.SURVEYS_WRITE,
        Right.MONITORING_SEE,
        Right.MONITORING_WRITE,
        Right.MONITORING_ASSESS,
        Right.STATISTICS_KEEP,
        Right.REPORTS_PIPELINE,
        Right.ANNUAL_WRITE,
        Right.ANNUAL_SIGN,
        Right.INDICATORS_EDIT,
        Right.COMPLIANCE_SEE,
        Right.COMPLIANCE_SETTLE,
        Right.INSPECTION_MAKE,
    ),
    "Сайт и справочники": (
        Right.SITE_PREVIEW,
        Right.SITE_DRAFT,
        Right.SITE_EDIT,
        Right.LISTS_EDIT,
        Right.LISTS_SHARE,
        Right.WORKDAYS_EDIT,
        Right.RETENTION_EDIT,
    ),
    "Школа и система": (
        Right.SCHOOL_EDIT,
        Right.ROLES_MANAGE,
        Right.ROLES_SEE,
        Right.ACCOUNTS_INVITE,
        Right.ACCOUNTS_MANAGE,
        Right.ACCESS_RELEASE,
        Right.HEALTH_SEE,
    ),
}


def table() -> list[dict]:
    """Return groups of rows: a right in words and, for each role, whether it has the right."""
    return [
        {
            "title": title,
            "rows": [
                {
                    "words": right.words,
                    "cells": [{"role": ROLES[role][0], "may": right in RIGHTS[role]} for role in ROLES],
                }
                for right in rights
            ],
        }
        for title, rights in GROUPS.items()
    ]


def markdown() -> str:
    """Return «Кто что может» as the README prints it: a line for each right with those who hold it."""
    lines = ["| что | кто |", "|---|---|"]
    for title, rights in GROUPS.items():
        lines.append(f"| **{title}** | |")
        lines += [f"| {right.words} | {', '.join(right.holders)} |" for right in rights]
    return "\n".join(lines)
