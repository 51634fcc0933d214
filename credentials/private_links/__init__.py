"""Private links with one-time codes, for people without an account (ADR 62).

Whoever uses this room declares two rows and one page. `PrivateLinkRow` says what a link opens,
where its codes go and which links are alike; `OneTimeCodeRow` points to it; `PageBehindCode` shows
what is opened.
"""
