/**
 * The options of the formats that come with Spark, by their Spark names. The
 * types are for programs; the lists are what a reader or writer holds the
 * names against that it is given.
 *
 * @module
 */

/** What becomes of records that cannot be read: a row with nulls, no row, or an error. */
export type ParseMode = "PERMISSIVE" | "DROPMALFORMED" | "FAILFAST";

/** Which files are read, whatever their format. */
export interface FileReadOptions {
  /** Pattern for the names of files, such as `*.csv`. */
  readonly pathGlobFilter?: string;
  /** Whether folders within folders are read; no partitions are found then. */
  readonly recursiveFileLookup?: boolean;
  /** Only files changed before this time, as in `2026-11-29T12:00:00`. */
  readonly modifiedBefore?: string;
  /** Only files changed after this time. */
  readonly modifiedAfter?: string;
  /** Whether files that are broken are left out. */
  readonly ignoreCorruptFiles?: boolean;
  /** Whether files that went away meanwhile are left out. */
  readonly ignoreMissingFiles?: boolean;
}

/** Texts of dates and times, in patterns such as `yyyy-MM-dd`. */
export interface TimeTextOptions {
  /** Pattern of dates. */
  readonly dateFormat?: string;
  /** Pattern of timestamps. */
  readonly timestampFormat?: string;
  /** Pattern of timestamps without a zone. */
  readonly timestampNTZFormat?: string;
  /** Zone of timestamps without one; the session's by default. */
  readonly timeZone?: string;
  /** Language of names of months and days, such as `en-US`. */
  readonly locale?: string;
}

/** How records that cannot be read are met. */
export interface BadRecordOptions {
  /** What becomes of them; `PERMISSIVE` by default. */
  readonly mode?: ParseMode;
  /** Column that takes their text. */
  readonly columnNameOfCorruptRecord?: string;
}

/** Options of text that both its reader and its writer know. */
export interface TextOptions {
  /** What ends a line. */
  readonly lineSep?: string;
  /** Character set of the files; UTF-8 by default. */
  readonly encoding?: string;
}

/** Options of `spark.read.text()`. */
export interface TextReadOptions extends FileReadOptions, TextOptions {
  /** Whether each file is one row. */
  readonly wholetext?: boolean;
}

/** How files are compressed: `none`, `gzip`, `snappy`, `zstd` and others, by format. */
export interface CompressionOption {
  /** Name of the codec. */
  readonly compression?: string;
}

/** Options of `df.write.text()`. */
export interface TextWriteOptions extends TextOptions, CompressionOption {}

/** Options of comma-separated values that both reader and writer know. */
export interface CsvOptions extends TimeTextOptions {
  /** What separates fields; a comma by default. */
  readonly sep?: string;
  /** Another name of `sep`. */
  readonly delimiter?: string;
  /** What separates lines. */
  readonly lineSep?: string;
  /** Character set of the files; UTF-8 by default. */
  readonly encoding?: string;
  /** Whether the first line names the columns; false by default. */
  readonly header?: boolean;
  /** What quotes fields; `"` by default. */
  readonly quote?: string;
  /** What escapes a quote within quotes; a backslash by default. */
  readonly escape?: string;
  /** What escapes the escape character. */
  readonly charToEscapeQuoteEscaping?: string;
  /** What null is written as; nothing by default. */
  readonly nullValue?: string;
  /** What an empty text is written as. */
  readonly emptyValue?: string;
  /** Whether spaces before values are left out. */
  readonly ignoreLeadingWhiteSpace?: boolean;
  /** Whether spaces behind values are left out. */
  readonly ignoreTrailingWhiteSpace?: boolean;
}

/** Options of `spark.read.csv()`. */
export interface CsvReadOptions
  extends FileReadOptions, BadRecordOptions, CsvOptions {
  /** Whether types are found by a look at the data; else all are texts. */
  readonly inferSchema?: boolean;
  /** Share of rows looked at for that; 1 by default. */
  readonly samplingRatio?: number;
  /** Whether that look finds dates; true by default. */
  readonly preferDate?: boolean;
  /** Whether a schema counts against a header that says otherwise. */
  readonly enforceSchema?: boolean;
  /** What begins a line that is left out. */
  readonly comment?: string;
  /** Whether a value may go over several lines. */
  readonly multiLine?: boolean;
  /** What NaN is written as. */
  readonly nanValue?: string;
  /** What positive infinity is written as. */
  readonly positiveInf?: string;
  /** What negative infinity is written as. */
  readonly negativeInf?: string;
  /** Most columns of a row. */
  readonly maxColumns?: number;
  /** Most characters of a value. */
  readonly maxCharsPerColumn?: number;
  /** What becomes of a quote within a value that has none around. */
  readonly unescapedQuoteHandling?: string;
  /** Whether times are also read as Spark 1 and 2 did. */
  readonly enableDateTimeParsingFallback?: boolean;
  /** Column for the whole row as a VARIANT. Spark 4.0 and later. */
  readonly singleVariantColumn?: string;
}

