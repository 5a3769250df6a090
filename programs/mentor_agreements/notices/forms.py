"""Forms of notices of an early end (ТК 351.8)."""

from django import forms
from django.utils import timezone

from mentoring_site.files import ScanFormField
from mentoring_site.forms import BaseForm, DateInput, OnceMixin
from people.consents.forms import OwnConsentForm
from people.school import workdays


class NoticeForm(OnceMixin, BaseForm):
    """A notice recorded from paper: when it was received and from when it holds."""

    field_order = ["received_on", "effective_on", "reason", "scan", "request_key"]

    received_on = forms.DateField(label="Когда получено", widget=DateInput, initial=timezone.localdate)
    effective_on = forms.DateField(label="Последний день обязанностей", widget=DateInput)
    reason = forms.CharField(
        label="Причина",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Называть её никто не обязан (статья 351.8 Трудового кодекса)",
    )
    scan = ScanFormField(label="Скан подписанного уведомления", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["effective_on"].initial = workdays.earliest_end(timezone.localdate())
        self.fields["effective_on"].help_text = (
            f"Если получено сегодня — {workdays.no_earlier(timezone.localdate())}: три рабочих дня, день получения не"
            " считается"
        )

    def facts(self) -> dict:
        """Return what the act ``give_notice`` takes besides the scan."""
        data = self.cleaned_data
        return {name: data.get(name) for name in ("received_on", "effective_on", "reason", "request_key")}

    def clean(self):
        """The last day by the calendar of the day on which the notice was received."""
        data = super().clean()
        received, effective = data.get("received_on"), data.get("effective_on")
        if received and effective and effective < workdays.earliest_end(received):
            self.add_error(
                "effective_on",
                f"{workdays.no_earlier(received).capitalize()}: предупреждают не менее чем за три рабочих дня, день"
                " получения не считается",
            )
        return data


class OwnNoticeForm(NoticeForm):
    """The mentor's own notice in the application, with the password again."""

    field_order = ["effective_on", "reason", "password", "request_key"]
    password = forms.CharField(
        label="Ваш пароль ещё раз",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Пароль подтверждает, что уведомление подаёте именно Вы",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        del self.fields["received_on"], self.fields["scan"]

    clean_password = OwnConsentForm.clean_password

    def clean(self):
        """The notice is received today."""
        self.cleaned_data["received_on"] = timezone.localdate()
        return super().clean()


class PaperForm(BaseForm):
    """The scan of a signed paper, now or later."""

    scan = ScanFormField(label="Скан подписанной бумаги", required=False)
