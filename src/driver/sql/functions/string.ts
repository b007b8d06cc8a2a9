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

/** The code of the first character. */
export function ascii(column: ColumnOrName): Column<number | null> {
  return call("ascii", columnOf(column));
}

/** Bytes as text in base 64. */
export function base64(column: ColumnOrName): Column<string | null> {
  return call("base64", columnOf(column));
}

/** Length in bits. */
export function bit_length(column: ColumnOrName): Column<number | null> {
  return call("bit_length", columnOf(column));
}

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

/** The character with this code. */
export function char(column: ColumnOrName): Column<string | null> {
  return call("char", columnOf(column));
}

/** Number of characters. */
export function char_length(column: ColumnOrName): Column<number | null> {
  return call("char_length", columnOf(column));
}

/** The same as {@link char_length}. */
export function character_length(column: ColumnOrName): Column<number | null> {
  return call("character_length", columnOf(column));
}

/** The character with this code. Spark 4.1 and later. */
export function chr(column: ColumnOrName): Column<string | null> {
  return call("chr", columnOf(column));
}

/** The name of the text's collation. Spark 4.0 and later. */
export function collation(column: ColumnOrName): Column<string | null> {
  return call("collation", columnOf(column));
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

/** Bytes as text, by a character set. */
export function decode(
  column: ColumnOrName,
  charset: TextOrColumn,
): Column<string | null> {
  return call("decode", columnOf(column), valueOf(charset));
}

/** One of several values, by its place from 1. */
export function elt(
  ...columns: readonly ColumnOrName[]
): Column<string | null> {
  return call("elt", ...columns.map(columnOf));
}

/** Text as bytes, by a character set. */
export function encode(
  column: ColumnOrName,
  charset: TextOrColumn,
): Column<Uint8Array | null> {
  return call("encode", columnOf(column), valueOf(charset));
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

/** The bytes of text in base 32. Spark 4.3 and later. */
export function from_base32(column: ColumnOrName): Column<Uint8Array | null> {
  return call("from_base32", columnOf(column));
}

/** Each word with a capital letter. */
export function initcap(column: ColumnOrName): Column<string | null> {
  return call("initcap", columnOf(column));
}

/** The place of the first occurrence, from 1; 0 where there is none. */
export function instr(
  column: ColumnOrName,
  substring: TextOrColumn,
): Column<number | null> {
  return call("instr", columnOf(column), valueOf(substring));
}

/** Whether the text is well-formed UTF-8. Spark 4.0 and later. */
export function is_valid_utf8(column: ColumnOrName): Column<boolean | null> {
  return call("is_valid_utf8", columnOf(column));
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

/** Number of characters, or of bytes. */
export function length(column: ColumnOrName): Column<number | null> {
  return call("length", columnOf(column));
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

/** The text with ill-formed parts replaced. Spark 4.0 and later. */
export function make_valid_utf8(column: ColumnOrName): Column<string | null> {
  return call("make_valid_utf8", columnOf(column));
}

/** The text with letters and digits replaced. */
export function mask(
  column: ColumnOrName,
  upperChar?: TextOrColumn,
  lowerChar?: TextOrColumn,
  digitChar?: TextOrColumn,
  otherChar?: TextOrColumn,
): Column<string | null> {
  return call(
    "mask",
    columnOf(column),
    upperChar === undefined ? undefined : valueOf(upperChar),
    lowerChar === undefined ? undefined : valueOf(lowerChar),
    digitChar === undefined ? undefined : valueOf(digitChar),
    otherChar === undefined ? undefined : valueOf(otherChar),
  );
}

/** Length in bytes. */
export function octet_length(column: ColumnOrName): Column<number | null> {
  return call("octet_length", columnOf(column));
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

/** The text in quotes, as SQL writes it. Spark 4.1 and later. */
export function quote(column: ColumnOrName): Column<string | null> {
  return call("quote", columnOf(column));
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

/** Bytes as text in base 32. Spark 4.3 and later. */
export function to_base32(column: ColumnOrName): Column<string | null> {
  return call("to_base32", columnOf(column));
}

/** The bytes of text in a format: `hex` unless told, `utf-8` or `base64`. */
export function to_binary(
  column: ColumnOrName,
  format?: ColumnOrName,
): Column<Uint8Array | null> {
  return call(
    "to_binary",
    columnOf(column),
    format === undefined ? undefined : columnOf(format),
  );
}

/** A number, date or bytes as text in a format. */
export function to_char(
  column: ColumnOrName,
  format: ColumnOrName,
): Column<string | null> {
  return call("to_char", columnOf(column), columnOf(format));
}

/** The decimal of text in a format. */
export function to_number(
  column: ColumnOrName,
  format: ColumnOrName,
): Column<Untyped> {
  return call("to_number", columnOf(column), columnOf(format));
}

/** The same as {@link to_char}. */
export function to_varchar(
  column: ColumnOrName,
  format: ColumnOrName,
): Column<string | null> {
  return call("to_varchar", columnOf(column), columnOf(format));
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

/** As {@link to_binary}, or null where the text is no such format. */
export function try_to_binary(
  column: ColumnOrName,
  format?: ColumnOrName,
): Column<Uint8Array | null> {
  return call(
    "try_to_binary",
    columnOf(column),
    format === undefined ? undefined : columnOf(format),
  );
}

/** As {@link to_number}, or null where the text is no such format. */
export function try_to_number(
  column: ColumnOrName,
  format: ColumnOrName,
): Column<Untyped> {
  return call("try_to_number", columnOf(column), columnOf(format));
}

/** The text, or null where it is ill-formed UTF-8. Spark 4.0 and later. */
export function try_validate_utf8(column: ColumnOrName): Column<string | null> {
  return call("try_validate_utf8", columnOf(column));
}

/** The same as {@link upper}. */
export function ucase(column: ColumnOrName): Column<string | null> {
  return call("ucase", columnOf(column));
}

/** The bytes of text in base 64. */
export function unbase64(column: ColumnOrName): Column<Uint8Array | null> {
  return call("unbase64", columnOf(column));
}

/** In upper case. */
export function upper(column: ColumnOrName): Column<string | null> {
  return call("upper", columnOf(column));
}

/** The text, or an error where it is ill-formed UTF-8. Spark 4.0 and later. */
export function validate_utf8(column: ColumnOrName): Column<string | null> {
  return call("validate_utf8", columnOf(column));
}

/** A part of a URL: `HOST`, `PATH`, `QUERY`, …. */
export function parse_url(
  url: ColumnOrName,
  part: ColumnOrName,
  key?: ColumnOrName,
): Column<string | null> {
  return call(
    "parse_url",
    columnOf(url),
    columnOf(part),
    key === undefined ? undefined : columnOf(key),
  );
}

/** As {@link parse_url}, or null where it is no URL. Spark 4.0 and later. */
export function try_parse_url(
  url: ColumnOrName,
  part: ColumnOrName,
  key?: ColumnOrName,
): Column<string | null> {
  return call(
    "try_parse_url",
    columnOf(url),
    columnOf(part),
    key === undefined ? undefined : columnOf(key),
  );
}

/** Text without percent-encoding. */
export function url_decode(column: ColumnOrName): Column<string | null> {
  return call("url_decode", columnOf(column));
}

/** As {@link url_decode}, or null where it is ill-formed. Spark 4.0 and later. */
export function try_url_decode(column: ColumnOrName): Column<string | null> {
  return call("try_url_decode", columnOf(column));
}

/** Text in percent-encoding. */
export function url_encode(column: ColumnOrName): Column<string | null> {
  return call("url_encode", columnOf(column));
}
