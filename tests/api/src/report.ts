/** The report of a door: its declarations without comments, in the order of their names. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel, ExtractorMessageCategory } from '@microsoft/api-extractor';
import type { Door } from './doors.ts';

/** What a door has today, and what its report in the repository says. */
export interface Comparison {
  readonly door: Door;
  /** How many names it exports itself; what it passes on from the door below is counted there. */
  readonly names: number;
  /** Exports without a comment. */
  readonly undocumented: readonly string[];
  /** Whether the report says what is there. */
  readonly isUpToDate: boolean;
}

/** Compares a door with its report. @param write whether to write the report anew */
export function compare(door: Door, write: boolean): Comparison {
  const text = reportOf(door);
  const file = join(door.folder, 'api', door.report);
  if (write) {
    mkdirSync(join(door.folder, 'api'), { recursive: true });
    writeFileSync(file, text);
  }
  const isUpToDate = existsSync(file) && readFileSync(file, 'utf8') === text;
  const exported = [...text.matchAll(/^\/\/ @public( \(undocumented\))?\n(?:export )?(?:declare )?(.*)$/gm)];
  const undocumented = exported.filter(([, isMissing]) => isMissing !== undefined).map(([, , line = '']) => line);
  return { door, names: exported.length, undocumented, isUpToDate };
}

function reportOf({ name, folder, declarations }: Door): string {
  const out = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    const config = ExtractorConfig.prepare({
      configObject: {
        projectFolder: folder,
        mainEntryPointFilePath: declarations,
        compiler: { overrideTsconfig: tsconfigFor(declarations) },
        apiReport: {
          enabled: true,
          reportFileName: 'report.api.md',
          reportFolder: out,
          reportTempFolder: `${out}/new`,
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        newlineKind: 'lf',
        messages: {
          compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
          // Links are checked where the documentation is made, and all that a door has is public.
          extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
          tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        },
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: `${folder}/package.json`,
    });
    const { errorCount } = Extractor.invoke(config, {
      localBuild: true,
      messageCallback(message) {
        // It says on its own that the report is new, and that its compiler is another than ours.
        if (message.category === ExtractorMessageCategory.Console) message.handled = true;
      },
    });
    if (errorCount > 0) throw new Error(`${name} has declarations that cannot be read`);
    return readFileSync(`${out}/report.api.md`, 'utf8').replace(/^.*API Report File.*\n/m, `## \`${name}\`\n`);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Ours, without the condition that leads to sources. */
function tsconfigFor(declarations: string): object {
  return {
    compilerOptions: {
      target: 'es2022',
      lib: ['es2022', 'webworker'],
      module: 'nodenext',
      moduleResolution: 'nodenext',
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
    },
    files: [declarations],
  };
}
