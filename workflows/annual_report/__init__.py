"""The annual report to Academic Council: counted from the record, presented once (CP-3, SH-2)."""
