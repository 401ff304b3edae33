"""Rasa's command line, whose `test` counts intents and actions, and no entities.

Rasa compares the entities of every message with those written in the story, to the character, whether the story has any or
none. Ours are claims: where one begins is the network's attention and moves with each training, and two claims may share
their words, which a story cannot write down. Which claims are found stands in the stories' metadata instead.
"""

from rasa.__main__ import main
from rasa.core.test import EvaluationStore

EvaluationStore._check_entity_prediction_target_mismatch = lambda store: False

if __name__ == "__main__":
    main()
