// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Text.
 *
 * @module
 */
import type { Column } from "../column.ts";
import type { Untyped } from "../typing/untyped.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  type NumberOrColumn,
  type TextOrColumn,
  valueOf,
} from "./call.ts";

/** Without spaces, or other characters, at both ends. */
export function btrim(
  column: ColumnOrName,
  trim?: TextOrColumn,
): Column<string | null> {
  return call(
    "btrim",
    columnOf(column),
    trim === undefined ? undefined : valueOf(trim),
  );
}

/** Texts joined with a separator, nulls left out. */
export function concat_ws(
  sep: TextOrColumn,
  ...columns: readonly ColumnOrName[]
): Column<string | null> {
  return call("concat_ws", valueOf(sep), ...columns.map(columnOf));
}

/** Whether one text holds another. */
export function contains(
  left: ColumnOrName,
  right: ColumnOrName,
): Column<boolean | null> {
  return call("contains", columnOf(left), columnOf(right));
}

/** One of several values, by its place from 1. */
export function elt(
  ...columns: readonly ColumnOrName[]
): Column<string | null> {
  return call("elt", ...columns.map(columnOf));
}

/** Whether a text ends with another. */
export function endswith(
  column: ColumnOrName,
  suffix: ColumnOrName,
): Column<boolean | null> {
  return call("endswith", columnOf(column), columnOf(suffix));
}

/** The place of a text, from 1, in a list separated by commas. */
export function find_in_set(
  column: ColumnOrName,
  array: ColumnOrName,
): Column<number | null> {
  return call("find_in_set", columnOf(column), columnOf(array));
}

/** A number with separators of thousands and so many decimal places. */
export function format_number(
  column: ColumnOrName,
  d: unknown,
): Column<string | null> {
  return call("format_number", columnOf(column), valueOf(d));
}

/** Values in a format, as `printf` writes them. */
export function format_string(
  format: TextOrColumn,
  ...columns: readonly ColumnOrName[]
): Column<string | null> {
  return call("format_string", valueOf(format), ...columns.map(columnOf));
}

/** Each word with a capital letter. */
export function initcap(column: ColumnOrName): Column<string | null> {
  return call("initcap", columnOf(column));
}

/**
 * The place of an occurrence, from 1; 0 where there is none.
 *
 * @param column the text
 * @param substring what is looked for
 * @param start the place to look from, from the end where negative; 1 when left out, otherwise Spark 4.3 and later
 * @param occurrence which one, from 1; the first when left out, otherwise Spark 4.3 and later
 */
export function instr(
  column: ColumnOrName,
  substring: TextOrColumn,
  start?: NumberOrColumn,
  occurrence?: NumberOrColumn,
): Column<number | null> {
  return call(
    "instr",
    columnOf(column),
    valueOf(substring),
    start === undefined ? undefined : valueOf(start),
    occurrence === undefined ? undefined : valueOf(occurrence),
  );
}

/** How alike two texts are, from 0 to 1. Spark 4.3 and later. */
export function jaro_winkler_similarity(
  left: ColumnOrName,
  right: ColumnOrName,
): Column<number | null> {
  return call("jaro_winkler_similarity", columnOf(left), columnOf(right));
}

/** The same as {@link lower}. */
export function lcase(column: ColumnOrName): Column<string | null> {
  return call("lcase", columnOf(column));
}

/** The first characters. */
export function left(
  column: ColumnOrName,
  length: ColumnOrName,
): Column<string | null> {
  return call("left", columnOf(column), columnOf(length));
}

/** How many edits lie between two texts; -1 beyond the threshold. */
export function levenshtein(
  left: ColumnOrName,
  right: ColumnOrName,
  threshold?: NumberOrColumn,
): Column<number | null> {
  return call(
    "levenshtein",
    columnOf(left),
    columnOf(right),
    threshold === undefined ? undefined : valueOf(threshold),
  );
}

/** The place of the first occurrence from a position on, from 1; 0 where there is none. */
export function locate(
  substring: TextOrColumn,
  text: ColumnOrName,
  pos: NumberOrColumn = 1,
): Column<number | null> {
  return call("locate", valueOf(substring), columnOf(text), valueOf(pos));
}

/** In lower case. */
export function lower(column: ColumnOrName): Column<string | null> {
  return call("lower", columnOf(column));
}

/** Padded on the left, or cut, to so many characters. */
export function lpad(
  column: ColumnOrName,
  length: NumberOrColumn,
  pad: unknown,
): Column<string | null> {
  return call("lpad", columnOf(column), valueOf(length), valueOf(pad));
}

/** The text with a part replaced, from a place on. */
export function overlay(
  source: ColumnOrName,
  replace: ColumnOrName,
  pos: ColumnOrName,
  length?: ColumnOrName,
): Column<string | null> {
  return call(
    "overlay",
    columnOf(source),
    columnOf(replace),
    columnOf(pos),
    length === undefined ? undefined : columnOf(length),
  );
}

