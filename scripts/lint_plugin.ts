/**
 * The rules of this repository that `deno lint` does not know: who may import
 * whom, how long a file and the bodies of a public class may be, that a library
 * leaves the terminal alone, a worker leaves stdout alone, and tests that run
 * in parallel leave their process alone.
 *
 * @module
 */

/** The lint plugin that `deno.json` names. */
const plugin: Deno.lint.Plugin = {
  name: "tspark",
  rules: {
    "layer-imports": { create: checkImports },
    "file-length": { create: checkLength },
    "facade-body": { create: checkFacadeBodies },
    "no-console-in-library": { create: checkConsole },
    "no-stdout-in-worker": { create: checkStdout },
    "no-process-change-in-parallel-tests": { create: checkProcessChanges },
  },
};
export default plugin;

/** Longest file that a reader should meet, in lines of code: comments and blank lines are free. */
const MAX_CODE_LINES = 400;

/**
 * Files of public classes with many methods: one class, documentation,
 * overloads, and bodies of at most {@link MAX_FACADE_STATEMENTS} statements.
 * They may have any number of lines.
 */
export const FACADES: ReadonlySet<string> = new Set([
  "src/driver/context/spark_context.ts",
  "src/driver/rdd/rdd.ts",
  "src/driver/rdd/rdd_barrier.ts",
  "src/driver/sql/catalog.ts",
  "src/driver/sql/cogrouped_data.ts",
  "src/driver/sql/column.ts",
  "src/driver/sql/data_frame.ts",
  "src/driver/sql/data_frame_na_functions.ts",
  "src/driver/sql/data_frame_plot.ts",
  "src/driver/sql/data_frame_stat_functions.ts",
  "src/driver/sql/io/data_frame_reader.ts",
  "src/driver/sql/io/data_frame_writer.ts",
  "src/driver/sql/io/data_frame_writer_v2.ts",
  "src/driver/sql/io/merge_into_writer.ts",
  "src/driver/sql/grouped_data.ts",
  "src/driver/sql/session_builder.ts",
  "src/driver/sql/spark_session.ts",
  "src/driver/sql/table_valued_function.ts",
  "src/driver/sql/window_spec.ts",
  "src/driver/streaming/data_stream_reader.ts",
  "src/driver/streaming/data_stream_writer.ts",
  "src/driver/streaming/streaming_query.ts",
  "src/driver/streaming/streaming_query_manager.ts",
]);

/** Longest body in a facade, in statements, nested ones included. */
const MAX_FACADE_STATEMENTS = 6;

/**
 * Folders from left to right: each may import itself and what has a lower
 * number. `launch` and `gateway` stand side by side.
 */
const LAYERS: readonly (readonly [folder: string, rank: number])[] = [
  ["src/common/", 0],
  ["src/types/", 1],
  ["src/lint/", 1],
  ["src/protocol/", 2],
  ["src/bridge/", 3],
  ["src/serde/", 4],
  ["src/driver/launch/", 5],
  ["src/driver/gateway/", 5],
  ["src/driver/closure/", 6],
  ["src/driver/runtime/", 7],
  ["src/driver/rdd/", 8],
  ["src/driver/context/", 9],
  ["src/driver/sql/", 9],
  ["src/driver/udf/", 9],
  ["src/driver/sources/", 9],
  ["src/driver/streaming/", 9],
  ["mod.ts", 10],
  ["src/testing/", 10],
  ["src/cli/", 11],
  ["worker/", 12],
];

/** Only this one file may import the package: everybody else goes through it. */
const PACKAGE_OWNERS: Readonly<Record<string, string>> = {
  "apache-arrow": "src/serde/arrow/arrow_table.ts",
};

function checkImports(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const file = pathInRepository(context.filename);
  const from = layerOf(file);
  if (from === undefined) return {};

  function check(
    node: Deno.lint.Node,
    source: unknown,
    isType: boolean = false,
  ): void {
    if (typeof source !== "string") return;
    const isFile = source.startsWith(".");
    if (isFile && isType && areFacades(file, resolve(file, source))) return;
    const complaint = isFile
      ? complainAboutFile(file, resolve(file, source))
      : complainAboutPackage(file, source);
    if (complaint !== undefined) context.report({ node, ...complaint });
  }

  return {
    ImportDeclaration: (node) =>
      check(node, node.source.value, node.importKind === "type"),
    ExportAllDeclaration: (node) => check(node, node.source.value),
    ExportNamedDeclaration: (node) => check(node, node.source?.value),
    ImportExpression: (node) =>
      check(node, "value" in node.source ? node.source.value : undefined),
  };
}

