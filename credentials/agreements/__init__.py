"""Responsibilities agreements: versions, signatures, invitations and reminders (MC-6)."""
