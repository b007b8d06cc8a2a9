/**
 * What functions print in a task, on its way to logs.
 *
 * @module
 */

/** Variable by which workers are told which accumulator takes {@link TaskOutput}; without it nothing is sent. */
export const OUTPUT_VARIABLE = "TSPARK_LOGS";

/** How much one task may send of what it prints. */
export const OUTPUT_LIMITS = {
  /** Lines. */
  lines: 1_000,
  /** Characters of all lines together. */
  characters: 256 * 1024,
  /** Characters of one line; the rest is cut off. */
  line: 16 * 1024,
  /** Lines at the end that are kept however many there are. */
  last: 100,
} as const;

/** How much a failed task may send with its error, which Spark keeps in several texts. */
export const FAILED_OUTPUT_LIMITS = { lines: 100, characters: 16 * 1024 };

/** How urgent a line is, the least first. */
export const OUTPUT_LEVELS = [
  "trace",
  "debug",
  "info",
  "warn",
  "error",
] as const;

/** How urgent a line is. */
export type OutputLevel = typeof OUTPUT_LEVELS[number];

/** What one call printed; a text without the line end, which may have several lines. */
export interface OutputLine {
  /** When, in milliseconds since 1970. */
  readonly time: number;
  readonly level: OutputLevel;
  readonly text: string;
}

/** Where in a job something was printed. */
export interface OutputPlace {
  readonly stage: number;
  readonly partition: number;
  readonly attempt: number;
}

/** What one task printed. */
export interface TaskOutput extends OutputPlace {
  readonly lines: readonly OutputLine[];
  /** How many more there were. */
  readonly leftOut: number;
}

/** Whether a value is what a task printed. */
export function isTaskOutput(value: unknown): value is TaskOutput {
  if (typeof value !== "object" || value === null) return false;
  const { stage, partition, attempt, lines, leftOut } = value as Partial<
    TaskOutput
  >;
  return [stage, partition, attempt, leftOut].every(Number.isSafeInteger) &&
    Array.isArray(lines) && lines.every(isLine);
}

function isLine(value: unknown): value is OutputLine {
  if (typeof value !== "object" || value === null) return false;
  const { time, level, text } = value as Partial<OutputLine>;
  return typeof time === "number" && typeof text === "string" &&
    OUTPUT_LEVELS.some((known) => known === level);
}

/**
 * A line as logs have it: `2026-03-01T10:20:30.400Z [stage 3, partition 2] text`.
 * A JSON object stays one, so that what reads JSON lines reads it: its place
 * becomes one more field, `spark`.
 *
 * @param line what was printed
 * @param place where
 * @returns with its line end
 */
export function formatOutput(line: OutputLine, place: OutputPlace): string {
  const { text, level } = line;
  const record = jsonObject(text);
  if (record !== null && !Object.hasOwn(record, "spark")) {
    const { stage, partition, attempt } = place;
    const field = `"spark":${JSON.stringify({ stage, partition, attempt })}`;
    const open = text.trimEnd().slice(0, -1).trimEnd();
    return `${open}${open.endsWith("{") ? "" : ","}${field}}\n`;
  }
  const word = level === "info" ? "" : `${level}: `;
  const time = toISOString.call(new Date(line.time));
  return `${time} ${inBrackets(place)} ${word}${text}\n`;
}

const { toISOString } = Date.prototype; // functions may change it

function inBrackets({ stage, partition, attempt }: OutputPlace): string {
  const again = attempt === 0 ? "" : `, attempt ${attempt}`;
  return `[stage ${stage}, partition ${partition}${again}]`;
}

/** The fields of a text that is one JSON object, as structured loggers write; null for any other. */
export function jsonObject(text: string): Record<string, unknown> | null {
  if (!text.startsWith("{") || text.length > OUTPUT_LIMITS.line) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? value as Record<string, unknown>
      : null;
  } catch {
    return null; // it only begins as one
  }
}
