"""The demonstration: a believable catalogue of an invented university, loaded by `load_demo`.

What it holds is in `data/`, one TOML file per subject; docs/guides/demo.md says how to add to it.
"""
