/**
 * What all contents with a file have in common: the fields of a PNF among their own.
 *
 * `{ "type", "sn", "time", "group"?, "data"?: TED, "filename"?, "URL"?, "key"?: {key map} }`
 * The key is also read from `password`.
 */
import {
  Content,
  createContent,
  DimError,
  type NetworkFile,
  TransportableData,
  type ContentDefinition,
  type CreateContentOptions,
  type JsonMap,
  type JsonValue,
} from 'dkd';
import { changeFields, checkArguments, fieldOf, requireArgument, within, type NewFields } from 'dkd/extend';
import { hasBrand, readNetworkFile, requireFilename } from 'dkd/internal';

/** The parts of a new content with a file; at least one of `data` and `url`. */
export interface FileParts {
  /** The file itself. */
  readonly data?: Uint8Array | TransportableData;
  /** A base name, without any folder. */
  readonly filename?: string;
  /** Where to download it: `https:` or `http:`. */
  readonly url?: string;
  /** What decrypts the downloaded file: the key map that `encryptFile` gives, with the IV of this file. */
  readonly key?: JsonMap;
}

/** A content that carries a file, inline or by its URL. Nothing is ever fetched by reading one. */
export abstract class AttachmentContent extends Content {
  /** The file as such, without the other fields of the content. */
  readonly file: NetworkFile = readFile(this.fields);
  /** The file itself; undefined when it is to be downloaded. `data.bytes` decodes. */
  readonly data: TransportableData | undefined = this.file.data;
  /** A base name, without any folder, that is safe to write; undefined where the sender's name is not: `fields` has it. */
  readonly filename: string | undefined = this.file.filename;
  /** Where to download it: `https:` or `http:`. */
  readonly url: string | undefined = this.file.url;
  /** The key map that decrypts the downloaded file: `decryptFile(bytes, dim.SymmetricKey.parse(content.key))`. */
  readonly key: JsonMap | undefined = this.file.key;
}

/**
 * A new content with a file. Inline data goes out as bare base64, which readers of all years take.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function createAttachment<C extends AttachmentContent>(
  definition: ContentDefinition<C>,
  parts: FileParts,
  own: NewFields,
  options: CreateContentOptions,
): C {
  return checkArguments(() => {
    const { data, filename, url, key } = parts;
    // A reader takes empty text for no address; who writes one should know.
    if (url === '') throw new DimError('INPUT_FORMAT', 'must be an http or https URL', { path: 'URL' });
    if (url === undefined) requireArgument(data, 'data');
    const encoded = data === undefined ? undefined : within('data', () => encode(data));
    // A reader does without a name that is not safe; who gives one should know.
    if (filename !== undefined) requireFilename(filename);
    return createContent(definition, { data: encoded, filename, URL: url, key, ...own }, options);
  });
}

const PNF_NAMES = ['data', 'filename', 'URL', 'key', 'password', 'IV'];

function readFile(fields: JsonMap): NetworkFile {
  const own = PNF_NAMES.map((name): [string, JsonValue | undefined] => [name, fieldOf(fields, name)]);
  // The fields were copied and frozen already: a large file is not copied again.
  return readNetworkFile(changeFields({}, Object.fromEntries(own)));
}

function encode(data: Uint8Array | TransportableData): TransportableData {
  const isEncoded = data instanceof TransportableData || hasBrand(data, 'mkm.TransportableData');
  return isEncoded ? TransportableData.parse(data) : TransportableData.fromBytes(data);
}
