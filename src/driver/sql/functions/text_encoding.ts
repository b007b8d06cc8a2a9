// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Text in other forms: characters, bytes, numbers, URLs.
 *
 * @module
 */
import type { Column } from "../column.ts";
import type { Untyped } from "../typing/untyped.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
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

/** The same as {@link char}. */
export function chr(column: ColumnOrName): Column<string | null> {
  return call("chr", columnOf(column));
}

/** The name of the text's collation. Spark 4.0 and later. */
export function collation(column: ColumnOrName): Column<string | null> {
  return call("collation", columnOf(column));
}

/** Bytes as text, by a character set. */
export function decode(
  column: ColumnOrName,
  charset: TextOrColumn,
): Column<string | null> {
  return call("decode", columnOf(column), valueOf(charset));
}

/** Text as bytes, by a character set. */
export function encode(
  column: ColumnOrName,
  charset: TextOrColumn,
): Column<Uint8Array | null> {
  return call("encode", columnOf(column), valueOf(charset));
}

/** The bytes of text in base 32. Spark 4.3 and later. */
export function from_base32(column: ColumnOrName): Column<Uint8Array | null> {
  return call("from_base32", columnOf(column));
}

/** Whether the text is well-formed UTF-8. Spark 4.0 and later. */
export function is_valid_utf8(column: ColumnOrName): Column<boolean | null> {
  return call("is_valid_utf8", columnOf(column));
}

/** Number of characters, or of bytes. */
export function length(column: ColumnOrName): Column<number | null> {
  return call("length", columnOf(column));
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

/** The text in quotes, as SQL writes it. Spark 4.1 and later. */
export function quote(column: ColumnOrName): Column<string | null> {
  return call("quote", columnOf(column));
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

/** The bytes of text in base 64. */
export function unbase64(column: ColumnOrName): Column<Uint8Array | null> {
  return call("unbase64", columnOf(column));
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
