# SPDX-License-Identifier: GPL-2.0-or-later
#
# make                    modules for the running kernel, or KERNELDIR=, and tools
# make modules ARCH=arm64 [KVER=6.12]    against Debian's headers: arm64, arm, amd64
# make demo               watch a simulated vehicle charge and feed the grid
# make check              every test; check-quick: on one kernel; check-all: on each
# make lint, bench, check-config, check-the-checks, build-matrix
# make install [DESTDIR=] modules_install and the tools; clean
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
	@echo "tools: build/tools-native/evsectl"

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

clean:
	rm -rf build

setup:
	@scripts/setup

.PHONY: demo check check-quick check-all bench lint build-matrix check-config check-the-checks
demo: setup
	@scripts/demo

check: setup
	@tests/run

check-quick: setup
	@tests/run --quick

check-all: setup
	@tests/run --all

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
