"""Keys of keyboard layouts without Latin letters, as the key at the same place of the American one.

Who writes to customers in Russian or Greek has that layout on while commands are pressed, and a shortcut is a place
under the fingers. Signs that several layouts have at different places, such as the full stop, stay what they are.
Layouts as in the standard definitions of xkeyboard-config.
"""

_LAYOUTS = (
    # Russian, and the letters that Ukrainian has in the place of some of its letters.
    ("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"),
    ("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ", 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'),
    ("іїєІЇЄ", "s]'S}\""),
    # Greek
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    ("ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"),
    # Hebrew, and Arabic without its ligature on the key of b
    ("קראטוןםפשדגכעיחלךזסבהנמצ", "ertyuiopasdfghjklzxcvbnm"),
    ("ضصثقفغعهخحشسيبلاتنمئءؤرىة", "qwertyuiopasdfghjklzxcvnm"),
)
_LATIN = {letter: key for letters, keys in _LAYOUTS for letter, key in zip(letters, keys, strict=True)}


def at_same_place(letter: str) -> str:
    """The character of the American layout on the key of ``letter``; nothing if it is none of these layouts."""
    return _LATIN.get(letter, "")
