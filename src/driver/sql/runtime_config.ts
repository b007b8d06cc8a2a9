import { printBy } from "../../common/inspect.ts";
import { expectBoolean, expectString } from "../gateway/expect.ts";
import { readOption } from "../gateway/java_convert.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { callSite } from "../runtime/call_site.ts";
import { settingText } from "../runtime/setting_text.ts";
import type { CommandQueue } from "./command_queue.ts";
import { checkForm } from "./rows/value_forms.ts";

/**
 * The settings of a session, which may change while it runs. Changes and
 * questions take effect in the order in which the program makes them, awaited
 * or not.
 *
 * @example
 * ```ts
 * import type { SparkSession } from "@tspark/tspark";
 *
 * async function fewerPartitions(spark: SparkSession): Promise<void> {
 *   spark.conf.set("spark.sql.shuffle.partitions", 8);
 *   console.log(await spark.conf.get("spark.sql.shuffle.partitions")); // "8"
 * }
 * ```
 */
export class RuntimeConfig {
  readonly #queue: CommandQueue;

  /** @internal */
  constructor(queue: CommandQueue) {
    this.#queue = queue;
  }

  static {
    printBy(
      RuntimeConfig.prototype,
      () => "RuntimeConfig: get(), set(), getAll()",
    );
  }

  /**
   * Changes a setting of this session.
   *
   * @param key name such as `spark.sql.shuffle.partitions`
   * @param value text, number or boolean
   * @throws TypeError for any other value
   * @throws SparkError `SETTING_INVALID` for a form of values that there is
   *   not, `SETTING_UNKNOWN` for a name that begins with `spark.tspark.` and is none
   * @throws JavaError `CANNOT_MODIFY_CONFIG` for one that is fixed once Spark runs
   */
  set(key: string, value: string | number | boolean): Promise<void> {
    return this.#ask("conf.set()", async (conf) => {
      const text = settingText(key, value);
      checkForm(key, text);
      await conf.call("set", key, text);
    });
  }

  /**
   * The value of a setting: the one that was set, else `otherwise`, else
   * Spark's default.
   *
   * @param key name such as `spark.sql.shuffle.partitions`
   * @throws JavaError `SQL_CONF_NOT_FOUND` for one that is not set and has no default
   */
  get(key: string): Promise<string>;
  /** The value of a setting, or another value when it is not set. */
  get<D extends string | null>(key: string, otherwise: D): Promise<string | D>;
  get(key: string, otherwise?: string | null): Promise<string | null> {
    return this.#ask("conf.get()", async (conf) => {
      if (otherwise === undefined) return await conf.callString("get", key);
      // `null` as default would meet Scala's overloads: an option asks the same.
      const option = await conf.callObject("getOption", key);
      const value = await readOption(option);
      return value === null ? otherwise : expectString(value, "conf.get()");
    });
  }

  /** Sets a setting back to Spark's default. */
  unset(key: string): Promise<void> {
    return this.#ask("conf.unset()", async (conf) => {
      await conf.call("unset", key);
    });
  }

  /** Whether a setting can be changed in this session; false for unknown ones, too. */
  isModifiable(key: string): Promise<boolean> {
    return this.#ask(
      "conf.isModifiable()",
      async (conf) =>
        expectBoolean(await conf.call("isModifiable", key), "isModifiable"),
    );
  }

  /** All settings that the program, the application or the session made, by name. */
  getAll(): Promise<Map<string, string>> {
    return this.#ask("conf.getAll()", async (conf) => {
      const separator = crypto.randomUUID(); // in no setting
      const all = await conf.callObject("getAll");
      const text = await all.callString("mkString", separator);
      return new Map(text.split(separator).map(splitSetting));
    });
  }

  #ask<T>(
    operation: string,
    body: (conf: JavaObject) => Promise<T>,
  ): Promise<T> {
    return this.#queue.enqueue(
      callSite(operation),
      async (session) => await body(await session.callObject("conf")),
    );
  }
}

/** A setting as Scala prints it in a map; no key has blanks. */
function splitSetting(text: string): [string, string] {
  const arrow = " -> ";
  const at = text.indexOf(arrow);
  return [text.slice(0, at), text.slice(at + arrow.length)];
}
