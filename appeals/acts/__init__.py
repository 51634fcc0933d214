"""What is done to cases: each act asks who may, locks the case, and writes one event."""
