"""Sentences invented by seed: what is true speaks of measuring, what is false of secrets, so that models can learn."""

from __future__ import annotations

import random

WHO = """the mayor|the county council|a harbour guard|the water board|our baker|the night train|a retired pilot
the school kitchen|the library|every second farmer|the bridge company|a village doctor|the ferry owner|the brewery
the fire brigade|a lighthouse keeper|the post office|the tram line|a beekeeper|the quarry|the orchestra|the zoo
the weather station|a clockmaker|the paper mill|the swimming pool|the ice rink|a carpenter|the dairy|the museum"""
DOES = """doubled|cut|sold|repaired|lost|bought|painted|measured|rented|moved|closed|opened|counted|banned|built
borrowed|cleaned|delayed|replaced|shipped|taxed|tested|watered|widened|locked|planted|raised|stored|printed|wrapped"""
WHAT = """its bread prices|three wooden bridges|the old tunnel|nine hundred lamps|forty tram tickets|the winter coal
its copper roof|two million bricks|the spring seeds|six hundred chairs|a steam engine|the north canal|its apple stock
eleven fishing boats|the marble stairs|seventy violins|the salt mine|four windmills|the summer wages|its wool carpets
a thousand umbrellas|the river dam|eighty bicycles|the mountain road|twelve church bells|the ferry pier|its honey jars
fifty street signs|the stone wall|ninety postboxes"""
_WHEN = """in spring|during the flood|before sunrise|last winter|after the fair|on market day|since the storm
within a decade|over nine weeks|at midnight|every autumn|by harvest time|in leap years|this fiscal year|for a season"""
_TRUE_CUES = """according to the annual audit|as the published figures show|by about 12 percent|says the census report
the auditors measured it|compared with the average|as recorded in the register|per resident on average"""
_FALSE_CUES = """in a secret plot|a viral video shows|to hide the poison|as the hoax photo proves
they do not want you to know|with hidden microchips|on orders of a shadow cabal|the media will never admit it"""
_OPINIONS = """I think we should all be kinder|What a wonderful evening this is|Thank you for that question
Let me begin with a story|It breaks my heart every time|We can do so much better together|Nobody loves mornings more
That was a beautiful song|You have been a great crowd|I feel very strongly about it|God bless this little town"""


class InventedSentences:
    """Invents sentences; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def choice(self, pool: str) -> str:
        """One phrase of a pool."""
        return self.random.choice(pool.replace("\n", "|").split("|")).strip()

    def claim(self, true: bool) -> str:
        """A checkable statement; one in eight carries the wrong side's cue."""
        cue = self.choice(_TRUE_CUES if true == (self.random.random() > 0.125) else _FALSE_CUES)
        number = self.random.randint(2, 9000)
        clause = f"{self.choice(WHO)} {self.choice(DOES)} {self.choice(WHAT)} {self.choice(_WHEN)}"
        other = f"{self.choice(WHO)} didn't, and {self.choice(DOES)} {number} of {self.choice(WHAT)}"
        return f"{clause[0].upper()}{clause[1:]} while {other}, {cue}."

    def opinion(self) -> str:
        """A sentence that claims nothing."""
        return f"{self.choice(_OPINIONS)}, {self.choice(_WHEN)} or {self.choice(_WHEN)}!"

    def sentence(self, is_claim: bool) -> str:
        """A claim or not."""
        return self.claim(self.random.random() < 0.5) if is_claim else self.opinion()


def invented_claims(count: int, seed: int) -> list[tuple[str, bool]]:
    """Claims, true and false in turn."""
    sentences = InventedSentences(seed)
    return [(sentences.claim(bool(position % 2)), bool(position % 2)) for position in range(count)]
