# SPDX-License-Identifier: GPL-2.0-or-later
#
# Compiler, libraries and flags of what is built here:
# [O=DIR] [CROSS_COMPILE=PREFIX] [STATIC=1] [CC=...] [CFLAGS=...] [LDFLAGS=...]
# [PKG_CONFIG=...]
#
# Who includes this has set libs, names that pkg-config knows. For another architecture
# PKG_CONFIG has to find that architecture's, for example by PKG_CONFIG_LIBDIR.

top := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))..)
O ?= $(top)/build/tools
CROSS_COMPILE ?=
ifeq ($(origin CC),default)
CC := $(CROSS_COMPILE)gcc
endif
ifeq ($(origin AR),default)
AR := $(CROSS_COMPILE)ar
endif
PKG_CONFIG ?= pkg-config
CFLAGS ?= -O2 -g
LDFLAGS ?=
STATIC ?=

ifneq ($(MAKECMDGOALS),clean)
missing := $(shell $(PKG_CONFIG) --exists $(libs) 2>/dev/null || \
	for lib in $(libs); do $(PKG_CONFIG) --exists $$lib 2>/dev/null || echo $$lib; done)
ifneq ($(missing),)
$(error $(PKG_CONFIG) does not find $(missing): say "scripts/setup --build", or install \
	their development files)
endif
endif

flags := -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Wformat=2 -Wshadow -Wundef \
	-Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
	-I$(top)/include/uapi $(shell $(PKG_CONFIG) --cflags $(libs) 2>/dev/null)
# A static one is for guests of tests; the linker warns of lookups that it never makes.
static := $(if $(STATIC),-static -lpthread -Xlinker --no-warnings)
ldlibs := $(shell $(PKG_CONFIG) --libs $(libs) 2>/dev/null) $(static)

prefix ?= /usr/local
mandir ?= $(prefix)/share/man
