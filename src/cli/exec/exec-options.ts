import type { ServerOptions } from '../../load/server-options.js';
import type { Validate } from '../../sandbox/setup.js';
import type { ChaosFlags, TlsFlags } from '../options.js';
import type { BaselineFlags } from './baseline.js';
import type { Choice } from './choose.js';
import type { ProfileFlags } from './profile.js';

/** What the command line gives. */
export interface ExecOptions
  extends ChaosFlags,
    TlsFlags,
    Choice,
    BaselineFlags,
    ProfileFlags,
    Pick<ServerOptions, 'upstream' | 'stubs' | 'webhooks' | 'auth' | 'quota'> {
  /** `true`: the suite's own. */
  pace?: number | true;
  /** `true`: as fast as machine and client can stand. */
  fast?: number | true;
  timeout?: string;
  report: string[];
  env: string[];
  tolerance: string[];
  anyExit?: boolean;
  validate?: Validate;
  output?: boolean;
  /** Where the sandbox listens, for an application that runs already; any free port without it. */
  port?: number;
  host?: string;
  /** A sandbox that runs already, in the place of one of its own. */
  attach?: string;
  controlToken?: string;
  /** A person lets the application begin. */
  manual?: boolean;
  /** How long no request has to come behind the end of the command. */
  settle?: string;
  /** How many scenarios side by side: a number, or auto. */
  jobs?: string;
  /** Tell what is left where nobody looks at a terminal, too. */
  progress?: boolean;
  /** A folder for files of red scenarios. */
  keep?: string;
  /** Of green ones too. */
  keepAll?: boolean;
  ci: boolean;
}
