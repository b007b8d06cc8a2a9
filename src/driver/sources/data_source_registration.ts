import { callSite } from "../runtime/call_site.ts";
import type { SessionState } from "../sql/session_state.ts";
import type { DataSourceClass } from "./data_source.ts";
import { checkSource, registerSource } from "./register_source.ts";

/** Registers the program's data sources. Spark 4.0 and later. */
export class DataSourceRegistration {
  readonly #session: SessionState;

  /** @internal */
  constructor(session: SessionState) {
    this.#session = session;
  }

  /**
   * Registers a data source under the name of its class, for
   * `spark.read.format(name)`, `df.write.format(name)`, their streams, and
   * `USING name` in SQL. An error in registering it is thrown by the next action.
   *
   * @param source the class; one of the same name that was registered before is replaced
   * @throws TypeError for what is no class with a name
   *
   * @example
   * ```ts
   * import type { DataSourceClass, SparkSession } from "@tspark/tspark";
   *
   * const read = (spark: SparkSession, Orders: DataSourceClass) => {
   *   spark.dataSource.register(Orders);
   *   return spark.read.format(Orders.name).option("since", "2024-01-01").load();
   * };
   * ```
   */
  register(source: DataSourceClass): void {
    const site = callSite("dataSource.register()");
    checkSource(source);
    void registerSource(this.#session, source, site);
  }
}
