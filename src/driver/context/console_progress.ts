import { setTimeout as startTimer } from "node:timers";
import { writeErrorText } from "../../common/log.ts";
import { platform } from "../../common/platform/deno.ts";
import {
  canDrawLine,
  ERASE_LINE,
  lineColumns,
} from "../../common/stderr_line.ts";
import { isJoining } from "../launch/connection_info.ts";
import type { RunningAction } from "../runtime/running_actions.ts";
import type { RunningStreams } from "../runtime/running_streams.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { onInterrupt } from "./on_interrupt.ts";
import {
  progressLine,
  type StageProgress,
  streamsLine,
  waitingLine,
} from "./progress_line.ts";
import { stageActivity } from "./stage_activity.ts";
import { type SparkStageInfo, StatusTracker } from "./status_tracker.ts";

const SHOW_PROGRESS = "spark.ui.showConsoleProgress"; // spark-submit sets it for shells, as which we start
/** Stages that take less are not worth a line: as in Spark. */
const FIRST_DELAY_MS = 500;
const PERIOD_MS = 500;
/** How long an action may do without a stage before that is told: Spark loads much when it first plans. */
const SILENCE_MS = 2_000;

/**
 * Shows at the terminal, or in the notebook, how far the stages of an
 * application are, in place of the JVM's own display, which knows neither
 * failures nor the time left, and which writes to files as well. Nothing is
 * shown when stderr is no terminal, or when `spark.ui.showConsoleProgress` is
 * off.
 *
 * Peer: `org.apache.spark.ui.ConsoleProgressBar`.
 *
 * @param runtime the application, just started
 * @param notebook where to, in a notebook; null at a terminal
 * @returns ends the display
 */
export async function showProgress(
  runtime: SparkRuntime,
  notebook: ProgressSurface | null,
): Promise<() => void> {
  const env = platform.environment();
  const isWanted = runtime.conf.get(SHOW_PROGRESS) === "true";
  // A JVM that was joined has the terminal, and this program a pipe to it.
  if (!isWanted || isJoining(env)) return () => {};
  await stopOwnDisplay(runtime);
  if (notebook === null && !canDrawLine(env)) return () => {};
  const display = new ConsoleProgress({
    tracker: new StatusTracker(runtime),
    activityOf: (stageId) => stageActivity(runtime, stageId),
    waiting: () => runtime.actions.oldest,
    streams: () => runtime.streams.look(),
    surface: notebook ?? TERMINAL,
    onInterrupt,
    now: Date.now,
  });
  display.start();
  runtime.streams.show();
  runtime.actions.onEnd(() => display.erase());
  return () => display.stop();
}

/** Where one line is shown and taken away again. */
export interface ProgressSurface {
  /** Its width, in characters. */
  readonly columns: number;
  /** Shows a line, in place of the one before. */
  draw(line: string): void;
  /** Takes the line away. */
  erase(): void;
}

/** The cursor stays at the start of the line, so that other output goes over it. */
const TERMINAL: ProgressSurface = {
  get columns() {
    return lineColumns();
  },
  draw: (line) => writeErrorText(`${ERASE_LINE}${line}\r`),
  erase: () => writeErrorText(ERASE_LINE),
};

/** What a {@link ConsoleProgress} works with. */
export interface ProgressMeans {
  /** Tells how far stages are. */
  readonly tracker: Pick<StatusTracker, "getActiveStageIds" | "getStageInfo">;
  /** Tells what Spark does in a stage of its own; null for a stage of the program's. */
  readonly activityOf: (stageId: number) => Promise<string | null>;
  /** The action that has been under way for longest; null without one. */
  readonly waiting: () => RunningAction | null;
  /** Tells what the last batch of each streaming query did. */
  readonly streams: RunningStreams["look"];
  /** Has something done before Ctrl-C ends the program; gives what stops that. */
  readonly onInterrupt: (react: () => void) => () => void;
  /** Where it is shown. */
  readonly surface: ProgressSurface;
  /** The time, in milliseconds since 1970. */
  readonly now: () => number;
}

