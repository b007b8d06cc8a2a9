import assert from "node:assert/strict";
import dayjs from "dayjs";
import advancedFormat from "dayjs/plugin/advancedFormat.js";
import debug from "debug";
import { groupBy } from "lodash-es";
import ms from "ms";
import { z } from "zod";
import { capture } from "../../../mod.ts";
import { ownSession, sharedSession } from "../shared_session.ts";

Deno.test("packages in functions", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const numbers = sc.parallelize([1, 2, 3, 4], 2);

  await t.step("a pure one, one with dependencies, and CommonJS", async () => {
    const seen = await numbers.map((x) => [
      groupBy([x, x + 1], (y: number) => y % 2)["0"],
      debug("spark").namespace,
      ms(`${x}s`),
    ]).collect();
    assert.deepEqual(seen, [
      [[2], "spark", 1000],
      [[2], "spark", 2000],
      [[4], "spark", 3000],
      [[4], "spark", 4000],
    ]);
  });

  await t.step("what a package made on the driver", async () => {
    const even = z.number().multipleOf(2);
    const seen = await numbers.filter((x) => even.safeParse(x).success)
      .collect();
    assert.deepEqual(seen, [2, 4]);
  });

  await t.step("an error of a package shows the user's line", async () => {
    const even = z.number().multipleOf(2);
    await assert.rejects(numbers.map((x) => even.parse(x)).collect(), {
      name: "WorkerError",
      message: /not_multiple_of/,
      stack:
        /\n {4}at file:.*packages_test\.ts:39:\d+\n {4}at collect\(\) \(.*packages_test\.ts:39:\d+\)$/,
    });
  });

  await t.step(
    "one that the program has changed is refused, until the function changes it too",
    async () => {
      const quarter = (): string => dayjs("2024-05-01").format("Q");
      assert.deepEqual(await numbers.map(quarter).distinct().collect(), ["Q"]);
      dayjs.extend(advancedFormat);
      await assert.rejects(numbers.map(quarter).distinct().collect(), {
        condition: "PACKAGE_CHANGED",
        message:
          'Cannot send "dayjs" to the workers: the program has changed it, and a worker loads it as it is published, without "prototype.format" of "dayjs/plugin/advancedFormat.js"; make the change in the function too, before it uses the package',
      });
      const quarters = numbers.map(() => {
        dayjs.extend(advancedFormat);
        return quarter();
      });
      assert.deepEqual(await quarters.distinct().collect(), ["2"]);
    },
  );

  await t.step("in a broadcast, and in functions that use it", async () => {
    const parsers = sc.broadcast({ time: (text: string) => ms(text) });
    const seen = await numbers.map((x) => parsers.value.time(`${x}m`))
      .collect();
    assert.deepEqual(seen, [60_000, 120_000, 180_000, 240_000]);
  });

  await t.step("import() of a package and of a local module", async () => {
    const seen = await numbers.mapAsync(async (x) => {
      const { default: ms } = await import("ms");
      const { MODULE_NAME } = await import("../modules/imported_late.ts");
      return `${MODULE_NAME} ${ms(`${x}h`)}`;
    }).first();
    assert.equal(seen, "imported late 3600000");
  });

  await t.step("addPackage() makes a name known at run time", async () => {
    const name = ["m", "s"].join("");
    const times = numbers.mapAsync(async (x) =>
      (await import(name)).default(`${x}h`)
    );
    await sc.addPackage(name);
    assert.equal(await times.first(), 3_600_000);
    await assert.rejects(sc.addPackage("no-such-package"), {
      condition: "PACKAGES_NOT_BUNDLED",
    });
  });

  await t.step("a package that is nowhere fails its job only", async () => {
    const lost = numbers.mapAsync((x) =>
      import(`./no_such_${"file"}.ts`).then(() => x)
    );
    await assert.rejects(lost.collect(), { condition: "PACKAGE_MISSING" });
    assert.equal(await numbers.map((x) => ms(`${x}s`)).first(), 1000);
  });

  await t.step("capture() says outright what is serialized", async () => {
    const by = 3;
    const scale = capture(
      { by, ms },
      ({ by, ms }) => (x: number) => ms(`${x * by}s`),
    );
    assert.deepEqual(await numbers.map(scale).collect(), [
      3000,
      6000,
      9000,
      12_000,
    ]);
  });
});

Deno.test("installed packages: nothing is sent, and a missing one is told", async () => {
  await using spark = await ownSession({
    "spark.tspark.packages": "installed",
  });
  const numbers = spark.sparkContext.parallelize([1], 1);
  await assert.rejects(numbers.map((x) => ms(`${x}s`)).collect(), {
    condition: "PACKAGE_MISSING",
    message: /Cannot load "ms\/index\.js" on this worker/,
  });
});
