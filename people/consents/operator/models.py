"""What the system does not know itself and the notice to Роскомнадзор asks for (152-ФЗ, ст. 22, ч. 3): one row."""

from django.db import models

PURPOSE = "организация и проведение наставничества педагогических работников; кадровый учёт в части наставничества"
PEOPLE = "работники школы; кандидаты в наставники и наставляемые; наставники, которые работают в других организациях"
ACTIONS = (
    "сбор, запись, систематизация, накопление, хранение, уточнение, извлечение, использование, передача, "
    "блокирование, удаление, уничтожение; с отдельного согласия — распространение"
)
MEASURES = (
    "назначено лицо, ответственное за организацию обработки; доступ по ролям и личным учётным записям, второй "
    "фактор у руководителей и администраторов; журнал действий и просмотров; резервные копии; обработка в базе на "
    "территории Российской Федерации"
)


class OperatorNotice(models.Model):
    """Words of the notice that the school settles; the rest is computed from the system."""

    purpose = models.TextField("цель обработки", max_length=2000, default=PURPOSE)
    people = models.TextField("категории людей", max_length=2000, default=PEOPLE)
    actions = models.TextField("действия с данными", max_length=2000, default=ACTIONS)
    measures = models.TextField("меры защиты (ст. 18.1 и 19)", max_length=2000, default=MEASURES)
    place = models.CharField("где находится база данных", max_length=300, blank=True)
    responsible = models.CharField("ответственный за обработку", max_length=300, blank=True)
    contacts = models.CharField("его телефон, почтовый адрес, e-mail", max_length=300, blank=True)
    started_on = models.DateField("дата начала обработки", null=True, blank=True)
    ends = models.CharField("срок или условие прекращения", max_length=300, default="прекращение деятельности школы")
    version = models.PositiveIntegerField("версия", default=1, editable=False)

    class Meta:
        verbose_name = "сведения для уведомления Роскомнадзора"
        verbose_name_plural = "сведения для уведомления Роскомнадзора"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_operator_notice")]

    def __str__(self) -> str:
        return "сведения для уведомления Роскомнадзора"

    @property
    def is_saved(self) -> bool:
        """Whether the school has settled the words."""
        return not self._state.adding

    @classmethod
    def get(cls) -> "OperatorNotice":
        """Return the row, or one with what is proposed, not saved."""
        return cls.objects.first() or cls(pk=1)
