/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-identity.h"
#include "zc-text.h"

/* What people are told by: documents, codes, addresses, names (domain 4). The checks take what was
 * typed to the letter; whoever wants to forgive full-width digits or "+86" takes the normal form
 * first. */

#define CHINA_OFFSET (8 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define MIN_NAME 2
#define MAX_NAME 50
#define MAX_EMAIL 254 /* RFC 5321 with its erratum */
#define MAX_LOCAL_PART 64

static const char *const kind_names[] = { "id-card", "residence-permit", "foreign-permanent" };

/**
 * zc_identity_kind_from_string:
 * @name: a name
 * @kind: (out): the kind of that name; untouched where there is none
 *
 * Returns: whether there is one
 */
gboolean
zc_identity_kind_from_string (const char *name, ZcIdentityKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_str_equal (kind_names[i], name))
      {
        *kind = (ZcIdentityKind)i;
        return TRUE;
      }
  return FALSE;
}

/**
 * zc_identity_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): its name on the wire
 */
const char *
zc_identity_kind_to_string (ZcIdentityKind kind)
{
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

static gboolean
are_digits (const char *text, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_18_digits (const char *number)
{
  return strlen (number) == 18 && are_digits (number, 17)
         && (g_ascii_isdigit (number[17]) || number[17] == 'X' || number[17] == 'x');
}

/* ISO 7064 MOD 11-2, as GB 11643 writes it. */
static gboolean
checksum_is_right (const char *number)
{
  static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  for (int i = 0; i < 17; i++)
    sum += weights[i] * (number[i] - '0');
  return "10X98765432"[sum % 11] == g_ascii_toupper (number[17]);
}

/* The provinces of GB/T 2260; 81 to 83 are residence permits, 9 is for foreigners. */
static gboolean
is_province (const char *number)
{
  static const char provinces[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 "
                                  "50 51 52 53 54 61 62 63 64 65 71 ";
  char code[4] = { number[0], number[1], ' ', 0 };

  return strstr (provinces, code) != NULL;
}

static gboolean
region_is_right (ZcIdentityKind kind, const char *number)
{
  switch (kind)
    {
    case ZC_IDENTITY_ID_CARD:
      return is_province (number);
    case ZC_IDENTITY_RESIDENCE_PERMIT:
      return number[0] == '8' && number[1] >= '1' && number[1] <= '3'
             && strncmp (number + 2, "0000", 4) == 0;
    case ZC_IDENTITY_FOREIGN_PERMANENT:
    default:
      return number[0] == '9';
    }
}

/* The old permit for foreigners: it tells neither birthday nor sex in full. */
static gboolean
is_old_permit (const char *number)
{
  return strlen (number) == 15 && g_ascii_isalpha (number[0]) && g_ascii_isalpha (number[1])
         && g_ascii_isalpha (number[2]) && are_digits (number + 3, 12);
}

static void
read_birthday (const char *number, char birthday[11])
{
  g_snprintf (birthday, 11, "%.4s-%.2s-%.2s", number + 6, number + 10, number + 12);
}

/**
 * zc_birth_date_is_valid:
 * @date: what was typed
 * @now: the present instant
 *
 * Returns: whether it is a day of the calendar, of China's today at the latest
 */
gboolean
zc_birth_date_is_valid (const char *date, ZcTime now)
{
  g_autofree char *today = zc_time_format (now + CHINA_OFFSET);

  return zc_date_is_valid (date) && strncmp (date, today, 10) <= 0;
}

/**
 * zc_identity_check:
 * @kind: the document
 * @number: what was typed; a last x may be small
 * @now: the present instant; nobody is born later
 * @birth_date: (out) (optional): "1990-03-07", empty where the document does not tell or is wrong
 * @sex: (out) (optional): what the document tells
 *
 * Returns: %ZC_PROBLEM_NONE, or the first of format, region, date and checksum that is wrong
 */
ZcProblemCode
zc_identity_check (
    ZcIdentityKind kind, const char *number, ZcTime now, char birth_date[11], ZcSex *sex)
{
  char birthday[11];

  if (birth_date != NULL)
    birth_date[0] = 0;
  if (sex != NULL)
    *sex = ZC_SEX_UNKNOWN;
  if (kind == ZC_IDENTITY_FOREIGN_PERMANENT && is_old_permit (number))
    return ZC_PROBLEM_NONE;
  if (!is_18_digits (number))
    return ZC_PROBLEM_ID_FORMAT;
  if (!region_is_right (kind, number))
    return ZC_PROBLEM_ID_REGION;
  read_birthday (number, birthday);
  if (!zc_birth_date_is_valid (birthday, now))
    return ZC_PROBLEM_ID_DATE;
  if (!checksum_is_right (number))
    return ZC_PROBLEM_ID_CHECKSUM;
  if (birth_date != NULL)
    memcpy (birth_date, birthday, sizeof birthday);
  if (sex != NULL)
    *sex = (number[16] - '0') % 2 == 1 ? ZC_SEX_MALE : ZC_SEX_FEMALE;
  return ZC_PROBLEM_NONE;
}

/**
 * zc_credit_code_check:
 * @code: what was typed
 *
 * A unified social credit code (GB 32100): 18 of 31 characters, a region of six digits, mod 31.
 *
 * Returns: %ZC_PROBLEM_NONE or %ZC_PROBLEM_CREDIT_CODE
 */
ZcProblemCode
zc_credit_code_check (const char *code)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  static const int weights[17] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 };
  int sum = 0;

  if (strlen (code) != 18 || strspn (code, alphabet) != 18 || code[0] == '0'
      || !are_digits (code + 2, 6))
    return ZC_PROBLEM_CREDIT_CODE;
  for (int i = 0; i < 17; i++)
    sum += weights[i] * (int)(strchr (alphabet, code[i]) - alphabet);
  return alphabet[(31 - sum % 31) % 31] == code[17] ? ZC_PROBLEM_NONE : ZC_PROBLEM_CREDIT_CODE;
}

/**
 * zc_mobile_check:
 * @mobile: what was typed, without country code
 *
 * Returns: %ZC_PROBLEM_NONE or %ZC_PROBLEM_MOBILE
 */
ZcProblemCode
zc_mobile_check (const char *mobile)
{
  gboolean good
      = strlen (mobile) == 11 && are_digits (mobile, 11) && mobile[0] == '1' && mobile[1] >= '3';

  return good ? ZC_PROBLEM_NONE : ZC_PROBLEM_MOBILE;
}

/* Parts between dots, none of them empty, of letters, digits and @others. Returns how many, 0 when
 * wrong. */
static guint
count_parts (const char *text, gsize length, const char *others)
{
  guint parts = 1;

  for (gsize i = 0; i < length; i++)
    if (text[i] == '.')
      {
        if (i == 0 || i + 1 == length || text[i - 1] == '.')
          return 0;
        parts++;
      }
    else if (!g_ascii_isalnum (text[i]) && strchr (others, text[i]) == NULL)
      return 0;
  return length == 0 ? 0 : parts;
}

static gboolean
is_host_name (const char *host)
{
  const char *last = strrchr (host, '.');

  if (last == NULL || count_parts (host, strlen (host), "-") < 2 || strlen (last + 1) < 2
      || !g_ascii_isalpha (last[1]))
    return FALSE;
  return host[0] != '-' && strstr (host, ".-") == NULL && strstr (host, "-.") == NULL
         && !g_str_has_suffix (host, "-");
}

/**
 * zc_email_check:
 * @email: what was typed
 *
 * The addresses that mail really comes to: ASCII, no quotes, no comment, a host of two parts or
 * more.
 *
 * Returns: %ZC_PROBLEM_NONE or %ZC_PROBLEM_EMAIL
 */
ZcProblemCode
zc_email_check (const char *email)
{
  const char *at = strchr (email, '@');
  gsize local = at == NULL ? 0 : (gsize)(at - email);

  if (local == 0 || local > MAX_LOCAL_PART || strlen (email) > MAX_EMAIL
      || count_parts (email, local, "!#$%&'*+-/=?^_`{|}~") == 0 || !is_host_name (at + 1))
    return ZC_PROBLEM_EMAIL;
  return ZC_PROBLEM_NONE;
}

static gboolean
joins_names (gunichar c)
{
  return c == 0xb7 || c == 0x2022 || c == 0x2027 || c == 0x30fb || c == ' ' || c == '-' || c == '\''
         || c == 0x2019 || c == '.';
}

/**
 * zc_name_check:
 * @name: what was typed
 *
 * Letters of any script, rare characters beyond the basic plane included (𠮷), joined by ·, space,
 * hyphen, apostrophe or full stop; 2 to 50 characters. Names are kept as typed.
 *
 * Returns: %ZC_PROBLEM_NONE or %ZC_PROBLEM_NAME
 */
ZcProblemCode
zc_name_check (const char *name)
{
  gboolean joined = TRUE; /* whether a letter must follow */

  if (!g_utf8_validate (name, -1, NULL) || zc_text_exceeds (name, MAX_NAME)
      || zc_text_length (name) < MIN_NAME)
    return ZC_PROBLEM_NAME;
  for (const char *at = name; *at != 0; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (joins_names (c))
        {
          /* "J. Smith": a space may follow a full stop */
          if (joined && !(c == ' ' && at > name && at[-1] == '.'))
            return ZC_PROBLEM_NAME;
          joined = TRUE;
        }
      else if (g_unichar_isalpha (c) || (g_unichar_ismark (c) && !joined))
        joined = FALSE;
      else
        return ZC_PROBLEM_NAME;
    }
  return joined && !g_str_has_suffix (name, ".") ? ZC_PROBLEM_NAME : ZC_PROBLEM_NONE;
}

/* NFKC without the spaces around it; what is no UTF-8 stays as it is. */
static char *
normalize (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  const char *from, *end;

  if (normal == NULL)
    return g_strdup (text);
  for (from = normal; *from != 0 && g_unichar_isspace (g_utf8_get_char (from));
       from = g_utf8_next_char (from))
    ;
  for (end = from + strlen (from); end > from; end = g_utf8_prev_char (end))
    if (!g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
      break;
  return g_strndup (from, (gsize)(end - from));
}

/**
 * zc_normal_id_number:
 * @number: what was typed
 *
 * Returns: (transfer full): one form for one number: NFKC, trimmed, letters large (decisions 12)
 */
char *
zc_normal_id_number (const char *number)
{
  g_autofree char *normal = normalize (number);

  return g_ascii_strup (normal, -1);
}

/**
 * zc_normal_mobile:
 * @mobile: what was typed
 *
 * Returns: (transfer full): one form for one number: NFKC, without spaces and hyphens, +86 cut
 * (decisions 12)
 */
char *
zc_normal_mobile (const char *mobile)
{
  static const char *const prefixes[] = { "+86", "0086", "86" };
  g_autofree char *normal = normalize (mobile);
  char *out = normal;

  for (const char *in = normal; *in != 0; in++)
    if (*in != ' ' && *in != '-')
      *out++ = *in;
  *out = 0;
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (normal, prefixes[i]) && strlen (normal) == strlen (prefixes[i]) + 11)
      return g_strdup (normal + strlen (prefixes[i]));
  return g_steal_pointer (&normal);
}

/**
 * zc_normal_email:
 * @email: what was typed
 *
 * Returns: (transfer full): one form for one address: NFKC, trimmed, small letters (decisions 12)
 */
char *
zc_normal_email (const char *email)
{
  g_autofree char *normal = normalize (email);

  return g_ascii_strdown (normal, -1);
}

/* @head characters, @stars stars (-1: one for each character hidden), @tail characters. A text too
 * short to hide most of a secret in is hidden whole. */
static char *
mask (const char *text, glong head, glong stars, glong tail)
{
  glong length = g_utf8_strlen (text, -1);
  GString *masked = g_string_new (NULL);

  if (length <= head + tail)
    head = tail = 0;
  g_string_append_len (masked, text, g_utf8_offset_to_pointer (text, head) - text);
  for (glong i = 0; i < (stars < 0 ? length - head - tail : stars); i++)
    g_string_append_c (masked, '*');
  g_string_append (masked, g_utf8_offset_to_pointer (text, length - tail));
  return g_string_free_and_steal (masked);
}

/**
 * zc_mask_id_number:
 * @number: a number
 *
 * Returns: (transfer full): "4501**********123X"
 */
char *
zc_mask_id_number (const char *number)
{
  return mask (number, 4, -1, 4);
}

/**
 * zc_mask_mobile:
 * @mobile: a number
 *
 * Returns: (transfer full): "138****8000"
 */
char *
zc_mask_mobile (const char *mobile)
{
  return mask (mobile, 3, 4, 4);
}

/**
 * zc_mask_email:
 * @email: an address
 *
 * Returns: (transfer full): "z***@example.org"
 */
char *
zc_mask_email (const char *email)
{
  const char *at = strchr (email, '@');
  gsize head = at == NULL || at == email ? 0 : (gsize)(g_utf8_next_char (email) - email);

  return g_strdup_printf ("%.*s***%s", (int)head, email, at == NULL ? "" : at);
}
