# The front door: CMake and Ninja do the work, tools/bootstrap brings what each target needs.
# `make help` lists the targets. JOBS, PREFIX, DESTDIR and FUZZ_SECONDS may be set.

JOBS ?= 2
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 30

# Ninja's progress is for a terminal; a log gets warnings and failures only.
NINJA := ninja -j $(JOBS) $(shell test -t 2 || echo --quiet)
CMAKE := cmake -G Ninja -S . >/dev/null
CTEST := ctest -j $(JOBS) --output-on-failure --no-tests=error

MAKEFLAGS += --no-print-directory
.NOTPARALLEL:
.PHONY: build demo test test-long lint asan tsan fuzz bench install clean help

build: ## the program: build/hygie
	@tools/bootstrap build
	@test -f build/build.ninja || $(CMAKE) -B build -DBUILD_TESTING=OFF
	@$(NINJA) -C build hygie

demo: build ## from synthetic SNDS tables to a publishable report, in build/demo
	@build/hygie demo --dir build/demo

test: ## every test but the long ones
	@tools/bootstrap build test
	@$(CMAKE) -B build -DBUILD_TESTING=ON
	@$(NINJA) -C build
	@$(CTEST) --test-dir build -LE long

test-long: ## the long tests: the whole set-up on an empty Debian, as root; the SQL on Spark
	@tools/bootstrap build test
	@$(CMAKE) -B build -DBUILD_TESTING=ON
	@$(NINJA) -C build
	@$(CTEST) --test-dir build -L long

lint: ## format, layers, names, warnings of two compilers, clang-tidy, cppcheck
	@tools/bootstrap build test lint
	@tools/lint

asan: ## every test under the address, undefined behaviour and leak sanitizers
	@tools/bootstrap build test
	@$(CMAKE) -B build-asan -DBUILD_TESTING=ON -DHYGIE_SANITIZE=address
	@$(NINJA) -C build-asan
	@ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 \
		LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 \
		UBSAN_OPTIONS=print_stacktrace=1 $(CTEST) --test-dir build-asan -LE long

tsan: ## every test under the thread sanitizer
	@tools/bootstrap build test
	@$(CMAKE) -B build-tsan -DBUILD_TESTING=ON -DHYGIE_SANITIZE=thread
	@$(NINJA) -C build-tsan
	@TSAN_OPTIONS=suppressions=$(CURDIR)/tests/tsan.supp \
		$(CTEST) --test-dir build-tsan -LE long

fuzz: ## each fuzz target FUZZ_SECONDS (30) seconds on its corpus
	@tools/bootstrap build fuzz
	@$(CMAKE) -B build-fuzz -DBUILD_TESTING=OFF -DCMAKE_C_COMPILER=clang \
		-DHYGIE_FUZZ=ON -DHYGIE_SANITIZE=address
	@$(NINJA) -C build-fuzz
	@tools/fuzz build-fuzz $(FUZZ_SECONDS)

bench: build ## the benchmarks, with the peers' figures
	@$(NINJA) -C build bench

install: build ## into PREFIX (/usr/local), below DESTDIR
	@cmake --install build --prefix $(PREFIX)

clean: ## remove everything that was built
	rm -rf build build-asan build-tsan build-fuzz build-lint-gcc build-lint-clang

help:
	@awk -F ': .*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile
