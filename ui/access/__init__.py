"""Who may come in and what they may do; docs/security.md describes it for the people who run it."""
