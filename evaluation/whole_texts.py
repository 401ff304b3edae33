"""Cross-validate the step that asks whether a long text speaks for its claims (python -m evaluation.whole_texts); takes a minute.

Prints, by kind of text, how many it takes for texts that speak for no claim.
"""

import json
import sys
from collections import defaultdict

import numpy as np
from sklearn.model_selection import StratifiedKFold

from stemcheck.claims.whole_text import SPEAKS, WholeTextJudge
from stemcheck.claims.whole_text_training import describe_pieces, fit
from stemcheck.content.texts import load_texts
from stemcheck.model.inference import load_model
from stemcheck.settings import load_settings

FOLDS = 5


def main() -> None:
    """Run the folds and print the shares."""
    texts = load_texts(load_settings().data_folder)
    pieces = describe_pieces([text.text for text in texts], load_model())
    flagged = np.array([text.flagged for text in texts])
    speaks = np.zeros(len(texts))
    for learned, held in StratifiedKFold(FOLDS, shuffle=True, random_state=7).split(pieces, flagged):
        judge = WholeTextJudge(fit([texts[place] for place in learned], pieces[learned]))
        for place in held:
            speaks[place] = judge.speaks_for_claims(texts[place].text, pieces[place])
    by_kind = defaultdict(list)
    for text, probability in zip(texts, speaks, strict=True):
        by_kind[f"{text.kind}, {'flagged' if text.flagged else 'not flagged'}"].append(probability < SPEAKS)
    figures = {
        "texts": len(texts),
        "right_at_one_half": round(float(((speaks >= 0.5) == flagged).mean()), 3),
        "taken_for_silent": {kind: f"{sum(found)} of {len(found)}" for kind, found in sorted(by_kind.items())},
    }
    json.dump(figures, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
