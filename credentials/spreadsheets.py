"""What every table that people open in a spreadsheet needs."""

# A spreadsheet would run a cell that begins so as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert(text: str) -> str:
    """The text as a cell that stays text: a leading apostrophe where it looks like a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class Echo:
    """A file for the CSV writer that hands each line back instead of storing it."""

    def write(self, line: str) -> str:
        return line
