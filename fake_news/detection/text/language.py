"""Whether a text is English; anything else is ``unsure``, as the models learned from English only.

Function words decide, because languages do not borrow them: a German text about Washington, Obama and iPhones has few
English ones. A short sentence may have none ("Octopuses possess three hearts."); then its spelling decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

_ENGLISH = frozenset(
    """the of and to a in is that for it was on are as with his he be at by i this had not but from they which or
        have an were her she we you there been their one all would will more when who them no if out so said
        what up its about than into could only other has our your my can do did does some any these those
        because over after before under during while most many much how why where says just now us me him
        being such even also very between against through every both few own same too then here dont doesnt
        isnt wont cant arent didnt wasnt youre theyre""".split()
)

# Frequent function words of the languages a reader of English pages is likely to meet. Words that are also English
# ("die", "was", "in", "an", "a", "me", "no") stay out, and letters of English initials ("U.S.").
_OTHERS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "German": """der das und ist nicht ein eine einen einem einer mit den dem des zu auf fur im sich von auch es sie
            ich wir ihr aber oder wie wenn nur noch nach bei aus uber sind wird werden hat haben wurde kann sein als
            durch zum zur vom dass mehr keine""",
        "French": """le la les des du une est et dans pour que qui sur pas avec par plus ne se ce cette ces son sa ses
            il elle nous vous ils au aux ont ete sont mais ou leur je tu etre fait comme tout""",
        "Spanish": """el la los las de del que y en un una es por con para se su sus lo como mas pero fue este esta son
            al entre cuando muy sin sobre ser tiene tambien hay desde nos todo ha han""",
        "Italian": """il lo la gli le di del della dei che e un una per con non si da nel nella sono al alla piu come
            anche ma ha questo questa essere stato sul delle degli""",
        "Portuguese": """o os as do da dos das que e em um uma para com nao por mais se na nos como mas ao ele ela foi
            ser tem seu sua pelo pela sao isso esta""",
        "Dutch": """de het een en van ik te dat niet zijn op aan met voor er maar om hem dan zou wat mijn dit zo door
            over ze bij ook tot je uit naar kan geen wordt heeft deze""",
        "Polish": "i w nie na sie z do to jest ze o jak po co tak za od czy przez tylko oraz dla ktory",
        "Turkish": "ve bir bu da de icin ile olarak cok daha gibi ama olan kadar sonra ne var degil",
        "Swedish": """och att det som en ar pa av till med har inte ett jag men sig fran nar skulle kan enligt efter
            eller mycket alla igen ny nya""",
        "Danish or Norwegian": """og i det er pa en til af av som med der ikke har et fra jeg seg sig ble blev ved skal
            efter etter kan dag""",
        "Romanian": "si nu este pe cu care din sa un mai pentru au fost sunt prin sau dar lui",
        "Czech or Slovak": "na je ze jako byl ale podle jeho si pri po neni",
        "Hungarian": "az egy es hogy nem volt meg csak mar ez mint el vagy azt nagyon",
        "Finnish": "ja on ei se etta oli ovat mutta kun myos joka kuin tai eivat nyt",
        "Indonesian or Malay": """yang dan di ini itu dengan untuk dari tidak pada adalah ke akan ada juga oleh bisa
            kami mereka telah sudah atau""",
        "Swahili": "na wa kwa ni katika za hii huo kuwa alisema yake baada hiyo au",
        "Tagalog": "ang ng sa mga ay ito hindi para ni kay nang siya",
        "Croatian or Serbian": "je na se da su od koji ne iz kao nije ali ili ce sto",
        "Hindi in Latin letters": "hai ki ka ke ne mein ko nahi yeh aur bhi hain ho gaya kya",
        "Vietnamese": "cua va khong cho trong nguoi duoc voi nay",
    }.items()
}

_LANGUAGES_OF: dict[str, list[str]] = {}  # inverted, for one look-up for each word instead of one for each language
for _language, _words in _OTHERS.items():
    for _word in _words:
        _LANGUAGES_OF.setdefault(_word, []).append(_language)

_FEWEST_WORDS = 4
_LAST_LATIN_LETTER = "\u024f"
_KNOWN_SHARE, _KNOWN_SHARE_WITHOUT_FUNCTION_WORDS = 0.5, 0.8
_WHOLE_SHARE, _MOST_PIECES_A_WORD = 0.5, 1.8
_WHOLE_SHARE_OF_SURE = 0.75
"""Spelling outweighs one foreign function word from here on: "per" and "o" stand in English sentences too."""

CountPieces = Callable[[str], int]
"""From a word to how many pieces a WordPiece vocabulary cuts it into."""


def is_english(forms: Sequence[str], *, known: int, pieces: CountPieces | None = None) -> bool | None:
    """Whether a text with these word forms is English; ``None`` if it is too short to tell.

    Parameters
    ----------
    forms : normal forms of its tokens
    known : how many of the tokens are in the models' vocabulary
    pieces : used where function words and vocabulary do not decide; without it such a text is not English
    """
    words = [form for form in forms if form[0].isalpha()]
    if words and sum(word[0] > _LAST_LATIN_LETTER for word in words) > len(words) / 2:
        return False
    if len(words) < _FEWEST_WORDS:
        return None
    english = sum(word in _ENGLISH for word in words)
    others = Counter(language for word in words for language in _LANGUAGES_OF.get(word, ()))
    strongest_other = max(others.values(), default=0)
    if strongest_other > english:
        is_sure = strongest_other == 1 and pieces is not None
        return is_sure and _is_spelled_as_english(words, pieces, _WHOLE_SHARE_OF_SURE)
    known_share = known / len(forms)
    if known_share >= (_KNOWN_SHARE if english else _KNOWN_SHARE_WITHOUT_FUNCTION_WORDS):
        return True
    return _is_spelled_as_english(words, pieces, _WHOLE_SHARE)


def _is_spelled_as_english(words: Sequence[str], pieces: CountPieces | None, whole_share: float) -> bool:
    """Tell it from pieces: an English vocabulary has English words whole, and cuts others into many pieces."""
    if pieces is None:
        return False
    counts = [pieces(word) for word in words]
    return counts.count(1) >= whole_share * len(counts) and sum(counts) <= _MOST_PIECES_A_WORD * len(counts)
