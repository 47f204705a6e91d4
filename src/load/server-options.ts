import { isIPv4 } from 'node:net';
import type { ClockSetting } from '../sandbox/clock.js';
import type { ChaosOptions } from '../sandbox/control/chaos-options.js';
import type { QuotaSetting } from '../sandbox/quota.js';
import type { Auth, Rules, SettingChanges } from '../sandbox/settings.js';
import type { Limits, Validate } from '../sandbox/setup.js';
import type { Duration } from '../time/moments.js';
import type { ServedFiles } from './pack-description.js';

/** How long a client may take, in milliseconds, until it is answered 408 and its connection closed. */
export interface Timeouts {
  /** For the first byte of a new connection, and from there to the end of a request's headers. */
  headers: Duration;
  /** For a whole request with its body. */
  request: Duration;
  /** For the whole answer to a webhook; who takes longer has not taken it. Default: 5 s. */
  webhook?: Duration;
}

/** Key and certificate for https; without both, some are made, of an authority that clients are to trust. */
export interface TlsOptions {
  /** File of the private key in PEM. */
  key?: string;
  /** File of the certificate in PEM, those that it was signed with behind it. */
  cert?: string;
  /** Of an encrypted key. */
  passphrase?: string;
  /** Where the authority of made certificates is kept. Default: `esoz-sandbox/tls` among the user's data. */
  folder?: string;
}

/** How a server is started; everything has a default. */
export interface ServerOptions extends ServedFiles {
  /** 0 picks a free one. Default 4010. */
  port?: number;
  /** Default 127.0.0.1; any other address needs a `controlToken`. */
  host?: string;
  /** Scenario that plays when nothing else is chosen. Default: the binding's. */
  scenario?: string;
  /** Clock that sessions begin with. Default: real. */
  clock?: ClockSetting;
  /** Form of good answers: an envelope of the binding (`full`, `data`); `bare` leaves documents without. */
  envelope?: string;
  /** Faults by chance, in every session that does not say otherwise. */
  chaos?: ChaosOptions;
  /** `off`: no business rule is applied, only scenarios play. Default: on. */
  rules?: Rules;
  /**
   * `strict`: a request needs a token that the sandbox has handed out, which is still good and has the scopes that the
   * contract asks for; some pack has to hand out tokens. Default: open, any token will do.
   */
  auth?: Auth;
  /**
   * How many requests a token may make in a minute, of each operation apart: a number, or
   * `{ per_minute: 60, operations: { getJob: 1400 } }`. Default: as many as it likes.
   */
  quota?: QuotaSetting;
  /** Settings of the packs by name, such as `{ CANCEL_DAYS_NEWBORN: 30 }`; what is left out has its default. */
  settings?: SettingChanges;
  /**
   * What becomes of a request that breaks the contract: `on`, it is refused; `warn`, it goes through, and journal, log
   * and verdict say what is wrong; `off`, it goes through. Credentials are asked for all the same. Default: on.
   */
  validate?: Validate;
  /** Makes ids and generated data repeatable. */
  seed?: number;
  limits?: Partial<Limits>;
  /**
   * Where sessions are kept: `memory`, as long as the process lives, or `file:FOLDER`, where the next process finds them
   * again; `file:FOLDER?durability=fast` waits for no disk. Default: memory.
   */
  store?: string;
  /**
   * A file of teams that share the server: each has sessions and a control token of its own, at `/@TEAM` or at its own port.
   * Default: there are none.
   */
  teams?: string;
  /** Longer bodies of requests are refused with 413; in bytes. Default: 1 MiB. */
  maxBody?: number;
  /** Longer headers of a request are refused with 431; in bytes. Default: Node's own 16 KiB. */
  maxHeaderSize?: number;
  /** URL of a system that answers what no contract knows. */
  upstream?: string;
  /** A folder of files that answer what no contract knows: `oauth/tokens.post.json` answers POST /oauth/tokens. */
  stubs?: string;
  /**
   * Where webhooks may go besides addresses of this machine: hosts such as `receiver.example` or `10.0.0.7:9000`, or
   * `allow` for every one. Default: nowhere else.
   */
  webhooks?: 'allow' | readonly string[];
  /** How long a request may take to come. */
  timeouts?: Partial<Timeouts>;
  /** Asked of every request for the control API. */
  controlToken?: string;
  /** Serve https, and no http. */
  tls?: TlsOptions | true;
  /**
   * Proxies that are believed when they tell how a client calls them (`Forwarded`, `X-Forwarded-*`): addresses,
   * ranges such as `10.0.0.0/8`, `loopback`, `linklocal`, `uniquelocal`. Default: none.
   */
  trustProxy?: readonly string[];
  /** Origins of web pages that may use the sandbox, besides those of this machine; `*` is for every one. */
  cors?: readonly string[];
  /** The file that is looked at: nothing can be changed then, and requests for the API are refused. */
  readOnly?: string;
  /** Read contract, binding and scenarios again when their files change. */
  watch?: boolean;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
