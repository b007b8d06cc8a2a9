import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";

/** What VS Code's viewer shows of a profile, as far as it is asked for here. */
export interface ViewerModel {
  readonly locations: readonly ViewerLocation[];
  /** Microseconds. */
  readonly duration: number;
}

/** A line of the viewer's table; times are microseconds. */
export interface ViewerLocation {
  readonly callFrame: { readonly functionName: string };
  readonly selfTime: number;
  readonly aggregateTime: number;
  /** What a click opens; lines and columns count from 1. */
  readonly src?: {
    readonly lineNumber: number;
    readonly columnNumber: number;
    readonly source: { readonly path: string };
  };
}

const MODEL = new URL(
  "../files/vscode_js_profile/cpu/model.ts",
  import.meta.url,
);

/**
 * The model that VS Code's viewer builds of a profile, by the viewer's own code.
 *
 * @param profile as it is parsed from the file
 */
export async function viewerModel(profile: unknown): Promise<ViewerModel> {
  const { outputFiles: [file] } = await build({
    entryPoints: [fileURLToPath(MODEL)],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    tsconfigRaw: {},
  });
  await stop();
  const address = `data:text/javascript;base64,${file?.contents.toBase64()}`;
  const { buildModel } = await import(address) as {
    readonly buildModel: (profile: unknown) => ViewerModel;
  };
  return buildModel(profile);
}
