import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../src/driver/launch/cache_folder.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What runs and shows notebooks; fetched by pip, once. */
const PACKAGES = ["jupyterlab==4.6.6", "nbconvert==7.17.2", "ipykernel==7.4.0"];

/** What a cell gave. */
export type Output =
  | {
    readonly output_type: "execute_result" | "display_data";
    readonly data: Readonly<Record<string, string | string[] | object>>;
  }
  | {
    readonly output_type: "stream";
    readonly name: string;
    readonly text: string | string[];
  }
  | {
    readonly output_type: "error";
    readonly ename: string;
    readonly evalue: string;
    readonly traceback: readonly string[];
  };

/** A notebook that has run. */
export interface RunNotebook {
  /** What each cell gave. */
  readonly outputs: readonly (readonly Output[])[];
  /** Writes it as a page of HTML. */
  readonly toHtml: (theme: "light" | "dark", path: string) => Promise<void>;
}

/**
 * Runs a notebook by Jupyter, in Deno's own kernel, in a folder that links to
 * TSpark's sources.
 *
 * @param source the cells, each below a line `// %%`
 * @param folder an empty folder
 */
export async function runNotebook(
  source: string,
  folder: string,
): Promise<RunNotebook> {
  const jupyter = await installJupyter();
  await writeNotebook(source, folder);
  const convert = (...args: string[]): Promise<void> =>
    run(jupyter, ["nbconvert", ...args], folder);
  await convert(
    ...["--to=notebook", "--execute", "--allow-errors", "--inplace"],
    "notebook.ipynb",
  );
  const notebook = JSON.parse(
    await Deno.readTextFile(join(folder, "notebook.ipynb")),
  );
  return {
    outputs: notebook.cells.map(({ outputs }: { outputs: Output[] }) =>
      outputs
    ),
    toHtml: (theme, path) =>
      convert(
        "--to=html",
        `--theme=${theme}`,
        `--output=${path}`,
        "notebook.ipynb",
      ),
  };
}

/** Writes `notebook.ipynb` into a folder, with the kernel that runs it and what leads to TSpark's sources. */
export async function writeNotebook(
  source: string,
  folder: string,
): Promise<void> {
  const kernel = join(folder, "jupyter/kernels/deno");
  await Deno.mkdir(kernel, { recursive: true });
  await writeJson(join(kernel, "kernel.json"), {
    argv: [
      Deno.execPath(),
      "jupyter",
      "--kernel",
      "--conn",
      "{connection_file}",
    ],
    display_name: "Deno",
    language: "typescript",
  });
  await writeJson(join(folder, "deno.json"), {
    links: [ROOT],
    imports: { "@tspark/tspark": "jsr:@tspark/tspark@^0.1.0" },
  });
  const cells = source.split(/^\/\/ %%\n/m).slice(1);
  await writeJson(join(folder, "notebook.ipynb"), {
    cells: cells.map((text, i) => ({
      cell_type: "code",
      id: `cell-${i}`,
      source: text,
      execution_count: null,
      metadata: {},
      outputs: [],
    })),
    metadata: {
      kernelspec: {
        name: "deno",
        display_name: "Deno",
        language: "typescript",
      },
    },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

/** @returns path of the program `jupyter` */
export async function installJupyter(): Promise<string> {
  const home = join(cacheFolder(), "jupyter");
  const program = join(home, "bin/jupyter-lab");
  try {
    await Deno.stat(program);
  } catch {
    await run("python3", ["-m", "venv", home], ROOT);
    await run(
      join(home, "bin/pip"),
      ["install", "-q", ...PACKAGES],
      ROOT,
    );
  }
  return join(home, "bin/jupyter");
}

async function run(
  program: string,
  args: readonly string[],
  folder: string,
): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd: folder,
    stdin: "null",
    env: { JUPYTER_DATA_DIR: join(folder, "jupyter"), NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  assert.ok(success, `${decoder.decode(stdout)}\n${decoder.decode(stderr)}`);
}

async function writeJson(path: string, value: object): Promise<void> {
  await Deno.writeTextFile(path, JSON.stringify(value));
}
