/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-approval.h"
#include "zc-why-button.h"

struct _ZcWhyButton
{
  GtkButton parent_instance;

  ZcDossier *dossier; /* (nullable): of which something is refused */
};

G_DEFINE_FINAL_TYPE (ZcWhyButton, zc_why_button, GTK_TYPE_BUTTON)

enum
{
  PROP_ERROR = 1,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static void
zc_why_button_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  if (id == PROP_ERROR)
    zc_why_button_explain (ZC_WHY_BUTTON (object), g_value_get_boxed (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/**
 * zc_why_find_name:
 * @dossier: (nullable): of which something was refused
 * @code: (nullable): published name of the refusal
 *
 * Returns: (transfer none) (nullable): what the body is called that can lift it, where the dossier tells it (N12)
 */
const char *
zc_why_find_name (ZcDossier *dossier,
                  const char *code)
{
  static const struct
  {
    const char *id;
    ZcStage stage;
  } bodies[] = {
    { "unit", ZC_STAGE_UNIT },
    { "office", ZC_STAGE_OFFICE },
    { "committee", ZC_STAGE_COMMITTEE },
  };
  ZcRefusal refusal;
  const char *by;

  if (dossier == NULL || code == NULL || !zc_refusal_from_string (code, &refusal))
    return NULL;
  by = zc_refusal_lifted_by (refusal);
  if (g_strcmp0 (by, "holder") == 0)
    return zc_approval_get_body (dossier, zc_dossier_get_stage (dossier));
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    if (g_strcmp0 (bodies[i].id, by) == 0)
      return zc_approval_get_body (dossier, bodies[i].stage);
  return NULL;
}

/* (transfer full): of the action, see %ZC_WHY_ACTION; code: (nullable) */
static char *
dup_target (ZcDossier *dossier,
            const char *code)
{
  const char *name = zc_why_find_name (dossier, code);

  return g_strconcat (code != NULL ? code : "", name != NULL ? ":" : NULL, name, NULL);
}

static void
zc_why_button_dispose (GObject *object)
{
  g_clear_object (&ZC_WHY_BUTTON (object)->dossier);
  G_OBJECT_CLASS (zc_why_button_parent_class)->dispose (object);
}

static void
zc_why_button_class_init (ZcWhyButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_why_button_dispose;
  G_OBJECT_CLASS (klass)->set_property = zc_why_button_set_property;
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
zc_why_button_init (ZcWhyButton *self)
{
  gtk_button_set_label (GTK_BUTTON (self), _ ("Why?"));
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  zc_why_button_set_code (self, NULL);
}

/**
 * zc_why_code:
 * @error: (nullable): what was refused
 *
 * Returns: (transfer none) (nullable): its published name, the target of %ZC_WHY_ACTION; %NULL where no rule is behind it
 */
const char *
zc_why_code (const GError *error)
{
  if (error == NULL || error->domain != ZC_REFUSAL_ERROR || error->code < 0 || error->code >= ZC_REFUSAL_LAST
      || zc_refusal_rule ((ZcRefusal) error->code) == NULL)
    return NULL;
  return zc_refusal_to_string ((ZcRefusal) error->code);
}

/**
 * zc_why_button_set_dossier:
 * @dossier: (nullable): what the refusals that follow are about: who can lift one is named with its words
 */
void
zc_why_button_set_dossier (ZcWhyButton *self,
                           ZcDossier *dossier)
{
  g_set_object (&self->dossier, dossier);
}

/**
 * zc_why_button_explain:
 * @error: (nullable): what was refused; %NULL where nothing is
 */
void
zc_why_button_explain (ZcWhyButton *self,
                       const GError *error)
{
  zc_why_button_set_code (self, zc_why_code (error));
}

/**
 * zc_why_button_set_code:
 * @code: (nullable): published name of a refusal that has a rule; %NULL: nothing is refused
 */
void
zc_why_button_set_code (ZcWhyButton *self,
                        const char *code)
{
  g_autofree char *target = dup_target (self->dossier, code);

  gtk_widget_set_visible (GTK_WIDGET (self), code != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), ZC_WHY_ACTION);
}

/**
 * zc_why_offer:
 * @banner: one without a button of its own
 * @dossier: (nullable): of which something is refused
 * @code: (nullable): of zc_why_code(); %NULL: there is nothing to explain
 *
 * The same in a banner.
 */
void
zc_why_offer (AdwBanner *banner,
              ZcDossier *dossier,
              const char *code)
{
  g_autofree char *target = dup_target (dossier, code);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (banner), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (banner), ZC_WHY_ACTION);
  adw_banner_set_button_label (banner, code != NULL ? _ ("Why?") : NULL);
}
