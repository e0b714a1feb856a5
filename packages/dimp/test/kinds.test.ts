/** The kinds of contents, as the compiler knows them: a switch that forgets one does not compile. */
import { expect, test } from '@jest/globals';
import { Command, defineCommand, definePlugin } from '../src/index.ts';
import { dim } from './context.ts';

class PingCommand extends Command {
  readonly kind = 'ping';
}
const extended = dim.extend(
  definePlugin('ping', [defineCommand({ command: 'ping', kind: 'ping', class: PingCommand })]),
);
type KnownContent = ReturnType<typeof extended.Content.parse>;

/** A line for each kind, and nothing left over. */
function nameOf(content: KnownContent): string {
  switch (content.kind) {
    case 'text':
    case 'quote':
      return content.text;
    case 'file':
    case 'image':
    case 'audio':
    case 'video':
      return content.filename ?? '';
    case 'page':
    case 'combine-forward':
      return content.title ?? '';
    case 'name-card':
      return content.did.toString();
    case 'money':
    case 'transfer':
      return `${content.amount} ${content.currency}`;
    case 'unknown-application':
    case 'unknown-module':
    case 'group-history':
    case 'group-keys':
      return content.app;
    case 'array':
      return `${content.contents.length} contents`;
    case 'forward':
      return `${content.messages.length} messages`;
    case 'ping':
    case 'meta':
    case 'documents':
    case 'receipt':
    case 'register':
    case 'suicide':
    case 'unknown-command':
    case 'unknown-history-command':
      return content.command;
    case 'invite':
    case 'expel':
    case 'join':
    case 'quit':
    case 'reset':
    case 'found':
    case 'abdicate':
    case 'hire':
    case 'fire':
    case 'resign':
    case 'group-query':
      return `${content.command} in ${content.group.toString()}`;
    case 'unknown':
      return content.type;
    default:
      return content satisfies never;
  }
}

/** The same without `ping`: the compiler must object, or this file does not compile. */
function forgetful(content: KnownContent): string {
  if (content.kind === 'ping') return '';
  // @ts-expect-error a kind is left over
  content satisfies never;
  return content.kind;
}

test('the union of kinds is what the plugins define', () => {
  const ping = extended.Content.parse({ type: '136', sn: 1, time: 1, command: 'ping' });
  expect([nameOf(ping), forgetful(ping)]).toEqual(['ping', '']);
  expect(nameOf(extended.Content.parse({ type: '64', sn: 1, time: 1, currency: 'USD', amount: 2 }))).toBe('2 USD');
  expect(dim.Content.parse(ping.toMap()).kind).toBe('unknown-command');
});

test('without the plugin the kind is not there to be asked for', () => {
  const content = dim.Content.parse({ type: '136', sn: 1, time: 1, command: 'ping' });
  // @ts-expect-error no plugin of this context defines the kind
  expect(content.kind === 'ping').toBe(false);
});
