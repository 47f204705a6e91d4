/** Something beside Node that a test needs. */
export interface Runtime {
  id:
    | 'php'
    | 'python'
    | 'python-clients'
    | 'ansible'
    | 'guzzle'
    | 'laravel'
    | 'wget'
    | 'java'
    | 'csharp'
    | 'chromium'
    | 'curl'
    | 'faketime'
    | 'pytest'
    | 'phpunit'
    | 'junit'
    | 'maven'
    | 'nunit'
    | 'openssl'
    | 'image'
    | 'groovy'
    | 'redis';
  /** As people know it: `PHP with curl`. */
  name: string;
  /** Debian's packages. */
  packages: string[];
  /** Rejects or resolves to false when it is not there or is no good. */
  works(): Promise<boolean>;
}
export const RUNTIMES: Runtime[];
