/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How this process lives with the allocator of the C library. */

void zc_memory_keep_small (void);
void zc_memory_reserve (void);
