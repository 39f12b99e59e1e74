/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-business.h"

/* The loader of businesses: everything that is wrong is refused with its place. */

/* A small right business; each case replaces one piece of it. */
static const char small[]
    = "{'id':'b','revision':1,'title':'业务','target':['unit','level'],'stages':['unit','office'],"
      "'instructions':'读','sections':["
      "{'id':'one','title':'一','fields':["
      "{'id':'t','type':'text','label':'文','max_length':9},"
      "{'id':'c','type':'choice','label':'选','choices':['甲','乙']},"
      "{'id':'f','type':'flag','label':'否'},"
      "{'id':'n','type':'integer','label':'数','min':0,'max':5},"
      "{'id':'d','type':'date','label':'日'},"
      "{'id':'s','type':'computed','label':'和','sum':['n']},"
      "{'id':'w','type':'text','label':'名','from':'account.name'},"
      "{'id':'p','type':'images','label':'图','images':{'max':2,'max_bytes':100}}]},"
      "{'id':'many','title':'多','entries':{'min':0,'max':3},'entry_title':'x','fields':["
      "{'id':'x','type':'text','label':'文'},{'id':'y','type':'month','label':'月','not_before':'z'"
      "},"
      "{'id':'z','type':'month','label':'起'}]},"
      "{'id':'late','title':'后','fills':'unit','fields':[{'id':'o','type':'flag','label':'见'}]}]"
      "}";

typedef struct
{
  const char *name;
  const char *piece;
  const char *instead;
  const char *message; /* NULL: is taken */
} Case;

