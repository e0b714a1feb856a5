/** The values of the options, from where they are given: a flag goes before the environment, that before a file. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isDimError, type JsonMap, type JsonValue } from 'dimp';
import { parseJsonMap } from 'dimp/extend';
import { printable } from 'dimp/internal';
import {
  comesFrom,
  definitionOf,
  flagOf,
  OPTION_NAMES,
  PREFIX,
  variableOf,
  type OptionName,
  type Settings,
} from './options.ts';
import { checkTogether } from './check-together.ts';
import { jsonFault, nameTwice } from './json-fault.ts';
import { shown } from './kinds.ts';
import { suggestion } from './suggest.ts';
import { wrong } from './wrong.ts';

/** Where values are given. */
export interface ConfigurationSources {
  /** Values of flags by the names of their options; `config` among them. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths count from. */
  readonly folder: string;
}

/** The values, and where each came from. */
export interface Configuration {
  readonly settings: Settings;
  /** `flag --port`, `DIM_STATION_PORT`, the path of a file, or `default`. */
  readonly origins: Readonly<Record<OptionName, string>>;
}

/** The option that names the configuration file. */
export const CONFIG = 'config';

const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_NAME = 60;

/** @throws DimError `USAGE_ARGUMENT`: one line that says what is wrong, where, and what is allowed */
export function configure(sources: ConfigurationSources): Configuration {
  const { environment, folder } = sources;
  checkVariables(environment);
  const file = readConfigurationFile(sources);
  const origins: Partial<Record<OptionName, string>> = {};
  const settings: Partial<Record<OptionName, unknown>> = {};
  for (const name of OPTION_NAMES) {
    const given = valueOf(name, sources, file) ?? { value: definitionOf(name).fallback, origin: 'default', folder };
    origins[name] = given.origin;
    settings[name] = resolved(name, given);
  }
  const complete = settings as Settings;
  checkTogether(complete);
  return { settings: complete, origins: origins as Record<OptionName, string> };
}

interface Given {
  readonly value: unknown;
  readonly origin: string;
  /** Where its path counts from. */
  readonly folder: string;
}

interface ConfigurationFile {
  readonly path: string;
  readonly values: JsonMap;
}

function valueOf(
  name: OptionName,
  { flags, environment, folder }: ConfigurationSources,
  file: ConfigurationFile | undefined,
): Given | undefined {
  const { kind } = definitionOf(name);
  const flag = flags[name];
  if (flag !== undefined)
    return { value: checked(name, flag, flagOf(name), kind.fromText(flag)), origin: `flag ${flagOf(name)}`, folder };
  const variable = variableOf(name);
  const text = environment[variable];
  // Compose files and unit files set variables to nothing for those that are not wanted.
  if (text !== undefined && text !== '')
    return { value: checked(name, text, variable, kind.fromText(text)), origin: variable, folder };
  const value = file?.values[name];
  if (file === undefined || value === undefined) return undefined;
  const place = `${name} in ${printable(file.path)}`;
  return { value: checked(name, value, place, kind.fromJson(value)), origin: file.path, folder: dirname(file.path) };
}

function checked(name: OptionName, given: JsonValue, place: string, value: unknown): unknown {
  if (value !== undefined) return value;
  const { kind, isSecret = false } = definitionOf(name);
  if (isSecret) throw wrong(`${place} must be ${kind.allowed}`);
  const fault = kind.faultIn?.(given);
  throw wrong(`${place} must be ${kind.allowed}${fault === undefined ? `, not ${shown(given)}` : `: ${fault}`}`);
}

function resolved(name: OptionName, { value, folder }: Given): unknown {
  return definitionOf(name).kind.isPath === true && typeof value === 'string' ? resolve(folder, value) : value;
}

function checkVariables(environment: ConfigurationSources['environment']): void {
  const known = [...OPTION_NAMES.filter((name) => comesFrom(name, 'environment')), CONFIG].map(variableOf);
  for (const variable of Object.keys(environment))
    if (variable.startsWith(PREFIX) && !known.includes(variable))
      throw wrong(`the variable ${printable(variable)} is none of a station's${suggestion(variable, known)}`);
}

function readConfigurationFile(sources: ConfigurationSources): ConfigurationFile | undefined {
  const variable = variableOf(CONFIG);
  const fromFlag = sources.flags[CONFIG];
  const given = fromFlag ?? sources.environment[variable];
  if (given === undefined || given === '') return undefined;
  const path = resolve(sources.folder, given);
  const values = parseFile(path, fromFlag === undefined ? variable : flagOf(CONFIG));
  for (const name of Object.keys(values)) checkNameInFile(name, path);
  return { path, values };
}

function parseFile(path: string, place: string): JsonMap {
  const name = printable(path);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw wrong(`${place} must be the path of a file that can be read: ${name} ${reasonOf(error)}`, error);
  }
  if (text.length > MAX_FILE_BYTES) throw wrong(`${name} is longer than ${MAX_FILE_BYTES} characters`);
  try {
    const values = parseJsonMap(text);
    const twice = nameTwice(text);
    if (twice !== undefined) throw wrong(`${name} has ${printable(twice, MAX_NAME)} twice`);
    return values;
  } catch (error) {
    if (!isDimError(error) || error.code === 'USAGE_ARGUMENT') throw error;
    const why = error.code === 'INPUT_FORMAT' ? (jsonFault(text) ?? error.reason) : error.reason;
    throw wrong(`${name} must be one map in JSON: ${why}`, error);
  }
}

/** Why a file could not be read, as it goes on after its path. */
export function reasonOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  if (code === 'ENOENT') return 'is not there';
  if (code === 'EISDIR') return 'is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'is not for this user to read';
  return 'cannot be read';
}

function checkNameInFile(name: string, path: string): void {
  const known = OPTION_NAMES.filter((option) => comesFrom(option, 'file'));
  if (known.some((option) => option === name)) return;
  const option = OPTION_NAMES.find((other) => other === name);
  const why =
    option === undefined
      ? `is no option${suggestion(name, known)}`
      : `is not taken from a file: set ${variableOf(option)} or ${option}-file`;
  throw wrong(`${printable(name, MAX_NAME)} in ${printable(path)} ${why}`);
}
