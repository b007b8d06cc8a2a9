import assert from "node:assert/strict";
import { JUPYTER_DISPLAY } from "../../../src/common/inspect.ts";
import { withTemporaryFolder } from "../../cli/temporary_folder.ts";
import { sharedSession } from "../shared_session.ts";

const MAX_ROWS = "spark.sql.pyspark.plotting.max_rows";

Deno.test("df.plot draws what Spark computes", async (t) => {
  const spark = await sharedSession();
  const sales = spark.sql(`SELECT * FROM VALUES
    (DATE '2024-01-31', 'a.b', 3.5D, 10L), (DATE '2024-02-29', 'c', 1D, 20L)
    AS t(day, \`shop[0]\`, amount, visits)`).as<
    { day: Date; "shop[0]": string; amount: number; visits: number }
  >();

  await t.step("line(), area() and scatter() of several columns", async () => {
    const { spec } = await sales.plot.line("day", ["amount", "visits"], {
      title: "Sales",
    });
    assert.deepEqual(spec.data.values, [
      { x: "2024-01-31T00:00:00.000", y: 3.5, series: "amount" },
      { x: "2024-02-29T00:00:00.000", y: 1, series: "amount" },
      { x: "2024-01-31T00:00:00.000", y: 10, series: "visits" },
      { x: "2024-02-29T00:00:00.000", y: 20, series: "visits" },
    ]);
    assert.deepEqual(spec["title"], { text: "Sales" });
    assert.deepEqual(spec["encoding"], {
      x: { field: "x", type: "temporal", title: "day" },
      y: {
        field: "y",
        type: "quantitative",
        title: "value",
        scale: { zero: false },
      },
      color: {
        field: "series",
        type: "nominal",
        sort: ["amount", "visits"],
        title: null,
      },
    });
    const area = await sales.plot.area("visits", "amount");
    assert.deepEqual(area.spec["mark"], { type: "area", tooltip: true });
    const scatter = await sales.plot.scatter("visits", "amount");
    assert.deepEqual(scatter.spec["mark"], { type: "point", tooltip: true });
    const far = await spark.range(1000, 1003).plot.scatter("id", "id");
    assert.doesNotMatch(await far.toSVG(), />0<\/text>/); // axes fit the points
  });

  await t.step("bar(), barh() and pie() by labels", async () => {
    const bar = await sales.plot.bar("shop[0]", "amount");
    assert.deepEqual(bar.spec.data.values, [
      { x: "a.b", y: 3.5, series: "amount" },
      { x: "c", y: 1, series: "amount" },
    ]);
    const { x, y } = (await sales.plot.barh("amount", "shop[0]"))
      .spec["encoding"] as { x: { title: string }; y: { title: string } };
    assert.deepEqual([x.title, y.title], ["amount", "shop[0]"]);
    const pie = await sales.plot.pie("shop[0]", "amount");
    assert.deepEqual(pie.spec.data.values, [
      { x: "a.b", y: 3.5 },
      { x: "c", y: 1 },
    ]);
  });

  await t.step("bar() keeps the rows' order, without a value too", async () => {
    const towns = spark.createDataFrame(
      [["Rome", 3], ["Oslo", null], ["Lima", 1]],
      "town STRING, amount INT",
    );
    for (
      const plot of [
        await towns.plot.bar("town", "amount"),
        await towns.plot.barh("amount", "town"),
      ]
    ) {
      const svg = await plot.toSVG();
      const places = ["Rome", "Oslo", "Lima"].map((town) =>
        svg.indexOf(`>${town}</text>`)
      );
      assert.ok(places.every((place) => place > 0), svg);
      assert.deepEqual(places, places.toSorted((a, b) => a - b));
    }
    const pieces = await (await towns.na.drop().plot.pie("town", "amount"))
      .toSVG();
    assert.match(pieces, /town: Rome[^>]* d="M[^"]*,0,-[\d.]+L0,0Z/); // from the top on
    const days = await sales.plot.bar("day", "amount");
    assert.match(await days.toSVG(), />2024-01-31<\/text>/);
    const pie = await sales.plot.pie("day", "amount");
    assert.match(await pie.toSVG(), />2024-01-31<\/text>/);
  });

  await t.step("series stand on one another in their order", async () => {
    const one = spark.sql("SELECT 'x' AS label, 1 AS a, 2 AS b");
    for (const names of [["a", "b"], ["b", "a"]] as const) {
      for (const kind of ["bar", "area"] as const) {
        const { spec } = await one.plot[kind]("label", names);
        assert.deepEqual(spec["transform"], [
          {
            calculate: `indexof(${JSON.stringify(names)}, datum.series)`,
            as: "place",
          },
        ]);
        const { order, tooltip } = spec["encoding"] as {
          order: object;
          tooltip: { field: string }[];
        };
        assert.deepEqual(order, { field: "place", type: "quantitative" });
        assert.deepEqual(tooltip.map(({ field }) => field), [
          "x",
          "y",
          "series",
        ]);
      }
      const svg = await (await one.plot.bar("label", names)).toSVG();
      const heights = svg.matchAll(
        /aria-label="label: x; value: \d; series: (\w)[^>]* d="M[\d.]+,([\d.]+)h/g,
      ).map(([, series = "", top]) => [series, Number(top)] as const)
        .toArray();
      assert.equal(heights.length, 2, svg);
      const [upper] = heights.toSorted(([, a], [, b]) => a - b);
      assert.equal(upper?.[0], names[1], svg); // the second is nearer to the top
    }
  });

  await t.step("hist() counts every value once, edges included", async () => {
    const numbers = spark.range(0, 101).selectExpr(
      "id AS n",
      "IF(id = 0, DOUBLE('NaN'), NULL) AS nothing",
    );
    const { spec } = await numbers.plot.hist({ column: "n", bins: 4 });
    assert.deepEqual(spec.data.values, [
      { start: 0, end: 25, count: 25, series: "n" },
      { start: 25, end: 50, count: 25, series: "n" },
      { start: 50, end: 75, count: 25, series: "n" },
      { start: 75, end: 100, count: 26, series: "n" },
    ]);
    const both = await numbers.plot.hist({ bins: 2 });
    assert.deepEqual(
      both.spec.data.values.map((value) => Reflect.get(value, "count")),
      [50, 51, 0, 0],
    );
    const one = await spark.sql("SELECT 7 AS n").plot.hist({ bins: 2 });
    assert.deepEqual(one.spec.data.values, [
      { start: 6.5, end: 7, count: 0, series: "n" },
      { start: 7, end: 7.5, count: 1, series: "n" },
    ]);
  });

  await t.step("box() has quartiles, whiskers and outliers", async () => {
    const values = spark.sql(
      "SELECT explode(array(1, 2, 3, 4, 5, 6, 7, 100, -60)) AS v",
    );
    const { spec } = await values.plot.box();
    assert.deepEqual(spec.data.values, [
      { series: "v", q1: 2, median: 4, q3: 6, low: 1, high: 7 },
      { series: "v", outlier: 100 },
      { series: "v", outlier: -60 },
    ]);
  });

  await t.step("kde() is the mean of Gaussian curves", async () => {
    const { spec } = await spark.sql("SELECT explode(array(0, 1)) AS v")
      .plot.kde({ bwMethod: 0.5, ind: [0, 0.5] });
    const curve = (x: number, mean: number): number =>
      Math.exp(-0.5 * ((x - mean) / 0.5) ** 2) / (0.5 * Math.sqrt(2 * Math.PI));
    const densities = spec.data.values.map((value) =>
      Reflect.get(value, "density")
    );
    for (const [i, x] of [0, 0.5].entries()) {
      const expected = (curve(x, 0) + curve(x, 1)) / 2;
      assert.ok(Math.abs(densities[i] - expected) < 1e-12);
    }
    const spread = await spark.sql("SELECT explode(array(0, 1)) AS v")
      .plot.kde({ bwMethod: 0.5, ind: 5 });
    assert.deepEqual(
      spread.spec.data.values.map((value) => Reflect.get(value, "x")),
      [-0.5, 0, 0.5, 1, 1.5],
    );
  });

  await t.step(
    "no more points than the setting says, and says so",
    async () => {
      await spark.conf.set(MAX_ROWS, "10");
      try {
        const numbers = spark.range(0, 100, 1, 3);
        const sample = await numbers.plot.scatter("id", "id");
        const ids = sample.spec.data.values.map((value) =>
          Number(Reflect.get(value, "x"))
        );
        assert.equal(ids.length, 10);
        assert.deepEqual(ids, ids.toSorted((a, b) => a - b)); // in their order
        assert.deepEqual(sample.spec["title"], {
          text: "",
          subtitle: "a sample of 10 rows",
        });
        const first = await numbers.plot.bar("id", "id", { title: "Ids" });
        assert.deepEqual(first.spec["title"], {
          text: "Ids",
          subtitle: "the first 10 rows",
        });
        assert.equal(
          (await spark.range(10).plot.bar("id", "id")).spec["title"],
          undefined,
        );
        await assert.rejects(numbers.plot.hist({ bins: 11 }), {
          name: "RangeError",
          message:
            "Cannot draw plot.hist() with bins = 11: give a whole number from 2 to 10, the most points that a plot gets",
        });
      } finally {
        await spark.conf.unset(MAX_ROWS);
      }
    },
  );

  await t.step("nothing of what is no number", async () => {
    await assert.rejects(sales.plot.line("day", "shop[0]"), {
      condition: "PLOT_COLUMN_NOT_NUMERIC",
      message:
        'Cannot draw "shop[0]" in plot.line(): it is string, not a number; cast it, or take another column',
    });
    const texts = spark.sql("SELECT 'a' AS t, CAST(NULL AS INT) AS n");
    await assert.rejects(texts.drop("n").plot.box(), {
      condition: "PLOT_NO_COLUMN",
      message:
        "Cannot draw plot.box(): no column is a number; cast one, or name one by { column }",
    });
    await assert.rejects(texts.plot.hist(), {
      condition: "PLOT_EMPTY",
      message:
        'Cannot draw plot.hist() of "n": no row has a number there; look at the rows with show()',
    });
    await assert.rejects(texts.plot.kde({ bwMethod: 0 }), {
      name: "RangeError",
      message:
        "Cannot draw plot.kde() with a bandwidth of 0: give a number above 0",
    });
    await assert.rejects(texts.plot.box({ precision: 2 }), {
      name: "RangeError",
      message:
        "Cannot draw plot.box() with a precision of 2: give a share between 0 and 1, such as 0.01",
    });
  });

  await t.step("into files, and for notebooks", async () => {
    const plot = await sales.plot.bar("shop[0]", "amount", {
      title: "</script>",
    });
    assert.deepEqual(plot[JUPYTER_DISPLAY](), {
      "application/vnd.vegalite.v5+json": plot.spec,
      "text/plain": "Plot of 2 points",
    });
    await withTemporaryFolder(async (folder) => {
      for (const ending of ["svg", "png", "html", "json"]) {
        await plot.save(`${folder}/plot.${ending}`);
      }
      const svg = await Deno.readTextFile(`${folder}/plot.svg`);
      assert.match(svg, /^<svg /);
      assert.match(svg, />a\.b<\/text>/);
      const png = await Deno.readFile(`${folder}/plot.png`);
      assert.deepEqual(png.subarray(1, 4), new TextEncoder().encode("PNG"));
      const html = await Deno.readTextFile(`${folder}/plot.html`);
      assert.equal(html.match(/<\/script>/g)?.length, 1);
      assert.deepEqual(
        JSON.parse(await Deno.readTextFile(`${folder}/plot.json`)),
        plot.spec,
      );
      await assert.rejects(plot.save(`${folder}/plot.gif`), {
        condition: "PLOT_FORMAT_UNKNOWN",
        message:
          /^Cannot save a plot as ".*plot\.gif": its ending names no format; use \.svg, \.png, \.html or \.json$/,
      });
    });
  });
});
