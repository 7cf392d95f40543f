"""What commands there are, known without click, which takes long to import."""

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "init": "Make a small workspace to start from.",
    "match": "Say which flows events start, and why not the others.",
    "simulate": "Play a scenario and print its transcript.",
    "test": "Play all scenarios and say whether they are as expected.",
    "schema": "Print the JSON Schema of a file, for editors.",
}
"""The commands, each in a module of its name, with what help says of it."""
