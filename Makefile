# `make run` and `make test` do all the set-up. `make help` lists the targets.
PYTHON3 ?= python3
BIN := .venv/bin
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev train run test test-quick check evaluate cross-validation validate shell pin benchmarks screenshots clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## Install everything that runs in production into .venv
	@$(PYTHON3) setup/environment.py

setup-dev: setup
	@$(PYTHON3) setup/environment.py --dev

train: setup ## Train the models if data, config or domain changed
	@$(BIN)/stemcheck train

run: train ## Start everything; ends with the address of the demo page
	@exec $(BIN)/stemcheck run

test: setup-dev train ## Pass all tests: units, content, actions, conversations, web, browser, all processes
	@$(BIN)/python setup/browser.py
	$(BIN)/python -m pytest

test-quick: setup-dev ## Pass the tests that need no trained model, no server and no browser
	$(BIN)/python -m pytest -m "not model and not servers and not browser"

check: setup-dev ## Lint, types, import contracts, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/stemcheck check-content

validate: train ## Let Rasa validate its own data
	$(BIN)/rasa data validate --fail-on-warnings

shell: train ## Talk to Rasa in the terminal (start the action server beside it: make actions)
	$(BIN)/rasa shell

actions: setup ## Start the action server alone
	SANIC_HOST=127.0.0.1 $(BIN)/python -m rasa_sdk --actions actions

evaluate: setup-dev train ## Score the labelled sets, write reports, compare with the baseline
	$(BIN)/python -m evaluation.evaluate

cross-validation: setup-dev ## Set claim thresholds and score types and intents, no idea on both sides of a fold (an hour)
	$(BIN)/python -m evaluation.cross_validation

benchmarks: setup-dev train ## Time turns, start, memory beside Rasa's starter bot
	$(BIN)/python -m benchmarks.turn_latency

screenshots: setup-dev train ## Make the pictures of the README from the real thing
	$(BIN)/python -m benchmarks.screenshots

pin: ## Write requirements.txt and requirements-dev.txt anew, with hashes
	uv pip compile -q --python-version 3.10 --override overrides.txt --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	uv pip compile -q --python-version 3.10 --override overrides.txt --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt

clean: ## Remove what was trained and installed; conversations under var/ stay
	rm -rf .venv .cache .rasa models/network models/*.tar.gz models/trained.json
