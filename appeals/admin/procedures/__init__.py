"""The pages on which a version of the procedures is written, compared and adopted."""
