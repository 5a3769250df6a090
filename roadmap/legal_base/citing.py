"""Citations that papers print, from the records of the legal base (docs/law.md#orders-text)."""

from roadmap.legal_base.models import LegalAct


def cite(code: str, case: str, *articles: str) -> str:
    """Return a planted act in a case: «статьёй 351.8 Трудового кодекса Российской Федерации».

    Raises ``LegalAct.DoesNotExist`` for a code that no migration has planted.
    """
    return LegalAct.objects.get(code=code).cited(case, *articles)
