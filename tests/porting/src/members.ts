/** Members of the classes that applications call: what is here for each. The members of the others are details of theirs. */
import type { Answer, Answers } from './answers.ts';
import { type Exports, partsOf } from './exports.ts';
import { familyMember, familyName, type PublicName } from './names.ts';

const CALLED = new Set(
  `ID Address EntityType Meta Document TAI Visa Bulletin User Group Entity
  CryptographyKey EncryptKey DecryptKey AsymmetricKey SignKey VerifyKey SymmetricKey PublicKey PrivateKey
  TransportableData PortableNetworkFile TransportableFile
  Envelope Message InstantMessage SecureMessage ReliableMessage Content
  TextContent PageContent NameCard FileContent ImageContent AudioContent VideoContent QuoteContent MoneyContent TransferContent
  ArrayContent CombineContent ForwardContent AppContent CustomizedContent
  Command MetaCommand DocumentCommand ReceiptCommand HistoryCommand GroupCommand InviteCommand ExpelCommand JoinCommand QuitCommand
  ResetCommand HireCommand FireCommand ResignCommand QueryCommand QueryGroupCommand GroupHistory GroupKeys
  AnsCommand HandshakeCommand LoginCommand BlockCommand MuteCommand ReportCommand
  Facebook CommonFacebook Messenger CommonMessenger ClientMessenger Packer Processor Archivist Barrack CipherKeyDelegate Register`.split(
    /\s+/,
  ),
);

export interface MembersOf {
  readonly name: string;
  /** Those that are here by the same name. */
  readonly same: readonly string[];
  readonly answered: readonly { readonly member: string; readonly answer: Answer }[];
  /** Those without an answer: the test wants none. */
  readonly open: readonly string[];
}

export function membersOf(one: PublicName, answers: Answers, exports: Exports): MembersOf | undefined {
  const name = familyName(one.name);
  const found = answers.of(name);
  if (found === undefined || !CALLED.has(name) || one.members.length === 0) return undefined;
  // Of an answer that is a member itself, `dimp:Dim.addUser`, the others of its holder say nothing.
  const classes = found.answer.here.filter((here) => partsOf(here.export).member === undefined);
  const ours = new Set(classes.flatMap((here) => [...exports.membersOf(here.export)]));
  const same: string[] = [];
  const answered: { readonly member: string; readonly answer: Answer }[] = [];
  const open: string[] = [];
  for (const member of one.members) {
    const family = familyMember(member);
    // What is said of one class goes before the same name, and that before what is said of all.
    const answer = answers.ofMember(name, family) ?? (ours.has(family) ? undefined : answers.ofMember('*', family));
    if (answer !== undefined) answered.push({ member, answer });
    else if (ours.has(family)) same.push(member);
    else open.push(member);
  }
  return { name: one.name, same, answered, open };
}
