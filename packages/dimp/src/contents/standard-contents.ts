/** The contents that are neither files nor commands. */
import { textDefinition } from './text.ts';

export const standardContents = [textDefinition] as const;
