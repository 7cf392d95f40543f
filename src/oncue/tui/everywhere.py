"""The shortcuts that work everywhere: the context ``app`` of `oncue.tui.shortcuts`."""

from oncue.tui.shortcut import (
    Shortcut,
    always,
    never,
    open_flow,
    problems,
    read,
    redoable,
    scenarios,
    some_flow,
    undoable,
    unsaved,
)

EVERYWHERE: tuple[Shortcut, ...] = (
    Shortcut("app.save", "app", "ctrl+s,s", "save", "Save", "Save all unsaved flows", unsaved, 1),
    Shortcut("app.undo", "app", "ctrl+z,u", "undo", "Undo", "Undo the last edit", undoable, 3),
    Shortcut("app.redo", "app", "ctrl+y,y", "redo", "Redo", "Redo the edit that was undone last", redoable, 5),
    Shortcut(
        "app.help", "app", "f1,question_mark", "help", "Help", "All keys that work here; enter runs one", always, 1
    ),
    Shortcut("app.palette", "app", "ctrl+p,colon", "palette", "Commands", "Find and run any command", never, 3),
    Shortcut("app.jump", "app", "ctrl+o,g", "jump", "Jump", "Label everything, then press its letter", read, 4),
    Shortcut("app.filter", "app", "slash", "filter", "Filter", "Filter the flows", some_flow, 3),
    Shortcut("app.new", "app", "n", "screen.new_flow", "New flow", "Make a new flow", read, 2),
    Shortcut("app.goto", "app", "f", "goto", "Find flow", "Open a flow by name", some_flow),
    Shortcut("app.pane1", "app", "1", "pane(1)", "Flows", "Go to the flows", read),
    Shortcut("app.pane2", "app", "2", "pane(2)", "Trigger", "Go to the trigger", read),
    Shortcut("app.pane3", "app", "3", "pane(3)", "Steps", "Go to the steps", read),
    Shortcut("app.pane4", "app", "4", "pane(4)", "Simulator", "Go to the simulator", read),
    Shortcut("app.pane5", "app", "5", "pane(5)", "Problems", "Go to the problems", problems),
    Shortcut(
        "app.next_pane", "app", "f6,right_square_bracket", "next_pane(1)", "Next pane", "Go to the next pane", read
    ),
    Shortcut(
        "app.prev_pane",
        "app",
        "f5,left_square_bracket",
        "next_pane(-1)",
        "Previous pane",
        "Go to the previous pane",
        read,
    ),
    Shortcut("app.back", "app", "escape", "back", "Back", "From a field to its pane, from there to the flows", read),
    Shortcut(
        "app.scenarios",
        "app",
        "equals_sign",
        "scenarios",
        "Scenarios",
        "List how all scenarios stand; enter goes to the first event that is not as expected",
        scenarios,
        4,
    ),
    Shortcut(
        "app.review",
        "app",
        "D",
        "screen.review",
        "Changes",
        "Show what saving would write; discard the edits of a flow",
        unsaved,
        4,
    ),
    Shortcut(
        "app.history", "app", "H", "screen.history", "History", "Compare and restore what earlier saves replaced", read
    ),
    Shortcut("app.toml", "app", "F", "screen.toml", "File", "Show the flow's file as it would be saved", open_flow),
    Shortcut(
        "app.editor",
        "app",
        "f4,O",
        "screen.editor",
        "Editor",
        "Edit the flow, step or file in $EDITOR",
        read,
    ),
    Shortcut("app.coverage", "app", "C", "screen.coverage", "Coverage", "Show which flows answer which events", read),
    Shortcut(
        "app.causes", "app", "G", "screen.causes", "Causes", "Show what starts the flow, and what it starts", open_flow
    ),
    Shortcut(
        "app.export",
        "app",
        "X",
        "screen.export",
        "Export",
        "Show what other systems would be given; copy or write it",
        read,
    ),
    Shortcut("app.copy", "app", "Y", "screen.copy", "Copy", "Copy the id, sentence, file, transcript or command", read),
    Shortcut("app.zoom", "app", "Z", "zoom", "Zoom", "Give one pane the whole screen, or take it back", read),
    Shortcut("app.workspaces", "app", "W", "app.workspaces", "Workspaces", "Open another workspace", always),
    Shortcut("app.said", "app", "semicolon", "screen.said", "Messages", "List what was said, the last first", always),
    Shortcut("app.theme", "app", "f9", "theme", "Theme", "Choose a colour theme; the choice is kept", always),
    Shortcut("app.reload", "app", "f8", "reload", "Reload", "Read the folder again; unsaved edits stay", always),
    Shortcut("app.redraw", "app", "ctrl+l,f12", "app.redraw", "Redraw", "Draw the whole screen again", always),
    Shortcut("app.quit", "app", "ctrl+q,q", "app.quit", "Quit", "Quit; asks if something is unsaved", always, 4),
)
