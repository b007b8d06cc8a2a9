import assert from "node:assert/strict";
import { join } from "node:path";
import type { Browser } from "./browser.ts";
import { installJupyter, writeNotebook } from "./jupyter.ts";

/** A JupyterLab with one notebook open. */
export interface Lab extends AsyncDisposable {
  /** Of the notebook, with what lets in. */
  readonly address: string;
  /** Makes the page light or dark. */
  useTheme(browser: Browser, theme: "light" | "dark"): Promise<void>;
  /** Runs all cells of the notebook; settles when they have run. */
  runAll(browser: Browser): Promise<void>;
}

const LIMIT_MS = 60_000;

/**
 * Starts a JupyterLab in a folder, for Deno's own kernel.
 *
 * @param source the cells, each below a line `// %%`
 * @param folder an empty folder
 */
export async function openLab(source: string, folder: string): Promise<Lab> {
  const jupyter = await installJupyter();
  await writeNotebook(source, folder);
  await leaveNewsAlone(join(folder, "config"));
  const token = crypto.randomUUID();
  const process = new Deno.Command(jupyter, {
    args: [
      ...["lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0"],
      `--ServerApp.root_dir=${folder}`,
      "--LabApp.expose_app_in_browser=True",
    ],
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "null",
    env: {
      JUPYTER_TOKEN: token,
      JUPYTER_DATA_DIR: join(folder, "jupyter"),
      JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
      JUPYTER_CONFIG_DIR: join(folder, "config"),
    },
  }).spawn();
  const run = (browser: Browser, command: string, args: object = {}) =>
    browser.evaluate(
      `jupyterapp.commands.execute(${JSON.stringify(command)}, ${
        JSON.stringify(args)
      }).then(() => {})`,
    );
  return {
    address: `${await addressIn(
      join(folder, "runtime"),
    )}lab/tree/notebook.ipynb?token=${token}`,
    async useTheme(browser, theme) {
      await browser.until(IS_READY);
      await browser.evaluate(`jupyterapp.shell.activateById(${PANEL}.id)`);
      const name = theme === "light" ? "JupyterLab Light" : "JupyterLab Dark";
      await run(browser, "apputils:change-theme", { theme: name });
    },
    async runAll(browser) {
      await run(browser, "notebook:clear-all-cell-outputs");
      await run(browser, "notebook:run-all-cells");
    },
    async [Symbol.asyncDispose]() {
      process.kill("SIGTERM");
      await process.status;
    },
  };
}

/** The notebook's panel. */
const PANEL =
  "[...jupyterapp.shell.widgets('main')].find(({ context }) => context?.path === 'notebook.ipynb')";
/** Whether the notebook is open and its kernel waits for cells. */
const IS_READY =
  `globalThis.jupyterapp !== undefined && ${PANEL}?.sessionContext?.session?.kernel?.status === 'idle'`;

/** JupyterLab asks in front of the notebook whether it may tell of news. */
async function leaveNewsAlone(folder: string): Promise<void> {
  const settings = join(
    folder,
    "lab/user-settings/@jupyterlab/apputils-extension",
  );
  await Deno.mkdir(settings, { recursive: true });
  await Deno.writeTextFile(
    join(settings, "notification.jupyterlab-settings"),
    '{ "fetchNews": "false" }',
  );
}

/** Where the server listens, as it writes down for others. */
async function addressIn(folder: string): Promise<string> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const names = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
    const name = names.find(({ name }) => /^jpserver-.*\.json$/.test(name));
    if (name !== undefined) {
      const text = await Deno.readTextFile(join(folder, name.name));
      if (text !== "") return JSON.parse(text).url;
    }
    assert.ok(Date.now() < deadline, "JupyterLab did not start");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
