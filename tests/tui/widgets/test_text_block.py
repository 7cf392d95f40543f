from tests.tui.widgets.bare import bench

from oncue.tui.widgets.text_block import TextBlock


async def test_paragraphs_wrap_to_the_width_and_markup_is_text() -> None:
    block = TextBlock([("one two three four", ""), ("[b]five[/b] \x1b[31m", "muted")])
    async with bench(block, (12, 8)) as user:
        assert user.screen == ["one two", "three four", "[b]five[/b]", " ␛[31m"] or "␛" in "".join(user.screen)
        assert "\x1b" not in "".join(user.screen)


async def test_it_grows_and_shrinks_with_its_text() -> None:
    block = TextBlock([("one", "")])
    async with bench(block, (12, 8)) as user:
        block.show([("one two three four", "")])
        await user.pilot.pause()
        assert (block.size.height, user.screen) == (2, ["one two", "three four"])
        block.show([("x", "")])
        await user.pilot.pause()
        assert (block.size.height, user.screen) == (1, ["x"])


async def test_what_has_no_room_in_a_fixed_height_is_cut_with_a_sign() -> None:
    block = TextBlock([("one two three", "error"), ("four five six seven", "")])
    block.styles.height = 2
    async with bench(block, (14, 8)) as user:
        assert user.screen == ["one two three", "four five six…"]
        block.show([("one two three", "")])
        assert user.screen[0] == "one two three"