/** Public classes name one another in their methods' types: `RDD.toDF()` gives a `DataFrame`. */
function areFacades(from: string, to: string): boolean {
  return FACADES.has(from) && FACADES.has(to);
}

function checkLength(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  if (FACADES.has(pathInRepository(context.filename))) return {};
  return {
    Program(node): void {
      const lines = countCodeLines(context.sourceCode);
      if (lines <= MAX_CODE_LINES) return;
      context.report({
        node,
        message:
          `File has ${lines} lines of code: at most ${MAX_CODE_LINES} are read`,
        hint: "Split it: one idea a file, the public thing first",
      });
    },
  };
}

/** Lines that hold more than blanks and comments. */
function countCodeLines(source: Deno.lint.SourceCode): number {
  let code = "";
  let end = 0;
  for (const { range } of source.getAllComments()) {
    code += source.text.slice(end, range[0]);
    end = range[1];
  }
  code += source.text.slice(end);
  return code.split("\n").filter((line) => line.trim() !== "").length;
}

/** Counts the statements of each function's body; a function inside has a body of its own. */
function checkFacadeBodies(
  context: Deno.lint.RuleContext,
): Deno.lint.LintVisitor {
  if (!FACADES.has(pathInRepository(context.filename))) return {};
  const counts: number[] = [];
  const enter = (): void => {
    counts.push(0);
  };
  const leave = (node: Deno.lint.Node): void => {
    const count = counts.pop() ?? 0;
    if (count <= MAX_FACADE_STATEMENTS) return;
    context.report({
      node,
      message:
        `Body has ${count} statements: a facade's have at most ${MAX_FACADE_STATEMENTS}`,
      hint: "Move the work into a function in a file beside it",
    });
  };
  const visitor: Deno.lint.LintVisitor = {};
  for (const type of FUNCTION_TYPES) {
    visitor[type] = enter;
    visitor[`${type}:exit`] = leave;
  }
  for (const type of STATEMENT_TYPES) {
    visitor[type] = (node: Deno.lint.Node): void => {
      if (isLoopHead(node)) return;
      const last = counts.length - 1;
      if (last >= 0) counts[last] = (counts[last] ?? 0) + 1;
    };
  }
  return visitor;
}

const FUNCTION_TYPES = [
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "StaticBlock",
] as const;

const STATEMENT_TYPES = [
  "BreakStatement",
  "ContinueStatement",
  "DoWhileStatement",
  "ExpressionStatement",
  "ForInStatement",
  "ForOfStatement",
  "ForStatement",
  "IfStatement",
  "ReturnStatement",
  "SwitchStatement",
  "ThrowStatement",
  "TryStatement",
  "VariableDeclaration",
  "WhileStatement",
] as const;

/** Whether a declaration belongs to a loop's head, which counts as one statement. */
function isLoopHead(node: Deno.lint.Node): boolean {
  if (node.type !== "VariableDeclaration") return false;
  const { parent } = node;
  if (parent.type === "ForStatement") return parent.init === node;
  return (parent.type === "ForOfStatement" ||
    parent.type === "ForInStatement") && parent.left === node;
}

/** Programs (bench, examples, scripts, test) may use the terminal; `no-console` knows no folders. */
function checkConsole(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  if (layerOf(pathInRepository(context.filename)) === undefined) return {};
  return {
    MemberExpression(node): void {
      if (node.object.type !== "Identifier") return;
      if (node.object.name !== "console") return;
      context.report({
        node,
        message: "Library uses the console: the terminal is the user's",
        hint: "Throw an error, or write through the platform's log",
      });
    },
  };
}

function checkStdout(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  if (!pathInRepository(context.filename).startsWith("worker/")) return {};
  return {
    MemberExpression(node): void {
      const { object, property } = node;
      if (object.type !== "Identifier" || property.type !== "Identifier") {
        return;
      }
      if (property.name !== "stdout") return;
      if (object.name !== "Deno" && object.name !== "process") return;
      context.report({
        node,
        message:
          `Worker uses "${object.name}.stdout": Spark reads the daemon's port from it`,
        hint: "Write to stderr",
      });
    },
  };
}

