"""The commands, in a table that does without click, which takes long to import."""

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "init": "Make a small workspace to start from.",
    "check": "Find what is wrong with a workspace, and mend what can be mended.",
    "match": "Show which flows events start, and why not the others.",
    "simulate": "Run a scenario and print its transcript.",
    "test": "Run all scenarios and check what they expect.",
    "coverage": "Show how many flows answer each kind of event.",
    "diff": "Show which events start other flows in another version.",
    "graph": "Show which flow causes which, and where that goes round.",
    "convert": "Convert captured webhooks of other platforms to events.",
    "export": "Write flows as other systems configure them, and say what is lost.",
    "import": "Make flows of what other systems exported.",
    "schema": "Print the JSON Schema of a file, for editors.",
}
"""Each command is in a module of its name, or of it and ``_`` if it is a keyword. The value is its line in help."""
