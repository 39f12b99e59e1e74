/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "zc-client.h"

/* Where one is signed in, and ending it (SEC-S14). */
#define ZC_TYPE_DEVICES_DIALOG (zc_devices_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcDevicesDialog, zc_devices_dialog, ZC, DEVICES_DIALOG, AdwDialog)

AdwDialog *zc_devices_dialog_new (ZcClient *client);
