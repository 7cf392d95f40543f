"""The keys of the simulator, and in which states they can do something."""

from oncue.tui.shortcut import Shortcut, when

conversation = when(lambda state: state.timeline is not None, "nothing is installed")
played = when(lambda state: state.timeline is not None and bool(state.timeline.events), "nothing has happened yet")
waiting = when(lambda state: state.simulator.waits, "no flow waits")
ahead = when(lambda state: state.timeline is not None and bool(state.timeline.ahead), "no event is ahead")
several = when(lambda state: len(state.timelines) > 1, "there is one conversation")
listed = when(lambda state: state.simulator.lists_timelines, "there is one conversation")
scenario = when(lambda state: state.timeline is not None and state.timeline.scenario is not None, "no scenario is open")

IN_THE_SIMULATOR: tuple[Shortcut, ...] = (
    Shortcut(
        "simulator.created",
        "simulator",
        "c",
        "fire('conversation_created')",
        "Start",
        "A conversation starts",
        conversation,
        1,
    ),
    Shortcut(
        "simulator.message",
        "simulator",
        "m",
        "ask('message_created')",
        "Message",
        "Somebody writes; asks who, and what is sent",
        played,
        1,
    ),
    Shortcut(
        "simulator.added", "simulator", "a", "ask('participant_added')", "Join", "Somebody joins; asks who", played, 1
    ),
    Shortcut(
        "simulator.removed",
        "simulator",
        "r",
        "ask('participant_removed')",
        "Leave",
        "Somebody leaves; asks who",
        played,
        1,
    ),
    Shortcut(
        "simulator.random",
        "simulator",
        "x",
        "random",
        "Random",
        "A random event that is possible now",
        conversation,
        1,
    ),
    Shortcut("simulator.why", "simulator", "w", "why", "Why not", "Show why the other flows did not run", played, 1),
    Shortcut(
        "simulator.take",
        "simulator",
        "t",
        "take",
        "Apply edit",
        "Apply the edit that would make the flow fire",
        played,
        3,
    ),
    Shortcut(
        "simulator.record",
        "simulator",
        "e",
        "screen.record",
        "Record",
        "Save as a scenario that expects what fired",
        played,
        3,
    ),
    Shortcut(
        "simulator.later",
        "simulator",
        "plus",
        "pass_time('10m')",
        "10 min",
        "Let 10 minutes pass",
        conversation,
        2,
    ),
    Shortcut(
        "simulator.timer",
        "simulator",
        "l",
        "pass_time('')",
        "Next timer",
        "Let time pass until the next flow continues that waits",
        waiting,
        2,
    ),
    Shortcut(
        "simulator.back", "simulator", "backspace,left", "step('back')", "Step back", "Undo the last event", played, 2
    ),
    Shortcut(
        "simulator.forward",
        "simulator",
        "right",
        "step('forth')",
        "Step forward",
        "Play the next event that is ahead",
        ahead,
        2,
    ),
    Shortcut("simulator.all", "simulator", "p", "step('all')", "Play all", "Play all events that are ahead", ahead, 2),
    Shortcut(
        "simulator.clear",
        "simulator",
        "z",
        "clear",
        "Start over",
        "Start over: a scenario from its first event, else empty",
        played,
        2,
    ),
    Shortcut(
        "simulator.open",
        "simulator",
        "o",
        "open",
        "Open",
        "Go to a conversation, a scenario or a new one",
        conversation,
        2,
    ),
    Shortcut(
        "simulator.next_event",
        "simulator",
        "right_curly_bracket",
        "event(1)",
        "Next event",
        "Go to the next event of the conversation",
        played,
        4,
    ),
    Shortcut(
        "simulator.prev_event",
        "simulator",
        "left_curly_bracket",
        "event(-1)",
        "Previous event",
        "Go to the event before",
        played,
        4,
    ),
    Shortcut(
        "simulator.accept",
        "simulator",
        "E",
        "screen.accept",
        "Accept",
        "Expect in the open scenario what happens now",
        scenario,
        3,
    ),
    Shortcut("simulator.next", "simulator", "v", "turn(1)", "Next", "Go to the next conversation", several, 4),
    Shortcut("simulator.close", "simulator", "delete", "close", "Close", "Close the conversation", listed, 4),
    Shortcut(
        "simulator.delivery",
        "simulator",
        "d",
        "deliver",
        "Delivery",
        "Deliver the event twice, late or once",
        played,
        3,
    ),
    Shortcut(
        "simulator.fold", "simulator", "space", "fold(False)", "Fold", "Hide or show what is below the line", played, 3
    ),
    Shortcut(
        "simulator.brief", "simulator", "b", "fold(True)", "Brief", "Show only the events, or everything", played, 3
    ),
)
