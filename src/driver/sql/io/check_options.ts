import { closestName } from "../../../common/closest_name.ts";
import { writeErrorText } from "../../../common/log.ts";
import { type CallSite, describeSite } from "../../runtime/call_site.ts";
import { knownOptions } from "./format_options.ts";
import { knownStreamOptions } from "./stream_option_names.ts";

/** What was said already, so that a loop says it once. */
const told = new Set<string>();

/**
 * Tells, once for each format and name, of options that a format does not
 * know: Spark passes over them without a word. Names with a dot are settings
 * of Hadoop or of a library, and left alone.
 *
 * @param format the format's name; Spark's default, Parquet, when null
 * @param names the names of the options
 * @param site where the program reads or writes
 * @param tell takes the text; stderr when left out
 */
export function tellUnknownOptions(
  format: string | null,
  names: Iterable<string>,
  site: CallSite,
  tell: (text: string) => void = writeErrorText,
): void {
  const known = format === null
    ? null
    : knownOptions(format) ?? knownStreamOptions(format);
  if (known === null) return;
  const spelled = new Set(known.map((name) => name.toLowerCase()));
  for (const name of names) {
    if (name.includes(".") || spelled.has(name.toLowerCase())) continue;
    const key = `${format} ${name}`;
    if (told.has(key)) continue;
    told.add(key);
    const meant = closestName(name, known);
    const remedy = meant === null
      ? "Spark passes over what it does not know"
      : `write "${meant}"`;
    tell(
      `Warning: ${
        describeSite(site)
      } sets the option "${name}", which the format "${format}" does not know; ${remedy}\n`,
    );
  }
}
