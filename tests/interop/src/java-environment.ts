/** The Java packages and the compiled adapter, in the ignored cache of the repository. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled, run, UnavailablePeer } from './install.ts';

const JAVA_DIRECTORY = fileURLToPath(new URL('../java', import.meta.url));

/**
 * The class path with packages and adapter.
 * @throws UnavailablePeer without a JDK, Maven or the registry
 */
export function prepareJava(cache: string): string {
  const missing = ['java', 'javac', 'mvn'].find((command) => !isInstalled(command));
  if (missing !== undefined) throw new UnavailablePeer(`there is no ${missing}`);
  const sources = readdirSync(JAVA_DIRECTORY).sort();
  const directory = join(cache, `java-${hashOf(sources)}`);
  const [packages, classes, finished] = ['packages', 'classes', 'finished'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  if (!existsSync(finished)) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(classes, { recursive: true });
    const pom = join(JAVA_DIRECTORY, 'pom.xml');
    run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${packages}`]);
    const programs = sources.filter((name) => name.endsWith('.java')).map((name) => join(JAVA_DIRECTORY, name));
    run('javac', ['-nowarn', '-encoding', 'UTF-8', '-d', classes, '-cp', pathOf(packages), ...programs]);
    writeFileSync(finished, '');
  }
  return `${classes}${delimiter}${pathOf(packages)}`;
}

function pathOf(packages: string): string {
  const jars = readdirSync(packages).filter((name) => name.endsWith('.jar'));
  return jars.map((name) => join(packages, name)).join(delimiter);
}

function hashOf(names: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of names) hash.update(readFileSync(join(JAVA_DIRECTORY, name)));
  return hash.digest('hex').slice(0, 12);
}
