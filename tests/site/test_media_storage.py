"""Where uploads are kept: their public addresses last as long as what is published."""

import pytest

from config.environment import media_storage


def test_addresses_in_a_bucket_do_not_expire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_BUCKET", "uploads")
    assert media_storage()["OPTIONS"]["querystring_auth"] is False
