# SPDX-License-Identifier: GPL-2.0-only
"""Sphinx's configuration: make docs.

The interfaces come out of the headers' kernel-doc, by the kernel's own extension; where
its source tree is, scripts/docs says.
"""
# Sphinx's names are not constants.
# pylint: disable=invalid-name
import os
import sys

kernel = os.environ["KERNEL_SOURCE"]
sys.path.insert(0, os.path.join(kernel, "Documentation/sphinx"))

project = "evse"
copyright = "the evse authors"  # pylint: disable=redefined-builtin
extensions = ["kerneldoc"]
master_doc = "index"
# Without a word of the language, as the C domain guesses wrong more often than right
highlight_language = "none"
nitpicky = False

kerneldoc_bin = os.path.join(kernel, "scripts/kernel-doc")
kerneldoc_srctree = os.path.abspath("..")
primary_domain = "c"

html_theme = "alabaster"
html_theme_options = {
    "description": "A bidirectional EV charger in the Linux kernel",
    "page_width": "72em",
    "sidebar_width": "18em",
}
html_copy_source = False
