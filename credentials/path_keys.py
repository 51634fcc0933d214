"""Keys in addresses: one that no row can have is not found, where the database would fail on it."""

from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    """`<key:pk>`: a number that every database's key column can hold."""

    regex = "[0-9]{1,9}"
