import { t } from '../texts/spoken.js';

/**
 * How clients of the languages that people have are made to trust an authority, one line each, to paste.
 * @param file its certificate in PEM
 */
function trustLines(file: string, platform: NodeJS.Platform = process.platform): string[] {
  const path = quoted(file);
  const net =
    platform === 'win32'
      ? `certutil -user -addstore Root ${path}`
      : `SSL_CERT_FILE=${path} dotnet run`;
  return [
    `curl      curl --cacert ${path} …`,
    `Node      NODE_EXTRA_CA_CERTS=${path} node …`,
    `Python    SSL_CERT_FILE=${path} REQUESTS_CA_BUNDLE=${path} python3 …`,
    `PHP       php -d openssl.cafile=${path} -d curl.cainfo=${path} …`,
    `Java      keytool -importcert -noprompt -alias esoz-sandbox -file ${path} -keystore esoz-sandbox.p12 -storepass changeit`,
    '          java -Djavax.net.ssl.trustStore=esoz-sandbox.p12 -Djavax.net.ssl.trustStorePassword=changeit …',
    `.NET      ${net}`,
  ];
}

/** As a shell takes it. */
export function quoted(file: string): string {
  return /^[\w./:-]+$/.test(file) ? file : `"${file}"`;
}

/** The same for the banner of what serves https. */
export function trustAdvice(authority: string): string[] {
  return [
    t`Let your client trust ${authority}:`,
    '',
    ...trustLines(authority).map((line) => `  ${line}`),
  ];
}
