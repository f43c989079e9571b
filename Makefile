# make graph   build, check and draw every case under cases/ into out/
# make test    run the tests that need no other program, in under three minutes (ARGS="-k name" picks some, of all)
# make test-all  run every test: with a browser, another SPARQL server, and what takes its time
# make serve   answer SPARQL and show the page at http://127.0.0.1:8000/ (ARGS="--port 8080")
# make lint    style, types and import contracts; of the JavaScript too, when Node.js is there
# make bench   measure every stage beside its peers, into bench/RESULTS.md (ARGS="--size 1m", "--only pages")
# make pins    write the hashes in requirements*.txt, after a pin was added or changed
# make clean   remove what was made, .venv too
#
# Each sets up .venv first when it has to. PYTHON=... picks the interpreter.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := graph
.DELETE_ON_ERROR:
# Compiled modules are kept, in folders that git ignores: else each of the many commands that tests start compiles anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: graph test test-all serve lint lint-js bench pins clean

py := .venv/bin/python
# -qq: warnings about the machine's own pip settings are not ours to show; errors still are.
pip := $(py) -m pip --disable-pip-version-check -qq

graph: .venv/project
	@$(py) build_graph.py $(ARGS)

test: .venv/dev
	@$(py) -m pytest $(ARGS)

test-all: .venv/dev
	@$(py) -m pytest tests $(ARGS)

serve: .venv/project
	@exec .venv/bin/actorgraph serve $(ARGS)

lint: .venv/dev
	@$(py) -m ruff check
	@$(py) -m ruff format --check
	@$(py) -m mypy --strict
	@.venv/bin/lint-imports --no-logo
	@if command -v npm >/dev/null; then $(MAKE) lint-js; else echo "JavaScript is not checked: that needs Node.js with npm"; fi

# Biome does not break strings and comments, so lines are measured besides. Null checks hold in the modules of a list,
# which only grows.
lint-js: node_modules/.tools
	@node_modules/.bin/biome check --error-on-warnings
	@node_modules/.bin/tsc
	@! node_modules/.bin/tsc --strictNullChecks | grep -Ff tests/page/null_checked.txt
	@! LC_ALL=C.UTF-8 grep -rnE '^.{121}' --include='*.js' graph tests

# The browser for the page is playwright's client and Chromium, so the test tools are needed.
bench: .venv/dev
	@$(py) bench/run.py $(ARGS)

pins:
	@$(py) -m pip --version >/dev/null 2>&1 || { $(make-venv); }
	@$(py) .ci/pins.py requirements.txt requirements-dev.txt

clean:
	rm -rf .venv node_modules out build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find graph tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a second run does nothing. The environment is kept, not remade, when a requirement changes.
.venv/runtime: requirements.txt
	@$(py) -m pip --version >/dev/null 2>&1 || { $(make-venv); }
	@echo "Installing what actorgraph runs on into .venv (once, under half a minute)"
	@$(pip) install -r requirements.txt
	@touch $@

# No build isolation: the pinned build tools of requirements.txt serve, so nothing else is fetched.
.venv/project: pyproject.toml .venv/runtime
	@$(pip) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements-dev.txt .venv/project
	@echo "Installing the test tools into .venv (once)"
	@$(pip) install -r requirements-dev.txt
	@touch $@

node_modules/.tools: package.json
	@echo "Installing the JavaScript tools into node_modules (once)"
	@npm install --silent --no-package-lock --no-audit --no-fund
	@touch $@

# Some names are only stand-ins for a Python that is not there, so each is asked for its version.
PYTHON = $(shell for name in python3 python3.13 python3.12 python3.11; do \
  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)

# Debian's Python cannot make a venv with pip in it unless python3-venv is there: its own pip then puts one in.
define make-venv
python="$(PYTHON)"; \
[ -n "$$python" ] || { echo "actorgraph needs Python 3.11 or newer: install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }; \
"$$python" -m venv .venv >/dev/null 2>&1 || { \
  "$$python" -m venv --clear --without-pip .venv && "$$python" -m pip --python $(py) -qq install pip; }
endef
