"""Where stored files belong: kind of papers, the day of the paper, the day from which its term of keeping runs.

Every foreign key to a stored file is named here, or among those that are not kept as papers, with the reason; a file
that nothing claims is listed by the day when it came in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, DateField, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from mentoring_site.models import EvidenceRevision, Export, ReplacedFile, StoredFile
from people.consents.destruction.models import Destruction
from people.consents.models import Consent
from people.photos.models import Photo
from people.retention.models import RetentionTerm
from people.school.models import School
from people.staff_list.models import StaffImport
from programs.catalogs.models import TemplateActivity
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.program.models import Activity, Program
from reports.documents.local_acts.models import LocalAct
from reports.documents.packages.models import Package
from reports.inspection.models import Folder
from reports.monitoring.models import Monitoring
from reports.opinions.models import UnionOpinion
from reports.orders.models import Order
from reports.orders.presenters import KEPT_AS
from reports.orders.scans.models import ScanSource
from reports.orders.signatures.models import DetachedSignature
from reports.past.models import PastImport
from roadmap.council.models import Minutes
from roadmap.legal_base.models import LegalAct
from roadmap.partners.models import PartnerAgreement
from roadmap.regulation.models import Regulation
from roadmap.training.models import TrainingImport


@dataclass(frozen=True)
class Source:
    """Files of one column: the kind of papers, the day of each, since when its term runs (None: not by itself)."""

    code: str
    label: str
    model: type[Model]
    column: str
    term: str = ""
    day: str = ""
    since: tuple[str, ...] = ()

    def rows(self) -> QuerySet:
        """Return the rows that have the file of the outer query."""
        return self.model._base_manager.filter(**{self.column: OuterRef("pk")}).order_by("pk")


ORDERS, AGREEMENTS, OTHER = "orders", "agreements", "other"
MAIN, STAFF = KEPT_AS[Order.Series.MAIN], KEPT_AS[Order.Series.STAFF]
SOURCES = (
    Source("consents", "Согласия", Consent, "scan", "consent", "given_on", ("ended_on",)),
    Source(ORDERS, "Приказы", Order, "scan", MAIN, "date", ("date",)),
    Source(ORDERS, "Приказы", Order, "pdf", MAIN, "date", ("date",)),
    Source(ORDERS, "Приказы", DetachedSignature, "paper", MAIN, "order__date", ("order__date",)),
    Source(ORDERS, "Приказы", DetachedSignature, "file", MAIN, "order__date", ("order__date",)),
    Source("minutes", "Протоколы", Minutes, "scan", "minutes", "held_on", ("held_on",)),
    Source("opinions", "Мнения профсоюза", UnionOpinion, "paper", MAIN),
    Source(ORDERS, "Приказы", Monitoring, "order_scan", MAIN),
    Source("minutes", "Протоколы", Monitoring, "minutes_scan", "minutes", "minutes_on", ("minutes_on",)),
    Source(
        AGREEMENTS,
        "Соглашения с наставниками",
        MentorAgreement,
        "scan",
        "agreement",
        "signed_on",
        ("closed_on", "ends_on"),
    ),
    Source(
        AGREEMENTS,
        "Соглашения с наставниками",
        MentorAgreement,
        "assignment_scan",
        "agreement",
        "assigned_on",
        ("closed_on", "ends_on"),
    ),
    Source(AGREEMENTS, "Соглашения с наставниками", Notice, "scan", "agreement"),
    Source("programs", "Программы", Program, "grif_scan", "program", "order_date", ("ended_on",)),
    Source("programs", "Программы", Activity, "materials", "program", "", ("program__ended_on",)),
    Source("acts", "Положение и локальные акты", Regulation, "scan", "local_act"),
    Source("acts", "Положение и локальные акты", LocalAct, "file", "local_act"),
    Source("destructions", "Акты об уничтожении", Destruction, "paper", "destruction", "", ("approved_at",)),
    Source("destructions", "Акты об уничтожении", Destruction, "log", "destruction", "", ("approved_at",)),
    Source("photos", "Фотографии", Photo, "file"),
    Source("lists", "Загруженные списки", StaffImport, "file"),
    Source("lists", "Загруженные списки", TrainingImport, "file"),
    Source("lists", "Загруженные списки", PastImport, "file"),
    Source("materials", "Материалы образцов программ", TemplateActivity, "materials"),
    Source("law", "Тексты правовых актов", LegalAct, "file"),
    Source("scans", "Стопки сканов", ScanSource, "file"),
)
NO_PAPERS: tuple[tuple[type[Model], str], ...] = ((Export, "file"), (Package, "file"), (Folder, "file"))
"""Files made for a while on somebody's demand: they go by themselves and stand in no inventory."""
PARTNERS, JOURNALS, ROADMAP, REPLACED = "partners", "journals", "roadmap", "replaced"
KINDS = tuple(
    {
        **{source.code: source.label for source in SOURCES},
        PARTNERS: "Договоры с партнёрами",
        JOURNALS: "Подтверждения программ и журналов",
        ROADMAP: "Подтверждения дорожной карты, событий и обучения",
        REPLACED: "Заменённые сканы",
        OTHER: "Прочие файлы",
    }.items()
)
TERMS = {PARTNERS: "partner_agreement", JOURNALS: "journal", ROADMAP: "plan"}
"""Kind of document in the table of terms of files that stand as evidence."""


