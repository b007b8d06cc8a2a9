import { describeValue } from "../../common/describe_value.ts";
import type { UdfForm } from "../../protocol/udf_record.ts";
import type { StructType } from "../../types/spark_types.ts";
import { typeJson } from "../../types/spark_types.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import { isSince } from "../../protocol/dialect.ts";
import { readForms } from "../sql/rows/session_forms.ts";
import { tellExecutorsPython } from "../sql/executors_python.ts";
import type { SessionState } from "../sql/session_state.ts";
import type { DataSourceClass } from "./data_source.ts";
import { PlannedSource } from "./planned_source.ts";
import { taskPart } from "./task_part.ts";
import { openStreamConversation } from "./stream_conversation.ts";

/**
 * Refuses what is no class with a name.
 *
 * @throws TypeError
 */
export function checkSource(source: unknown): void {
  const name: unknown = typeof source === "function"
    ? Reflect.get(source, "name")
    : undefined;
  if (typeof name === "string" && /^[\w.-]+$/.test(name)) return;
  throw new TypeError(
    `Cannot register ${
      describeValue(source)
    } as a data source: it is no class with a name; give a class, whose own name or static "name" is that of the format`,
  );
}

/**
 * Registers a data source in a session.
 *
 * Peer: `UserDefinedPythonDataSource`, `DataSourceRegistration.registerPython`, Spark 4.0 – 4.3.
 *
 * @param session the session
 * @param source the class
 * @param site where the program registers it
 */
export function registerSource(
  session: SessionState,
  source: DataSourceClass,
  site: CallSite,
): Promise<void> {
  const { runtime } = session;
  return session.enqueue(site, async (jsession) => {
    const { longs, timestamps, dates } = await readForms(session);
    const values = { longs, timestamps, dates };
    const functions = await runtime.plannedFunctions();
    const { name } = source;
    const command = async (
      form: UdfForm,
      holder: object,
      method: string,
      schema: StructType,
    ): Promise<Uint8Array> =>
      await functions.command({
        form,
        name: `${name}.${method}`,
        nullInput: "call",
        parameters: null,
        calls: null,
        site: describeSite(site),
        returnType: typeJson(schema),
        closure: await runtime.capturer.capture(
          [taskPart(holder, method)],
          [site],
        ),
        values,
        planner: null,
      });
    const planned = new PlannedSource({
      source,
      planner: runtime.planner,
      values,
      offersFilters: isSince(runtime.dialect, "4.1"),
      command,
    });
    runtime.planner.answerStreams(openStreamConversation);
    const f = await functions.make(await planned.open());
    const made = await runtime.gateway.construct(
      "org.apache.spark.sql.execution.datasources.v2.python.UserDefinedPythonDataSource",
      f,
    );
    await tellExecutorsPython(runtime, jsession);
    const registration = await jsession.callObject("dataSource");
    await registration.call("registerPython", name, made);
  });
}
