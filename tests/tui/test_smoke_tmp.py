import time
from tests.tui.hands import designer
async def test_it(acme, sample):
    t=time.time()
    async with designer(acme) as hands:
        print(time.time()-t); t=time.time()
        print(hands.grid(), hands.place)
        await hands.press("1","2","3","4")
        print(time.time()-t); t=time.time()
        print(hands.place)
        await hands.press("n")
        print(hands.place, hands.session.selected); 
        await hands.type("abc")
        print(hands.flow)
        await hands.press("escape"); print(hands.place)
        print(time.time()-t); t=time.time()
        await hands.press("ctrl+p"); print(hands.picking, hands.place); print(hands.grid())
        await hands.press("escape"); print(hands.picking, hands.place)
        await hands.press("ctrl+p", "ctrl+p", "escape"); print(repr(hands.picking), hands.place)
        await hands.press("1","x"); print(hands.asking); print(hands.grid())
    async with designer(sample, (80,24)) as hands:
        print(hands.grid(), hands.place)
