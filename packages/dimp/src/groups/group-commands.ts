/** The commands about groups. */
import { abdicateDefinition } from './abdicate.ts';
import { expelDefinition } from './expel.ts';
import { fireDefinition } from './fire.ts';
import { foundDefinition } from './found.ts';
import { groupQueryDefinition } from './group-query.ts';
import { hireDefinition } from './hire.ts';
import { inviteDefinition } from './invite.ts';
import { joinDefinition } from './join.ts';
import { quitDefinition } from './quit.ts';
import { resetDefinition } from './reset.ts';
import { resignDefinition } from './resign.ts';

export const groupCommands = [
  inviteDefinition,
  expelDefinition,
  joinDefinition,
  quitDefinition,
  resetDefinition,
  foundDefinition,
  abdicateDefinition,
  hireDefinition,
  fireDefinition,
  resignDefinition,
  groupQueryDefinition,
] as const;
