"""How many there are of something, in words."""


def counted(number: int, one: str, more: str = "") -> str:
    """Return a number with its noun, which is `more` unless there is `one`; else that with an s."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
