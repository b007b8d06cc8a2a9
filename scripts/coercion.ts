/**
 * `deno task coercion`: writes docs/coercion.md, what becomes of each kind of
 * JavaScript value that a function returns for a column of each of Spark's
 * types. Computed by the code that a worker runs.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { SparkError } from "../src/common/errors.ts";
import { showValue } from "../src/common/show_value.ts";
import { BatchReader } from "../src/serde/arrow/batch_reader.ts";
import { BatchWriter } from "../src/serde/arrow/batch_message.ts";
import { columnBuilder } from "../src/serde/arrow/builders/make_builder.ts";
import { columnReader } from "../src/serde/arrow/column_reader.ts";
import { arrowFieldOf } from "../src/serde/arrow/spark_arrow.ts";
import { type DataType, typeFromDdl } from "../src/types/spark_types.ts";
import { VariantVal } from "../src/types/variant_val.ts";
import { type CoercionValue, coercionValues } from "./coercion_values.ts";

/** The page. */
export const COERCION_PAGE: URL = new URL(
  "../docs/coercion.md",
  import.meta.url,
);

/** The types of the page, by SQL's words for them. */
export const COERCION_TYPES: readonly string[] = [
  "BOOLEAN",
  "TINYINT",
  "SMALLINT",
  "INT",
  "BIGINT",
  "FLOAT",
  "DOUBLE",
  "DECIMAL(5, 2)",
  "STRING",
  "BINARY",
  "DATE",
  "TIMESTAMP",
  "TIMESTAMP_NTZ",
  "TIME(6)",
  "INTERVAL DAY TO SECOND",
  "INTERVAL YEAR TO MONTH",
  "INTERVAL",
  "ARRAY<INT>",
  "MAP<STRING, INT>",
  "STRUCT<x: INT, y: STRING>",
  "VARIANT",
  "VOID",
];

/** What became of a value: what a query reads back, or why it is refused. */
export type Coerced =
  | { readonly kind: "value"; readonly value: unknown }
  | {
    readonly kind: "error";
    readonly condition: string;
    readonly message: string;
  };

/** A value, and what becomes of it. */
export interface Coercion extends CoercionValue {
  readonly result: Coerced;
}

/** What becomes of each value in a column of a type. */
export function coercionsOf(type: string): Coercion[] {
  const parsed = typeFromDdl(type);
  return coercionValues().map(({ text, value }) => ({
    text,
    value,
    result: coerce(parsed, value),
  }));
}

/** What a worker makes of a function's result, and a driver of that. */
export function coerce(type: DataType, value: unknown): Coerced {
  const builder = columnBuilder(type, COLUMN);
  try {
    builder.append(value);
  } catch (error) {
    if (!(error instanceof SparkError)) throw error;
    const { condition, message } = error;
    return { kind: "error", condition, message };
  }
  const field = arrowFieldOf(COLUMN, type, true);
  const batch = new BatchReader({ fields: [field] })
    .read(new BatchWriter().prepare([builder], 1).take());
  const [column] = batch?.columns ?? [];
  if (column === undefined) throw new TypeError("a batch has its column");
  const read = columnReader(field, type, COLUMN, {
    longs: "number",
    timestamps: "date",
    dates: "date",
    rows: "plain",
  });
  try {
    return { kind: "value", value: read(column)[0] };
  } catch (error) {
    if (!(error instanceof SparkError)) throw error;
    const { condition, message } = error;
    return { kind: "error", condition, message };
  }
}

const COLUMN = "result";

/** The text of the page. */
export function coercionPage(): string {
  return `${HEAD}\n${COERCION_TYPES.map(sectionOf).join("\n")}`;
}

const HEAD = `# What functions may return

What becomes of a JavaScript value that a function of the program returns, or
that \`createDataFrame\` is given, for a column of each of Spark's types: the
value that a query reads back then, or the reason why it is refused. Nothing is
rounded, cut off or made null silently, except for a \`FLOAT\`'s 32 bits.

Written by \`deno task coercion\`, with the code that a worker runs; a test
compares samples with Spark. [Types](types.md) has what to give.
`;

function sectionOf(type: string): string {
  const taken: string[] = [];
  const refused = new Map<string, string[]>();
  for (const { text, result } of coercionsOf(type)) {
    if (result.kind === "value") {
      taken.push(`| ${code(text)} | ${code(showResult(result.value))} |`);
      continue;
    }
    const reason = reasonOf(result.message);
    const texts = refused.get(reason) ?? [];
    refused.set(reason, texts);
    texts.push(code(text));
  }
  const errors = [...refused].map(([reason, texts]) =>
    `- \`${reason}\`: ${texts.join(", ")}`
  );
  return `## ${type}

| returned | read back |
| --- | --- |
${taken.join("\n")}

Refused:

${errors.join("\n")}
`;
}

/** The reason, with a mark in the place of the value, which stands beside it. */
function reasonOf(message: string): string {
  const [, place = "", reason = message] =
    /^Cannot write row \d+ of column "([^"]*)": ([^]*)$/.exec(message) ?? [];
  const within = place.slice(COLUMN.length + 1);
  const text = reason.replace(
    /^.*? (?=is no value|does not|has |is not )/,
    "… ",
  );
  return within === "" ? text : `within "${within}": ${text}`;
}

/** A value as it is written in JavaScript. */
export function showResult(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  if (value instanceof Uint8Array) {
    return `new Uint8Array([${value.join(", ")}])`;
  }
  if (value instanceof VariantVal) {
    return `VariantVal of ${showResult(value.toJS())}`;
  }
  return showValue(value);
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

if (import.meta.main) {
  await Deno.writeTextFile(COERCION_PAGE, coercionPage());
  await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", fileURLToPath(COERCION_PAGE)],
  }).output();
}
