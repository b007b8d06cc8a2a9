import assert from "node:assert/strict";
import { GatewayError } from "../../../../src/common/errors.ts";
import {
  findSpark,
  type FindSparkOptions,
} from "../../../../src/driver/launch/find_spark.ts";

type Machine = NonNullable<FindSparkOptions["platform"]>;

/** A machine with these folders, whose Python answers with `package`. */
function machine(
  folders: Readonly<Record<string, readonly string[]>>,
  python: { readonly answer?: string; readonly code?: number } | null = null,
): Machine {
  return {
    operatingSystem: "linux",
    environment: () => ({}),
    listFolder: (path) => Promise.resolve(folders[path]?.slice() ?? null),
    spawn(): ReturnType<Machine["spawn"]> {
      if (python === null) throw new Error("No such file");
      return {
        pid: 1,
        stdout: chunks(python.answer ?? "\n"),
        stderr: chunks(""),
        exited: Promise.resolve({ code: python.code ?? 0, signal: null }),
        closeStdin: () => Promise.resolve(),
        kill: () => {},
        ref: () => {},
        unref: () => {},
      };
    },
  };
}

function chunks(text: string): ReadableStream<Uint8Array> {
  return ReadableStream.from([new TextEncoder().encode(text)]);
}

function sparkIn(
  home: string,
  version: string,
): Record<string, readonly string[]> {
  return {
    [`${home}/bin`]: ["spark-shell", "spark-submit"],
    [`${home}/jars`]: ["zinc.jar", `spark-core_2.13-${version}.jar`],
  };
}

const CACHED = "/home/ann/.cache/tspark/spark/4.3.0/pyspark";
const PACKAGED = "/usr/lib/python3/dist-packages/pyspark";
const HOME = { HOME: "/home/ann" };
const pure = { permissions: "none" } as const;

async function refusal(options: FindSparkOptions): Promise<GatewayError> {
  const error = await findSpark(options).then(
    () => null,
    (reason: unknown) => reason,
  );
  assert(error instanceof GatewayError);
  return error;
}

Deno.test(
  "findSpark() takes SPARK_HOME before anything else",
  pure,
  async () => {
    const platform = machine({
      ...sparkIn("/opt/spark", "3.5.2-amzn-1"),
      ...sparkIn(PACKAGED, "4.1.4"),
      ...sparkIn(CACHED, "4.3.0"),
    }, { answer: PACKAGED });
    const env = { ...HOME, SPARK_HOME: "/opt/spark" };
    assert.deepEqual(await findSpark({ env, platform }), {
      home: "/opt/spark",
      version: "3.5.2-amzn-1",
      source: "SPARK_HOME",
    });
  },
);

Deno.test(
  "findSpark() takes an installed pyspark package before the cache",
  pure,
  async () => {
    const platform = machine({
      ...sparkIn(PACKAGED, "4.1.4"),
      ...sparkIn(CACHED, "4.3.0"),
    }, { answer: `${PACKAGED}\n` });
    const env = { ...HOME, SPARK_HOME: "" };
    assert.deepEqual(await findSpark({ env, platform }), {
      home: PACKAGED,
      version: "4.1.4",
      source: "pyspark package",
    });
  },
);

Deno.test(
  "findSpark() takes the cache without Python, with a failing Python and with a package without Spark",
  pure,
  async () => {
    const expected = { home: CACHED, version: "4.3.0", source: "cache" };
    for (
      const python of [null, { code: 1 }, { answer: "\n" }, {
        answer: PACKAGED,
      }]
    ) {
      const platform = machine(sparkIn(CACHED, "4.3.0"), python);
      assert.deepEqual(await findSpark({ env: HOME, platform }), expected);
    }
  },
);

Deno.test(
  "findSpark() looks in the cache for the version asked for",
  pure,
  async () => {
    const home = "/home/ann/.cache/tspark/spark/3.5.9/pyspark";
    const platform = machine(sparkIn(home, "3.5.9"));
    assert.deepEqual(
      await findSpark({ env: HOME, platform, version: "3.5.9" }),
      {
        home,
        version: "3.5.9",
        source: "cache",
      },
    );
  },
);

Deno.test(
  "findSpark() refuses a SPARK_HOME without Spark and does not look elsewhere",
  pure,
  async () => {
    const env = { ...HOME, SPARK_HOME: "/opt/spark" };
    const empty = await refusal({
      env,
      platform: machine(sparkIn(CACHED, "4.3.0")),
    });
    assert.equal(empty.condition, "SPARK_HOME_INVALID");
    assert.equal(
      empty.message,
      'Cannot use SPARK_HOME "/opt/spark": there is no bin/spark-submit in it; set it to the folder of a Spark, or unset it and run "tspark spark install"',
    );
    const jarless = machine({ "/opt/spark/bin": ["spark-submit"] });
    assert.equal(
      (await refusal({ env, platform: jarless })).message,
      'Cannot use SPARK_HOME "/opt/spark": there is no jars/spark-core_<Scala version>-<version>.jar in it; set it to the folder of a Spark, or unset it and run "tspark spark install"',
    );
  },
);

Deno.test("findSpark() refuses a SPARK_HOME that is a file", pure, async () => {
  const platform = {
    ...machine({}),
    listFolder: () => Promise.reject(new Error("Not a directory")),
  };
  const env = { ...HOME, SPARK_HOME: "/opt/spark.tgz" };
  assert.equal(
    (await refusal({ env, platform })).condition,
    "SPARK_HOME_INVALID",
  );
});

Deno.test(
  "findSpark() refuses a Spark whose dialect is unknown",
  pure,
  async () => {
    const env = { ...HOME, SPARK_HOME: "/opt/spark" };
    for (const version of ["3.4.4", "5.0.0", "4.30.0"]) {
      const platform = machine(sparkIn("/opt/spark", version));
      const error = await refusal({ env, platform });
      assert.equal(error.condition, "SPARK_VERSION_REFUSED");
      assert.equal(
        error.message,
        `Cannot use Spark "${version}" in "/opt/spark", found through SPARK_HOME: TSpark speaks to Spark 3.5, 4.0, 4.1, 4.2, 4.3; set SPARK_HOME to one of these`,
      );
    }
  },
);

Deno.test(
  "findSpark() says where it looked when there is no Spark",
  pure,
  async () => {
    const none = await refusal({ env: HOME, platform: machine({}) });
    assert.equal(none.condition, "SPARK_NOT_FOUND");
    assert.equal(
      none.message,
      `Cannot find Spark: SPARK_HOME is not set, "python3" has no package "pyspark", and there is no Spark 4.3.0 in "${CACHED}"; run "tspark spark install", or set SPARK_HOME`,
    );
    const client = machine({}, { answer: PACKAGED });
    assert.equal(
      (await refusal({ env: HOME, platform: client })).message,
      `Cannot find Spark: SPARK_HOME is not set, the package "pyspark" in "${PACKAGED}" holds no Spark, and there is no Spark 4.3.0 in "${CACHED}"; run "tspark spark install", or set SPARK_HOME`,
    );
  },
);
