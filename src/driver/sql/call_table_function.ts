import { makeSeq } from "../gateway/java_convert.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { CallSite } from "../runtime/call_site.ts";
import { columnOrName } from "./expression/to_expression.ts";
import { argumentsForJvm } from "./plan/plan_to_jvm.ts";
import { type Relation, source } from "./plan/relation.ts";
import type { SessionState } from "./session_state.ts";
import { requireMethod } from "./spark_versions.ts";
import type { AnyColumn } from "./typing/columns_of.ts";

/**
 * The rows of one of Spark's own table functions.
 *
 * Peer: `org.apache.spark.sql.TableValuedFunction`, 4.0 – 4.3.
 *
 * @param session the session
 * @param method the function's name
 * @param site where the program called it
 * @param column its first argument, if it has any
 * @param fields more arguments of a function that takes any number
 */
export function callTableFunction(
  session: SessionState,
  method: string,
  site: CallSite,
  column?: AnyColumn,
  fields?: readonly AnyColumn[],
): Relation {
  requireMethod(session.runtime.dialect, "TableValuedFunction", method, site);
  const given = column === undefined ? [] : [column, ...fields ?? []];
  const args = given.map(columnOrName);
  const open = async (jsession: JavaObject): Promise<JavaObject> => {
    const [first, ...rest] = await argumentsForJvm(session, args);
    const tvf = await jsession.callObject("tvf");
    if (first === undefined) return await tvf.callObject(method);
    if (fields === undefined) return await tvf.callObject(method, first);
    const seq = await makeSeq(session.runtime.gateway, rest);
    return await tvf.callObject(method, first, seq);
  };
  return source(session, method, args, open, site);
}
