/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Loaded before the C library (LD_PRELOAD): each sync takes 2 ms longer, as on an ordinary SSD. No GLib and no dlsym(), so
 * that programs of other systems take it as well. */

#define SLOWER 2000000 /* ns */

static int
sync_slowly (long call, int fd)
{
  struct timespec time = { .tv_nsec = SLOWER };

  nanosleep (&time, NULL);
  return (int) syscall (call, fd);
}

int
fsync (int fd)
{
  return sync_slowly (SYS_fsync, fd);
}

int
fdatasync (int fd)
{
  return sync_slowly (SYS_fdatasync, fd);
}
