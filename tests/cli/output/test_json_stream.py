import json
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from oncue.cli.output.json_stream import JsonStream
from oncue.workbench.json_values import as_json

values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5)


@given(st.dictionaries(st.text(max_size=5), values | st.lists(values)), st.randoms())
def test_a_stream_writes_what_the_whole_would_be(members: dict[str, object], random: Random) -> None:
    pieces: list[bytes] = []
    stream = JsonStream(pieces.append)
    for name, value in members.items():
        if isinstance(value, list) and random.random() < 0.7:
            stream.begin_list(name)
            for item in value:
                stream.item(item)
            stream.end_list()
        elif random.random() < 0.5:
            stream.encoded_member(name, as_json(value))
        else:
            stream.member(name, value)
    stream.close()
    assert b"".join(pieces) == as_json(members) + b"\n"
    assert json.loads(b"".join(pieces)) == members
