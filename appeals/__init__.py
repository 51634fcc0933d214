"""How a decision about a learner is contested (AP-1, AP-2). Built on workflows and credentials."""
