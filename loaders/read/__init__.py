"""From cells with their headings to rows of the tidy table."""
