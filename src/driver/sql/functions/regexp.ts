// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Patterns over text, in Java's syntax of regular expressions.
 *
 * @module
 */
import type { Column } from "../column.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  type NumberOrColumn,
  staticCall,
  type TextOrColumn,
  valueOf,
} from "./call.ts";

/** Whether a text matches an SQL pattern, whatever the case. */
export function ilike(
  column: ColumnOrName,
  pattern: ColumnOrName,
  escape?: TextOrColumn,
): Column<boolean | null> {
  return matched("ilike", column, pattern, escape);
}

/** Whether a text matches an SQL pattern: `%` for any characters, `_` for one. */
export function like(
  column: ColumnOrName,
  pattern: ColumnOrName,
  escape?: TextOrColumn,
): Column<boolean | null> {
  return matched("like", column, pattern, escape);
}

/** Whether the pattern matches somewhere. */
export function regexp(
  column: ColumnOrName,
  pattern: ColumnOrName,
): Column<boolean | null> {
  return call("regexp", columnOf(column), columnOf(pattern));
}

/** How often the pattern matches. */
export function regexp_count(
  column: ColumnOrName,
  pattern: ColumnOrName,
): Column<number | null> {
  return call("regexp_count", columnOf(column), columnOf(pattern));
}

/** A group of the first match, by its number from 1; 0 for the whole match; empty where nothing matches. */
export function regexp_extract(
  column: ColumnOrName,
  pattern: TextOrColumn,
  idx: NumberOrColumn,
): Column<string | null> {
  return call(
    "regexp_extract",
    columnOf(column),
    valueOf(pattern),
    valueOf(idx),
  );
}

/** A group of every match, by its number from 1; the first when left out. */
export function regexp_extract_all(
  column: ColumnOrName,
  pattern: ColumnOrName,
  idx?: unknown,
): Column<(string | null)[] | null> {
  return call(
    "regexp_extract_all",
    columnOf(column),
    columnOf(pattern),
    idx === undefined ? undefined : valueOf(idx),
  );
}

/** The place of the first match, from 1; 0 where there is none. */
export function regexp_instr(
  column: ColumnOrName,
  pattern: ColumnOrName,
  idx?: unknown,
): Column<number | null> {
  return call(
    "regexp_instr",
    columnOf(column),
    columnOf(pattern),
    idx === undefined ? undefined : valueOf(idx),
  );
}

/** The same as {@link regexp}. */
export function regexp_like(
  column: ColumnOrName,
  pattern: ColumnOrName,
): Column<boolean | null> {
  return call("regexp_like", columnOf(column), columnOf(pattern));
}

/**
 * The text with every match replaced.
 *
 * @param column the text
 * @param pattern the pattern
 * @param replacement what stands instead; `$1` stands for a group
 * @param position the place, from 1, from which on matches are replaced; 1 when left out
 */
export function regexp_replace(
  column: ColumnOrName,
  pattern: unknown,
  replacement: unknown,
  position?: NumberOrColumn,
): Column<string | null> {
  return call(
    "regexp_replace",
    columnOf(column),
    valueOf(pattern),
    valueOf(replacement),
    position === undefined ? undefined : valueOf(position),
  );
}

/** The first match; null where there is none. */
export function regexp_substr(
  column: ColumnOrName,
  pattern: ColumnOrName,
): Column<string | null> {
  return call("regexp_substr", columnOf(column), columnOf(pattern));
}

/** The same as {@link regexp}. */
export function rlike(
  column: ColumnOrName,
  pattern: ColumnOrName,
): Column<boolean | null> {
  return call("rlike", columnOf(column), columnOf(pattern));
}

/** SQL's function takes an escape character since 4.0, the method always. */
function matched(
  name: "like" | "ilike",
  column: ColumnOrName,
  pattern: ColumnOrName,
  escape: TextOrColumn | undefined,
): Column<boolean | null> {
  return escape === undefined
    ? call(name, columnOf(column), columnOf(pattern))
    : staticCall(name, columnOf(column), columnOf(pattern), valueOf(escape));
}
