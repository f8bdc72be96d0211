"""The coder that commands use without a pipeline."""

from collections.abc import Sequence
from pathlib import Path

from schemas.lexicon import Lexicon
from transforms.logic.coding import Coder, load_lexicon


def load_coder(lexicons: Sequence[Path]) -> tuple[Coder, Lexicon]:
    """A coder over the built-in lexicon and the folders laid over it in their order, and that lexicon.

    Raises:
        ConfigError: a table of a lexicon is wrong.
    """
    lexicon = load_lexicon(*lexicons)
    return Coder(lexicon), lexicon
