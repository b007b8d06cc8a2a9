/**
 * Every host that functions are captured under, and how a program is run by it.
 *
 * @module
 */

import { join } from "node:path";
import type { Project } from "./project.ts";

/** A runtime with a way to load programs. */
export interface Host {
  readonly name: string;
  /** The runtime as the report names it. */
  readonly runtime: RegExp;
  /** The executable and its arguments. */
  readonly command: (project: Project) => readonly string[];
  /** Folder within the project in which it runs. */
  readonly folder: string;
  /** How many functions the program has. */
  readonly cases: number;
  /** The file whose position an error must name. */
  readonly thrower: string;
  /** Whether it runs in TSpark's own folder, for the sake of its `deno.json`. */
  readonly inPlace?: boolean;
  /** The file that is typed in. */
  readonly stdin?: string;
  /** What it must refuse beside what all hosts refuse: the message by the case's name. */
  readonly refusals?: Readonly<Record<string, string>>;
}

const REQUIRE =
  'Cannot capture "require" used by map() at app:1:1: "require" loads modules where the program runs; require the module outside of the function\n' +
  "  path: map() function → require";

const PROMISE =
  'Cannot capture "pending" used by map() at app:1:1: a Promise cannot leave this process; await it before the function uses it\n' +
  "  path: map() function → __vite_ssr_import_3__.pending";

/** The harness as it is written. */
export const HARNESS = new URL("harness.ts", import.meta.url).pathname;

const ERASABLE = 21;
const ALL = 23;

/** All of them. */
export const HOSTS: readonly Host[] = [
  ...denoHosts(),
  ...nodeHosts("node22"),
  ...nodeHosts("node24"),
];

function denoHosts(): Host[] {
  const common = { runtime: /^deno /, inPlace: true, thrower: "lib.ts" };
  return [
    {
      ...common,
      name: "deno run",
      folder: "typescript",
      command: () => ["deno", "run", "-A", HARNESS, "all_cases.ts"],
      cases: ALL,
    },
    {
      ...common,
      name: "deno test",
      folder: "deno",
      command: () => ["deno", "test", "-A", "tested.ts"],
      cases: ALL + 3,
    },
    {
      ...common,
      name: "deno repl",
      folder: "deno",
      command: () => ["deno", "repl", "-A", "--quiet"],
      stdin: "typed.ts",
      cases: ALL + 5,
    },
    {
      ...common,
      name: "deno jupyter",
      folder: "deno",
      command: ({ root }) => [
        ...["node24", join(root, "deno", "notebook.mjs"), Deno.execPath()],
        ...["typed.ts", join(root, "connection.json")],
      ],
      cases: ALL + 5,
    },
  ];
}

function nodeHosts(node: string): Host[] {
  const runtime = new RegExp(`^node ${node.slice(-2)}\\.`);
  return [
    {
      runtime,
      name: `${node}, .mjs`,
      folder: "modules",
      command: ({ bundle }) => [node, bundle, "cases.mjs"],
      cases: 14,
      thrower: "lib.mjs",
    },
    {
      runtime,
      name: `${node}, .js as CommonJS`,
      folder: "commonjs",
      command: ({ bundle }) => [node, bundle, "cases.js"],
      cases: 17,
      thrower: "lib.js",
      refusals: { "require within the function": REQUIRE },
    },
    {
      runtime,
      name: `${node}, .ts with its types stripped`,
      folder: "typescript",
      command: ({ root }) => [
        node,
        join(root, "sources/test/closure/hosts/harness.ts"),
        "cases.ts",
      ],
      cases: ERASABLE,
      thrower: "lib.ts",
    },
    {
      runtime,
      name: `${node}, tsx`,
      folder: "typescript",
      command: ({ modules, bundle }) => [
        ...[node, join(modules, "tsx/dist/cli.mjs"), bundle],
        "all_cases.ts",
      ],
      cases: ALL,
      thrower: "lib.ts",
    },
    {
      runtime,
      name: `${node}, CommonJS made by tsc`,
      folder: "compiled",
      command: ({ bundle }) => [node, bundle, "all_cases.js"],
      cases: ALL,
      thrower: "lib.ts",
    },
    {
      runtime,
      name: `${node}, vitest`,
      folder: "vitest",
      command: ({ modules }) => [
        ...[node, join(modules, "vitest/vitest.mjs"), "run"],
        ...["--reporter=dot", "--globals"],
      ],
      cases: ALL + 3,
      thrower: "lib.ts",
      refusals: { "a promise of another module": PROMISE },
    },
  ];
}
