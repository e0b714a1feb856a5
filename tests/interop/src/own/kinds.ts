/** Contents by kind and values, as every side makes and reads them: here by this library's classes. */
import {
  AnsCommand,
  ArrayContent,
  AudioContent,
  BlockCommand,
  CombineForwardContent,
  CustomizedContent,
  DocumentsCommand,
  Envelope,
  ExpelCommand,
  FileContent,
  FireCommand,
  ForwardContent,
  HandshakeCommand,
  HireCommand,
  ImageContent,
  InstantMessage,
  InviteCommand,
  JoinCommand,
  LoginCommand,
  MetaCommand,
  MoneyContent,
  MuteCommand,
  NameCardContent,
  NetworkFile,
  PageContent,
  QuitCommand,
  QuoteContent,
  ReceiptCommand,
  ReportCommand,
  ResetCommand,
  ResignCommand,
  stringifyJson,
  TextContent,
  TransferContent,
  VideoContent,
  type AttachmentContent,
  type Content,
  type CreateContentOptions,
  type FileParts,
  type GroupCommand,
  type ID,
  type JsonMap,
  type JsonValue,
} from 'dimp';
import { changeFields, copyJsonMap, currentTime, decodeBase64, encodeBase64, parseJsonMap } from 'dimp/extend';
import { asText, maps, number, optionalText, text, texts } from '../values.ts';
import { dim, type Known } from './dim.ts';

type Options = CreateContentOptions;

/** How to make and to read contents of one kind. */
interface Kind {
  make(values: JsonMap, options: Options): Content;
  /** @returns undefined when the content is of another kind */
  read(content: Known): { readonly [name: string]: JsonValue | undefined } | undefined;
}

const readId = (value: string): ID => dim.ID.parse(value);
const readIds = (values: JsonMap, name: string): readonly ID[] => texts(values, name).map((item) => readId(item));
const write = (items: readonly ID[]): readonly string[] => items.map((item) => item.toString());