/** Options of `df.write.csv()`. */
export interface CsvWriteOptions extends CsvOptions, CompressionOption {
  /** Whether all values are quoted. */
  readonly quoteAll?: boolean;
  /** Whether values with quotes are quoted; true by default. */
  readonly escapeQuotes?: boolean;
  /** Ending of the files' names. Spark 4.0 and later. */
  readonly extension?: string;
}

/** Options of JSON that both reader and writer know. */
export interface JsonOptions extends TimeTextOptions {
  /** What separates lines. */
  readonly lineSep?: string;
  /** Character set of the files; found out by the reader. */
  readonly encoding?: string;
}

/** Options of `spark.read.json()`. */
export interface JsonReadOptions
  extends FileReadOptions, BadRecordOptions, JsonOptions {
  /** Whether a record may go over several lines, or a file is one array. */
  readonly multiLine?: boolean;
  /** Whether numbers and booleans are read as texts. */
  readonly primitivesAsString?: boolean;
  /** Whether numbers with a point become decimals where they fit. */
  readonly prefersDecimal?: boolean;
  /** Share of rows looked at for the schema; 1 by default. */
  readonly samplingRatio?: number;
  /** Whether columns that are always null are left out. */
  readonly dropFieldIfAllNull?: boolean;
  /** Whether comments as in Java are left out. */
  readonly allowComments?: boolean;
  /** Whether names need no quotes. */
  readonly allowUnquotedFieldNames?: boolean;
  /** Whether single quotes are quotes; true by default. */
  readonly allowSingleQuotes?: boolean;
  /** Whether numbers may begin with zeros. */
  readonly allowNumericLeadingZeros?: boolean;
  /** Whether NaN and infinities are numbers; true by default. */
  readonly allowNonNumericNumbers?: boolean;
  /** Whether a backslash may stand before any character. */
  readonly allowBackslashEscapingAnyCharacter?: boolean;
  /** Whether texts may have control characters. */
  readonly allowUnquotedControlChars?: boolean;
  /** Whether times are also read as Spark 1 and 2 did. */
  readonly enableDateTimeParsingFallback?: boolean;
  /** Column for the whole record as a VARIANT. Spark 4.0 and later. */
  readonly singleVariantColumn?: string;
}

/** Options of `df.write.json()`. */
export interface JsonWriteOptions extends JsonOptions, CompressionOption {
  /** Whether fields that are null are left out; true by default. */
  readonly ignoreNullFields?: boolean;
}

/** How dates and timestamps of old files are read: as they are, shifted to the old calendar, or not at all. */
export type RebaseMode = "EXCEPTION" | "CORRECTED" | "LEGACY";

/** Options of `spark.read.parquet()`. */
export interface ParquetReadOptions extends FileReadOptions {
  /** Whether the columns of all files are read, and not those of one. */
  readonly mergeSchema?: boolean;
  /** Dates and timestamps of old files. */
  readonly datetimeRebaseMode?: RebaseMode;
  /** Timestamps of old files that have 96 bits. */
  readonly int96RebaseMode?: RebaseMode;
}

/** Options of `df.write.parquet()`. */
export interface ParquetWriteOptions extends CompressionOption {}

/** Options of `spark.read.orc()`. */
export interface OrcReadOptions extends FileReadOptions {
  /** Whether the columns of all files are read, and not those of one. */
  readonly mergeSchema?: boolean;
}

/** Options of `df.write.orc()`. */
export interface OrcWriteOptions extends CompressionOption {}

/** Options of XML that both reader and writer know. */
export interface XmlOptions extends TimeTextOptions {
  /** Name of the elements that are rows; `ROW` by default. */
  readonly rowTag?: string;
  /** What stands before names of attributes; `_` by default. */
  readonly attributePrefix?: string;
  /** Name of the text of an element that also has attributes or elements. */
  readonly valueTag?: string;
  /** What null is written as. */
  readonly nullValue?: string;
  /** Character set of the files. */
  readonly encoding?: string;
}

/** Options of `spark.read.xml()`. */
export interface XmlReadOptions
  extends FileReadOptions, BadRecordOptions, XmlOptions {
  /** Whether types are found by a look at the data; true by default. */
  readonly inferSchema?: boolean;
  /** Share of rows looked at for that; 1 by default. */
  readonly samplingRatio?: number;
  /** Whether attributes are left out. */
  readonly excludeAttribute?: boolean;
  /** Whether spaces around values are left out. */
  readonly ignoreSurroundingSpaces?: boolean;
  /** Whether prefixes of names are left out. */
  readonly ignoreNamespace?: boolean;
  /** File of an XML schema that rows are held against. */
  readonly rowValidationXSDPath?: string;
  /** Column for elements that the schema does not have. */
  readonly wildcardColName?: string;
  /** Column for the whole row as a VARIANT. */
  readonly singleVariantColumn?: string;
}

/** Options of `df.write.xml()`. */
export interface XmlWriteOptions extends XmlOptions, CompressionOption {
  /** Name of the element around all rows; `ROWS` by default. */
  readonly rootTag?: string;
  /** The declaration at a file's begin. */
  readonly declaration?: string;
  /** Name of the elements of an array in an array. */
  readonly arrayElementName?: string;
  /** Whether names that XML does not allow are an error. */
  readonly validateName?: boolean;
}

