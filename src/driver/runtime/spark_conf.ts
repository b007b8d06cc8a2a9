import { settingText } from "./setting_text.ts";

/**
 * Settings of an application, by their Spark names.
 *
 * Each `set…` returns a new configuration.
 *
 * @example
 * ```ts
 * import { SparkConf } from "@tspark/tspark";
 *
 * const conf = new SparkConf().setMaster("local[2]").setAppName("report")
 *   .set("spark.ui.enabled", "false");
 * ```
 */
export class SparkConf {
  readonly #settings: ReadonlyMap<string, string>;

  /**
   * Makes a configuration.
   *
   * @param settings settings to start with
   */
  constructor(
    settings:
      | Iterable<readonly [string, string]>
      | Readonly<
        Record<string, string>
      > = [],
  ) {
    const entries = Symbol.iterator in settings
      ? settings
      : Object.entries(settings);
    this.#settings = new Map(entries);
  }

  /**
   * Sets one key.
   *
   * @param key name such as `spark.executor.memory`
   * @param value text, number or boolean; kept as text
   * @throws TypeError for any other value
   */
  set(key: string, value: string | number | boolean): SparkConf {
    return new SparkConf([...this.#settings, [key, settingText(key, value)]]);
  }

  /** Sets several keys. @throws TypeError for a value that {@link SparkConf.set} refuses */
  setAll(
    settings: Iterable<readonly [string, string | number | boolean]>,
  ): SparkConf {
    const added = [...settings].map(([key, value]) =>
      [key, settingText(key, value)] as const
    );
    return new SparkConf([...this.#settings, ...added]);
  }

  /** Sets a key unless it is set already. */
  setIfMissing(key: string, value: string | number | boolean): SparkConf {
    return this.contains(key) ? this : this.set(key, value);
  }

  /** Sets where the application runs, such as `local[2]` or `spark://host:7077`. */
  setMaster(master: string): SparkConf {
    return this.set("spark.master", master);
  }

  /** Sets the application's name, as Spark's UI shows it. */
  setAppName(name: string): SparkConf {
    return this.set("spark.app.name", name);
  }

  /** Sets an environment variable of the executors. */
  setExecutorEnv(name: string, value: string): SparkConf {
    return this.set(`spark.executorEnv.${name}`, value);
  }

  /**
   * The value of a key.
   *
   * @param key name such as `spark.executor.memory`
   * @param otherwise what to give when it is not set
   */
  get(key: string): string | undefined;
  /** The value of a key, or another value when it is not set. */
  get(key: string, otherwise: string): string;
  get(key: string, otherwise?: string): string | undefined {
    return this.#settings.get(key) ?? otherwise;
  }

  /** Whether a key is set. */
  contains(key: string): boolean {
    return this.#settings.has(key);
  }

  /** All settings, in the order in which they were first set. */
  getAll(): [string, string][] {
    return [...this.#settings];
  }
}
