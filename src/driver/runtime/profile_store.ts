import type { ProfileItem, ProfileRule } from "../../protocol/udf_profile.ts";
import { type Accumulator, defaultParam } from "./accumulator.ts";
import { type CallSite, describeSite } from "./call_site.ts";
import type { SharedVariables } from "./shared_variables.ts";

/** What a function took, in all tasks that have ended. */
export interface FunctionProfile {
  /** Number of the function in the application. */
  readonly id: number;
  /** Its name. */
  readonly name: string;
  /** Where the program made it, such as `udf() at app.ts:3:5`. */
  readonly site: string;
  /** Calls of the function, or of its object's methods. */
  readonly calls: number;
  /** Rows that it was given; those that it gave, where it gives several. */
  readonly rows: number;
  /** Time within it, of all tasks together; of a promise until it settles. */
  readonly milliseconds: number;
}

/** What the settings of a session say of measuring. */
export type ProfileMode = "off" | "time" | "cpu";

/** What the workers of an application have measured. */
export class ProfileStore {
  readonly #shared: SharedVariables;
  readonly #functions: FunctionProfile[] = [];
  readonly #stages = new Map<number, string[]>();
  #accumulator: Accumulator<unknown> | null = null;

  /** @param shared makes the accumulator by which measures come */
  constructor(shared: SharedVariables) {
    this.#shared = shared;
  }

  /** What a function's record says; null where it is not measured. */
  rule(
    { name, site }: { readonly name: string; readonly site: CallSite },
    mode: ProfileMode,
  ): ProfileRule | null {
    if (mode === "off") return null;
    const accumulator = this.#accumulator ??= this.#listen();
    const place = describeSite(site);
    let id = this.#functions.findIndex((known) =>
      known.name === name && known.site === place
    );
    if (id < 0) {
      id = this.#functions.length;
      this.#functions.push({ id, name, site: place, ...NONE });
    }
    return { accumulator: accumulator.id, id, cpu: mode === "cpu" };
  }

  /** The functions that were called. */
  functions(): FunctionProfile[] {
    return this.#functions.filter(({ calls }) => calls > 0);
  }

  /** The engine's profiles as JSON, one for each task, by stages. */
  stages(): ReadonlyMap<number, readonly string[]> {
    return this.#stages;
  }

  /** Forgets what was measured of one function, or of all and of stages. */
  clear(id?: number): void {
    for (const profile of [...this.#functions]) {
      if (id !== undefined && profile.id !== id) continue;
      this.#functions[profile.id] = { ...profile, ...NONE };
    }
    if (id === undefined) this.#stages.clear();
  }

  #listen(): Accumulator<unknown> {
    return this.#shared.accumulator<unknown>([], {
      ...defaultParam([]),
      addInPlace: (none, items) => {
        for (const item of items as readonly ProfileItem[]) this.#add(item);
        return none;
      },
    });
  }

  #add(item: ProfileItem): void {
    if (item.kind === "cpu") {
      const { stage, profile } = item;
      const known = this.#stages.get(stage);
      if (known === undefined) this.#stages.set(stage, [profile]);
      else known.push(profile);
      return;
    }
    const profile = this.#functions[item.id];
    if (profile === undefined) return;
    this.#functions[item.id] = {
      ...profile,
      calls: profile.calls + item.calls,
      rows: profile.rows + item.rows,
      milliseconds: profile.milliseconds + item.milliseconds,
    };
  }
}

const NONE = { calls: 0, rows: 0, milliseconds: 0 };
