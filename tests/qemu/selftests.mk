# SPDX-License-Identifier: GPL-2.0-or-later
#
# Build the C programs of tests/selftests/evse for the arm64 guest, statically:
# make -f tests/qemu/selftests.mk OUT=DIR

top := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))../..)
src := $(top)/tests/selftests/evse
kernel := $(shell $(top)/scripts/world source 6.12)
sysroot := $(shell $(top)/scripts/world sysroot)
pkg_config := PKG_CONFIG_LIBDIR=$(sysroot)/usr/lib/aarch64-linux-gnu/pkgconfig pkg-config
libs := libnl-genl-3.0 libnl-3.0 libgpiod

names := $(shell sed -n ':a; /\\$$/{N; s/\\\n//; ba}; s/^TEST_GEN_\(PROGS\|FILES\)[A-Z_]* *[:+]\{0,1\}= *//p' $(src)/Makefile)
programs := $(addprefix $(OUT)/,$(names))
flags := -O2 -g -Wall -Wextra -Wno-unused-parameter -D_GNU_SOURCE -static \
	-I$(top)/include/uapi -I$(src) -I$(top)/tools/libevse \
	-I$(kernel)/tools/testing/selftests $(shell $(pkg_config) --cflags $(libs))
ldflags := -L$(sysroot)/lib/aarch64-linux-gnu $(shell $(pkg_config) --libs $(libs)) -lpthread -lm

.PHONY: all
all: $(programs)

$(OUT)/%: $(src)/%.c $(wildcard $(src)/*.h) $(MAKEFILE_LIST)
	@mkdir -p $(@D)
	aarch64-linux-gnu-gcc $(flags) -o $@ $< $(ldflags)