static const Case cases[] = {
  { "as-it-is", "'id':'b'", "'id':'b'", NULL },
  { "all-shapes", "'id':'b'", "'id':'a9_z'", NULL },
  { "unknown-member", "'id':'b',", "'id':'b','colour':1,", "\"colour\"" },
  { "unknown-member-of-section", "'title':'一',", "'title':'一','colour':1,", "sections[0]: " },
  { "unknown-member-of-field", "'label':'文',", "'label':'文','colour':1,",
    "sections[0].fields[0]: " },
  { "unknown-member-of-images", "'max_bytes':100", "'max_bytes':100,'dpi':3",
    "sections[0].fields[7].images: " },
  { "missing-title", "'title':'业务',", "", "\"title\"" },
  { "wrong-type", "'revision':1", "'revision':'1'", "\"revision\"" },
  { "not-an-object", "{'id':'x','type':'text','label':'文'}", "7", "sections[1].fields[0]: " },
  { "revision-zero", "'revision':1", "'revision':0", "revision: " },
  { "bad-id", "'id':'b'", "'id':'B'", "id: “B”" },
  { "bad-section-id", "'id':'one'", "'id':'one-1'", "sections[0].id: " },
  { "bad-field-id", "'id':'t'", "'id':'9'", "sections[0].fields[0].id: " },
  { "reserved-section-id", "'id':'one'", "'id':'target'", "sections[0].id: " },
  { "same-section-twice", "'id':'many'", "'id':'one'", "sections[1].id: " },
  { "same-field-twice", "'id':'c'", "'id':'t'", "sections[0].fields[1].id: " },
  { "blank-label", "'label':'文','max", "'label':' \\u3000','max",
    "sections[0].fields[0].label: " },
  { "control-in-label", "'label':'文','max", "'label':'文\\u0007','max",
    "sections[0].fields[0].label: " },
  { "unknown-type", "'type':'flag','label':'否'", "'type':'colour','label':'否'",
    "sections[0].fields[2].type: " },
  { "member-of-another-type", "'type':'flag','label':'否'", "'type':'flag','label':'否','max':3",
    "sections[0].fields[2].max: " },
  { "consent-not-a-flag", "'label':'文','max", "'label':'文','consent':true,'max",
    "sections[0].fields[0].consent: " },
  { "unknown-target", "['unit','level']", "['unit','moon']", "target: " },
  { "unknown-stage", "['unit','office']", "['unit','moon']", "stages: " },
  { "applicant-is-no-stage", "['unit','office']", "['applicant']", "stages: " },
  { "stage-twice", "['unit','office']", "['unit','unit']", "stages: " },
  { "no-stages", "['unit','office']", "[]", "stages: " },
  { "unknown-year-rule", "'id':'b'", "'id':'b','year_rule':'often'", "year_rule: " },
  { "unknown-resubmit", "'id':'b'", "'id':'b','resubmit':'never'", "resubmit: " },
  { "unknown-lock", "'title':'一',", "'title':'一','locked_until':'dawn',",
    "sections[0].locked_until: " },
  { "unknown-fills", "'fills':'unit'", "'fills':'moon'", "sections[2].fills: " },
  { "no-fields", "[{'id':'o','type':'flag','label':'见'}]", "[]", "sections[2].fields: " },
  { "choice-without-choices", ",'choices':['甲','乙']", "", "sections[0].fields[1]: " },
  { "choices-and-catalog", "'choices':['甲','乙']", "'choices':['甲'],'catalog':'nations'",
    "sections[0].fields[1]: " },
  { "catalog", "'choices':['甲','乙']", "'catalog':'degrees'", NULL },
  { "unknown-catalog", "'choices':['甲','乙']", "'catalog':'moons'",
    "sections[0].fields[1].catalog: " },
  { "choice-twice", "'choices':['甲','乙']", "'choices':['甲','甲']",
    "sections[0].fields[1].choices: " },
  { "empty-choice", "'choices':['甲','乙']", "'choices':['甲','']",
    "sections[0].fields[1].choices: " },
  { "lengths-cross", "'max_length':9", "'max_length':9,'min_length':10",
    "sections[0].fields[0].min_length: " },
  { "length-zero", "'max_length':9", "'max_length':0", "sections[0].fields[0].max_length: " },
  { "range-crosses", "'min':0,'max':5", "'min':6,'max':5", "sections[0].fields[3].min: " },
  { "range-of-one", "'min':0,'max':5", "'min':5,'max':5", NULL },
  { "half-an-integer", "'min':0,'max':5", "'min':0.5,'max':5", "sections[0].fields[3].min: " },
  { "images-missing", ",'images':{'max':2,'max_bytes':100}", "", "sections[0].fields[7].images: " },
  { "images-cross", "'max':2,'max_bytes':100", "'min':3,'max':2,'max_bytes':100",
    "sections[0].fields[7].images.min: " },
  { "images-none", "'max':2,'max_bytes':100", "'max':0,'max_bytes':100",
    "sections[0].fields[7].images.max: " },
  { "images-without-bytes", "'max':2,'max_bytes':100", "'max':2",
    "sections[0].fields[7].images: " },
  { "images-wider-than-jpeg", "'max_bytes':100", "'max_bytes':100,'min_width':65536",
    "sections[0].fields[7].images.min_width: " },
  { "entries-cross", "'min':0,'max':3", "'min':4,'max':3", "sections[1].entries.min: " },
  { "entries-without-max", "'min':0,'max':3", "'min':0", "sections[1].entries: " },
  { "entry-title-unknown", "'entry_title':'x'", "'entry_title':'q'", "sections[1].entry_title: " },
  { "entry-title-without-entries", "'title':'一',", "'title':'一','entry_title':'t',",
    "sections[0].entry_title: " },
  { "sum-unknown", "'sum':['n']", "'sum':['q']", "sections[0].fields[5].sum: " },
  { "sum-of-text", "'sum':['n']", "'sum':['t']", "sections[0].fields[5].sum: " },
  { "sum-of-itself", "'sum':['n']", "'sum':['s']", "sections[0].fields[5].sum: " },
  { "computed-without-sum", ",'sum':['n']", "", "sections[0].fields[5]: " },
  { "computed-required", "'sum':['n']", "'sum':['n'],'required':true",
    "sections[0].fields[5].required: " },
  { "order-unknown", "'not_before':'z'", "'not_before':'q'", "sections[1].fields[1].not_before: " },
  { "order-after-itself", "'not_before':'z'", "'not_before':'y'",
    "sections[1].fields[1].not_before: " },
  { "order-of-text", "'not_before':'z'", "'not_before':'x'", "sections[1].fields[1].not_before: " },
  { "notice", "'label':'日'}", "'label':'日'},{'id':'e','type':'date','label':'止','not_before':'d','min_working_days':5}", NULL },
  { "notice-of-no-day", "'label':'日'}",
    "'label':'日'},{'id':'e','type':'date','label':'止','not_before':'d','min_working_days':0}",
    "sections[0].fields[5].min_working_days: " },
  { "notice-too-long", "'label':'日'}",
    "'label':'日'},{'id':'e','type':'date','label':'止','not_before':'d','min_working_days':201}",
    "sections[0].fields[5].min_working_days: " },
  { "notice-without-start", "'label':'日'", "'label':'日','min_working_days':5",
    "sections[0].fields[4].min_working_days: " },
  { "notice-that-starts-in-a-month", "'type':'month','label':'月'",
    "'type':'date','label':'月','min_working_days':5", "sections[1].fields[1].min_working_days: " },
  { "notice-that-ends-in-a-month", "'not_before':'z'", "'not_before':'z','min_working_days':5",
    "sections[1].fields[1].min_working_days: " },
  { "from-unknown", "'from':'account.name'", "'from':'account.password'",
    "sections[0].fields[6].from: " },
  { "from-no-such-target", "'from':'account.name'", "'from':'target.committee'",
    "sections[0].fields[6].from: " },
  { "from-target", "'from':'account.name'", "'from':'target.level'", NULL },
  { "from-required", "'from':'account.name'", "'from':'account.name','required':true",
    "sections[0].fields[6].required: " },
  { "advised", "'label':'否'", "'label':'否','advised':true", NULL },
  { "advised-when", "'label':'否'", "'label':'否','advised_when':{'.c':['甲']}", NULL },
  { "advised-and-required", "'label':'否'", "'label':'否','required':true,'advised':true",
    "sections[0].fields[2].advised: " },
  { "advised-when-and-required", "'label':'否'",
    "'label':'否','required':true,'advised_when':{'.c':['甲']}",
    "sections[0].fields[2].advised_when: " },
  { "advised-twice", "'label':'否'", "'label':'否','advised':true,'advised_when':{'.c':['甲']}",
    "sections[0].fields[2].advised_when: " },
  { "advised-when-unknown", "'label':'否'", "'label':'否','advised_when':{'.q':['甲']}",
    "sections[0].fields[2].advised_when[“.q”]: " },
  { "advised-sum", "'sum':['n']", "'sum':['n'],'advised':true", "sections[0].fields[5].advised: " },
  { "advise-min", "'min':0,'max':5", "'min':0,'max':5,'advise_min':5", NULL },
  { "advise-min-of-sum", "'sum':['n']", "'sum':['n'],'advise_min':2.5", NULL },
  { "advise-min-says-nothing", "'min':0,'max':5", "'min':0,'max':5,'advise_min':0",
    "sections[0].fields[3].advise_min: " },
  { "advise-min-out-of-reach", "'min':0,'max':5", "'min':0,'max':5,'advise_min':6",
    "sections[0].fields[3].advise_min: " },
  { "advise-min-of-text", "'max_length':9", "'max_length':9,'advise_min':1",
    "sections[0].fields[0].advise_min: " },
  { "advise-share", "'min':0,'max':5", "'min':0,'max':5,'advise_share':{'of':'s','parts':2,'in':3}",
    NULL },
  { "advise-share-of-text", "'min':0,'max':5",
    "'min':0,'max':5,'advise_share':{'of':'t','parts':2,'in':3}",
    "sections[0].fields[3].advise_share: " },
  { "advise-share-of-itself", "'min':0,'max':5",
    "'min':0,'max':5,'advise_share':{'of':'n','parts':2,'in':3}",
    "sections[0].fields[3].advise_share: " },
  { "advise-more-than-all", "'min':0,'max':5",
    "'min':0,'max':5,'advise_share':{'of':'s','parts':4,'in':3}",
    "sections[0].fields[3].advise_share.parts: " },
  { "advise-share-of-none", "'min':0,'max':5",
    "'min':0,'max':5,'advise_share':{'of':'s','parts':0,'in':3}",
    "sections[0].fields[3].advise_share.parts: " },
  { "advise-entries", "'min':0,'max':3", "'max':3,'advise_min':3", NULL },
  { "advise-too-many-entries", "'min':0,'max':3", "'max':3,'advise_min':4",
    "sections[1].entries.advise_min: " },
  { "min-when", "'min':0,'max':3", "'min':1,'max':3,'min_when':{'one.c':['甲']}", NULL },
  { "min-when-without-min", "'min':0,'max':3", "'max':3,'min_when':{'one.c':['甲']}",
    "sections[1].entries.min_when: " },
  { "min-when-in-the-entry", "'min':0,'max':3", "'min':1,'max':3,'min_when':{'.x':['甲']}",
    "sections[1].entries.min_when[“.x”]: " },
  { "same-as", "'max_length':9", "'max_length':9,'same_as':'account.name'", NULL },
  { "same-as-a-secret", "'max_length':9", "'max_length':9,'same_as':'account.password'",
    "sections[0].fields[0].same_as: " },
  { "same-as-not-a-text", "'min':0,'max':5", "'min':0,'max':5,'same_as':'account.name'",
    "sections[0].fields[3].same_as: " },
  { "required-and-required-when", "'label':'否'",
    "'label':'否','required':true,'required_when':{'.c':['甲']}",
    "sections[0].fields[2].required_when: " },
};

