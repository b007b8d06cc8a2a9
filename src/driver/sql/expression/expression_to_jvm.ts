import type { PlainArgument } from "../../gateway/java_object.ts";
import { JavaNumber } from "../../gateway/java_value.ts";
import type {
  PipelineArgument,
  PipelineObject,
} from "../../gateway/pipeline.ts";
import { requireSpark } from "../../runtime/jvm_dialect.ts";
import { type Argument, seq } from "../plan/argument.ts";
import { isRelation } from "../plan/relation.ts";
import type { Visit } from "../plan/visit.ts";
import { requireMethod } from "../spark_versions.ts";
import type {
  Alias,
  Call,
  Case,
  Expression,
  Lambda,
  LambdaVariable,
  NamedArgument,
  Operation,
  Over,
  Subquery,
  UdfCall,
  WindowFrame,
} from "./expression.ts";
import { literalToJvm } from "./literal_to_jvm.ts";

/** The home of Spark's functions over columns. */
export const FUNCTIONS = "org.apache.spark.sql.functions";
const PYTHON_SQL = "org.apache.spark.sql.api.python.PythonSQLUtils";

/**
 * Makes the JVM's `Column` of an expression.
 *
 * Peer: `org.apache.spark.sql.Column`, `org.apache.spark.sql.functions`, 3.5 – 4.3.
 *
 * @param visit the walk
 * @param expression the expression
 */
export function expressionToJvm(
  visit: Visit,
  expression: Expression,
): PipelineObject {
  switch (expression.kind) {
    case "column":
      return callFunction(visit, "col", expression.name);
    case "frameColumn":
      return visit.relation(expression.frame)
        .call(expression.by, expression.name);
    case "literal":
      return literalToJvm(visit.pipeline, expression.value);
    case "sql":
      return callFunction(visit, "expr", expression.text);
    case "call":
      return callToJvm(visit, expression);
    case "operation":
      return operationToJvm(visit, expression);
    case "alias":
      return aliasToJvm(visit, expression);
    case "lambda":
      return lambdaToJvm(visit, expression);
    case "variable":
      return variableToJvm(visit, expression);
    case "over":
      return overToJvm(visit, expression);
    case "case":
      return caseToJvm(visit, expression);
    case "subquery":
      return subqueryToJvm(visit, expression);
    case "udf":
      return udfToJvm(visit, expression);
    case "named":
      return namedToJvm(visit, expression);
  }
}

/** An argument of a method that takes a column or a value: a plain literal goes as the value, in one call less. */
export function valueOrColumn(
  visit: Visit,
  argument: Argument,
): PlainArgument | PipelineObject {
  if (
    typeof argument === "object" && argument !== null &&
    !(argument instanceof Uint8Array) && argument.kind === "literal"
  ) {
    const { value } = argument;
    if (typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isSafeInteger(value)) {
      return Object.is(value, -0) ? JavaNumber.double(value) : value;
    }
  }
  return visit.argument(argument);
}

/** Methods of Spark's `Column` that take no plain values. */
const COLUMNS_ONLY: ReadonlySet<string> = new Set(["and", "or", "withField"]);

function callFunction(
  visit: Visit,
  name: string,
  ...args: readonly PipelineArgument[]
): PipelineObject {
  return visit.pipeline.callStatic(FUNCTIONS, name, ...args);
}

function callToJvm(visit: Visit, call: Call): PipelineObject {
  if (call.younger !== undefined) {
    requireSpark(visit.calls.dialect, call.younger.since, call.younger.what);
  }
  if (call.by === "sql") {
    const args = visit.argument(seq(call.args));
    visit.origin(call.origin);
    return callFunction(visit, "call_function", call.name, args);
  }
  const args = call.args.map((arg) => visit.argument(arg));
  visit.origin(call.origin);
  return callFunction(visit, call.name, ...args);
}

function operationToJvm(
  visit: Visit,
  node: Operation,
): PipelineObject {
  const { target, method, args } = node;
  requireMethod(visit.calls.dialect, "Column", method);
  if (method === "isin" && isRelation(args[0] ?? null)) {
    requireSpark(visit.calls.dialect, "4.1", "Column.isin() of a DataFrame");
  }
  const column = visit.column(target);
  const values = args.map((arg) =>
    COLUMNS_ONLY.has(method) ? visit.argument(arg) : valueOrColumn(visit, arg)
  );
  visit.origin(node.origin);
  return column.call(method, ...values);
}

