import assert from "node:assert/strict";
import type { MavenJar } from "./maven_jars.ts";

/**
 * Makes a repository of a jar and all that it needs, for machines on which
 * Spark does not reach the one that it would ask.
 *
 * @param folder where to; made
 * @param jar the jar
 * @param instead a version of something that it needs which is there, for one that is not
 * @returns the file for `spark.jars.ivySettings`
 */
export async function mavenRepository(
  folder: string,
  jar: MavenJar,
  instead: MavenJar,
): Promise<string> {
  await copyToRepository(folder, jar, instead);
  const [group, name, version] = jar;
  const repository = `${folder}/repository`;
  const path = `${group.replaceAll(".", "/")}/${name}/${version}`;
  const pom = `${repository}/${path}/${name}-${version}.pom`;
  const text = await Deno.readTextFile(pom);
  const changed = text.replace(
    new RegExp(`(<artifactId>${instead[1]}</artifactId>\\s*<version>)[^<]*`),
    `$1${instead[2]}`,
  );
  assert.notEqual(changed, text);
  await Deno.writeTextFile(pom, changed);
  const settings = `${folder}/ivysettings.xml`;
  // Maven keeps there what the poms begin from.
  await Deno.writeTextFile(
    settings,
    `<ivysettings><settings defaultResolver="all"/><resolvers>
<chain name="all" returnFirst="true">
<ibiblio name="own" root="file://${repository}/" m2compatible="true"/>
<ibiblio name="kept" root="file://\${user.home}/.m2/repository/" m2compatible="true"/>
</chain></resolvers></ivysettings>`,
  );
  return settings;
}

async function copyToRepository(
  folder: string,
  jar: MavenJar,
  instead: MavenJar,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const listed = ([group, name, version]: MavenJar): string =>
    `<dependencies><dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency></dependencies>`;
  await Deno.writeTextFile(
    `${folder}/pom.xml`,
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>test</groupId><artifactId>test</artifactId><version>1</version>
${listed(jar)}<dependencyManagement>${
      listed(instead)
    }</dependencyManagement></project>`,
  );
  const { code, stdout } = await new Deno.Command("mvn", {
    args: [
      "-q",
      "-B",
      "dependency:copy-dependencies",
      "-DoutputDirectory=repository",
      "-DincludeScope=runtime",
      "-Dmdep.useRepositoryLayout=true",
      "-Dmdep.copyPom=true",
    ],
    cwd: folder,
    stdin: "null",
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stdout));
}
