"""Tells a question in another language from one in English."""

from __future__ import annotations

import re
import unicodedata

from bot.understanding.words import STOP_WORDS


_WORD = re.compile(r"[^\W\d_]+")
_LATIN_END = "\u024f"  # the last letter of Latin Extended-B
_FEWEST = 2  # different words; one alone may be a name or an abbreviation

# Articles, pronouns, prepositions and question words that are no words of English, in
# German, Dutch, French, Spanish, Italian, Portuguese and Polish.
_ABROAD = frozenset(
    """
    der das den dem des ein eine einen einem einer und oder ist sind wie viele wieviel
    wer wann warum welche welcher welches nicht mit nach bei für über von zum zur wurde
    wurden haben hat gibt es ich wir sie ihr auf noch auch kann het een zijn hoeveel
    waarom welke niet met naar voor over van werd werden hebben heeft wij zij ook deze
    dit le la les du une et ou est sont combien qui quand pourquoi quel quelle quels
    quelles avec après dans chez pour sur était étaient avez ont nous vous ils elles je
    il ce cette ces aux el los las una unos son cuántos cuantos cuántas cuantas quién
    quien cuándo cuando qué que cuál cual después en para por fue fueron tiene tienen
    hay nosotros ellos yo esta este del lo gli uno ed sono quanti quante quanto chi
    perché perche quale quali dopo nel nella stato stati hanno loro io questo questa
    della dei delle os um uma uns são quantos quantas quem porquê qual quais com depois
    na nos foi foram tem têm há nós eles eu da dos jest są ile kto kiedy dlaczego jaki
    jaka jakie nie po dla przez był były ma mają czy się oraz
    """.split()  # noqa: SIM905  a list in lines reads better than two hundred quoted words
)


def is_foreign(text: str) -> bool:
    """Whether a text is in another language, as far as its small words or letters tell."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    if not words:
        return False
    if 2 * sum(map(_is_elsewhere, words)) > len(words):
        return True
    abroad = _ABROAD.intersection(words)
    return len(abroad) >= _FEWEST and len(abroad) > len(STOP_WORDS.intersection(words))


def _is_elsewhere(word: str) -> bool:
    """Whether a word is in letters other than Latin ones; a Greek sign alone is not."""
    return len(word) > 1 and all(letter > _LATIN_END for letter in word)
