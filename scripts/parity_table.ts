/**
 * PySpark's names that are not the same here: what stands for each, or why
 * nothing does. What begins with `=` is a name of ours, which is looked up.
 *
 * @module
 */

/** By class or module, then by name. */
export type ParityTable = Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

const PANDAS = "pandas is Python's; Arrow and rows stand for it";
const CONNECT = "of Spark Connect alone; PySpark's classic API refuses it";
const CONVERSION = "how PySpark converts values between Python and Java";
const ABSTRACT =
  "a base class of Python's; types are one union here, told apart by `kind`";

/** Everything of these classes is a matter of its own. */
export const WHOLE_CLASSES: Readonly<Record<string, string>> = {};

/** What a class is called here, where it is not the same. */
export const CLASS_NAMES: Readonly<Record<string, string>> = {
  PandasCogroupedOps: "CogroupedData",
  "SparkSession.builder": "SparkSessionBuilder",
};

/** Names that differ, and names without a counterpart. */
export const PARITY: ParityTable = {
  SparkSession: {
    Builder: "= SparkSessionBuilder",
    addArtifact: "code is sent with the functions; = SparkContext.addFile",
    addArtifacts: "code is sent with the functions; = SparkContext.addFile",
    clearProgressHandlers: CONNECT,
    client: CONNECT,
    copyFromLocalToFs: CONNECT,
    registerProgressHandler: CONNECT,
    removeProgressHandler: CONNECT,
  },
  "SparkSession.builder": {
    remote: CONNECT,
  },
  DataFrame: {
    drop_duplicates: "= DataFrame.dropDuplicates",
    executionInfo: CONNECT,
    groupby: "= DataFrame.groupBy",
    mapInPandas: "pandas is Python's; = DataFrame.mapInArrow",
    pandas_api: PANDAS,
    registerTempTable:
      "deprecated since Spark 2.0; = DataFrame.createOrReplaceTempView",
    sql_ctx: "deprecated since Spark 3.0; = DataFrame.sparkSession",
    toPandas: "pandas is Python's; = DataFrame.toArrow",
  },
  Column: {
    bitwiseAND: "= Column.bitwiseAnd",
    bitwiseOR: "= Column.bitwiseOr",
    bitwiseXOR: "= Column.bitwiseXor",
    endswith: "= Column.endsWith",
    startswith: "= Column.startsWith",
  },
  GroupedData: {
    apply: "deprecated since Spark 3.0; = GroupedData.applyInArrow",
    applyInPandas: "pandas is Python's; = GroupedData.flatMapGroups",
    applyInPandasWithState:
      "pandas is Python's; = GroupedData.flatMapGroupsWithState",
    transformWithStateInPandas:
      "pandas is Python's; = GroupedData.transformWithState",
  },
  StreamingQueryListener: {
    onQueryIdle: "= StreamingQueryListener",
    onQueryProgress: "= StreamingQueryListener",
    onQueryStarted: "= StreamingQueryListener",
    onQueryTerminated: "= StreamingQueryListener",
    spark: "the session is a variable of the program's",
  },
  "pyspark.sql.streaming": {
    StatefulProcessor:
      "a type here, `StatefulProcessor`: classes need not extend it",
    StatefulProcessorHandle: "a type here, `StatefulProcessorHandle`",
    TwsTester:
      "processors are tested in a query, or by a handle of the test's own",
  },
  PandasCogroupedOps: {
    applyInPandas: "pandas is Python's; = CogroupedData.flatMapGroups",
  },
  Catalog: {
    createExternalTable: "deprecated since Spark 2.2; = Catalog.createTable",
    registerFunction: "deprecated since Spark 2.3; = UDFRegistration.register",
  },
  MergeIntoWriter: {
    WhenMatched: "= WhenMatched",
    WhenNotMatched: "= WhenNotMatched",
    WhenNotMatchedBySource: "= WhenNotMatchedBySource",
  },
  DataSource: { name: "the class's own or static name; = DataSourceClass" },
  DataSourceArrowWriter: { write: "= DataSourceArrowWriter.writeArrow" },
  DataSourceStreamArrowWriter: {
    write: "= DataSourceStreamArrowWriter.writeArrow",
  },
  UserDefinedTableFunction: {
    asDeterministic: "= UdtfOptions",
    returnType: "the schema that `udtf()` is given",
  },
  Row: { asDict: "a row is an object already" },
  StructType: {
    fromInternal: CONVERSION,
    jsonValue: "= StructType.json",
    needConversion: CONVERSION,
    toInternal: CONVERSION,
    typeName: "= StructType.kind",
  },
  StructField: {
    fromDDL: "= StructType.fromDDL",
    fromInternal: CONVERSION,
    fromJson: "= StructType.fromJson",
    getCollationMetadata: CONVERSION,
    getCollationsMap: CONVERSION,
    json: "= StructType.json",
    jsonValue: "= StructType.json",
    needConversion: CONVERSION,
    schemaCollationValue: CONVERSION,
    simpleString: "= StructType.simpleString",
    toInternal: CONVERSION,
    typeName: "the field's `type.kind`",
  },
  VariantVal: {
    parseJson: "= functions.parse_json",
    toJson: "= VariantVal.toString",
    toPython: "= VariantVal.toJS",
  },
  "pyspark.sql": {
    Geography: "= SpatialValue",
    Geometry: "= SpatialValue",
    HiveContext:
      "deprecated since Spark 2.0; = SparkSessionBuilder.enableHiveSupport",
    PandasCogroupedOps: "= CogroupedData",
    Row: "= Row",
    SQLContext: "deprecated since Spark 2.0; = SparkSession",
    is_remote: CONNECT,
  },
  "pyspark.sql.functions": {
    AnalyzeArgument: "= AnalyzeArgument",
    AnalyzeResult: "= AnalyzeResult",
    ArrowUDFType: "an enum of Python's; = arrowUdf",
    OrderingColumn: "= OrderingColumn",
    PandasUDFType: PANDAS,
    PartitioningColumn: "= PartitioningColumn",
    SelectedColumn: "= SelectedColumn",
    SkipRestOfInputTableException: "a table function's `eval` may `return`",
    UserDefinedFunction: "= UserDefinedFunction",
    UserDefinedTableFunction: "= UserDefinedTableFunction",
    approxCountDistinct:
      "deprecated since Spark 2.1; = functions.approx_count_distinct",
    arrow_udf: "= arrowUdf",
    arrow_udtf: "Arrow is how `udtf` works; = udtf",
    bitwiseNOT: "deprecated since Spark 3.2; = functions.bitwise_not",
    pandas_udf: "pandas is Python's; = arrowUdf",
    shiftLeft: "deprecated since Spark 3.2; = functions.shiftleft",
    shiftRight: "deprecated since Spark 3.2; = functions.shiftright",
    shiftRightUnsigned:
      "deprecated since Spark 3.2; = functions.shiftrightunsigned",
    sumDistinct: "deprecated since Spark 3.2; = functions.sum_distinct",
    toDegrees: "deprecated since Spark 2.1; = functions.degrees",
    toRadians: "deprecated since Spark 2.1; = functions.radians",
    udf: "= udf",
    udtf: "= udtf",
  },
  "pyspark.sql.datasource": {
    CaseInsensitiveDict: "names in lower case; = DataSourceOptions",
    InputPartition: "any plain value; = DataSourceReader.partitions",
    WriterCommitMessage: "any plain value; = DataSourceWriter.write",
  },
  "pyspark.sql.streaming.datasource": {
    SupportsTriggerAvailableNow:
      "= DataSourceStreamReader.prepareForTriggerAvailableNow",
  },
  "pyspark.sql.types": {
    AnsiIntervalType: ABSTRACT,
    AnyTimeType: ABSTRACT,
    ArrayType: "= types.array",
    AtomicType: "= AtomicType",
    BinaryType: "= types.binary",
    BooleanType: "= types.boolean",
    ByteType: "= types.byte",
    CalendarIntervalType: "= types.calendarInterval",
    CharType: "= types.char",
    DataType: "= DataType",
    DataTypeSingleton: "a metaclass of Python's",
    DateConverter: CONVERSION,
    DateType: "= types.date",
    DatetimeConverter: CONVERSION,
    DatetimeNTZConverter: CONVERSION,
    DatetimeType: ABSTRACT,
    DayTimeIntervalType: "= types.dayTimeInterval",
    DayTimeIntervalTypeConverter: CONVERSION,
    DecimalType: "= types.decimal",
    DoubleType: "= types.double",
    FloatType: "= types.float",
    FractionalType: ABSTRACT,
    Geography: "= SpatialValue",
    GeographyType: "= types.geography",
    Geometry: "= SpatialValue",
    GeometryType: "= types.geometry",
    IntegerType: "= types.int",
    IntegralType: ABSTRACT,
    LongType: "= types.long",
    MapType: "= types.map",
    NullType: "= types.void",
    NumericType: ABSTRACT,
    NumpyArrayConverter: CONVERSION,
    NumpyScalarConverter: CONVERSION,
    Row: "= Row",
    ShortType: "= types.short",
    SpatialType: "= SpatialType",
    StringType: "= types.string",
    StructField: "= StructField",
    TimeConverter: CONVERSION,
    TimeType: "= types.time",
    TimestampNTZType: "= types.timestampNtz",
    TimestampType: "= types.timestamp",
    UserDefinedType: "= UserDefinedType",
    VarcharType: "= types.varchar",
    VariantType: "= types.variant",
    YearMonthIntervalType: "= types.yearMonthInterval",
  },
};
