/**
 * Where a test file of a package runs: in the realm of Node itself, beside the files before it, so that the sources are
 * loaded once and not for each file. A file that replaces modules asks for a realm of its own, in its first comment:
 * `@jest-environment node`. One that resolves modules as a browser does has it, too: `@jest-environment-options`. So has
 * whoever measures coverage, which jest counts there alone.
 */
import { TestEnvironment } from 'jest-environment-node';

export default class SharedRealm extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const hasOptions = context.docblockPragmas['jest-environment-options'] !== undefined;
    this.isShared = !hasOptions && !config.globalConfig.collectCoverage;
  }
}