/* Conditions, put on the flag of the first section. */
static const Case conditions[] = {
  { "same-section", NULL, "'when':{'.c':['甲']}", NULL },
  { "named-section", NULL, "'when':{'one.c':['甲','乙']}", NULL },
  { "target", NULL, "'when':{'target.level':['senior']}", NULL },
  { "account", NULL, "'unless':{'account.has_title':['false']}", NULL },
  { "required-when", NULL, "'required_when':{'.n':['3'],'.c':['甲']}", NULL },
  { "unknown-field", NULL, "'when':{'.q':['甲']}", "sections[0].fields[2].when[“.q”]: " },
  { "unknown-section", NULL, "'unless':{'q.c':['甲']}", "sections[0].fields[2].unless[“q.c”]: " },
  { "unknown-field-there", NULL, "'required_when':{'one.q':['甲']}",
    "sections[0].fields[2].required_when[“one.q”]: " },
  { "target-not-asked", NULL, "'when':{'target.committee':['x']}", "when[“target.committee”]: " },
  { "account-secret", NULL, "'when':{'account.name':['x']}", "when[“account.name”]: " },
  { "no-key", NULL, "'when':{}", "sections[0].fields[2].when: " },
  { "key-without-dot", NULL, "'when':{'c':['甲']}", "when[“c”]: " },
  { "key-with-two-dots", NULL, "'when':{'one.c.d':['甲']}", "when[“one.c.d”]: " },
  { "no-values", NULL, "'when':{'.c':[]}", "when[“.c”]: " },
  { "values-no-list", NULL, "'when':{'.c':'甲'}", "when[“.c”]: " },
  { "value-no-choice", NULL, "'when':{'.c':['丙']}", "when[“.c”]: " },
  { "value-no-integer", NULL, "'when':{'.n':['three']}", "when[“.n”]: " },
  { "value-no-flag", NULL, "'when':{'account.has_title':['maybe']}",
    "when[“account.has_title”]: " },
  { "repeating-section", NULL, "'when':{'many.x':['甲']}", "when[“many.x”]: " },
  { "unit-comes-later", NULL, "'when':{'late.o':['true']}", "when[“late.o”]: " },
  { "images", NULL, "'when':{'.p':['x']}", "when[“.p”]: " },
  { "from-elsewhere", NULL, "'when':{'.w':['x']}", "when[“.w”]: " },
  { "itself", NULL, "'when':{'.f':['true']}", "sections[0].fields[2]: " },
};