const KINDS: Readonly<Record<string, Kind>> = {
  text: {
    make: (values, options) => TextContent.create(text(values, 'text'), options),
    read: (content) => (content instanceof TextContent ? { text: content.text } : undefined),
  },
  file: {
    make: (values, options) => FileContent.create(fileParts(values), options),
    read: (content) => (content instanceof FileContent ? fileValues(content) : undefined),
  },
  image: {
    make: (values, options) =>
      ImageContent.create({ ...fileParts(values), ...file(values, 'picture', 'thumbnail') }, options),
    read: (content) =>
      content instanceof ImageContent ? { ...fileValues(content), picture: shown(content.thumbnail) } : undefined,
  },
  audio: {
    make: (values, options) =>
      AudioContent.create({ ...fileParts(values), ...present({ text: optionalText(values, 'text') }) }, options),
    read: (content) => (content instanceof AudioContent ? { ...fileValues(content), text: content.text } : undefined),
  },
  video: {
    make: (values, options) =>
      VideoContent.create({ ...fileParts(values), ...file(values, 'picture', 'snapshot') }, options),
    read: (content) =>
      content instanceof VideoContent ? { ...fileValues(content), picture: shown(content.snapshot) } : undefined,
  },
  page: {
    make: (values, options) =>
      PageContent.create(
        {
          title: text(values, 'title'),
          ...present({
            url: optionalText(values, 'url'),
            html: optionalText(values, 'html'),
            desc: optionalText(values, 'desc'),
          }),
          ...file(values, 'icon', 'icon'),
        },
        options,
      ),
    read: (content) =>
      content instanceof PageContent
        ? { url: content.url, html: content.html, title: content.title, desc: content.desc, icon: shown(content.icon) }
        : undefined,
  },
  card: {
    make: (values, options) =>
      NameCardContent.create(
        { did: readId(text(values, 'did')), name: text(values, 'name'), ...file(values, 'avatar', 'avatar') },
        options,
      ),
    read: (content) =>
      content instanceof NameCardContent
        ? { did: content.did.toString(), name: content.name, avatar: shown(content.avatar) }
        : undefined,
  },
  quote: {
    make: (values, options) => {
      const { sender, receiver } = direction(values);
      const sn = BigInt(text(values, 'originSn'));
      return QuoteContent.create(text(values, 'text'), { sender, receiver, type: '1', sn }, options);
    },
    read: (content) =>
      content instanceof QuoteContent ? { text: content.text, ...originValues(content.origin) } : undefined,
  },
  money: {
    make: (values, options) => MoneyContent.create(money(values), options),
    read: (content) =>
      content instanceof MoneyContent ? { currency: content.currency, amount: content.amount } : undefined,
  },
  transfer: {
    make: (values, options) =>
      TransferContent.create(
        {
          ...money(values),
          remitter: readId(text(values, 'remitter')),
          remittee: readId(text(values, 'remittee')),
        },
        options,
      ),
    read: (content) =>
      content instanceof TransferContent
        ? {
            currency: content.currency,
            amount: content.amount,
            remitter: content.remitter?.toString(),
            remittee: content.remittee?.toString(),
          }
        : undefined,
  },
  array: {
    make: (values, options) =>
      ArrayContent.create(
        maps(values, 'contents').map((item) => makeContent(text(item, 'kind'), item['values'] as JsonMap)),
        options,
      ),
    read: (content) =>
      content instanceof ArrayContent
        ? { texts: content.contents.map((item) => (item instanceof TextContent ? item.text : null)) }
        : undefined,
  },
  combine: {
    make: (values, options) =>
      CombineForwardContent.create(
        maps(values, 'messages').map((item) =>
          InstantMessage.create(Envelope.create(direction(item)), TextContent.create(text(item, 'text'))),
        ),
        { ...options, title: text(values, 'title') },
      ),
    read: (content) =>
      content instanceof CombineForwardContent
        ? { title: content.title, messages: content.messages.map((message) => combined(message)) }
        : undefined,
  },
  forward: {
    make: (values, options) =>
      ForwardContent.create(
        texts(values, 'messages').map((item) => dim.ReliableMessage.parse(parseJsonMap(item))),
        options,
      ),
    read: (content) =>
      content instanceof ForwardContent
        ? { messages: content.messages.map((message) => stringifyJson(message.fields)) }
        : undefined,
  },
  meta: {
    make: (values, options) => {
      const [did, meta] = [readId(text(values, 'did')), optionalText(values, 'meta')];
      if (meta === undefined) return MetaCommand.query(did, options);
      return MetaCommand.answer(did, dim.Meta.parse(parseJsonMap(meta)), options);
    },
    read: (content) =>
      content instanceof MetaCommand
        ? { did: content.did.toString(), meta: content.meta && stringifyJson(content.meta.fields) }
        : undefined,
  },
  documents: {
    make: makeDocuments,
    read: (content) =>
      content instanceof DocumentsCommand
        ? {
            did: content.did.toString(),
            meta: content.meta && stringifyJson(content.meta.fields),
            documents: content.documents?.map((document) => stringifyJson(document.fields)),
            lastTime: content.lastTime,
          }
        : undefined,
  },
  receipt: {
    make: (values, options) =>
      ReceiptCommand.create(text(values, 'text'), {
        ...options,
        origin: {
          envelope: Envelope.create(direction(values)),
          sn: BigInt(text(values, 'originSn')),
          signature: text(values, 'signature'),
        },
      }),
    read: (content) =>
      content instanceof ReceiptCommand
        ? { text: content.text, signature: content.origin?.signature, ...originValues(content.origin) }
        : undefined,
  },
  invite: groupCommand(InviteCommand, (group, members, options) => InviteCommand.create(group, members, options)),
  expel: groupCommand(ExpelCommand, (group, members, options) => ExpelCommand.create(group, members, options)),
  join: groupCommand(JoinCommand, (group, _, options) => JoinCommand.create(group, options)),
  quit: groupCommand(QuitCommand, (group, _, options) => QuitCommand.create(group, options)),
  reset: groupCommand(ResetCommand, (group, members, options) => ResetCommand.create(group, members, options)),
  hire: groupCommand(
    HireCommand,
    (group, members, options) => HireCommand.create(group, members, options),
    'administrators',
  ),
  fire: groupCommand(
    FireCommand,
    (group, members, options) => FireCommand.create(group, members, options),
    'administrators',
  ),
  resign: groupCommand(ResignCommand, (group, _, options) => ResignCommand.create(group, options)),
  command: {
    make: (values, options) => {
      const own = { type: '136', sn: 1, time: currentTime(), command: text(values, 'command') };
      return dim.Content.parse({ ...own, ...writeOptions(options) });
    },
    read: (content) => ('command' in content ? { command: content.command } : undefined),
  },
  handshake: {
    make: (values, options) => {
      const session = optionalText(values, 'session');
      const title = text(values, 'title');
      return changed(HandshakeCommand.offer(session, options), { title });
    },
    read: (content) =>
      content instanceof HandshakeCommand ? { title: content.title, session: content.session } : undefined,
  },
  login: {
    make: (values, options) =>
      LoginCommand.create(
        {
          did: readId(text(values, 'did')),
          agent: text(values, 'agent'),
          device: text(values, 'device'),
          station: { did: readId(text(values, 'station')), host: text(values, 'host'), port: number(values, 'port') },
        },
        options,
      ),
    read: (content) =>
      content instanceof LoginCommand
        ? {
            did: content.did.toString(),
            agent: content.agent,
            device: content.device,
            station: content.station?.did?.toString(),
            host: content.station?.host,
            port: content.station?.port,
          }
        : undefined,
  },
  report: {
    make: (values, options) => ReportCommand.create(text(values, 'title'), options),
    read: (content) => (content instanceof ReportCommand ? { title: content.title } : undefined),
  },
  ans: {
    make: (values, options) => {
      const records = Object.entries(values['records'] as JsonMap);
      return AnsCommand.answer(
        records.map(([name]) => name),
        new Map(records.map(([name, did]) => [name, readId(asText(did))])),
        options,
      );
    },
    read: (content) =>
      content instanceof AnsCommand
        ? { records: Object.fromEntries([...(content.records ?? [])].map(([name, did]) => [name, did.toString()])) }
        : undefined,
  },
  block: {
    make: (values, options) => BlockCommand.update(readIds(values, 'list'), options),
    read: (content) => (content instanceof BlockCommand ? { list: write(content.list ?? []) } : undefined),
  },
  mute: {
    make: (values, options) => MuteCommand.update(readIds(values, 'list'), options),
    read: (content) => (content instanceof MuteCommand ? { list: write(content.list ?? []) } : undefined),
  },
  customized: {
    make: (values, options) =>
      CustomizedContent.create(
        { app: text(values, 'app'), mod: text(values, 'mod'), act: text(values, 'act') },
        options,
      ),
    read: (content) =>
      content instanceof CustomizedContent ? { app: content.app, mod: content.mod, act: content.act } : undefined,
  },
};

