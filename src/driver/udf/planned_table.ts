import { SparkError } from "../../common/errors.ts";
import { describeValue } from "../../common/describe_value.ts";
import { orderedArguments } from "../../common/named_arguments.ts";
import type { ByteWriter } from "../../common/byte_writer.ts";
import { type Analysis, writeAnalysis } from "../../protocol/planner_answer.ts";
import type {
  PlannerQuestion,
  TableArgument,
} from "../../protocol/planner_question.ts";
import type { ValueForms } from "../../protocol/udf_record.ts";
import { createCborCodec } from "../../serde/cbor/cbor.ts";
import { typeFromJson } from "../../types/spark_types.ts";
import { parameterNames } from "../closure/parameter_names.ts";
import type { Planned, PlannerServer } from "../runtime/planner_server.ts";
import { planning } from "../runtime/planning.ts";
import type {
  Analyze,
  AnalyzeArgument,
  AnalyzeResult,
  OrderingColumn,
} from "./analysis.ts";
import { constantValue } from "./constant_value.ts";
import { toSchema } from "./schema_types.ts";

/** A table function whose columns depend on its arguments. */
export interface AnalyzedTable {
  readonly name: string;
  readonly analyze: Analyze;
  /** The class whose method it is. */
  readonly owner: unknown;
  readonly forms: ValueForms;
}

/**
 * Answers which columns a table function gives.
 *
 * @param planner the application's
 * @param table the function
 */
export function plannedTable(
  planner: Pick<PlannerServer, "during">,
  { name, analyze, owner, forms }: AnalyzedTable,
): Planned {
  const { longs, timestamps, dates } = forms;
  return {
    madeOf: [plannedTable, name, analyze, owner, longs, timestamps, dates],
    async answer(question, _state, writer): Promise<void> {
      if (question.kind !== "analyze") throw notAsked(name, question);
      const what = `analyze() of the table function "${question.name}"`;
      await planning(planner, what, async () => {
        const args = toArguments(name, analyze, question.arguments, forms);
        const result: unknown = await analyze.apply(owner, args);
        const hasTable = args.some(({ isTable }) => isTable);
        write(writer, checked(result, hasTable));
      });
    },
  };
}

function write(writer: ByteWriter, result: AnalyzeResult): void {
  writeAnalysis(writer, analysisOf(result));
}

function toArguments(
  name: string,
  analyze: Analyze,
  given: readonly TableArgument[],
  forms: ValueForms,
): AnalyzeArgument[] {
  return orderedArguments(
    name,
    parameterNames(analyze, "analyze"),
    given.map((argument) => ({
      name: argument.name,
      value: toArgument(argument, forms),
    })),
  );
}

function toArgument(
  { type, constant, isTable }: TableArgument,
  forms: ValueForms,
): AnalyzeArgument {
  const dataType = typeFromJson(type);
  return Object.freeze({
    dataType,
    value: constant === null ? null : constantValue(constant, dataType, forms),
    isTable,
    isConstantExpression: constant !== null,
  });
}

/** What the JVM is told, and what instances of the function are given. */
function analysisOf(result: AnalyzeResult): Analysis {
  const schema = toSchema(result.schema).json();
  const { partitionBy = [], orderBy = [], select = [] } = result;
  const state = createCborCodec().encode({ ...result, schema }).slice();
  return {
    schema,
    state,
    withSinglePartition: result.withSinglePartition ?? false,
    partitionBy: partitionBy.map((column) => named(column).name),
    orderBy: orderBy.map((column) => {
      const { name, ascending = true, overrideNullsFirst = null } = named<
        OrderingColumn
      >(column);
      return { name, ascending, nullsFirst: overrideNullsFirst };
    }),
    select: select.map((column) => {
      const { name, alias = "" } = named<{ name: string; alias?: string }>(
        column,
      );
      return { name, alias };
    }),
  };
}

function named<T extends { readonly name: string }>(
  column: string | T,
): T | { readonly name: string } & Partial<T> {
  return typeof column === "string"
    ? { name: column } as { readonly name: string } & Partial<T>
    : column;
}

/** Refuses what says nothing, or says what a call without a table has no place for. */
function checked(value: unknown, hasTable: boolean): AnalyzeResult {
  if (typeof value !== "object" || value === null || !("schema" in value)) {
    throw invalid(
      `it gave ${
        describeValue(value)
      }; return an object with the columns as "schema", such as { schema: "word STRING" }`,
    );
  }
  const result = value as AnalyzeResult;
  for (const key of ["partitionBy", "orderBy", "select"] as const) {
    const list: unknown = result[key] ?? [];
    if (!Array.isArray(list) || !list.every(isNamed)) {
      throw invalid(
        `"${key}" is ${
          describeValue(result[key])
        }; give a list of columns, each a name or an object with "name"`,
      );
    }
  }
  if (hasTable) return result;
  if (result.withSinglePartition === true) {
    throw invalid(
      '"withSinglePartition" is set, and the call has no table; give it one, or leave this out',
    );
  }
  if ((result.partitionBy ?? []).length > 0) {
    throw invalid(
      '"partitionBy" names columns, and the call has no table; give it one, or leave this out',
    );
  }
  return result;
}

function isNamed(column: unknown): boolean {
  return typeof column === "string" ||
    (typeof column === "object" && column !== null && "name" in column &&
      typeof column.name === "string");
}

function invalid(reason: string): SparkError {
  return new SparkError(
    "ANALYZE_RESULT_INVALID",
    `Cannot take what analyze() says: ${reason}`,
  );
}

function notAsked(name: string, { kind }: PlannerQuestion): SparkError {
  return new SparkError(
    "PLANNED_UNKNOWN",
    `Cannot answer "${kind}" for "${name}": it is a table function`,
    { function: name, question: kind },
  );
}
