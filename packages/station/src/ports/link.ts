/** Connections of clients, as a framing gives them to the station: payloads each way, and who has what. */

/** What goes to a client. */
export interface OutgoingPayload {
  /** The JSON of one message. */
  readonly bytes: Uint8Array;
  /** The message's signature, as the JSON has it: clients of WebSocket name it when they acknowledge. */
  readonly signature: string;
  /** Called once, when the client's transport says that it has it; never after the end of the link. */
  readonly acknowledged?: (() => void) | undefined;
}

/** A connection of a client. It tells frames apart and knows nothing of messages. */
export interface Link {
  readonly framing: 'mtp' | 'websocket' | 'mars';
  /** Where the client is, as far as the network says: for limits, logs and answers to handshakes. */
  readonly host: string;
  readonly port: number;
  /** Bytes of the largest payload that is taken of the client; those of the largest message, if not given. */
  readonly payloadBytes?: number | undefined;
  /** Bytes that were sent and that the network has not taken yet. */
  readonly waitingBytes: number;
  /** Puts a payload on its way, behind all before it. Does nothing after the end. */
  send(payload: OutgoingPayload): void;
  /**
   * Somebody has logged in over it. Before, a link of this package takes little: whoever brings it may be anybody, and many. It is
   * called once, and before the client is told. @param user what is one for all links of a user
   */
  loggedIn?(user: string): void;
  /** Ends it: what was sent goes out still, where it can within a moment. */
  close(): void;
}

/** Why a link ended. */
export type LinkEnd =
  /** The client ended it, or its network did. */
  | 'left'
  /** The station ended it. */
  | 'closed'
  /** Nothing came for too long. */
  | 'silent'
  /** The client did not take what it was sent. */
  | 'slow'
  /** The client did not keep to the framing, or to the limits. */
  | 'refused';

/** What the station does with a link. */
export interface LinkUser {
  /**
   * A payload came: the JSON of one message, or of several in lines. They come in order.
   *
   * @param acknowledge tells the client that the station has it, so that the client need not send it again. It must be called
   * once it is kept, before anything that answers it is sent; where keeping failed, never. Too many that are not acknowledged
   * stop reading
   */
  receive(bytes: Uint8Array, acknowledge: () => void): void;
  /** The network has taken what waited: there is room again. */
  drained(): void;
  /** It is over. Called once, and nothing after it. */
  ended(end: LinkEnd): void;
}

/** Takes a new link. */
export type AcceptLink = (link: Link) => LinkUser;
