"""The registers of governance: decisions, motions, approvals, versions, reviews."""