function aliasToJvm(
  visit: Visit,
  { child, names, metadata }: Alias,
): PipelineObject {
  const column = visit.column(child);
  const [name] = names;
  if (names.length !== 1 || name === undefined) {
    return column.call("as", visit.argument(seq(names)));
  }
  if (metadata === null) return column.call("as", name);
  const parsed = visit.pipeline.callStatic(
    "org.apache.spark.sql.types.Metadata",
    "fromJson",
    metadata,
  );
  return column.call("as", name, parsed);
}

function lambdaToJvm(
  visit: Visit,
  { variables, body }: Lambda,
): PipelineObject {
  const inner = visit.column(body);
  const { pipeline } = visit;
  if (visit.calls.makesLambdas) {
    const columns = visit.argument(seq(variables));
    return pipeline.callStatic(
      PYTHON_SQL,
      "lambdaFunction",
      inner,
      columns,
    );
  }
  const names: PipelineObject[] = [];
  for (const variable of variables) {
    const column = visit.column(variable);
    names.push(column.call("expr"));
  }
  const lambda = pipeline.construct(
    "org.apache.spark.sql.catalyst.expressions.LambdaFunction",
    inner.call("expr"),
    pipeline.seq(names),
    false,
  );
  return pipeline.construct("org.apache.spark.sql.Column", lambda);
}

function variableToJvm(
  visit: Visit,
  variable: LambdaVariable,
): PipelineObject {
  const { pipeline, calls } = visit;
  const name = visit.variableName(variable);
  if (calls.makesLambdas) {
    return pipeline.callStatic(
      PYTHON_SQL,
      "unresolvedNamedLambdaVariable",
      name,
    );
  }
  const unresolved = pipeline.construct(
    "org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable",
    pipeline.seq([name]),
  );
  return pipeline.construct("org.apache.spark.sql.Column", unresolved);
}

function overToJvm(
  visit: Visit,
  { child, window }: Over,
): PipelineObject {
  const column = visit.column(child);
  return column.call("over", windowToJvm(visit, window));
}

function windowToJvm(
  visit: Visit,
  { partitionBy, orderBy, frame }: WindowFrame,
): PipelineObject {
  let spec = visit.pipeline.callStatic(
    "org.apache.spark.sql.expressions.Window",
    "partitionBy",
    visit.argument(seq(partitionBy)),
  );
  if (orderBy.length > 0) {
    spec = spec.call("orderBy", visit.argument(seq(orderBy)));
  }
  if (frame === null) return spec;
  return spec.call(
    frame.unit === "rows" ? "rowsBetween" : "rangeBetween",
    JavaNumber.long(frame.start),
    JavaNumber.long(frame.end),
  );
}

function caseToJvm(visit: Visit, node: Case): PipelineObject {
  const { branches, otherwise } = node;
  let column: PipelineObject | null = null;
  for (const [condition, value] of branches) {
    const when = visit.column(condition);
    const then = valueOrColumn(visit, value);
    visit.origin(node.origin);
    column = column === null
      ? callFunction(visit, "when", when, then)
      : column.call("when", when, then);
  }
  if (column === null) return callFunction(visit, "lit", null);
  if (otherwise === null) return column;
  const value = valueOrColumn(visit, otherwise);
  visit.origin(node.origin);
  return column.call("otherwise", value);
}

function subqueryToJvm(
  visit: Visit,
  { frame, how }: Subquery,
): PipelineObject {
  requireMethod(visit.calls.dialect, "DataFrame", how);
  return visit.relation(frame).call(how);
}

function udfToJvm(visit: Visit, call: UdfCall): PipelineObject {
  const udf = visit.udf(call);
  return udf.call("apply", visit.argument(seq(call.args)));
}

function namedToJvm(
  visit: Visit,
  { name, value }: NamedArgument,
): PipelineObject {
  return visit.pipeline.callStatic(
    PYTHON_SQL,
    "namedArgumentExpression",
    name,
    visit.column(value),
  );
}
