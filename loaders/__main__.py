import json, sys
from pathlib import Path
from loaders.cells import cells
for f in sys.argv[2:]:
    for c in cells(Path(f)):
        print(json.dumps(c, ensure_ascii=False))
