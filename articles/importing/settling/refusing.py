"""How the settling says no."""


class CannotSettle(Exception):
    """That nothing was changed; its text tells an editor why."""
