# `make run` and `make test` do all the set-up; neither of them trains. `make help` lists the targets.
PYTHON3 ?= python3
BIN := .venv/bin
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

# what may run side by side: it needs no model, no server and no browser
APART := not model and not servers and not browser and not training

.DEFAULT_GOAL := help
.PHONY: help environment environment-dev environment-train setup setup-dev run test test-quick check evaluate refit refit-release train \
	train-check validate shell actions benchmarks screenshots pin clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

environment:
	@$(PYTHON3) setup/environment.py

environment-dev: environment
	@$(PYTHON3) setup/environment.py --dev

environment-train:
	@$(PYTHON3) setup/environment.py --train

setup: environment ## Install what runs in production, and build the encoder from what is shipped (a few minutes the first time)
	@$(BIN)/stemcheck prepare

setup-dev: environment-dev
	@$(BIN)/stemcheck prepare

run: setup ## Start everything; ends with the address of the demo page
	@exec $(BIN)/stemcheck run

test: setup-dev ## Pass all tests: units, content, actions, conversations, web, browser, all processes; lines covered have a floor
	@$(BIN)/python setup/browser.py
	$(BIN)/python -m pytest -n auto -m "$(APART)" --cov --cov-report= --cov-fail-under=0
	$(BIN)/python -m pytest -m "not ($(APART)) and not training" --cov --cov-append

test-quick: environment-dev ## Pass the tests that need no model, no server and no browser (under two minutes)
	$(BIN)/python -m pytest -n auto -m "$(APART) and not slow"

check: setup-dev ## Lint, types, import contracts, content, and whether data and model belong together
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/stemcheck check-content
	$(BIN)/stemcheck check-model

refit: setup ## After a change of data/: fit the heads (a minute); a running service takes them up by itself
	@$(BIN)/stemcheck refit

refit-release: setup ## The same, written into models/ to be committed, with examples and the step for whole texts
	@$(BIN)/stemcheck refit --for-release

train: environment ## Train the encoder in .venv-train (one to two hours on two cores); for releases, never needed to run or to test
	@$(BIN)/stemcheck train

train-check: setup-dev environment-train ## Compare the built encoder with PyTorch, and train on a handful of rows
	$(BIN)/python -m pytest -m training tests/training

validate: setup ## Let Rasa validate its own data; intents without a story are warned about, since no story decides here
	$(BIN)/rasa data validate --data data/rasa

shell: setup ## Talk to Rasa in the terminal (start the action server beside it: make actions)
	$(BIN)/rasa shell

actions: setup ## Start the action server alone
	SANIC_HOST=127.0.0.1 $(BIN)/python -m rasa_sdk --actions actions

evaluate: setup-dev ## Score the labelled sets, write reports, compare with the baseline
	$(BIN)/python -m evaluation.evaluate

benchmarks: setup-dev ## Time turns, start, memory beside Rasa's starter bot
	$(BIN)/python -m benchmarks.turn_latency

screenshots: setup-dev ## Make the pictures of the README from the real thing
	$(BIN)/python -m benchmarks.screenshots

PIN := uv pip compile -q --python-version 3.10 --generate-hashes --no-emit-index-url --no-header

pin: ## Write all requirements*.txt from requirements*.in, with hashes
	$(PIN) --override overrides.txt requirements.in -o requirements.txt
	$(PIN) --override overrides.txt requirements-dev.in -o requirements-dev.txt
	$(PIN) requirements-train.in -o requirements-train.txt

clean: ## Remove what was installed and built; conversations under var/ and the shipped model stay
	rm -rf .venv .venv-train .cache .rasa models/built models/base models/refit models/training models/*.tar.gz models/prepared.json
