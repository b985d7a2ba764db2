"""Forms to be filled in: written as a workbook, recognised when they come back."""