/** Tests of other folders are threads of one process, which share what {@link PROCESS_CHANGES} change. */
const OWN_PROCESS_TESTS: readonly string[] = [
  "test/alone/",
  "test/confinement/",
  "test/integration/",
  "test/nightly/",
  "test/soak/",
];

const PROCESS_CHANGES: ReadonlySet<string> = new Set([
  "Deno.chdir",
  "Deno.env.delete",
  "Deno.env.set",
  "Deno.umask",
  "process.chdir",
  "process.umask",
]);

function checkProcessChanges(
  context: Deno.lint.RuleContext,
): Deno.lint.LintVisitor {
  const file = pathInRepository(context.filename);
  if (!file.startsWith("test/")) return {};
  if (OWN_PROCESS_TESTS.some((folder) => file.startsWith(folder))) return {};

  const textOf = (node: Deno.lint.Node): string =>
    context.sourceCode.getText(node).replace(/^globalThis\./, "");
  const complain = (node: Deno.lint.Node, what: string): void =>
    context.report({
      node,
      message:
        `Test uses "${what}": it changes the process for the tests beside it`,
      hint: "Move the test into test/alone/, or do it in a child process",
    });
  return {
    MemberExpression(node): void {
      const name = textOf(node);
      if (PROCESS_CHANGES.has(name)) complain(node, name);
    },
    AssignmentExpression({ left }): void {
      const name = textOf(left);
      if (/^process\.env\b/.test(name)) complain(left, name);
    },
    UnaryExpression({ operator, argument }): void {
      if (operator !== "delete") return;
      const name = textOf(argument);
      if (/^process\.env\b/.test(name)) complain(argument, name);
    },
  };
}

interface Complaint {
  readonly message: string;
  readonly hint: string;
}

function complainAboutFile(from: string, to: string): Complaint | undefined {
  const left = layerOf(from);
  const right = layerOf(to);
  if (left === undefined) return undefined;
  if (right === undefined) {
    // native/*.node and package files are data to their owners; code outside
    // the layers (test, bench, scripts, examples) is for people, not for us.
    if (!/^(test|bench|scripts|examples)\//.test(to)) return undefined;
    return {
      message: `"${from}" imports "${to}": it is not part of the library`,
      hint: "Move the shared code into src/",
    };
  }
  if (
    from.startsWith("worker/") &&
    /^(src\/driver\/|src\/cli\/|mod\.ts$)/.test(to)
  ) {
    return {
      message: `"${from}" imports "${to}": a worker never loads the driver`,
      hint: "Move what both need into src/common, protocol, bridge or serde",
    };
  }
  if (left.rank >= right.rank) return undefined;
  return {
    message:
      `"${from}" imports "${to}": ${left.folder} stands left of ${right.folder}`,
    hint:
      "Imports point left only: common < protocol < bridge < serde < {driver, worker}; " +
      "launch, gateway < closure < runtime < rdd < sql < context < mod.ts < cli",
  };
}

function complainAboutPackage(
  from: string,
  source: string,
): Complaint | undefined {
  const name = source.replace(/^npm:/, "").split(/[@/]/, 1)[0] ?? "";
  const owner = PACKAGE_OWNERS[name];
  if (owner === undefined || owner === from) return undefined;
  return {
    message: `"${from}" imports "${source}": only "${owner}" may`,
    hint: `Use what "${owner}" exports`,
  };
}

function layerOf(
  file: string,
): { readonly folder: string; readonly rank: number } | undefined {
  for (const [folder, rank] of LAYERS) {
    if (file === folder || (folder.endsWith("/") && file.startsWith(folder))) {
      return { folder, rank };
    }
  }
  return undefined;
}

/** `/any/where/src/common/ids.ts` to `src/common/ids.ts`. */
function pathInRepository(filename: string): string {
  const root = decodeURIComponent(new URL("..", import.meta.url).pathname)
    .replace(/^\/(?=[A-Za-z]:)/, "");
  const path = filename.replaceAll("\\", "/");
  return path.startsWith(root) ? path.slice(root.length) : path;
}

function resolve(from: string, source: string): string {
  const url = new URL(source, `file:///${from}`);
  return decodeURIComponent(url.pathname.slice(1));
}
