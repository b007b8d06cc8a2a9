/** The profile of a stage, in the viewers that people open it with. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SparkSession, udf } from "../../mod.ts";
import { cacheFolder } from "../../src/driver/launch/cache_folder.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import { Browser } from "./browser.ts";
import { PerformancePanel } from "./dev_tools.ts";
import { viewerModel } from "./vs_code_model.ts";

const THIS = fileURLToPath(import.meta.url);
const PICTURES = join(cacheFolder(), "pictures");

function sumOfRoots(x: number): number {
  let sum = 0;
  for (let i = 0; i < 5_000_000; i++) sum += Math.sqrt(i ^ x);
  return sum;
}

/** Where that function's name stands, counted from 1. */
async function ownPlace(): Promise<{ line: number; column: number }> {
  const lines = (await Deno.readTextFile(THIS)).split("\n");
  const line = lines.findIndex((text) => /^function sumOfRoots/.test(text)) + 1;
  return { line, column: "function ".length + 1 };
}

/** Runs a job whose time that function takes. @returns the path of its profile */
async function profiledJob(folder: string): Promise<string> {
  await using spark = await SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.tspark.profile", "cpu")
    .getOrCreate();
  const roots = udf((x: number) => sumOfRoots(x), "double", { name: "roots" });
  await spark.range(0, 32, 1, 2).select(roots("id")).collect();
  const files = await spark.profile.dump(folder);
  const profile = files.find((file) => file.endsWith(".cpuprofile"));
  assert.ok(profile !== undefined, files.join());
  return profile;
}

Deno.test("viewers open the profile of a stage", async (t) => {
  await using folder = await temporaryFolder();
  const file = await profiledJob(folder.path);
  const { line, column } = await ownPlace();

  await t.step("VS Code's", async () => {
    const model = await viewerModel(JSON.parse(await Deno.readTextFile(file)));
    const own = model.locations.filter(({ callFrame, aggregateTime }) =>
      callFrame.functionName === "sumOfRoots" && aggregateTime > 0
    ); // others, of no time, are the lines of its ticks
    const [shown] = own;
    assert.ok(own.length === 1 && shown !== undefined, Deno.inspect(own));
    assert.ok(shown.selfTime > 0 && shown.selfTime < model.duration);
    assert.ok(shown.aggregateTime >= shown.selfTime);
    assert.deepEqual(shown.src, {
      lineNumber: line,
      columnNumber: column,
      source: { name: THIS, path: THIS, sourceReference: 0 },
    });
  });

  await t.step("Chrome's", async () => {
    await using browser = await Browser.start();
    const panel = await PerformancePanel.open(browser);
    await panel.load(file);
    const [self, share, total, , name, place] = await panel.rowOf(
      "sumOfRoots",
    );
    await Deno.mkdir(PICTURES, { recursive: true });
    await browser.picture(join(PICTURES, "profile.png"));
    assert.ok(parseFloat(self ?? "") > 0, self);
    assert.match(share ?? "", /^[\d.]+\s%$/);
    assert.ok(parseFloat(total ?? "") > 0, total);
    assert.equal(name, "sumOfRoots");
    assert.equal(place, `${THIS}:${line}:${column}`);
  });
});
