import type { CallSite } from "../../runtime/call_site.ts";
import {
  type HtmlRows,
  htmlTable,
  readHtmlTable,
  textTable,
} from "../display/frame_table.ts";
import { expectString } from "../../gateway/expect.ts";
import type { Relation } from "../plan/relation.ts";
import { ask, schema } from "./questions.ts";

/** Texts of one thing by their media types, of which a notebook shows the best that it can. */
export type MediaBundle = Readonly<Record<string, string | object>>;

/** How many rows a notebook shows. */
const ROWS = 20;
/** Most characters of a value. */
const CHARACTERS = 200;

/**
 * What a notebook shows of a frame: its first rows, or of a stream its
 * operations, as none of its rows are known.
 *
 * @param node the frame's plan
 * @param text what consoles print of it
 * @param site where the program asked for it
 */
export async function display(
  node: Relation,
  text: string,
  site: CallSite,
): Promise<MediaBundle> {
  const table = await ask(node, site, async (dataset) => {
    if (await dataset.callBoolean("isStreaming")) return null;
    const html = await dataset.callString("htmlString", ROWS, CHARACTERS);
    const { rows, hasMore } = readHtmlTable(html);
    return { rows: await unescape(node, rows), hasMore };
  });
  if (table === null) return { "text/plain": text };
  const shown = { ...table, schema: await schema(node, site) };
  return { "text/html": htmlTable(shown), "text/plain": textTable(shown) };
}

/**
 * Takes the JVM's escaping off, by what put it on: it names some two hundred
 * letters. Values have no line breaks.
 */
async function unescape(
  { session }: Relation,
  rows: HtmlRows["rows"],
): Promise<string[][]> {
  const text = await session.runtime.gateway.callStatic(
    "org.apache.commons.text.StringEscapeUtils",
    "unescapeHtml4",
    rows.flat().join("\n"),
  );
  const values = expectString(text, "unescapeHtml4").split("\n");
  return rows.map((row) => values.splice(0, row.length));
}
