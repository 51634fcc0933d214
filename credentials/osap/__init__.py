"""Requests for OSAP: the Department's records, what the ministry decided, what the public is told.

Operations check that the person is of the Department, write an event, and say it to the public
where that changes (MC-5, GB-2).
"""
