"""Refusals. Each carries a sentence for the person, saying what to do instead."""


class CodeRefused(Exception):
    """A one-time code is not sent or not accepted."""


class TooMany(Exception):
    """Something was asked for too often from one place."""