/** Names of all properties of a type: the compiler names one that is missing. */
type Names<T> = Readonly<Record<keyof T, true>>;

const FILES: Names<FileReadOptions> = {
  pathGlobFilter: true,
  recursiveFileLookup: true,
  modifiedBefore: true,
  modifiedAfter: true,
  ignoreCorruptFiles: true,
  ignoreMissingFiles: true,
};
const TIMES: Names<TimeTextOptions> = {
  dateFormat: true,
  timestampFormat: true,
  timestampNTZFormat: true,
  timeZone: true,
  locale: true,
};
const TEXT: Names<TextReadOptions & TextWriteOptions> = {
  ...FILES,
  lineSep: true,
  encoding: true,
  wholetext: true,
  compression: true,
};
const CSV: Names<CsvReadOptions & CsvWriteOptions> = {
  ...FILES,
  ...TIMES,
  sep: true,
  delimiter: true,
  lineSep: true,
  encoding: true,
  header: true,
  quote: true,
  escape: true,
  charToEscapeQuoteEscaping: true,
  nullValue: true,
  emptyValue: true,
  ignoreLeadingWhiteSpace: true,
  ignoreTrailingWhiteSpace: true,
  mode: true,
  columnNameOfCorruptRecord: true,
  inferSchema: true,
  samplingRatio: true,
  preferDate: true,
  enforceSchema: true,
  comment: true,
  multiLine: true,
  nanValue: true,
  positiveInf: true,
  negativeInf: true,
  maxColumns: true,
  maxCharsPerColumn: true,
  unescapedQuoteHandling: true,
  enableDateTimeParsingFallback: true,
  singleVariantColumn: true,
  quoteAll: true,
  escapeQuotes: true,
  extension: true,
  compression: true,
};
const JSON_NAMES: Names<JsonReadOptions & JsonWriteOptions> = {
  ...FILES,
  ...TIMES,
  lineSep: true,
  encoding: true,
  mode: true,
  columnNameOfCorruptRecord: true,
  multiLine: true,
  primitivesAsString: true,
  prefersDecimal: true,
  samplingRatio: true,
  dropFieldIfAllNull: true,
  allowComments: true,
  allowUnquotedFieldNames: true,
  allowSingleQuotes: true,
  allowNumericLeadingZeros: true,
  allowNonNumericNumbers: true,
  allowBackslashEscapingAnyCharacter: true,
  allowUnquotedControlChars: true,
  enableDateTimeParsingFallback: true,
  singleVariantColumn: true,
  ignoreNullFields: true,
  compression: true,
};
const PARQUET: Names<ParquetReadOptions & ParquetWriteOptions> = {
  ...FILES,
  mergeSchema: true,
  datetimeRebaseMode: true,
  int96RebaseMode: true,
  compression: true,
};
const ORC: Names<OrcReadOptions & OrcWriteOptions> = {
  ...FILES,
  mergeSchema: true,
  compression: true,
};
const XML: Names<XmlReadOptions & XmlWriteOptions> = {
  ...FILES,
  ...TIMES,
  rowTag: true,
  attributePrefix: true,
  valueTag: true,
  nullValue: true,
  encoding: true,
  mode: true,
  columnNameOfCorruptRecord: true,
  inferSchema: true,
  samplingRatio: true,
  excludeAttribute: true,
  ignoreSurroundingSpaces: true,
  ignoreNamespace: true,
  rowValidationXSDPath: true,
  wildcardColName: true,
  singleVariantColumn: true,
  rootTag: true,
  declaration: true,
  arrayElementName: true,
  validateName: true,
  compression: true,
};

/** Names that Spark also knows, of which programs have little need. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  csv: ["charset", "codec", "timeFormat", "columnPruning"],
  json: ["charset", "codec", "timeFormat", "pretty", "columnPruning"],
  text: ["charset", "codec"],
  xml: ["charset", "codec", "timeFormat", "multiLine"],
};
/** Of any source of files: where they are, and how a stream takes them. */
const ANY: readonly string[] = [
  "path",
  "paths",
  "maxFilesPerTrigger",
  "maxBytesPerTrigger",
  "maxFileAge",
  "latestFirst",
  "fileNameOnly",
  "cleanSource",
  "sourceArchiveDir",
  "checkpointLocation",
  "partitionOverwriteMode",
  "maxRecordsPerFile",
];

const BY_FORMAT: Readonly<Record<string, Readonly<Record<string, true>>>> = {
  text: TEXT,
  csv: CSV,
  json: JSON_NAMES,
  parquet: PARQUET,
  orc: ORC,
  xml: XML,
};

/**
 * The names of the options of a format, as Spark spells them.
 *
 * @param format its name, in any case
 * @returns null for a format that did not come with Spark, or takes any name
 */
export function knownOptions(format: string): readonly string[] | null {
  const name = format.toLowerCase();
  const names = Object.hasOwn(BY_FORMAT, name) ? BY_FORMAT[name] : undefined;
  if (names === undefined) return null;
  return [...Object.keys(names), ...MORE[name] ?? [], ...ANY];
}
