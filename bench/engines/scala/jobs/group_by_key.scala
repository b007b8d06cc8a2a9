object GroupByKey extends Job[Long] {
  def run(spark: SparkSession, input: JobInput): Long = {
    val keys = input.records / 2
    spark.sparkContext.range(0, input.records)
      .map(x => (x * 7919 % keys, x))
      .groupByKey()
      .map { case (_, values) => values.sum % 1009 }
      .sum().toLong
  }

  def checksum(result: Long): String = result.toString
}
