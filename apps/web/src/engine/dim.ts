/** The context of the engine: reads all that others write, and writes what deployed clients read. */
import { createDim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';
import { clientPlugin, type Client, type StoredMessage } from 'dimsdk';

export const dim = createDim({ plugins: [standardPlugin(), modernPlugin(), clientPlugin], wireShape: 'deployed' });

/** The contents that it knows. */
export type ChatContent = ReturnType<typeof dim.Content.parse>;
export type ChatClient = Client<ChatContent>;
export type ChatMessage = StoredMessage<ChatContent>;
