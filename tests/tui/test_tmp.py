import sys; sys.path.insert(0,'.')
from tests.tui.hands import designer
async def test_a(acme):
    async with designer(acme) as h:
        await h.open_flow("off")
        await h.press("2","shift+tab","shift+tab","shift+tab","end"); print(h.place)
        await h.type("The quick brown fox"); print(h.flow.name)
        await h.press("escape","3","a"); await h.choose("note"); print(h.place)
        await h.type("The quick brown fox"); print(h.flow.steps)
        await h.quickly("x","escape","up"); print(h.flow.steps)
