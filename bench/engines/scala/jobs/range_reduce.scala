object RangeReduce extends Job[Long] {
  def run(spark: SparkSession, file: String, rows: Long): Long =
    spark.sparkContext.range(0, rows, 1, 4)
      .map(x => (x % 1000, x))
      .reduceByKey(_ + _)
      .count()

  def checksum(result: Long): String = result.toString
}
