"""From a file to tidy observations and problems: spreadsheets and narrative reports."""
