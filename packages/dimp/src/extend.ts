/** `dimp/extend`: what authors of contents and commands use beside the definitions. It has all of `dkd/extend`. */
export * from 'dkd/extend';
export {
  createGroupCommand,
  defineGroupCommand,
  readGroupCommandInit,
  type CreateGroupCommandOptions,
  type GroupCommandInit,
  type GroupCommandParts,
} from './groups/group-command.ts';
export { contentInShape, messageInShape } from './wire-shapes/wire-shape.ts';
