"""In a group: one mentor and two or more mentees at once (п. 2.3), each with one's own trajectory (п. 1.3, подп. 8)."""

from programs.program.kinds.declaration import Ask, Declaration


def _unfit(program):
    pair = program.pairing.kind == "pair"
    return ["«Наставничество в группе» — от двух наставляемых, а здесь пара"] if pair else []


GROUP = Declaration(
    "group",
    "Один наставник работает с двумя и более наставляемыми одновременно. В программе сказано, что делают вместе и как"
    " учтены затруднения каждого (п. 1.3, подп. 8).",
    (
        Ask("together", "Что группа делает вместе", "Общие встречи, взаимные посещения, разбор записей"),
        Ask("apart", "Что у каждого своё", "Отдельные задания и встречи один на один"),
    ),
    unfit=_unfit,
)
