# Two commands: `make run` and `make test`. Each installs what is missing first.
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
DEMO := out/demo
PYTEST := $(BIN)/python -m pytest -n 2

.PHONY: run test check full mutants coverage bench package deb windows test-windows release clean help

run: ## open the window; without a screen, play a whole month and say where the papers lie
	@packaging/prepare.sh run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$(OS)" = Windows_NT ] || [ "$$(uname -s)" = Darwin ]; then \
		exec $(BIN)/kashiwa-desktop; \
	else \
		rm -rf $(DEMO) && mkdir -p $(DEMO) && exec $(BIN)/kashiwa-desktop demo --out $(DEMO); \
	fi

test: check ## everything that must hold before a change is taken: about 15 minutes on 2 cores
	$(BIN)/python -m pytest -q tests/domain --cov=kashiwa_desktop.domain --cov-branch \
		--cov-report=term-missing:skip-covered --cov-fail-under=100
	$(PYTEST)

check: ## form, types and walls between the rooms
	@packaging/prepare.sh test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

full: check ## the sweeps of the specification at full length: hours
	KASHIWA_FULL=1 $(PYTEST) --timeout=0

mutants: ## every wrong variant of tests/mutants turns its tests red
	@packaging/prepare.sh test
	$(BIN)/python tests/mutants/run.py

coverage: ## all tests once more, slower: how much of each room they run, beside what was noted
	@packaging/prepare.sh test
	$(BIN)/python tests/coverage_by_room.py

bench: ## the measured comparisons
	@packaging/prepare.sh test
	$(BIN)/python -m benchmarks

package: ## the program as a folder that needs no Python, and its self-check
	@packaging/prepare.sh package
	$(BIN)/python packaging/build.py package

deb: ## the Debian package, installed, tried and removed in a root of its own
	@packaging/prepare.sh package
	$(BIN)/python packaging/linux/deb.py

windows: ## on Linux: the program's folder for Windows and its installer (packaging/windows/README.md)
	@packaging/prepare.sh windows
	PYTHON=$(BIN)/python $(BIN)/python packaging/windows/layout.py --setup

test-windows: ## tests, installer and a month under wine; FULL=1: every suite that Windows can read
	packaging/windows/trial.sh $(if $(FULL),--full)

release: ## what is handed out, with its sums and its bill of materials, in dist/release
	@packaging/prepare.sh package
	$(BIN)/python packaging/linux/deb.py --small
	$(BIN)/python packaging/release.py

clean: ## remove everything that can be made again
	rm -rf .venv out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf *.egg-info src/*.egg-info

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'
