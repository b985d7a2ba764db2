"""What headings mean: names, periods and units, found exactly or reported as unknown."""

from loaders.vocabulary.book import Aliases, Vocabulary
from loaders.vocabulary.keys import is_partial, key
from loaders.vocabulary.names import Names
from loaders.vocabulary.units import Unit

__all__ = ["Aliases", "Names", "Unit", "Vocabulary", "is_partial", "key"]
