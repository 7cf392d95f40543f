from hypothesis import given
from hypothesis import strategies as st
from tests import strategies

from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.workbench.flow_order import ORDERS, natural, order_key


def test_numbers_are_counted() -> None:
    assert sorted(["Rule 100", "rule 99", "Rule 7b", "Rule 007a"], key=natural) == [
        "Rule 007a",
        "Rule 7b",
        "rule 99",
        "Rule 100",
    ]
    assert natural("9" * 10_000) > natural("8" * 10_000), "however long"


@given(st.lists(st.text("a1 0é"), max_size=6))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert len(sorted(names, key=natural)) == len(names), "any two can be compared"


def flow(name: str, event: str, channel: str, enabled: bool = True) -> Flow:
    trigger = Trigger(event=event, channel=channel)  # type: ignore[arg-type]
    return Flow(id=name.lower(), name=name, trigger=trigger, enabled=enabled)


FLOWS = [
    flow("C", "conversation_created", "whatsapp"),
    flow("A", "message_created", "sms"),
    flow("B", "conversation_created", "email", enabled=False),
]


def test_every_order() -> None:
    found = {
        order: "".join(each.name for each in sorted(FLOWS, key=order_key(order, strategies.CONFIG))) for order in ORDERS
    }
    assert found == {"name": "ABC", "event": "BCA", "channel": "BAC", "state": "ACB"}
