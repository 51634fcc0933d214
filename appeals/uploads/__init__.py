"""Files that people give: checked by their content, kept privately, given out as downloads."""
