"""What a tidy table is: schema, printed values with bounds, periods, measures and checks."""

import pandas as pd

# Tables here are short and asked for single texts, which columns of Arrow make anew each time.
pd.options.mode.string_storage = "python"
