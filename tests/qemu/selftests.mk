# SPDX-License-Identifier: GPL-2.0-or-later
#
# Build the C programs of tests/selftests/evse and tests/kfuzz for a guest, statically, or
# those of another directory:
# make -f tests/qemu/selftests.mk [HOST=arm64|arm] [src=DIR] OUT=DIR

top := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))../..)
HOST ?= arm64
selftests := $(top)/tests/selftests/evse
src := $(selftests)
kernel := $(shell $(top)/scripts/world source 6.12)
sysroot := $(shell $(top)/scripts/world sysroot $(HOST))
triplet := $(patsubst arm64,aarch64-linux-gnu,$(patsubst arm,arm-linux-gnueabihf,$(HOST)))
pkg_config := PKG_CONFIG_LIBDIR=$(sysroot)/usr/lib/$(triplet)/pkgconfig pkg-config
libs := libnl-genl-3.0 libnl-3.0 libgpiod

names := $(shell sed -n ':a; /\\$$/{N; s/\\\n//; ba}; s/^TEST_GEN_\(PROGS\|FILES\)[A-Z_]* *[:+]\{0,1\}= *//p' $(src)/Makefile)
kfuzz := $(top)/tests/kfuzz
programs := $(addprefix $(OUT)/,$(names) \
	$(if $(filter $(selftests),$(src)),kfuzz/netlink kfuzz/sysfs))
flags := -O2 -g -Wall -Wextra -Wno-unused-parameter -D_GNU_SOURCE -static \
	-I$(top)/include/uapi -I$(selftests) -I$(top)/tools/libevse \
	-I$(kernel)/tools/testing/selftests $(shell $(pkg_config) --cflags $(libs))
# The linker warns of lookups that these programs never make.
ldflags := -Wl,--no-warnings -L$(sysroot)/lib/$(triplet) $(shell $(pkg_config) --libs $(libs)) -lpthread -lm

.PHONY: all
all: $(programs)

$(OUT)/%: $(src)/%.c $(wildcard $(src)/*.h) $(MAKEFILE_LIST)
	@mkdir -p $(@D)
	$(triplet)-gcc $(flags) -o $@ $< $(ldflags)

$(OUT)/kfuzz/%: $(kfuzz)/%.c $(wildcard $(kfuzz)/*.h $(selftests)/*.h) $(MAKEFILE_LIST)
	@mkdir -p $(@D)
	$(triplet)-gcc $(flags) -I$(kfuzz) -o $@ $< $(ldflags)
