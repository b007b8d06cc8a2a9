import { simpleString, type StructType } from "../../../types/spark_types.ts";
import { isNumeric } from "../../../types/is_numeric.ts";

/** The first rows of a frame, as texts. */
export interface FrameTable {
  /** The columns. */
  readonly schema: StructType;
  /** The rows: for each column the text that `show()` prints. */
  readonly rows: readonly (readonly string[])[];
  /** Whether the frame has more rows. */
  readonly hasMore: boolean;
}

/** Rows of a table that the JVM wrote. */
export interface HtmlRows {
  /** The values of each row: escaped, and without line breaks. */
  readonly rows: readonly (readonly string[])[];
  /** Whether the frame has more rows. */
  readonly hasMore: boolean;
}

/**
 * Takes the table apart that the JVM writes, a line for each row.
 *
 * Peer: `Dataset.htmlString`, Spark 3.5 – 4.3.
 *
 * @param html the table
 */
export function readHtmlTable(html: string): HtmlRows {
  const lines = html.split("\n");
  const rows = lines.filter((line) => line.startsWith(ROW_START)).map((line) =>
    line.slice(ROW_START.length, -ROW_END.length).split("</td><td>")
  );
  const below = lines.slice(lines.indexOf("</table>") + 1);
  return { rows, hasMore: below.some((line) => line.trim() !== "") };
}

const ROW_START = "<tr><td>";
const ROW_END = "</td></tr>";

/**
 * A table for notebooks: names with their types under them, numbers to the
 * right. Colors and lines are those of the page around it, light or dark.
 *
 * @param table what it shows
 */
export function htmlTable({ schema, rows, hasMore }: FrameTable): string {
  const aligned = schema.fields.map(({ type }) =>
    `style="text-align:${isNumeric(type) ? "right" : "left"}"`
  );
  const heads = schema.fields.map(({ name, type }, i) =>
    `<th ${aligned[i]}>${escapeHtml(name)}<br><small ${FAINT}>${
      escapeHtml(simpleString(type))
    }</small></th>`
  );
  const body = rows.map((row) =>
    `<tr>${
      row.map((cell, i) => {
        const text = cell === NULL
          ? `<span ${FAINT}>${NULL}</span>`
          : escapeHtml(cell);
        return `<td ${aligned[i]}>${text}</td>`;
      }).join("")
    }</tr>\n`
  );
  return `<table>
<thead><tr>${heads.join("")}</tr></thead>
<tbody>
${body.join("")}</tbody>
</table>
<small ${FAINT}>${footer(rows.length, hasMore)}</small>`;
}

/** As `show()` prints it. */
const NULL = "NULL";
const FAINT = 'style="opacity:0.65;font-weight:normal"';

/**
 * The same table as text, for what shows no HTML.
 *
 * @param table what it shows
 */
export function textTable({ schema, rows, hasMore }: FrameTable): string {
  const names = schema.fieldNames;
  const types = schema.fields.map(({ type }) => simpleString(type));
  const widths = names.map((_, i) =>
    [names, types, ...rows].reduce(
      (width, row) => Math.max(width, row[i]?.length ?? 0),
      0,
    )
  );
  const rule = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  const line = (row: readonly string[]): string =>
    `|${
      row.map((cell, i) => {
        const width = widths[i] ?? 0;
        const type = schema.fields[i]?.type;
        const isRight = type !== undefined && isNumeric(type);
        return ` ${isRight ? cell.padStart(width) : cell.padEnd(width)} `;
      }).join("|")
    }|`;
  return [
    ...[rule, line(names), line(types), rule, ...rows.map(line), rule],
    footer(rows.length, hasMore),
  ].join("\n");
}

function footer(count: number, hasMore: boolean): string {
  const rows = count === 1 ? "1 row" : `${count} rows`;
  return hasMore ? `The first ${rows}: there are more` : rows;
}

/** Writes a text so that it is text in HTML, in attributes as well. */
function escapeHtml(text: string): string {
  return text.replaceAll(
    /[&<>"']/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}
