/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <malloc.h>
#include <stdlib.h>

#include <glib.h>

#include "zc-memory.h"

/* A block large enough to be few, small enough to come from the arena and not from a mapping of its own. */
#define BLOCK ((gsize)192 * 1024)
/* what the database keeps of its pages in a connection (zc-store-sqlite.c), and as much again */
#define RESERVED ((gsize)32 * 1024 * 1024)

/**
 * zc_memory_keep_small:
 *
 * Memory goes back to the system when a large request is over. By default one freed block of several
 * megabytes makes the allocator keep twice as much in each of its arenas from then on (mallopt(3),
 * "dynamic mmap threshold"): a few hostile bodies would leave the process large for good (SEC-S24).
 */
void
zc_memory_keep_small (void)
{
  mallopt (M_MMAP_THRESHOLD, 256 * 1024);
  mallopt (M_TRIM_THRESHOLD, 1024 * 1024);
}

/**
 * zc_memory_reserve:
 *
 * Grows the arena of the calling thread once, ahead of time, without keeping anything resident. An arena
 * that grows page by page asks the system each time, and waits there while a password is hashed:
 * Argon2id's 64 MiB are mapped and unmapped under the same lock of the process, for up to 30 ms. Once
 * grown an arena stays reserved when it is emptied, and asks no more. Call at the start of a thread
 * that others wait for.
 */
void
zc_memory_reserve (void)
{
  void *blocks[RESERVED / BLOCK];

  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    blocks[i] = malloc (BLOCK);
  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    free (blocks[i]);
}
