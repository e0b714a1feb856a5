/**
 * The file service that deployed clients use, over HTTP.
 *
 * `POST /upload/{ID}/file?md5={MD5}&salt={SALT}&enigma={ENIGMA}`, a multipart form with one part, `file`
 * `GET /download/{ID}/{filename}`
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { DimError } from 'dimp';
import { isHttpUrl } from 'dimp/internal';
import type { Fetch, FileLimits, FilePurpose, FileService, UploadRequest } from '../ports/file-service.ts';
import { checkOptionNames } from '../usage/check-usage.ts';
import { md5OfBlob } from './file-digest.ts';
import { downloadByHttp } from './http-download.ts';
import { formSender } from './send-form.ts';
import { readUploadAnswer } from './upload-answer.ts';
import { newSalt, readUploadSecret, signUpload, type UploadSecret } from './upload-signature.ts';

/** Where and how to upload. */
export interface HttpUploadOptions {
  /** Where to upload files: a URL with `{ID}`, `{MD5}`, `{SALT}` and `{ENIGMA}` where these belong. */
  readonly file: string;
  /** Where to upload avatars; nowhere, if not given. */
  readonly avatar?: string | undefined;
  /** What all clients of the service share: bytes, `hex,…`, `base64,…` or hex alone. Needed for `{MD5}`. */
  readonly secret?: string | Uint8Array | undefined;
  /** By which the service finds the secret; its first six characters, if not given. */
  readonly enigma?: string | undefined;
}

/** How a {@link httpFileService} works. */
export interface HttpFileServiceOptions {
  /** Without it, it only downloads. */
  readonly upload?: HttpUploadOptions | undefined;
  /** What the service takes; up to 16 MiB of any extension, if not given. See {@link DEPLOYED_FILE_LIMITS}. */
  readonly limits?: Partial<Record<FilePurpose, FileLimits>> | undefined;
  /**
   * Whether to download from a URL that a peer chose, or was redirected to; from anywhere, if not given. Who asks for a file
   * shows their address to whoever chose the URL, and reaches what that one may not: of a device at home or in a company's
   * network, other machines there. Best is to name the hosts of services.
   */
  readonly allowUrl?: ((url: URL) => boolean) | undefined;
  /** What to send by; the platform's way, if not given. */
  readonly fetch?: Fetch | undefined;
}

const OPTIONS: Readonly<Record<keyof HttpFileServiceOptions, true>> = {
  upload: true,
  limits: true,
  allowUrl: true,
  fetch: true,
};

/** Bytes that deployed services take. */
const DEPLOYED_SIZE = 16 * 1024 * 1024;

/** What the services take that deployed clients use. */
export const DEPLOYED_FILE_LIMITS: Readonly<Record<FilePurpose, FileLimits>> = /* @__PURE__ */ Object.freeze({
  file: /* @__PURE__ */ Object.freeze({ size: DEPLOYED_SIZE, extensions: ['png', 'jpg', 'jpeg', 'gif', 'mp3', 'mp4'] }),
  avatar: /* @__PURE__ */ Object.freeze({ size: DEPLOYED_SIZE, extensions: ['png', 'jpg', 'jpeg'] }),
});

/**
 * A file service over HTTP.
 *
 * @example
 * ```ts
 * import { httpFileService } from 'dimsdk';
 *
 * export const service = httpFileService({
 *   upload: {
 *     file: 'https://files.example.com/upload/{ID}/file?md5={MD5}&salt={SALT}&enigma={ENIGMA}',
 *     avatar: 'https://files.example.com/upload/{ID}/avatar?md5={MD5}&salt={SALT}&enigma={ENIGMA}',
 *     secret: '0123456789abcdef0123456789abcdef',
 *   },
 *   allowUrl: ({ host }) => host === 'files.example.com',
 * });
 * ```
 * @throws DimError `USAGE_ARGUMENT` for an address that makes no URL, or a secret that is none or is missing
 */
export function httpFileService(options: HttpFileServiceOptions = {}): FileService {
  checkOptionNames(options, OPTIONS);
  const { upload, allowUrl = () => true } = options;
  const secret = upload?.secret === undefined ? undefined : readUploadSecret(upload.secret);
  if (upload !== undefined) checkAddresses(upload, secret);
  const send = formSender(options.fetch);
  const downloadOptions = { fetch: options.fetch ?? ((url, init) => fetch(url, init)), allowUrl } satisfies {
    fetch: Fetch;
    allowUrl: (url: URL) => boolean;
  };
  // A Blob never changes: what was found of one holds for each further attempt.
  const digests = new WeakMap<Blob, Uint8Array>();

  async function digestOf(data: Blob, signal: AbortSignal): Promise<Uint8Array> {
    const digest = digests.get(data) ?? (await md5OfBlob(data, signal));
    digests.set(data, digest);
    return digest;
  }

  return Object.freeze<FileService>({
    limits: Object.freeze({
      file: options.limits?.file ?? { size: DEPLOYED_SIZE },
      avatar: options.limits?.avatar ?? { size: DEPLOYED_SIZE },
    }),
    async upload(data, request) {
      const address = upload?.[request.purpose];
      if (address === undefined)
        throw new DimError('FILE_REFUSED', 'no address to upload to was configured', { path: 'url' });
      const values = await valuesFor(request, { secret, upload, digest: () => digestOf(data, request.signal) });
      const { name, signal, onSent } = request;
      return readUploadAnswer(await send(fillIn(address, values), { data, name }, { signal, onSent }));
    },
    download: (url, request) => downloadByHttp(url, request, downloadOptions),
  });
}

/** What addresses are filled in with. */
type AddressValues = Readonly<Record<'ID' | 'MD5' | 'SALT' | 'ENIGMA', string>>;

async function valuesFor(
  { sender }: UploadRequest,
  parts: {
    readonly secret: UploadSecret | undefined;
    readonly upload: HttpUploadOptions | undefined;
    readonly digest: () => Promise<Uint8Array>;
  },
): Promise<AddressValues> {
  const { secret, upload, digest } = parts;
  // The folder of a user is named by the address alone.
  const ID = sender.address.toString();
  if (secret === undefined) return { ID, MD5: '', SALT: '', ENIGMA: '' };
  const salt = newSalt();
  const MD5 = signUpload(await digest(), secret.bytes, salt);
  return { ID, MD5, SALT: bytesToHex(salt), ENIGMA: upload?.enigma ?? secret.enigma };
}

function fillIn(address: string, values: AddressValues): string {
  return address.replaceAll(/\{(ID|MD5|SALT|ENIGMA)\}/g, (_, name: keyof AddressValues) =>
    encodeURIComponent(values[name]),
  );
}

/** What is wrong with a configuration is told where it is written, not with the first upload. */
function checkAddresses(upload: HttpUploadOptions, secret: UploadSecret | undefined): void {
  for (const purpose of ['file', 'avatar'] as const) {
    const address = upload[purpose];
    if (purpose === 'avatar' && address === undefined) continue;
    const path = `upload.${purpose}`;
    const filled = fillIn(String(address), { ID: 'x', MD5: 'x', SALT: 'x', ENIGMA: 'x' });
    if (!isHttpUrl(filled) || /[{}]/.test(filled))
      throw new DimError('USAGE_ARGUMENT', 'must be an http or https URL with {ID}, {MD5}, {SALT}, {ENIGMA}', { path });
    if (secret === undefined && /\{(MD5|SALT|ENIGMA)\}/.test(String(address)))
      throw new DimError('USAGE_ARGUMENT', 'is needed for {MD5}', { path: 'upload.secret' });
  }
}
