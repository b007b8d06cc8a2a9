/**
 * Pictures of what people see, for people to look at: they lie in the cache's
 * folder `pictures`.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Plot, SparkSession } from "../../mod.ts";
import { cacheFolder } from "../../src/driver/launch/cache_folder.ts";
import { withTemporaryFolder } from "../cli/temporary_folder.ts";
import { Browser } from "./browser.ts";
import { openLab } from "./jupyter_lab.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PICTURES = join(cacheFolder(), "pictures");
const CELLS = new URL("notebooks/pictures.ts", import.meta.url);

/** Takes a picture that has something on it. */
async function takePicture(browser: Browser, name: string): Promise<void> {
  const path = join(PICTURES, `${name}.png`);
  await browser.picture(path);
  const { size } = await Deno.stat(path);
  assert.ok(size > 10_000, `${path} has ${size} bytes`);
}

Deno.test("pictures of the documentation's site", async () => {
  await Deno.mkdir(PICTURES, { recursive: true });
  await withTemporaryFolder(async (folder) => {
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", join(ROOT, "scripts/site.ts"), folder],
      cwd: ROOT,
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const address = (page: string): string =>
      pathToFileURL(join(folder, page)).href;
    await using browser = await Browser.start();
    await browser.open(address("index.html"));
    assert.equal(await browser.evaluate("document.links.length > 20"), true);
    await takePicture(browser, "site");
    await browser.open(address("debugging.html"), { theme: "dark" });
    await takePicture(browser, "site_guide_dark");
    await browser.open(address("quick_starts.html"), { width: 420 });
    await takePicture(browser, "site_narrow");
    await browser.open(address("api/index.html"));
    await takePicture(browser, "site_api");
  });
});

/** One plot of each kind, with labels long and short, values that are missing, and dates. */
async function everyPlot(spark: SparkSession): Promise<Plot[]> {
  const size = { width: 420, height: 220 };
  const titled = (title: string) => ({ ...size, title });
  const cities = spark.createDataFrame(
    [
      ["Rome", 120.5, 42],
      ["Oslo", null, 29],
      ["Lima", 97.25, 34],
      ["San Francisco", -8, 17],
    ],
    "city STRING, amount DOUBLE, visits INT",
  );
  const days = spark.sql(`SELECT DATE '2026-01-01' + CAST(id AS INT) AS day,
    IF(id = 25, NULL, sin(id / 6D) * 20 + 50) AS inside,
    cos(id / 9D) * 10 + 30 AS outside FROM range(60)`);
  const people = spark.sql(`SELECT 150 + pmod(hash(id), 250) / 10D
    + pmod(hash(id + 7000), 250) / 10D AS height,
    45 + pow(pmod(hash(id + 99000), 700) / 100D, 2) AS weight FROM range(900)`);
  const { plot } = people;
  const column = ["height", "weight"];
  const ind = 60;
  return [
    await days.plot.line("day", ["inside", "outside"], titled("line")),
    await days.plot.area("day", ["outside", "inside"], titled("area")),
    await cities.plot.bar("city", ["amount", "visits"], titled("bar")),
    await cities.plot.barh("amount", "city", titled("barh")),
    await days.limit(40).plot.bar("day", "outside", titled("bar, by days")),
    await plot.scatter("height", "weight", titled("scatter")),
    await plot.hist({ column, bins: 20, ...titled("hist") }),
    await plot.box({ column, ...titled("box") }),
    await plot.kde({ column, bwMethod: 3, ind, ...titled("kde") }),
    await cities.plot.pie("city", "visits", titled("pie")),
  ];
}

Deno.test("pictures of plots: one of each kind", async () => {
  await Deno.mkdir(PICTURES, { recursive: true });
  await withTemporaryFolder(async (folder) => {
    await using spark = await SparkSession.builder.master("local[2]")
      .config("spark.ui.enabled", "false").getOrCreate();
    const plots = await everyPlot(spark);
    const drawn = await Promise.all(plots.map((plot) => plot.toSVG()));
    const page = join(folder, "plots.html");
    await Deno.writeTextFile(
      page,
      `<!doctype html><style>body { display: grid; gap: 1rem; grid-template-columns: 1fr 1fr; }</style>
      ${drawn.map((svg) => `<div>${svg}</div>`).join("\n")}`,
    );
    await using browser = await Browser.start();
    await browser.open(pathToFileURL(page).href, { height: 1600 });
    await takePicture(browser, "plots");
  });
});

Deno.test("pictures of a notebook: table, plot, progress, what functions print, an error", async () => {
  await Deno.mkdir(PICTURES, { recursive: true });
  await withTemporaryFolder(async (folder) => {
    await using lab = await openLab(await Deno.readTextFile(CELLS), folder);
    await using browser = await Browser.start();
    for (const theme of ["light", "dark"] as const) {
      await browser.open(lab.address, { theme, height: 1500 });
      await browser.until(
        "document.querySelectorAll('.jp-Notebook .jp-Cell').length > 5",
      );
      await lab.useTheme(browser, theme);
      const running = lab.runAll(browser);
      await browser.until(
        "/\\[Stage \\d+ =.* [2-6]\\/8, \\d running/.test(document.body.innerText)",
      );
      await takePicture(browser, `notebook_progress_${theme}`);
      await running;
      const text = String(await browser.evaluate("document.body.innerText"));
      assert.match(text, /stage \d+, partition \d+\] looked at Ann/);
      assert.match(text, /bad Bob/);
      await takePicture(browser, `notebook_${theme}`);
    }
  });
});
