"""What a training leaves in its folder for the service's environment: names that both sides read."""

TRAINED_HEADS, TRAINED_TYPES = "trained-heads.npz", "trained-heads.json"  # the heads of claims and mode
RUN = "run.json"  # recipe, versions, losses
ENCODER_FOLDER = "encoder"  # what is shipped of the encoder