static char *
quote (const char *text)
{
  char *quoted = g_strdup (text);

  g_strdelimit (quoted, "'", '"');
  return quoted;
}

static void
check_text (const char *text, const char *message)
{
  g_autofree char *quoted = quote (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcBusiness) business = zc_business_parse (quoted, strlen (quoted), &error);

  if (message == NULL)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_null (business);
  g_assert_nonnull (error);
  if (strstr (error->message, message) == NULL)
    g_error ("“%s” does not name %s", error->message, message);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  const char *at = strstr (small, one->piece);
  g_autofree char *text = NULL;

  g_assert_nonnull (at);
  text = g_strdup_printf ("%.*s%s%s", (int)(at - small), small, one->instead,
                          at + strlen (one->piece));
  check_text (text, one->message);
}

/* Put behind the business's own members, which ask a name and a credit code in several ways. */
static const Case admissions[] = {
  { "whole", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c'}", NULL },
  { "another-kind", NULL, "{'kind':'office','name':'one.n','credit_code':'one.c'}",
    "admits.kind: " },
  { "no-code", NULL, "{'kind':'unit','name':'one.n'}", "admits: " },
  { "surplus", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','x':1}", "admits: " },
  { "no-dot", NULL, "{'kind':'unit','name':'n','credit_code':'one.c'}", "admits.name: " },
  { "empty", NULL, "{'kind':'unit','name':'','credit_code':'one.c'}", "admits.name: " },
  { "no-section", NULL, "{'kind':'unit','name':'q.n','credit_code':'one.c'}", "admits.name: " },
  { "no-field", NULL, "{'kind':'unit','name':'one.q','credit_code':'one.c'}", "admits.name: " },
  { "name-no-text", NULL, "{'kind':'unit','name':'one.c','credit_code':'one.c'}",
    "admits.name: " },
  { "code-a-text", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.n'}",
    "admits.credit_code: " },
  { "not-required", NULL, "{'kind':'unit','name':'one.o','credit_code':'one.c'}",
    "admits.name: " },
  { "of-the-account", NULL, "{'kind':'unit','name':'one.a','credit_code':'one.c'}",
    "admits.name: " },
  { "sometimes", NULL, "{'kind':'unit','name':'one.w','credit_code':'one.c'}", "admits.name: " },
  { "in-entries", NULL, "{'kind':'unit','name':'many.n','credit_code':'one.c'}",
    "admits.name: " },
  { "of-the-unit", NULL, "{'kind':'unit','name':'late.n','credit_code':'one.c'}",
    "admits.name: " },
  { "hidden-section", NULL, "{'kind':'unit','name':'some.n','credit_code':'one.c'}",
    "admits.name: " },
  { "all", NULL,
    "{'kind':'unit','name':'one.n','credit_code':'one.c','seal':'one.s','head':'one.h',"
    "'working_days':3}",
    NULL },
  { "seal-no-image", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','seal':'one.n'}",
    "admits.seal: " },
  { "two-seals", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','seal':'one.p'}",
    "admits.seal: " },
  { "head-a-text", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','head':'one.n'}",
    "admits.head: " },
  { "heads", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','head':'many.c'}",
    "admits.head: " },
  { "no-day", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','working_days':0}",
    "admits.working_days: " },
};
/* The same, of a business that changes a unit. */
static const Case amendments[] = {
  { "name", NULL, "{'kind':'unit','name':'one.n'}", NULL },
  { "seal", NULL, "{'kind':'unit','seal':'one.s','working_days':3}", NULL },
  { "both", NULL, "{'kind':'unit','name':'one.n','seal':'one.s'}", NULL },
  { "head", NULL, "{'kind':'unit','head':'one.h'}", NULL },
  { "head-a-text", NULL, "{'kind':'unit','head':'one.n'}", "amends.head: " },
  { "neither", NULL, "{'kind':'unit'}", "amends: " },
  { "another-kind", NULL, "{'kind':'office','name':'one.n'}", "amends.kind: " },
  { "surplus", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c'}", "amends: " },
  { "not-required", NULL, "{'kind':'unit','name':'one.o'}", "amends.name: " },
  { "two-seals", NULL, "{'kind':'unit','seal':'one.p'}", "amends.seal: " },
  { "too-many-days", NULL, "{'kind':'unit','name':'one.n','working_days':4294967297}",
    "amends.working_days: " },
};
static const char admitting[]
    = "{'id':'b','revision':1,'title':'业务','target':['%s'],'stages':['office'],'sections':["
      "{'id':'one','title':'一','fields':["
      "{'id':'n','type':'text','label':'名','required':true},"
      "{'id':'o','type':'text','label':'名'},"
      "{'id':'a','type':'text','label':'名','from':'account.name'},"
      "{'id':'f','type':'flag','label':'否'},"
      "{'id':'w','type':'text','label':'名','required':true,'when':{'.f':['true']}},"
      "{'id':'c','type':'credit-code','label':'码','required':true},"
      "{'id':'h','type':'credit-code','label':'总','required':true,'when':{'.f':['true']}},"
      "{'id':'s','type':'images','label':'章','required':true,'images':{'max':1,'max_bytes':9}},"
      "{'id':'p','type':'images','label':'章','required':true,'images':{'max':2,'max_bytes':9}}]},"
      "{'id':'many','title':'多','entries':{'min':1,'max':3},'fields':["
      "{'id':'c','type':'credit-code','label':'码','required':true},"
      "{'id':'n','type':'text','label':'名','required':true}]},"
      "{'id':'some','title':'有','when':{'one.f':['true']},'fields':["
      "{'id':'n','type':'text','label':'名','required':true}]},"
      "{'id':'late','title':'后','fills':'unit','fields':["
      "{'id':'n','type':'text','label':'名','required':true}]}],'%s':%s}";

static void
check_taking (const char *target, const char *member, const Case *one)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_autofree char *text = g_strdup_printf (admitting, target, member, one->instead);
  g_autofree char *homeless = g_strdup_printf (admitting, "level", member, one->instead);
#pragma GCC diagnostic pop

  check_text (text, one->message);
  check_text (homeless, member);
}

static void
test_admission (gconstpointer data)
{
  check_taking ("office", "admits", data);
}

static void
test_amendment (gconstpointer data)
{
  check_taking ("unit", "amends", data);
}

static void
test_condition (gconstpointer data)
{
  static const char flag[] = "'type':'flag','label':'否'";
  const Case *one = data;
  const char *after = strstr (small, flag) + strlen (flag);
  g_autofree char *text
      = g_strdup_printf ("%.*s,%s%s", (int)(after - small), small, one->instead, after);

  check_text (text, one->message);
}

/* Two fields that wait for each other; a section that waits for itself. */
static void
test_cycles (void)
{
  static const char head[]
      = "{'id':'b','revision':1,'title':'业','target':['unit'],'stages':['unit'],'sections':[";
  g_autofree char *pair
      = g_strconcat (head,
                     "{'id':'a','title':'一','fields':[{'id':'f','type':'flag','label':'一','when':"
                     "{'.g':['true']}},"
                     "{'id':'g','type':'flag','label':'二','unless':{'.f':['true']}}]}]}",
                     NULL);
  g_autofree char *section = g_strconcat (head,
                                          "{'id':'a','title':'一','when':{'a.f':['true']},'fields':"
                                          "[{'id':'f','type':'flag','label':'一'}]}]}",
                                          NULL);
  g_autofree char *across = g_strconcat (head,
                                         "{'id':'a','title':'一','when':{'z.g':['true']},'fields':["
                                         "{'id':'f','type':'flag','label':'一'}]},"
                                         "{'id':'z','title':'二','fields':[{'id':'g','type':'flag',"
                                         "'label':'二','when':{'a.f':['false']}}]}]}",
                                         NULL);

  check_text (pair, "sections[0].fields[0]: ");
  check_text (section, "sections[0].fields[0]: ");
  check_text (across, "sections[0].fields[0]: ");
}

/* Each field hangs on all before it: what doubles at each step is refused before it is ever asked.
 */
static void
test_entangled (void)
{
  g_autoptr (GString) text = g_string_new (
      "{'id':'b','revision':1,'title':'业','target':['unit'],'stages':['unit'],'sections':[{'id':'"
      "a','title':'一','fields':["
      "{'id':'f0','type':'flag','label':'零'},{'id':'f1','type':'flag','label':'一'}");

  for (int i = 2; i < 30; i++)
    g_string_append_printf (
        text, ",{'id':'f%d','type':'flag','label':'多','when':{'.f%d':['true'],'a.f%d':['true']}}",
        i, i - 1, i - 2);
  g_string_append (text, "]}]}");
  check_text (text->str, "sections[0].fields[");
}

/* More than the format's bounds is refused before anything walks it. */
static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (
      "{'id':'b','revision':1,'title':'业','target':['unit'],'stages':['unit'],'sections':[");

  for (int i = 0; i < 65; i++)
    g_string_append_printf (
        text, "%s{'id':'s%d','title':'一','fields':[{'id':'f','type':'flag','label':'一'}]}",
        i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  check_text (text->str, "sections: ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/business/B5/cycles", test_cycles);
  g_test_add_func ("/business/B5/entangled", test_entangled);
  g_test_add_func ("/business/B5/bounds", test_bounds);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/business/B5/file/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      g_autofree char *path = g_strdup_printf ("/business/B5/condition/%s", conditions[i].name);

      g_test_add_data_func (path, &conditions[i], test_condition);
    }
  for (guint i = 0; i < G_N_ELEMENTS (admissions); i++)
    {
      g_autofree char *path = g_strdup_printf ("/business/U1/admits/%s", admissions[i].name);

      g_test_add_data_func (path, &admissions[i], test_admission);
    }
  for (guint i = 0; i < G_N_ELEMENTS (amendments); i++)
    {
      g_autofree char *path = g_strdup_printf ("/business/U2/amends/%s", amendments[i].name);

      g_test_add_data_func (path, &amendments[i], test_amendment);
    }
  return g_test_run ();
}
