"""The table of signs, each rule at its edge."""

from dataclasses import replace

import pytest

from programs.attention.facts import Facts
from programs.attention.rules import GRACE, RULES, State, judge

pytestmark = [pytest.mark.unit, pytest.mark.point("11.10")]
FINE = Facts(program=1, running=60, left=120)
EDGES = [
    # below the edge, at the edge, the weight there, the sentence there
    ({"silent": 13}, {"silent": 14}, 20, "встреч не было 14\xa0дней"),
    ({"silent": 20}, {"silent": 21}, 50, "встреч не было 21\xa0день"),
    ({"overdue": 0}, {"overdue": 1, "overdue_days": 2}, 25, "просрочено 1\xa0мероприятие, самое давнее — на 2\xa0дня"),
    ({"overdue": 2}, {"overdue": 3}, 50, "просрочено 3\xa0мероприятия, самое давнее — на 0\xa0дней"),
    ({"overdue": 1, "overdue_days": 29}, {"overdue": 1, "overdue_days": 30}, 50, None),
    ({"unchecked": 6}, {"unchecked": 7}, 25, "результат ждёт проверки наставника 7\xa0дней"),
    ({"objected": 2}, {"objected": 3}, 25, "о записи встречи не договорились 3\xa0дня"),
    ({"uneasy": None}, {"uneasy": 0}, 25, None),
    ({"uneasy": 6}, {"uneasy": 7}, 50, None),
    ({"uneasy": 0}, {"uneasy": 0, "wants_talk": True}, 50, None),
    ({"asked": 0}, {"asked": 1}, 50, "на просьбу не ответили, срок прошёл 1\xa0день назад"),
    (
        {"stalled": 0, "self_rated": 3},
        {"stalled": 1, "self_rated": 3},
        20,
        "по самооценке не получается или не растёт 1\xa0навык из\xa03",
    ),
    (
        {"stalled": 2, "self_rated": 3},
        {"stalled": 3, "self_rated": 3},
        35,
        "по самооценке не получается или не растёт 3\xa0навыка из\xa03",
    ),
    (
        {"stalled": 1, "self_rated": 2, "left": 14, "completing": True},
        {"stalled": 1, "self_rated": 2, "left": 15},
        20,
        None,
    ),
    ({"marked_low": False}, {"marked_low": True}, 25, "в оценке совета есть «нет»"),
    ({"consent_left": 31}, {"consent_left": 30}, 25, "согласие кончается через 30\xa0дней"),
    ({"consent_left": 8}, {"consent_left": 7}, 50, "согласие кончается через 7\xa0дней"),
    ({"agreement_left": 31}, {"agreement_left": 30}, 25, "соглашение с наставником кончается раньше программы"),
    ({"agreement_open": 6}, {"agreement_open": 7}, 25, "бумаги наставника не готовы 7\xa0дней"),
    ({"left": 15}, {"left": 14}, 25, "до конца программы 14\xa0дней, а завершение не начато"),
    ({"left": 0, "completing": True}, {"left": -1, "completing": True}, 50, "срок программы истёк"),
]


@pytest.mark.parametrize(("below", "at", "weight", "words"), EDGES, ids=[str(at) for _, at, _, _ in EDGES])
def test_each_rule_holds_from_its_edge(below, at, weight, words):
    assert judge(replace(FINE, **below)).weight < weight
    found = judge(replace(FINE, **at))
    assert found.weight == weight
    assert words is None or found.words == words


@pytest.mark.point("11.4")
def test_low_skills_are_no_sign_once_both_rate_blind():
    """Neither in the last fortnight nor when a completion has begun: a sign that goes would tell of an answer."""
    low = replace(FINE, stalled=3, self_rated=3)
    assert [r.code for r in judge(low).reasons] == ["growth"]
    for last in ({"left": 14, "completing": True}, {"completing": True}):
        assert judge(replace(low, **last)).reasons == ()


def test_every_rule_of_the_table_has_its_edge():
    spoken = {(r.code, r.weight) for _, at, _, _ in EDGES for r in judge(replace(FINE, **at)).reasons}
    assert spoken == {(rule.reason, rule.weight) for rule in RULES}


def test_states_add_up_and_only_the_heaviest_rule_of_a_reason_speaks():
    assert judge(FINE).state == State.CALM
    assert judge(replace(FINE, silent=14)).state == State.WATCH
    both = judge(replace(FINE, unchecked=7, objected=3))
    assert (both.weight, both.state) == (50, State.HELP)
    assert [r.weight for r in judge(replace(FINE, silent=40)).reasons] == [50]


@pytest.mark.parametrize("quiet", [{"running": GRACE - 1}, {"idle": True}], ids=["new", "away"])
def test_a_new_pair_and_an_absent_one_are_left_alone_but_terms_of_law_run_on(quiet):
    busy = replace(FINE, silent=40, overdue=4, unchecked=30, objected=9, asked=3, **quiet)
    assert judge(busy).reasons == ()
    law = replace(busy, consent_left=0, agreement_left=3, left=-1)
    assert [r.code for r in judge(law).reasons] == ["consent", "end", "agreement"]
    assert judge(law).reasons[0].words == "согласие кончается сегодня"
    assert judge(replace(busy, running=GRACE, idle=False)).state == State.HELP
