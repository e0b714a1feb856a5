/** The commands of the protocol's core. */
import { documentDefinition, documentsDefinition, profileDefinition } from './documents.ts';
import { metaDefinition } from './meta.ts';
import { receiptDefinition } from './receipt.ts';
import { registerDefinition } from './register.ts';
import { suicideDefinition } from './suicide.ts';

export const standardCommands = [
  metaDefinition,
  documentsDefinition,
  documentDefinition,
  profileDefinition,
  receiptDefinition,
  registerDefinition,
  suicideDefinition,
] as const;
