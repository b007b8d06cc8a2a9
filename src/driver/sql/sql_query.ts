import { callSite } from "../runtime/call_site.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { toExpression } from "./expression/to_expression.ts";
import { type HasRelation, RELATION } from "./frame_relation.ts";
import { type Argument, array, javaMap } from "./plan/argument.ts";
import { argumentForJvm, planToJvm } from "./plan/plan_to_jvm.ts";
import { type Relation, source } from "./plan/relation.ts";
import type { SessionState } from "./session_state.ts";

/**
 * Values of a query's parameters: by name for `:name`, in order for `?`. A
 * DataFrame stands for a table where the query has its name in braces.
 */
export type QueryArguments =
  | Readonly<Record<string, unknown>>
  | readonly unknown[];

/**
 * A query.
 *
 * Peer: `SparkSession.sql(String, java.util.Map)` and `sql(String, Object[])`.
 *
 * @param session the session
 * @param text in SQL
 * @param args values of its parameters
 */
export function sqlQuery(
  session: SessionState,
  text: string,
  args?: QueryArguments,
): Relation {
  const frames = Array.isArray(args) ? [] : framesIn(args ?? {});
  const query = frames.reduce(
    (sql, { name, view }) => sql.replaceAll(`{${name}}`, `\`${view}\``),
    text,
  );
  const values = args === undefined ? null : valuesOf(args);
  const open = async (jsession: JavaObject): Promise<JavaObject> => {
    for (const { frame, view } of frames) {
      const dataset = await planToJvm(frame);
      await dataset.call("createOrReplaceTempView", view);
    }
    try {
      return values === null
        ? await jsession.callObject("sql", query)
        : await jsession.callObject(
          "sql",
          query,
          await argumentForJvm(session, values),
        );
    } finally {
      if (frames.length > 0) await dropViews(jsession, frames);
    }
  };
  return source(session, "sql", [text], open, callSite("sql()"));
}

interface NamedFrame {
  readonly name: string;
  readonly frame: Relation;
  readonly view: string;
}

function framesIn(args: QueryArguments): NamedFrame[] {
  return Object.entries(args).filter(([, value]) => isFrame(value)).map(
    ([name, value]) => ({
      name,
      frame: (value as HasRelation)[RELATION],
      view: `_tspark_${crypto.randomUUID().replaceAll("-", "")}`,
    }),
  );
}

/** The values that are no frames; null without any. */
function valuesOf(args: QueryArguments): Argument | null {
  if (Array.isArray(args)) {
    if (args.length === 0) return null;
    return array("org.apache.spark.sql.Column", args.map(toExpression));
  }
  const values = Object.entries(args).filter(([, value]) => !isFrame(value));
  if (values.length === 0) return null;
  return javaMap(values.map(([name, value]) => [name, toExpression(value)]));
}

function isFrame(value: unknown): boolean {
  return typeof value === "object" && value !== null && RELATION in value;
}

async function dropViews(
  jsession: JavaObject,
  frames: readonly NamedFrame[],
): Promise<void> {
  const catalog = await jsession.callObject("catalog");
  for (const { view } of frames) await catalog.call("dropTempView", view);
}
