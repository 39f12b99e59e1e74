/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zc-application.h"
#include "zc-platform.h"

int
main (int argc, char **argv)
{
  zc_platform_prepare ();
  g_autoptr (ZcApplication) application = zc_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
