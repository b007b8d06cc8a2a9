import assert from "node:assert/strict";
import { withTemporaryFolder } from "../cli/temporary_folder.ts";
import { type Output, runNotebook } from "./jupyter.ts";

const SOURCE = new URL("notebooks/first_steps.ts", import.meta.url);

/** What a cell's last expression gave: progress that went away may stand behind it. */
function resultOf(outputs: readonly Output[] | undefined): Output | undefined {
  return outputs?.find((output) => output.output_type === "execute_result");
}

/** A text of an output, whole. */
function textOf(output: Output | undefined, type = "text/plain"): string {
  assert.ok(output !== undefined && "data" in output, Deno.inspect(output));
  const text = output.data[type];
  assert.ok(typeof text === "string" || Array.isArray(text));
  // deno-lint-ignore no-control-regex -- the kernel colors values
  return [text].flat().join("").replaceAll(/\x1b\[\d+m/g, "");
}

Deno.test("a notebook shows DataFrames, progress and errors under its cells", async () => {
  await withTemporaryFolder(async (folder) => {
    const { outputs } = await runNotebook(
      await Deno.readTextFile(SOURCE),
      folder,
    );
    const [start, people, twice, tenfold, slow, wrong, failed, stop] = outputs;
    assert.deepEqual([start, stop], [[], []]);

    assert.match(textOf(resultOf(people), "text/html"), /Ann &#60;b&#62;/);
    assert.match(
      textOf(resultOf(people)),
      /\| name {4}\| {2}age \|\n\| string/,
    );

    assert.equal(textOf(resultOf(twice)), "[ 2, 4, 6 ]");
    assert.equal(textOf(resultOf(tenfold)), "[ 10, 20, 30 ]");

    assert.equal(textOf(resultOf(slow)), "4");
    const bar = slow?.find((output) => output.output_type === "display_data");
    assert.equal(textOf(bar), ""); // it was there, and went away

    const error = wrong?.find(({ output_type }) => output_type === "error");
    assert.ok(error?.output_type === "error");
    assert.equal(error.ename, "AnalysisException");
    assert.match(error.evalue, /`nope` cannot be resolved.*`name`/);

    const thrown = failed?.find(({ output_type }) => output_type === "error");
    assert.ok(thrown?.output_type === "error");
    assert.equal(thrown.ename, "WorkerError");
    assert.match(thrown.evalue, /^Error: bad 2\n/);
  });
});
