object GroupByKey extends Job[Long] {
  def run(spark: SparkSession, file: String, rows: Long): Long =
    spark.sparkContext.range(0, rows, 1, 4)
      .map(x => (x % (rows / 2), x))
      .groupByKey()
      .map { case (_, values) => values.size.toLong }
      .reduce(_ + _)

  def checksum(result: Long): String = result.toString
}
