import { headersOf, type SentRequest } from './sent-request.js';

/** With the extension curl. */
export function php(request: SentRequest): string {
  const { method, url, body } = request;
  const headers = headersOf(request).map(
    ([name, value]) => `        ${single(value === '' ? `${name};` : `${name}: ${value}`)},\n`,
  );
  const options = [
    `CURLOPT_CUSTOMREQUEST => ${single(method)},`,
    ...(method === 'HEAD' ? ['CURLOPT_NOBODY => true,'] : []),
    ...(headers.length > 0 ? [`CURLOPT_HTTPHEADER => [\n${headers.join('')}    ],`] : []),
    ...(body === undefined ? [] : [`CURLOPT_POSTFIELDS => ${single(body)},`]),
    'CURLOPT_RETURNTRANSFER => true,',
  ];
  return `<?php
$curl = curl_init(${single(url)});
curl_setopt_array($curl, [
    ${options.join('\n    ')}
]);
$answer = curl_exec($curl);
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), "\\n", $answer, "\\n";
`;
}

/** Only these two are read in single quotes. */
function single(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