/** Looks at the stages every half second and draws them over one line. */
export class ConsoleProgress {
  readonly #means: ProgressMeans;
  #timer: NodeJS.Timeout | null = null;
  /** Stops the watch for Ctrl-C that is on while something is drawn. */
  #unwatch: (() => void) | null = null;
  #isStopped = false;
  /** By the stages that were shown last; none changes what it does. */
  #activities = new Map<number, string | null>();

  /**
   * A display that is not running.
   *
   * @param means what it works with
   */
  constructor(means: ProgressMeans) {
    this.#means = means;
  }

  /** Looks now and then, without keeping the program running. */
  start(): void {
    this.#timer = startTimer(() => {
      void this.look().finally(() => {
        if (!this.#isStopped) this.start();
      });
    }, PERIOD_MS).unref();
  }

  /**
   * Looks once: draws the stages that have been running for a while, or the
   * action that has waited for one for longer, or what streaming queries did
   * last, or erases them.
   */
  async look(): Promise<void> {
    const { waiting, now, surface } = this.#means;
    const stages = await this.#stages();
    const needsStreams = stages.length === 0 || waiting() === null;
    const streams = needsStreams ? await this.#streams() : [];
    if (this.#isStopped) return;
    const action = waiting();
    // With neither they are of an action that was interrupted and end by
    // themselves: a line would go over what is typed at a prompt.
    const isOfProgram = action !== null || streams.length > 0;
    if (stages.length > 0 && isOfProgram) {
      this.#draw(progressLine(stages, surface.columns));
    } else if (action && now() - action.startTime >= SILENCE_MS) {
      this.#draw(waitingLine(action, now(), surface.columns));
    } else if (streams.length > 0) {
      this.#draw(streamsLine(streams, surface.columns));
    } else {
      this.erase();
    }
  }

  #draw(line: string): void {
    this.#means.surface.draw(line);
    this.#unwatch ??= this.#means.onInterrupt(() => this.erase());
  }

  /** Ends the display and erases it. */
  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.erase();
  }

  /** Takes away what is drawn, until the next look. */
  erase(): void {
    if (this.#unwatch === null) return;
    this.#unwatch();
    this.#unwatch = null;
    this.#means.surface.erase();
  }

  async #streams(): ReturnType<ProgressMeans["streams"]> {
    try {
      return await this.#means.streams();
    } catch {
      return []; // as of stages
    }
  }

  async #stages(): Promise<StageProgress[]> {
    const { tracker, now } = this.#means;
    const stages: StageProgress[] = [];
    const activities = new Map<number, string | null>();
    try {
      for (const id of await tracker.getActiveStageIds()) {
        const info = await tracker.getStageInfo(id);
        if (info === null || info.submissionTime === 0) continue;
        const elapsedMs = now() - info.submissionTime;
        if (elapsedMs < FIRST_DELAY_MS) continue;
        const known = this.#activities.get(id);
        const activity = known === undefined
          ? await this.#means.activityOf(id)
          : known;
        activities.set(id, activity);
        stages.push({ ...progressOf(info, elapsedMs), activity });
      }
      this.#activities = activities;
    } catch {
      return []; // the JVM is going or gone, which an action will tell
    }
    return stages;
  }
}

function progressOf(
  info: SparkStageInfo,
  elapsedMs: number,
): Omit<StageProgress, "activity"> {
  return {
    stageId: info.stageId,
    tasks: info.numTasks,
    done: info.numCompletedTasks,
    running: info.numActiveTasks,
    failed: info.numFailedTasks,
    elapsedMs,
  };
}

/** Ends what the JVM draws: it began as a shell, and shells draw. */
async function stopOwnDisplay(runtime: SparkRuntime): Promise<void> {
  await runtime.gateway.scope(async () => {
    const sc = await runtime.jsc.callObject("sc");
    const display = await sc.callObject("progressBar");
    if (!await display.callBoolean("isDefined")) return;
    const bar = await display.callObject("get");
    await bar.call("stop");
  });
}