/** The place of the first occurrence from a position on, from 1; 0 where there is none. */
export function position(
  substring: ColumnOrName,
  text: ColumnOrName,
  start?: ColumnOrName,
): Column<number | null> {
  return call(
    "position",
    columnOf(substring),
    columnOf(text),
    start === undefined ? undefined : columnOf(start),
  );
}

/** The same as {@link format_string}. */
export function printf(
  format: TextOrColumn,
  ...columns: readonly ColumnOrName[]
): Column<string | null> {
  return call("printf", valueOf(format), ...columns.map(columnOf));
}

/** A random text of letters and digits. Spark 4.0 and later. */
export function randstr(
  length: NumberOrColumn,
  seed?: NumberOrColumn,
): Column<string | null> {
  return call(
    "randstr",
    valueOf(length),
    seed === undefined ? undefined : valueOf(seed),
  );
}

/** The text so many times. */
export function repeat(
  column: ColumnOrName,
  n: NumberOrColumn,
): Column<string | null> {
  return call("repeat", columnOf(column), valueOf(n));
}

/** The text with each occurrence replaced, or left out. */
export function replace(
  source: ColumnOrName,
  search: ColumnOrName,
  replace?: ColumnOrName,
): Column<string | null> {
  return call(
    "replace",
    columnOf(source),
    columnOf(search),
    replace === undefined ? undefined : columnOf(replace),
  );
}

/** The text, or array, back to front. */
export function reverse<T = Untyped>(column: ColumnOrName<T>): Column<T> {
  return call("reverse", columnOf(column));
}

/** The last characters. */
export function right(
  column: ColumnOrName,
  length: ColumnOrName,
): Column<string | null> {
  return call("right", columnOf(column), columnOf(length));
}

/** Padded on the right, or cut, to so many characters. */
export function rpad(
  column: ColumnOrName,
  length: NumberOrColumn,
  pad: unknown,
): Column<string | null> {
  return call("rpad", columnOf(column), valueOf(length), valueOf(pad));
}

/** The text as sentences of words. */
export function sentences(
  column: ColumnOrName,
  language?: TextOrColumn,
  country?: TextOrColumn,
): Column<Untyped> {
  return call(
    "sentences",
    columnOf(column),
    language === undefined ? undefined : valueOf(language),
    country === undefined ? undefined : valueOf(country),
  );
}

/** How the text sounds in English, as a code. */
export function soundex(column: ColumnOrName): Column<string | null> {
  return call("soundex", columnOf(column));
}

/** The parts between matches of a regular expression, at most so many. */
export function split(
  column: ColumnOrName,
  pattern: TextOrColumn,
  limit?: NumberOrColumn,
): Column<(string | null)[] | null> {
  return call(
    "split",
    columnOf(column),
    valueOf(pattern),
    limit === undefined ? undefined : valueOf(limit),
  );
}

/** One of the parts between delimiters, by its place from 1; from the end where negative. */
export function split_part(
  source: ColumnOrName,
  delimiter: ColumnOrName,
  partNum: ColumnOrName,
): Column<string | null> {
  return call(
    "split_part",
    columnOf(source),
    columnOf(delimiter),
    columnOf(partNum),
  );
}

/** Whether a text starts with another. */
export function startswith(
  column: ColumnOrName,
  prefix: ColumnOrName,
): Column<boolean | null> {
  return call("startswith", columnOf(column), columnOf(prefix));
}

/** A part of the text, from a place from 1 on. */
export function substr(
  column: ColumnOrName,
  pos: ColumnOrName,
  length?: ColumnOrName,
): Column<string | null> {
  return call(
    "substr",
    columnOf(column),
    columnOf(pos),
    length === undefined ? undefined : columnOf(length),
  );
}

/** A part of the text or of bytes, from a place from 1 on. */
export function substring(
  column: ColumnOrName,
  pos: NumberOrColumn,
  length: NumberOrColumn,
): Column<string | null> {
  return call("substring", columnOf(column), valueOf(pos), valueOf(length));
}

/** What stands before so many delimiters; after them, from the end, where negative. */
export function substring_index(
  column: ColumnOrName,
  delimiter: TextOrColumn,
  count: NumberOrColumn,
): Column<string | null> {
  return call(
    "substring_index",
    columnOf(column),
    valueOf(delimiter),
    valueOf(count),
  );
}

/** The text with characters exchanged, one for one. */
export function translate(
  column: ColumnOrName,
  matching: TextOrColumn,
  replace: TextOrColumn,
): Column<string | null> {
  return call(
    "translate",
    columnOf(column),
    valueOf(matching),
    valueOf(replace),
  );
}

/** The same as {@link upper}. */
export function ucase(column: ColumnOrName): Column<string | null> {
  return call("ucase", columnOf(column));
}

/** In upper case. */
export function upper(column: ColumnOrName): Column<string | null> {
  return call("upper", columnOf(column));
}
