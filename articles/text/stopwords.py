"""Function words: what a query may hold without meaning it. Folded, by language; short on purpose.

A word stands here only if it carries no meaning of its own in any of the five languages' news, since a query does not
say which language it is in (so no "son", "sur", "no", "para", which are content somewhere).
"""

from articles.text.normalize import fold

_BY_LANGUAGE = {
    "en": "a an the of to in on at by for from with and or as is are was were be been has have had will would that "
    "this these those it its their his her they he she we you which who whom than then into about against between "
    "during after before over under while",
    "es": "el la los las un una unos unas de del al en con por y e o u que se su sus lo como es fue son ha han entre "
    "sobre desde hasta tras según durante",
    "fr": "le la les un une des du de au aux en et ou que qui dans par pour avec est sont a ont ce cette ces il elle "
    "contre entre sous chez depuis après selon dont leur leurs",
    "ru": "и в во на с со к ко о об от до из за по для не что как это а но или у при же ли бы он она они его их против "
    "между после перед под над без через около среди также когда чтобы",
    "ar": "في من الى على عن مع هذا هذه ذلك تلك التي الذي ان او ثم كما قد ما لا هو هي كان كانت بين عند حول ضد بعد "
    "قبل خلال منذ حتى لدى",
}

FUNCTION_WORDS = frozenset(fold(word) for words in _BY_LANGUAGE.values() for word in words.split()) - {"son", "por"}
# Some of them are names where they stand in capitals: WHO, the UN, the African Union, Islamic State, information
# technology.
ACRONYMS = frozenset({"who", "un", "au", "is", "it"})
