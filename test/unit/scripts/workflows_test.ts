import assert from "node:assert/strict";
import { parse } from "yaml";
import { z } from "zod";
import { ADDON_TARGETS } from "../../../src/bridge/addon_targets.ts";

const ROOT = new URL("../../../", import.meta.url);

const Step = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
});
const Job = z.object({
  "runs-on": z.string(),
  "timeout-minutes": z.number(),
  needs: z.array(z.string()).optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  strategy: z.object({
    matrix: z.object({
      include: z.array(z.object({ triple: z.string(), runner: z.string() })),
    }),
  }).optional(),
  steps: z.array(Step),
});
const Workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), Job),
});

async function workflow(
  name: string,
): Promise<z.infer<typeof Workflow> & { text: string }> {
  const text = await readText(`.github/workflows/${name}`);
  return { ...Workflow.parse(parse(text, { uniqueKeys: true })), text };
}

function readText(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, ROOT));
}

Deno.test("release.yml builds the addon for each platform that has a package, on such a machine", async () => {
  const { jobs } = await workflow("release.yml");
  const include = jobs["addon"]?.strategy?.matrix.include ?? [];
  assert.deepEqual(
    include.map(({ triple }) => triple),
    ADDON_TARGETS.map(({ triple }) => triple),
  );
  const runners = { linux: "ubuntu-", darwin: "macos-", win32: "windows-" };
  for (const [index, { runner }] of include.entries()) {
    const target = ADDON_TARGETS[index] ?? assert.fail();
    assert.ok(runner.startsWith(runners[target.os]), runner);
    const isArm = runner.endsWith("-arm") || runner === "macos-15";
    assert.equal(isArm, target.cpu === "arm64", runner);
  }
});

Deno.test("release.yml publishes with provenance, for a tag only, and after all checks", async () => {
  const { jobs, permissions } = await workflow("release.yml");
  assert.deepEqual(permissions, { contents: "read" });
  assert.deepEqual(jobs["npm"]?.needs, ["addon", "check"]);
  assert.deepEqual(jobs["jsr"]?.needs, ["npm"]);
  const publishing: string[] = [];
  for (const [name, job] of Object.entries(jobs)) {
    const publishes = job.steps.filter(({ run }) =>
      /\bpublish\b/.test(run ?? "") && !run?.includes("--dry-run")
    );
    assert.equal(
      job.permissions?.["id-token"],
      publishes.length > 0 ? "write" : undefined,
      name,
    );
    for (const step of publishes) {
      assert.equal(step.if, "github.ref_type == 'tag'", step.name);
      if (step.run?.includes("npm publish")) {
        assert.match(step.run, /--provenance --access public/);
      }
      publishing.push(`${name}: ${step.name}`);
    }
  }
  assert.deepEqual(publishing, [
    "npm: Publish the platform packages",
    "npm: Publish the package",
    "jsr: Publish the package",
  ]);
});

for (
  const [name, all] of [
    ["ci.yml", " .ci/run"],
    ["release.yml", " .ci/run"],
    ["nightly.yml", " task nightly"],
  ] as const
) {
  Deno.test(`${name} pins what it runs, and runs what there is`, async () => {
    const { jobs, permissions, text } = await workflow(name);
    assert.deepEqual(permissions, { contents: "read" });
    assert.ok(!text.includes("secrets."), "trusted publishing needs none");
    for (const line of text.match(/uses: .*/g) ?? assert.fail()) {
      assert.match(line, /^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
    const { tasks } = JSON.parse(await readText("deno.json"));
    const runs = Object.values(jobs)
      .flatMap(({ steps }) => steps.map(({ run }) => run ?? ""));
    const [version] = /deno@[\d.]+/.exec(await readText(".ci/run")) ?? [];
    for (const run of runs) {
      for (const [used] of run.matchAll(/deno@\S+/g)) {
        assert.equal(used, version);
      }
      for (const [, task = ""] of run.matchAll(/ task (\S+)/g)) {
        assert.ok(task in tasks, task);
      }
    }
    assert.ok(runs.some((run) => run.endsWith(all)));
  });
}