def _evidence(**of: str) -> QuerySet:
    found = EvidenceRevision.objects.filter(file=OuterRef("pk"))
    return found.filter(**{f"evidence__object_type__{name}": value for name, value in of.items()}).order_by("pk")


def _agreement_ends() -> QuerySet:
    """The end of the agreement with a partner that the file of the outer query stands for."""
    keys = _evidence(app_label="roadmap", model="partneragreement").filter(file=OuterRef(OuterRef("pk")))
    found = PartnerAgreement.objects.filter(pk__in=keys.order_by().values("evidence__object_id"))
    return found.order_by("pk").values("ended_on")


def inventory() -> QuerySet[StoredFile]:
    """Return the stored files with what the inventory tells of each.

    ``kind``, ``day``, ``since`` and ``term``; the columns of its term of keeping (``term_kind``, ``term_years``,
    ``term_from_day``, ``term_commission``, ``term_article``) and ``source_of_archive``.
    """
    files = StoredFile.objects.all()
    for model, column in NO_PAPERS:
        files = files.exclude(Exists(model._base_manager.filter(**{column: OuterRef("pk")}).order_by()))
    files = files.annotate(
        kind=_kinds(), day=Coalesce(*_days(), TruncDate("uploaded_at")), since=Coalesce(*_since()), term=_terms()
    )
    terms = RetentionTerm.objects.filter(code=OuterRef("term"))
    return files.annotate(
        term_kind=Subquery(terms.values("kind")[:1]),
        term_years=Subquery(terms.values("years")[:1]),
        term_from_day=Subquery(terms.values("from_day")[:1]),
        term_commission=Subquery(terms.values("by_commission")[:1]),
        term_article=Subquery(terms.values("article")[:1]),
        source_of_archive=Subquery(School.objects.order_by("pk").values("archive_source")[:1]),
    )


def _kinds() -> Case:
    whens = [When(Exists(source.rows().order_by()), then=Value(source.code)) for source in SOURCES]
    whens += [
        When(Exists(_evidence(app_label="roadmap", model="partneragreement").order_by()), then=Value(PARTNERS)),
        When(Exists(_evidence(app_label="programs").order_by()), then=Value(JOURNALS)),
        When(Exists(_evidence().order_by()), then=Value(ROADMAP)),
        When(Exists(ReplacedFile.objects.filter(file=OuterRef("pk")).order_by()), then=Value(REPLACED)),
    ]
    return Case(*whens, default=Value(OTHER), output_field=CharField())


def _terms() -> Case:
    """The kind of document; orders differ by their series."""
    staff = Order.objects.filter(Q(scan=OuterRef("pk")) | Q(pdf=OuterRef("pk")), series=Order.Series.STAFF).order_by()
    whens = [When(Exists(staff), then=Value(STAFF))]
    whens += [When(kind=code, then=Value(term)) for code, term in _terms_of(SOURCES).items() if term]
    whens += [When(kind=code, then=Value(term)) for code, term in TERMS.items()]
    return Case(*whens, default=Value(""), output_field=CharField())


def _terms_of(sources: Sequence[Source]) -> dict[str, str]:
    return {source.code: source.term for source in sources}


def _days() -> list[Subquery]:
    return [Subquery(s.rows().values(s.day)[:1], output_field=DateField()) for s in SOURCES if s.day]


def _since() -> list:
    found: list = []
    for source in SOURCES:
        if len(source.since) > 1:
            ends = source.rows().annotate(end=Coalesce(*(F(name) for name in source.since))).values("end")
        elif source.since == ("approved_at",):
            ends = source.rows().annotate(end=TruncDate("approved_at")).values("end")
        elif source.since:
            ends = source.rows().values(source.since[0])
        else:
            continue
        found.append(Subquery(ends[:1], output_field=DateField()))
    return [*found, Subquery(_agreement_ends()[:1], output_field=DateField())]
