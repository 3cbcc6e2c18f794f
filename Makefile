# `make` lists what there is. Go, make and git are all it takes: other tools are
# built, on first use, from the versions that tools/lint pins.

MODULES  := . tools/cmdcheck tests/interop
SCHEMAS  := model checklist library topics workspace
GOLANGCI := go tool -modfile=$(CURDIR)/tools/lint/go.mod golangci-lint
OUT      := public
BENCH    := .
FUZZTIME := 1m

.PHONY: help build site test test-wikis race corpus lint bench fuzz schema clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## Build bin/demarc
	go build -trimpath -buildvcs=auto -o bin/demarc ./cmd/demarc

site: build ## Check the built-in models and write their site to public/
	bin/demarc check
	bin/demarc build --out $(OUT)

test: build ## Vet and test every module, and the pages in a browser; installs what that needs
	@tests/setup
	@echo "== module ."; go vet ./... && go test ./...
	@# Their input comes from a program, which the cache of test results does not know: hence -count=1.
	@for m in tools/cmdcheck tests/interop; do echo "== module $$m"; \
		(cd $$m && go vet ./... && DEMARC_BIN=$(CURDIR)/bin/demarc go test -count=1 ./...) || exit 1; done
	@if [ -d tests/browser/node_modules ]; then echo "== pages in a browser"; DEMARC=$(CURDIR)/bin/demarc node --test tests/browser/*.test.js; \
	else echo "the tests of pages in a browser did not run: see above"; fi

test-wikis: ## Test pages in real wikis: installs MkDocs, DokuWiki, MediaWiki, GitHub's renderers, Docusaurus, Gitea
	@tests/wikis/setup all
	DEMARC_WIKIS=all go test -count=1 -v -timeout 45m ./tests/wikis

race: ## Test what runs side by side with the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race ./internal/build ./internal/output

corpus: ## Read the documents in ../shared and count what was read right (skips where there are none)
	go test -count=1 -v -run 'Corpus|Seeds' ./internal/source | grep -v '^=== '

lint: build ## Check format, style, go.mod and that docs/schema is current
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "run gofmt -w on:"; echo "$$unformatted"; exit 1; }
	@for s in $(SCHEMAS); do bin/demarc schema $$s | diff -u docs/schema/$$s.schema.json - || { echo "run make schema"; exit 1; }; done
	@for m in $(MODULES); do echo "== module $$m"; (cd $$m && go mod tidy -diff && $(GOLANGCI) run ./...) || exit 1; done

bench: ## Run the benchmarks; BENCH=Build chooses among them
	go test -run '^$$' -bench '$(BENCH)' -benchmem -timeout 1h ./internal/...

fuzz: ## Run every fuzz target for FUZZTIME, a minute
	@grep -roE --include='*_test.go' '^func Fuzz[A-Za-z]+' internal | sed 's|/[^/]*:func | |' | while read -r dir name; do \
		echo "== $$dir $$name"; go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) ./$$dir || exit 1; done

schema: build ## Write docs/schema from the tables of fields in internal/model
	@for s in $(SCHEMAS); do bin/demarc schema $$s > docs/schema/$$s.schema.json || exit 1; done

clean: ## Remove what was built: bin/ and public/
	rm -rf bin $(OUT)
