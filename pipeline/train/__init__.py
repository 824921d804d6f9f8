"""From a recipe to a model folder: mixture, training, 8-bit graph, calibration, card. Needs the extra `torch`."""
