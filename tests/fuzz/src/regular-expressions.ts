/** Every regular expression in the sources of the packages and applications: literals, and those that are put together from texts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor, type Expression, type TemplateLiteral } from 'oxc-parser';

/** A regular expression in a source file. */
export interface SourceExpression {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** All of the packages and applications. Where a part is known at run time alone, it stands as `${…}`. */
export function regularExpressions(): readonly SourceExpression[] {
  // Not from the root: the links in node_modules go round in circles.
  const files = ['packages', 'apps'].flatMap((place) =>
    readdirSync(join(ROOT, place)).flatMap((name) => {
      const folder = join(place, name, 'src');
      return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
    }),
  );
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => expressionsOf(file, readFileSync(join(ROOT, file), 'utf8')));
}

/** Those of one source text. */
export function expressionsOf(file: string, source: string): readonly SourceExpression[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message ?? ''}`);
  const found: SourceExpression[] = [];
  const constants = new Map<string, Expression>();
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && init !== null) constants.set(id.name, init);
    },
    Literal(literal) {
      if ('regex' in literal) found.push({ file, ...literal.regex });
    },
    NewExpression: add,
    CallExpression: add,
  }).visit(program);
  return found;

  function add(call: { readonly callee: Expression; readonly arguments: readonly unknown[] }): void {
    if (call.callee.type !== 'Identifier' || call.callee.name !== 'RegExp') return;
    const [pattern = '', flags = ''] = (call.arguments as Expression[]).map((argument) => textOf(argument, constants));
    found.push({ file, pattern, flags });
  }
}

function textOf(expression: Expression, constants: ReadonlyMap<string, Expression>): string {
  if (expression.type === 'Literal') return String(expression.value);
  if (expression.type === 'TemplateLiteral') return joined(expression, 'cooked', constants);
  // String.raw is the one tag in use.
  if (expression.type === 'TaggedTemplateExpression') return joined(expression.quasi, 'raw', constants);
  const name = expression.type === 'Identifier' ? expression.name : '?';
  const value = constants.get(name);
  return value === undefined || value.type === 'CallExpression' ? `\${${name}}` : textOf(value, constants);
}

function joined(
  { quasis, expressions }: TemplateLiteral,
  form: 'cooked' | 'raw',
  constants: ReadonlyMap<string, Expression>,
): string {
  return quasis
    .map(({ value }, index) => {
      const expression = expressions[index];
      return (value[form] ?? '') + (expression === undefined ? '' : textOf(expression, constants));
    })
    .join('');
}
