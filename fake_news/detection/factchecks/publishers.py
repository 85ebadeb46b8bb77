"""One name for each publisher: sources write Snopes, Snopes.com and www.snopes.com."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NAMES = {
    "211Check": "211check / 211check.org",
    "AAP FactCheck": "aap / aap fact check / aap.com.au / australian associated press",
    "AFP Fact Check": "afp / afp factcheck / factcheck.afp.com / afp fact check english",
    "AP News": "ap / the associated press / associated press / ap fact check / apnews.com / ap news",
    "Africa Check": "africa check / africacheck.org",
    "Alt News": "alt news / altnews.in",
    "Annie Lab": "annie lab / annielab.org",
    "BBC": "bbc / bbc.co.uk / bbc.com / bbc news / bbc reality check",
    "BOOM": "boom / boom live / boomlive.in / boom fact check",
    "CBS News": "cbs news / cbsnews.com",
    "Check Your Fact": "check your fact / checkyourfact.com / daily caller / the daily caller",
    "DigitEye India": "digiteye india / digiteyeindia.com",
    "Dubawa": "dubawa / dubawa.org",
    "Fact Crescendo": "fact crescendo / factcrescendo.com",
    "FactCheck.org": "factcheck.org / fact check.org / factcheck org",
    "FactCheckHub": "factcheckhub / factcheckhub.com / the factcheckhub",
    "FactCheckNI": "factcheckni / factcheckni.org",
    "FactChecker.in": "factchecker / factchecker.in",
    "Factly": "factly / factly.in",
    "Full Fact": "full fact / fullfact.org",
    "GhanaFact": "ghanafact / ghanafact.com",
    "Gwara Media": "gwara media / gwaramedia.com",
    "ICIR Nigeria": "icir nigeria / icirnigeria.org / the icir",
    "India Today": "india today / indiatoday.in",
    "Lead Stories": "lead stories / leadstories.com / leadstories",
    "Logically Facts": "logically facts / logicallyfacts.com / logically",
    "Misbar": "misbar / misbar.com",
    "NewsMeter": "newsmeter / newsmeter.in",
    "NewsMobile": "newsmobile / newsmobile.in",
    "Newschecker": "newschecker / newschecker.in",
    "Newsweek": "newsweek / newsweek.com",
    "PA Media": "pa media / pa",
    "PesaCheck": "pesacheck / pesacheck.org",
    "PolitiFact": "politifact / politifact.com / trump-o-meter: | politifact",
    "Polygraph.info": "polygraph.info / polygraph",
    "Poynter": "poynter / poynter.org / the poynter institute",
    "Rappler": "rappler / rappler.com",
    "Reuters": "reuters / reuters.com / reuters fact check",
    "Science Feedback": "science feedback / sciencefeedback.co / health feedback / healthfeedback.org / "
    "climate feedback / climatefeedback.org",
    "Scroll.in": "scroll.in / scroll",
    "Snopes": "snopes / snopes.com",
    "The Conversation": "the conversation / theconversation.com",
    "The Dispatch": "the dispatch / the dispatch fact check / thedispatch.com",
    "The Ferret": "the ferret / theferret.scot / ferret fact service",
    "The Journal": "the journal / thejournal.ie",
    "The Logical Indian": "the logical indian / thelogicalindian.com",
    "The New York Times": "the new york times / new york times / nytimes.com",
    "The Quint": "the quint / thequint.com / quint",
    "The Washington Post": "the washington post / washington post / washingtonpost.com",
    "USA Today": "usa today / usatoday.com",
    "VERA Files": "vera files / verafiles.org",
    "VERIFY (TEGNA)": "verify (tegna) / verify / verifythis.com",
    "Vishvas News": "vishvas news / vishvasnews.com / vishvasnews",
    "Voice of America": "voa / voa news / voice of america / voanews.com",
    "Vox": "vox / vox.com",
    "YouTurn": "youturn / youturn.in",
}
_CANONICAL = {spelling.strip(): name for name, spellings in _NAMES.items() for spelling in spellings.split(" / ")}
_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?")


def canonical_publisher(name: str) -> str:
    """Return the name under which a publisher's rulings are kept; an unknown publisher keeps its own.

    >>> canonical_publisher("https://www.snopes.com/")
    'Snopes'
    """
    return _CANONICAL.get(_ADDRESS.sub("", name.strip().casefold()).rstrip("/"), name)


def publisher_of_address(url: str) -> str:
    """Return the publisher at an address if its site is known, else the host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return _CANONICAL.get(host, host)


def site_of_publisher(name: str) -> str:
    """Return the site of a publisher if it is known, else the name itself, which may be a site.

    >>> site_of_publisher("Snopes")
    'snopes.com'
    """
    spellings = _NAMES.get(canonical_publisher(name), "").split(" / ")
    return next((one for one in spellings if re.fullmatch(r"[\w.-]+\.[a-z]{2,4}", one)), name)
