"""Shows Rasa the situations as its own training data: a group is an intent, a situation a retrieval intent."""

from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from stemcheck.content.library import load_library
from stemcheck.settings import load_settings


class SituationImporter(RasaFileImporter):
    """Reads NLU examples from data/situations, and everything else as Rasa does."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return an example for each message of each situation."""
        library = load_library(Path(load_settings().data_folder))
        return TrainingData(
            [
                Message({TEXT: message.text, INTENT: situation.group, INTENT_RESPONSE_KEY: situation.id})
                for situation in library.situations.values()
                for message in situation.messages
            ]
        )
