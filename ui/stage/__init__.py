"""The stage: stories arranged, frozen to one vintage and shown full screen, in a meeting or on a wall."""
