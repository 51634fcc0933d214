"""Settings: `base` is shared, `dev`, `test` and `production` say what differs."""
