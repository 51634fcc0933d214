"""Refusals that a person can act on."""


class AgreementRefused(Exception):
    """What was asked of an agreement cannot be done; the message says why and what to do."""
