object MapSum extends Job[Long] {
  def run(spark: SparkSession, input: JobInput): Long =
    spark.sparkContext.textFile(input.file, 4).map(line => line.length).sum().toLong

  def checksum(result: Long): String = result.toString
}
