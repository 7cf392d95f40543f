"""No animation is no wait: where animations are off, values are set at once.

Textual's animator sets them at the next sixtieth of a second and draws what was there before until then: a field that
the focus goes to came into sight 18 ms after it had the focus, by a second drawing.
"""

from typing import Any

from textual._animator import Animator


class AtOnce(Animator):
    """An animator that does not wait where there is nothing to animate."""

    def animate(self, obj: object, attribute: str, value: Any, **how: Any) -> None:
        if self.app.animation_level != "none" or how.get("delay"):
            super().animate(obj, attribute, value, **how)
            return
        final = how.get("final_value", ...)
        setattr(obj, attribute, value if final is ... else final)
        if (done := how.get("on_complete")) is not None:
            self.app.call_later(done)
