"""What makes the documents and the sample files, and measures the house; never imported by the app."""
