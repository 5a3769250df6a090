"""Virtual, at a distance: by which tool, on whose platform, by which link (п. 2.3)."""

from programs.program.kinds.declaration import CHOICE, LINE, LINK, Ask, Declaration

PLATFORMS = (("own", "своя: сервер школы"), ("outside", "внешняя"))


def _lacking(program, answers):
    if answers.get("platform") == "outside" and not answers.get("agreed"):
        return ["не написано, чья внешняя платформа и что на ней нельзя показывать"]
    return []


VIRTUAL = Declaration(
    "virtual",
    "Общаются на расстоянии: видеоконференции, платформы для обучения, сообщества, порталы. В программе сказано, чем"
    " пользуются, своя это платформа или внешняя и что по ней не передают.",
    (
        Ask("tool", "Чем пользуются", "Видеозвонок, обмен записями, чат: название программы или сайта", type=LINE),
        Ask("platform", "Платформа", type=CHOICE, choices=PLATFORMS),
        Ask(
            "agreed",
            "Чья внешняя платформа и чего по ней не передают",
            "Например: российский сервис; записи уроков с детьми — только с согласия родителей",
            required=False,
        ),
        Ask(
            "link",
            "Постоянная ссылка",
            "Если она уже есть. На бумаге не печатается",
            type=LINK,
            required=False,
            printed=False,
        ),
    ),
    lacking=_lacking,
)
