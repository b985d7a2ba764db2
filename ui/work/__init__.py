"""Work for analysts: files to drafts, drafts to releases. What matters is in the store, not in the session."""
