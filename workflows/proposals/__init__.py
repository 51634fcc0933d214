"""What people do with a proposal, from its submission to its publication or withdrawal."""
