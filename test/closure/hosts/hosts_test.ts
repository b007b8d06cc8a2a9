import assert from "node:assert/strict";
import { join } from "node:path";
import { type HostReport, VARIABLES } from "./harness.ts";
import { sampled } from "../../nightly.ts";
import { HARNESS, type Host, HOSTS } from "./host_list.ts";
import { makeProject, type Project } from "./project.ts";
import { toolsFolder } from "./tools_folder.ts";

/** What one of every program's early captures lacks. */
const EARLY = "class Below";

/** Every program's error is thrown by this text. */
const THROWING = "new RangeError";

const PRIVATE =
  'Cannot capture "counter" used by map() at app:1:1: an object of class "Counter" has private (#) members, which no other code can read; use TypeScript\'s "private", or make the object inside the function\n' +
  "  path: map() function → counter";

const PROMISE =
  'Cannot capture "pending" used by map() at app:1:1: a Promise cannot leave this process; await it before the function uses it\n' +
  "  path: map() function → lib.pending";

/** The case that throws it. */
const THROWN = "an error, thrown";

Deno.test("capture() works under every host", async (t) => {
  const root = await Deno.makeTempDir({ prefix: "tspark-hosts-" });
  try {
    const project = await makeProject(root, await toolsFolder());
    for (const host of sampled(HOSTS, 4)) {
      await t.step(host.name, async () => {
        await checkHost(host, await runHost(host, project), project);
      });
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

async function runHost(host: Host, project: Project): Promise<HostReport> {
  const output = join(project.root, "report.json");
  const [command = "", ...args] = host.command(project);
  const cwd = host.inPlace === true
    ? new URL(`programs/${host.folder}`, import.meta.url).pathname
    : join(project.root, host.folder);
  const child = new Deno.Command(
    command === "deno"
      ? Deno.execPath()
      : join(project.modules, command, "bin", "node"),
    {
      args,
      cwd,
      env: {
        NO_COLOR: "1",
        [VARIABLES.deno]: Deno.execPath(),
        [VARIABLES.revive]: new URL("worker.ts", import.meta.url).pathname,
        [VARIABLES.output]: output,
        [VARIABLES.harness]: host.inPlace === true ? HARNESS : project.bundle,
      },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    },
  ).spawn();
  const typed = host.stdin === undefined
    ? ""
    : await Deno.readTextFile(join(cwd, host.stdin));
  await new Blob([typed]).stream().pipeTo(child.stdin);
  const { success, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  const said = decoder.decode(stdout) + decoder.decode(stderr);
  assert.ok(success, said);
  const report = await Deno.readTextFile(output).catch(() => assert.fail(said));
  await Deno.remove(output);
  return JSON.parse(report);
}

async function checkHost(
  host: Host,
  report: HostReport,
  project: Project,
): Promise<void> {
  assert.match(report.runtime, host.runtime);
  assert.equal(report.cases.length, host.cases);
  const position = await throwingPosition(host, project);
  assert.deepEqual(
    report.cases.map(({ name, away }) => [name, away]),
    report.cases.map(({ name, home, away }) => [
      name,
      name !== THROWN ? home : stackWith(home, away, new RegExp(position)),
    ]),
  );
  assert.deepEqual(report.refusals, {
    "an object with private names": PRIVATE,
    "a promise of another module": PROMISE,
    ...host.refusals,
  });
  const below = await positionOf(EARLY, host, project);
  assert.deepEqual(report.early, {
    "what is above": "captured",
    "a function below": "captured",
    "a class below":
      `Cannot capture "Below" used by map() at app:1:1: it is declared at ${below.file}:${below.line}, below what has run so far; move its declaration above the action that needs it\n` +
      "  path: map() function → Below",
  });
}

/** The other process's stack, if its message is the one of home and its first position is right. */
function stackWith(home: string, away: string, position: RegExp): string {
  const [first = ""] = home.split("\n");
  const [head, at = ""] = away.split("\n");
  return head === first && position.test(at) ? away : `${first} at ${position}`;
}

/** Such as `"/lib\.ts:30:11"`, by the text of the file that the user wrote. */
async function throwingPosition(
  host: Host,
  project: Project,
): Promise<string> {
  const { file, line, column } = await positionOf(THROWING, host, project);
  return `/${file.replace(".", "\\.")}:${line}:${column}\\)?$`;
}

/** Where a text stands in what the user wrote. */
async function positionOf(
  wanted: string,
  { folder, thrower }: Host,
  { root }: Project,
): Promise<{ file: string; line: number; column: number }> {
  const written = thrower.endsWith(".ts") ? "typescript" : folder;
  const file = wanted === THROWING ? thrower : thrower.replace("lib", "cases");
  const text = await Deno.readTextFile(join(root, written, file));
  const lines = text.split("\n");
  const line = lines.findIndex((item) => item.includes(wanted));
  const column = lines[line]?.indexOf(wanted) ?? 0;
  return { file, line: line + 1, column: column + 1 };
}
