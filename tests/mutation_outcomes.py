"""Outcomes of mutation testing for the tests of what is made of them: two flows that run, one that is off."""

from tests.builders import CREATED, TWO_NUMBERS, flow, message, run_events, scripted, workspace

from oncue.domain.flows import Flow
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.values import replaced
from oncue.matching.matcher import compile_matcher
from oncue.simulation.mutation_testing import check_mutants
from oncue.workbench.mutation_outcome import MutationOutcome

START = scripted(CREATED, instance="shop", expect=())
WROTE = scripted(message(), instance="shop", expect=("reply",))
REPLY = flow("reply", by="contact", instance="shop")
WELCOME = flow("welcome", "conversation_created", channel="email")
OFF = flow("off", by="contact", instance="shop", enabled=False)


def report(
    *events: ScenarioEvent, flows: tuple[Flow, ...] = (REPLY, WELCOME, OFF), shop: str = "Shop"
) -> MutationOutcome:
    instances = [replaced(each, name=shop) if each.id == "shop" else each for each in TWO_NUMBERS.instances]
    where = workspace(*flows, config=replaced(TWO_NUMBERS, instances=tuple(instances)))
    matcher, result = compile_matcher(where), run_events(where, *events)
    unused = [] if result.ok else [result.scenario.id]
    return MutationOutcome(where, matcher, list(check_mutants(where, matcher, [result])), unused)
