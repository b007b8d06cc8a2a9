/** How a collation may differ from its name's first part, in Spark's order; `CS` and `AS` are the rule. */
const SPECIFIERS = ["CI", "AI", "RTRIM"];
const DEFAULTS = ["CS", "AS"];

/**
 * The name of a collation as Spark writes it: `unicode_AI_ci` is
 * `UNICODE_CI_AI`, `DE_deu` is `de_DEU`. Whether there is one of that name,
 * Spark says.
 */
export function collationName(text: string): string {
  const parts = text.replace(/^system\.builtin\./i, "").split("_");
  const said = new Set<string>();
  for (;;) {
    const last = parts.at(-1)?.toUpperCase() ?? "";
    if (parts.length < 2) break;
    if (!SPECIFIERS.includes(last) && !DEFAULTS.includes(last)) break;
    said.add(last);
    parts.pop();
  }
  const name = parts.join("_");
  const base = /^(?:UTF8|UNICODE)/i.test(name)
    ? name.toUpperCase()
    : parts.map(localePart).join("_");
  return [base, ...SPECIFIERS.filter((part) => said.has(part))].join("_");
}

/** Whose rules a collation follows. */
export function collationProvider(name: string): "spark" | "icu" {
  return name.startsWith("UTF8") ? "spark" : "icu";
}

/** A language, then a script of four letters, then a country of three. */
function localePart(part: string, at: number): string {
  if (at === 0) return part.toLowerCase();
  return part.length === 4
    ? part.charAt(0).toUpperCase() + part.slice(1).toLowerCase()
    : part.toUpperCase();
}
