"""Verifying the record: everything that stands in it is computed anew and compared (law 3).

`manage.py verify_record` runs it. Each check says one sentence for each thing that is wrong, and
needs the same memory however much there is.
"""
