"""Duties that the Положение itself asks for: offered filled in, never asked for as empty fields (п. 3.2, 3.4)."""

from people.rights import CURATOR, SYSADMIN
from roadmap.duties.models import RegularDuty

Cadence = RegularDuty.Cadence
SAMPLES = (
    {
        "name": "Проверка банков наставников и наставляемых",
        "cadence": Cadence.YEARLY,
        "month": 9,
        "day": 20,
        "role": CURATOR,
        "ahead": 20,
        "expected": "записи о проверке обоих банков",
        "proof_kinds": ["bank_mentor", "bank_mentee"],
        "ground": "п. 3.4: не реже одного раза в год",
    },
    {
        "name": "Проверка журналов встреч и часов наставничества",
        "cadence": Cadence.QUARTERLY,
        "day": 31,
        "role": CURATOR,
        "ahead": 10,
        "expected": "справка о проверке журналов",
        "proof_kinds": ["paper"],
        "ground": "п. 3.4: контроль проведения наставничества",
    },
    {
        "name": "Сверка согласий участников",
        "cadence": Cadence.YEARLY,
        "month": 10,
        "day": 10,
        "role": CURATOR,
        "ahead": 14,
        "expected": "реестр согласий с отметкой о сверке",
        "proof_kinds": ["paper"],
        "ground": "п. 3.2: участие и обработка данных только с согласия",
    },
    {
        "name": "Школьная конференция или семинар по наставничеству",
        "cadence": Cadence.YEARLY,
        "month": 5,
        "day": 20,
        "role": CURATOR,
        "ahead": 60,
        "expected": "программа и материалы, новость на сайте",
        "proof_kinds": ["news", "paper"],
        "ground": "приложение, этап 6",
    },
    {
        "name": "Проверка страниц о наставничестве на сайте",
        "cadence": Cadence.MONTHLY,
        "day": 25,
        "role": SYSADMIN,
        "ahead": 7,
        "expected": "ссылка на проверенную страницу или снимок экрана",
        "proof_kinds": ["paper"],
        "ground": "п. 8.1, приложение, этап 7",
    },
)
