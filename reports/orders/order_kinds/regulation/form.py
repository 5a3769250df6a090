"""The form of an order that approves the Положение."""

from django import forms
from django.db.models import F
from django.utils import timezone

from mentoring_site.files import UploadFormField
from people.school.models import School
from reports.orders.drafting.typed_form import PersonField, TypedOrderForm
from reports.orders.order_kinds.regulation.draft import ApprovalRow, RegulationDraft
from roadmap.legal_base.models import LegalAct
from roadmap.plan.models import Roadmap
from roadmap.regulation.acts import SHORTEST
from roadmap.regulation.approvals import ApprovalsMixin
from roadmap.regulation.models import Regulation
from roadmap.regulation.sample import sample_text, text_of_docx

MOST = 150_000  # characters
LARGEST_FILE = 2 * 1024 * 1024
FORMER = "Положение о системе наставничества педагогических работников"


class RegulationForm(ApprovalsMixin, TypedOrderForm):
    """The text of the Положение; the same order may approve the roadmap and appoint the curator (п. 3.1, 3.3)."""

    text = forms.CharField(
        label="Текст Положения",
        min_length=SHORTEST,
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Каждый абзац с новой строки: он будет приложением к приказу. Заголовок «# Приложение» начинает лист",
    )
    file = UploadFormField(
        label="Свой текст файлом",
        required=False,
        help_text="DOCX до 2 МБ: его абзацы и таблицы встанут вместо текста выше. Поправить их можно будет в проекте",
    )
    since = forms.DateField(
        label="Вводится в действие с", help_text="Не раньше дня подписания; дата самого приказа — день подписания"
    )
    former = forms.CharField(
        label="Что утрачивает силу",
        max_length=300,
        required=False,
        help_text="Полное название прежнего акта, без даты и номера приказа: их программа допишет",
    )
    ground = forms.TypedChoiceField(
        label="Каким актом вызваны изменения",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Приказ сошлётся на него (п. 9.2). Нет в списке — сначала внесите акт в правовую базу",
    )
    why = forms.CharField(
        label="Что изменилось",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Коротко, для тех, кто будет читать новую редакцию",
    )
    roadmap = forms.TypedChoiceField(
        label="Утвердить тем же приказом дорожную карту", required=False, coerce=int, empty_value=None
    )
    main = PersonField("Назначить тем же приказом куратором", required=False)
    draft_class = RegulationDraft
    people = {"main": "main"}
    conditional = {"former", "text"}

    def __init__(self, *args, **kwargs):
        initial, proposal = {}, kwargs.get("proposal")
        if proposal is None:
            now = Regulation.objects.filter(state=Regulation.State.APPROVED).first()
            initial = {
                "text": now.text if now else sample_text(School.get()),
                "since": timezone.localdate(),
                "former": (now.title if now else FORMER) if self._replaces() else "",
            }
            marks = now.approvals if now else []
            marks = [{**row, "number": "", "date": ""} for row in marks]  # the same bodies, new minutes
        else:
            marks = proposal.draft.marks
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.add_approval_fields(marks)
        today = timezone.localdate()
        acts = LegalAct.objects.of_school().in_force_on(today).order_by(F("date").desc(nulls_last=True), "pk")
        self.fields["ground"].choices = [("", "не актом"), *((act.pk, act.name) for act in acts)]
        if not self._replaces():
            del self.fields["ground"], self.fields["why"]
        ready = Roadmap.objects.filter(state=Roadmap.State.SUBMITTED)
        self.fields["roadmap"].choices = [("", "нет"), *((r.pk, str(r)) for r in ready)]

    @staticmethod
    def _replaces() -> bool:
        school = School.get()
        return bool(school and school.has_regulation)

    def clean_file(self):
        """The words of a DOCX; another kind of file holds no text that an order could print."""
        upload = self.cleaned_data["file"]
        if not upload:
            return None
        if not upload.name.lower().endswith(".docx") or upload.size > LARGEST_FILE:
            raise forms.ValidationError("Нужен файл DOCX до 2 МБ. Сохраните текст в этом виде или вставьте его выше")
        try:
            text = text_of_docx(upload)
        except Exception as error:  # whatever python-docx makes of a damaged archive
            raise forms.ValidationError("Файл не открывается. Сохраните его заново и загрузите ещё раз") from error
        if not SHORTEST <= len(text) <= MOST:
            raise forms.ValidationError("В файле слишком мало или слишком много текста для Положения")
        return text

    def clean(self):
        data = super().clean()
        self.check_approvals(data)
        if text := data.pop("file", None):
            data["text"] = text
        elif not data.get("text") and not {"text", "file"} & self.errors.keys():
            self.add_error("text", "Вставьте текст Положения или загрузите его файлом")
        return data

    def draft(self):
        data = self.cleaned_data
        names = ("text", "since", "roadmap", "former", "ground", "why")
        rows = tuple(ApprovalRow(**row) for row in self.approvals())
        return RegulationDraft(**{name: data[name] for name in names if name in data}, approvals=rows)
