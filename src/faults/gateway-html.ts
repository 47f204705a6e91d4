import { textMessage } from '../contract/message.js';
import { declareFault } from './declare.js';

/** RFC 9110 §15.6, as the servers in front of services word them. */
const TITLES: Readonly<Record<number, string>> = {
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** What nginx sends when the service behind it does not answer. */
export const gatewayHtml = declareFault({
  name: 'gateway-html',
  title: 'error page of a gateway',
  read: 'no',
  answer: 'own',
  settings: [],
  statuses: Array.from({ length: 100 }, (_, i) => 500 + i),
  drawn: true,
  corrupt: (_, { http = 502 }) =>
    textMessage(http, 'text/html', page(`${http} ${TITLES[http] ?? 'Error'}`)),
});

function page(title: string): string {
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}
