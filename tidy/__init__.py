"""What a tidy table is: schema, printed values with bounds, periods, measures and checks."""
