"""Which papers of the application cite which act: read from their templates, so that none is forgotten (п. 9.2).

An order is compared with the base by itself before it is signed; the texts of consents, agreements and notices stand in
templates, which change with a new version of the application: when an act of theirs ends, the curator is told.
"""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

from roadmap.legal_base.citations import Base, Citation, found_in
from roadmap.legal_base.models import LegalAct

FOLDERS = ("documents", "consents")
NAMES = {
    "consents/processing": "согласие на обработку персональных данных",
    "consents/dissemination": "согласие на распространение персональных данных",
    "consents/duties_mentor": "согласие наставника",
    "consents/duties_mentee": "согласие наставляемого",
    "data_answer": "ответ на обращение о персональных данных",
    "destruction": "акт об уничтожении персональных данных",
    "folder_act": "акт приёма-передачи папки документов",
    "explanation_demand": "требование объяснений",
    "hours_memo": "справка о часах наставничества",
    "incident": "уведомление об утечке персональных данных",
    "mentor_agreement": "дополнительное соглашение с наставником",
    "mentor_assignment": "поручение наставнику",
    "mentor_cancellation": "уведомление об отмене поручения",
    "mentor_cooperation": "договор с организацией наставника",
    "mentor_founder_letter": "письмо учредителю",
    "mentor_refusal": "уведомление наставника об отказе",
    "observation": "лист наблюдения урока",
    "operator_notice": "сведения для уведомления Роскомнадзора",
    "protocol": "протокол простой электронной подписи",
    "withdrawal": "отзыв согласия",
    "withdrawal_answer": "ответ на отзыв согласия",
}
_COMMENT = re.compile(r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}|\{#.*?#\}", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>|\{%.*?%\}|\{\{.*?\}\}")


def words_of_template(path: Path) -> str:
    """Return what a template prints, without comments, tags and expressions."""
    text = _TAGS.sub(" ", _COMMENT.sub("", path.read_text(encoding="utf-8"))).replace("&nbsp;", " ")
    return re.sub(r"[^\S\n]+", " ", text)


@cache
def cited_in_templates() -> dict[str, tuple[Citation, ...]]:
    """Return the citations of each paper's template by the key of its name; an edition counts as its paper."""
    root = Path(settings.BASE_DIR, "templates")
    found: dict[str, tuple[Citation, ...]] = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.html")):
            parts = path.relative_to(root).with_suffix("").parts
            key = "/".join(parts[:2]) if folder == "consents" else parts[-1]
            if citations := found_in(words_of_template(path)):
                found[key] = (*found.get(key, ()), *citations)
    return found


def papers_citing(act: LegalAct) -> list[str]:
    """Return the names of the papers whose templates cite the act."""
    base = Base([act])
    cited = cited_in_templates().items()
    return [NAMES.get(key, key) for key, citations in cited if any(base.act_of(citation) for citation in citations)]
