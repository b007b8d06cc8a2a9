import type { JavaObject } from "../../gateway/java_object.ts";
import { type JavaArgument, JavaNumber } from "../../gateway/java_value.ts";
import { type Argument, seq } from "../plan/argument.ts";
import type { Visit } from "../plan/visit.ts";
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
): Promise<JavaObject> {
  switch (expression.kind) {
    case "column":
      return callFunction(visit, "col", expression.name);
    case "frameColumn":
      return visit.relation(expression.frame)
        .then((frame) => frame.callObject(expression.by, expression.name));
    case "literal":
      return literalToJvm(visit.gateway, expression.value);
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
    case "unwrapUdt":
      return visit.column(expression.child).then((column) =>
        visit.gateway.callStaticObject(PYTHON_SQL, "unwrapUdt", column)
      );
  }
}

/** An argument of a method that takes a column or a value: a plain literal goes as the value, in one call less. */
export async function valueOrColumn(
  visit: Visit,
  argument: Argument,
): Promise<JavaArgument> {
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
  return await visit.argument(argument);
}

/** Methods of Spark's `Column` that take no plain values. */
const COLUMNS_ONLY: ReadonlySet<string> = new Set(["and", "or", "withField"]);

function callFunction(
  visit: Visit,
  name: string,
  ...args: readonly JavaArgument[]
): Promise<JavaObject> {
  return visit.gateway.callStaticObject(FUNCTIONS, name, ...args);
}

async function callToJvm(visit: Visit, call: Call): Promise<JavaObject> {
  if (call.by === "sql") {
    const args = await visit.argument(seq(call.args));
    return await callFunction(visit, "call_function", call.name, args);
  }
  const args = await Promise.all(call.args.map((arg) => visit.argument(arg)));
  return await callFunction(visit, call.name, ...args);
}

async function operationToJvm(
  visit: Visit,
  { target, method, args }: Operation,
): Promise<JavaObject> {
  const [column, ...values] = await Promise.all([
    visit.column(target),
    ...args.map((arg) =>
      COLUMNS_ONLY.has(method) ? visit.argument(arg) : valueOrColumn(visit, arg)
    ),
  ]);
  return await (column as JavaObject).callObject(method, ...values);
}

async function aliasToJvm(
  visit: Visit,
  { child, names, metadata }: Alias,
): Promise<JavaObject> {
  const column = await visit.column(child);
  const [name] = names;
  if (names.length !== 1 || name === undefined) {
    return await column.callObject("as", await visit.argument(seq(names)));
  }
  if (metadata === null) return await column.callObject("as", name);
  const parsed = await visit.gateway.callStaticObject(
    "org.apache.spark.sql.types.Metadata",
    "fromJson",
    metadata,
  );
  return await column.callObject("as", name, parsed);
}

async function lambdaToJvm(
  visit: Visit,
  { variables, body }: Lambda,
): Promise<JavaObject> {
  const inner = await visit.column(body);
  const { gateway } = visit;
  if (visit.dialect !== "3.5") {
    const columns = await visit.argument(seq(variables));
    return await gateway.callStaticObject(
      PYTHON_SQL,
      "lambdaFunction",
      inner,
      columns,
    );
  }
  const names: JavaObject[] = [];
  for (const variable of variables) {
    const column = await visit.column(variable);
    names.push(await column.callObject("expr"));
  }
  const seqOfNames = await gateway.callStaticObject(
    "org.apache.spark.api.python.PythonUtils",
    "toSeq",
    names,
  );
  const lambda = await gateway.construct(
    "org.apache.spark.sql.catalyst.expressions.LambdaFunction",
    await inner.callObject("expr"),
    seqOfNames,
    false,
  );
  return await gateway.construct("org.apache.spark.sql.Column", lambda);
}

async function variableToJvm(
  visit: Visit,
  variable: LambdaVariable,
): Promise<JavaObject> {
  const { gateway, dialect } = visit;
  const name = visit.variableName(variable);
  if (dialect !== "3.5") {
    return await gateway.callStaticObject(
      PYTHON_SQL,
      "unresolvedNamedLambdaVariable",
      name,
    );
  }
  const parts = await gateway.callStaticObject(
    "org.apache.spark.api.python.PythonUtils",
    "toSeq",
    [name],
  );
  const unresolved = await gateway.construct(
    "org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable",
    parts,
  );
  return await gateway.construct("org.apache.spark.sql.Column", unresolved);
}

async function overToJvm(
  visit: Visit,
  { child, window }: Over,
): Promise<JavaObject> {
  const column = await visit.column(child);
  return await column.callObject("over", await windowToJvm(visit, window));
}

async function windowToJvm(
  visit: Visit,
  { partitionBy, orderBy, frame }: WindowFrame,
): Promise<JavaObject> {
  let spec = await visit.gateway.callStaticObject(
    "org.apache.spark.sql.expressions.Window",
    "partitionBy",
    await visit.argument(seq(partitionBy)),
  );
  if (orderBy.length > 0) {
    spec = await spec.callObject("orderBy", await visit.argument(seq(orderBy)));
  }
  if (frame === null) return spec;
  return await spec.callObject(
    frame.unit === "rows" ? "rowsBetween" : "rangeBetween",
    JavaNumber.long(frame.start),
    JavaNumber.long(frame.end),
  );
}

async function caseToJvm(
  visit: Visit,
  { branches, otherwise }: Case,
): Promise<JavaObject> {
  let column: JavaObject | null = null;
  for (const [condition, value] of branches) {
    const when = await visit.column(condition);
    const then = await valueOrColumn(visit, value);
    column = column === null
      ? await callFunction(visit, "when", when, then)
      : await column.callObject("when", when, then);
  }
  if (column === null) return await callFunction(visit, "lit", null);
  if (otherwise === null) return column;
  return await column.callObject(
    "otherwise",
    await valueOrColumn(visit, otherwise),
  );
}

async function subqueryToJvm(
  visit: Visit,
  { frame, how }: Subquery,
): Promise<JavaObject> {
  const dataset = await visit.relation(frame);
  return await dataset.callObject(how);
}

async function udfToJvm(visit: Visit, call: UdfCall): Promise<JavaObject> {
  const udf = await visit.udf(call);
  return await udf.callObject("apply", await visit.argument(seq(call.args)));
}

async function namedToJvm(
  visit: Visit,
  { name, value }: NamedArgument,
): Promise<JavaObject> {
  return await visit.gateway.callStaticObject(
    PYTHON_SQL,
    "namedArgumentExpression",
    name,
    await visit.column(value),
  );
}
