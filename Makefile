# The commands of this project. `make help` lists them.

SHELL := bash
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

PORT ?= 5001
export PORT
ORIGINS ?=
export ORIGINS
export SAM_CLI_TELEMETRY := 0
# pytest keeps what it compiled of the tests, also where the environment says that Python should not.
unexport PYTHONDONTWRITEBYTECODE
export PATH := $(CURDIR)/.venv/bin:$(PATH)

PYTHON := .venv/bin/python
READY := .venv/.installed-$(firstword $(shell cksum <requirements-dev.txt))
SOURCES := functions layers/prepaid/prepaid local tools tests benchmarks
PRESENT = $(wildcard $(SOURCES))

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# Tools, installed again only when their lock file has changed.
$(READY): requirements-dev.txt
	@local/install-tools

venv: $(READY) .venv/bin/prepaid ## install the tools into .venv

# The command line `prepaid` is a file of this project, so it is copied whenever that has changed.
.venv/bin/prepaid: tools/prepaid | $(READY)
	@cp $< $@

# What generates clients of openapi.json in the tests, installed again only when its lock files have changed.
CLIENTS := .clients/.installed-$(firstword $(shell cat tests/clients/package-lock.json tests/clients/requirements.txt | cksum))

$(CLIENTS): tests/clients/package-lock.json tests/clients/requirements.txt | $(READY)
	@tests/clients/install

clients: $(CLIENTS) ## install what generates clients, which the tests try (Node 20 for the TypeScript one)

# The local stack. PORT=… moves everything; two stacks run side by side.
run: $(READY) ## start everything on http://localhost:5001 and stay until Ctrl-C
	@$(PYTHON) -m local run

up: $(READY) ## the same in the background; returns when healthy
	@$(PYTHON) -m local up

down: $(READY) ## save the state and stop
	@$(PYTHON) -m local down

reset: $(READY) ## stop, and forget the state
	@$(PYTHON) -m local reset

user ?= user-1
role ?= user
token: $(READY) ## print a bearer token: user=user-1 role=user|service|admin|super_admin
	@$(PYTHON) -m local.tokens --user '$(user)' --role '$(role)'

job: $(READY) ## run a job once: name=settle_due
	@$(PYTHON) -m local job '$(name)'

pay: $(READY) ## play the customer: payment=pay_… outcome=succeed|decline|cancel|refund|half-refund|dispute-won|dispute-lost
	@$(PYTHON) -m local pay '$(payment)' '$(outcome)'

bounce: $(READY) ## let a mail come back: user=user-1 email=user@example.com
	@$(PYTHON) -m local bounce '$(user)' '$(email)'

minutes ?= 3.2
call: $(READY) ## play a whole call: user=user-1 minutes=3.2
	@$(PYTHON) -m local call '$(user)' '$(minutes)'

demo-data: $(READY) ## let 200 new accounts live for a month on the running stack, in under two minutes
	@PYTHONPATH=.:layers/prepaid $(PYTHON) -m local.demo

clock: $(READY) ## show the functions' clock; plus=2h moves it ahead, plus=0 returns to real time
	@$(PYTHON) -m local.clock $(plus)

verify: $(READY) .venv/bin/prepaid ## recompute the local ledger from its entries; fails if it is wrong
	@.venv/bin/prepaid verify $(if $(account),--account '$(account)')

logs: $(READY) ## what the functions logged lately; follow=1 goes on
	@$(PYTHON) -m local logs $(if $(follow),--follow)

sam-local: $(READY) ## the same functions under `sam local start-api`, on PORT+3 (needs a container engine)
	@$(PYTHON) -m local sam-local

# Checks. Processes share the tests by file; the slowest start first. The one with the stack's tests mostly waits for it.
SHARED := --dist loadfile --no-loadscope-reorder --numprocesses
QUICK := SHORT_TESTS=1 $(PYTHON) -m pytest $(SHARED) 2 -m 'not emulator and not thorough'

test: $(READY) $(CLIENTS) ## every test; of those that are many and alike, some that the day draws, or all: all=1
	@PLACES=$(if $(all),,$(or $(PLACES),$(shell date +%F))) $(PYTHON) -m pytest $(SHARED) 3

test-fast: $(READY) ## rules, use cases and adapters in memory, each law on fewer examples
	@$(QUICK)

chaos: $(READY) ## every place where a call may fail, lose its answer or end its process, and every odd request
	@PLACES= $(PYTHON) -m pytest $(SHARED) 3 tests/faults tests/statemachine tests/openapi/test_odd_requests.py tests/e2e/test_fuzz.py

# What looks at the code without running it shares the processors; what each says stays together where make can do that.
TOGETHER := --jobs 2 --no-print-directory $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

check: ## what CI runs
	@$(MAKE) $(TOGETHER) page-check types lint-template clients lint imports
	@$(MAKE) --no-print-directory test coverage
	@$(MAKE) --no-print-directory mutants few=1
	@$(MAKE) --no-print-directory bench short=1

lint: $(READY)
	ruff check .
	ruff format --check .

types: $(READY)
	mypy $(PRESENT)