/** The kinds that this library has by name. */
export const OWN_KINDS: readonly string[] = [...Object.keys(KINDS), 'map'];

/**
 * A new content of a kind.
 * @param values `sn` (digits), `time` and `group` are those of every content, `more` is JSON text of further fields
 */
export function makeContent(kind: string, values: JsonMap): Content {
  if (kind === 'map') return dim.Content.parse(parseJsonMap(text(values, 'map')));
  const [sn, group] = [optionalText(values, 'sn'), optionalText(values, 'group')];
  const options: Options = present({
    sn: sn === undefined ? undefined : BigInt(sn),
    time: values['time'] === undefined ? undefined : number(values, 'time'),
    group: group === undefined ? undefined : readId(group),
  });
  const content = kindOf(kind).make(values, options);
  return changed(content, parseJsonMap(optionalText(values, 'more') ?? '{}'));
}

/** What a content says, in the words of {@link makeContent}. */
export function readContent(kind: string, content: Known): JsonMap {
  if (kind === 'map') return {};
  const values = kindOf(kind).read(content);
  if (values === undefined) throw new TypeError(`a content of the kind ${content.kind} was read for ${kind}`);
  return copyJsonMap(present({ ...values, sn: `${content.sn}`, group: content.group?.toString() }));
}

function kindOf(name: string): Kind {
  const kind = KINDS[name];
  if (kind === undefined) throw new TypeError(`no kind ${name}`);
  return kind;
}

