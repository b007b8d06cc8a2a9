import { SparkConf } from "../runtime/spark_conf.ts";
import { checkForm } from "./rows/value_forms.ts";
import { settingEntries, type SettingsMap } from "./setting_entries.ts";
import type { SparkSession } from "./spark_session.ts";

/** Gives a session with a builder's settings: the program's first one, or one of its own. */
type Open = (conf: SparkConf, which: "first" | "new") => Promise<SparkSession>;

/** Makes the builder of a session. */
export let newBuilder: (open: Open) => SparkSessionBuilder;

/**
 * Settings of a session to come. Each call returns a new builder.
 *
 * @example
 * ```ts
 * import { SparkSession } from "@tspark/tspark";
 *
 * const builder = SparkSession.builder.appName("report")
 *   .config({ "spark.sql.shuffle.partitions": 8, "spark.ui.enabled": false });
 * ```
 */
export class SparkSessionBuilder {
  readonly #conf: SparkConf;
  readonly #open: Open;

  private constructor(conf: SparkConf, open: Open) {
    this.#conf = conf;
    this.#open = open;
  }

  static {
    newBuilder = (open) => new SparkSessionBuilder(new SparkConf(), open);
  }

  /** Sets where the application runs, such as `local[2]` or `spark://host:7077`. */
  master(master: string): SparkSessionBuilder {
    return this.#with(this.#conf.setMaster(master));
  }

  /** Sets the application's name, as Spark's UI shows it. */
  appName(name: string): SparkSessionBuilder {
    return this.#with(this.#conf.setAppName(name));
  }

  /**
   * Sets one of Spark's settings, or one of the program's own.
   *
   * @param key name such as `spark.executor.memory`
   * @param value text, number or boolean
   * @throws TypeError for any other value
   */
  config(key: string, value: string | number | boolean): SparkSessionBuilder;
  /**
   * Sets several settings.
   *
   * @param settings an object or a map of them, or a configuration
   */
  config(settings: SettingsMap | SparkConf): SparkSessionBuilder;
  config(
    settings: string | SettingsMap | SparkConf,
    value?: string | number | boolean,
  ): SparkSessionBuilder {
    const added = new SparkConf().setAll(
      typeof settings === "string"
        ? [[settings, value as string]]
        : settingEntries(settings),
    ).getAll();
    for (const [key, text] of added) checkForm(key, text);
    return this.#with(this.#conf.setAll(added));
  }

  /** Keeps tables in a Hive metastore; Spark needs to have been built with Hive, as its downloads are. */
  enableHiveSupport(): SparkSessionBuilder {
    return this.config("spark.sql.catalogImplementation", "hive");
  }

  /**
   * The program's session, started if there is none. One that runs takes over
   * the settings that can still change; a line on stderr names the others.
   *
   * @throws GatewayError when Spark or Java is missing or does not start, or
   *   `MASTER_UNREACHABLE`
   * @throws JavaError when Spark refuses the settings, such as a wrong master
   */
  getOrCreate(): Promise<SparkSession> {
    return this.#open(this.#conf, "first");
  }

  /**
   * A session with settings, views and functions of its own, of the program's
   * application, which is started if there is none.
   *
   * @throws GatewayError as {@link SparkSessionBuilder.getOrCreate} does
   * @throws JavaError when Spark refuses the settings
   */
  create(): Promise<SparkSession> {
    return this.#open(this.#conf, "new");
  }

  #with(conf: SparkConf): SparkSessionBuilder {
    return new SparkSessionBuilder(conf, this.#open);
  }
}
