import { memoizeAsync } from "../../common/memoize_async.ts";
import type { StageInput } from "../../protocol/command.ts";
import { SparkError } from "../../common/errors.ts";
import type { ArrowOptions } from "../../serde/arrow/arrow_columns.ts";
import { parseSchemaJson, type StructType } from "../../types/spark_types.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { JvmRdd } from "../rdd/plan/plan_node.ts";
import type { CallSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";

/** Makes a `Dataset` in the JVM. */
export type OpenDataset = (runtime: SparkRuntime) => Promise<JavaObject>;

/** A DataFrame before anything runs, and its `Dataset` in the JVM once an action needed it. */
export class DatasetNode {
  /** The operation that the program wrote. */
  readonly site: CallSite;
  readonly #open: OpenDataset;
  readonly #made: { dataset: Promise<JavaObject> | null } = { dataset: null };

  /**
   * @param open makes the `Dataset`
   * @param site the operation that the program wrote
   */
  constructor(open: OpenDataset, site: CallSite) {
    this.#open = open;
    this.site = site;
  }

  /** The `Dataset`, made at the first call. */
  materialize(runtime: SparkRuntime): Promise<JavaObject> {
    return memoizeAsync(this.#made, "dataset", async () => {
      const dataset = await this.#open(runtime);
      return dataset.keep();
    });
  }
}

/** A `Dataset`'s columns. */
export async function readSchema(
  dataset: JavaObject,
): Promise<{ json: string; schema: StructType }> {
  const json = await (await dataset.callObject("schema")).callString("json");
  return { json, schema: parseSchemaJson(json) };
}

/**
 * A `Dataset`'s rows as an RDD of Arrow record batches.
 *
 * Peer: `Dataset.toArrowBatchRdd`, Spark 3.5 – 4.3.
 */
export async function arrowRdd(
  runtime: SparkRuntime,
  dataset: JavaObject,
): Promise<JvmRdd> {
  const options = arrowOptions(runtime);
  const { json } = await readSchema(dataset);
  const batches = await dataset.callObject("toArrowBatchRdd");
  const java = (await batches.callObject("toJavaRDD")).keep();
  const format: StageInput = {
    kind: "arrow",
    schema: json,
    arrowSchema: await arrowSchema(runtime, dataset),
    ...options,
  };
  return { java, format };
}

/**
 * The forms of longs and timestamps that the session asks for.
 *
 * @throws SparkError `SETTING_INVALID` for a value that means nothing
 */
export function arrowOptions(
  { conf }: Pick<SparkRuntime, "conf">,
): ArrowOptions {
  return {
    longs: oneOf(
      "spark.tspark.longs",
      conf.get("spark.tspark.longs", "number"),
      ["number", "bigint"],
    ),
    timestamps: oneOf(
      "spark.tspark.timestamps",
      conf.get("spark.tspark.timestamps", "date"),
      ["date", "instant"],
    ),
  };
}

/**
 * The encapsulated Arrow schema message that belongs to a `Dataset`'s batches.
 *
 * Peer: `ArrowUtils.toArrowSchema` (4 arguments up to Spark 4.2, 5 in 4.3),
 * `MessageSerializer.serialize`.
 */
async function arrowSchema(
  { gateway, dialect }: SparkRuntime,
  dataset: JavaObject,
): Promise<Uint8Array> {
  const session = await dataset.callObject("sparkSession");
  const conf = await (await session.callObject("sessionState"))
    .callObject("conf");
  const schema = await gateway.callStaticObject(
    "org.apache.spark.sql.util.ArrowUtils",
    "toArrowSchema",
    await dataset.callObject("schema"),
    await conf.callString("sessionLocalTimeZone"),
    false,
    await conf.callBoolean("arrowUseLargeVarTypes"),
    ...(dialect === "4.3" ? [false] : []),
  );
  const out = await gateway.construct("java.io.ByteArrayOutputStream");
  const channel = await gateway.callStaticObject(
    "java.nio.channels.Channels",
    "newChannel",
    out,
  );
  await gateway.callStatic(
    "org.apache.arrow.vector.ipc.message.MessageSerializer",
    "serialize",
    await gateway.construct(
      "org.apache.arrow.vector.ipc.WriteChannel",
      channel,
    ),
    schema,
  );
  return await out.callBytes("toByteArray");
}

function oneOf<T extends string>(
  key: string,
  value: string,
  allowed: readonly T[],
): T {
  const found = allowed.find((name) => name === value);
  if (found !== undefined) return found;
  throw new SparkError(
    "SETTING_INVALID",
    `Cannot use "${value}" for ${key}: it is none of ${
      allowed.join(", ")
    }; set one of them`,
    { key, value },
  );
}
