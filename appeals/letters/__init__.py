"""Letters of a case: drawn up from the procedures' texts, issued once, set as accessible PDF."""
