"""What a statement's meaning says of its truth, where the checkpoint's veracity model reads vectors."""

from __future__ import annotations

from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.encoder.store import read_encoder
from fake_news.detection.veracity.encoder_head import FILE, SECTION, EncoderHead


class ByMeaning:
    """A veracity head with its encoder.

    Raises
    ------
    CheckpointError
        If the encoder is another than the head was fitted to.
    """

    def __init__(self, head: EncoderHead, encoder: Encoder) -> None:
        head.check_encoder(encoder.identity, encoder.width)
        self._head = head
        self._encoder = encoder

    @classmethod
    def of(cls, checkpoint: Checkpoint, encoder: Encoder | None) -> ByMeaning | None:
        """The model of a checkpoint; ``None`` where words decide.

        Parameters
        ----------
        encoder : the one of its fact-checks, which it shares; where it has none, the model reads one of its own

        Raises
        ------
        CheckpointError
            If the encoder is missing, damaged, or another.
        """
        section = checkpoint.model.get(SECTION)
        if section is None:
            return None
        head = EncoderHead.read(section, checkpoint.arrays(FILE))
        return cls(head, encoder or Encoder(read_encoder(head.encoder, checkpoint.path.parent)))

    def __call__(self, statement: str) -> float:
        """Log-odds of true, not calibrated."""
        return float(self._head(self._encoder([statement]))[0])
