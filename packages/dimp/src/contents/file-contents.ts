/** The contents that carry a file. */
import { audioDefinition } from './audio.ts';
import { fileDefinition } from './file.ts';
import { imageDefinition } from './image.ts';
import { videoDefinition } from './video.ts';

export const fileContents = [fileDefinition, imageDefinition, audioDefinition, videoDefinition] as const;
