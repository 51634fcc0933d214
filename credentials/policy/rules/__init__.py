"""The rules, one file for each part of the policy. Plain Python; they read only the view."""