function groupCommand<C extends GroupCommand>(
  type: abstract new (...args: never[]) => C,
  make: (group: ID, members: readonly ID[], options: Omit<Options, 'group'>) => C,
  name = 'members',
): Kind {
  return {
    make: (values, { group, ...options }) =>
      make(group ?? readId(text(values, 'group')), readIds(values, name), options),
    read: (content) =>
      content instanceof type
        ? { [name]: content.members.length === 0 ? undefined : write(content.members) }
        : undefined,
  };
}

function makeDocuments(values: JsonMap, options: Options): Content {
  const [did, meta] = [readId(text(values, 'did')), optionalText(values, 'meta')];
  if (values['documents'] === undefined) {
    const lastTime = values['lastTime'] === undefined ? undefined : number(values, 'lastTime');
    return DocumentsCommand.query(did, { ...options, ...present({ lastTime }) });
  }
  const documents = texts(values, 'documents').map((item) => dim.Document.parse(parseJsonMap(item)));
  return DocumentsCommand.answer(did, documents, {
    ...options,
    ...(meta !== undefined && { meta: dim.Meta.parse(parseJsonMap(meta)) }),
  });
}

function fileParts(values: JsonMap): FileParts {
  const [data, key] = [optionalText(values, 'data'), optionalText(values, 'key')];
  return present({
    data: data === undefined ? undefined : decodeBase64(data),
    filename: optionalText(values, 'filename'),
    url: optionalText(values, 'url'),
    key: key === undefined ? undefined : parseJsonMap(key),
  });
}

function fileValues(content: AttachmentContent): { readonly [name: string]: JsonValue | undefined } {
  const { data, filename, url, key } = content;
  return {
    filename,
    url,
    data: data && encodeBase64(data.bytes),
    key: key && stringifyJson(key),
  };
}

function file<N extends string>(values: JsonMap, name: string, as: N): { readonly [K in N]?: NetworkFile } {
  const value = optionalText(values, name);
  return (value === undefined ? {} : { [as]: NetworkFile.parse(value) }) as { readonly [K in N]?: NetworkFile };
}

function shown(picture: NetworkFile | undefined): JsonValue | undefined {
  return picture?.toJSON();
}

function money(values: JsonMap): { readonly currency: string; readonly amount: number } {
  return { currency: text(values, 'currency'), amount: number(values, 'amount') };
}

function direction(values: JsonMap): { readonly sender: ID; readonly receiver: ID } {
  return { sender: readId(text(values, 'sender')), receiver: readId(text(values, 'receiver')) };
}

function combined({ sender, receiver, content }: InstantMessage): JsonMap {
  return {
    sender: sender.toString(),
    receiver: receiver.toString(),
    text: content instanceof TextContent ? content.text : '',
  };
}

function originValues(
  origin: { readonly sender?: ID | undefined; readonly receiver?: ID | undefined; readonly sn?: unknown } | undefined,
): { readonly [name: string]: JsonValue | undefined } {
  const { sender, receiver, sn } = origin ?? {};
  return { sender: sender?.toString(), receiver: receiver?.toString(), originSn: String(sn) };
}

function writeOptions({ sn, time, group }: Options): JsonMap {
  return present({ sn, time, group: group?.toString() }) as JsonMap;
}

function changed(content: Content, changes: JsonMap): Content {
  return Object.keys(changes).length === 0 ? content : dim.Content.parse(changeFields(content.fields, changes));
}

/** Without the names that have no value. */
function present<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
