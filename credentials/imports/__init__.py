"""Importing offerings from a spreadsheet as drafts: all of it or nothing, safe to repeat.

reading (file -> rows) -> mapping (columns -> fields) -> checking (rows -> values or problems)
-> writing (values -> drafts). The command and the admin pages drive the same steps.
"""