imports: $(READY)
	PYTHONPATH=layers/prepaid lint-imports

lint-template: $(READY) ## lint the template, as it is written and as SAM transforms it
	cfn-lint
	AWS_DEFAULT_REGION=us-east-1 sam validate --lint

coverage: $(READY) ## hold the quick tests to what they must cover
	@$(QUICK) --cov --cov-report=
	coverage report --include='*/prepaid/domain/*,*/payments/payment.py,*/payments/clawback.py,*/catalogue/packages.py,*/ledger/explanation.py' --fail-under=100
	coverage report --fail-under=95

mutants: $(READY) ## break each defence and expect red; few=1 draws one of each feature; feature=… names='…' seed=… jobs=…
	@$(PYTHON) -m tests.mutants $(if $(few),--few) $(if $(seed),--seed '$(seed)') $(if $(jobs),--jobs $(jobs)) \
		$(addprefix --feature ,$(feature)) $(names)

# What changes code at random, installed again only when its lock file has changed.
COSMIC_RAY := .cosmic-ray/.installed-$(firstword $(shell cksum <tests/mutants/cosmic_ray/requirements.txt))

$(COSMIC_RAY): tests/mutants/cosmic_ray/requirements.txt | $(READY)
	@tests/mutants/cosmic_ray/install

mutation-sample: $(READY) $(COSMIC_RAY) ## change code at random, list what no test sees: seed=… count=100 area=… jobs=…
	@$(PYTHON) -m tests.mutants.sample $(if $(seed),--seed '$(seed)') $(if $(count),--count $(count)) \
		$(if $(area),--area '$(area)') $(if $(jobs),--jobs $(jobs))

bench: $(READY) ## measure; short=1 for a glance
	@$(PYTHON) -m benchmarks $(if $(short),--short)

memory: $(READY) ## what the stack that is up on PORT takes, each function called once, and a browser
	@$(PYTHON) -m benchmarks.memory

openapi: $(READY) ## write openapi.json from the schemas and the template, unless clients would break without a word
	@PYTHONPATH=.:layers/prepaid $(PYTHON) -m tools.openapi.document --write
	@PYTHONPATH=.:layers/prepaid $(PYTHON) -m tools.openapi.relied_on

faults: $(READY) ## write docs/faults.md from the marks on the tests
	@PYTHONPATH=. $(PYTHON) -m tools.faults

# The page and its library, in frontend/. Node 20 builds and checks them; nothing else needs it.
PAGE := frontend/node_modules/.ready-$(firstword $(shell cat frontend/package-lock.json frontend/pack/react-18/package-lock.json | cksum))

$(PAGE): frontend/package-lock.json frontend/pack/react-18/package-lock.json
	@command -v npm >/dev/null || { echo "Node 20 and npm are needed for the page, and are not here." >&2; exit 1; }
	@cd frontend && npm ci --ignore-scripts --no-audit --no-fund --silent
	@cd frontend/pack/react-18 && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

page-packages: $(PAGE)

page-types: $(PAGE) ## write the page's types from openapi.json
	@cd frontend && npm run --silent types:write

page-check: $(PAGE) ## lint, types, unit tests, size budgets, package and known holes of the page
	@cd frontend && npm run --silent lint && npm run --silent pack:try && npm test --silent
	@cd frontend && VITE_LOCAL= npx vite build --logLevel warn --outDir dist-check && node production.mjs && npm run --silent build:size && npm run --silent size
	@cd frontend && node audit.mjs

browser: $(PAGE) ## the page's tests in a browser, against the stack that is up on PORT; only='part of a name'
	@chromium=$$(frontend/find-chromium) && cd frontend && CHROMIUM="$$chromium" npx playwright test $(if $(only),--grep '$(only)')

screens: $(PAGE) ## write pictures of every page to docs/screens, from the stack that is up on PORT
	@chromium=$$(frontend/find-chromium) && cd frontend && CHROMIUM="$$chromium" node screens.mjs

# AWS.
config ?= dev
deploy: $(READY) ## build and deploy to AWS: config=dev|prod, or guided=1 to be asked
	sam build --config-env $(config)
	$(PYTHON) -m tools.built
	sam deploy --config-env $(config) $(if $(guided),--guided)

deploy-page: $(READY) $(PAGE) ## build the credits page and upload it to a stack with Page=true: config=dev|prod host=path/to/host.js
	@cd frontend && VITE_LOCAL= npx vite build --logLevel warn --outDir dist-check && node production.mjs
	@$(PYTHON) -m tools.publish --config '$(config)' $(if $(host),--host '$(host)')

leftovers: $(READY) .venv/bin/prepaid ## what a failed first deploy left: stack=prepaid-dev do=clean|import
	@.venv/bin/prepaid leftovers --stack '$(stack)' $(if $(do),--$(do))

.PHONY: help venv clients run up down reset token job pay bounce call demo-data clock verify logs sam-local test test-fast chaos check lint types imports \
	lint-template coverage mutants mutation-sample bench memory openapi faults deploy deploy-page leftovers page-packages page-types page-check browser screens
