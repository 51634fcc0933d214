"""What the ground floor announces, after commit, to whoever listens."""

from django.dispatch import Signal

version_published = Signal()
"""Sent once a version is committed. Arguments: sender (PublishedVersion), version."""
