"""News text in, whatever it comes in: `read_documents` is the way in.

``find`` says which files an input stands for; ``plaintext``, ``webpage``, ``jsonlines``, ``delimited``, ``parquet``
and ``hub`` each read one form; ``decode`` turns bytes into text; ``columns`` tells which column of a table holds what;
``rows`` makes a `Document` of a row; ``oddities`` sees what spoils a text; and ``read`` puts them together.
"""

from pipeline.ingest.columns import Columns
from pipeline.ingest.read import read_documents

__all__ = ["Columns", "read_documents"]
