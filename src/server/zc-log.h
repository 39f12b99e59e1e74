/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Log lines go to the standard error, one write a line, with the time in UTC. */
void zc_log_start (void);
