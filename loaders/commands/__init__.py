"""The commands of ``python -m loaders``, one a file; each has ``run(argv)``."""
