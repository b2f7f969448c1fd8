# SPDX-License-Identifier: GPL-2.0-or-later
#
# make                    modules for the running kernel, or KERNELDIR=, and tools
# make modules ARCH=arm64 [KVER=6.12]    against Debian's headers: arm64, arm, amd64
# make demo               watch a simulated vehicle charge and feed the grid
# make wire               a charger for vehicles of any make, on a tap: see scripts/wire
# make check              every test; check-quick: on one kernel; check-all: on each
# make docs               build/docs/index.html
# make check-package      install the packages on a clean Debian in QEMU and use them there
# make kfuzz [MINUTES=60] [SEED=1]    fuzz the modules: Documentation/testing/kfuzz.rst
# make lint, bench, check-config, check-the-checks, build-matrix
# make install [DESTDIR=] modules_install, the tools and what makes a service of them; clean
# V=1 shows commands.

# The kernel's build system reads "Kbuild"; this file is for people.
.DEFAULT_GOAL := all

MATRIX := $(foreach arch,arm64 amd64 arm,$(foreach kver,6.1 6.12,$(arch)-$(kver)))

# Which kernel: KERNELDIR as given; Debian's headers where ARCH or KVER is given;
# the running one's.
release = $(shell sed -n 's/.*UTS_RELEASE "\(.*\)".*/\1/p' $(KERNELDIR)/include/generated/utsrelease.h)
running := /lib/modules/$(shell uname -r)/build
host_arch := $(shell dpkg --print-architecture 2>/dev/null || echo amd64)
ifneq ($(KERNELDIR),)
name := local-$(release)
else ifneq ($(ARCH)$(KVER),)
world := $(patsubst x86_64,amd64,$(patsubst x86,amd64,$(or $(ARCH),$(host_arch))))-$(or $(KVER),6.1)
name := $(world)
else ifneq ($(wildcard $(running)/Makefile),)
KERNELDIR := $(running)
name := local-$(release)
else
world := $(host_arch)-6.1
name := $(world)
foreign := yes
endif

ifneq ($(KERNELDIR),)
CROSS_COMPILE ?= $(if $(filter arm64,$(ARCH)),aarch64-linux-gnu-,$(if $(filter arm,$(ARCH)),arm-linux-gnueabihf-))
kernel_env = KERNELDIR=$(KERNELDIR) ARCH=$(or $(ARCH),$(shell uname -m | sed -e 's/aarch64/arm64/' -e 's/armv.*/arm/')) CROSS_COMPILE=$(CROSS_COMPILE)
endif

export NETNS TAP TLS PKI CONFIG BOARD WORLD PCAP

# Said on the command line, said to the kernel's build: CONFIG_EVSE_SIM=n, C=2.
passed := $(foreach v,$(filter CONFIG_EVSE% CONFIG_PWM_EVSE% C CF,$(.VARIABLES)),$(if $(findstring command,$(origin $(v))),$(v)=$($(v))))
build_modules = env -u MAKEFLAGS -u MAKELEVEL -u ARCH -u CROSS_COMPILE -u KERNELDIR \
	$(kernel_env) scripts/modules $(name)

.PHONY: all modules tools install modules_install clean setup
all: modules tools

modules:
ifdef foreign
	@echo "The running kernel, $$(uname -r), has no headers here: building for Debian's $(world) instead." >&2
	@echo "For another kernel say: make KERNELDIR=/path/to/its/build/directory" >&2
endif
	+@$(build_modules) modules $(passed)
	@echo "modules: $$(find build/$(name)/drivers -name '*.ko' | wc -l) in build/$(name)/drivers"

tools:
	@$(MAKE) -s -C tools all
	@echo "tools: build/tools-native/evsectl, evsim"

modules_install: modules
ifdef foreign
	@echo "Not installing modules of a kernel that is not the running one: say KERNELDIR= or ARCH= and KVER=." >&2
	@false
endif
	+@$(build_modules) modules_install INSTALL_MOD_PATH="$(DESTDIR)" INSTALL_MOD_STRIP=1 \
		CONFIG_MODULE_SIG_ALL= $(passed)
	$(if $(DESTDIR)$(world),,depmod -a $(release))

install: modules_install
	$(MAKE) -C tools install
	$(MAKE) -s -C packaging install

clean:
	rm -rf build

setup:
	@scripts/setup

.PHONY: demo wire docs check check-quick check-all check-package kfuzz bench lint build-matrix check-config check-the-checks
demo: setup
	@scripts/demo

# What scripts/wire takes is passed on as it is given: make wire NETNS=lab TLS=off
wire: setup
	@scripts/wire

docs: setup
	@scripts/docs
	@echo "documentation: build/docs/index.html"

check: setup
	@tests/run

check-quick: setup
	@tests/run --quick

check-all: setup
	@tests/run --all

check-package:
	@scripts/setup mmdebstrap
	@tests/packages/guest

# Minutes are the guest's; how long these take is up to the machine.
kfuzz: setup
	@tests/qemu/run --world debug-6.12 --board ../tests/kfuzz/board --icount \
		--timeout $$(($(or $(MINUTES),60) * 1200 + 1200)) --test-timeout 1000000 \
		--append KFUZZ_MINUTES=$(or $(MINUTES),60) \
		--append KFUZZ_SEED=$(or $(SEED),1) kfuzz.sh

bench: setup
	@tests/bench/run

lint: setup
	@scripts/lint

build-matrix: setup
	@for name in $(MATRIX); do \
		scripts/modules --strict $$name && echo "build $$name: ok" || { \
			echo "build $$name: FAILED"; failed=1; }; \
	done; [ -z "$$failed" ]

check-config:
	@scripts/check-config $(KCONFIG)

check-the-checks: setup
	@tests/check-the-checks/run
