/** The names of applications, their modules and actions: short texts on one line. */
import { DimError, type JsonMap } from 'dkd';
import { optionalTextOf, type NewFields } from 'dkd/extend';

const MODULE_NAME = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,128}$/u;

/**
 * A required name.
 * @throws DimError `INPUT_…`
 */
export function moduleNameOf(fields: JsonMap, name: string): string {
  const value = optionalModuleNameOf(fields, name);
  if (value === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: name });
  return value;
}

/** {@link moduleNameOf}, or undefined when the field is absent. */
export function optionalModuleNameOf(fields: JsonMap, name: string): string | undefined {
  const value = optionalTextOf(fields, name);
  if (value === undefined || isModuleName(value)) return value;
  throw new DimError('INPUT_FORMAT', 'must be 1 to 128 characters on one line', { path: name });
}

/** Whether a text may name an application, a module or an action. It has no line breaks. */
export function isModuleName(text: string): boolean {
  return MODULE_NAME.test(text);
}

const RESERVED = ['type', 'sn', 'time', 'group', 'app', 'mod', 'act', 'T', 'N', 'W', 'G', 'C'];

/**
 * What a caller puts into a content for an application.
 * @throws DimError `USAGE_ARGUMENT` for a field that all such contents have
 */
export function ownFields(fields: NewFields = {}): NewFields {
  const taken = RESERVED.find((name) => Object.hasOwn(fields, name));
  if (taken !== undefined)
    throw new DimError('USAGE_ARGUMENT', 'is set by other arguments', { path: `fields.${taken}` });
  return fields;
}
