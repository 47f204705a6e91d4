/** What a server for https proves itself with, in PEM. */
export interface TlsCredentials {
  key: string;
  cert: string;
  passphrase?: string | undefined;
  /** File of the certificate that a client has to trust; undefined where it does already, or nobody knows it. */
  authority?: string | undefined;
}
