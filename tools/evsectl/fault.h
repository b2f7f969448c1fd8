/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EVSECTL_FAULT_H
#define EVSECTL_FAULT_H

#include "evsectl.h"

/* faults_sort() - by port; the first cause, then the others as they were seen */
void faults_sort(struct evse_fault_info *faults, size_t count);

/* fault_show_whole() - everything about a fault, several lines */
void fault_show_whole(const struct evse_fault_info *fault);

#endif /* EVSECTL_FAULT_H */
